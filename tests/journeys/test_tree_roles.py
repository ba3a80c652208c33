"""What `[tree] roles` in site.toml leaves to the tree, and that whatever it does not, no word is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from app.services import revisions, transitions
from app.services.texts import find, find_document
from app.storage.texts import DbRevision
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, SITE, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
MENDED = EN.replace("opens.", "opens today.")
FILE, DRAFT = f"content/{FOLDER}/en.md", f"content/{FOLDER}/en.draft.md"
CATALOGUE = "translations/ru/LC_MESSAGES/site.po"
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n\n'
    'msgid "News"\nmsgstr "Новости"\n'
)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def trust(place: Place, *roles: str) -> None:
    """Give the tree these roles and no others."""
    written = ", ".join(f'"{role}"' for role in roles)
    place.write("content/site.toml", f"{SITE}[tree]\nroles = [{written}]\n")


def html(place: Place) -> str:
    with place.database.read() as session:
        found = reading.item(session, Tag("en"), "opening")
    return found.html if isinstance(found, ItemPage) else ""


def changes_nothing(place: Place) -> bool:
    files = place.files()
    return [move for move in place.sync() if move.what != "problem"] == [] and place.files() == files


def publish_at_desk(place: Place) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            revision = session.get_one(DbRevision, translation.head_id)
            transitions.take(session, translation, action, EDITOR, revision=revision)


@pytest.mark.parametrize("roles", [[], ["administrator"]])
def test_a_tree_that_may_not_write_begins_nothing_and_every_file_is_told_with_the_reason(
    place: Place, roles: list[str]
) -> None:
    trust(place, *roles)
    place.item(en=EN)
    place.write(CATALOGUE, PO)
    before = place.files()
    place.sync()
    told = [one.partition(": ") for one in place.problems()]
    assert {path for path, _, _ in told} == {f"{name}:0" for name in (CATALOGUE, FILE, f"content/{FOLDER}/item.toml")}
    for path, _, why in told:
        writer = "translator" if path.startswith(CATALOGUE) else "author"
        assert f"to start takes one of these roles: {', '.join(sorted(('coordinator', 'reviewer', writer)))}" in why
    assert place.revisions() == []
    with place.database.read() as session:
        assert find_document(session, ITEM) is None
    said = place.problems()
    assert changes_nothing(place)
    assert (place.problems(), place.files()) == (said, before), "said again, and left as they are"
    trust(place, "author", "translator", "reviewer", "coordinator")
    place.sync()
    assert place.problems() == []
    assert "The centre opens." in html(place)


def test_an_edit_by_a_tree_that_may_not_write_stays_in_its_file_and_moves_no_head(place: Place) -> None:
    place.item(en=EN)
    place.write(CATALOGUE, PO)
    place.sync()
    stand, kept = place.stand("en"), place.revisions()
    trust(place)
    place.write(FILE, MENDED)
    place.write(f"content/{FOLDER}/item.toml", FACTS + 'tags = ["new"]\n')
    place.write(f"content/{FOLDER}/ru.md", article("Открытие", "Центр открывается.", slug="otkrytie"))
    place.write(DRAFT, MENDED)
    place.write(CATALOGUE, PO.replace("Новости", "Весть"))
    before = place.files()
    place.sync()
    assert sorted(one.partition(":")[0] for one in place.problems()) == sorted(
        [FILE, DRAFT, f"content/{FOLDER}/item.toml", f"content/{FOLDER}/ru.md", CATALOGUE]
    )
    assert (place.stand("en"), place.revisions(), place.files()) == (stand, kept, before)
    assert changes_nothing(place)
    trust(place, "coordinator")
    place.sync()
    assert "opens today." in html(place), "once it may, what waited in the file comes in"


def test_a_file_that_may_not_come_in_is_not_written_over_when_the_desk_publishes(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    trust(place)
    place.write(FILE, MENDED)
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("All are", "Everybody is"), EDITOR, base=base, path="desk")
    publish_at_desk(place)
    place.sync()
    assert place.read(FILE) == MENDED
    trust(place, "coordinator")
    place.sync()
    assert {MENDED} <= set(place.revisions())
    _, head, _ = place.stand("en")
    assert "opens today." in (head or "")
    assert "Everybody is invited." in (head or "")


def test_a_new_item_of_writers_comes_in_as_drafts_and_the_report_says_why(place: Place) -> None:
    trust(place, "author", "translator")
    place.item(en=EN)
    before = place.files()
    place.sync()
    (said,) = place.problems()
    assert said.startswith(f"{FILE}:0: asks to be published and stays in review: to approve takes one of these roles: ")
    assert place.stand("en") == ("in review", EN, None)
    assert html(place) == ""
    assert place.files() == before
    assert changes_nothing(place)


def test_an_edit_of_a_live_text_by_writers_is_a_draft_beside_it_and_not_a_word_is_lost(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    trust(place, "author", "translator")
    place.write(FILE, MENDED)
    place.sync()
    (said,) = place.problems()
    assert said == f"{FILE}:0: is kept as a draft and not published: to correct takes one of these roles: coordinator"
    assert place.stand("en") == ("draft", MENDED, EN)
    assert (place.read(FILE), place.read(DRAFT)) == (EN, MENDED.replace("status: published", "status: draft"))
    assert "today" not in html(place)
    assert place.sync() == [], "it is said once: what was edited is a draft now"
    publish_at_desk(place)
    place.sync()
    assert place.problems() == []
    assert place.read(FILE) == MENDED
    assert not place.path(DRAFT).exists()


def test_an_edit_of_a_live_text_by_writers_is_merged_into_the_draft_that_stands_there(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("All are", "Everybody is"), EDITOR, base=base, path="desk")
    place.sync()
    trust(place, "author", "translator")
    place.write(FILE, MENDED)
    place.sync()
    status, head, live = place.stand("en")
    assert (status, live) == ("draft", EN)
    assert "opens today." in (head or "")
    assert "Everybody is invited." in (head or "")
    assert MENDED in place.revisions()
    assert changes_nothing(place)


def test_facts_and_catalogues_of_writers_are_drafts_too(place: Place) -> None:
    place.item(en=EN)
    place.write(CATALOGUE, PO)
    place.sync()
    trust(place, "author", "translator")
    tagged = FACTS + 'tags = ["new"]\n'
    place.write(f"content/{FOLDER}/item.toml", tagged)
    place.write(CATALOGUE, PO.replace("Новости", "Весть"))
    place.sync()
    assert len(place.problems()) == 2
    assert all("is kept as a draft and not published: to correct" in one for one in place.problems())
    assert place.read(f"content/{FOLDER}/item.toml") == FACTS
    assert place.read(f"content/{FOLDER}/item.draft.toml") == tagged
    assert place.read(CATALOGUE) == PO
    assert "Весть" in place.read(CATALOGUE.replace("site.po", "site.draft.po"))
    _, _, live = place.stand("ru", DocumentName(kind=Kind.CATALOGUE, name="site"))
    assert live == PO
    assert place.sync() == []
