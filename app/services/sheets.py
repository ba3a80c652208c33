"""A translation on a sheet beside its source: what a form shows, and what is saved of what somebody typed there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotAllowed
from app.domain.locales import language
from app.domain.other_sources import as_before, turned
from app.domain.people import Actor
from app.domain.renderings import Written
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, BasedOn, Key, Origin, Segment, SegmentMap, Tag
from app.domain.side_by_side import Row, Typed, carried, changed_in, renderings, rows, typed_into
from app.domain.site import MSGIDS
from app.formats.blocks import UNTRANSLATED
from app.formats.choice import format_of, parse, said_by
from app.formats.message_pairs import forms_of
from app.formats.plural_forms import GERMANIC, PluralRule
from app.formats.po_check import check
from app.formats.po_entry import Entry
from app.formats.po_update import begin
from app.services import corrections, revisions, transitions
from app.services.apart import require_apart
from app.services.histories import segments_of
from app.services.revisions import Saved
from app.services.segment_maps import beside_another, newest_of, revision_named
from app.services.texts import find_revision, held_or_begun, require_document
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.unfilled import unfilled

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
    """Rows to be filled in. `messages` are those of a catalogue, by key, and `plurals` how its language counts.

    `instead` is what the map says of this source, where the text was made from another language: then nobody knows what
    changed since, and no row is called so. `unfilled` are key and form of what a page could not be made with.
    """

    document: DocumentName
    locale: Tag
    source: Tag
    base: DbRevision | None
    from_text: DbRevision | None
    rows: tuple[Row, ...]
    messages: Mapping[str, Entry]
    plurals: PluralRule = GERMANIC
    origin: Origin = Origin.HUMAN
    instead: SegmentMap | None = None
    unfilled: frozenset[tuple[str, str]] = frozenset()

    @property
    def bases(self) -> Bases:
        """Return by what numbers this very sheet is made again."""
        return Bases(
            revision=self.base.number if self.base else NO_TEXT,
            source=self.source,
            source_revision=self.from_text.number if self.from_text else None,
        )

    @property
    def source_language(self) -> Tag:
        """Return the language of the source's words: of a catalogue that of its msgids."""
        return MSGIDS if self.source == NO_LANGUAGE else self.source

    @property
    def stale(self) -> bool:
        """Tell whether something of the source reads otherwise than when it was translated, came later, or is gone.

        Of another source than it was translated from that may be.
        """
        others = any(row.stale or row.gone or row.target is None for row in self.rows)
        return self.base is not None and (others or self.instead is not None)


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
    instead = _instead(session, document, base.segment_map, beside) if base and beside else None
    shown = rows(
        segments_of(*beside) if beside else (),
        target,
        instead or (base.segment_map if base else SegmentMap(rows=())),
        segments_of(*made_from) if made_from else (),
    )
    if instead is not None:
        shown = tuple(replace(row, stale=False, before=(), gone=False) for row in shown)
    template = beside[1].text if beside and name.kind is Kind.CATALOGUE else ""
    own = base.text if base else begin(template, language(locale)) if template else ""
    catalogue = check(own, path="") if own and name.kind is Kind.CATALOGUE else None
    entries = [*(check(template, path="").messages if template else ()), *(catalogue.messages if catalogue else ())]
    return Sheet(
        document=name, locale=locale, source=beside[0].locale if beside else document.source, base=base,
        from_text=beside[1] if beside else None, rows=shown,
        messages={entry.key: entry for entry in entries},
        plurals=(catalogue.plurals if catalogue else None) or GERMANIC,
        origin=base.segment_map.origin if base else Origin.HUMAN, instead=instead,
        unfilled=unfilled(session, name.name, forms_of(own, path="")) if catalogue else frozenset(),
    )  # fmt: skip


def _instead(
    session: Session, document: DbDocument, segments: SegmentMap, beside: tuple[DbTranslation, DbRevision]
) -> SegmentMap | None:
    """Return what a map says of the text beside it, if that is in another language than it was made from."""
    source = beside[0].locale
    made_from = segments.based_on.locale if segments.based_on is not None else document.source
    another = made_from != source and document.kind is not Kind.CATALOGUE
    return beside_another(session, document, segments, beside) if another else None


def beside(session: Session, name: DocumentName, locale: Tag, source: str) -> DbRevision | None:
    """Return what a sheet beside this source language would be translated from, None where there is nothing."""
    document = require_document(session, name)
    tag = NO_LANGUAGE if name.kind is Kind.CATALOGUE else Tag(source)
    found = _beside(session, document, locale, tag, None)
    return found[1] if found is not None else None


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
    newest = newest_of(text)
    return None if newest is None else (text, session.get_one(DbRevision, newest))


