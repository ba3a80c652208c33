"""The one way to change a status or what is live, and what a standing order makes of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.people import Actor
from app.domain.translations import Action
from app.services import releases, steps
from app.storage.texts import DbRevision, DbTranslation

lock = steps.lock

_CARRIED_ON = frozenset({Action.APPROVE, Action.PUBLISH, Action.SCHEDULE, Action.CORRECT})
"""What others of the document may have waited for."""


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

    Who withdraws a text ends the order: what was taken from readers must not come back by somebody's next approval.
    """
    steps.take(session, translation, action, actor, revision=revision, comment=comment, minor=minor, due=due)
    if action in _CARRIED_ON:
        releases.carry_on(session, translation.document, minor=minor)
    elif action is Action.WITHDRAW:
        releases.revoke(session, translation.document, actor, reason=action)
