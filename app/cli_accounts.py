"""`tilmash account …`: people and their roles, from the shell, whose holder is trusted with all of them."""

from collections.abc import Callable
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from app.cli_shell import Commands, actor_of, as_json, person, row, tell, workplace
from app.domain.errors import NotAllowed
from app.domain.invitations import Invitation, email_of
from app.domain.people import Actor, Grant, Person
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Role
from app.queries import accounts as queries
from app.queries.reading import site as site_of
from app.services import accounts, links
from app.storage.accounts import DbAccount

HERE = "http://127.0.0.1:8000"
"""Where `make serve` serves unless it is told otherwise."""


class RoleOf(click.ParamType[Grant]):
    """A role, for a language or the site: `author`, `translator:kk`."""

    name = "role"

    def convert(self, value: str | Grant, param: click.Parameter | None, ctx: click.Context | None) -> Grant:
        """Return what is granted; wrong usage if there is no such role."""
        if isinstance(value, Grant):
            return value
        role, _, locale = value.partition(":")
        if role not in set(Role):
            self.fail(f"a role is one of {', '.join(Role)}, and not {role!r}", param, ctx)
        return Grant(role=Role(role), locale=Tag(locale) if locale else None)


ROLE = RoleOf()
_as = click.option("--as", "by", default="shell", callback=person, help="Who does it; who has this shell is trusted.")
_where = click.option("--site", "where", default="", help="Where the site is, if its site.toml says no `url`.")


@click.group(cls=Commands)
def account() -> None:
    """People who sign in at the desk, and their roles (docs/accounts.md)."""


@account.command()
@click.argument("name")
@click.option("--email", required=True)
@click.option("--full-name", default="", help="As others at the desk read it; the name if left out.")
@click.option("--language", default="", help="Of their desk; the site's default if left out.")
@click.option("--role", "roles", type=ROLE, multiple=True, help="author, coordinator, administrator, translator:kk …")
@_where
@_as
@as_json
def invite(
    name: str,
    *,
    email: str,
    full_name: str,
    language: str,
    roles: tuple[Grant, ...],
    where: str,
    by: str,
    machine: bool,
) -> None:
    """Make an account, and print the link by which its owner chooses a password."""
    with workplace().database.write() as session:
        site = _site(session)
        invitation = Invitation(
            name=name, full_name=full_name or name, email=email_of(email), language=Tag(language or site.default),
            grants=frozenset(roles),
        )  # fmt: skip
        made = accounts.invite(session, invitation, actor_of(session, by, _site(session).default), site)
        address = _link(session, made, site, where)
    tell({"name": name, "link": address}, address, machine=machine)


@account.command()
@click.argument("name")
@_where
@_as
@as_json
def link(name: str, *, where: str, by: str, machine: bool) -> None:
    """Print a new link by which somebody chooses a password; older ones lead nowhere any more."""
    with workplace().database.write() as session:
        held = accounts.held(session, name)
        if not held.active:
            raise NotAllowed(f"{name} was deactivated: tilmash account activate {name}")
        address = _link(session, held, _site(session), where)
        accounts.note_event(session, held, "link", actor_of(session, by, _site(session).default))
    tell({"name": name, "link": address}, address, machine=machine)


@account.command()
@click.argument("name")
@click.argument("role", type=ROLE)
@_as
@as_json
def grant(name: str, role: Grant, *, by: str, machine: bool) -> None:
    """Give somebody a role: `grant ana author`, `grant ana translator:kk`."""
    _change(
        name, by, lambda session, actor: accounts.grant(session, name, role, actor, _site(session)), machine=machine
    )


@account.command()
@click.argument("name")
@click.argument("role", type=ROLE)
@_as
@as_json
def revoke(name: str, role: Grant, *, by: str, machine: bool) -> None:
    """Take a role from somebody."""
    _change(name, by, lambda session, actor: accounts.revoke(session, name, role, actor), machine=machine)


@account.command()
@click.argument("name")
@_as
@as_json
def deactivate(name: str, *, by: str, machine: bool) -> None:
    """Let somebody sign in no more; what they wrote stays theirs."""
    _change(name, by, lambda session, actor: accounts.set_active(session, name, actor, active=False), machine=machine)


@account.command()
@click.argument("name")
@_as
@as_json
def activate(name: str, *, by: str, machine: bool) -> None:
    """Let somebody sign in again."""
    _change(name, by, lambda session, actor: accounts.set_active(session, name, actor, active=True), machine=machine)


@account.command("forget-factors")
@click.argument("name")
@_as
@as_json
def forget_factors(name: str, *, by: str, machine: bool) -> None:
    """Take app, passkeys and recovery codes from somebody who lost them."""
    _change(name, by, lambda session, actor: accounts.forget_factors(session, name, actor), machine=machine)


@account.command("list")
@as_json
def list_(*, machine: bool) -> None:
    """Print who has an account, with which roles."""
    with workplace().database.read() as session:
        found = queries.everybody(session)
    for one in found:
        roles = _roles(one.person)
        state = "deactivated" if not one.person.active else "" if one.password else "invited"
        if machine:
            row(
                {
                    "name": one.person.name, "full_name": one.person.full_name, "email": one.person.email,
                    "language": one.person.language, "roles": roles, "active": one.person.active,
                    "password": one.password, "second_factor": one.second_factor, "passkeys": one.passkeys,
                }
            )  # fmt: skip
        else:
            click.echo("  ".join(filter(None, (one.person.name, one.person.email, ", ".join(roles), state))))


def _change(name: str, by: str, deed: Callable[[Session, Actor], None], *, machine: bool) -> None:
    with workplace().database.write() as session:
        deed(session, actor_of(session, by, _site(session).default))
        session.flush()
        person = accounts.held(session, name).person()
    roles = _roles(person)
    tell(
        {"name": name, "roles": roles, "active": person.active},
        f"{name}: {', '.join(roles) or 'no role'}",
        machine=machine,
    )


def _roles(person: Person) -> list[str]:
    return sorted(f"{one.role}:{one.locale}" if one.locale else str(one.role) for one in person.grants)


def _link(session: Session, held: DbAccount, site: Site, where: str) -> str:
    secret = links.issue(session, held, lasting=links.INVITATION, now=datetime.now(UTC))
    return links.address(site.url or where or HERE, secret)


def _site(session: Session) -> Site:
    site = site_of(session)
    if site is None:
        raise NotAllowed("the site is not in the database yet: tilmash sync brings it in")
    return site