def save(
    session: Session,
    name: DocumentName,
    locale: Tag,
    actor: Actor,
    *,
    bases: Bases,
    typed: Mapping[Key, Typed],
    current: bool = False,
    checked: bool = False,
    follows: bool = True,
) -> Saved:
    """Save what somebody typed into a sheet that was made from `bases`, by the keys of its rows; the head is a draft.

    What they changed or called right was made from the source beside it; without `follows` from what it was made from
    before. If that source is in another language than the text was made from, the text is one made from it from now on,
    and its other segments are as current as what they were made from is. `current` says the former of all of it,
    `checked` that a person has read what a machine wrote. Refusals as
    `revisions.save`. In one transaction: the text itself if it is the first, revision and merge.
    """
    translation = held_or_begun(session, name, locale)
    transitions.lock(session, translation)
    shown = sheet(session, name, locale, bases)
    base = shown.base or _begun(session, translation, shown, actor)
    text, made = written(shown, typed, current=current, checked=checked, follows=follows)
    return revisions.save(session, translation, text, actor, base=base, path=translation.subject, written=made)


def _begun(session: Session, translation: DbTranslation, shown: Sheet, actor: Actor) -> DbRevision | None:
    """Return the empty sheet as a revision, which is the first: two who begin at once both begin from it."""
    if translation.head_id is not None:
        return first_of(session, translation, shown)
    empty, made = written(shown, {})
    return revisions.save(session, translation, empty, actor, base=None, path=translation.subject, written=made).head


def first_of(session: Session, translation: DbTranslation, shown: Sheet) -> DbRevision | None:
    """Return the first revision of a text, if it is this empty sheet; else None."""
    empty, _ = written(shown, {})
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
    typed: Mapping[Key, Typed],
    minor: bool,
    comment: str,
) -> Saved:
    """Mend what readers see by what somebody typed into its sheet, as `corrections.correct`.

    Words that were changed are theirs; what they were made from stays as it was, since a slip is no new translation.
    """
    translation = held_or_begun(session, name, locale)
    transitions.lock(session, translation)
    shown = sheet(session, name, locale, bases)
    if shown.base is None:
        raise NotAllowed(saying("nothing is live"))
    text, made = written(shown, changed_in(shown.rows, typed), follows=False)
    return corrections.correct(
        session, translation, text, actor, live=shown.base, minor=minor, comment=comment, written=made
    )


def onto_live(
    session: Session, name: DocumentName, locale: Tag, bases: Bases, typed: Mapping[Key, Typed]
) -> tuple[Sheet, Mapping[Key, Typed]]:
    """Return the sheet of what readers see by now, and what somebody changed on an older one by its keys there.

    What has no place there any more keeps the key that it had.
    """
    shown = sheet(session, name, locale, bases)
    now = sheet(session, name, locale, replace(bases, revision=None), live=True)
    if now.base is None or now.base is shown.base:
        return shown, typed
    return now, carried(shown.rows, now.rows, typed)


def written(
    shown: Sheet, typed: Mapping[Key, Typed], *, current: bool = False, checked: bool = False, follows: bool = True
) -> tuple[str, Written]:
    """Return the text that somebody typed, and what is known of its segments."""
    kind, locale, path = shown.document.kind, shown.locale, f"{shown.document}@{shown.locale}"
    begun, known = shown.base is None, shown.base.segment_map if shown.base is not None else SegmentMap(rows=())
    segments = typed_into(shown.rows, typed, begun=begun)
    text = composed(shown, [_listed(one) for one in segments])
    if typed and kind is not Kind.CATALOGUE:
        before = [row.target for row in shown.rows if row.target is not None]
        require_apart(segments, before, parse(kind, locale, text, path=path).segments, path=path)
    text = said_by(kind, locale, text, known, path=path)
    rows = renderings(shown.rows, typed, begun=begun, follows=follows)
    turns = shown.instead is not None and follows and (current or bool(rows))
    if shown.from_text is not None and (current or begun or turns) and kind is not Kind.CATALOGUE:
        made_from = BasedOn(locale=shown.source, digest=shown.from_text.digest)
        text = said_by(kind, locale, text, replace(known, based_on=made_from), path=path)
    if shown.instead is not None and not turns:
        rows = as_before(rows, known)
    follows = follows and (shown.instead is None or turns)
    upto = shown.from_text.number if shown.from_text is not None and follows else None
    kept = turned(shown.rows, current=current) if turns else {}
    return text, Written(segments=segments, rows=rows, upto=upto, read=checked, kept=kept)


def _listed(segment: Segment) -> Segment:
    """Return a segment as it is; a hole in a list as an item of it, so that the list stays one."""
    mark = _MARKS.get(segment.kind, "") if not segment.text else ""
    return replace(segment, text=mark + UNTRANSLATED) if mark else segment


def composed(shown: Sheet, segments: Sequence[Segment]) -> str:
    """Return the text of a sheet with these segments instead of its own."""
    kind, from_text = shown.document.kind, shown.from_text
    template = from_text.text if from_text is not None and kind is Kind.CATALOGUE else ""
    if shown.base is not None:
        text = shown.base.text
    elif kind is Kind.CATALOGUE:
        text = begin(template, language(shown.locale), path=str(shown.document))
    else:
        text = _EMPTY
    return format_of(kind, shown.locale).compose(text, segments, donor=template)
