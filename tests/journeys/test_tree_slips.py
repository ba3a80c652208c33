"""Slips in an item's facts are told at each run, with file and line, and take nothing off the site."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries import reading
from tests import databases
from tests.copies import Copies
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, SITE, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
RU = article("Открытие", "Центр открывается.", slug="otkrytie")
LIVE = f"content/{FOLDER}/item.toml"
TEMPLATE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "training"
msgstr ""
"""
LEFT = "is left as it is, and what it says is nowhere else: source is"

NO_SOURCE = "its source text (rus) has never been published"


def begin_with(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, f"sqlite:///{sqlite_template}", tmp_path) as place:
        yield place


def page(place: Place, locale: str = "en", slug: str = "opening") -> ItemPage:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
    assert isinstance(found, ItemPage)
    return found


def told(place: Place) -> list[str]:
    """What each of two runs tells."""
    place.sync()
    said = sorted(place.problems())
    assert {move.what for move in place.sync()} <= {"problem"}, "a second run changes nothing"
    assert sorted(place.problems()) == said
    return said


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("tur", "'tur', which is no language of the site"),
        ("rus", "'rus', which is no language of the site; did you mean `ru`?"),
        ("ky", "'ky', and there is no text in ky"),
    ],
)
def test_a_source_that_is_not_there_is_told_and_the_last_good_facts_stay(
    place: Place, source: str, reason: str
) -> None:
    before = page(place), page(place, "ru", "otkrytie")
    wrong = FACTS.replace('"en"', f'"{source}"') + 'tags = ["training"]\n'
    place.write(LIVE, wrong)
    assert told(place) == [f"{LIVE}:2: {LEFT} {reason}"]
    assert (page(place), page(place, "ru", "otkrytie")) == before
    assert place.read(LIVE) == wrong
    place.write(LIVE, wrong.replace(f'"{source}"', '"en"'))
    assert told(place) == []
    assert page(place).tags == ("training",)


def test_a_source_that_is_not_there_in_a_draft_of_the_facts_does_not_come_in_either(place: Place) -> None:
    draft = LIVE.replace("item.toml", "item.draft.toml")
    place.write(draft, FACTS.replace('"en"', '"ky"'))
    assert told(place) == [f"{draft}:2: {LEFT} 'ky', and there is no text in ky"]


def test_another_source_counts_as_soon_as_its_text_is_there(place: Place) -> None:
    place.write(LIVE, FACTS.replace('"en"', '"ky"'))
    place.write(f"content/{FOLDER}/ky.md", "no text at all\n")
    assert len(told(place)) == 2
    assert page(place).source == "en"
    place.write(f"content/{FOLDER}/ky.md", article("Ачылыш", "Борбор ачылат.", slug="achylysh"))
    assert told(place) == []
    assert page(place).source == "ky"


def test_a_new_item_is_told_what_its_source_lacks(tmp_path: Path, sqlite_template: str) -> None:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "new.db"))
    place.item(item=FACTS.replace('"en"', '"ky"'))
    assert told(place) == [], "no text of it has been written yet"
    place.item(item=FACTS.replace('"en"', '"rus"'), en=EN)
    assert told(place) == [
        f"content/{FOLDER}/en.md:0: asks to be published and stays approved: {NO_SOURCE}",
        f"{LIVE}:2: source is 'rus', which is no language of the site; did you mean `ru`?",
    ]
    place.write(LIVE, FACTS)
    assert told(place) == []
    assert page(place).source == "en", "and the text that waited for it is published"
    place.database.dispose()


def test_a_language_that_leaves_the_site_makes_no_slip_of_the_facts_of_its_texts(place: Place) -> None:
    place.write("content/site.toml", SITE.replace('default = "en"', 'default = "ru"').replace(
        'en = ["ru"]\nru = ["en"]\nky = ["ru", "en"]', 'ru = []\nky = ["ru"]'
    ))  # fmt: skip
    assert told(place) == [
        f"content/{FOLDER}/en.md:0: is in a language that site.toml does not name: nobody is shown it"
    ]
    place.write(LIVE, FACTS.replace("10:00", "11:00"))
    place.sync()
    assert page(place, "ru", "otkrytie").date == datetime.fromisoformat("2026-01-01T11:00:00+05:00")


