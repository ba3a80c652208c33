"""What the design promises of the tree, sentence by sentence, on SQLite and PostgreSQL."""

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


def save_at_desk(place: Place, locale: str, text: str, *, publish: bool = False) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag(locale))
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, text, EDITOR, base=base, path="desk")
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH) if publish else ():
            decide(session, translation, action)


def test_a_folder_that_is_dropped_in_is_on_the_site_and_its_files_stay_as_they_were(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie"))
    before = place.files()
    place.sync()
    assert "The centre opens." in page(place, "en", "opening")
    assert "Центр открывается." in page(place, "ru", "otkrytie")
    assert "Центр открывается." in page(place, "ky", "opening"), "a missing language shows the fallback"
    assert place.files() == before
    assert place.sync() == []


def test_a_word_mended_in_a_live_file_is_live_and_nobodys_draft_goes_out_with_it(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Nobody is invited, this is a draft."))
    place.sync()
    assert "this is a draft" in place.read(f"content/{FOLDER}/en.draft.md")
    assert "draft." not in place.read(f"content/{FOLDER}/en.md")
    place.write(f"content/{FOLDER}/en.md", EN.replace("The centre opens.", "The centre opens today."))
    place.sync()
    assert "The centre opens today." in page(place, "en", "opening")
    assert "draft" not in page(place, "en", "opening")
    draft = place.read(f"content/{FOLDER}/en.draft.md")
    assert "The centre opens today." in draft
    assert "Nobody is invited" in draft
    assert not [move for move in place.sync() if move.what != "problem"]


def test_what_the_desk_publishes_is_in_the_file(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Everybody is invited."), publish=True)
    place.sync()
    assert place.read(f"content/{FOLDER}/en.md") == EN.replace("All are invited.", "Everybody is invited.")
    assert not place.path(f"content/{FOLDER}/en.draft.md").exists()


def test_changes_on_both_sides_are_merged_by_segment_into_a_draft(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("All are invited.", "Everybody is invited."), publish=True)
    place.write(f"content/{FOLDER}/en.md", EN.replace("The centre opens.", "The centre opens today."))
    place.sync()
    status, head, live = place.stand("en")
    assert status == "draft"
    assert "Everybody is invited." in (head or "")
    assert "The centre opens today." in (head or "")
    assert "today" not in (live or "")
    assert place.suggestions() == []


def test_a_segment_changed_on_both_sides_is_kept_as_a_suggestion(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    save_at_desk(place, "en", EN.replace("The centre opens.", "The centre opens on Monday."), publish=True)
    place.write(f"content/{FOLDER}/en.md", EN.replace("The centre opens.", "The centre opens on Tuesday."))
    place.sync()
    assert place.suggestions() == ["The centre opens on Tuesday."]
    (said,) = place.problems()
    assert said.startswith(f"content/{FOLDER}/en.md:0: was changed here and in the database; 1 segments")
    assert place.sync() == [], "it is said by the run that merged, and kept for whoever decides"


def test_a_broken_file_is_reported_with_its_line_and_the_last_good_text_stays(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    broken = EN.replace("status: published", "status: printed")
    place.write(f"content/{FOLDER}/en.md", broken)
    place.sync()
    assert place.problems()[0].startswith(f"content/{FOLDER}/en.md:3: ")
    assert "The centre opens." in page(place, "en", "opening")
    assert place.read(f"content/{FOLDER}/en.md") == broken, "a broken file is left alone"
    assert place.sync() == place.moves, "and it is said again"
    assert place.problems()
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens soon."))
    place.sync()
    assert place.problems() == []
    assert "opens soon." in page(place, "en", "opening")


def test_a_mistake_that_is_taken_back_is_no_longer_reported(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("title: Opening", 'title: "Opening'))
    place.sync()
    assert place.problems() == [f"content/{FOLDER}/en.md:2: the quotation mark that opens here is never closed"]
    place.write(f"content/{FOLDER}/en.md", EN)
    assert place.sync() == []
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens soon."))
    place.sync()
    assert "opens soon." in page(place, "en", "opening")


def test_a_file_that_vanished_is_reported_and_deletes_nothing(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.path(f"content/{FOLDER}/en.md").unlink()
    place.sync()
    assert place.problems() == [f"content/{FOLDER}/en.md:0: has vanished; its text is kept, and nothing is deleted"]
    assert "The centre opens." in page(place, "en", "opening")


def test_a_status_that_the_table_refuses_brings_the_text_in_as_a_draft_and_says_why(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", "<!-- untranslated -->", slug="otkrytie"))
    place.sync()
    status, head, live = place.stand("ru")
    assert (status, live) == ("draft", None)
    assert "Центр открывается." in (head or "")
    assert "asks to be published and stays draft: not translated yet" in place.problems()[0]
    place.write(
        f"content/{FOLDER}/ru.md", article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie")
    )
    place.sync()
    assert "Приглашены все." in page(place, "ru", "otkrytie")


def test_a_withdrawn_text_does_not_come_back_by_a_save(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("en")), Action.WITHDRAW)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens after all."))
    place.sync()
    status, head, live = place.stand("en")
    assert (status, live) == ("draft", None)
    assert "after all" in (head or "")
    assert "was withdrawn" in place.problems()[0]


def test_a_check_says_what_would_change_and_changes_nothing(place: Place) -> None:
    place.item(en=EN)
    moves = place.sync(check=True)
    assert next(move.path for move in moves if move.what == "taken") == "content/site.toml"
    assert place.revisions() == []


def test_a_scheduled_item_stays_out_of_sight_until_its_time(place: Place) -> None:
    facts = 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\npublish-at = 2099-01-01T00:00:00+05:00\n'
    place.item(item=facts, en=EN)
    place.sync()
    status, head, live = place.stand("en")
    assert (status, live) == ("approved", None)
    assert head == EN


def test_a_folder_without_facts_is_reported_with_what_to_write(place: Place) -> None:
    place.write(f"content/{FOLDER}/en.md", EN)
    place.sync()
    assert place.problems()[0].startswith(f"content/{FOLDER}/item.toml:0: is missing")


def test_a_translation_follows_its_pivot_and_is_out_of_date_when_the_source_moves_on(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.read() as session:
        digest = session.get_one(DbRevision, find(session, ITEM, Tag("en")).live_id).digest
    russian = article("Открытие", "Центр открывается.", "Приглашены все.", slug="ru", based_on=f"en@{digest[:8]}")
    place.write(f"content/{FOLDER}/ru.md", russian)
    place.sync()
    with place.database.read() as session:
        digest = session.get_one(DbRevision, find(session, ITEM, Tag("ru")).live_id).digest
    kyrgyz = article("Ачылыш", "Борбор ачылат.", "Баары чакырылат.", slug="ky", based_on=f"ru@{digest[:8]}")
    place.write(f"content/{FOLDER}/ky.md", kyrgyz)
    place.sync()
    assert [outdated(place, tag) for tag in ("en", "ru", "ky")] == [None, None, None]
    place.write(f"content/{FOLDER}/en.md", EN.replace("All are invited.", "Only members are invited."))
    place.sync()
    assert [outdated(place, tag) for tag in ("en", "ru", "ky")] == [None, "en", "en"]


def outdated(place: Place, locale: str) -> str | None:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), {"en": "opening"}.get(locale, locale))
        assert isinstance(found, ItemPage)
        return found.outdated.locale if found.outdated else None
