"""An item's facts in the tree: a draft of them steers nothing, and goes live with the source's publication alone."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from app.services import revisions, transitions
from app.services.sync.darkroom import Darkroom
from app.services.sync.document import DocumentSync
from app.services.sync.slots import Slot
from app.services.texts import find, find_document
from app.storage.journal import DbEvent
from app.storage.media import MediaStore
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision
from app.storage.tree import Found
from tests.copies import Copies
from tests.readers import compute_afresh
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie")
DRAFT = f"content/{FOLDER}/item.draft.toml"
LIVE = f"content/{FOLDER}/item.toml"
TAGGED = FACTS + 'tags = ["unfinished"]\n'


def begin_with(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def page(place: Place, locale: str = "en", slug: str = "opening") -> ItemPage:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
    assert isinstance(found, ItemPage)
    return found


def source(place: Place) -> str:
    with place.database.read() as session:
        document = find_document(session, ITEM)
        assert document is not None
        return document.source


def publications_of_facts(place: Place) -> list[tuple[str, dict[str, object]]]:
    """Which events say that facts went live, by whom and what."""
    with place.database.read() as session:
        rows = session.scalars(
            select(DbEvent)
            .where(DbEvent.subject == f"{ITEM}@zxx", DbEvent.action == "publish")
            .order_by(DbEvent.number)
        )
        return [(row.source, json.loads(row.details)) for row in rows]


def save_at_desk(place: Place, text: str, *, locale: str = "en", publish: bool = False) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag(locale))
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, text, EDITOR, base=base, path="desk")
        if publish:
            for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
                revision = session.get_one(DbRevision, translation.head_id)
                transitions.take(session, translation, action, EDITOR, revision=revision)


def the_projection_is_what_a_fresh_one_would_be(place: Place) -> None:
    before = [page(place).tags, page(place).source, page(place).date]
    with place.database.write() as session:
        compute_afresh(session)
    assert [page(place).tags, page(place).source, page(place).date] == before


def test_the_first_publication_of_the_source_takes_the_facts_with_it_and_the_journal_says_so(place: Place) -> None:
    ((by, details),) = publications_of_facts(place)
    assert (by, details["revision"]) == ("tree", 1)
    assert source(place) == "en"


def test_a_word_mended_in_the_source_does_not_publish_unfinished_facts(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens today."))
    place.sync()
    assert "opens today." in page(place).html
    assert page(place).tags == ()
    assert place.read(DRAFT) == TAGGED, "the draft is still one"
    assert len(publications_of_facts(place)) == 1


def test_a_change_of_layout_in_the_source_does_not_publish_unfinished_facts(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("\n\n", "\n\n\n"))
    place.sync()
    assert page(place).tags == ()
    assert place.read(DRAFT) == TAGGED


def test_a_translation_that_is_published_does_not_publish_unfinished_facts(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    save_at_desk(place, RU.replace("Приглашены все.", "Все приглашены."), locale="ru", publish=True)
    assert page(place).tags == ()


def test_facts_go_live_with_the_next_publication_of_the_source_and_the_journal_says_so(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    save_at_desk(place, EN.replace("All are invited.", "Everybody is invited."), publish=True)
    assert page(place).tags == ("unfinished",)
    assert [(by, details["revision"]) for by, details in publications_of_facts(place)] == [("tree", 1), ("desk", 2)]
    place.sync()
    assert place.read(LIVE) == TAGGED
    assert not place.path(DRAFT).exists()
    assert place.sync() == []


def test_a_change_of_live_facts_is_a_correction_and_leaves_the_draft_of_them_where_it_is(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    place.write(LIVE, FACTS.replace("10:00", "11:00"))
    place.sync()
    assert page(place).date == datetime.fromisoformat("2026-01-01T11:00:00+05:00")
    assert page(place).tags == ()
    assert place.read(DRAFT) == TAGGED.replace("10:00", "11:00"), "merged key by key"
    assert place.sync() == []


def test_live_facts_that_cannot_be_used_are_refused_and_the_last_good_ones_stay(place: Place) -> None:
    place.write(LIVE, 'source = "en"\n')
    place.sync()
    assert place.problems() == [
        f"{LIVE}:0: has no date: a news item has one, as in date = 2026-03-18T19:25:00+05:00"
    ]  # fmt: skip
    assert page(place).date is not None


def test_a_draft_of_the_facts_does_not_say_what_the_source_is(place: Place) -> None:
    place.write(DRAFT, FACTS.replace('"en"', '"ru"'))
    place.sync()
    assert source(place) == "en"
    assert page(place).source == "en"
    place.write(f"content/{FOLDER}/ru.md", RU.replace("Приглашены все.", "Все приглашены."))
    place.sync()
    assert (source(place), page(place).source) == ("en", "en")
    the_projection_is_what_a_fresh_one_would_be(place)


def test_the_document_follows_facts_that_go_live_with_another_source(place: Place) -> None:
    place.write(DRAFT, FACTS.replace('"en"', '"ru"'))
    place.sync()
    save_at_desk(place, EN.replace("All are invited.", "Everybody is invited."), publish=True)
    assert (source(place), page(place).source) == ("ru", "ru"), "at once, and not with the next run"
    the_projection_is_what_a_fresh_one_would_be(place)


def test_the_document_follows_live_facts_that_are_mended_to_another_source(place: Place) -> None:
    place.write(LIVE, FACTS.replace('"en"', '"ru"'))
    place.sync()
    assert (source(place), page(place).source) == ("ru", "ru")
    the_projection_is_what_a_fresh_one_would_be(place)
    assert place.sync() == []


def test_before_the_first_publication_the_newest_facts_say_what_the_source_is(
    tmp_path: Path, database_url: str
) -> None:
    place = Place(tmp_path, database_url)
    place.item(en=EN.replace("published", "draft"))
    place.sync()
    place.write(LIVE, FACTS.replace('"en"', '"ru"'))
    place.sync()
    assert source(place) == "ru"
    place.write(f"content/{FOLDER}/ru.md", RU)
    place.sync()
    assert page(place, "ru", "otkrytie").source == "ru"
    place.database.dispose()


def test_a_time_in_a_draft_of_the_facts_moves_no_embargo(place: Place) -> None:
    later = FACTS + "publish-at = 2099-06-01T00:00:00+05:00\n"
    place.write(LIVE, later)
    place.write(f"content/{FOLDER}/ky.md", article("Ачылыш", "Борбор ачылат.", slug="achylysh"))
    place.sync()
    place.write(DRAFT, later.replace("2099", "2098"))
    place.sync()
    with place.database.read() as session:
        (due,) = session.scalars(select(DbWork.due_at).where(DbWork.kind == "publish"))
    assert due.year == 2099


def test_a_text_that_is_found_set_aside_waits_for_the_time_in_the_facts_like_any_other(place: Place) -> None:
    place.write(LIVE, FACTS + "publish-at = 2099-06-01T00:00:00+05:00\n")
    place.sync()
    kyrgyz = article("Ачылыш", "Борбор ачылат.", slug="achylysh")
    slot = Slot(document=ITEM, locale=Tag("ky"))
    darkroom = Darkroom(place.tree, MediaStore(place.settings.data / "media"))
    with place.database.write() as session:
        one = DocumentSync(
            session, ITEM, EDITOR, texts={}, tree=place.tree, darkroom=darkroom, tell=place.moves.append
        )  # fmt: skip
        assert one.take_in_aside(Found(path=slot.path, raw=kyrgyz.encode()), slot, None)
    assert place.stand("ky") == ("approved", kyrgyz, None)


def test_facts_that_were_deleted_while_a_draft_of_them_stands_are_reported_and_nothing_is_lost(place: Place) -> None:
    place.write(DRAFT, TAGGED)
    place.sync()
    place.path(LIVE).unlink()
    place.sync()
    assert place.problems() == [f"{LIVE}:0: has vanished; its text is kept, and nothing is deleted"]
    assert page(place).tags == ()
    place.write(DRAFT, TAGGED.replace("unfinished", "finished"))
    place.sync()
    assert page(place).tags == ()
    assert {FACTS, TAGGED, TAGGED.replace("unfinished", "finished")} <= set(place.revisions())
    assert "The centre opens." in page(place).html


def test_a_folder_with_nothing_but_a_draft_of_its_facts_is_reported_and_left_alone(place: Place) -> None:
    place.write("content/news/zz-new/item.draft.toml", TAGGED)
    place.write("content/news/zz-new/en.md", EN.replace("opening", "new"))
    place.sync()
    assert [one.partition(";")[0] for one in place.problems()] == ["content/news/zz-new/item.toml:0: is missing"]
    assert place.read("content/news/zz-new/item.draft.toml") == TAGGED
