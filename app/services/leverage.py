"""What the memory knew of a translation when it was submitted; the journal keeps it, since the memory goes on."""

import json
from collections.abc import Mapping
from typing import Final

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
from app.storage.journal import DbEvent
from app.storage.memory_matches import matches
from app.storage.texts import DbRevision, DbTranslation

MOST: Final = 200
"""How many segments of a submission are looked up, the first ones: nobody waits for those of a large catalogue."""

_EXACT = 100  # of a match that has the same source text


def known(session: Session, translation: DbTranslation, revision: DbRevision, actor: Actor) -> dict[str, int]:
    """Return how many source `words` are submitted, and of how many the memory had the same or something like it.

    Of what is submitted at the desk, and reads otherwise than what was submitted last; nothing of a source text.
    """
    if actor.channel is not Channel.DESK or translation.is_source or not translation.is_language:
        return {}
    source, texts = _sources(session, translation, revision)
    last = _last_submitted(session, translation)
    before = {one.key: one.text for one in segments_of(translation, last)} if last is not None else {}
    changed = [one for one in segments_of(translation, revision) if before.get(one.key) != one.text]
    counted = {"words": 0, "exact": 0, "near": 0}
    for one in [one for one in changed if one.kind not in WORDLESS and texts.get(one.key, "").strip()][:MOST]:
        text = texts[one.key]
        many, but = words(text), (translation.id, one.key)
        best = matches(session, text=text, source=source, target=translation.locale, but=but, most=1)
        counted["words"] += many
        if best:
            counted["exact" if best[0].score == _EXACT else "near"] += many
    return counted


def _sources(session: Session, translation: DbTranslation, revision: DbRevision) -> tuple[Tag, Mapping[Key, str]]:
    """Return the language that a text was made from, and what each of its segments renders."""
    rows = revision.segment_map.rows
    if translation.document.kind is Kind.CATALOGUE:
        return MSGIDS, {row.key: row.key.rpartition("\x04")[2] for row in rows}
    based_on = revision.segment_map.based_on
    language = based_on.locale if based_on is not None else translation.document.source
    text = translation.document.text_in(language)
    if text is None or text.head_id is None:
        return language, {}
    named = select(DbRevision).where(DbRevision.translation_id == text.id).order_by(DbRevision.id.desc()).limit(1)
    made_from = None
    if based_on is not None:
        made_from = session.scalar(named.where(DbRevision.digest.startswith(based_on.digest, autoescape=True)))
    source: Mapping[Key, Segment] = {
        one.key: one for one in segments_of(text, made_from or session.get_one(DbRevision, text.head_id))
    }
    return language, {row.key: "\n\n".join(source[key].text for key in row.sources if key in source) for row in rows}


def _last_submitted(session: Session, translation: DbTranslation) -> DbRevision | None:
    told = select(DbEvent.details).where(DbEvent.subject == translation.subject, DbEvent.action == Action.SUBMIT)
    details = session.scalar(told.order_by(DbEvent.number.desc()).limit(1))
    if details is None:
        return None
    number = json.loads(details).get("revision")
    of_text = select(DbRevision).where(DbRevision.translation_id == translation.id, DbRevision.number == number)
    return session.scalar(of_text)
