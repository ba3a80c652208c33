"""Saving: every change names the revision it started from, and nothing that was typed is lost (idea 2 of the design).

An incoming text becomes a revision of its own, word for word. If what it started from is still the head, it is the new
head; if not, the three are merged by segment into a further revision, and what could not be merged is a suggestion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.alignment import carry, keyed_as
from app.domain.merge import Merged, Proposal, merge
from app.domain.merged_maps import Side, merged_map
from app.domain.people import Actor
from app.domain.permissions import allowed
from app.domain.renderings import Written
from app.domain.segments import SegmentMap, State
from app.domain.translations import Action, Status
from app.formats.choice import format_of, labelled, parse, said_by
from app.services import facts
from app.services.beginnings import began_from
from app.services.histories import segments_of
from app.services.remnants import require_whole
from app.services.segment_maps import in_one_language, map_of, renewed
from app.storage.journal import Event, note
from app.storage.reasons import kept
from app.storage.texts import DbRevision, DbSuggestion, DbTranslation, SuggestionState

NO_REASONS: Final[Mapping[Proposal, str]] = MappingProxyType({})
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a saved text: its own revision, the head afterwards, and how many segments are suggestions.

    `met` is who saved the head that it was merged into, empty if it was not; `took_back` tells that the text was in
    review until then.
    """

    incoming: DbRevision
    head: DbRevision
    suggestions: int = 0
    met: str = ""
    took_back: bool = False

    @property
    def merged(self) -> bool:
        """Tell whether somebody else had changed the text meanwhile."""
        return self.head is not self.incoming


def save(
    session: Session,
    translation: DbTranslation,
    text: str,
    actor: Actor,
    *,
    base: DbRevision | None,
    path: str,
    written: Written | None = None,
) -> Saved:
    """Save a text that was made from `base` (None: from nothing that we know). The head is a draft afterwards.

    `written` is what is known of it where it was written segment by segment.

    BadText, with `path` and lines, if it cannot be parsed; NotAllowed if the actor may not edit. The caller holds the
    lock on the translation (`transitions.lock`). A text equal to its base byte for byte adds nothing.
    """
    action = Action.START if translation.head_id is None else Action.EDIT
    row = allowed(translation.status, action, actor.roles, of=translation.side)
    before = translation.head_id
    incoming = store(session, translation, text, actor, base=base, path=path, written=written)
    saved = bring_in(session, translation, incoming, actor, base=base)
    mechanical = base is not None and saved.head is incoming and not _altered(base, incoming)
    was = translation.status
    if row.to is not None and translation.head_id != before and not mechanical:
        translation.status = row.to
    session.flush()
    return replace(saved, took_back=was is Status.IN_REVIEW and translation.status is not was)


def _altered(base: DbRevision, new: DbRevision) -> bool:
    """Tell whether words are other ones, or some need work that did not."""
    unsure = [{row.key for row in one.segment_map.rows if row.state is State.NEEDS_WORK} for one in (base, new)]
    return base.digest != new.digest or bool(unsure[1] - unsure[0])


def store(
    session: Session,
    translation: DbTranslation,
    text: str,
    actor: Actor,
    *,
    base: DbRevision | None,
    path: str,
    written: Written | None = None,
) -> DbRevision:
    """Keep a text as a revision beside the head; `bring_in` makes it the head or part of it. BadText as `save`."""
    text = labelled(translation.document.kind, translation.locale, text, None, path=path)
    if base is not None and base.text == text and written is None:
        return base
    new = parse(translation.document.kind, translation.locale, text, path=path)
    known = base or (session.get_one(DbRevision, translation.head_id) if translation.head_id else None)
    old = segments_of(translation, known) if known else ()
    require_whole(new, old, path=path)
    parent = known.digest if known else ""
    keyed = (
        carry(old, new.segments, parent=parent)
        if written is None
        else keyed_as(written.segments, new.segments, parent=parent)
    )
    segments = map_of(session, translation, new, keyed, base=known, written=written)
    if written is not None:
        if base is not None and keyed == old and segments == base.segment_map:
            return base
        text = said_by(translation.document.kind, translation.locale, text, segments, path=path)
    return _add(session, translation, text, segments=segments, actor=actor, parent=base)


def merged_onto(translation: DbTranslation, text: str, *, base: DbRevision, onto: DbRevision) -> str | None:
    """Return `onto` with what leads from `base` to a text; None where both changed a segment. BadText as `save`."""
    kind, locale, path = translation.document.kind, translation.locale, translation.subject
    old, new = segments_of(translation, base), parse(kind, locale, text, path=path)
    require_whole(new, old, path=path)
    merged = merge(old, segments_of(translation, onto), carry(old, new.segments, parent=base.digest))
    return None if merged.suggestions else format_of(kind, locale).compose(onto.text, merged.segments, donor=text)


