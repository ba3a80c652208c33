"""A changed file comes in: as a first text, a new head, a correction of what is live, or by merge."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, Problem
from app.domain.people import Actor
from app.formats.charset import decode as decode_catalogue
from app.formats.choice import parse
from app.formats.encoding import decode as decode_article
from app.formats.facts import read_facts
from app.formats.half_merged import half_merged
from app.formats.text import Parsed
from app.services import revisions, transitions
from app.services.sync.corrections import correct
from app.services.sync.output import wanted
from app.services.sync.slots import Slot
from app.services.sync.wishes import advance, asked, understates
from app.storage.texts import DbPublication, DbRevision, DbTranslation
from app.storage.tree import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file: the revision that holds it word for word, and what has to be said about it.

    `problems` are those of the file as it is, said until it is another; `once` is what happened to it in this run.
    `stale` tells that the file has to be written anew although it holds that very revision: a mark in it is used up, or
    it says less of its status than is so, and a database made from it would lose that.
    """

    revision: DbRevision
    problems: tuple[Problem, ...] = ()
    once: tuple[Problem, ...] = ()
    stale: bool = False


def decode(slot: Slot, found: Found) -> str:
    """Return a file as text. BadText, with the line, for one that isn't text, and for one that is two at once."""
    if slot.document.kind is Kind.CATALOGUE:
        return decode_catalogue(found.raw, path=found.path)
    text = decode_article(found.raw, path=found.path)
    if line := half_merged(text):
        reason = "has the marks of a merge that was left half done: keep one of the two, or both as they should read"
        raise BadText(Problem(path=found.path, line=line, reason=reason))
    return text


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

    Nothing has changed after BadText, if it cannot be used, or NotAllowed, if the actor may not even edit. In one
    transaction with what it causes: revision, merge, transitions asked for, publication, projection.
    """
    text = decode(slot, found)
    if slot.is_facts:
        usable_facts(slot, text)
    parsed = parse(slot.document.kind, slot.locale, text, path=found.path)
    transitions.lock(session, translation)
    live = session.get_one(DbRevision, translation.live_id) if translation.live_id else None
    problems, once = list(parsed.warnings), list[Problem]()
    before = _status(translation, slot)
    if not slot.draft and live is not None and base is live:
        saved, once = correct(session, translation, text, actor, live=live, minor=parsed.header.minor, path=found.path)
    else:
        known = base or live if slot.draft else base
        saved = revisions.save(session, translation, text, actor, base=known, path=found.path)
        if slot.draft or live is None:
            problems += _asked_for(session, translation, slot, saved, actor, parsed=parsed, facts=facts)
    said, now = parsed.header.status, _status(translation, slot)
    if less := understates(said, now):
        meant = understates(said, before) and not _was_saved_before(session, saved.incoming, live, base)
        once += [_not_taken_back(slot, now)] if meant else []
    used_up = parsed.header.label is not None or (parsed.header.minor and translation.live_id == saved.incoming.id)
    once += _merged(found.path, saved)
    return Taken(revision=saved.incoming, problems=tuple(problems), once=tuple(once), stale=used_up or less)


def usable_facts(slot: Slot, text: str) -> Facts:
    """Return what an `item.toml` says. BadText if it cannot be read, or if a news item has no date to stand under."""
    facts = read_facts(text, path=slot.path)
    if slot.document.kind is Kind.NEWS and facts.date is None:
        reason = "has no date: a news item has one, as in date = 2026-03-18T19:25:00+05:00"
        raise BadText(Problem(path=slot.path, line=0, reason=reason))
    return facts


def _asked_for(
    session: Session,
    translation: DbTranslation,
    slot: Slot,
    saved: revisions.Saved,
    actor: Actor,
    *,
    parsed: Parsed,
    facts: Facts | None,
) -> Iterator[Problem]:
    """Do what a file asks for, unless others changed the text meanwhile; say what it does not get, and why."""
    if translation.live_id is None and _was_live(session, translation):
        reason = "was withdrawn from readers; it goes live again by `tilmash transition`, and not by a save"
        yield Problem(path=slot.path, line=0, reason=reason)
    elif not saved.merged:
        wish, due = asked(slot, parsed.header, facts), facts.publish_at if facts else None
        yield from advance(
            session, translation, saved.incoming, wish, actor, path=slot.path, due=due, minor=parsed.header.minor
        )  # fmt: skip


def _status(translation: DbTranslation, slot: Slot) -> str:
    want = wanted(translation, draft=slot.draft)
    return want.status if want is not None else ""


def _was_saved_before(session: Session, revision: DbRevision, *known: DbRevision | None) -> bool:
    """Tell whether a file had been saved before, word for word: what it says of itself was true then, and no wish."""
    same = select(DbRevision.id).where(
        DbRevision.translation_id == revision.translation_id, DbRevision.digest == revision.digest,
        DbRevision.text == revision.text, DbRevision.id < revision.id,
    )  # fmt: skip
    return revision in known or session.scalar(same.limit(1)) is not None


def _not_taken_back(slot: Slot, status: str) -> Problem:
    reason = f"stays {status}, and the file says so again: what takes a status back is `tilmash transition`"
    return Problem(path=slot.path, line=0, reason=reason)


def _was_live(session: Session, translation: DbTranslation) -> bool:
    published = select(DbPublication.id).where(DbPublication.translation_id == translation.id).limit(1)
    return session.scalar(published) is not None


def _merged(path: str, saved: revisions.Saved) -> Iterator[Problem]:
    if saved.suggestions:
        reason = (
            f"was changed here and in the database; {saved.suggestions} segments of the file are kept as suggestions"
        )
        yield Problem(path=path, line=0, reason=reason)
