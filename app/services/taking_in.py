"""A file that came back becomes part of its text, or a suggestion to it, as somebody wishes."""

from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, Problem, Refusal
from app.domain.merge import Proposal, Reason
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import digest_of
from app.services import exchange, file_remarks, revisions, sheets, transitions
from app.services.arrivals import Arrival, Beside, Whole
from app.services.exchange import Taken, Wish
from app.services.texts import find_revision, held_or_begun
from app.storage.texts import DbTranslation

_TOLD: Final = 60
"""Letters that are told of words which are of no segment."""


def take(session: Session, arrived: Arrival, actor: Actor, wish: Wish) -> Taken:
    """Do with a file what somebody wishes: its words become the newest text, for review or not, or suggestions to it.

    What of it cannot be part of the text is a suggestion in any case, with the reason, and what somebody says in it of
    a segment a comment. Refusals as `sheets.save`; NotAllowed for suggestions to what is not there. In one transaction:
    revision, merge, suggestions, the submission, comments; the file may have been laid beside its text before it, so
    that nobody else waits while a large one is read.
    """
    translation = held_or_begun(session, arrived.document, arrived.locale)
    transitions.lock(session, translation)
    if isinstance(arrived.file, Whole):
        taken = exchange.take_text(
            session, arrived.document, arrived.locale, arrived.file.text, actor, base=arrived.file.base,
            path=arrived.path, wish=wish,
        )  # fmt: skip
    else:
        taken = _typed(session, translation, arrived.file, actor, wish)
    more = _refused(session, arrived, translation, taken.incoming, actor)
    told = (
        Problem(path=arrived.path, line=one.line, reason=one.reason if one.key else f"{one.reason}: {one.text[:_TOLD]}")
        for one in arrived.refused
    )
    said = file_remarks.keep(session, translation, arrived.remarks, actor)
    problems = tuple(dict.fromkeys((*told, *arrived.problems, *taken.problems, *said.problems(arrived.path))))
    return replace(
        taken, suggestions=taken.suggestions + more, unfit=more, problems=problems, remarks=len(said.new),
        unsaid=len(said.refused),
    )  # fmt: skip


def _typed(session: Session, translation: DbTranslation, file: Beside, actor: Actor, wish: Wish) -> Taken:
    shown = file.sheet
    if wish is Wish.SUGGESTION:
        shown = sheets.sheet(session, shown.document, shown.locale, shown.bases)  # the file was read some time ago
        text, made = sheets.written(shown, file.typed)
        return exchange.suggested(
            session, translation, text, actor, base=shown.base, path=translation.subject, written=made
        )  # fmt: skip
    saved = sheets.save(session, shown.document, shown.locale, actor, bases=shown.bases, typed=file.typed)
    merged = saved.merged and saved.incoming.text != saved.head.text
    refusal: Refusal | None = None
    if wish is Wish.TRANSLATED and merged:
        refusal = NotAllowed(saying("others changed the text meanwhile: look at it, and hand it in then"))
    elif wish is Wish.TRANSLATED:
        refusal = exchange.submitted(session, translation, actor, saved)
    return Taken(
        head=saved.head.number, suggestions=saved.suggestions, merged=merged, refusal=refusal,
        incoming=saved.incoming.number,
    )  # fmt: skip


def _refused(session: Session, arrived: Arrival, translation: DbTranslation, incoming: int, actor: Actor) -> int:
    """Keep what cannot be part of the text as suggestions with their reasons; return how many are new."""
    if not incoming or not arrived.refused:
        return 0
    stood = {one.key: one.text for one in arrived.before}
    told = [
        (
            Proposal(key=one.key, base_digest=digest_of(stood.get(one.key, "")), text=one.text, reason=Reason.CHANGED),
            one,
        )
        for one in arrived.refused
        if one.key is not None and one.text.strip()
    ]
    reasons = {proposal: one.reason for proposal, one in told}
    revision = find_revision(session, translation, incoming)
    return revisions.suggest(session, translation, revision, [proposal for proposal, _ in told], actor, reasons=reasons)
