"""Somebody with an account, as they act on a text: the one way from a name to roles, for every door but the tree's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.people import Actor, Channel
from app.domain.said import saying
from app.domain.segments import Tag
from app.services import site
from app.storage.accounts import DbAccount


def actor(session: Session, name: str, locale: Tag, *, channel: Channel) -> Actor:
    """Return the person of this name with the roles that count for texts in a language, under the site's four eyes.

    NotFound where there is no such account. One that was deactivated has no roles.
    """
    account = session.scalar(select(DbAccount).where(DbAccount.name == name))
    if account is None:
        raise NotFound(saying("there is no account %(name)s", name=name))
    return account.person().actor(locale, channel=channel, four_eyes=site.settings(session).four_eyes)
