"""The status that a file asks for, and how far the workflow lets it get (decision 6)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.segments import NO_LANGUAGE
from app.domain.translations import Action, Status
from app.formats.text import Header
from app.services import transitions
from app.services.sync.slots import Slot
from app.storage.texts import DbRevision, DbTranslation

_STEPS = (
    (Status.DRAFT, Action.SUBMIT, "in review"),
    (Status.IN_REVIEW, Action.APPROVE, "approved"),
    (Status.APPROVED, Action.PUBLISH, "published"),
)
_RANK = {"draft": 0, "in review": 1, "approved": 2, "published": 3}


def asked(slot: Slot, header: Header, facts: Facts | None) -> str:
    """Return the status that a file asks for. A template has no workflow, and facts go live with the source.

    With `publish-at` in the facts what is approved is to be published.
    """
    if slot.locale == NO_LANGUAGE:
        return "published" if slot.document.kind is Kind.CATALOGUE else "draft"
    status = header.status or "draft"
    return "published" if status == "approved" and facts is not None and facts.publish_at is not None else status


def understates(said: str | None, status: str) -> bool:
    """Tell whether a file says less than has become of its text (empty: it has no status); silent, it says draft."""
    return _RANK[said or "draft"] < _RANK[status or "draft"]


def advance(
    session: Session,
    translation: DbTranslation,
    revision: DbRevision,
    wish: str,
    actor: Actor,
    *,
    path: str,
    due: datetime | None,
    minor: bool,
) -> Iterator[Problem]:
    """Take the transitions that lead to the status a file asks for; where the table refuses, say why and stay.

    What is to be published is so at `due` (aware), or at once if that has passed; what is live has nothing to wait for.
    """
    for status, action, reached in _STEPS:
        if _RANK[wish] < _RANK[reached] or translation.status is not status:
            continue
        scheduled = due if action is Action.PUBLISH and due is not None and due > datetime.now(UTC) else None
        if scheduled and revision.id == translation.live_id:
            return
        step = Action.SCHEDULE if scheduled else action
        try:
            transitions.take(session, translation, step, actor, revision=revision, minor=minor, due=scheduled)
        except (NotAllowed, BadText) as refusal:
            yield from because(f"asks to be {wish} and stays {translation.status}", refusal, path=path)
            return


def because(what: str, refusal: NotAllowed | BadText, *, path: str) -> Iterator[Problem]:
    """Yield what became of a file's wish, with the reason, or with each of them and its line."""
    if isinstance(refusal, NotAllowed):
        yield Problem(path=path, line=0, reason=f"{what}: {refusal.reason}")
        return
    for problem in refusal.problems:
        yield Problem(path=path, line=problem.line, reason=f"{what}: {problem.reason}")
