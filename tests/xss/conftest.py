from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web import published
from tests.web.conftest import app, compiled, reader, settings
from tests.web.fakes import FakeReader

__all__ = ["app", "compiled", "reader", "settings"]

Shown = Callable[[FakeReader], FlaskClient]


@pytest.fixture
def shown(app: Flask, reader: FakeReader, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Let the application show what another reader has, at once."""
    monkeypatch.setattr(published, "FRESH", 0)

    def shown(other: FakeReader) -> FlaskClient:
        number = reader.number + 1
        vars(reader).update(vars(other))
        reader.number = number
        return app.test_client()

    return shown
