"""The glossary is written: a term added, changed, taken out, and a whole table of them brought in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotAllowed, NotFound
from app.domain.glossary import Term
from app.domain.people import Actor
from app.domain.permissions import Right, Side, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.terms import MOST, folded, problems, tidy
from app.storage.database import savepoint
from app.storage.glossary import DbTerm
from app.storage.journal import Event, note


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How many terms of a table were new, said something else than the glossary, or the same."""

    added: int
    changed: int
    same: int


def add(session: Session, term: Term, actor: Actor) -> DbTerm:
    """Put a term into the glossary.

    Forbidden without the right, BadText for what cannot stand there, NotAllowed for a term that is there already or one
    too many. In one transaction: the term, and its event.
    """
    term = _sound(term, actor)
    if same(session, term) is not None:
        raise _there(term)
    if _count(session, term) >= MOST:
        raise _full()
    row = DbTerm()
    _write(session, row, term, actor)
    note(session, _event(term, actor, "term", row))
    return row


def change(session: Session, number: int, term: Term, actor: Actor, *, version: int) -> DbTerm:
    """Let a term say something else, as somebody typed it who saw that `version` of it; the same again is no change.

    As `add`; NotAllowed as well if somebody else changed it since, NotFound if they took it out.
    """
    term = _sound(term, actor)
    row = _held(session, number, term.source, term.target, version)
    if row.entry == term:
        return row
    other = same(session, term)
    if other is not None and other is not row:
        raise _there(term)
    _write(session, row, term, actor)
    note(session, _event(term, actor, "change-term", row))
    return row


def remove(session: Session, number: int, source: Tag, target: Tag, actor: Actor, *, version: int) -> Term:
    """Take a term out, as somebody asks who saw that `version` of it; return it. Refusals as `change`."""
    require(actor.roles, Right.GLOSSARY, of=Side.TRANSLATION)
    row = _held(session, number, source, target, version)
    term = row.entry
    session.delete(row)
    session.flush()
    note(session, _event(term, actor, "remove-term", row))
    return term


def bring(session: Session, source: Tag, target: Tag, terms: Iterable[Term], actor: Actor) -> Brought:
    """Put a table of tidy terms in: those that are there already say from now on what it says, no other is touched.

    Forbidden without the right, NotAllowed for too many, or when somebody writes there in the same moment. In one
    transaction: all of them, and one event.
    """
    require(actor.roles, Right.GLOSSARY, of=Side.TRANSLATION)
    held = select(DbTerm).where(DbTerm.source == source, DbTerm.target == target).order_by(DbTerm.id).with_for_update()
    there, now = {row.folded: row for row in session.scalars(held)}, datetime.now(UTC)
    added = changed = unaltered = 0
    for term in terms:
        row = there.get(folded(term.term))
        if row is None:
            row = there[folded(term.term)] = DbTerm()
            session.add(row)
            added += 1
        elif row.entry == term:
            unaltered += 1
            continue
        else:
            changed += 1
        row.say(term, by=actor.name, at=now)
    if len(there) > MOST:
        raise _full()
    try:
        session.flush()
    except IntegrityError:
        reason = saying("somebody writes in this glossary at the same moment: send the table once more")
        raise NotAllowed(reason) from None
    if added or changed:
        about = f"glossary@{target}"
        note(session, Event.by(actor, about, "import-terms", source=source, added=added, changed=changed))
    return Brought(added=added, changed=changed, same=unaltered)


def same(session: Session, term: Term) -> DbTerm | None:
    """Return what the glossary has for the same term, however it is written."""
    pair = (DbTerm.source == term.source, DbTerm.target == term.target)
    return session.scalars(select(DbTerm).where(*pair, DbTerm.folded == folded(term.term))).one_or_none()


def _sound(term: Term, actor: Actor) -> Term:
    require(actor.roles, Right.GLOSSARY, of=Side.TRANSLATION)
    term = tidy(term)
    if wrong := tuple(problems(term)):
        raise BadText(*wrong)
    return term


def _held(session: Session, number: int, source: Tag, target: Tag, version: int) -> DbTerm:
    row = session.get(DbTerm, number, with_for_update=True)
    if row is None or (row.source, row.target) != (source, target):
        raise NotFound(saying("somebody took this term out of the glossary"))
    if row.version != version:
        raise NotAllowed(saying("somebody changed this term meanwhile"))
    return row


def _write(session: Session, row: DbTerm, term: Term, actor: Actor) -> None:
    try:
        with savepoint(session):
            row.say(term, by=actor.name, at=datetime.now(UTC))
            session.add(row)
            session.flush()
    except IntegrityError:
        raise _there(term) from None  # somebody else added it in this moment


def _count(session: Session, term: Term) -> int:
    pair = (DbTerm.source == term.source, DbTerm.target == term.target)
    return session.scalar(select(func.count()).select_from(DbTerm).where(*pair)) or 0


def _there(term: Term) -> NotAllowed:
    return NotAllowed(saying("the glossary has the term “%(term)s” already", term=term.term))


def _full() -> NotAllowed:
    return NotAllowed(saying("the glossary of two languages has %(most)s terms at most", most=MOST))


def _event(term: Term, actor: Actor, action: str, row: DbTerm) -> Event:
    return Event.by(actor, f"glossary@{term.target}", action, source=term.source, term=row.id, version=row.version)