def test_a_tag_that_no_language_can_translate_is_told_with_the_one_that_was_meant(place: Place) -> None:
    place.write("translations/site.pot", TEMPLATE)
    place.write(LIVE, FACTS + 'tags = [\n  "trainings",\n  "training",\n  "customs",\n]\n')
    fault = "which no language can translate: it is not in translations/site.pot"
    assert told(place) == [
        f"{LIVE}:4: tags has 'trainings', {fault}; did you mean `training`?",
        f"{LIVE}:6: tags has 'customs', {fault}",
    ]
    assert page(place).tags == ("trainings", "training", "customs")
    place.write("translations/site.pot", TEMPLATE + '\nmsgid "trainings"\nmsgstr ""\n\nmsgid "customs"\nmsgstr ""\n')
    assert told(place) == []


def test_a_site_that_translates_no_names_is_told_of_no_tag(place: Place) -> None:
    place.write(LIVE, FACTS + 'tags = ["anything"]\n')
    assert told(place) == []


def test_a_photo_and_an_attachment_that_vanish_are_told_and_go_on_being_shown(place: Place) -> None:
    photo, memo = f"content/{FOLDER}/photos/hall.jpg", f"content/{FOLDER}/files/memo.pdf"
    place.write(photo, encoded(halves()))
    place.write(memo, b"%PDF-1.7 first")
    place.write(LIVE, FACTS + 'photos = [\n  "photos/hall.jpg",\n]\nfiles = ["files/memo.pdf"]\n')
    assert told(place) == []
    before = page(place)
    place.path(photo).unlink()
    place.path(memo).unlink()
    assert told(place) == [
        f"{LIVE}:4: photos names 'photos/hall.jpg', which has vanished; the last good one is kept",
        f"{LIVE}:6: files names 'files/memo.pdf', which has vanished; the last good one is kept",
    ]
    assert page(place) == before
    place.write(memo, b"%PDF-1.7 first")
    place.write(LIVE, FACTS + 'files = ["files/memo.pdf"]\n')
    assert told(place) == []


def test_a_draft_that_nobody_wants_ends_when_the_live_file_is_copied_over_it(place: Place) -> None:
    live, draft = f"content/{FOLDER}/ru.md", f"content/{FOLDER}/ru.draft.md"
    place.write(live, RU.replace("title: Открытие", "title:"))
    place.sync()
    place.write(live, RU.replace("открывается", "открылся"))
    assert told(place) == []
    assert place.path(draft).exists()
    place.write(draft, place.read(live))
    assert told(place) == []
    assert not place.path(draft).exists()
    assert "открылся" in page(place, "ru", "otkrytie").html
    assert page(place, "ru", "otkrytie").title == "Открытие"


def test_a_renamed_folder_is_another_document_and_the_old_one_stays_live(place: Place) -> None:
    place.write(f"content/{FOLDER}/ky.md", article("Ачылыш", "Борбор ачылат."))
    place.sync()
    place.path(f"content/{FOLDER}").rename(place.path("content/news/renamed"))
    said = told(place)
    assert [one for one in said if FOLDER in one] == [
        f"content/{FOLDER}/{name}:0: has vanished; its text is kept, and nothing is deleted"
        for name in ("en.md", "item.toml", "ky.md", "ru.md")
    ]
    (refused,) = [one for one in said if "renamed/en.md" in one]
    assert "the slug 'opening' belongs to another document" in refused
    assert page(place).document.name == FOLDER.removeprefix("news/")
    assert page(place, "ky", FOLDER.removeprefix("news/")).title == "Ачылыш"
