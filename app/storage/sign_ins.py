"""What signing in leaves behind: sessions, one-time links, passkeys, recovery codes, and how often somebody tried.

Nothing here can be used by who reads it: of each secret that is handed out only its digest is kept.
"""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import Boolean, Float, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Moment


def new_secret() -> str:
    """Return 256 bits by chance that can stand in an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of such a secret: by chance as it is, it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


class DbSitting(Base):
    """A session of somebody who signed in, on one device. `address` and `agent` are shown to its owner alone."""

    __tablename__ = "sitting"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(200))


class DbLink(Base):
    """A one-time link by which somebody chooses a password: an invitation, or a reset."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class DbPasskey(Base):
    """A passkey (WebAuthn): its public half, and what its owner calls it."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column()
    transports: Mapped[str] = mapped_column(String(200))
    device_type: Mapped[str] = mapped_column(String(20))
    backup_state: Mapped[bool] = mapped_column(Boolean)
    used_at: Mapped[datetime] = mapped_column(Moment)


class DbRecoveryCode(Base):
    """A code that stands once for a second factor that was lost; a row goes when it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[str] = mapped_column(String(64))


class DbBucket(Base):
    """How many attempts are held against a name or an address (by digest); what is in it drains away with time."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    level: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(Moment)
