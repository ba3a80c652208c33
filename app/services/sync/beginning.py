"""A document begins with its first files."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import Side, allowed
from app.domain.segments import NO_LANGUAGE
from app.domain.translations import Action, Status
from app.services.sync.files import Files
from app.services.sync.intake import decode, usable_facts
from app.services.sync.moves import report
from app.services.sync.slots import Slot
from app.storage.texts import DbDocument
from app.storage.tree import Found


def begin(
    session: Session, name: DocumentName, actor: Actor, changed: Mapping[Slot, Found], files: Files
) -> DbDocument | None:
    """Return the document that these files begin; None, and it is told why, if they cannot."""
    if not files.present:
        return None
    try:
        allowed(Status.MISSING, Action.START, actor.roles, of=_side(name, changed))
    except NotAllowed as refusal:
        for slot in changed:
            files.leave_alone(slot, refusal)
        return None
    source = NO_LANGUAGE
    if name.kind is not Kind.CATALOGUE:
        facts = _facts(Slot(document=name, locale=NO_LANGUAGE), changed, files)
        if facts is None:
            return None
        source = facts.source
    document = DbDocument(
        kind=name.kind, name=name.name, source=source, created_at=datetime.now(UTC), translations=[]
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document


def _side(name: DocumentName, changed: Iterable[Slot]) -> Side:
    """Return who begins this document: a catalogue may begin with a translation, all else begins with its source."""
    no_template = name.kind is Kind.CATALOGUE and all(slot.locale != NO_LANGUAGE for slot in changed)
    return Side.TRANSLATION if no_template else Side.SOURCE


def _facts(slot: Slot, changed: Mapping[Slot, Found], files: Files) -> Facts | None:
    if slot.path not in files.present:
        reason = 'is missing; it says at least the language of the source text (source = "en")'
        report(files.tell, [Problem(path=slot.path, line=0, reason=reason)])
    if slot not in changed:
        return None
    try:
        return usable_facts(slot, decode(slot, changed[slot]))
    except BadText as refusal:
        files.refuse(slot, changed[slot], refusal)
        return None
