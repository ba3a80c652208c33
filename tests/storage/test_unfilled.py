from datetime import UTC, datetime, timedelta

import pytest

from app.storage import unfilled as stored
from app.storage.database import Database
from app.storage.unfilled import remember, unfilled

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_words_are_found_by_domain_message_and_form_and_by_nothing_else(database: Database) -> None:
    with database.write() as session:
        for _ in range(2):
            remember(session, "messages", "menu\x04Open %(name)s", "%(nom)s öffnen", at=NOW)
    asked = [("menu\x04Open %(name)s", "%(nom)s öffnen"), ("Open %(name)s", "%(nom)s öffnen"), ("x", "")]
    with database.read() as session:
        assert unfilled(session, "messages", asked) == {asked[0]}
        assert unfilled(session, "site", asked) == frozenset()


def test_of_more_than_a_thousand_the_oldest_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MOST", 3)
    with database.write() as session:
        for number in range(5):
            remember(session, "messages", str(number), "%", at=NOW + timedelta(minutes=number))
    with database.read() as session:
        assert unfilled(session, "messages", [(str(number), "%") for number in range(5)]) == {
            ("2", "%"), ("3", "%"), ("4", "%")
        }  # fmt: skip
