"""How a text becomes somebody's, by whichever way: the row that counts, its event, and what those are told."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor
from app.domain.segments import Tag
from app.services import absences_known, notices, reminders, teams
from app.storage.assigning import DbHandedOver
from app.storage.journal import Event, note
from app.storage.talk import DbAssignment, Given, newest_assignment
from app.storage.texts import DbDocument


def give(
    session: Session,
    document: DbDocument,
    locale: Tag,
    actor: Actor,
    given: Given,
    *,
    kind: NoticeKind | None = NoticeKind.ASSIGNED,
    by: str = "",
    instead_of: str = "",
    publication: int = 0,
    **details: int,
) -> DbAssignment | None:
    """Let a text be somebody's from now on; None if it was so before. Who asks has seen to it that it may be theirs.

    The document is held until the transaction ends. In one transaction: the assignment, which stands in place of an
    earlier one, its event, which names nobody, reminders of its day, and the notices: to whose it is now (of this
    `kind`, from `by`; None: none) and to whose it was; to the latter alone what is called off. `publication` is that
    from which it follows by itself. Who has it `instead_of` somebody who is away is told that they stand in, and it
    goes back at the end; so does what a substitute keeps, by another day or as urgently.
    """
    stands_in = instead_of not in {"", given.person}
    if stands_in and kind is not NoticeKind.CALLED_OFF:
        kind, by = NoticeKind.STANDS_IN, instead_of
    hold(session, document.id)
    row = newest_assignment(session, document.id, locale)
    before = Given.of(row)
    if before == given:
        return None
    made = DbAssignment(
        document_id=document.id, locale=locale, person=given.person, team=given.team, due=given.due,
        priority=given.priority, reason=given.reason, by=actor.name, at=datetime.now(UTC),
        publication=publication,
    )  # fmt: skip
    session.add(made)
    session.flush()
    if stands_in:
        may_go_back(session, made, absences_known.number_of(session, instead_of))
    elif row is not None and row.person == made.person:
        may_go_back(session, made, absence_behind(session, row))
    due = {"due": given.due.astimezone(UTC).isoformat()} if given.due else {}
    action = "assign" if given.person or given.team else "unassign"
    note(session, Event.by(actor, f"{document.full_name}@{locale}", action, assignment=made.id, **due, **details))
    reminders.plan(session, made)
    left = () if kind is NoticeKind.CALLED_OFF else _left(before, given, actor)
    asked = _asked(session, before if kind is NoticeKind.CALLED_OFF else given, kind, by or actor.name)
    for name, what, who in (*left, *asked):
        notices.tell(session, Notice(kind=what, to=name, by=who, document=document.full_name, locale=locale))
    return made


def hold(session: Session, document: int) -> None:
    """Hold a document until the transaction ends: whose its texts are changes by nobody else meanwhile."""
    session.execute(select(DbDocument.id).where(DbDocument.id == document).with_for_update(key_share=True))


def absence_behind(session: Session, row: DbAssignment) -> int | None:
    """Return the number of the absence for which a substitute has a text; None where that is not why they have it."""
    return session.scalar(select(DbHandedOver.absence_id).where(DbHandedOver.assignment_id == row.id))


def may_go_back(session: Session, made: DbAssignment, absence: int | None) -> None:
    """Note that what was just given goes back at the end of an absence, by its number; None: of none."""
    if absence is not None:
        session.merge(DbHandedOver(assignment_id=made.id, absence_id=absence))
        session.flush()


_Told = tuple[str, NoticeKind, str]


def _left(before: Given, given: Given, actor: Actor) -> Iterator[_Told]:
    """Yield what those are told who had a text, and by whom; who gives it away themselves knows."""
    if before.person not in {"", given.person, actor.name}:
        if there := given.person or given.team:
            yield before.person, NoticeKind.REASSIGNED, there
        else:
            yield before.person, NoticeKind.UNASSIGNED, actor.name


def _asked(session: Session, given: Given, kind: NoticeKind | None, by: str) -> Iterator[_Told]:
    """Yield what those are told who have it now: a person, or everybody of a team."""
    if kind is not None:
        what = kind if given.person else _OF_TEAM.get(kind, kind)
        names = (given.person,) if given.person else teams.members(session, given.team)
        yield from ((name, what, by) for name in names)


_OF_TEAM = {NoticeKind.ASSIGNED: NoticeKind.TEAM_ASSIGNED, NoticeKind.GIVEN: NoticeKind.TEAM_GIVEN}
"""What everybody of a team is told in place of what a person is."""
