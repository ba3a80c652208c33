"""Every status, action and role: what is taken, what is refused and why, and that a refusal changes nothing."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Action, Role, Status
from app.services import revisions, transitions
from app.services.texts import find
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork
from app.storage.texts import DbNote, DbPublication, DbRevision, DbTranslation
from tests import databases
from tests.domain.test_translations import LEGAL
from tests.trees import EDITOR, ITEM, Place, article

DUE = datetime(2099, 1, 1, tzinfo=UTC)
EN = article("Opening", "The centre opens.", status="draft", slug="opening")
WRITERS = {Role.TRANSLATOR, Role.REVIEWER, Role.AUTHOR, Role.COORDINATOR}
MAY = {
    Action.START: WRITERS,
    Action.EDIT: WRITERS,
    Action.SUBMIT: WRITERS,
    Action.REOPEN: WRITERS,
    Action.RETURN: {Role.REVIEWER, Role.COORDINATOR},
    Action.APPROVE: {Role.REVIEWER, Role.COORDINATOR},
    Action.PUBLISH: {Role.COORDINATOR},
    Action.SCHEDULE: {Role.COORDINATOR},
    Action.WITHDRAW: {Role.COORDINATOR},
    Action.CORRECT: {Role.COORDINATOR},
}


def person(name: str, *roles: Role, four_eyes: bool = False) -> Actor:
    return Actor(name=name, channel=Channel.DESK, roles=frozenset(roles), four_eyes=four_eyes)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str) -> Iterator[Place]:
    """One item, drafted in English; each test works in a session that is rolled back."""
    root: Path = tmp_path_factory.mktemp("transitions")
    place = Place(root, databases.sqlite_copy(sqlite_template, root / "test.db"))
    place.item(en=EN)
    place.sync()
    yield place
    place.database.dispose()


@pytest.fixture
def session(place: Place) -> Iterator[Session]:
    with Session(place.database.engine) as session:
        yield session


def text(session: Session, status: Status = Status.DRAFT, *, live: bool = False) -> DbTranslation:
    """The English text as it would be in this status."""
    translation = find(session, ITEM, Tag("en"))
    translation.status = status
    translation.live_id = translation.head_id if live else None
    if status is Status.MISSING:
        translation.head_id = None
    session.flush()
    return translation


def head(session: Session, translation: DbTranslation) -> DbRevision:
    return session.get_one(DbRevision, translation.head_id)


def new_head(session: Session, translation: DbTranslation, author: Actor, words: str = "opens today") -> DbRevision:
    old = head(session, translation)
    changed = old.text.replace("opens", words)
    return revisions.save(session, translation, changed, author, base=old, path="desk").head


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_a_transition_is_taken_exactly_where_the_table_and_the_role_say_so(
    place: Place, status: Status, action: Action
) -> None:
    """With every guard content; `start` alone needs a text, which saving one brings."""
    for role in Role:
        with Session(place.database.engine) as session:
            translation = text(session, status, live=status is not Status.MISSING)
            legal = (status, action) in LEGAL and role in MAY[action] and status is not Status.MISSING
            taken = nullcontext() if legal else pytest.raises(NotAllowed)
            with taken:
                transitions.take(session, translation, action, person("a", role), comment="a note", due=DUE)
            assert translation.status is ((LEGAL[status, action] if legal else None) or status), role


@pytest.mark.parametrize(
    ("status", "action", "reason"),
    [
        (Status.IN_REVIEW, Action.RETURN, "a note is required"),
        (Status.APPROVED, Action.SCHEDULE, "a time is required"),
        (Status.DRAFT, Action.WITHDRAW, "nothing is live"),
        (Status.APPROVED, Action.CORRECT, "nothing is live"),
    ],
)
def test_what_a_transition_needs_besides_is_asked_for_and_a_refusal_changes_nothing(
    session: Session, status: Status, action: Action, reason: str
) -> None:
    translation = text(session, status)
    with pytest.raises(NotAllowed, match=reason):
        transitions.take(session, translation, action, EDITOR, comment="  ")
    assert (translation.status, translation.live_id) == (status, None)
    assert session.info.get("events", []) == []
    for table in (DbNote, DbPublication, DbWork):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize(
    ("status", "action"),
    [(Status.IN_REVIEW, Action.APPROVE), (Status.APPROVED, Action.PUBLISH), (Status.APPROVED, Action.SCHEDULE)],
)
def test_a_later_edit_does_not_slip_out_with_the_revision_that_was_meant(
    session: Session, status: Status, action: Action
) -> None:
    translation = text(session)
    meant = head(session, translation)
    new_head(session, translation, EDITOR)
    translation.status = status
    with pytest.raises(NotAllowed, match="revision 1 is not the newest any more"):
        transitions.take(session, translation, action, EDITOR, revision=meant, due=DUE)


def test_a_text_with_holes_cannot_be_submitted(session: Session) -> None:
    translation = text(session)
    document = translation.document
    russian = DbTranslation(document=document, locale=Tag("ru"), status=Status.MISSING)
    session.add(russian)
    session.flush()
    holes = article("Открытие", "<!-- untranslated -->", status="draft", slug="otkrytie")
    revisions.save(session, russian, holes, EDITOR, base=None, path="desk")
    with pytest.raises(NotAllowed, match="not translated yet"):
        transitions.take(session, russian, Action.SUBMIT, EDITOR)


def test_who_wrote_a_text_does_not_approve_it(session: Session) -> None:
    translation = text(session)
    new_head(session, translation, person("aigul", Role.REVIEWER))
    translation.status = Status.IN_REVIEW
    with pytest.raises(NotAllowed, match="four eyes"):
        transitions.take(session, translation, Action.APPROVE, person("aigul", Role.REVIEWER, four_eyes=True))
    transitions.take(session, translation, Action.APPROVE, person("bolat", Role.REVIEWER, four_eyes=True))
    assert translation.status is Status.APPROVED


def test_a_coordinator_may_approve_their_own_text_with_a_note_which_is_kept(session: Session) -> None:
    translation = text(session)
    new_head(session, translation, person("aigul", Role.COORDINATOR))
    translation.status = Status.IN_REVIEW
    aigul = person("aigul", Role.COORDINATOR, four_eyes=True)
    with pytest.raises(NotAllowed, match="four eyes"):
        transitions.take(session, translation, Action.APPROVE, aigul)
    transitions.take(session, translation, Action.APPROVE, aigul, comment="Nobody else is here today")
    assert session.scalars(select(DbNote.text)).all() == ["Nobody else is here today"]


def test_a_note_overrides_four_eyes_for_nobody_but_a_coordinator(session: Session) -> None:
    translation = text(session)
    new_head(session, translation, person("aigul", Role.REVIEWER))
    translation.status = Status.IN_REVIEW
    with pytest.raises(NotAllowed, match="four eyes"):
        transitions.take(
            session, translation, Action.APPROVE, person("aigul", Role.REVIEWER, four_eyes=True), comment="please"
        )


def test_what_was_published_before_counts_no_more_for_four_eyes(session: Session) -> None:
    translation = text(session)
    new_head(session, translation, person("aigul", Role.REVIEWER), "opens now")
    translation.status = Status.APPROVED
    transitions.take(session, translation, Action.PUBLISH, EDITOR)
    new_head(session, translation, person("bolat", Role.TRANSLATOR), "opens soon")
    translation.status = Status.IN_REVIEW
    transitions.take(session, translation, Action.APPROVE, person("aigul", Role.REVIEWER, four_eyes=True))
    assert translation.status is Status.APPROVED


def test_scheduling_publishes_nothing_and_a_second_time_takes_the_place_of_the_first(session: Session) -> None:
    translation = text(session, Status.APPROVED)
    transitions.take(session, translation, Action.SCHEDULE, EDITOR, due=DUE)
    transitions.take(session, translation, Action.SCHEDULE, EDITOR, due=DUE.replace(year=2098))
    assert translation.live_id is None
    assert [work.due_at.year for work in session.scalars(select(DbWork))] == [2098]


def test_publishing_and_withdrawing_leave_the_heads_status_as_it_is(session: Session) -> None:
    translation = text(session, Status.APPROVED)
    transitions.take(session, translation, Action.PUBLISH, EDITOR)
    assert (translation.status, translation.live_id) == (Status.APPROVED, translation.head_id)
    new_head(session, translation, EDITOR)
    assert (translation.status, translation.live_id != translation.head_id) == (Status.DRAFT, True)
    transitions.take(session, translation, Action.WITHDRAW, EDITOR)
    assert (translation.status, translation.live_id) == (Status.DRAFT, None)


def test_each_transition_is_an_event_that_names_the_revision_and_no_words(place: Place) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        transitions.take(session, translation, Action.SUBMIT, person("aigul", Role.AUTHOR), comment="Secret words")
        digest = head(session, translation).digest
    with place.database.write() as session:  # back to where the other tests expect it
        transitions.take(session, find(session, ITEM, Tag("en")), Action.RETURN, EDITOR, comment="Back")
    with place.database.read() as session:
        event = session.scalars(select(DbEvent).where(DbEvent.action == "submit")).one()
    assert (event.source, event.subject) == ("desk", "news/2026-01-01-item@en")
    assert digest in event.details
    assert "Secret" not in event.details
    assert "aigul" not in event.actor
