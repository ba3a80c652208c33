"""Wires the desk: an application beside the readers' one, mounted under `/desk`."""

from collections.abc import Callable
from functools import partial
from typing import Final

from flask import Flask
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.config import Settings
from app.domain.locales import language
from app.domain.people import Person
from app.domain.permissions import STRONG
from app.services.unfilled import Unfilled
from app.storage.database import Database
from app.storage.secrets import secret_key
from app.web import assets, catalogues, headers, templates
from app.web.desk import (
    answers,
    deeds,
    editor,
    forgotten,
    odd_values,
    reasons,
    refusals,
    refused_requests,
    security,
    status_words,
    uploads,
)
from app.web.desk.address import ADDRESS, text_address
from app.web.desk.areas import areas
from app.web.desk.desk import Desk
from app.web.desk.gate import Gate
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts
from app.web.published import Published, Reader

_CONFIG: Final[dict[str, object]] = {
    "SESSION_COOKIE_NAME": "desk",
    "SESSION_COOKIE_PATH": ADDRESS,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_HTTPONLY": True,
    "MAX_CONTENT_LENGTH": 4_000_000,
    "MAX_FORM_MEMORY_SIZE": 4_000_000,
    "WTF_CSRF_TIME_LIMIT": None,  # it lives as long as the session
    "WTF_CSRF_SSL_STRICT": False,  # proxies are asked for the scheme, and the token itself is enough
}


def create_desk(
    settings: Settings, database: Database, published: Published, *, readers: Callable[[Reader], Flask]
) -> Flask:
    """Return the desk's application; it has sessions, and the readers' one has none.

    `readers` makes one of those over another read model, for pages that nobody but the desk is to see.
    """
    app = Flask("app", static_folder=None)
    app.config.update(_CONFIG, SECRET_KEY=secret_key(settings))
    accounts = Accounts(database, lambda person: _must_prove(published, person), security.derived(app, "codes"))
    gate = Gate(database, security.derived(app, "gate"), ADDRESS)
    presence = Presence(database, accounts, gate)
    desk = Desk(settings, database, published, presence.person)
    uploads.install(app, desk)  # before what reads forms
    CSRFProtect(app)
    odd_values.install(app, desk)
    templates.install(app)
    assets.name_them(app)
    catalogues.install(app, published, lambda: language(desk.locale()).babel, Unfilled(database).tell)
    headers.install(app)
    answers.install(app)
    refusals.install(app, desk)
    refused_requests.install(app)
    gate.install(app)
    presence.install(app, security.install(app, desk, accounts))
    _give_words(app, desk)
    for area in areas(desk, accounts, presence, gate, readers):
        app.register_blueprint(area)
    app.extensions["desk"] = desk
    return app


def _must_prove(published: Published, person: Person) -> bool:
    """Tell whether the site wants more than a password of somebody."""
    site = published.now().site
    return site is not None and site.second_factor and not person.everywhere.isdisjoint(STRONG)


def _give_words(app: Flask, desk: Desk) -> None:
    """Give the templates what they say and ask."""
    for words in (status_words, deeds, reasons, editor):
        words.install(app)
    app.jinja_env.globals.update(
        csrf=_csrf_field, text_address=text_address, can_mail=partial(forgotten.can_mail, desk)
    )  # fmt: skip


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
