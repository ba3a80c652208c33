"""Where an address leads at which no page stands: what its slug was, or is in another language.

An import contract keeps this module from ever reaching a draft.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.domain.documents import Kind
from app.domain.segments import Tag
from app.storage.published import DbPage, DbSlug


@dataclass(frozen=True, slots=True)
class Moved:
    """The page is at this address; `for_good` if the text itself is there and its document has given the slug up."""

    locale: Tag
    slug: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Readers could once see the document that had this slug, and can no more."""


def moved(session: Session, kind: Kind, locale: Tag, slug: str) -> Moved | Withdrawn | None:
    """Return where a slug leads in a language: to whose it is, else to whose it was; None if it was nobody's.

    Of several documents that had it, one that readers can see comes first, then the one that had it last. One query.
    """
    today = aliased(DbPage)
    row = session.execute(
        select(DbPage.slug, DbPage.shown, today.slug.label("present"))
        .select_from(DbSlug)
        .outerjoin(DbPage, and_(DbPage.document_id == DbSlug.document_id, DbPage.locale == locale))
        .outerjoin(today, and_(today.document_id == DbSlug.document_id, today.kind == kind, today.slug == slug))
        .where(DbSlug.slug == slug, DbSlug.kind == kind)
        .order_by(today.slug.is_(None), DbPage.slug.is_(None), DbSlug.publication.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    if row.slug is None:
        return Withdrawn()
    return Moved(locale, row.slug, for_good=row.present is None and row.shown == locale)


def where_read(session: Session, document: int, locale: Tag) -> str | None:
    """Return where readers find a document's own text in a language, None if they see none there."""
    own = select(DbPage.kind, DbPage.slug).where(
        DbPage.document_id == document, DbPage.locale == locale, DbPage.shown == locale
    )
    row = session.execute(own).first()
    return None if row is None else f"/{locale}/{'news/' if row.kind is Kind.NEWS else ''}{row.slug}"


def languages_of(session: Session, kind: Kind, slug: str, among: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return the languages, of those given, in which a slug is or was used: those of today before those of the past."""
    rows = session.execute(
        select(DbSlug.locale, DbPage.slug)
        .outerjoin(
            DbPage,
            and_(
                DbPage.document_id == DbSlug.document_id,
                DbPage.locale == DbSlug.locale,
                DbPage.slug == DbSlug.slug,
                DbPage.shown == DbSlug.locale,
            ),
        )
        .where(DbSlug.slug == slug, DbSlug.kind == kind, DbSlug.locale.in_(among))
    ).all()
    present = tuple(locale for locale in among if (locale, slug) in {(row[0], row[1]) for row in rows})
    return present or tuple(locale for locale in among if locale in {row[0] for row in rows})
