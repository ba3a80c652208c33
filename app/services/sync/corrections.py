"""A live file was changed: what readers see is mended, and nobody's draft goes out with it."""

from sqlalchemy.orm import Session

from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import allowed
from app.domain.translations import Action, Status
from app.formats.choice import format_of, parse
from app.services import revisions, transitions
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
    before = translation.head_id
    said: list[Problem] = []
    if incoming is not live:
        mechanical = incoming.digest == live.digest
        try:
            transitions.take(session, translation, Action.CORRECT, actor, revision=incoming, minor=minor or mechanical)
        except (NotAllowed, BadText) as refusal:
            said += because("is kept as a draft and not published", refusal, path=path)
    saved = revisions.bring_in(session, translation, incoming, actor, base=live)
    if translation.live_id == incoming.id and _is_all_of(translation, saved):
        translation.head_id, translation.status = incoming.id, Status.APPROVED  # so that no draft of the same stands by
    elif translation.live_id != incoming.id or saved.suggestions or (saved.merged and saved.head.id != before):
        translation.status = Status.DRAFT  # also where the two disagree: published as it is, the head would undo it
    session.flush()
    return saved, said


def _is_all_of(translation: DbTranslation, saved: Saved) -> bool:
    """Tell whether the head that was merged says what the mended text says, whatever their files say of themselves."""
    if not saved.merged or saved.head.digest != saved.incoming.digest:
        return False
    kind, locale = translation.document.kind, translation.locale
    header = parse(kind, locale, saved.incoming.text, path=translation.subject).header
    return format_of(kind, locale).with_header(saved.head.text, header) == saved.incoming.text
