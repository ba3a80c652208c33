"""People go away, somebody stands in for them, and they come back: what was to be done meanwhile changes hands."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assigning import LAST_DAY, Absence, fault_of
from app.domain.errors import NotAllowed, NotFound
from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor, Channel, Person
from app.domain.permissions import PER_LOCALE, Right, Side, may, require
from app.domain.said import saying
from app.domain.translations import Action
from app.domain.working_days import at
from app.formats.text import LARGEST_NUMBER
from app.services import absences_known, notices, people, site
from app.services.handing_over import hand_over, take_back, to_do
from app.storage import actors
from app.storage.accounts import DbAccount
from app.storage.assigning import DbAbsence
from app.storage.journal import Event, note
from app.storage.outbox import DbWork, held

AWAY = "absence"
"""The kind of the work that is done when an absence begins, and when it ends."""


def announce(session: Session, wanted: Absence, actor: Actor) -> DbAbsence:
    """Note that somebody will be away and who stands in for them; one that has begun by today begins at once.

    Forbidden for others without the right to assign; NotAllowed, with the reason, where it cannot be so: days that
    have passed or that they are away in already, a substitute who is away too or may not write what is theirs. In one
    transaction: the absence, its event, what has to be done at its beginning and its end, and the notices: to both, and
    to who coordinates.
    """
    if actor.name != wanted.person:
        require(actor.roles, Right.ASSIGN)
    person, substitute = _both(session, wanted)
    names = {one.name: one.full_name for one in (person, substitute)}
    if wanted.last < absences_known.today(session):
        raise NotAllowed(saying("these days have passed"))
    if wanted.last > LAST_DAY:
        raise NotAllowed(saying("the year of the last day is 2999 at most"))
    if (fault := fault_of(wanted, absences_known.known(session), names)) is not None:
        raise NotAllowed(fault)
    _require_fit(session, wanted, person, substitute)
    made = DbAbsence(
        person=wanted.person, substitute=wanted.substitute, first=wanted.first, last=wanted.last, by=actor.name,
        at=datetime.now(UTC),
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, made, actor, "away")
    _tell(session, wanted, substitute, actor)
    _plan(session, made, wanted.first)
    _plan(session, made, wanted.last + timedelta(days=1))
    _bring_up(session, made, actor, datetime.now(UTC))
    return made


def call_off(session: Session, number: int, actor: Actor) -> None:
    """Let somebody be there after all, from now on. Forbidden and NotFound as one would think.

    In one transaction: the end of the absence, its event, and what comes back to them.
    """
    row = session.get(DbAbsence, number, with_for_update=True) if number <= LARGEST_NUMBER else None
    if row is None or row.ended_at is not None:
        raise NotFound(saying("there is no absence %(number)s", number=number))
    if actor.name != row.person:
        require(actor.roles, Right.ASSIGN)
    _end(session, row, actor)


def carry_out(session: Session, number: int, *, now: datetime) -> bool:
    """Begin or end an absence, by the number of its work, and forget the work; tell whether anything was done."""
    work = held(session, number)
    if work is None:
        return False
    session.delete(work)
    row = session.get(DbAbsence, int(work.payload), with_for_update=True, populate_existing=True)
    if row is None or row.ended_at is not None:
        return False
    return _bring_up(session, row, Actor(name=row.by, channel=Channel.WORKER, roles=frozenset()), now)


def _both(session: Session, wanted: Absence) -> tuple[Person, Person]:
    """Return both people, whose accounts are held: of two absences announced at once one sees the other."""
    names = (wanted.person, wanted.substitute)
    rows = session.scalars(
        select(DbAccount).where(DbAccount.name.in_(names)).order_by(DbAccount.id).with_for_update(key_share=True)
    )
    found = {row.name: row.person() for row in rows}
    for name in names:
        if name not in found or not found[name].active:
            raise NotAllowed(saying("there is no account %(name)s", name=name))
    return found[wanted.person], found[wanted.substitute]


def _require_fit(session: Session, wanted: Absence, person: Person, substitute: Person) -> None:
    """Raise NotAllowed unless a substitute may write the languages of somebody's roles, and what they have to do."""
    for locale in sorted({one.locale for one in person.grants if one.role in PER_LOCALE and one.locale is not None}):
        if not may(substitute.roles(locale), Action.EDIT, of=Side.TRANSLATION):
            who = substitute.full_name
            raise NotAllowed(saying("%(name)s may not write in this language: %(language)s", name=who, language=locale))
    for document, given in to_do(session, wanted):
        if not people.writes(session, substitute.name, document, given.locale):
            text = f"{document.full_name}@{given.locale}"
            raise NotAllowed(
                saying("%(name)s may not write what is due meanwhile: %(text)s", name=substitute.full_name, text=text)
            )


def _tell(session: Session, wanted: Absence, substitute: Person, actor: Actor) -> None:
    """Tell those whom it concerns, but for who said it: who stands in, who is away, and all who coordinate."""
    names = dict.fromkeys([wanted.substitute, wanted.person, *people.coordinators(session)])
    for name in names:
        if name != actor.name:
            told = Notice(
                kind=NoticeKind.AWAY, to=name, by=wanted.person, title=substitute.full_name,
                days=(wanted.first, wanted.last),
            )  # fmt: skip
            notices.tell(session, told)


def _plan(session: Session, row: DbAbsence, day: date) -> None:
    due = at(day, time(), site.settings(session).zone)
    session.add(DbWork(kind=AWAY, subject=f"absence/{row.id}", payload=str(row.id), due_at=due))
    session.flush()


def _bring_up(session: Session, row: DbAbsence, actor: Actor, now: datetime) -> bool:
    """Begin an absence whose first day has come, end one whose last has passed; tell whether anything was done."""
    today = absences_known.today(session, now)
    if row.begun_at is None and row.first <= today <= row.last:
        row.begun_at = datetime.now(UTC)
        hand_over(session, row, actor, day=today)
        return True
    if row.last < today:
        _end(session, row, actor)
        return True
    return False


def _end(session: Session, row: DbAbsence, actor: Actor) -> None:
    row.ended_at = datetime.now(UTC)
    session.flush()
    _note(session, row, actor, "back")
    take_back(session, row, actor)


def _note(session: Session, row: DbAbsence, actor: Actor, action: str) -> None:
    """Note an event about somebody's account: by digest, as all that is done to one."""
    note(session, Event.by(actor, f"account/{actors.digest(session, row.person)}", action, absence=row.id))
