"""What changes hands while somebody is away: to their substitute at the beginning, and back what was not begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.assigning import Absence
from app.domain.documents import DocumentName
from app.domain.notices import NoticeKind
from app.domain.people import Actor
from app.domain.working_days import at
from app.services import absences_known, people, site
from app.services.begun import is_begun, is_done
from app.services.giving import absence_behind, give, hold, may_go_back
from app.services.texts import find_document
from app.storage.assigning import DbAbsence, DbHandedOver
from app.storage.standings import IS_UNFINISHED, DbStanding
from app.storage.talk import DbAssignment, Given, newest_assignment
from app.storage.texts import DbDocument, DbTranslation


def to_do(session: Session, away: Absence) -> Iterator[tuple[DbDocument, DbAssignment]]:
    """Yield what somebody still has to write that is due by the end of their absence."""
    theirs = (
        select(DbStanding.kind, DbStanding.name, DbStanding.locale)
        .where(DbStanding.person == away.person, DbStanding.due < _end(session, away), IS_UNFINISHED)
        .order_by(DbStanding.document_id, DbStanding.locale)
    )
    for kind, name, locale in session.execute(theirs).all():
        document = find_document(session, DocumentName(kind=kind, name=name))
        given = newest_assignment(session, document.id, locale) if document is not None else None
        if document is not None and given is not None and given.person == away.person:
            yield document, given


def _end(session: Session, away: Absence) -> datetime:
    return at(away.last + timedelta(days=1), time(), site.settings(session).zone)


def _is_due(session: Session, away: Absence, given: DbAssignment) -> bool:
    """Tell whether a text is somebody's who is away, and due by the end of their absence."""
    return given.person == away.person and given.due is not None and given.due < _end(session, away)


def hand_over(session: Session, row: DbAbsence, actor: Actor, *, day: date) -> None:
    """Give what is due in an absence to who stands in on a day, and tell both; what they may not write stays.

    In one transaction: the assignments, and that they may come back.
    """
    for document, seen in list(to_do(session, row.absence)):
        hold(session, document.id)
        given = newest_assignment(session, document.id, seen.locale)
        is_theirs = given is not None and _is_due(session, row.absence, given)
        if given is not None and is_theirs and not is_done(session, document.id, given.locale):
            _hand_over(session, row, document, given, actor, day=day)


def hand_over_returned(session: Session, translation: DbTranslation, actor: Actor) -> None:
    """Give a text that has to be written again to who stands in, if who has it is away; both are told.

    As at the beginning of an absence, which left it alone since it had been handed in: what is due by the last day.
    """
    given, day = newest_assignment(session, translation.document_id, translation.locale), absences_known.today(session)
    row = given and given.person and _absence_of(session, given.person, day)
    if row and given and given.person != actor.name and _is_due(session, row.absence, given):
        _hand_over(session, row, translation.document, given, actor, day=day)


def _absence_of(session: Session, person: str, day: date) -> DbAbsence | None:
    theirs = select(DbAbsence).where(DbAbsence.person == person, DbAbsence.ended_at.is_(None))
    return session.scalar(theirs.where(DbAbsence.begun_at.is_not(None), DbAbsence.first <= day, DbAbsence.last >= day))


def _hand_over(
    session: Session, row: DbAbsence, document: DbDocument, given: DbAssignment, actor: Actor, *, day: date
) -> None:
    there = absences_known.stand_in(session, row.person, document, given.locale, day=day)
    wanted = replace(Given.of(given), person=there, reason="")
    made = there and give(session, document, given.locale, actor, wanted, instead_of=row.person)
    if made:  # of whom it was first: who hands it on has it for them
        may_go_back(session, made, absence_behind(session, given) or row.id)


def take_back(session: Session, row: DbAbsence, actor: Actor) -> None:
    """Give back what a substitute still has of an absence and has not begun; both are told."""
    over = select(DbAssignment).join(DbHandedOver, DbHandedOver.assignment_id == DbAssignment.id)
    over = over.where(DbHandedOver.absence_id == row.id).order_by(DbAssignment.document_id, DbAssignment.id)
    for given in session.scalars(over).all():
        hold(session, given.document_id)
        document = session.get_one(DbDocument, given.document_id)
        counts = newest_assignment(session, document.id, given.locale) is given
        writes = people.writes(session, row.person, document, given.locale)
        if counts and writes and not _has_begun(session, given):
            wanted = replace(Given.of(given), person=row.person)
            give(session, document, given.locale, actor, wanted, kind=NoticeKind.YOURS_AGAIN, by=given.person)


def _has_begun(session: Session, given: DbAssignment) -> bool:
    """Tell whether somebody saved or typed anything in a text since it became theirs, or it was handed in."""
    text = given.document_id, given.locale
    return is_begun(session, *text, since=_theirs_since(session, given), by=given.person) or is_done(session, *text)


def _theirs_since(session: Session, given: DbAssignment) -> datetime:
    """Return since when somebody has a text, by whatever day: since the first row after the last that was another's."""
    same = (DbAssignment.document_id == given.document_id, DbAssignment.locale == given.locale)
    others = select(func.max(DbAssignment.id)).where(*same, DbAssignment.person != given.person)
    others = others.where(DbAssignment.id < given.id)
    theirs = select(DbAssignment.at).where(*same, DbAssignment.id > (session.scalar(others) or 0))
    return session.scalars(theirs.order_by(DbAssignment.id).limit(1)).one()
