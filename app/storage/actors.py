"""Who did what, so that the journal can tell two people apart, and be made to forget one.

The journal commits to a name: it holds an HMAC of it under a key of that person alone, made at random and kept here.
With the key it can be shown whose a row is, and no other row can be passed off as theirs; without it nothing can be
tried out against the digest. So a person is erased by deleting their key, and the chain of hashes never asks for one.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.storage.base import Base


class DbActor(Base):
    """The key of one person, or of a process that acts by itself, such as the worker."""

    __tablename__ = "actor"

    name: Mapped[str] = mapped_column(String(320), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)


def digest(session: Session, name: str) -> str:
    """Return the 64 digits that stand for a name in the journal; the key is made with the first of them.

    Whoever calls this holds the journal's lock, so that two processes don't make a key for the same name.
    """
    actor = session.get(DbActor, name)
    if actor is None:
        actor = DbActor(name=name, key=secrets.token_bytes(32))
        session.add(actor)
    return _digest(actor.key, name)


def known(session: Session, name: str) -> str | None:
    """Return the digits that stand for a name, None if it did nothing, or was forgotten."""
    actor = session.get(DbActor, name)
    return None if actor is None else _digest(actor.key, name)


def forget(session: Session, name: str) -> None:
    """Delete the key of a name: what it did stays in the journal, and cannot be told any more from what others did."""
    session.execute(delete(DbActor).where(DbActor.name == name))


def names(session: Session) -> dict[str, str]:
    """Return the names that the journal's digests stand for; those that were forgotten are left out."""
    kept = session.execute(select(DbActor.name, DbActor.key))
    return {_digest(row.key, row.name): row.name for row in kept}


def _digest(key: bytes, name: str) -> str:
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()
