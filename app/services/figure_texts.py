"""A document's revisions as the figures look them up: none of it ever changes, so that it says the same at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import BadText
from app.domain.segments import NO_LANGUAGE, Segment, SegmentMap, Tag
from app.formats.choice import parse
from app.services.facts import read as read_facts
from app.storage.texts import MAP, DbDocument, DbPublication, DbRevision

_CONTENT: Final = select(DbRevision.packed_map, DbRevision.text).where(DbRevision.id == bindparam("id"))


@dataclass(kw_only=True)
class _Saved:
    """A revision whose map and text are read when they are asked for (`figure_states.Saved`)."""

    session: Session
    document: DbDocument
    locale: Tag
    id: int
    parent: int | None
    digest: str

    @cached_property
    def _row(self) -> Row[bytes, str]:
        return self.session.execute(_CONTENT, {"id": self.id}).one()

    @cached_property
    def segment_map(self) -> SegmentMap:
        return MAP.decode(self._row.packed_map)

    @property
    def text(self) -> str:
        text: str = self._row.text
        return text

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """Return its segments; none of what an older build could read and this one cannot."""
        try:
            parsed = parse(self.document.kind, self.locale, self.text, path=str(self.document.full_name))
            return self.segment_map.with_keys(parsed.segments)
        except (BadText, ValueError):
            return ()


class DocumentTexts:
    """What is looked up of one document (`figure_states.Texts`), each thing once."""

    def __init__(self, session: Session, document: DbDocument) -> None:
        """Look at nothing yet."""
        self._session, self._document = session, document
        self._translations = {one.locale: one.id for one in document.translations}
        self._rows: dict[Tag, Mapping[int, _Saved]] = {}
        self._sources: dict[int | None, Tag] = {}
        self.is_catalogue = document.kind is Kind.CATALOGUE

    def has(self, locale: Tag, number: int) -> bool:
        """Tell whether there is such a revision."""
        return number in self._saved(locale)

    def revision(self, locale: Tag, number: int) -> _Saved:
        """Return a revision by its number."""
        return self._saved(locale)[number]

    def before(self, locale: Tag, other: Tag, number: int) -> Sequence[int]:
        """Return the numbers of the revisions in `locale` that were saved before that revision in the `other`."""
        made = self.revision(other, number).id
        return [one for one, saved in self._saved(locale).items() if saved.id < made]

    def parents(self, locale: Tag) -> Mapping[int, int | None]:
        """Return what each revision in a locale was made from."""
        return {number: saved.parent for number, saved in self._saved(locale).items()}

    def minor(self, locale: Tag, number: int, at: datetime) -> bool:
        """Tell whether a revision that went live then left translations current: its last publication until then."""
        of_it = select(DbPublication.minor).where(DbPublication.revision_id == self.revision(locale, number).id)
        newest = self._session.scalar(of_it.where(DbPublication.at <= at).order_by(DbPublication.id.desc()).limit(1))
        return bool(newest)

    def source(self, facts: int | None) -> Tag:
        """Return the language of the source text by a revision of the facts; before there were any, by the first."""
        if facts not in self._sources:
            self._sources[facts] = self._source(facts)
        return self._sources[facts]

    def _source(self, facts: int | None) -> Tag:
        numbers = self._saved(NO_LANGUAGE)
        if self.is_catalogue or not numbers:
            return self._document.source
        text = numbers[facts if facts is not None else min(numbers)].text
        try:
            return read_facts(text, path=str(self._document.full_name)).source
        except BadText:  # an older build could read it
            return self._document.source

    def _saved(self, locale: Tag) -> Mapping[int, _Saved]:
        if locale not in self._rows:
            self._rows[locale] = self._looked_up(locale)
        return self._rows[locale]

    def _looked_up(self, locale: Tag) -> Mapping[int, _Saved]:
        columns = select(DbRevision.id, DbRevision.number, DbRevision.parent_id, DbRevision.digest)
        of_text = columns.where(DbRevision.translation_id == self._translations.get(locale)).order_by(DbRevision.id)
        rows = self._session.execute(of_text).all()
        numbers: dict[int | None, int] = {row.id: row.number for row in rows}
        return {
            row.number: _Saved(
                session=self._session, document=self._document, locale=locale, id=row.id,
                parent=numbers.get(row.parent_id), digest=row.digest,
            )
            for row in rows
        }  # fmt: skip
