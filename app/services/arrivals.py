"""A file that came back, laid beside the text that it is of: what it would change is told before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotAllowed, Problem, Refusal
from app.domain.merge import Proposal, Reason, merge
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import Key, Tag, digest_of
from app.domain.side_by_side import FORMS, Typed, typed_into
from app.formats.bitext import Returned
from app.services import revisions, sheets, transitions
from app.services.bitexts import Refused, laid_beside
from app.services.exchange import Taken, Wish, submitted, suggested
from app.services.histories import segments_of
from app.services.sheets import NO_TEXT, Bases, Sheet, sheet
from app.services.texts import find_document, held_or_begun
from app.storage.texts import DbRevision, DbTranslation


class Fate(StrEnum):
    """What becomes of a segment of a file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A segment as the text has it, as the file says it, and what becomes of that; why, if it is refused."""

    key: Key | None
    fate: Fate
    now: str
    given: str
    line: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a file says, by the keys of the sheet that it was made from; `is_sure` tells that the file says which it is.

    Where it does not, it is laid beside the text of now, and nobody can tell what others changed meanwhile.
    """

    sheet: Sheet
    typed: Mapping[Key, Typed]
    refused: tuple[Refused, ...] = ()
    is_sure: bool = True
    problems: tuple[Problem, ...] = ()


def arrival(session: Session, returned: Returned, *, name: DocumentName, locale: Tag, path: str) -> Arrival:
    """Lay what came back beside the sheet of a text in a language.

    BadText for a file of another text or language, and for one that has nothing of this text; NotFound where it names
    revisions that there are none of.
    """
    said = returned.origins
    if said is not None and (said.document, said.locale) != (name, locale):
        reason = saying(
            "this file is of %(document)s in %(language)s: give it there",
            document=str(said.document), language=said.locale,
        )  # fmt: skip
        raise BadText(Problem(path=path, line=0, reason=reason))
    if said is None and returned.locale is not None and not _is_same(returned.locale, locale):
        reason = saying("this file is in another language: %(language)s", language=returned.locale)
        raise BadText(Problem(path=path, line=0, reason=reason))
    bases = Bases() if said is None else Bases(
        revision=said.revision or NO_TEXT, source=None if name.kind is Kind.CATALOGUE else said.source,
        source_revision=said.source_revision,
    )  # fmt: skip
    shown = sheet(session, name, locale, bases)
    laid = laid_beside(shown, returned)
    if returned.units and len([one for one in laid.refused if one.key is None]) == len(returned.units):
        reason = saying("nothing in this file is of this text")
        raise BadText(Problem(path=path, line=0, reason=reason))
    return Arrival(
        sheet=shown, typed=laid.typed, refused=laid.refused, is_sure=said is not None, problems=returned.problems
    )


def _is_same(one: Tag, other: Tag) -> bool:
    return one == other or one.partition("-")[0] == other.partition("-")[0]


def outlook(session: Session, arrived: Arrival) -> tuple[Outcome, ...]:
    """Return what would become of each segment that a file says something of, if it were taken now."""
    shown = arrived.sheet
    document = find_document(session, shown.document)
    text = document.text_in(shown.locale) if document is not None else None
    head = session.get_one(DbRevision, text.head_id) if text is not None and text.head_id else None
    before = [row.target for row in shown.rows if row.target is not None]
    theirs = typed_into(shown.rows, arrived.typed, begun=shown.base is None)
    ours = segments_of(text, head) if text is not None and head is not None else before
    merged = merge(before, ours, theirs)
    now, then = ({one.key: one.text for one in some} for some in (ours, merged.segments))
    conflicting = {one.key for one in merged.suggestions}
    outcomes = [
        Outcome(
            key=key, now=now.get(key, ""), given=FORMS.join(words.forms),
            fate=Fate.CONFLICTING if key in conflicting else
            Fate.UNCHANGED if now.get(key) == then.get(key) and not words.current else Fate.TAKEN,
        )
        for key, words in arrived.typed.items()
    ]  # fmt: skip
    refused = [
        Outcome(key=one.key, fate=Fate.REFUSED, now=now.get(one.key, "") if one.key else "", given=one.text,
                line=one.line, reason=one.reason)
        for one in arrived.refused
    ]  # fmt: skip
    return (*outcomes, *refused)


def take(session: Session, arrived: Arrival, actor: Actor, wish: Wish) -> Taken:
    """Do with a file what somebody wishes: its words become the newest text, for review or not, or suggestions to it.

    What of it cannot be part of the text is a suggestion in any case, with the reason. Refusals as `sheets.save`;
    NotAllowed for suggestions to what is not there. In one transaction: revision, merge, suggestions, the submission.
    """
    shown = arrived.sheet
    translation = held_or_begun(session, shown.document, shown.locale)
    transitions.lock(session, translation)
    if wish is Wish.SUGGESTION:
        text, made = sheets.written(shown, arrived.typed)
        taken = suggested(
            session, translation, text, actor, base=shown.base, path=translation.subject, written=made
        )  # fmt: skip
        incoming = shown.base
    else:
        saved = sheets.save(session, shown.document, shown.locale, actor, bases=shown.bases, typed=arrived.typed)
        incoming = saved.incoming
        merged = saved.merged and saved.incoming.text != saved.head.text
        refusal: Refusal | None = None
        if wish is Wish.TRANSLATED and merged:
            refusal = NotAllowed(saying("others changed the text meanwhile: look at it, and hand it in then"))
        elif wish is Wish.TRANSLATED:
            refusal = submitted(session, translation, actor, saved)
        taken = Taken(head=saved.head.number, suggestions=saved.suggestions, merged=merged, refusal=refusal)
    more = _refused(session, arrived, translation, incoming, actor)
    return replace(taken, suggestions=taken.suggestions + more, problems=arrived.problems)


def _refused(
    session: Session, arrived: Arrival, translation: DbTranslation, incoming: DbRevision | None, actor: Actor
) -> int:
    """Keep what cannot be part of the text as suggestions with their reasons; return how many are new."""
    if incoming is None:
        return 0
    rows = {row.key: row for row in arrived.sheet.rows}
    told = [
        (Proposal(key=one.key, base_digest=digest_of(rows[one.key].text), text=one.text, reason=Reason.CHANGED), one)
        for one in arrived.refused
        if one.key is not None and one.text.strip()
    ]
    reasons = {proposal: one.reason for proposal, one in told}
    return revisions.suggest(session, translation, incoming, [proposal for proposal, _ in told], actor, reasons=reasons)
