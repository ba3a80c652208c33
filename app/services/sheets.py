"""A translation on a sheet beside its source: what a form shows, and what is saved of what somebody typed there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotAllowed
from app.domain.locales import language
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, BasedOn, Origin, Segment, SegmentMap, Tag
from app.domain.side_by_side import Row, Typed, carried, rows, typed_into
from app.domain.translations import Status
from app.formats.blocks import UNTRANSLATED
from app.formats.choice import format_of, parse
from app.formats.po_check import check
from app.formats.po_entry import Entry
from app.formats.po_update import begin
from app.services import corrections, revisions, transitions
from app.services.histories import segments_of
from app.services.revisions import Saved
from app.services.segment_maps import revision_named
from app.services.texts import find_revision, held_or_begun, require_document
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_SUBMITTED = frozenset({Status.IN_REVIEW, Status.APPROVED})
_EMPTY = "---\ntitle:\n---\n"

_MARKS: Final = {"bullet": "- ", "ordered": "1. "}

NO_TEXT: Final = 0
"""Stands for the revision of a sheet that was shown while the text had none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """What a sheet was made from, by number: the revision that somebody changes (or `NO_TEXT`), and the source's."""

    revision: int | None = None
    source: Tag | None = None
    source_revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows to be filled in. `messages` are those of a catalogue, by key, and `forms` how many a plural has there."""

    document: DocumentName
    locale: Tag
    source: Tag
    base: DbRevision | None
    from_text: DbRevision | None
    rows: tuple[Row, ...]
    messages: Mapping[str, Entry]
    forms: int = 1
    origin: Origin = Origin.HUMAN

    @property
    def bases(self) -> Bases:
        """Return by what numbers this very sheet is made again."""
        return Bases(
            revision=self.base.number if self.base else NO_TEXT,
            source=self.source,
            source_revision=self.from_text.number if self.from_text else None,
        )

    @property
    def stale(self) -> bool:
        """Tell whether something of the source reads otherwise than when it was translated, came later, or is gone."""
        return self.base is not None and any(row.stale or row.gone or row.target is None for row in self.rows)


_NOW: Final = Bases()


def sheet(session: Session, name: DocumentName, locale: Tag, bases: Bases = _NOW, *, live: bool = False) -> Sheet:
    """Return a text beside its source: as it is now (`live`: as readers see it), or from the revisions that are named.

    NotFound for a document or revision that there is none of; NotAllowed for facts and templates.
    """
    document = require_document(session, name)
    if locale == NO_LANGUAGE:
        raise NotAllowed(saying("this is no text in a language"))
    translation = document.text_in(locale)
    base = _base(session, translation, bases.revision, live=live)
    based_on = base.segment_map.based_on if base else None
    source = NO_LANGUAGE if name.kind is Kind.CATALOGUE else bases.source or (based_on and based_on.locale)
    beside = _beside(session, document, locale, source or document.source, bases.source_revision)
    made_from = revision_named(session, translation, based_on) if translation and based_on else None
    target = segments_of(translation, base) if translation and base else ()
    shown = rows(
        segments_of(*beside) if beside else (),
        target,
        base.segment_map if base else SegmentMap(rows=()),
        segments_of(*made_from) if made_from else (),
    )
    template = beside[1].text if beside and name.kind is Kind.CATALOGUE else ""
    own = base.text if base else begin(template, language(locale)) if template else ""
    catalogue = check(own, path="") if own and name.kind is Kind.CATALOGUE else None
    entries = [*(check(template, path="").messages if template else ()), *(catalogue.messages if catalogue else ())]
    return Sheet(
        document=name,
        locale=locale,
        source=beside[0].locale if beside else document.source,
        base=base,
        from_text=beside[1] if beside else None,
        rows=shown,
        messages={entry.key: entry for entry in entries},
        forms=catalogue.forms if catalogue else 1,
        origin=base.segment_map.origin if base else Origin.HUMAN,
    )


def _base(session: Session, translation: DbTranslation | None, number: int | None, *, live: bool) -> DbRevision | None:
    if translation is None or number == NO_TEXT:
        return None
    if number is not None:
        return find_revision(session, translation, number)
    found = translation.live_id if live else translation.head_id
    return session.get_one(DbRevision, found) if found is not None else None


def _beside(
    session: Session, document: DbDocument, locale: Tag, source: Tag, number: int | None
) -> tuple[DbTranslation, DbRevision] | None:
    """Return the text to translate from: by its number, or the newest that was submitted, else what is live."""
    text = document.text_in(source)
    if text is None or text.locale == locale:
        return None
    if number is not None:
        return text, find_revision(session, text, number)
    newest = text.head_id if text.status in _SUBMITTED or text.live_id is None else text.live_id
    return None if newest is None else (text, session.get_one(DbRevision, newest))


def save(
    session: Session,
    name: DocumentName,
    locale: Tag,
    actor: Actor,
    *,
    bases: Bases,
    typed: Mapping[int, Typed],
    current: bool = False,
    checked: bool = False,
) -> Saved:
    """Save what somebody typed into a sheet that was made from `bases`, by the places of its rows; the head is a draft.

    `current` says that all of it now renders the source beside it, `checked` that a person has read what a machine
    wrote. Refusals as `revisions.save`. In one transaction: the text itself if it is the first, revision and merge.
    """
    translation = held_or_begun(session, name, locale)
    transitions.lock(session, translation)
    shown = sheet(session, name, locale, bases)
    base = shown.base or _begun(session, translation, shown, actor)
    text = _written(shown, typed, current=current, checked=checked)
    return revisions.save(session, translation, text, actor, base=base, path=translation.subject)


def _begun(session: Session, translation: DbTranslation, shown: Sheet, actor: Actor) -> DbRevision | None:
    """Return the empty sheet as a revision, which is the first: two who begin at once both begin from it."""
    empty = _written(shown, {})
    if translation.head_id is None:
        return revisions.save(session, translation, empty, actor, base=None, path=translation.subject).head
    first = find_revision(session, translation, 1)
    digest = format_of(shown.document.kind, shown.locale).digest(empty)
    named = parse(shown.document.kind, shown.locale, empty, path=translation.subject).header.based_on
    same = first.digest == digest and str(first.segment_map.based_on) == str(named)
    return first if same else None


def correct(
    session: Session,
    name: DocumentName,
    locale: Tag,
    actor: Actor,
    *,
    bases: Bases,
    typed: Mapping[int, Typed],
    minor: bool,
    comment: str,
) -> Saved:
    """Mend what readers see by what somebody typed into its sheet, as `corrections.correct`."""
    translation = held_or_begun(session, name, locale)
    transitions.lock(session, translation)
    shown = sheet(session, name, locale, bases)
    if shown.base is None:
        raise NotAllowed(saying("nothing is live"))
    text = _written(shown, typed)
    return corrections.correct(session, translation, text, actor, live=shown.base, minor=minor, comment=comment)


def onto_live(
    session: Session, name: DocumentName, locale: Tag, bases: Bases, typed: Mapping[int, Typed]
) -> tuple[Sheet, Mapping[int, Typed]]:
    """Return the sheet of what readers see by now, and what somebody changed on an older one by its places there.

    What has no place there any more is behind its last row.
    """
    shown = sheet(session, name, locale, bases)
    now = sheet(session, name, locale, replace(bases, revision=None), live=True)
    if now.base is None or now.base is shown.base:
        return shown, typed
    return now, carried(shown.rows, now.rows, typed)


def _written(shown: Sheet, typed: Mapping[int, Typed], *, current: bool = False, checked: bool = False) -> str:
    """Return the text that somebody typed."""
    kind, locale = shown.document.kind, shown.locale
    text = _composed(shown, [_listed(one) for one in typed_into(shown.rows, typed, begun=shown.base is None)])
    header = parse(kind, locale, text, path=f"{shown.document}@{locale}").header
    if shown.from_text is not None and (current or shown.base is None) and kind is not Kind.CATALOGUE:
        header = replace(header, based_on=BasedOn(locale=shown.source, digest=shown.from_text.digest))
    if checked:
        header = replace(header, origin=Origin.HUMAN)
    return format_of(kind, locale).with_header(text, header)


def _listed(segment: Segment) -> Segment:
    """Return a segment as it is; a hole in a list as an item of it, so that the list stays one."""
    mark = _MARKS.get(segment.kind, "") if not segment.text else ""
    return replace(segment, text=mark + UNTRANSLATED) if mark else segment


def _composed(shown: Sheet, segments: Sequence[Segment]) -> str:
    kind, from_text = shown.document.kind, shown.from_text
    template = from_text.text if from_text is not None and kind is Kind.CATALOGUE else ""
    if shown.base is not None:
        text = shown.base.text
    elif kind is Kind.CATALOGUE:
        text = begin(template, language(shown.locale), path=str(shown.document))
    else:
        text = _EMPTY
    return format_of(kind, shown.locale).compose(text, segments, donor=template)
