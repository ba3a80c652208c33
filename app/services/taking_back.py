"""What followed by itself from a publication is taken back with it, as long as nobody has touched it since."""

from dataclasses import replace
from itertools import takewhile

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.notices import NoticeKind
from app.domain.people import Actor
from app.domain.provenance import standing
from app.domain.segments import Tag
from app.services import absences_known
from app.services.begun import is_begun
from app.services.giving import give
from app.storage.bulk import DbBulkAction, DbBulkItem
from app.storage.talk import DbAssignment, Given
from app.storage.texts import DbDocument, DbPublication, DbTranslation


def take_back(session: Session, translation: DbTranslation, actor: Actor) -> None:
    """Let the texts of a document be whose they were, and wanted when they were, before what counts no more was live.

    That is what was given, by rule or since it went out of date, by publications that do not stand any more; of a text
    that readers have no more, by any. What somebody assigned anew, took, saved or typed in since stays as it is. In one
    transaction: the assignments, as `give`, and what those are told who were asked.
    """
    undone = _undone(session, translation)
    by_those = (DbAssignment.document_id == translation.document_id, DbAssignment.publication.in_(undone))
    for locale in session.scalars(select(DbAssignment.locale).where(*by_those).distinct()).all() if undone else ():
        _take_back(session, translation.document, locale, undone, actor)


def _undone(session: Session, translation: DbTranslation) -> frozenset[int]:
    """Return the publications of a text that do not stand any more."""
    columns = select(DbPublication.id, DbPublication.revision_id).where(DbPublication.translation_id == translation.id)
    rows = session.execute(columns.order_by(DbPublication.id)).all()
    there = standing([row.revision_id for row in rows]) if translation.live_id is not None else ()
    return frozenset(row.id for place, row in enumerate(rows) if place not in there)


def _undone_at_once(document: DbDocument, locale: Tag) -> Select[int | None]:
    """Select the assignments that were made to a selection and undone: what was before stands after them once more."""
    undone = select(DbBulkItem.after).join(DbBulkAction, DbBulkAction.id == DbBulkItem.action_id)
    undone = undone.where(DbBulkAction.kind.in_((BulkKind.ASSIGN, BulkKind.DUE)), DbBulkItem.after.is_not(None))
    return undone.where(
        DbBulkItem.document_id == document.id, DbBulkItem.locale == locale, DbBulkItem.undone_at.is_not(None)
    )


def _take_back(session: Session, document: DbDocument, locale: Tag, undone: frozenset[int], actor: Actor) -> None:
    of_text = select(DbAssignment).where(DbAssignment.document_id == document.id, DbAssignment.locale == locale)
    of_text = of_text.where(DbAssignment.id.not_in(_undone_at_once(document, locale)))
    rows = session.scalars(of_text.order_by(DbAssignment.id.desc())).all()
    followed = list(takewhile(lambda row: row.publication in undone, rows))
    if not followed or is_begun(session, document.id, locale, since=followed[-1].at):
        return
    before = Given.of(rows[len(followed)] if len(followed) < len(rows) else None)
    there = absences_known.stand_in(session, before.person, document, locale)
    wanted = replace(before, person=there) if there or before.team else Given()
    give(session, document, locale, actor, wanted, kind=NoticeKind.CALLED_OFF, instead_of=before.person)
