"""The journal as people read it: what was done, by whom and to whom, the newest first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain.people import Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.queries.timeline import Happening, What
from app.storage import actors
from app.storage.assigning import DbTeam
from app.storage.journal import DbEvent
from app.storage.talk import DbAssignment

SIZE: Final = 100
_ACCOUNT: Final = "account"
_TEAM: Final = "team/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row. Names are empty where nobody can be told any more whose they were.

    Of a document (`news/2026-03-18-x`) it is a `happening`; of an account it is an `action`, with `whose` and the role
    that was given or taken. What is about neither has its action alone; of a team that
    there still is, it has the name.
    """

    number: int
    at: datetime
    action: str
    who: str
    document: str = ""
    happening: Happening | None = None
    is_account: bool = False
    whose: str = ""
    role: Role | None = None
    locale: Tag | None = None
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A page of the journal; `older` is the number before which the next one begins, None at the beginning of all."""

    entries: Sequence[Entry]
    older: int | None


def entries(session: Session, *, before: int | None, of: str) -> Entries:
    """Return a page, by five queries at the most; `of` somebody what they did and what was done to their account."""
    names = actors.names(session)
    rows = select(DbEvent).order_by(DbEvent.number.desc()).limit(SIZE + 1)
    if before is not None:
        rows = rows.where(DbEvent.number < before)
    if of:
        digests = [digest for digest, name in names.items() if name == of]
        subjects = [f"{_ACCOUNT}/{digest}" for digest in digests]
        rows = rows.where(or_(DbEvent.actor.in_(digests), DbEvent.subject.in_(subjects)))
    found = session.scalars(rows).all()
    page = found[:SIZE]
    read = [(row, json.loads(row.details)) for row in page]
    teams = _teams(session, page)
    asked = _asked(session, (details.get("assignment") for _, details in read))
    return Entries(
        entries=[replace(_entry(row, details, names, asked), team=teams.get(row.number, "")) for row, details in read],
        older=page[-1].number if len(found) > SIZE else None,
    )


def _asked(session: Session, numbers: Iterable[object]) -> Mapping[object, DbAssignment]:
    """Return the assignments of these numbers."""
    wanted = {number for number in numbers if isinstance(number, int)}
    rows = select(DbAssignment).where(DbAssignment.id.in_(wanted))
    return {row.id: row for row in session.scalars(rows)} if wanted else {}


def _teams(session: Session, rows: Iterable[DbEvent]) -> Mapping[int, str]:
    """Return how the teams are called that rows are about, by the numbers of the rows; one that is gone has no name."""
    about = {row.number: row.subject for row in rows if row.subject.startswith(_TEAM)}
    if not about:
        return {}
    numbers = {int(one.removeprefix(_TEAM)) for one in about.values()}
    names = session.execute(select(DbTeam.id, DbTeam.name).where(DbTeam.id.in_(numbers)))
    called = {f"{_TEAM}{row.id}": row.name for row in names}
    gone = select(DbEvent.subject, func.max(DbEvent.number).label("number")).where(DbEvent.subject.in_(called))
    gone = gone.where(DbEvent.action == "remove-team").group_by(DbEvent.subject)
    until = {row.subject: row.number for row in session.execute(gone)}  # a number is given again
    return {one: called[of] for one, of in about.items() if of in called and one > until.get(of, 0)}


def _entry(
    row: DbEvent, details: Mapping[str, object], names: Mapping[str, str], asked: Mapping[object, DbAssignment]
) -> Entry:
    who, (subject, _, tag) = names.get(row.actor, ""), row.subject.partition("@")
    kind, _, rest = subject.partition("/")
    if kind == _ACCOUNT:
        role, locale = details.get("role"), details.get("locale")
        return Entry(
            number=row.number, at=row.at, action=row.action, who=who, is_account=True, whose=names.get(rest, ""),
            role=Role(role) if isinstance(role, str) else None, locale=Tag(locale) if isinstance(locale, str) else None,
        )  # fmt: skip
    happening = None
    if row.action in list(What):
        number, due, given = details.get("revision"), details.get("due"), asked.get(details.get("assignment"))
        happening = Happening(
            at=row.at, what=What(row.action), who=who, channel=Channel(row.source), locale=Tag(tag) or None,
            revision=number if isinstance(number, int) else None, person=(given.person or given.team) if given else "",
            note=given.reason if given else "", due=datetime.fromisoformat(due) if isinstance(due, str) else None,
            overridden="four-eyes" in details,
            policy=str(details.get("policy") or ""), by_itself="rule" in details,
        )  # fmt: skip
    return Entry(
        number=row.number, at=row.at, action=row.action, who=who, document=subject, happening=happening,
        locale=Tag(tag) or None,
    )  # fmt: skip
