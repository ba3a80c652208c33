"""The sample site in a database, asked as a browser or a search engine asks it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from app.factory import create_app
from app.services.views import ViewCounter
from app.web.read_model import ReadModel
from tests import databases
from tests.journeys.loaded import ROOT
from tests.trees import Place

LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")


@contextmanager
def sample_site(root: Path, template: str) -> Iterator[Place]:
    """A copy of the repository's own content and words, synchronised on SQLite."""
    for folder in ("content", "translations"):
        shutil.copytree(ROOT / folder, root / folder)
    place = Place(root, databases.sqlite_copy(template, root / "sample.db"), fresh=False)
    try:
        place.sync()
        yield place
    finally:
        place.database.dispose()


def client_of(place: Place) -> FlaskClient:
    counter = ViewCounter(place.database, secret=b"secret")
    return create_app(place.settings, reader=ReadModel(place.database), counter=counter).test_client()
