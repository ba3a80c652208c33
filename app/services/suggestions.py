"""Decisions on what could not be merged: a suggestion is taken into the head, or declined. Readers see neither."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.merge import in_place_of, merge
from app.domain.people import Actor
from app.domain.permissions import allowed
from app.domain.said import Said, saying
from app.domain.segments import FIXED_KINDS, Key, Segment, State, Tag
from app.domain.side_by_side import FORMS
from app.domain.translations import Action
from app.formats.choice import format_of
from app.services import fact_changes, transitions
from app.services.histories import segments_of
from app.storage.journal import Event, note
from app.storage.texts import DbNote, DbRevision, DbSuggestion, DbTranslation, SuggestionState


def take(session: Session, number: int, actor: Actor, *, onto: Key | None = None, both: bool = False) -> DbRevision:
    """Put a suggestion into the newest text (`both`: behind what stands there) and return the new head, a draft.

    It replaces the segment `onto`, or if none is named the one that it was made for; where that is gone, the one that
    stands in its place. NotFound if there is no such suggestion; NotAllowed, and nothing changes, where it was decided
    on before, the actor may not edit, or no one segment can be told. In one transaction: revision, status, suggestion,
    events, and of facts what follows from them.
    """
    suggestion, translation = _held(session, number)
    head = session.get_one(DbRevision, translation.head_id)
    before = segments_of(translation, head)
    segments = _with(session, translation, suggestion, before, onto=onto)
    segments = _behind(before, segments) if both else segments
    text = format_of(translation.document.kind, translation.locale).compose(head.text, segments)
    saved = fact_changes.save(session, translation, text, actor, base=head)
    suggestion.state = SuggestionState.TAKEN
    _note(session, translation, suggestion, "take-suggestion", actor)
    return saved.head


def decline(session: Session, number: int, actor: Actor, *, comment: str = "") -> None:
    """Decline a suggestion; `comment` is kept with the revision that holds its words. Refusals as `take`."""
    suggestion, translation = _held(session, number)
    allowed(translation.status, Action.EDIT, actor.roles, of=translation.side)
    if comment.strip():
        kept = DbNote(
            translation_id=translation.id, revision_id=suggestion.revision_id or translation.head_id,
            action=Action.RETURN, author=actor.name, text=comment.strip(), at=datetime.now(UTC),
        )  # fmt: skip
        session.add(kept)
    suggestion.state = SuggestionState.DECLINED
    _note(session, translation, suggestion, "decline-suggestion", actor)


def locale(session: Session, number: int) -> Tag:
    """Return the language of the text that a suggestion is for. NotFound if there is no such suggestion."""
    suggestion = session.get(DbSuggestion, number)
    if suggestion is None:
        raise NotFound(saying("there is no suggestion %(number)s", number=number))
    return session.get_one(DbTranslation, suggestion.translation_id).locale


def _held(session: Session, number: int) -> tuple[DbSuggestion, DbTranslation]:
    """Return an open suggestion and its text, held until the transaction ends."""
    suggestion = session.get(DbSuggestion, number)
    if suggestion is None:
        raise NotFound(saying("there is no suggestion %(number)s", number=number))
    translation = session.get_one(DbTranslation, suggestion.translation_id)
    transitions.lock(session, translation)
    session.refresh(suggestion)
    if suggestion.state is not SuggestionState.OPEN:
        raise NotAllowed(_decided(number, suggestion.state))
    return suggestion, translation


def _decided(number: int, state: SuggestionState) -> Said:
    if state is SuggestionState.TAKEN:
        return saying("suggestion %(number)s was taken before", number=number)
    return saying("suggestion %(number)s was declined before", number=number)


def _with(
    session: Session,
    translation: DbTranslation,
    suggestion: DbSuggestion,
    ours: Sequence[Segment],
    *,
    onto: Key | None,
) -> Sequence[Segment]:
    """Return the segments with the suggested one: in its place, or if it is a new one in that which it had."""
    theirs = session.get_one(DbRevision, suggestion.revision_id) if suggestion.revision_id else None
    parent = session.get_one(DbRevision, theirs.parent_id) if theirs and theirs.parent_id else None
    base = segments_of(translation, parent) if parent else ()
    old, new = {one.key: one for one in base}, segments_of(translation, theirs) if theirs else ()
    known, key = {one.key for one in ours}, onto or suggestion.key
    if key not in known and onto is None and key not in old and any(one.key == key for one in new):
        return merge(base, ours, [old.get(one.key, one) for one in new if one.key in old or one.key == key]).segments
    if key not in known and key.startswith("fact:"):
        return [*ours, Segment(key=key, kind="fact", text=suggestion.text)]  # a fact has a place of its own
    if key not in known:
        key = _instead(suggestion, key, () if onto else in_place_of(key, base, ours))
    return [_replaced(suggestion, one) if one.key == key else one for one in ours]


def _instead(suggestion: DbSuggestion, key: Key, there: Sequence[Segment]) -> Key:
    """Return the one segment that stands where another stood; NotAllowed where it is not one."""
    if len(there) == 1:
        return there[0].key
    if there:
        reason = saying(
            "the text has no segment %(key)s: %(others)s stand in its place; name another, or suggestion %(number)s "
            "stays open",
            key=key, others=tuple(one.key for one in there), number=suggestion.id,
        )  # fmt: skip
    else:
        reason = saying(
            "the text has no segment %(key)s; name another, or suggestion %(number)s stays open",
            key=key, number=suggestion.id,
        )  # fmt: skip
    raise NotAllowed(reason)


def _behind(before: Sequence[Segment], after: Sequence[Segment]) -> list[Segment]:
    """Return the segments with what was replaced in front of what replaced it: somebody makes one text of both."""
    old = {one.key: one.text for one in before}
    return [_both(old.get(one.key, one.text), one) for one in after]


def _both(old: str, now: Segment) -> Segment:
    if now.text == old or not old.replace(FORMS, "").strip():
        return now
    forms = zip(old.split(FORMS), now.text.split(FORMS), strict=True)
    return replace(now, text=FORMS.join(between(now.kind).join(filter(str.strip, form)) for form in forms))


def between(kind: str) -> str:
    """Return what stands between two versions of a segment where somebody takes both: a paragraph each, or a line."""
    return " / " if kind in FIXED_KINDS else "\n\n"


def _replaced(suggestion: DbSuggestion, segment: Segment) -> Segment:
    forms, suggested = (text.count(FORMS) + 1 for text in (segment.text, suggestion.text))
    if segment.kind == "message" and forms != suggested:
        reason = saying(
            "%(key)s has %(forms)s forms, and suggestion %(number)s has %(suggested)s: it stays open",
            key=segment.key, forms=forms, number=suggestion.id, suggested=suggested,
        )  # fmt: skip
        raise NotAllowed(reason)
    return replace(segment, text=suggestion.text, state=State.DONE)


def _note(session: Session, translation: DbTranslation, suggestion: DbSuggestion, action: str, actor: Actor) -> None:
    session.flush()
    note(session, Event.by(actor, translation.subject, action, suggestion=suggestion.id))
