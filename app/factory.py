"""The roof: wires everything, on one screen."""

from functools import partial
from pathlib import Path

from flask import Flask, request
from jinja2 import StrictUndefined

from app.config import Settings
from app.domain.locales import language, with_country
from app.services.views import ViewCounter
from app.storage.database import Database
from app.storage.secrets import secret_key
from app.web import assets, catalogues, errors, finished, headers, hosts, media, proxies
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
    settings = Settings.from_environment()
    database = Database(settings.database_url)
    counter = ViewCounter(database, secret=secret_key(settings).encode())
    app = create_app(settings, reader=ReadModel(database), counter=counter)
    app.add_url_rule(hosts.HEALTH, "health", Health(database).answer)
    return app


def create_app(settings: Settings, *, reader: Reader, counter: Counter) -> Flask:
    """Return the application; `reader` and `counter` are the doors to the read model."""
    app = Flask("app", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["with_country"] = with_country
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["locale"] = LocaleConverter
    app.url_map.merge_slashes = False

    published = Published(reader)
    catalogues.install(app, published, partial(_babel_locale, published))
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
    proxies.install(app, settings.proxies)
    hosts.install(app, settings.hosts)  # last, and so in front of everything else that answers
    return app


def _babel_locale(published: Published) -> str | None:
    """Return the locale of this request as Babel spells it, None (the default) before there is a site."""
    site = published.now().site
    return None if site is None else language(locale_of(request, site)).babel
