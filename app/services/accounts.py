"""People are invited, get roles and lose them. Each of these takes the right, and leaves an event in the journal.

An account is never deleted, since texts name who wrote them: it is deactivated.
"""

import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.invitations import BadAccount, Fault, Invitation, email_of, faults_of, faults_of_grant, faults_of_person
from app.domain.people import Actor, Channel, Grant
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Role
from app.services import links, sittings
from app.storage import actors
from app.storage.accounts import DbAccount, DbGrant
from app.storage.journal import Event, note
from app.storage.sign_ins import DbPasskey, DbRecoveryCode

FIRST = "administrator"


def invite(session: Session, invitation: Invitation, actor: Actor, site: Site) -> DbAccount:
    """Make an account without a password; its owner chooses one by a link. BadAccount says what is wrong with it."""
    require(actor.roles, Right.PEOPLE)
    faults = faults_of(invitation, frozenset(site.locales))
    if _by_name(session, invitation.name) is not None:
        faults.append(Fault.NAME_TAKEN)
    if _has(session, invitation.email):
        faults.append(Fault.EMAIL_TAKEN)
    if faults:
        raise BadAccount(*faults)
    account = _make(session, invitation)
    note_event(session, account, "invite", actor)
    for one in sorted(invitation.grants, key=str):
        _add(session, account, one, actor)
    return account


def first(session: Session, language: Tag) -> DbAccount | None:
    """Make the account of who sets the site up, without an address yet; None if anybody has an account already."""
    if session.scalar(select(func.count()).select_from(DbAccount)):
        return None
    grants = frozenset({Grant(role=Role.ADMINISTRATOR), Grant(role=Role.COORDINATOR)})
    invitation = Invitation(name=FIRST, full_name="Administrator", email="", language=language, grants=grants)
    account = _make(session, invitation)
    actor = Actor(name="shell", channel=Channel.SHELL, roles=frozenset(Role))
    note_event(session, account, "invite", actor)
    for one in sorted(grants, key=str):
        _add(session, account, one, actor)
    return account


def grant(session: Session, name: str, given: Grant, actor: Actor, site: Site) -> None:
    """Give somebody a role; nothing happens if they have it. BadAccount where the role and its language do not fit."""
    require(actor.roles, Right.PEOPLE)
    if faults := faults_of_grant(given, frozenset(site.locales)):
        raise BadAccount(*faults)
    account = held(session, name)
    if _granted(account, given) is None:
        _add(session, account, given, actor)


def revoke(session: Session, name: str, taken: Grant, actor: Actor) -> None:
    """Take a role from somebody; nothing happens if they don't have it. The last administrator keeps theirs."""
    require(actor.roles, Right.PEOPLE)
    account = held(session, name)
    found = _granted(account, taken)
    if found is None:
        return
    if taken.role is Role.ADMINISTRATOR:
        _require_another(session, account)
    account.grants.remove(found)
    note_event(session, account, "revoke", actor, role=taken.role, locale=taken.locale)


def set_active(session: Session, name: str, actor: Actor, *, active: bool) -> None:
    """Let somebody sign in no more, or again. Their sessions and links end at once."""
    require(actor.roles, Right.PEOPLE)
    account = held(session, name)
    if account.active is active:
        return
    if not active:
        _require_another(session, account)
        end_access(session, account)
    account.active = active
    note_event(session, account, "activate" if active else "deactivate", actor)


def describe(session: Session, name: str, actor: Actor, site: Site, *, full_name: str, email: str) -> None:
    """Change how somebody is called and reached: others by right, oneself by a first link. Refused by BadAccount."""
    if actor.name != name:
        require(actor.roles, Right.PEOPLE)
    account, address = held(session, name), email_of(email)
    faults = faults_of_person(full_name.strip(), address, account.language, frozenset(site.locales))
    if address != account.email and _has(session, address):
        faults.append(Fault.EMAIL_TAKEN)
    if faults:
        raise BadAccount(*faults)
    account.full_name, account.email = full_name.strip(), address
    note_event(session, account, "describe", actor)


def speak(session: Session, name: str, language: Tag, site: Site) -> None:
    """Let the desk speak another language of the site to somebody; BadAccount if the site has no such language."""
    if language not in site.locales:
        raise BadAccount(Fault.LANGUAGE)
    held(session, name).language = language


def forget_factors(session: Session, name: str, actor: Actor) -> None:
    """Take app, passkeys and recovery codes from somebody who lost them; all sessions and links end too."""
    require(actor.roles, Right.PEOPLE)
    account = held(session, name)
    account.tf_primary_method = account.tf_totp_secret = None
    for table in (DbPasskey, DbRecoveryCode):
        session.execute(delete(table).where(table.account_id == account.id))
    end_access(session, account)
    note_event(session, account, "forget-factors", actor)


def end_access(session: Session, account: DbAccount) -> None:
    """End all sessions and links of somebody; what identifies their sessions is another thing from now on."""
    account.fs_uniquifier = secrets.token_hex(32)
    sittings.end_all(session, account.id)
    links.withdraw(session, account)


def held(session: Session, name: str) -> DbAccount:
    """Return an account, held until the transaction ends; NotFound if there is none of this name."""
    found = session.scalar(
        select(DbAccount).where(DbAccount.name == name).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(saying("there is no account %(name)s", name=name))
    return found


def note_event(session: Session, account: DbAccount, action: str, actor: Actor, **details: str | int | None) -> None:
    """Remember what was done to an account: by digest, so that the journal holds no name (`storage/actors.py`)."""
    note(session, Event.by(actor, f"account/{actors.digest(session, account.name)}", action, **details))


def _make(session: Session, invitation: Invitation) -> DbAccount:
    account = DbAccount(
        name=invitation.name, email=invitation.email, full_name=invitation.full_name, language=invitation.language,
        active=True, created_at=datetime.now(UTC), fs_uniquifier=secrets.token_hex(32),
    )  # fmt: skip
    session.add(account)
    session.flush()
    return account


def _add(session: Session, account: DbAccount, given: Grant, actor: Actor) -> None:
    account.grants.append(DbGrant(role=given.role, locale=given.locale or ""))
    session.flush()
    note_event(session, account, "grant", actor, role=given.role, locale=given.locale)


def _granted(account: DbAccount, wanted: Grant) -> DbGrant | None:
    return next((one for one in account.grants if (one.role, one.locale) == (wanted.role, wanted.locale or "")), None)


def _by_name(session: Session, name: str) -> DbAccount | None:
    return session.scalar(select(DbAccount).where(DbAccount.name == name))


def _has(session: Session, email: str) -> bool:
    return session.scalar(select(DbAccount.id).where(DbAccount.email == email)) is not None


def _require_another(session: Session, account: DbAccount) -> None:
    """Raise NotAllowed unless somebody else administrates; all their rows are held, so that two cannot both go."""
    rows = session.execute(
        select(DbGrant.account_id, DbAccount.active)
        .join(DbAccount, DbAccount.id == DbGrant.account_id)
        .where(DbGrant.role == Role.ADMINISTRATOR)
        .with_for_update()
    ).all()
    others = [row for row in rows if row.account_id != account.id and row.active]
    if not others and any(row.account_id == account.id for row in rows):
        raise NotAllowed(saying("somebody has to administrate the site, and there is nobody else who does"))
