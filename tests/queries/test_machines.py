"""What feeds and the sitemap are made from: whole items, and every address of a text that is really there, in steps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.documents import Kind
from app.domain.pages import Addresses
from app.domain.segments import Tag
from app.queries import machines
from tests.copies import Copies
from tests.queries.test_reading import counted, drop
from tests.trees import Place, article

EN, RU, KY = Tag("en"), Tag("ru"), Tag("ky")


def begin_with(place: Place) -> None:
    for number in range(1, 6):
        drop(place, number, en=f"Item {number}", **({"ru": f"Новость {number}"} if number % 2 else {}))
    place.write("content/pages/about/item.toml", 'source = "en"\n')
    place.write("content/pages/about/en.md", article("About", "We.", slug="about"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def test_a_feed_costs_one_query_and_holds_what_this_language_really_has(place: Place) -> None:
    with place.database.read() as session, counted(session) as sent:
        items = machines.newest(session, RU, tagged=None, size=2)
        assert machines.newest(session, KY, tagged=None, size=2) == ()
    assert [item.title for item in items] == ["Новость 5", "Новость 3"]
    assert all("<p>Text.</p>" in item.html for item in items)
    assert len(sent) == 2


@pytest.mark.parametrize("size", [1, 2, 100])
def test_addresses_come_in_steps_and_each_text_that_is_there_once(place: Place, size: int) -> None:
    found: list[Addresses] = []
    after = 0
    with place.database.read() as session:
        while chunk := machines.addresses(session, (RU, EN, KY), after=after, size=size):
            assert len(chunk) <= size
            found += chunk
            after = chunk[-1].number
    assert [one.number for one in found] == sorted(one.number for one in found)
    slugs = sorted([(text.locale, text.slug) for text in one.texts] for one in found)
    items = [[(EN, f"en-{number}")] for number in (2, 4)]
    items += [[(RU, f"ru-{number}"), (EN, f"en-{number}")] for number in (1, 3, 5)]
    assert slugs == sorted([*items, [(EN, "about")]])
    assert {one.kind for one in found} == {Kind.NEWS, Kind.PAGE}


def test_a_language_that_the_site_no_longer_has_has_no_address(place: Place) -> None:
    with place.database.read() as session:
        found = machines.addresses(session, (EN,), after=0, size=100)
    assert {text.locale for one in found for text in one.texts} == {EN}


def test_what_came_with_the_source_bears_its_date_and_what_was_changed_the_time_of_that(place: Place) -> None:
    before = datetime.now(UTC)
    drop(place, 1, en="Item 1 mended", ru="Новость 1")
    place.sync()
    with place.database.read() as session:
        changed = {
            text.slug: text.changed
            for one in machines.addresses(session, (EN, RU), after=0, size=100)
            for text in one.texts
        }
    assert changed["en-2"] == datetime(2026, 5, 2, 5, tzinfo=UTC)
    assert changed["ru-1"] == datetime(2026, 5, 1, 5, tzinfo=UTC)
    assert changed["en-1"] is not None
    assert changed["en-1"] >= before.replace(microsecond=0)
