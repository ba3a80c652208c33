"""What a live file says of its own status: a report that the tree keeps true, since a database may be made from it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services.texts import find
from tests import databases
from tests.copies import Copies
from tests.trees import FOLDER, ITEM, Place, article, decide

EN = article("Opening", "The centre opens.", slug="opening")
MESSAGES = DocumentName(kind=Kind.CATALOGUE, name="messages")
PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'
    '\nmsgid "News"\nmsgstr "Новости"\n'
)
PATHS = {ITEM: f"content/{FOLDER}/en.md", MESSAGES: "translations/ru/LC_MESSAGES/messages.po"}
LOCALES = {ITEM: Tag("en"), MESSAGES: Tag("ru")}


def begin_with(place: Place) -> None:
    place.item(en=EN)
    place.write("translations/messages.pot", 'msgid ""\nmsgstr ""\n\nmsgid "News"\nmsgstr ""\n')
    place.write(PATHS[MESSAGES], PO)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def without_status(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if "tatus: " not in line)


def as_a_draft(text: str) -> str:
    return text.replace("tatus: published", "tatus: draft")


def as_a_draft_with_a_mended_word(text: str) -> str:
    return as_a_draft(text).replace("The centre opens.", "The centre opens today.").replace("Новости", "Вести")


def live(place: Place, document: DocumentName) -> str:
    with place.database.read() as session:
        found = find(session, document, LOCALES[document]).live
        assert found is not None
        return found.digest


@pytest.mark.parametrize("change", [without_status, as_a_draft, as_a_draft_with_a_mended_word])
@pytest.mark.parametrize("document", [ITEM, MESSAGES], ids=str)
def test_a_live_file_that_calls_itself_a_draft_says_what_is_so_again_and_its_editor_is_told(
    place: Place, tmp_path: Path, sqlite_template: str, document: DocumentName, change: Callable[[str], str]
) -> None:
    path = PATHS[document]
    place.write(path, change(place.read(path)))
    place.sync()
    assert "tatus: published" in place.read(path)
    assert [problem for problem in place.problems() if "stays published" in problem] != []
    assert place.sync() == [], "it is told once"
    from_the_tree = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "new.db"), fresh=False)
    from_the_tree.sync()
    assert live(from_the_tree, document) == live(place, document)
    from_the_tree.database.dispose()


def test_a_downloaded_file_that_is_put_into_the_tree_loses_its_label_there_too(place: Place) -> None:
    path = f"content/{FOLDER}/en.md"
    label = f"document: {ITEM}\nlocale: en\nrevision: 1\n"
    place.write(path, place.read(path).replace("title:", f"{label}title:").replace("opens.", "opens today."))
    place.sync()
    assert (label in place.read(path), "opens today." in place.read(path)) == (False, True)
    assert place.sync() == []


def test_a_draft_that_says_less_than_the_desk_made_of_it_says_what_is_so_again(place: Place) -> None:
    text = as_a_draft(article("Открытие", "Центр открыт.", slug="otkrytie"))
    place.write(f"content/{FOLDER}/ru.md", text)
    place.sync()
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("ru")), Action.SUBMIT)
    place.sync()
    said = place.read(f"content/{FOLDER}/ru.md")
    assert "status: in review" in said
    place.write(f"content/{FOLDER}/ru.md", without_status(said))
    place.sync()
    assert "status: in review" in place.read(f"content/{FOLDER}/ru.md")
