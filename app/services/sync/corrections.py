"""A live file was changed: what readers see is mended, or the text is kept as a draft and why is said."""

from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import allowed
from app.domain.translations import Action
from app.services import revisions, transitions
from app.services.corrections import follow
from app.services.revisions import Saved
from app.services.sync.wishes import because
from app.storage.texts import DbRevision, DbTranslation


def correct(
    session: Session, translation: DbTranslation, text: str, actor: Actor, *, live: DbRevision, minor: bool, path: str
) -> tuple[Saved, list[Problem]]:
    """Mend what is live, then merge the mended text into the head. Where that is refused it is a draft, and why.

    NotAllowed, and nothing has changed, if the actor may not even edit.
    """
    allowed(translation.status, Action.EDIT, actor.roles, of=translation.side)
    incoming = revisions.store(session, translation, text, actor, base=live, path=path)
    said: list[Problem] = []
    if incoming is not live:
        mechanical = incoming.digest == live.digest
        try:
            transitions.take(session, translation, Action.CORRECT, actor, revision=incoming, minor=minor or mechanical)
        except (NotAllowed, BadText) as refusal:
            said += because("is kept as a draft and not published", refusal, path=path)
    return follow(session, translation, incoming, actor, live=live), said
