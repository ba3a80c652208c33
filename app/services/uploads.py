"""Files that people send to the desk: kept as they are, until who sent one says what is to become of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotAllowed, NotFound, Problem, TooLarge
from app.domain.said import saying
from app.domain.segments import Tag
from app.storage.accounts import DbAccount
from app.storage.uploads import LONGEST_NAME, DbUpload

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""

MOST: Final = 500
"""Files of one account that are kept."""

MOST_BYTES: Final = 200 * 1024 * 1024
"""Bytes of all of them together."""

_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that somebody sends: its name, without the folders of their machine, and its bytes."""

    filename: str
    raw: bytes


def sent(raw: bytes, *, filename: str) -> Sent:
    """Return a file that was sent. TooLarge if it is, BadText if there is nothing in it."""
    shown = PurePosixPath(filename.replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    if len(raw) > LARGEST:
        reason = saying("a file has %(most)s MB at most", most=LARGEST // 1024 // 1024)
        raise TooLarge(Problem(path=shown, line=0, reason=reason))
    if not raw:
        raise BadText(Problem(path=shown, line=0, reason=saying("no file was chosen, or there is nothing in it")))
    return Sent(filename=shown, raw=raw)


def keep(session: Session, file: Sent, *, name: DocumentName, locale: Tag, account: str) -> DbUpload:
    """Keep a file that somebody sent for a text, in place of the very same that they decided nothing about.

    Where they have too many, or too much, those that were taken in give way, the oldest first; NotAllowed, and none
    does, where that is not enough.
    """
    number = session.scalars(select(DbAccount.id).where(DbAccount.name == account).with_for_update()).one()
    for one in waiting(session, name=name, locale=locale, account=account):
        if one.filename == file.filename and one.raw == file.raw:
            session.delete(one)
    session.flush()
    _make_room(session, number, len(file.raw))
    made = DbUpload(
        account_id=number,
        document=str(name),
        locale=locale,
        filename=file.filename,
        raw=file.raw,
        at=datetime.now(UTC),
        done_at=None,
    )
    session.add(made)
    session.flush()
    return made


def _make_room(session: Session, number: int, size: int) -> None:
    """Forget what was taken in, as much as has to be; NotAllowed where more than that would have to be."""
    lengths = select(DbUpload.id, DbUpload.done_at, func.length(DbUpload.raw).label("size"))
    held = session.execute(lengths.where(DbUpload.account_id == number).order_by(DbUpload.id)).all()
    count, left = len(held), MOST_BYTES - size - sum(one.size for one in held)
    gone = []
    for one in (one for one in held if one.done_at is not None):
        if count < MOST and left >= 0:
            break
        count, left = count - 1, left + one.size
        gone.append(one.id)
    if count >= MOST or left < 0:
        raise _parked(session.get_one(DbUpload, next(one.id for one in held if one.done_at is None)))
    session.execute(delete(DbUpload).where(DbUpload.id.in_(gone)))


def _parked(oldest: DbUpload) -> NotAllowed:
    """Return what is said to who has decided about too little; the oldest is named, so that it is found."""
    return NotAllowed(
        saying(
            "%(files)s files or %(most)s MB of yours may wait to be decided on, and no more: take or drop some first; "
            "the oldest is %(name)s, of %(document)s in %(language)s",
            files=MOST, most=MOST_BYTES // 1024 // 1024, name=oldest.filename, document=oldest.document,
            language=oldest.locale,
        )
    )  # fmt: skip


def mine(session: Session, number: int, *, account: str) -> DbUpload:
    """Return a file that somebody sent. NotFound if there is none, or somebody else sent it."""
    found = session.scalar(
        select(DbUpload)
        .join(DbAccount, DbAccount.id == DbUpload.account_id)
        .where(DbUpload.id == number, DbAccount.name == account)
    )
    if found is None:
        raise NotFound(saying("there is no file %(number)s of yours", number=number))
    return found


def of_text(session: Session, number: int, *, name: DocumentName, locale: Tag, account: str) -> DbUpload:
    """Return a file that somebody sent for a text; NotFound as `mine`."""
    found = mine(session, number, account=account)
    if (found.document, found.locale) != (str(name), locale):
        raise NotFound(saying("there is no file %(number)s of yours", number=number))
    return found


def waiting(session: Session, *, name: DocumentName, locale: Tag, account: str) -> Sequence[DbUpload]:
    """Return the files that somebody sent for a text and has decided nothing about, the newest first."""
    found = (
        select(DbUpload)
        .join(DbAccount, DbAccount.id == DbUpload.account_id)
        .where(DbUpload.document == str(name), DbUpload.locale == locale, DbAccount.name == account)
        .where(DbUpload.done_at.is_(None))
    )
    return session.scalars(found.order_by(DbUpload.id.desc())).all()


def done(kept: DbUpload) -> None:
    """Note that a file was taken in."""
    kept.done_at = datetime.now(UTC)


def forget(session: Session, kept: DbUpload) -> None:
    """Forget a file that nobody wants."""
    session.delete(kept)


def sweep(session: Session, *, now: datetime) -> None:
    """Forget files that came long ago."""
    session.execute(delete(DbUpload).where(DbUpload.at < now - _KEPT))
