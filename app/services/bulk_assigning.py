"""Texts of a selection are given to somebody, or asked for until another time."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.assigning import Absence
from app.domain.bulk import BulkKind
from app.domain.errors import NotAllowed, SoAlready
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.services import absences_known, assignments
from app.services.bulk import Change, Plan, Text
from app.storage.bulk import DbBulkItem
from app.storage.talk import DbAssignment, Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Change):
    """Whose a text was, and will be: of who stands in for somebody, where `away` is who was asked for and is away."""

    was: Given
    now: Given
    away: Absence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """Give texts to a person or a team (neither: to nobody); without a time or a priority each keeps its own."""

    person: str = ""
    team: str = ""
    due: datetime | None = None
    priority: int | None = None
    kind = BulkKind.ASSIGN

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return whose it was and will be; its base is the assignment that counts.

        Refusals as `assignments.assign`; NotAllowed where it is so already.
        """
        before = assignments.current(session, text.document, text.locale)
        was = Given.of(before)
        wanted = Given(
            person=self.person, team=self.team, due=self.due or was.due,
            priority=was.priority if self.priority is None else self.priority,
        )  # fmt: skip
        return _plan(session, text, actor, before, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Ask for texts until `due` (None: until no time), from whose they are; without a priority each keeps its own."""

    due: datetime | None = None
    priority: int | None = None
    kind = BulkKind.DUE

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return whose it is, until when by now and then. Refusals as `Assigning`, and for what is nobody's."""
        require(actor.roles, Right.ASSIGN)
        before = assignments.current(session, text.document, text.locale)
        was = Given.of(before)
        if not (was.person or was.team):
            raise NotAllowed(saying("nobody is asked for it: assign it first"))
        wanted = replace(was, due=self.due, priority=was.priority if self.priority is None else self.priority)
        return _plan(session, text, actor, before, wanted)


def require_undoable(session: Session, text: Text, item: DbBulkItem) -> None:
    """Raise NotAllowed where somebody assigned the text anew since."""
    now = assignments.current(session, text.document, text.locale)
    if now is None or now.id != item.after:
        raise NotAllowed(saying("it was assigned anew since"))


def undo(session: Session, text: Text, item: DbBulkItem, actor: Actor) -> None:
    """Let the text be as it was before. Refusals as `assignments.restore`: who had it may have lost the role."""
    before = session.get(DbAssignment, item.before) if item.before is not None else None
    assignments.restore(session, text.document, text.locale, actor, before)


def _plan(session: Session, text: Text, actor: Actor, before: DbAssignment | None, wanted: Given) -> Plan:
    now = assignments.asked(
        session, text.document, text.locale, actor, person=wanted.person, team=wanted.team, due=wanted.due,
        priority=wanted.priority,
    )  # fmt: skip
    was = replace(Given.of(before), reason="")
    if was == now:
        raise SoAlready(saying("this is so already"))

    def do() -> tuple[int | None, int | None]:
        return before.id if before is not None else None, _assign(session, text, actor, wanted)

    away = absences_known.absence_of(session, wanted.person) if now.person != wanted.person else None
    change = Assigned(was=was, now=now, away=away)
    return Plan(base=before.id if before is not None else 0, change=change, do=do)


def _assign(session: Session, text: Text, actor: Actor, wanted: Given) -> int | None:
    made = assignments.assign(
        session, text.document, text.locale, actor, person=wanted.person, team=wanted.team, due=wanted.due,
        priority=wanted.priority,
    )  # fmt: skip
    return made.id if made is not None else None
