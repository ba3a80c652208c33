"""The table of documents and languages: what each filter leaves, in two queries however many there are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Tag
from app.domain.translations import Action, Status
from app.queries.asked import Asked, Wanted
from app.queries.board import SIZE, Board, board
from app.services import transitions
from app.services.texts import find
from tests.trees import EDITOR, FACTS, Place, article


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def item(place: Place, name: str, day: int, **texts: str) -> None:
    place.write(f"content/news/{name}/item.toml", FACTS.replace("2026-01-01", f"2026-01-{day:02}"))
    for locale, text in texts.items():
        place.write(f"content/news/{name}/{locale}.md", text)


def asked(place: Place, **filters: object) -> Board:
    with place.database.read() as session:
        return board(session, Asked(**filters), reader=Tag("ru"))  # type: ignore[arg-type]  # some fields, by their names


def names(found: Board) -> list[str]:
    return [line.name.name for line in found.lines]


@pytest.fixture
def site(place: Place) -> Place:
    """Three items: one live in two languages of which one went behind, one live in English alone, one a draft."""
    item(place, "one", 1, en=article("One", "Alpha.", slug="one"), ru=article("Один", "Альфа.", slug="odin"))
    item(place, "two", 2, en=article("Two 100%", "Beta.", slug="two"))
    item(place, "three", 3, en=article("Three", "Gamma.", slug="three", status="draft"))
    place.sync()
    place.write("content/news/one/en.md", article("One", "Alpha and more.", slug="one"))
    place.sync()
    return place


def test_documents_stand_newest_first_with_all_languages_of_the_site(site: Place) -> None:
    found = asked(site)
    assert names(found) == ["three", "two", "one"]
    one = found.lines[2]
    assert set(one.cells) == {Tag("en"), Tag("ru"), Tag("ky")}
    assert (one.title, one.source) == ("Один", Tag("en")), "in the language of whoever looks"
    assert found.lines[0].title == "Three", "or else its source's"
    assert one.cells[Tag("ky")].status is Status.MISSING
    english, russian = one.cells[Tag("en")], one.cells[Tag("ru")]
    assert (english.status, english.head, english.live, english.behind) == (Status.APPROVED, 2, 2, None)
    assert (russian.live, russian.behind) == (1, Tag("en"))
    assert found.lines[0].cells[Tag("en")].live is None


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"wanted": Wanted.BEHIND}, ["one"]),
        ({"wanted": Wanted.DRAFT}, ["three"]),
        ({"wanted": Wanted.MISSING, "language": Tag("ru")}, ["three", "two"]),
        ({"wanted": Wanted.LIVE, "language": Tag("ru")}, ["one"]),
        ({"wanted": Wanted.NOT_LIVE, "language": Tag("en")}, ["three"]),
        ({"wanted": Wanted.DIFFERS}, []),
        ({"words": "ОДИН"}, ["one"]),
        ({"words": "one", "language": Tag("ru")}, ["one"]),
        ({"words": "100%"}, ["two"]),
        ({"words": "_"}, []),
        ({"kind": Kind.PAGE}, []),
        ({"kind": Kind.NEWS}, ["three", "two", "one"]),
    ],
)
def test_a_filter_leaves_what_it_asks_for(site: Place, filters: dict[str, object], left: list[str]) -> None:
    assert names(asked(site, **filters)) == left


def test_a_page_leads_to_the_older_one_until_there_is_none(place: Place) -> None:
    for number in range(SIZE + 3):
        item(place, f"item-{number:02}", number % 28 + 1, en=article(f"Item {number}", "Words.", slug=f"item-{number}"))
    place.sync()
    first = asked(place)
    with place.database.read() as session:
        rest = board(session, Asked(), reader=Tag("ru"), older=first.older or "")
    assert (len(first.lines), len(rest.lines), rest.older) == (SIZE, 3, None)
    assert len({*names(first), *names(rest)}) == SIZE + 3


def test_a_cell_tells_of_a_time_to_go_live_and_that_its_text_was_withdrawn(site: Place) -> None:
    due = datetime(2099, 1, 1, tzinfo=UTC)
    for name, locale, actions in (
        ("one", "ru", (Action.WITHDRAW,)),
        ("three", "en", (Action.SUBMIT, Action.APPROVE, Action.SCHEDULE)),
    ):
        for action in actions:
            with site.database.write() as session:
                text = find(session, DocumentName(kind=Kind.NEWS, name=name), Tag(locale))
                time = due if action is Action.SCHEDULE else None
                transitions.take(session, text, action, EDITOR, revision=text.head, due=time)
    cells = {(line.name.name, tag): one for line in asked(site).lines for tag, one in line.cells.items()}
    assert [where for where, one in cells.items() if one.withdrawn] == [("one", "ru")]
    assert {where: one.scheduled for where, one in cells.items() if one.scheduled is not None} == {("three", "en"): due}


def test_a_catalogue_has_its_line_too(site: Place) -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "News"\nmsgstr "Новости"\n'
    site.write("translations/ru/LC_MESSAGES/messages.po", po)
    site.sync()
    (line,) = asked(site, kind=Kind.CATALOGUE).lines
    assert line.name == DocumentName(kind=Kind.CATALOGUE, name="messages")
    assert line.cells[Tag("ru")].status is Status.DRAFT
