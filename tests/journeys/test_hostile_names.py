"""Links, strange names and addresses that others have stop nothing else: each is reported with its reason."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions
from app.services.texts import find
from app.storage.texts import DbRevision
from tests import databases
from tests.journeys.hostile import EN, is_live, survives
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, SITE, Place, article, decide


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield place
    place.database.dispose()


def test_what_is_no_regular_file_inside_the_tree_is_not_read(place: Place, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "en.md").write_text(article("Secret", "A secret text.", slug="secret"))
    (outside / "item.toml").write_text(FACTS)
    (outside / "photo.jpg").write_bytes(b"secret")
    place.item(item=FACTS + 'photos = ["photos/link.jpg", "photos/folder.jpg"]\nfiles = ["files/pipe.pdf"]\n', en=EN)
    folder = place.path(f"content/{FOLDER}")
    (folder / "ru.md").symlink_to(outside / "en.md")
    os.mkfifo(folder / "ky.md")
    (folder / "photos" / "folder.jpg").mkdir(parents=True)
    (folder / "photos" / "link.jpg").symlink_to(outside / "photo.jpg")
    (folder / "files").mkdir()
    os.mkfifo(folder / "files" / "pipe.pdf")
    place.path("content/news/linked").symlink_to(outside, target_is_directory=True)
    place.write("content/news/folder-for-a-file/item.toml", FACTS)
    place.path("content/news/folder-for-a-file/en.md").mkdir()
    said = "\n".join(survives(place))
    for name in ("ru.md", "ky.md", "photos/link.jpg", "photos/folder.jpg", "files/pipe.pdf"):
        assert f"content/{FOLDER}/{name}:0: " in said, name
    assert "content/news/linked:0: leads out of the tree" in said
    assert "content/news/folder-for-a-file/en.md:0: is a folder" in said
    assert is_live(place, "opening", "The centre opens."), "the item's own good text"
    assert not any("A secret text." in text for text in place.revisions())
    assert sorted(path.name for path in outside.iterdir()) == ["en.md", "item.toml", "photo.jpg"]


def test_a_folder_that_becomes_a_link_out_of_the_tree_is_not_written_through(place: Place, tmp_path: Path) -> None:
    place.item(en=EN)
    place.sync()
    outside = tmp_path / "outside"
    place.path(f"content/{FOLDER}").rename(outside)
    place.path(f"content/{FOLDER}").symlink_to(outside, target_is_directory=True)
    before = (outside / "en.md").read_text()
    (outside / ".en.md.tilmash-new").write_text("somebody's")
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("en")), Action.REOPEN)
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
    assert any("leads out of the tree" in one for one in survives(place))
    assert (outside / "en.md").read_text() == before
    assert sorted(path.name for path in outside.iterdir()) == [".en.md.tilmash-new", "en.md", "item.toml"]


@pytest.mark.parametrize("name", ["with space", "новости", "-item", "x" * 130, "a\nb", "%2e%2e", "CON:"])
def test_a_folder_whose_name_cannot_be_an_address_is_reported(place: Place, name: str) -> None:
    place.path(f"content/news/{name}").mkdir(parents=True)
    (place.path(f"content/news/{name}") / "en.md").write_text(EN)
    said = survives(place)
    assert len(said) == 1
    assert "not a document's name" in said[0]


def test_names_that_are_no_text_are_reported(place: Place) -> None:
    place.item(en=EN)
    raw = os.fsencode(place.path("content/news"))
    Path(os.fsdecode(raw + b"/\xff\xfe")).mkdir()
    Path(os.fsdecode(raw + b"/" + FOLDER.partition("/")[2].encode() + b"/\xff.md")).write_text(EN)
    said = survives(place)
    assert len(said) == 2
    "\n".join(said).encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "EN.md",
        "Ru.MD",
        "zxx.md",
        "english.md",
        "en_US.md",
        "xx.md",
        "en.draft.draft.md",
        "Item.toml",
        "ky.markdown",
        "ky.docx",
    ],
)  # fmt: skip
def test_a_file_that_looks_like_a_text_and_is_none_is_reported(place: Place, name: str) -> None:
    place.item(en=EN)
    place.write(f"content/{FOLDER}/{name}", article("Other", "Other words.", slug="other"))
    said = survives(place)
    assert [one for one in said if one.startswith(f"content/{FOLDER}/{name}:0: ")], said
    assert is_live(place, "opening", "The centre opens.")
    assert not is_live(place, "other", "")


def test_a_text_in_a_language_that_the_site_lacks_is_kept_reported_and_shown_once_the_site_has_it(place: Place) -> None:
    place.item(en=EN, de=article("Eröffnung", "Das Zentrum öffnet.", slug="eroeffnung"))
    said = survives(place)
    assert said == [f"content/{FOLDER}/de.md:0: is in a language that site.toml does not name: nobody is shown it"]
    place.write("content/site.toml", SITE + 'de = ["en"]\n')
    assert survives(place) == []
    assert is_live(place, "eroeffnung", "Das Zentrum öffnet.", locale="de")


def test_a_source_in_a_language_that_the_site_lacks_is_reported_and_readers_get_what_there_is(place: Place) -> None:
    facts = FACTS.replace('"en"', '"de"')
    place.item(item=facts, de=article("Eröffnung", "Das Zentrum öffnet.", slug="eroeffnung"), en=EN)
    assert any("site.toml does not name" in one for one in survives(place))
    assert is_live(place, "opening", "The centre opens.")
    assert is_live(place, "opening", "The centre opens.", locale="ky"), "not the German"


def test_a_slug_that_belongs_to_another_item_is_refused_to_the_second_in_whatever_language(place: Place) -> None:
    place.item(en=EN)
    place.write("content/news/second/item.toml", FACTS)
    place.write("content/news/second/en.md", EN.replace("The centre opens.", "Another text."))
    said = survives(place)
    assert len(said) == 1
    assert "the slug 'opening' belongs to another document" in said[0]
    assert is_live(place, "opening", "The centre opens.")


@pytest.mark.parametrize("header", [{"slug": "news"}, {}])
def test_a_page_that_could_not_be_reached_under_its_slug_is_a_draft_and_reported(
    place: Place, header: dict[str, str]
) -> None:
    place.item(en=article("Opening", "The centre opens.", slug="news"))
    place.write("content/pages/news/item.toml", 'source = "en"\n')
    place.write("content/pages/news/en.md", article("News", "Of the page.", **header))
    (said,) = survives(place)
    assert said.startswith("content/pages/news/en.md:0: ")
    assert "the slug 'news' is an address of the site itself" in said
    assert is_live(place, "news", "The centre opens."), "an item may be called so: it stands under /news/"


def test_slugs_stay_apart_while_languages_leave_the_site_and_come_back(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="the-same"))
    place.sync()
    place.write("content/site.toml", SITE.replace('ru = ["en"]\n', "").replace('"ru", ', "").replace('["ru"]', "[]"))
    place.sync()
    place.write("content/news/second/item.toml", FACTS)
    place.write("content/news/second/en.md", article("Second", "A second text.", slug="the-same"))
    assert any("belongs to another document" in one for one in survives(place))
    place.write("content/site.toml", SITE)
    survives(place)
    assert is_live(place, "the-same", "Центр открывается.", locale="ru")


def test_a_photo_whose_name_is_spelt_in_other_code_points_is_reported(place: Place) -> None:
    """A letter with its breve may be one code point or two (Unicode, annex 15): two files that look the same."""
    place.item(item=FACTS + 'photos = ["photos/\u0439.jpg"]\n', en=EN)
    place.write(f"content/{FOLDER}/photos/\u0438\u0306.jpg", encoded(halves(60, 40)))
    (said,) = survives(place)
    assert said.startswith(f"content/{FOLDER}/photos/\u0439.jpg:0: is named in item.toml, and is not there")
    assert is_live(place, "opening", "The centre opens.")


def test_folders_that_differ_by_case_alone_are_two_items_and_the_second_is_refused_the_first_ones_address(
    place: Place,
) -> None:
    for name, words in (("An-Item", "First words."), ("an-item", "Second words.")):
        place.write(f"content/news/{name}/item.toml", FACTS)
        place.write(f"content/news/{name}/en.md", article("Opening", words))
    (said,) = survives(place)
    assert said.startswith("content/news/an-item/en.md:0: ")
    assert "the slug 'an-item' belongs to another document" in said
    assert is_live(place, "an-item", "First words.")
