"""A draft beside a live text: both are edited, copied over each other, published, and want the same address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from app.services import revisions, transitions
from app.services.texts import find
from app.storage.texts import DbRevision
from app.storage.tree import Exchanged
from app.storage.tree_files import DbTreeFile
from tests.trees import EDITOR, FOLDER, ITEM, Place, article, decide

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def page(place: Place, locale: str, slug: str) -> str:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
        assert isinstance(found, ItemPage)
        return found.html


def save_at_desk(place: Place, locale: str, text: str) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag(locale))
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, text, EDITOR, base=base, path="desk")


def test_a_live_text_and_its_draft_that_are_both_edited_in_one_run_are_both_kept_and_the_draft_stays_one(
    place: Place,
) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Nobody is invited."))
    place.sync()
    mended = EN.replace("The centre opens.", "The centre opens today.")
    redrafted = place.read(f"content/{FOLDER}/en.draft.md").replace("Nobody is", "Only members are")
    place.write(f"content/{FOLDER}/en.md", mended)
    place.write(f"content/{FOLDER}/en.draft.md", redrafted)
    place.sync()
    assert place.problems() == []
    assert {mended, redrafted} <= set(place.revisions())
    assert place.read(f"content/{FOLDER}/en.md") == mended
    draft = place.read(f"content/{FOLDER}/en.draft.md")
    assert "The centre opens today." in draft
    assert "Only members are invited." in draft
    assert "members" not in page(place, "en", "opening")
    assert place.sync() == []


def test_a_live_text_and_its_draft_that_say_different_things_of_one_sentence_keep_both(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Nobody is invited."))
    place.sync()
    draft = place.read(f"content/{FOLDER}/en.draft.md")
    place.write(f"content/{FOLDER}/en.md", EN.replace("The centre opens.", "The centre opens today."))
    place.write(f"content/{FOLDER}/en.draft.md", draft.replace("The centre opens.", "The centre opens on Monday."))
    place.sync()
    assert "The centre opens today." in page(place, "en", "opening")
    _, head, _ = place.stand("en")
    kept = [head or "", *place.suggestions()]
    assert all(any(words in text for text in kept) for words in ("opens today.", "opens on Monday.", "Nobody is"))
    assert len(place.problems()) == 1
    assert place.sync() == []


def test_an_approved_draft_that_a_correction_contradicts_has_to_be_looked_at_again(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Nobody is invited."))
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("en")), Action.SUBMIT, Action.APPROVE)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("All are invited.", "Members are invited."))
    place.sync()
    status, head, live = place.stand("en")
    assert status == "draft", "published as it is, it would undo the correction"
    assert head is not None
    assert "Nobody is invited." in head
    assert live is not None
    assert "Members are invited." in live
    assert "Members are invited." in place.suggestions()


def test_a_draft_that_is_copied_over_the_live_file_is_live_and_no_draft_of_the_same_stands_by(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    redrafted = EN.replace("All are invited.", "Everybody is invited.")
    save_at_desk(place, "en", redrafted)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", redrafted)
    place.sync()
    assert "Everybody is invited." in page(place, "en", "opening")
    assert not place.path(f"content/{FOLDER}/en.draft.md").exists()
    assert place.stand("en") == ("approved", redrafted, redrafted)
    assert place.sync() == []


def test_a_draft_that_asks_to_be_published_is_the_live_file_afterwards(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    redrafted = EN.replace("All are invited.", "Everybody is invited.")
    place.write(f"content/{FOLDER}/en.draft.md", redrafted)
    place.sync()
    assert "Everybody is invited." in page(place, "en", "opening")
    assert place.read(f"content/{FOLDER}/en.md") == redrafted
    assert not place.path(f"content/{FOLDER}/en.draft.md").exists()
    assert place.sync() == []


def test_a_draft_that_was_broken_and_then_deleted_comes_back_as_the_desk_has_it_and_nothing_is_held_against_it(
    place: Place,
) -> None:
    place.item(en=EN)
    place.sync()
    draft = f"content/{FOLDER}/en.draft.md"
    place.write(draft, "no front matter\n")
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Come!"))
    assert place.sync() == place.sync(), "the broken file is left alone, and told of"
    place.path(draft).unlink()
    place.sync()
    assert "Come!" in place.read(draft)
    with place.database.read() as session:
        row = session.get_one(DbTreeFile, draft)
        assert not row.refused
        assert not row.problem


def test_a_draft_that_was_broken_and_deleted_and_is_saved_again_in_the_instant_of_our_writing_is_taken_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    draft = f"content/{FOLDER}/en.draft.md"
    place.write(draft, "no front matter\n")
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Come!"))
    place.path(draft).unlink()
    exchange, saves = place.tree.exchange, [EN.replace("status: published", "status: draft") + "\nBring a friend.\n"]

    def after_a_save(path: str, new: bytes | None, *, agreed: str | None) -> Exchanged:
        if saves:
            place.write(draft, saves.pop())
        return exchange(path, new, agreed=agreed)

    monkeypatch.setattr(place.tree, "exchange", after_a_save)
    place.sync()
    assert place.problems() == []
    assert any("Bring a friend." in text for text in place.revisions())
    assert place.sync() == []


def test_a_draft_without_a_live_text_is_the_text_of_its_language(place: Place) -> None:
    place.item(en=EN)
    place.write(f"content/{FOLDER}/ru.draft.md", article("Открытие", "Центр.", status="draft", slug="otkrytie"))
    place.sync()
    assert place.stand("ru")[0] == "draft"
    assert "Центр." in place.read(f"content/{FOLDER}/ru.md")
    assert not place.path(f"content/{FOLDER}/ru.draft.md").exists()
    assert place.sync() == []


def test_a_draft_that_wants_another_items_address_stays_a_draft_and_the_live_text_keeps_its_own(place: Place) -> None:
    place.item(en=EN)
    place.write("content/news/second/item.toml", place.read(f"content/{FOLDER}/item.toml"))
    place.write("content/news/second/en.md", article("Closing", "The centre closes.", slug="closing"))
    place.sync()
    place.write("content/news/second/en.draft.md", article("Closing", "It closes.", slug="opening"))
    place.sync()
    (said,) = place.problems()
    assert said.startswith(
        "content/news/second/en.draft.md:0: asks to be published and stays draft: the slug 'opening'"
    )
    assert "The centre opens." in page(place, "en", "opening")
    assert "The centre closes." in page(place, "en", "closing")
    place.sync()
    assert place.problems() == [said], "its file still asks"


def test_of_two_drafts_that_want_one_address_the_first_to_be_published_has_it(place: Place) -> None:
    for name, slug in (("first", "one"), ("second", "two")):
        place.item()
        place.write(f"content/news/{name}/item.toml", place.read(f"content/{FOLDER}/item.toml"))
        place.write(f"content/news/{name}/en.md", article("Closing", f"The {name} closes.", slug=slug))
    place.sync()
    for name in ("first", "second"):
        draft = article("Closing", f"The {name} closes.", slug="same", status="draft")
        place.write(f"content/news/{name}/en.draft.md", draft)
    place.sync()
    assert place.problems() == []
    for name in ("first", "second"):
        draft = place.read(f"content/news/{name}/en.draft.md")
        place.write(f"content/news/{name}/en.draft.md", draft.replace("status: draft", "status: published"))
    place.sync()
    assert [one.partition(": ")[0] for one in place.problems()] == ["content/news/second/en.draft.md:0"]
    assert "The first closes." in page(place, "en", "same")
    assert "The second closes." in page(place, "en", "two")
