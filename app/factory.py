"""The roof: wires everything, on one screen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from wsgiref.types import WSGIApplication

from flask import Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import logs
from app.config import Settings
from app.domain.locales import language
from app.services import standings
from app.services.unfilled import Unfilled
from app.services.views import ViewCounter
from app.storage.database import Database
from app.storage.secrets import secret_key
from app.web import assets, catalogues, errors, finished, headers, hosts, media, proxies, templates
from app.web.desk.address import ADDRESS
from app.web.desk.app import create_desk
from app.web.health import Health
from app.web.published import Published, Reader
from app.web.read_model import ReadModel
from app.web.reader.archive import Archive
from app.web.reader.caching import Caching
from app.web.reader.door import Door, locale_of
from app.web.reader.machines import Machines
from app.web.reader.pages import Pages
from app.web.reader.routes import LocaleConverter, reader_blueprint
from app.web.reader.search import Search
from app.web.reader.visit import Counter, Visit


def application() -> Flask:
    """Return the application over the database that the environment names; one call in each web process."""
    logs.install()
    settings = Settings.from_environment()
    database = Database(settings.database_url, follow=standings.follow)
    counter = ViewCounter(database, secret=secret_key(settings).encode())
    unfilled = Unfilled(database)
    readers = partial(create_app, settings, counter=counter, tell=unfilled.tell)
    desk = partial(create_desk, settings, database, readers=lambda reader: readers(reader=reader))
    app = readers(reader=ReadModel(database), desk=desk)
    app.add_url_rule(hosts.HEALTH, "health", Health(database).answer)
    return app


def create_app(
    settings: Settings,
    *,
    reader: Reader,
    counter: Counter,
    desk: Callable[[Published], WSGIApplication] | None = None,
    tell: catalogues.Tell | None = None,
) -> Flask:
    """Return the readers' application; `reader` and `counter` are the doors to the read model.

    `tell` takes the messages that a page could not be made with.

    `desk` makes another application over the same snapshots, which answers below its own address.
    """
    app = Flask("app", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    templates.install(app)
    app.url_map.converters["locale"] = LocaleConverter
    app.url_map.merge_slashes = False

    published = Published(reader)
    catalogues.install(app, published, partial(_babel_locale, published), tell)
    assets.install(app)
    headers.install(app)
    media.install(app, settings.data / "media", published)
    errors.install(app, published)
    caching = Caching(published, assets.build_id(Path(app.root_path)))
    app.register_blueprint(
        reader_blueprint(
            pages=Pages(published),
            search=Search(published),
            archive=Archive(published),
            machines=Machines(published),
            door=Door(published),
            visit=Visit(published, counter),
            caching=caching,
        )
    )
    finished.install(app, published, caching.counted)
    if desk is not None:
        app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {ADDRESS: desk(published)})  # type: ignore[method-assign]  # as Flask's manual says
    proxies.install(app, settings.proxies)
    hosts.install(app, settings.hosts)  # last, and so in front of everything else that answers
    return app


def _babel_locale(published: Published) -> str | None:
    """Return the locale of this request as Babel spells it, None (the default) before there is a site."""
    site = published.now().site
    return None if site is None else language(locale_of(request, site)).babel
