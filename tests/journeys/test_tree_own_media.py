"""Photos and attachments in the words of an item: shown where a body names them, titled, and never lost in silence."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries import reading
from app.storage.outbox import DbWork
from app.storage.published import DbPublicMedia
from tests import databases
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, Place, article

BODY = "![{}](photos/hall.jpg)", "[memo](files/memo.ru.pdf) [none](files/none.pdf)"
NAMED = FACTS + 'photos = ["photos/hall.jpg"]\nfiles = ["files/memo.ru.pdf", "files/list.pdf"]\n'
NO_FILE = "[none](files/none.pdf) names no photo or file of item.toml: readers see its words and no link"


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(
        item=NAMED,
        en=article("Opening", *BODY, slug="opening").replace("slug", "files:\n  files/memo.pdf: The memo\nslug"),
        ru=article("Открытие", *BODY, slug="otkrytie").replace("slug", "files:\n  files/memo.ru.pdf: Памятка\nslug"),
    )
    place.write(f"content/{FOLDER}/photos/hall.jpg", encoded(halves()))
    for name in ("memo.ru", "list", "none"):
        place.write(f"content/{FOLDER}/files/{name}.pdf", f"%PDF-1.7 {name}")
    place.sync()
    yield place
    place.database.dispose()


def page(place: Place, locale: str, slug: str) -> ItemPage:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
    assert isinstance(found, ItemPage)
    return found


@pytest.mark.parametrize(("locale", "slug"), [("en", "opening"), ("ru", "otkrytie"), ("ky", "otkrytie")])
def test_each_language_shows_the_photos_and_files_that_its_text_names(place: Place, locale: str, slug: str) -> None:
    if locale == "ky":
        slug = "opening"  # a fallback stands in, at the source's address
    found = page(place, locale, slug)
    assert f'src="/media/{found.pictures[0].sources[0][0]}"' in found.html
    assert f'<a href="/media/{found.attachments[0].path}">memo</a> none</p>' in found.html


def test_an_attachment_has_a_title_in_each_language_or_its_name_without_the_language(place: Place) -> None:
    def names(locale: str, slug: str) -> list[tuple[str, str | None]]:
        return [(one.name, one.locale) for one in page(place, locale, slug).attachments]

    assert names("en", "opening") == [("The memo", "ru"), ("list.pdf", None)]
    assert names("ru", "otkrytie") == [("Памятка", "ru"), ("list.pdf", None)]
    place.write(f"content/{FOLDER}/en.md", article("Opening", "No titles.", slug="opening"))
    place.sync()
    assert names("en", "opening") == [("memo.pdf", "ru"), ("list.pdf", None)]


def test_a_file_is_saved_under_the_name_that_it_has_in_the_tree(place: Place) -> None:
    with place.database.read() as session:
        names = [reading.media(session, one.path) for one in page(place, "en", "opening").attachments]
    assert names == ["memo.ru.pdf", "list.pdf"]


def test_what_readers_will_not_find_is_told_at_each_run_until_text_or_facts_are_mended(place: Place) -> None:
    said = [f"content/{FOLDER}/{locale}.md:{line}: {NO_FILE}" for locale, line in (("en", 11), ("ru", 11))]
    assert place.problems() == said
    place.sync()
    assert place.problems() == said
    place.write(f"content/{FOLDER}/item.toml", NAMED.replace('"files/list.pdf"', '"files/none.pdf"'))
    place.sync()
    assert place.problems() == []
    assert page(place, "en", "opening").html.count(".pdf") == 2
    place.write(f"content/{FOLDER}/ru.draft.md", article("Открытие", "<b>Слово</b>", status="draft"))
    place.sync()
    assert place.problems() == [f"content/{FOLDER}/ru.draft.md:6: <b> is shown as it is typed: HTML means nothing here"]


def test_pages_that_an_older_build_made_are_made_anew_at_the_first_synchronisation(place: Place) -> None:
    with place.database.write() as session:
        session.execute(delete(DbPublicMedia))
        session.add(DbWork(kind="rebuild", subject="site", payload="{}", due_at=datetime(9000, 1, 1, tzinfo=UTC)))
    place.sync()
    with place.database.read() as session:
        assert reading.media(session, page(place, "en", "opening").pictures[0].widest) == ""
