"""Readers are told of a newer original only where there is one: not where a translation is ahead of what is live."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.choice import format_of
from app.queries import reading
from app.services import revisions, transitions
from app.services.texts import find
from app.storage.texts import DbRevision
from tests.copies import Copies
from tests.readers import compute_afresh
from tests.trees import EDITOR, FOLDER, ITEM, Place, article

DIGEST = format_of(Kind.NEWS, Tag("en")).digest
EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
DRAFTED = article("Opening", "The centre opens.", "Only members are invited.", slug="opening", status="draft")
FILE = f"content/{FOLDER}/en.md"


def begin_with(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    place.write(f"content/{FOLDER}/en.draft.md", DRAFTED)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def russian(place: Place, *paragraphs: str, of: str) -> None:
    """Publish a Russian text that says that it was made from this English one."""
    place.write(f"content/{FOLDER}/ru.md", article("Открытие", *paragraphs, slug="ru", based_on=f"en@{DIGEST(of)[:8]}"))
    place.sync()
    assert place.problems() == []


def told(place: Place, locale: str = "ru") -> str | None:
    """Return the language of the newer original that readers are told of; a rebuilt page says the same."""
    before = _told(place, locale)
    with place.database.write() as session:
        compute_afresh(session)
    assert _told(place, locale) == before
    return before


def _told(place: Place, locale: str) -> str | None:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), locale)
    assert isinstance(found, ItemPage)
    return found.outdated.locale if found.outdated else None


def publish_draft(place: Place) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        for action in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):
            head = session.get_one(DbRevision, translation.head_id)
            transitions.take(session, translation, action, EDITOR, revision=head)


def save(place: Place, text: str) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, text, EDITOR, base=base, path="desk")


def test_a_translation_of_a_draft_of_the_source_is_not_told_to_be_older(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    assert told(place) is None
    publish_draft(place)
    assert told(place) is None, "nor when the draft is live"


def test_what_was_made_from_it_in_turn_is_not_told_to_be_older_either(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    based_on = f"ru@{DIGEST(place.read(f'content/{FOLDER}/ru.md'))[:8]}"
    kyrgyz = article("Ачылыш", "Борбор ачылат.", "Мүчөлөр чакырылат.", slug="ky", based_on=based_on)
    place.write(f"content/{FOLDER}/ky.md", kyrgyz)
    place.sync()
    assert told(place, "ky") is None


def test_a_translation_of_an_older_live_text_is_told_to_be_older_whatever_is_drafted(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены все.", of=EN)
    assert told(place) is None
    publish_draft(place)
    save(place, EN.replace("published", "draft"))
    assert told(place) == "en", "the words of the old text are a draft again, and the live ones are newer all the same"


def test_a_correction_of_what_the_draft_left_alone_makes_its_translation_older(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    place.write(FILE, EN.replace("The centre opens.", "The centre opens on Monday."))
    place.sync()
    assert told(place) == "en"


def test_a_correction_of_the_very_sentence_that_the_draft_changed_makes_its_translation_older(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    place.write(FILE, EN.replace("All are invited.", "All partners are invited."))
    place.sync()
    assert told(place) == "en"


def test_a_minor_correction_beside_the_draft_makes_nothing_older(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    place.write(FILE, EN.replace("opens.", "opens!").replace("status: published\n", "status: published\nminor: true\n"))
    place.sync()
    assert "opens!" in place.read(FILE)
    assert told(place) is None


def test_a_translation_of_a_draft_that_was_written_anew_and_published_is_older(place: Place) -> None:
    russian(place, "Центр открывается.", "Приглашены члены.", of=DRAFTED)
    save(place, DRAFTED.replace("Only members", "Only friends"))
    assert told(place) is None
    publish_draft(place)
    assert told(place) == "en"


def test_a_text_whose_base_nobody_knows_is_held_against_what_is_live(place: Place) -> None:
    place.write(f"content/{FOLDER}/ru.md", article("Открытие", "Центр открывается.", "Приглашены члены.", slug="ru"))
    place.sync()
    assert told(place) == "en"
