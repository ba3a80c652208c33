from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from playwright.sync_api import Browser

from app.config import Settings
from app.factory import create_app
from tests.web.browser import chromium
from tests.web.fakes import FakeCounter, FakeReader, filled


@pytest.fixture
def reader() -> FakeReader:
    return filled()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, content=tmp_path, translations=tmp_path, database_url="sqlite://")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates compiled once, and not anew for every test's application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(reader: FakeReader, settings: Settings, compiled: BytecodeCache) -> Flask:
    app = create_app(settings, reader=reader, counter=FakeCounter())
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def fetch(client: FlaskClient) -> Callable[..., Element]:
    """Get a page that must be valid HTML and answer 200, as a tree without namespaces."""

    def fetched(path: str, status: int = 200) -> Element:
        response = client.get(path)
        assert response.status_code == status, (path, response.status)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: Element = parser.parse(response.get_data(as_text=True))
        return tree

    return fetched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
