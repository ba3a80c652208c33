"""The one way to change a status or what is live, and what a standing order makes of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import releases, schedule, steps
from app.storage.texts import DbDocument, DbRevision, DbTranslation

lock = steps.lock

_CARRIED_ON = frozenset({Action.APPROVE, Action.PUBLISH, Action.SCHEDULE, Action.CORRECT})
"""What others of the document may have waited for."""

_ENDS_ORDERS = frozenset({Action.WITHDRAW, Action.UNSCHEDULE, Action.PUT_BACK})


def take(
    session: Session,
    translation: DbTranslation,
    action: Action,
    actor: Actor,
    *,
    revision: DbRevision | None = None,
    comment: str = "",
    minor: bool = False,
    due: datetime | None = None,
) -> None:
    """Take a transition as `steps.take`, then carry on the document's standing order, in the same transaction.

    Who withdraws a text, puts an earlier one back, or takes its time from it, ends the order: it must not come back by
    somebody's next approval.
    """
    steps.take(session, translation, action, actor, revision=revision, comment=comment, minor=minor, due=due)
    if action in _CARRIED_ON:
        releases.carry_on(session, translation.document)
    elif action in _ENDS_ORDERS:
        releases.revoke(session, translation.document, actor, reason=action)


def withdraw_all(session: Session, document: DbDocument, actor: Actor, *, comment: str = "") -> tuple[Tag, ...]:
    """Withdraw every language that readers see or that has a time to go live, in one transaction; return which.

    NotAllowed where there is none.
    """
    steps.lock_document(session, document)
    shown = [
        one for one in document.translations
        if one.is_language and (one.live_id is not None or schedule.waiting(session, one) is not None)
    ]  # fmt: skip
    if not shown:
        raise NotAllowed(saying("nothing is live"))
    for text in shown:
        take(session, text, Action.WITHDRAW, actor, comment=comment)
    return tuple(text.locale for text in shown)
