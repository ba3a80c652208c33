"""The sample site in a database, asked as a browser or a search engine asks it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from app.factory import create_app
from app.services.views import ViewCounter
from app.web.read_model import ReadModel
from tests.trees import Place

LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")


@contextmanager
def sample_site(root: Path, sample: Path) -> Iterator[Place]:
    """A copy of the repository's own content and words, taken in on SQLite."""
    shutil.copytree(sample, root, dirs_exist_ok=True)
    place = Place(root, f"sqlite:///{root / 'var' / 'tilmash.db'}", fresh=False)
    yield place
    place.database.dispose()


def client_of(place: Place) -> FlaskClient:
    counter = ViewCounter(place.database, secret=b"secret")
    return create_app(place.settings, reader=ReadModel(place.database), counter=counter).test_client()
