"""Links by which somebody without an account sees a draft: given out, looked up, revoked."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Actor
from app.domain.permissions import Right, may, require
from app.domain.said import saying
from app.formats.text import LARGEST_NUMBER
from app.storage.accounts import DbAccount
from app.storage.journal import Event, note
from app.storage.previews import DbPreview
from app.storage.texts import DbTranslation

LONGEST = timedelta(days=60)


def give_out(
    session: Session, translation: DbTranslation, actor: Actor, *, lasts: timedelta, now: datetime
) -> tuple[DbPreview, str]:
    """Return a new link to the newest text of a translation, and its token, which nobody can be told again.

    Forbidden without the right, NotAllowed where there is no text or the time is not within reason.
    """
    require(actor.roles, Right.PREVIEW, of=translation.side)
    if translation.head_id is None or not translation.is_language:
        raise NotAllowed(saying("there is no text yet"))
    if not timedelta() < lasts <= LONGEST:
        raise NotAllowed(saying("a preview lasts a day at least and %(days)s days at most", days=LONGEST.days))
    token = secrets.token_urlsafe(32)
    preview = DbPreview(
        translation_id=translation.id, digest=_digest(token), by=actor.name, made_at=now, expires_at=now + lasts
    )
    session.add(preview)
    session.flush()
    note(session, Event.by(actor, translation.subject, "preview", preview=preview.id))
    return preview, token


def revoke(session: Session, translation: DbTranslation, number: int, actor: Actor) -> None:
    """Let a link of a text show nothing any more. NotFound if it has none of that number."""
    require(actor.roles, Right.PREVIEW, of=translation.side)
    preview = session.get(DbPreview, number, with_for_update=True) if number <= LARGEST_NUMBER else None
    if preview is None or preview.translation_id != translation.id:
        raise NotFound(saying("%(text)s has no preview %(number)s", text=translation.subject, number=number))
    if preview.revoked_at is None:
        preview.revoked_at = datetime.now(UTC)
        note(session, Event.by(actor, translation.subject, "revoke-preview", preview=preview.id))


def open_with(session: Session, token: str, *, now: datetime) -> DbTranslation:
    """Return the translation that a token shows. NotFound for one that is unknown, expired or revoked.

    Who gave it out still has to have the right: a link outlives neither an account nor its roles.
    """
    preview = session.scalar(select(DbPreview).where(DbPreview.digest == _digest(token)))
    if preview is None or preview.revoked_at is not None or preview.expires_at <= now:
        raise NotFound(saying("this preview has expired, or was revoked"))
    translation = session.get_one(DbTranslation, preview.translation_id)
    giver = session.scalar(select(DbAccount).where(DbAccount.name == preview.by))
    if giver is None or not may(giver.person().roles(translation.locale), Right.PREVIEW, of=translation.side):
        raise NotFound(saying("who gave this preview out may do so no more"))
    return translation


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
