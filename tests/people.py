"""People for tests of what happens without a browser."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.people import Grant
from app.domain.segments import Tag
from app.domain.translations import Role
from app.storage.accounts import DbAccount, DbGrant


def invite(session: Session, name: str, *grants: Grant, language: str = "en", email: str = "") -> DbAccount:
    """Give somebody an account: Aigul, with the name `aigul`."""
    account = DbAccount(
        name=name, email=email or f"{name}@example.org", full_name=name.title(), language=Tag(language),
        created_at=datetime.now(UTC), fs_uniquifier=name,
        grants=[DbGrant(role=one.role, locale=one.locale or "") for one in grants],
    )  # fmt: skip
    session.add(account)
    session.flush()
    return account


def translator(locale: str) -> Grant:
    return Grant(role=Role.TRANSLATOR, locale=Tag(locale))


COORDINATOR = Grant(role=Role.COORDINATOR)
