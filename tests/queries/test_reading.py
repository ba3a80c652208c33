"""What a reader's page costs in queries, and a list that stays right while items are added."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries import reading
from app.queries.addresses import Moved
from tests.copies import Copies
from tests.trees import SITE, Place, article

EN, RU, KY = Tag("en"), Tag("ru"), Tag("ky")


def drop(place: Place, number: int, **texts: str) -> None:
    """Put an item of that day of May into the tree, in these languages."""
    folder = f"content/news/item-{number:02}"
    place.write(f"{folder}/item.toml", f'date = 2026-05-{number:02}T10:00:00+05:00\nsource = "en"\n')
    for locale, title in texts.items():
        place.write(f"{folder}/{locale}.md", article(title, "Text.", slug=f"{locale}-{number}"))


def begin_with(place: Place) -> None:
    for number in range(1, 6):
        drop(place, number, en=f"Item {number}", **({"ru": f"Новость {number}"} if number % 2 else {}))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the queries that a block sends."""
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_an_item_page_costs_one_query_however_it_is_reached(place: Place) -> None:
    with place.database.read() as session:
        for locale, slug in ((EN, "en-1"), (RU, "ru-1"), (KY, "en-1"), (RU, "en-2")):
            with counted(session) as sent:
                assert isinstance(reading.item(session, locale, slug), ItemPage)
            assert len(sent) == 1, (locale, slug)


def test_that_query_is_answered_from_an_index(place: Place) -> None:
    asked = "SELECT page FROM published_page WHERE kind = 'news' AND locale = 'en' AND slug = 'en-1'"
    with place.database.read() as session:
        if place.url.startswith("sqlite"):
            plan = str(session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
            assert "USING INDEX" in plan
        else:
            session.execute(text("SET LOCAL enable_seqscan = off"))  # a table of a few rows is read whole otherwise
            assert "Index" in str(session.execute(text(f"EXPLAIN {asked}")).all())


@pytest.mark.parametrize("size", [1, 3])
def test_a_list_costs_two_queries_whatever_its_length(place: Place, size: int) -> None:
    with place.database.read() as session, counted(session) as sent:
        assert len(reading.news(session, EN, size=size).entries) == size
    assert len(sent) == 2


def test_a_slug_of_another_language_leads_to_the_readers_own(place: Place) -> None:
    with place.database.read() as session:
        assert reading.item(session, EN, "ru-1") == Moved(EN, "en-1")
        assert reading.item(session, RU, "en-1") == Moved(RU, "ru-1")
        assert reading.item(session, EN, "nowhere") is None


def test_a_list_holds_what_there_is_and_says_how_many_there_are_elsewhere(place: Place) -> None:
    with place.database.read() as session:
        russian = reading.news(session, RU)
        kyrgyz = reading.news(session, KY)
    assert [entry.title for entry in russian.entries] == ["Новость 5", "Новость 3", "Новость 1"]
    assert russian.elsewhere == ((EN, 2),)
    assert kyrgyz.entries == ()
    assert kyrgyz.elsewhere == ((RU, 3), (EN, 2))


def test_paging_shows_each_item_once_although_new_ones_come_in_between(place: Place) -> None:
    with place.database.read() as session:
        first = reading.news(session, EN, size=2)
    drop(place, 9, en="Item 9")
    place.sync()
    with place.database.read() as session:
        second = reading.news(session, EN, older=first.older, size=2)
        last = reading.news(session, EN, older=second.older, size=2)
        back = reading.news(session, EN, newer=last.newer, size=2)
        newest = reading.news(session, EN, newer=first.entries[0].position, size=2)
    titles = [entry.title for page in (first, second, last) for entry in page.entries]
    assert titles == ["Item 5", "Item 4", "Item 3", "Item 2", "Item 1"]
    assert last.older is None
    assert back.entries == second.entries
    assert [entry.title for entry in newest.entries] == ["Item 9"]
    assert newest.newer is None


def test_new_settings_are_told_to_the_workers_when_they_are_in_force_and_when_all_pages_follow(place: Place) -> None:
    """With each telling every worker drops all the pages that it keeps."""
    with place.database.read() as session:
        before = reading.version(session)
    place.write("content/site.toml", SITE.replace("default =", 'url = "https://news.example.org"\ndefault ='))
    place.sync()
    with place.database.read() as session:
        assert reading.version(session) == before + 2


def test_a_list_leads_on_only_where_there_is_something_whatever_the_cursor(place: Place) -> None:
    with place.database.read() as session:
        everything = reading.news(session, EN, newer="0", size=10)
        again = reading.news(session, EN, older="9", size=10)
    for page in (everything, again):
        assert len(page.entries) == 5
        assert (page.older, page.newer) == (None, None)
