"""*Correct*: what readers see is mended, and nobody's draft goes out with it."""

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.renderings import Written
from app.domain.said import saying
from app.domain.translations import Action, Status
from app.formats.choice import format_of, parse
from app.services import revisions, transitions
from app.services.revisions import Saved
from app.storage.texts import DbRevision, DbTranslation


def correct(
    session: Session,
    translation: DbTranslation,
    text: str,
    actor: Actor,
    *,
    live: DbRevision,
    minor: bool,
    comment: str = "",
    written: Written | None = None,
) -> Saved:
    """Mend what is live, in one press: the text becomes a revision made from `live`, is checked, published and merged.

    Where readers see another revision by now, the changes are made to that one. NotAllowed where both changed the same
    segment, where readers see nothing any more, where nothing was changed, or as `transitions.take`, and BadText for a
    text that cannot be used. In one transaction: both revisions, the publication, and what stood against the head as
    suggestions.
    """
    transitions.lock(session, translation)
    if translation.live_id != live.id:
        now = session.get_one(DbRevision, translation.live_id) if translation.live_id is not None else None
        merged = revisions.merged_onto(translation, text, base=live, onto=now) if now is not None else None
        if now is None or merged is None:
            raise NotAllowed(saying("revision %(number)s is not what readers see any more", number=live.number))
        live, text, written = now, merged, None
    incoming = revisions.store(session, translation, text, actor, base=live, path=translation.subject, written=written)
    if incoming is live:
        raise NotAllowed(saying("nothing was changed"))
    transitions.take(session, translation, Action.CORRECT, actor, revision=incoming, minor=minor, comment=comment)
    return follow(session, translation, incoming, actor, live=live)


def follow(
    session: Session, translation: DbTranslation, incoming: DbRevision, actor: Actor, *, live: DbRevision
) -> Saved:
    """Merge a mended text into the head, whether it was published or (by a refusal that the caller tells) was not.

    The head is a draft afterwards where it holds what is not live.
    """
    before = translation.head_id
    saved = revisions.bring_in(session, translation, incoming, actor, base=live)
    if translation.live_id == incoming.id and _is_all_of(translation, saved):
        translation.head_id, translation.status = incoming.id, Status.APPROVED  # so that no draft of the same stands by
    elif translation.live_id != incoming.id or saved.suggestions or (saved.merged and saved.head.id != before):
        translation.status = Status.DRAFT  # also where the two disagree: published as it is, the head would undo it
    session.flush()
    return saved


def _is_all_of(translation: DbTranslation, saved: Saved) -> bool:
    """Tell whether the head that was merged says what the mended text says, whatever their files say of themselves."""
    if not saved.merged or saved.head.digest != saved.incoming.digest:
        return False
    kind, locale = translation.document.kind, translation.locale
    header = parse(kind, locale, saved.incoming.text, path=translation.subject).header
    return format_of(kind, locale).with_header(saved.head.text, header) == saved.incoming.text
