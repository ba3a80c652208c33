"""Saving: nothing is overwritten, nothing is lost, and what changed no words changes no status."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotAllowed
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Action, Role, Status
from app.services import revisions
from app.services.texts import find
from app.storage.texts import DbRevision, DbSuggestion, DbTranslation
from tests.copies import Copies
from tests.trees import EDITOR, ITEM, Place, article, decide

EN = article("Opening", "The centre opens its doors.", "All are invited to come.", status="draft", slug="opening")
OTHER = Actor(name="bolat", channel=Channel.UPLOAD, roles=frozenset(Role))


def begin_with(place: Place) -> None:
    place.item(en=EN)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


@pytest.fixture
def session(place: Place) -> Iterator[Session]:
    with Session(place.database.engine) as session:
        yield session


def english(session: Session) -> tuple[DbTranslation, DbRevision]:
    translation = find(session, ITEM, Tag("en"))
    return translation, session.get_one(DbRevision, translation.head_id)


def count(session: Session, table: type[DbRevision | DbSuggestion]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def save(session: Session, text: str, base: DbRevision | None, actor: Actor = EDITOR) -> revisions.Saved:
    return revisions.save(session, english(session)[0], text, actor, base=base, path="desk")


def test_a_text_made_from_the_head_is_the_new_head_word_for_word(session: Session) -> None:
    translation, base = english(session)
    text = EN.replace("opens", "opened") + "\n\n"
    saved = save(session, text, base)
    assert (saved.head, saved.merged, saved.suggestions) == (saved.incoming, False, 0)
    assert (saved.head.text, saved.head.number, saved.head.parent_id) == (text, base.number + 1, base.id)
    assert translation.head_id == saved.head.id


def test_two_changes_of_one_base_in_different_segments_are_both_in_the_head(session: Session) -> None:
    _, base = english(session)
    first = save(session, EN.replace("opens", "opened"), base)
    second = save(session, EN.replace("All are", "Everybody is"), base, OTHER)
    assert second.merged
    assert "opened its doors" in second.head.text
    assert "Everybody is invited" in second.head.text
    assert (second.head.parent_id, second.suggestions) == (first.head.id, 0)
    assert second.incoming.text == EN.replace("All are", "Everybody is"), "and what came in is kept as it was"


def test_a_segment_that_both_changed_stays_as_it_is_and_the_later_words_are_a_suggestion(session: Session) -> None:
    _, base = english(session)
    first = save(session, EN.replace("All are", "Everybody is"), base)
    second = save(session, EN.replace("All are", "Members are"), base, OTHER)
    assert second.head is first.head
    suggestion = session.scalars(select(DbSuggestion)).one()
    assert (suggestion.text, suggestion.author, suggestion.channel) == (
        "Members are invited to come.", "bolat", Channel.UPLOAD,
    )  # fmt: skip
    assert suggestion.revision_id == second.incoming.id


@pytest.mark.parametrize("stale", [False, True])
def test_a_text_equal_to_its_base_adds_nothing(session: Session, *, stale: bool) -> None:
    _, base = english(session)
    if stale:
        save(session, EN.replace("opens", "opened"), base)
    translation, head = english(session)
    before = count(session, DbRevision)
    saved = save(session, base.text, base)
    assert count(session, DbRevision) == before
    assert (saved.head, translation.head_id, saved.suggestions) == (head, head.id, 0)


def test_a_text_equal_to_the_head_but_made_from_an_older_one_makes_no_third(session: Session) -> None:
    _, base = english(session)
    text = EN.replace("opens", "opened")
    first = save(session, text, base)
    second = save(session, text, base, OTHER)
    assert second.head is first.head
    assert count(session, DbSuggestion) == 0


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED])
def test_a_change_of_words_makes_a_draft_of_it(session: Session, status: Status) -> None:
    translation, base = english(session)
    translation.status = status
    save(session, EN.replace("opens", "opened"), base)
    assert translation.status is Status.DRAFT


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.APPROVED])
def test_a_change_of_no_word_keeps_the_status(session: Session, status: Status) -> None:
    translation, base = english(session)
    translation.status = status
    saved = save(session, EN.replace("slug:", "unknown: kept\nslug:"), base)
    assert saved.head.number == base.number + 1
    assert translation.status is status


def test_a_text_that_cannot_be_read_is_refused_with_its_line_and_nothing_is_kept(session: Session) -> None:
    translation, base = english(session)
    with pytest.raises(BadText, match=r"^desk:\d+: "):
        save(session, "---\ntitle: [\n---\n", base)
    assert (count(session, DbRevision), translation.head_id) == (2, base.id)


def test_who_has_no_writing_role_saves_nothing(session: Session) -> None:
    _, base = english(session)
    reader = Actor(name="x", channel=Channel.DESK, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed, match="takes one of these roles"):
        save(session, EN.replace("opens", "opened"), base, reader)
    assert count(session, DbRevision) == 2


def test_an_edit_after_publication_moves_the_head_alone(session: Session) -> None:
    translation, base = english(session)
    decide(session, translation, Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    saved = save(session, EN.replace("opens", "opened"), base)
    assert (translation.live_id, translation.head_id) == (base.id, saved.head.id)


def test_blocks_keep_their_keys_over_edits_so_that_comments_travel_with_them(session: Session) -> None:
    _, base = english(session)
    saved = save(
        session, EN.replace("The centre", "A new first block.\n\nThe centre").replace("All are", "All of us are"), base
    )
    before, after = ([row.key for row in one.segment_map.rows] for one in (base, saved.head))
    assert set(before) < set(after)
    assert len(after) == len(before) + 1
