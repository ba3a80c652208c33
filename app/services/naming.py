"""Names that nobody has yet: of a document, and of its page in an address."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.documents import OWN_WORDS, Kind
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.transliteration import free, slug_of
from app.formats.articles import article
from app.storage.published import DbPage, DbSlug
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_NOTHING = {Kind.NEWS: "item", Kind.PAGE: "page"}
"""What a text is called whose title has no letter that can be written in an address."""


@dataclass(frozen=True, slots=True)
class Slugs:
    """The slugs that another document than `but` has, had, or asks for in a draft."""

    session: Session
    kind: Kind
    but: int | None = None

    def __contains__(self, slug: object) -> bool:
        if self.kind is Kind.PAGE and slug in OWN_WORDS:
            return True
        return isinstance(slug, str) and (self._known(slug) or self._wanted(slug))

    def _known(self, slug: str) -> bool:
        pages = select(DbPage.document_id).where(DbPage.kind == self.kind, DbPage.slug == slug)
        slugs = select(DbSlug.document_id).where(DbSlug.kind == self.kind, DbSlug.slug == slug)
        return any(number != self.but for query in (pages, slugs) for number in self.session.scalars(query))

    def _wanted(self, slug: str) -> bool:
        """Tell whether a draft says so: only those are read that have these letters somewhere."""
        drafts = self.session.execute(
            select(DbDocument, DbTranslation.locale, DbRevision.text)
            .join(DbTranslation, DbTranslation.document_id == DbDocument.id)
            .join(DbRevision, DbRevision.id == DbTranslation.head_id)
            .where(
                DbDocument.kind == self.kind,
                DbTranslation.locale != NO_LANGUAGE,
                or_(DbTranslation.live_id.is_(None), DbTranslation.live_id != DbTranslation.head_id),
                or_(DbRevision.text.contains(slug, autoescape=True), DbDocument.name == slug),
            )
        )
        return any(
            document.id != self.but and article(document.full_name, locale, text).slug == slug
            for document, locale, text in drafts
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The names of documents of a kind that there are."""

    session: Session
    kind: Kind

    def __contains__(self, name: object) -> bool:
        named = select(DbDocument.id).where(DbDocument.kind == self.kind, DbDocument.name == name)
        return self.session.scalar(named) is not None


def propose_slug(session: Session, kind: Kind, title: str, locale: Tag, *, but: int | None = None) -> str:
    """Return a slug for a title in the letters a to z that no other document has; a person may write another."""
    return free(slug_of(title, locale) or _NOTHING[kind], Slugs(session, kind, but))


def propose_name(session: Session, kind: Kind, slug: str, day: date | None) -> str:
    """Return the name of a new document: its slug, for a news item after its day."""
    return free(slug if day is None else f"{day.isoformat()}-{slug}", Names(session, kind))
