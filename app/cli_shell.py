"""What all commands share: the open database, refusals as an exit status, rows for machines, how things are named."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotFound, Refusal
from app.domain.locales import parse_tag
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.queries.reading import site
from app.services import people
from app.worker.synchroniser import NO_SITE
from app.worker.workplace import Workplace

as_json = click.option("--json", "machine", is_flag=True, help="For machines: one JSON object a line.")
NUMBER = click.IntRange(1, 2**31 - 1)
"""What every database takes for the number of a row."""

SHELL = "shell"
"""Who acts where nobody is named: whoever has this shell."""

_LONGEST_NAME = 120


class RegularFile(click.Path):
    """A file that is there and has an end, which `/dev/zero` or a pipe has not."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return its path; wrong usage if it is none."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file():
            self.fail(f"{os.fspath(path)!r} is not a regular file", param, ctx)
        return path


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal into exit status 1 and a line for each problem."""
    try:
        yield
    except Refusal as refusal:
        refused(refusal)
    except UnicodeError:
        _refused("what was given is not text in UTF-8")
    except OverflowError:
        _refused("a number beyond what a database takes")
    except DBAPIError as error:
        _refused(f"the database refused: {str(error.orig).strip()}")
    except OSError as error:
        if error.errno == errno.EPIPE:  # `| head -1` has what it wanted; click ends quietly
            raise
        _refused(f"{error.filename}:0: {error.strerror}" if error.filename else str(error))


def complain(refusal: Refusal, *, before: str = "") -> None:
    """Say why something was not done, a line a reason; `before` stands before one that names no file."""
    if isinstance(refusal, BadText):
        _complain(*refusal.problems)
    else:
        _complain(f"{before}{refusal}")


def refused(refusal: Refusal) -> None:
    """End with exit status 1, saying why."""
    complain(refusal)
    sys.exit(1)


def _refused(*reasons: object) -> None:
    _complain(*reasons)
    sys.exit(1)


def _complain(*reasons: object) -> None:
    for reason in reasons:
        click.echo(str(reason), err=True)


class Commands(click.Group):
    """A group whose commands may raise refusals."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        with refusals():
            return super().invoke(ctx)


def row(value: object) -> None:
    """Print one row for machines."""
    click.echo(msgspec.json.encode(value, enc_hook=str))  # of its strings some are `Said`


def tell(value: object, *lines: object, machine: bool) -> None:
    """Say what was done: one row for machines, or lines for people."""
    if machine:
        row(value)
        return
    for line in lines:
        click.echo(str(line))


def settings() -> Settings:
    """Return what the environment says; what is wrong with it is wrong usage."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def workplace() -> Workplace:
    """Open what the environment names. BadText, and nothing is made, in a folder in which no site was begun."""
    said = settings()
    if not said.is_begun:
        raise BadText(NO_SITE)
    return Workplace.open(said)


def zone_of(session: Session) -> ZoneInfo:
    """Return the zone in which people are shown times: that of the site's seat."""
    settings = site(session)
    return settings.zone if settings is not None else ZoneInfo("UTC")


def moment(when: datetime, zone: ZoneInfo) -> str:
    """Return an aware time as people are shown it."""
    return f"{when.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


def named(written: str) -> DocumentName:
    """Return the document of this name; NotFound if it cannot be one's."""
    try:
        return DocumentName.parse(written)
    except ValueError as error:
        raise NotFound(str(error)) from None


def tagged(written: str) -> Tag:
    """Return the language of this tag; NotFound if it cannot be one's."""
    try:
        return parse_tag(written)
    except ValueError as error:
        raise NotFound(str(error)) from None


def actor_of(session: Session, account: str, locale: Tag, channel: Channel = Channel.SHELL) -> Actor:
    """Return who is named, with their own roles; `shell` has all: who is there is trusted. NotFound of nobody."""
    if account == SHELL:
        return Actor(name=SHELL, channel=channel, roles=frozenset(Role), four_eyes=False)
    return people.actor(session, account, locale, channel=channel)


def person(_context: click.Context, _option: click.Parameter, account: str) -> str:
    """Take an account's name from the command line, if it can be one."""
    if not account.strip() or not account.isprintable() or len(account) > _LONGEST_NAME:
        raise click.BadParameter(f"a name of 1 to {_LONGEST_NAME} letters, and not {account[:40]!r}")
    return account
