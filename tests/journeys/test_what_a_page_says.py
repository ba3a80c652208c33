"""What readers are told of a text, all the way from the files: whose words, made from what, how old, and with what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.pages import ItemPage
from app.domain.segments import Origin, Tag
from app.queries import reading
from tests.readers import compute_afresh
from tests.trees import FACTS, FOLDER, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашаем всех.", slug="otkrytie")
KY = article("Ачылыш", "Борбор ачылат.", "Баарын чакырабыз.", slug="achylysh")


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def page(place: Place, locale: str, slug: str) -> ItemPage:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
    assert isinstance(found, ItemPage), (locale, slug)
    return found


def based(place: Place, text: str, locale: str, **header: str) -> str:
    """Say that a text was made from the one that is live in a locale."""
    digest = place.digest(locale)
    lines = [f"based-on: {locale}@{digest[:8]}", *(f"{key}: {value}" for key, value in header.items())]
    return text.replace("---\n", "---\n" + "\n".join(lines) + "\n", 1)


def test_whose_words_they_are_and_from_which_language(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.item(ru=based(place, RU, "en", origin="machine"))
    place.sync()
    place.item(ky=based(place, KY, "ru"))
    place.sync()
    assert place.problems() == []
    said = {
        locale: (found.shown, found.origin, found.made_from, found.outdated)
        for locale, found in ((found.locale, found) for found in (
            page(place, "en", "opening"), page(place, "ru", "otkrytie"), page(place, "ky", "achylysh"),
        ))
    }  # fmt: skip
    assert said == {
        "en": ("en", Origin.HUMAN, None, None),
        "ru": ("ru", Origin.MACHINE, "en", None),
        "ky": ("ky", Origin.HUMAN, "ru", None),
    }


def test_a_text_from_a_language_that_the_site_lacks_names_no_language(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.item(ru=RU.replace("---\n", "---\nbased-on: de@01234567\n", 1))
    place.sync()
    assert page(place, "ru", "otkrytie").made_from is None


def test_a_translation_of_unknown_age_is_never_said_to_be_older_than_its_original(place: Place) -> None:
    place.item(en=EN.replace("All are", "Everybody is"))
    place.sync()
    place.item(en=EN, ru=RU)
    place.sync()
    told = page(place, "ru", "otkrytie").outdated
    assert told is not None
    assert (told.locale, told.slug, told.since) == ("en", "opening", None)


def test_a_first_translation_that_names_no_base_was_made_from_the_only_text_there_was(place: Place) -> None:
    place.item(en=EN, ru=RU, ky=KY)
    place.sync()
    assert place.sync() == []
    assert [page(place, *at).outdated for at in (("ru", "otkrytie"), ("ky", "achylysh"))] == [None, None]
    place.item(en=EN.replace("All are invited.", "All are invited on Monday."))
    place.sync()
    told = page(place, "ru", "otkrytie").outdated
    assert told is not None
    assert told.since is not None, "from now on it is certain that it is older"
    with place.database.write() as session:
        compute_afresh(session)
    assert page(place, "ru", "otkrytie").outdated == told
    assert (place.read(f"content/{FOLDER}/ru.md"), place.read(f"content/{FOLDER}/ky.md")) == (RU, KY)


def test_two_drafts_that_came_in_together_know_each_other_when_they_go_live(place: Place) -> None:
    place.item(en=EN.replace("published", "draft"), ru=RU.replace("published", "draft"))
    place.sync()
    place.item(en=EN, ru=RU)
    place.sync()
    assert page(place, "ru", "otkrytie").outdated is None


def test_a_word_mended_as_minor_before_the_translation_came_leaves_its_base_certain(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.item(en=EN.replace("invited.", "invited").replace("---\n", "---\nminor: true\n", 1))
    place.sync()
    place.item(ru=RU)
    place.sync()
    assert page(place, "ru", "otkrytie").outdated is None


def test_a_translation_is_older_from_the_moment_its_original_was_changed(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.item(ru=based(place, RU, "en"))
    place.sync()
    assert page(place, "ru", "otkrytie").outdated is None
    place.item(en=EN.replace("All are invited.", "All are invited on Monday."))
    place.sync()
    told, source = page(place, "ru", "otkrytie").outdated, page(place, "en", "opening")
    assert told is not None
    assert told.since == source.updated is not None


def test_a_missing_language_is_given_the_first_text_of_its_chain_even_if_that_is_older(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.item(ru=based(place, RU, "en"))
    place.sync()
    place.item(en=EN.replace("All are invited.", "All are invited on Monday."))
    place.sync()
    found = page(place, "ky", "opening")
    assert (found.missing, found.shown, found.title) == (True, "ru", "Открытие")
    assert found.outdated is not None
    assert (found.outdated.locale, found.outdated.slug) == ("en", "opening")


@pytest.mark.parametrize(
    ("old", "new", "is_said"),
    [
        ("opens.", "opens today.", True),
        ("title: Opening", "title: The opening", True),
        ("slug: opening", "slug: the-opening", False),
        ("A door", "An open door", False),
    ],
)
def test_a_text_is_updated_when_its_readers_can_see_that(place: Place, old: str, new: str, is_said: bool) -> None:
    first = EN.replace("---\n", "---\nalt:\n  photos/a.jpg: A door\n", 1)
    place.item(en=first)
    place.sync()
    assert page(place, "en", "opening").updated is None
    assert old in first
    place.item(en=first.replace(old, new))
    place.sync()
    slug = "the-opening" if "slug" in old else "opening"
    assert (page(place, "en", slug).updated is not None) is is_said


def test_readers_get_the_documents_of_their_language_and_else_those_of_the_nearest(place: Place) -> None:
    files = ("files/plan.en.pdf", "files/plan.ru.pdf", "files/map.pdf", "files/rules.ru.pdf")
    for file in files:
        place.write(f"content/{FOLDER}/{file}", b"%PDF-1.4\n%" + file.encode() + b"\n%%EOF\n")
    place.item(item=FACTS + f"files = {list(files)}\n", en=EN, ru=RU, ky=KY)
    place.sync()
    named = {
        locale: [(one.name, one.locale) for one in page(place, locale, slug).attachments]
        for locale, slug in (("en", "opening"), ("ru", "otkrytie"), ("ky", "achylysh"))
    }
    assert named == {
        "en": [("plan.pdf", "en"), ("map.pdf", None), ("rules.pdf", "ru")],
        "ru": [("plan.pdf", "ru"), ("map.pdf", None), ("rules.pdf", "ru")],
        "ky": [("plan.pdf", "ru"), ("map.pdf", None), ("rules.pdf", "ru")],
    }


def test_a_list_is_paged_through_without_the_items_that_its_language_lacks(place: Place) -> None:
    for number in range(1, 8):
        folder = f"content/news/2026-02-0{number}-one"
        place.write(f"{folder}/item.toml", f'date = 2026-02-0{number}T10:00:00+05:00\nsource = "en"\n')
        place.write(f"{folder}/en.md", article(f"Item {number}", "Words.", slug=f"item-{number}"))
        if number % 2:
            place.write(f"{folder}/ru.md", article(f"Новость {number}", "Слова.", slug=f"novost-{number}"))
    place.sync()
    seen: list[list[str]] = []
    older: str | None = None
    with place.database.read() as session:
        while not seen or older is not None:
            found = reading.news(session, Tag("ru"), older=older, size=2)
            seen.append([entry.title for entry in found.entries])
            older = found.older
    assert seen == [["Новость 7", "Новость 5"], ["Новость 3", "Новость 1"]]
    assert found.elsewhere == (("en", 3),)
