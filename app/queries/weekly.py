"""The weekly report: what was published, what is late and with whom, what is due, what fell behind, and the figures."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.documents import DocumentName, Kind
from app.domain.people import Person
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.domain.weekly import IsoWeek, Part, Told, WeeklyReport
from app.queries import figures, reading
from app.queries.asked import Due, is_due
from app.queries.cells import Called
from app.queries.people import full_names
from app.storage.figures import DbFigureWent
from app.storage.standings import IS_BEHIND, DbStanding
from app.storage.texts import DbPublication, DbTranslation

MOST: Final = 100
"""Texts that a part of the report names; of the others it says how many there are."""


def weekly(
    session: Session, viewer: Person, week: IsoWeek, *, language: Tag | None, reader: Tag, now: datetime
) -> WeeklyReport:
    """Return the report of a week, in a fixed number of queries; Forbidden as `figures.report`.

    What is late, due and behind is what is so now: what it was then, nobody has kept. Texts are called as in the
    language of the `reader`, where their document has it.
    """
    site = reading.site(session)
    assert site is not None  # noqa: S101  # whoever asks has been let in by a site
    first, last = week.bounds(site.zone)
    is_counted = figures.up_to(session).has(last)  # asked first: what is counted meanwhile may only make it more
    called = Called(reader)
    late = _part(session, called, _awaited(language, is_due(Due.LATE, now)))
    due = _part(session, called, _awaited(language, is_due(Due.WEEK, now), DbStanding.owed >= now))
    return WeeklyReport(
        week=week, language=language, late=late, due=due,
        published=_part(session, called, _published(language, week, first, last).group_by(called.title)),
        behind=_part(session, called, _behind(language, first, last)),
        figures=figures.report(session, viewer, week.period),
        before=figures.report(session, viewer, week.before.period),
        names=full_names(session, {one.who for part in (late, due) for one in part.texts}),
        at=now, is_counted=is_counted,
    )  # fmt: skip


_Dated = Select[Kind, str, Tag, str, datetime, str, str]
_Found = Select[Kind, str, Tag, str, datetime | None, str, str]  # kind, name, locale, title, at, person, team
_WHAT: Final = (DbStanding.kind, DbStanding.name, DbStanding.locale, DbStanding.title)
_WHO: Final = (DbStanding.person, DbStanding.team)


def _of(language: Tag | None) -> ColumnElement[bool]:
    return DbStanding.locale != NO_LANGUAGE if language is None else DbStanding.locale == language


def _awaited(language: Tag | None, *which: ColumnElement[bool]) -> _Found:
    return select(*_WHAT, DbStanding.owed.label("at"), *_WHO).where(_of(language), *which).order_by(DbStanding.owed)


def _published(language: Tag | None, week: IsoWeek, first: datetime, last: datetime) -> _Dated:
    """Return the texts that the figures count as gone live in the week, each once, the newest first.

    What was taken back in the week is none of them, nor what came in live in several languages.
    """
    at = func.max(DbPublication.at).label("at")
    text = (DbTranslation.document_id == DbStanding.document_id, DbTranslation.locale == DbStanding.locale)
    counted = exists().where(
        DbFigureWent.document_id == DbStanding.document_id, DbFigureWent.locale == DbStanding.locale,
        DbFigureWent.day.between(week.monday, week.sunday), DbFigureWent.texts > 0,
    )  # fmt: skip
    return (
        select(*_WHAT, at, *_WHO)
        .join(DbTranslation, and_(*text))
        .join(DbPublication, DbPublication.translation_id == DbTranslation.id)
        .where(_of(language), counted, DbPublication.at >= first, DbPublication.at < last)
        .group_by(*_WHAT, *_WHO)
        .order_by(at.desc())
    )


def _behind(language: Tag | None, first: datetime, last: datetime) -> _Found:
    """Return the texts that are behind another which has got a newer text in these days: was published, or handed in.

    What somebody writes there and has not handed in puts nothing behind (`services.lags`).
    """
    followed = aliased(DbStanding)
    text = (followed.document_id == DbStanding.document_id, followed.locale == DbStanding.behind)
    handed_in = followed.status.in_((Status.IN_REVIEW, Status.APPROVED))
    is_ahead = and_(handed_in, followed.live.is_distinct_from(followed.head))
    in_these_days = and_(followed.since >= first, followed.since < last)
    published = (
        select(DbTranslation.document_id, DbTranslation.locale, func.max(DbPublication.at).label("at"))
        .join(DbPublication, DbPublication.translation_id == DbTranslation.id)
        .where(DbPublication.at >= first, DbPublication.at < last)
        .group_by(DbTranslation.document_id, DbTranslation.locale)
        .subquery()
    )
    of_it = and_(published.c.document_id == followed.document_id, published.c.locale == followed.locale)
    at = case((and_(is_ahead, in_these_days), followed.since), else_=published.c.at)
    return (
        select(*_WHAT, at.label("at"), *_WHO)
        .join(followed, and_(*text))
        .outerjoin(published, of_it)
        .where(_of(language), IS_BEHIND, at.is_not(None))
        .order_by(at.desc())
    )


def _part(session: Session, called: Called, found: _Found | _Dated) -> Part:
    named = found.add_columns(called.title.label("called")).outerjoin(called.row, called.of_text)
    rows = session.execute(named.limit(MOST)).all()
    total = len(rows)
    if total == MOST:
        total = session.scalar(select(func.count()).select_from(named.order_by(None).subquery())) or 0
    return Part(
        total=total,
        texts=[
            Told(
                name=DocumentName(kind=row.kind, name=row.name), title=row.called or row.title, locale=row.locale,
                at=row.at, who=row.person or row.team,
            )
            for row in rows
            if row.at is not None
        ],
    )  # fmt: skip
