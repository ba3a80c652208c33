"""Wires the desk: an application beside the readers' one, mounted under `/desk`."""

from collections.abc import Callable
from functools import partial
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.config import Settings
from app.domain.documents import DocumentName
from app.domain.locales import language
from app.domain.people import Person
from app.domain.permissions import STRONG
from app.domain.segments import Tag
from app.storage.database import Database
from app.storage.secrets import secret_key
from app.web import assets, catalogues, headers, templates
from app.web.desk import (
    account,
    checking,
    deeds,
    documents,
    editor,
    forgotten,
    glossary,
    journal,
    left_behind,
    links,
    machine,
    memory,
    message_preview,
    notices,
    odd_values,
    people,
    previews,
    provider,
    rearranging,
    reasons,
    refusals,
    refused_requests,
    replacing,
    reviewing,
    security,
    sign_in,
    status_words,
    talking,
    texts,
    translating,
    typing,
    uploads,
    work,
    writing,
)
from app.web.desk.desk import Desk
from app.web.desk.gate import Gate
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts
from app.web.published import Published, Reader

ADDRESS = "/desk"


def create_desk(
    settings: Settings, database: Database, published: Published, *, readers: Callable[[Reader], Flask]
) -> Flask:
    """Return the desk's application; it has sessions, and the readers' one has none.

    `readers` makes one of those over another read model, for pages that nobody but the desk is to see.
    """
    app = Flask("app", static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_PATH=ADDRESS,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=4_000_000,
        MAX_FORM_MEMORY_SIZE=4_000_000,
        WTF_CSRF_TIME_LIMIT=None,  # it lives as long as the session
        WTF_CSRF_SSL_STRICT=False,  # proxies are asked for the scheme, and the token itself is enough
    )
    accounts = Accounts(database, lambda person: _must_prove(published, person), security.derived(app, "codes"))
    gate = Gate(database, security.derived(app, "gate"), ADDRESS)
    presence = Presence(database, accounts, gate)
    desk = Desk(settings, database, published, presence.person)
    uploads.install(app, desk)  # before what reads forms
    CSRFProtect(app)
    odd_values.install(app, desk)
    templates.install(app)
    assets.name_them(app)
    catalogues.install(app, published, lambda: language(desk.locale()).babel)
    headers.install(app)
    app.after_request(_kept_nowhere)
    app.after_request(_led_inside)
    app.after_request(security.passkeys_allowed)
    app.jinja_env.globals["csrf"] = _csrf_field
    refusals.install(app, desk)
    refused_requests.install(app)
    gate.install(app)
    presence.install(app, security.install(app, desk, accounts))
    status_words.install(app)
    deeds.install(app)
    reasons.install(app)
    editor.install(app)
    app.jinja_env.globals["text_address"] = text_address
    app.register_blueprint(sign_in.blueprint(desk, accounts, presence, gate))
    for area in (
        work,
        texts,
        writing,
        documents,
        reviewing,
        translating,
        talking,
        rearranging,
        replacing,
        checking,
        machine,
        typing,
        memory,
        left_behind,
        glossary,
        previews,
        people,
        journal,
        notices,
    ):
        app.register_blueprint(area.blueprint(desk))
    app.register_blueprint(message_preview.blueprint(desk, readers))
    app.register_blueprint(links.blueprint(desk, gate))
    app.register_blueprint(forgotten.blueprint(desk, gate))
    app.jinja_env.globals["can_mail"] = partial(forgotten.can_mail, desk)
    app.register_blueprint(provider.blueprint(desk, accounts, presence))
    app.register_blueprint(account.blueprint(desk, presence))
    app.extensions["desk"] = desk
    return app


def _must_prove(published: Published, person: Person) -> bool:
    """Tell whether the site wants more than a password of somebody."""
    site = published.now().site
    return site is not None and site.second_factor and not person.everywhere.isdisjoint(STRONG)


def text_address(name: DocumentName, locale: Tag | None = None) -> str:
    """Return where the desk shows a document, or its text in a language."""
    return f"{ADDRESS}/{name}/{locale}/" if locale else f"{ADDRESS}/{name}/"


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _led_inside(response: Response) -> Response:
    """Lead who signed in to no address of this host outside of the desk, however oddly it is written."""
    where = urlsplit(response.location or "")
    if where.path and where.netloc in {"", request.host}:
        path = unquote(where.path)
        if not path.startswith(f"{ADDRESS}/") or "\\" in path or "/.." in path or "//" in path:
            response.location = f"{ADDRESS}/"
    return response


def _kept_nowhere(response: Response) -> Response:
    """Forbid every cache to keep a page of the desk, but for what says otherwise itself."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response
