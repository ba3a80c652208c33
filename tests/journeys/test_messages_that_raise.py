"""A message that a page cannot be made with: readers see its original, the log says so once, and the desk shows it."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed
from app.domain.segments import Key, Tag
from app.domain.translations import Action, Status
from app.factory import create_app
from app.queries.asked import Asked
from app.queries.board import board
from app.services import checks
from app.services.sheets import sheet
from app.services.texts import find
from app.services.unfilled import Unfilled
from app.web.read_model import ReadModel
from tests.taking_back import take_back
from tests.trees import EDITOR, Place, article, decide
from tests.web.fakes import FakeCounter

FILE = "translations/ky/LC_MESSAGES/messages.po"
CATALOGUE = DocumentName.parse("catalogue/messages")
BAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Tilmash-Status: published\\n"

# A tool took the flag python-format away, and somebody translated what the placeholder is called.
msgid "%(count)s item"
msgid_plural "%(count)s items"
msgstr[0] "%(сан)s жазуу"
msgstr[1] "%(сан)s жазуулар"
"""
GOOD = BAD.replace("%(сан)s", "%(count)s")


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.item(en=article("Opening", "The centre opens.", slug="opening"))
    place.write(FILE, BAD)
    place.sync()
    assert place.problems() == [], "nothing but a page can tell that it is wrong"
    yield place
    place.database.dispose()


@pytest.fixture
def unfilled(place: Place) -> Unfilled:
    return Unfilled(place.database)


@pytest.fixture
def client(place: Place, unfilled: Unfilled, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr("app.web.published.FRESH", 0.0)
    reader = ReadModel(place.database)
    return create_app(place.settings, reader=reader, counter=FakeCounter(), tell=unfilled.tell).test_client()


def found(place: Place) -> Sequence[str]:
    """What the desk shows beside the message, of those checks that nobody can dismiss."""
    with place.database.read() as session:
        shown = sheet(session, CATALOGUE, Tag("ky"))
        typed = {row.key: tuple(row.text.split("\0")) for row in shown.rows}
        rows = checks.checked(shown, typed, {}, checks.glossary_of(session, shown))
        return [one.finding.check for one in rows.get(Key("%(count)s item"), ()) if one.blocks]


def test_readers_see_the_original_the_log_has_it_once_and_the_desk_shows_a_failing_check_until_it_is_mended(
    place: Place, client: FlaskClient, unfilled: Unfilled, caplog: pytest.LogCaptureFixture
) -> None:
    assert found(place) == []
    with caplog.at_level(logging.WARNING):
        for address in ("/ky/news/", "/ky/news/?page=2", "/ky/", "/ky/news/"):
            assert client.get(address).status_code in {200, 301, 308}
        place.write(FILE, BAD.replace("A tool", "Some tool"))
        place.sync()
        page = client.get("/ky/news/").text
    assert "1 item" in page
    assert "жазуу" not in page
    assert len([one for one in caplog.records if "%(count)s item" in one.getMessage()]) == 1
    unfilled.wait()
    assert found(place) == ["filled"], "the form that was asked for"
    place.write(FILE, GOOD)
    place.sync()
    assert "1 жазуу" in client.get("/ky/news/").text
    assert found(place) == []


def test_the_board_counts_it_as_failing_as_soon_as_a_page_saw_it(
    place: Place, client: FlaskClient, unfilled: Unfilled
) -> None:
    def failing() -> Mapping[Tag, int]:
        with place.database.read() as session:
            lines = board(session, Asked(), reader=Tag("en")).lines
        return {tag: cell.failing for line in lines if line.name == CATALOGUE for tag, cell in line.cells.items()}

    assert failing()[Tag("ky")] == 0
    client.get("/ky/news/")
    unfilled.wait()
    assert failing()[Tag("ky")] == 1
    place.write(FILE, GOOD)
    place.sync()
    assert failing()[Tag("ky")] == 0


def test_a_draft_with_the_same_words_is_not_handed_in(place: Place, client: FlaskClient, unfilled: Unfilled) -> None:
    client.get("/ky/news/")
    unfilled.wait()
    draft = BAD.replace("A tool", "Another tool").replace("жазуулар", "нерсе")
    with place.database.write() as session:
        take_back(session, CATALOGUE, Tag("ky"), draft.encode(), EDITOR, base=None, path="ky.po")
    with place.database.write() as session:
        translation = find(session, CATALOGUE, Tag("ky"))
        assert translation.status is Status.DRAFT
        with pytest.raises(NotAllowed, match="a page could not be made with these words"):
            decide(session, translation, Action.SUBMIT)


def test_other_words_of_the_same_message_are_another_matter(
    place: Place, client: FlaskClient, unfilled: Unfilled, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        client.get("/ky/news/")
        place.write(FILE, BAD.replace("%(сан)s жазуу", "%(нече)s жазуу"))
        place.sync()
        client.get("/ky/news/")
    assert len([one for one in caplog.records if "%(count)s item" in one.getMessage()]) == 2
    unfilled.wait()
    assert found(place) == ["filled"]
