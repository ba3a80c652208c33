"""What the memory knew of a translation when it was submitted; the journal keeps it, since the memory goes on.

A submission leaves a question in the outbox, with how far the memory was. The worker answers it, however long the text
is: nobody waits for that, and no writing does.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.counting import words
from app.domain.documents import Kind
from app.domain.matches import WORDLESS
from app.domain.people import Actor, Channel
from app.domain.segments import Key, Segment, Tag
from app.domain.site import MSGIDS
from app.domain.translations import Action
from app.services.histories import segments_of
from app.storage import memory
from app.storage.journal import DbEvent, Event, note
from app.storage.memory_matches import matches
from app.storage.outbox import DbWork, held
from app.storage.texts import DbRevision, DbTranslation

RECALL: Final = "recall"
"""The kind of the work, and of the row of the journal that it leaves."""

_SLICE = 100
_EXACT = 100  # of a match that has the same source text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was submitted, by whom and when (UTC), after which revision (None: the first), by their identifiers.

    `upto` is the newest unit that the memory had then: what it learnt later it did not know.
    """

    translation: int
    revision: int
    before: int | None
    upto: int
    by: str
    at: datetime


_QUESTION = msgspec.json.Decoder(Question)  # made while the module is imported: see `storage.texts.MAP`


def ask(session: Session, translation: DbTranslation, revision: DbRevision, actor: Actor) -> None:
    """Leave the question to the worker, in the transaction of the submission, before its event is written.

    Of what is submitted at the desk; nothing of a source text.
    """
    if actor.channel is not Channel.DESK or translation.is_source or not translation.is_language:
        return
    now = datetime.now(UTC)
    asked = Question(
        translation=translation.id, revision=revision.id, before=_last_submitted(session, translation),
        upto=memory.newest(session), by=actor.name, at=now,
    )  # fmt: skip
    session.add(
        DbWork(kind=RECALL, subject=translation.subject, payload=msgspec.json.encode(asked).decode(), due_at=now)
    )
    session.flush()


def answer(session: Session, number: int, *, meanwhile: Callable[[], object]) -> Mapping[str, int]:
    """Return how many source `words` were submitted, and of how many the memory had the same or something like it.

    Of what reads otherwise than what was submitted before. A question is named by the number of its work; nothing is
    known of one that is answered. It only reads, and may take minutes: `meanwhile` is called after some segments each.
    """
    work = session.get(DbWork, number)
    if work is None:
        return {}
    asked = _QUESTION.decode(work.payload)
    translation = session.get_one(DbTranslation, asked.translation)
    revision = session.get_one(DbRevision, asked.revision)
    source, texts = _sources(session, translation, revision)
    last = session.get(DbRevision, asked.before) if asked.before is not None else None
    before = {one.key: one.text for one in segments_of(translation, last)} if last is not None else {}
    counted = {"words": 0, "exact": 0, "near": 0}
    for place, one in enumerate(segments_of(translation, revision), 1):
        if place % _SLICE == 0:
            meanwhile()
        text = texts.get(one.key, "")
        if before.get(one.key) == one.text or one.kind in WORDLESS or not text.strip():
            continue
        many, but = words(text), (translation.id, one.key)
        best = matches(session, text=text, source=source, target=translation.locale, but=but, most=1, upto=asked.upto)
        counted["words"] += many
        if best:
            counted["exact" if best[0].score == _EXACT else "near"] += many
    return counted


def keep(session: Session, number: int, answered: Mapping[str, int]) -> bool:
    """Let the journal say what was answered, in the name of who submitted, and forget the question; tell if it did.

    In one transaction, so that of two who answered one question the second says nothing.
    """
    work = held(session, number)
    if work is None:
        return False
    asked = _QUESTION.decode(work.payload)
    session.delete(work)
    revision = session.get_one(DbRevision, asked.revision)
    by = Actor(name=asked.by, channel=Channel.WORKER, roles=frozenset())
    said = Event.by(by, work.subject, RECALL, revision=revision.number, submitted=asked.at.isoformat(), **answered)
    note(session, said)
    return True


def _sources(session: Session, translation: DbTranslation, revision: DbRevision) -> tuple[Tag, Mapping[Key, str]]:
    """Return the language that a text was made from, and what each of its segments renders."""
    rows = revision.segment_map.rows
    if translation.document.kind is Kind.CATALOGUE:
        return MSGIDS, {row.key: row.key.rpartition("\x04")[2] for row in rows}
    based_on = revision.segment_map.based_on
    language = based_on.locale if based_on is not None else translation.document.source
    text = translation.document.text_in(language)
    if text is None:
        return language, {}
    of_text = select(DbRevision).where(DbRevision.translation_id == text.id).order_by(DbRevision.id.desc()).limit(1)
    made_from = None
    if based_on is not None:
        made_from = session.scalar(of_text.where(DbRevision.digest.startswith(based_on.digest, autoescape=True)))
    if made_from is None:
        made_from = session.scalar(of_text.where(DbRevision.id < revision.id))
    source: Mapping[Key, Segment] = {}
    if made_from is not None:
        source = {one.key: one for one in segments_of(text, made_from)}
    return language, {row.key: "\n\n".join(source[key].text for key in row.sources if key in source) for row in rows}


def _last_submitted(session: Session, translation: DbTranslation) -> int | None:
    told = select(DbEvent.details).where(DbEvent.subject == translation.subject, DbEvent.action == Action.SUBMIT)
    details = session.scalar(told.order_by(DbEvent.number.desc()).limit(1))
    if details is None:
        return None
    number = json.loads(details).get("revision")
    of_text = select(DbRevision.id).where(DbRevision.translation_id == translation.id, DbRevision.number == number)
    return session.scalar(of_text)
