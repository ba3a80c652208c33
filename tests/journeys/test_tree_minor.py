"""`minor: true` in a file marks one save: translations stay current, and the mark is taken out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.documents import Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.choice import format_of
from app.queries import reading
from app.services import transitions
from app.services.texts import find
from app.storage.texts import DbPublication, DbRevision
from tests.copies import Copies
from tests.trees import EDITOR, FOLDER, ITEM, SITE, Place, article

MARKDOWN = format_of(Kind.NEWS, Tag("en"))
EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="ru", based_on=f"en@{MARKDOWN.digest(EN)[:8]}")
FILE = f"content/{FOLDER}/en.md"
CATALOGUE = "translations/ru/LC_MESSAGES/site.po"
PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n\n'
    'msgid "News"\nmsgstr "Новости"\n'
)


def begin_with(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def marked(text: str, mark: str = "true") -> str:
    return text.replace("status: published\n", f"status: published\nminor: {mark}\n")


def is_out_of_date(place: Place) -> bool:
    with place.database.read() as session:
        found = reading.item(session, Tag("ru"), "ru")
    assert isinstance(found, ItemPage)
    return found.outdated is not None


def html(place: Place) -> str:
    with place.database.read() as session:
        found = reading.item(session, Tag("en"), "opening")
    assert isinstance(found, ItemPage)
    return found.html


def publications_of_the_catalogue(place: Place) -> list[bool]:
    """Of each publication, whether it was minor."""
    with place.database.read() as session:
        rows = select(DbPublication.minor).join(DbRevision, DbRevision.id == DbPublication.revision_id)
        return list(session.scalars(rows.where(DbRevision.text.contains("msgid")).order_by(DbPublication.id)))


def test_a_minor_edit_is_live_leaves_translations_current_and_its_mark_is_taken_out(place: Place) -> None:
    edited = EN.replace("All are invited.", "All are invited!")
    place.write(FILE, marked(edited))
    place.sync()
    assert place.problems() == []
    assert "All are invited!" in html(place)
    assert not is_out_of_date(place)
    assert place.read(FILE) == edited, "and no other byte is changed"
    assert place.sync() == []


def test_the_next_edit_is_not_minor_of_itself(place: Place) -> None:
    place.write(FILE, marked(EN.replace("All are invited.", "All are invited!")))
    place.sync()
    place.write(FILE, place.read(FILE).replace("All are invited!", "Nobody is invited."))
    place.sync()
    assert is_out_of_date(place)


def test_an_edit_without_the_mark_puts_translations_out_of_date(place: Place) -> None:
    place.write(FILE, marked(EN.replace("All are invited.", "All are invited!"), "false"))
    place.sync()
    assert is_out_of_date(place)


def test_a_draft_that_is_published_as_minor_leaves_translations_current(place: Place) -> None:
    place.write(FILE.replace("en.md", "en.draft.md"), marked(EN.replace("All are invited.", "All are invited!")))
    place.sync()
    assert "All are invited!" in html(place)
    assert not is_out_of_date(place)
    assert "minor" not in place.read(FILE)
    assert not place.path(FILE.replace("en.md", "en.draft.md")).exists()


def test_the_mark_is_not_kept_for_a_later_publication_where_the_edit_becomes_a_draft(place: Place) -> None:
    place.write("content/site.toml", SITE + '[tree]\nroles = ["author"]\n')
    place.write(FILE, marked(EN.replace("All are invited.", "Nobody is invited.")))
    place.sync()
    assert "minor" not in place.read(FILE) + place.read(FILE.replace("en.md", "en.draft.md"))
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            head = session.get_one(DbRevision, translation.head_id)
            transitions.take(session, translation, action, EDITOR, revision=head)
    assert is_out_of_date(place)


def test_a_mark_that_is_neither_true_nor_false_is_refused_with_its_line(place: Place) -> None:
    place.write(FILE, marked(EN, "perhaps"))
    place.sync()
    assert place.problems() == [f"{FILE}:4: minor is true or false, and not 'perhaps'"]


def test_the_mark_is_no_part_of_a_texts_digest() -> None:
    assert MARKDOWN.digest(marked(EN)) == MARKDOWN.digest(EN)
    assert MARKDOWN.parse(marked(EN), path="en.md").warnings == ()


def test_a_catalogue_is_marked_in_its_header(place: Place) -> None:
    place.write(CATALOGUE, PO)
    place.sync()
    edited = PO.replace("Новости", "Новость")
    place.write(CATALOGUE, edited.replace('published\\n"\n', 'published\\n"\n"X-Tilmash-Minor: true\\n"\n'))
    place.sync()
    assert place.problems() == []
    assert place.read(CATALOGUE) == edited
    assert publications_of_the_catalogue(place) == [False, True]
    assert place.sync() == []
