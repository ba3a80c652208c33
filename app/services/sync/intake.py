"""A changed file comes in: as a first text, a new head, a correction of what is live, or by merge."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.segments import NO_LANGUAGE
from app.domain.translations import Action, Status
from app.formats.charset import decode as decode_catalogue
from app.formats.choice import parse
from app.formats.encoding import decode as decode_article
from app.formats.facts import read_facts
from app.services import revisions, transitions
from app.services.sync.slots import Slot
from app.storage.texts import DbPublication, DbRevision, DbTranslation
from app.storage.tree import Found

_STEPS = (
    (Status.DRAFT, Action.SUBMIT, "in review"),
    (Status.IN_REVIEW, Action.APPROVE, "approved"),
    (Status.APPROVED, Action.PUBLISH, "published"),
)
_RANK = {"draft": 0, "in review": 1, "approved": 2, "published": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file: the revision that holds it word for word, and what has to be said about it."""

    revision: DbRevision
    problems: tuple[Problem, ...] = ()


def decode(slot: Slot, found: Found) -> str:
    """Return a file as text. BadText, with the line, for one that isn't text."""
    if slot.document.kind is Kind.CATALOGUE:
        return decode_catalogue(found.raw, path=found.path)
    return decode_article(found.raw, path=found.path)


def take_in(
    session: Session,
    translation: DbTranslation,
    slot: Slot,
    found: Found,
    actor: Actor,
    *,
    base: DbRevision | None,
    facts: Facts | None,
) -> Taken:
    """Bring a file's text into the database; `base` is the revision that file and database last agreed on.

    BadText, and nothing has changed, if it cannot be used. In one transaction with what it causes: revision, merge,
    transitions asked for, publication, projection.
    """
    text = decode(slot, found)
    if slot.locale == NO_LANGUAGE and slot.document.kind is not Kind.CATALOGUE:
        usable_facts(slot, text)
    parsed = parse(slot.document.kind, slot.locale, text, path=found.path)
    transitions.lock(session, translation)
    problems = list(parsed.warnings)
    live = session.get_one(DbRevision, translation.live_id) if translation.live_id else None
    if slot.draft or live is None:
        saved = revisions.save(session, translation, text, actor, base=base or live, path=found.path)
        incoming = saved.incoming
        problems += _merged(found.path, saved)
        asked = _asked(slot, parsed.header.status)
        if live is None and _was_live(session, translation):
            asked = "draft"
            reason = "was withdrawn from readers; it goes live again by `tilmash transition`, and not by a save"
            problems.append(Problem(path=found.path, line=0, reason=reason))
        if not saved.merged:
            problems += _advance(session, translation, incoming, asked, actor, path=found.path, facts=facts)
    elif base is live:
        incoming, said = _correct(session, translation, text, actor, live=live, path=found.path)
        problems += said
    else:
        saved = revisions.save(session, translation, text, actor, base=base, path=found.path)
        incoming = saved.incoming
        problems += _merged(found.path, saved)
    return Taken(revision=incoming, problems=tuple(problems))


def usable_facts(slot: Slot, text: str) -> Facts:
    """Return what an `item.toml` says. BadText if it cannot be read, or if a news item has no date to stand under."""
    facts = read_facts(text, path=slot.path)
    if slot.document.kind is Kind.NEWS and facts.date is None:
        reason = "has no date: a news item has one, as in date = 2026-03-18T19:25:00+05:00"
        raise BadText(Problem(path=slot.path, line=0, reason=reason))
    return facts


def _was_live(session: Session, translation: DbTranslation) -> bool:
    published = select(DbPublication.id).where(DbPublication.translation_id == translation.id).limit(1)
    return session.scalar(published) is not None


def _asked(slot: Slot, written: str | None) -> str:
    """Return the status that a file asks for. A template has no workflow, and facts go live with the source."""
    if slot.locale != NO_LANGUAGE:
        return written or "draft"
    return "published" if slot.document.kind is Kind.CATALOGUE else "draft"


def _merged(path: str, saved: revisions.Saved) -> Iterator[Problem]:
    if saved.suggestions:
        reason = (
            f"was changed here and in the database; {saved.suggestions} segments of the file are kept as suggestions"
        )
        yield Problem(path=path, line=0, reason=reason)


def _advance(
    session: Session,
    translation: DbTranslation,
    revision: DbRevision,
    asked: str,
    actor: Actor,
    *,
    path: str,
    facts: Facts | None,
) -> Iterator[Problem]:
    """Take the transitions that lead to the status a file asks for; where the table refuses, say why and stay.

    With `publish-at` in the facts what is approved is to be published: at that time, or now if it has passed.
    """
    due = facts.publish_at if facts else None
    if due is not None and asked == "approved":
        asked = "published"
    for status, action, reached in _STEPS:
        if _RANK[asked] < _RANK[reached] or translation.status is not status:
            continue
        scheduled = action is Action.PUBLISH and due is not None and due > datetime.now(UTC)
        wanted = Action.SCHEDULE if scheduled else action
        try:
            transitions.take(session, translation, wanted, actor, revision=revision, due=due if scheduled else None)
        except NotAllowed as refusal:
            yield Problem(
                path=path, line=0, reason=f"asks to be {asked} and stays {translation.status}: {refusal.reason}"
            )
            return
        except BadText as refusal:
            for problem in refusal.problems:
                reason = f"asks to be {asked} and stays {translation.status}: {problem.reason}"
                yield Problem(path=path, line=problem.line, reason=reason)
            return


def _correct(
    session: Session, translation: DbTranslation, text: str, actor: Actor, *, live: DbRevision, path: str
) -> tuple[DbRevision, list[Problem]]:
    """Mend what is live, then merge the mended text into the head; a draft does not go out with it."""
    incoming = revisions.store(session, translation, text, actor, base=live, path=path)
    before = translation.head_id
    said: list[Problem] = []
    mechanical = incoming.digest == live.digest
    try:
        transitions.take(session, translation, Action.CORRECT, actor, revision=incoming, minor=mechanical)
    except NotAllowed as refusal:
        said.append(Problem(path=path, line=0, reason=f"is kept as a draft and not published: {refusal.reason}"))
    except BadText as refusal:
        said += (
            Problem(path=path, line=problem.line, reason=f"is kept as a draft and not published: {problem.reason}")
            for problem in refusal.problems
        )
    saved = revisions.bring_in(session, translation, incoming, actor, base=live)
    said += _merged(path, saved)
    if translation.live_id != incoming.id or (saved.merged and saved.head.id != before):
        translation.status = Status.DRAFT
    session.flush()
    return incoming, said
