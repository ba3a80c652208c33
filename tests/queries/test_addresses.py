"""Where a slug leads at which no page stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import addresses, reading
from app.queries.addresses import Moved, Withdrawn
from app.queries.reading import Found
from app.services.texts import find
from tests.copies import Copies
from tests.queries.test_reading import EN, KY, RU, counted
from tests.trees import FACTS, Place, article, decide

FIRST, SECOND = "2026-01-01-first", "2026-01-02-second"


def begin_with(place: Place) -> None:
    """One item in English and Russian."""
    save(place, FIRST, "en", "alpha")
    save(place, FIRST, "ru", "alfa")


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def save(place: Place, name: str, locale: str, slug: str) -> None:
    """Publish a text under a slug."""
    place.write(f"content/news/{name}/item.toml", FACTS)
    place.write(f"content/news/{name}/{locale}.md", article(f"{name} in {locale}", "Text.", slug=slug))
    place.sync()
    assert place.problems() == []


def withdraw(place: Place, name: str, *locales: str) -> None:
    for locale in locales:
        with place.database.write() as session:
            decide(session, find(session, DocumentName(kind=Kind.NEWS, name=name), Tag(locale)), Action.WITHDRAW)


def asked(place: Place, locale: Tag, slug: str) -> Found:
    with place.database.read() as session, counted(session) as sent:
        found = reading.item(session, locale, slug)
    assert len(sent) == (1 if isinstance(found, ItemPage) else 2)
    return found


def test_a_slug_that_was_changed_twice_leads_to_the_present_one_at_once(place: Place) -> None:
    for slug in ("beta", "gamma"):
        save(place, FIRST, "en", slug)
    for slug in ("alpha", "beta"):
        assert asked(place, EN, slug) == Moved(EN, "gamma", for_good=True)
        assert asked(place, RU, slug) == Moved(RU, "alfa", for_good=True)
    assert isinstance(asked(place, EN, "gamma"), ItemPage)
    assert asked(place, RU, "gamma") == Moved(RU, "alfa")


def test_where_a_fallback_stands_in_nothing_is_for_good(place: Place) -> None:
    save(place, FIRST, "en", "beta")
    assert asked(place, KY, "alpha") == Moved(KY, "beta")


def test_a_slug_that_is_taken_back_is_the_page_again(place: Place) -> None:
    save(place, FIRST, "en", "beta")
    save(place, FIRST, "en", "alpha")
    assert isinstance(asked(place, EN, "alpha"), ItemPage)
    assert asked(place, EN, "beta") == Moved(EN, "alpha", for_good=True)


def test_a_slug_that_another_item_took_is_that_items_in_every_language(place: Place) -> None:
    save(place, FIRST, "en", "beta")
    save(place, SECOND, "en", "alpha")
    found = asked(place, EN, "alpha")
    assert isinstance(found, ItemPage)
    assert found.title == f"{SECOND} in en"
    save(place, SECOND, "ru", "vtoraya")
    assert asked(place, RU, "alpha") == Moved(RU, "vtoraya")


def test_of_two_that_had_it_the_one_that_is_live_has_it_then_the_one_that_had_it_last(place: Place) -> None:
    save(place, FIRST, "en", "beta")
    save(place, SECOND, "en", "alpha")
    save(place, SECOND, "en", "delta")
    assert asked(place, EN, "alpha") == Moved(EN, "delta", for_good=True)
    withdraw(place, SECOND, "en")
    assert asked(place, EN, "alpha") == Moved(EN, "beta", for_good=True)
    withdraw(place, FIRST, "en", "ru")
    assert asked(place, EN, "alpha") == Withdrawn()


def test_what_was_withdrawn_says_so_under_each_of_its_slugs_in_each_language(place: Place) -> None:
    save(place, FIRST, "ru", "beta-ru")
    withdraw(place, FIRST, "en", "ru")
    for slug in ("alpha", "alfa", "beta-ru"):
        for locale in (EN, RU, KY):
            assert asked(place, locale, slug) == Withdrawn()
    assert asked(place, EN, "never") is None
    with place.database.read() as session:
        assert reading.page(session, EN, "alpha") is None, "no standing page ever had this slug"


def test_a_language_that_was_withdrawn_leads_to_what_stands_in_for_it_and_comes_back(place: Place) -> None:
    withdraw(place, FIRST, "ru")
    assert asked(place, RU, "alfa") == Moved(RU, "alpha")
    with place.database.write() as session:
        decide(session, find(session, DocumentName(kind=Kind.NEWS, name=FIRST), RU), Action.PUBLISH)
    assert isinstance(asked(place, RU, "alfa"), ItemPage)


def test_a_draft_that_nobody_saw_has_no_address(place: Place) -> None:
    place.write(f"content/news/{FIRST}/en.draft.md", article("Draft", "Text.", slug="secret", status="draft"))
    place.sync()
    assert asked(place, EN, "secret") is None


def test_a_slug_belongs_to_the_languages_that_have_it_then_to_those_that_had_it(place: Place) -> None:
    save(place, FIRST, "ru", "alpha")
    save(place, FIRST, "ru", "beta")
    with place.database.read() as session, counted(session) as sent:
        assert addresses.languages_of(session, Kind.NEWS, "alpha", (EN, RU, KY)) == (EN,)
    assert len(sent) == 1
    with place.database.read() as session:
        assert addresses.languages_of(session, Kind.NEWS, "alfa", (EN, RU, KY)) == (RU,)
        assert addresses.languages_of(session, Kind.NEWS, "alfa", (EN, KY)) == ()
        assert addresses.languages_of(session, Kind.PAGE, "alpha", (EN, RU, KY)) == ()
    save(place, FIRST, "ru", "alpha")
    with place.database.read() as session:
        assert addresses.languages_of(session, Kind.NEWS, "alpha", (KY, RU, EN)) == (RU, EN)
