"""By month, by tag, from one item to the next: what is found, and what it costs in queries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.pages import Around, ItemPage, Mention, TagCount
from app.domain.segments import Tag
from app.domain.spans import Span
from app.queries import archive, reading
from tests.copies import Copies
from tests.queries.test_reading import EN, KY, RU, counted
from tests.trees import SITE, Place, article

LOCALES = (EN, RU, KY)


def drop(place: Place, day: str, *tags: str, number: int = 0, **texts: str) -> None:
    """Put an item of that day into the tree, in these languages, under these tags."""
    folder = f"content/news/{day}-{number}"
    listed = ", ".join(f'"{tag}"' for tag in tags)
    place.write(f"{folder}/item.toml", f'date = {day}T01:00:00+05:00\nsource = "en"\ntags = [{listed}]\n')
    for locale, title in texts.items():
        place.write(f"{folder}/{locale}.md", article(title, "Text.", slug=f"{locale}-{day}-{number}"))


def begin_with(place: Place) -> None:
    """Two years: February, March (the first at one o'clock in Almaty, which is still February in UTC) and December."""
    drop(place, "2025-12-31", "law", "drugs", en="Last year", ru="Прошлый год")
    drop(place, "2026-02-28", "law", en="February")
    drop(place, "2026-03-01", "Law", "drugs", en="First of March", ru="Первое марта")
    drop(place, "2026-03-02", "drugs", en="Second of March")
    drop(place, "2026-03-03", "law", "drugs", "sport", en="Third of March", ru="Третье марта")
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def titles(place: Place, locale: Tag, span: Span, **part: str) -> list[str]:
    with place.database.read() as session:
        page = archive.span(session, locale, span, among=LOCALES, older=part.get("older"), newer=None, size=2)
    return [entry.title for entry in page.items.entries]


def test_a_month_is_the_seats_and_counts_what_the_language_really_has(place: Place) -> None:
    with place.database.read() as session, counted(session) as sent:
        assert archive.months(session, [EN])[EN] == (("2026-03", 3), ("2026-02", 1), ("2025-12", 1))
    assert len(sent) == 1
    with place.database.read() as session:
        assert archive.months(session, [RU])[RU] == (("2026-03", 2), ("2025-12", 1))
        assert archive.months(session, [KY]) == {}


def test_a_month_costs_two_queries_and_knows_its_neighbours_and_languages(place: Place) -> None:
    with place.database.read() as session, counted(session) as sent:
        page = archive.span(session, RU, Span(2026, 3), among=LOCALES, older=None, newer=None, size=20)
    assert len(sent) == 2
    assert [entry.title for entry in page.items.entries] == ["Третье марта", "Первое марта"]
    assert (page.earlier, page.later, page.languages) == (Span(2025, 12), None, frozenset({EN, RU}))
    with place.database.read() as session:
        year = archive.span(session, EN, Span(2025), among=LOCALES, older=None, newer=None, size=20)
        empty = archive.span(session, EN, Span(2026, 1), among=LOCALES, older=None, newer=None, size=20)
    assert (year.earlier, year.later) == (None, Span(2026))
    assert (empty.items.entries, empty.languages) == ((), frozenset())


def test_a_long_year_is_paged_through_with_the_cursors_of_the_list(place: Place) -> None:
    assert titles(place, EN, Span(2026)) == ["Third of March", "Second of March"]
    with place.database.read() as session:
        first = archive.span(session, EN, Span(2026), among=LOCALES, older=None, newer=None, size=2)
        assert first.items.older is not None
        second = archive.span(session, EN, Span(2026), among=LOCALES, older=first.items.older, newer=None, size=2)
        back = archive.span(session, EN, Span(2026), among=LOCALES, older=None, newer=second.items.newer, size=2)
    assert [entry.title for entry in second.items.entries] == ["First of March", "February"]
    assert (second.items.older, back.items) == (None, first.items)


def test_tags_of_one_spelling_in_addresses_are_one(place: Place) -> None:
    with place.database.read() as session, counted(session) as sent:
        found = archive.tags(session, [EN])[EN]
    assert len(sent) == 1
    assert [(one.slug, one.msgid.lower(), one.count) for one in found] == [
        ("drugs", "drugs", 4),
        ("law", "law", 4),
        ("sport", "sport", 1),
    ]
    with place.database.read() as session:
        assert archive.tags(session, [KY]) == {}
        assert archive.tags(session, [RU])[RU][2] == TagCount(slug="sport", msgid="sport", count=1)


def test_a_tag_costs_two_queries_and_lists_what_the_language_has(place: Place) -> None:
    with place.database.read() as session, counted(session) as sent:
        page = archive.tag(session, EN, "law", among=LOCALES, older=None, newer=None, size=3)
    assert len(sent) == 2
    assert page is not None
    assert [entry.title for entry in page.items.entries] == ["Third of March", "First of March", "February"]
    assert (page.items.older is not None, page.languages, page.items.elsewhere) == (True, frozenset({EN, RU}), ())
    with place.database.read() as session:
        rest = archive.tag(session, EN, "law", among=LOCALES, older=page.items.older, newer=None, size=3)
    assert rest is not None
    assert [entry.title for entry in rest.items.entries] == ["Last year"]


def test_a_tag_that_only_others_have_says_how_much_they_have(place: Place) -> None:
    with place.database.read() as session:
        page = archive.tag(session, KY, "drugs", among=LOCALES, older=None, newer=None, size=3)
        assert archive.tag(session, EN, "nothing", among=LOCALES, older=None, newer=None, size=3) is None
        assert archive.tag(session, EN, "drugs", among=(KY,), older=None, newer=None, size=3) is None
    assert page is not None
    assert (page.items.entries, page.items.elsewhere) == ((), ((EN, 4), (RU, 3)))


def around(place: Place, locale: Tag, slug: str) -> Around:
    with place.database.read() as session:
        page = reading.item(session, locale, slug)
        assert isinstance(page, ItemPage)
        with counted(session) as sent:
            found = archive.around(session, locale, page)
    assert len(sent) == 1
    return found


def told(mention: Mention | None) -> str:
    return "" if mention is None else mention.title


def test_an_item_knows_the_one_before_and_the_one_after_it_in_one_query(place: Place) -> None:
    first, middle, last = (around(place, EN, f"en-{day}-0") for day in ("2025-12-31", "2026-03-01", "2026-03-03"))
    assert (told(first.earlier), told(first.later)) == ("", "February")
    assert (told(middle.earlier), told(middle.later)) == ("February", "Second of March")
    assert (told(last.earlier), told(last.later)) == ("Second of March", "")
    assert middle.earlier is not None
    assert (middle.earlier.slug, middle.earlier.date.isoformat()) == (
        "en-2026-02-28-0",
        "2026-02-27T20:00:00+00:00",
    )


def test_neighbours_have_a_text_in_the_readers_language_also_where_the_item_has_none(place: Place) -> None:
    assert told(around(place, RU, "ru-2026-03-03-0").earlier) == "Первое марта"
    missing = around(place, RU, "en-2026-03-02-0")
    assert (told(missing.earlier), told(missing.later)) == ("Первое марта", "Третье марта")
    assert around(place, KY, "en-2026-03-02-0") == Around(earlier=None, later=None, related=())


def test_related_items_share_most_tags_then_are_nearest_and_are_no_neighbours(place: Place) -> None:
    assert [one.title for one in around(place, EN, "en-2026-03-03-0").related] == [
        "First of March",
        "Last year",
        "February",
    ]
    assert [one.title for one in around(place, EN, "en-2026-02-28-0").related] == ["Third of March"]
    assert [one.title for one in around(place, EN, "en-2026-03-02-0").related] == ["Last year"]


def test_of_items_of_the_same_second_the_order_of_the_list_holds(place: Place) -> None:
    for number in (1, 2):
        drop(place, "2026-03-03", "sport", number=number, en=f"Same time {number}")
    place.sync()
    with place.database.read() as session:
        newest, second, third = reading.news(session, EN, size=3).entries
    found = around(place, EN, second.slug)
    assert (told(found.later), told(found.earlier)) == (newest.title, third.title)
    assert {newest.title[:9], second.title[:9]} == {"Same time"}


def test_a_standing_page_has_nothing_around_it(place: Place) -> None:
    place.write("content/pages/about/item.toml", 'source = "en"\ntags = ["law"]\n')
    place.write("content/pages/about/en.md", article("About", "Text.", slug="about"))
    place.sync()
    with place.database.read() as session:
        page = reading.page(session, EN, "about")
        assert isinstance(page, ItemPage)
        with counted(session) as sent:
            assert archive.around(session, EN, page) == Around(earlier=None, later=None, related=())
        assert sent == []
        assert [one.count for one in archive.tags(session, [EN])[EN]] == [4, 4, 1], "no list has a page"


def test_months_follow_the_zone_of_the_seat(place: Place) -> None:
    place.write("content/site.toml", SITE.replace("Asia/Almaty", "Etc/UTC"))
    place.sync()
    with place.database.read() as session:
        assert archive.months(session, [EN])[EN] == (("2026-03", 2), ("2026-02", 2), ("2025-12", 1))


MONTH = "SELECT entry FROM published_page WHERE locale = 'en' AND month BETWEEN '2026-01' AND '2026-12'"
TAG = "SELECT document_id FROM published_tag WHERE slug = 'law' AND locale = 'en' AND position < '3'"
PLANS = [
    "SELECT month, count(*) FROM published_page WHERE locale = 'en' AND month IS NOT NULL GROUP BY month",
    f"{MONTH} ORDER BY month DESC, position DESC LIMIT 20",
    f"{TAG} ORDER BY position DESC LIMIT 20",
    "SELECT slug, count(*) FROM published_tag WHERE locale = 'en' GROUP BY slug",
    "SELECT document_id FROM published_slug WHERE slug = 'x' AND kind = 'news'",
]


@pytest.mark.parametrize("asked", PLANS)
def test_each_question_is_answered_from_an_index_and_sorts_nothing(place: Place, asked: str) -> None:
    with place.database.read() as session:
        if place.url.startswith("sqlite"):
            plan = str(session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
            assert "INDEX ix_" in plan
            assert "TEMP B-TREE" not in plan
        else:
            session.execute(text("SET LOCAL enable_seqscan = off"))
            session.execute(text("SET LOCAL enable_sort = off"))
            plan = str(session.execute(text(f"EXPLAIN {asked}")).all())
            assert "Index" in plan
            assert "Sort" not in plan
