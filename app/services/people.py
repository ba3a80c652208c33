"""Somebody with an account, as they act on a text: the one way from a name to roles, for every door but the tree's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.people import Actor, Channel
from app.domain.permissions import Right, Side, may
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.services import site
from app.storage.accounts import DbAccount, DbGrant
from app.storage.texts import DbDocument


def actor(session: Session, name: str, locale: Tag, *, channel: Channel) -> Actor:
    """Return the person of this name with the roles that count for texts in a language, under the site's four eyes.

    NotFound where there is no such account. One that was deactivated has no roles.
    """
    account = session.scalar(select(DbAccount).where(DbAccount.name == name))
    if account is None:
        raise NotFound(saying("there is no account %(name)s", name=name))
    return account.person().actor(locale, channel=channel, four_eyes=site.settings(session).four_eyes)


def writes(session: Session, name: str, document: DbDocument, locale: Tag) -> bool:
    """Tell whether somebody is there who may write a document's text in a language."""
    account = session.scalar(select(DbAccount).where(DbAccount.name == name))
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    return account is not None and may(account.person().roles(locale), Action.EDIT, of=side)


def called(session: Session, name: str) -> str:
    """Return the full name of somebody, for those who read it; the name itself where there is no such account."""
    return session.scalar(select(DbAccount.full_name).where(DbAccount.name == name)) or name


def coordinators(session: Session) -> tuple[str, ...]:
    """Return who coordinates, by the order in which they came."""
    granted = select(DbGrant.account_id).where(DbGrant.role == Role.COORDINATOR)
    there = select(DbAccount.name).where(DbAccount.id.in_(granted), DbAccount.active).order_by(DbAccount.id)
    return tuple(session.scalars(there))


def answerable(session: Session, by: str) -> tuple[str, ...]:
    """Return who answers for what `by` assigned: they themselves while they may assign, else all who coordinate."""
    account = session.scalar(select(DbAccount).where(DbAccount.name == by))
    return (by,) if account is not None and account.person().has(Right.ASSIGN) else coordinators(session)