def _add(
    session: Session,
    translation: DbTranslation,
    text: str,
    *,
    segments: SegmentMap,
    actor: Actor,
    parent: DbRevision | None,
) -> DbRevision:
    last = session.scalar(select(func.max(DbRevision.number)).where(DbRevision.translation_id == translation.id))
    revision = DbRevision(
        translation_id=translation.id,
        number=(last or 0) + 1,
        parent_id=parent.id if parent else None,
        text=text,
        digest=format_of(translation.document.kind, translation.locale).digest(text),
        author=actor.name,
        channel=actor.channel,
        created_at=datetime.now(UTC),
    )
    revision.segment_map = segments
    session.add(revision)
    session.flush()
    note(session, Event.by(actor, translation.subject, "save", revision=revision.number, digest=revision.digest))
    return revision


def bring_in(
    session: Session, translation: DbTranslation, incoming: DbRevision, actor: Actor, *, base: DbRevision | None
) -> Saved:
    """Make a stored revision the head if `base` still is, else merge it into the head. Statuses are the caller's."""
    head = session.get_one(DbRevision, translation.head_id) if translation.head_id else None
    if head is None:
        translation.status = Status.DRAFT
    suggestions, new, met = 0, incoming, ""
    if head is not None and head is not base:
        same = incoming.text == head.text and (base is None or incoming.segment_map == head.segment_map)
        if incoming is base or same:
            return Saved(incoming=incoming, head=head)
        met = head.author
        new, suggestions = _merge(session, translation, actor, base=base, head=head, incoming=incoming)
    translation.head_id = new.id
    if not translation.is_language:
        facts.follow(session, translation.document)
    return Saved(incoming=incoming, head=new, suggestions=suggestions, met=met)


def _merge(
    session: Session,
    translation: DbTranslation,
    actor: Actor,
    *,
    base: DbRevision | None,
    head: DbRevision,
    incoming: DbRevision,
) -> tuple[DbRevision, int]:
    """Return the revision that both make, and how many segments could not be merged and are suggestions."""
    ours, theirs = segments_of(translation, head), segments_of(translation, incoming)
    broken = parse(translation.document.kind, translation.locale, incoming.text, path=translation.subject).broken
    before = began_from(
        session, translation, base=base, head=head, theirs=theirs, broken=bool(broken), author=actor.name,
        sent=incoming,
    )  # fmt: skip
    merged = merge(before, ours, theirs)
    suggest(session, translation, incoming, merged.suggestions, actor)
    new = _merged_revision(session, translation, actor, base=base, head=head, incoming=incoming, merged=merged)
    return new, len(merged.suggestions)


def _merged_revision(
    session: Session,
    translation: DbTranslation,
    actor: Actor,
    *,
    base: DbRevision | None,
    head: DbRevision,
    incoming: DbRevision,
    merged: Merged,
) -> DbRevision:
    text_format = format_of(translation.document.kind, translation.locale)
    text = text_format.compose(head.text, merged.segments, donor=incoming.text)
    known = base.segment_map if base else SegmentMap(rows=())
    maps = in_one_language(session, translation, known, head.segment_map, incoming.segment_map)
    ours, theirs = (
        Side(segments=segments_of(translation, one), map=told)
        for one, told in zip((head, incoming), maps[1:], strict=True)
    )
    segments = merged_map(maps[0], ours, theirs, merged.segments)
    segments = renewed(session, translation, segments)
    if text == head.text and segments == head.segment_map:
        return head
    if translation.is_language:
        text = said_by(translation.document.kind, translation.locale, text, segments, path=translation.subject)
    return _add(session, translation, text, segments=segments, actor=actor, parent=head)


def suggest(
    session: Session,
    translation: DbTranslation,
    incoming: DbRevision,
    proposals: Iterable[Proposal],
    actor: Actor,
    *,
    reasons: Mapping[Proposal, str] = NO_REASONS,
) -> int:
    """Keep what of a stored revision has no place in the text, until somebody decides (`services.suggestions`).

    `reasons` say why something cannot stand there as it is. What is open already, by whomever, is kept once. Return how
    many are new.
    """
    waiting = select(DbSuggestion.key, DbSuggestion.text).where(
        DbSuggestion.translation_id == translation.id, DbSuggestion.state == SuggestionState.OPEN
    )
    known = {(key, text) for key, text in session.execute(waiting)}
    new = [one for one in proposals if (one.key, one.text) not in known]
    session.add_all(
        DbSuggestion(
            translation_id=translation.id,
            revision_id=incoming.id,
            key=one.key,
            base_digest=one.base_digest,
            text=one.text,
            reason=kept([reasons[one]], longest=LONGEST_REASON) if one in reasons else "",
            author=actor.name,
            channel=actor.channel,
            created_at=datetime.now(UTC),
        )
        for one in new
    )
    return len(new)
