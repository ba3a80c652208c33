"""People with an account, and the roles that they were granted. What a sign-in needs stands in the same row.

Nothing here says who may do what: `domain/permissions.py` does.
"""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import Grant, Person
from app.domain.segments import Tag
from app.domain.translations import Role
from app.storage.base import Base, Moment, by_value

LONGEST_NAME = 60


class DbAccount(Base):
    """A person. `name` stands in journal and history and never changes; `email` is kept in small letters.

    `password` is a hash, None until one is chosen. `fs_uniquifier` is what a session is tied to: another one ends all.
    `tf_last_counter` is the half minute whose code was used last; `oidc_subject` is who it is at a provider (digest).
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    language: Mapped[Tag] = mapped_column(String(35))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column()
    oidc_subject: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    grants: Mapped[list["DbGrant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="DbGrant.id", lazy="selectin"
    )

    def person(self) -> Person:
        """Return the value that is handed upwards."""
        granted = frozenset(Grant(role=one.role, locale=Tag(one.locale) if one.locale else None) for one in self.grants)
        return Person(
            name=self.name, full_name=self.full_name, email=self.email, language=self.language, grants=granted,
            active=self.active,
        )  # fmt: skip


class DbGrant(Base):
    """A role of somebody. `locale` is empty for one that is granted for the whole site, since NULLs are never equal."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "locale"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(by_value(Role))
    locale: Mapped[str] = mapped_column(String(35), default="")
    account: Mapped[DbAccount] = relationship(back_populates="grants")
