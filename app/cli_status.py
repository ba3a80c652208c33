"""`tilmash status` and `suggestions`: what stands where, and what could not be merged."""

from collections.abc import Iterator

import click

from app.cli_shell import NUMBER, as_json, named, person, row, tagged, workplace
from app.domain.people import Actor, Channel
from app.domain.segments import NO_LANGUAGE, Key, Origin
from app.domain.translations import Role, Status
from app.queries import standings, suggestions
from app.queries.standings import Stand
from app.queries.suggestions import Suggestion
from app.services import suggestions as decisions

_locale = click.option("--locale", "-l", help="One language alone.")
_document = click.argument("document", required=False)
_number = click.argument("number", type=NUMBER)
_person = click.option("--as", "account", default="shell", callback=person, help="Who does it.")
_COLUMNS = "  {:<10}{:<11}{:>5} {:>5}  {}"


@click.command()
@_document
@_locale
@click.option("--missing", is_flag=True, help="Only what nobody has begun.")
@click.option("--outdated", is_flag=True, help="Only what readers are told is older than its original.")
@as_json
def status(document: str | None, locale: str | None, *, missing: bool, outdated: bool, machine: bool) -> None:
    """Say what stands where: status of the head, what is live, what is out of date, missing or scheduled."""
    last = ""
    with workplace().database.read() as session:
        name, tag = named(document) if document else None, tagged(locale) if locale else None
        for stand in standings.all_of(session, name, tag):
            if (missing and stand.status is not Status.MISSING) or (outdated and stand.outdated is None):
                continue
            if machine:
                row(stand)
                continue
            if not last:
                click.echo(_COLUMNS.format("LOCALE", "STATUS", "HEAD", "LIVE", "REMARKS"))
            if stand.document != last:
                click.echo(stand.document)
            last = stand.document
            click.echo(_line(stand))
            for problem in stand.problems:
                click.echo(f"    {problem}")


def _line(stand: Stand) -> str:
    who = str(stand.locale)
    if stand.locale == NO_LANGUAGE:
        who = "template" if stand.document.startswith("catalogue/") else "facts"
    return _COLUMNS.format(who, stand.status, stand.head or "-", stand.live or "-", ", ".join(_remarks(stand))).rstrip()


def _remarks(stand: Stand) -> Iterator[str]:
    if stand.outdated:
        yield f"out of date ({stand.outdated}{f' through {stand.through}' if stand.through else ''})"
    if stand.refused:
        yield f"was not published when it was due: {stand.refused}"
    elif stand.due:
        yield f"goes live {stand.due:%Y-%m-%d %H:%M} UTC"
    if stand.origin not in {None, Origin.HUMAN}:
        yield str(stand.origin)
    if stand.broken_live and stand.live != stand.head:
        yield f"{stand.broken_live} broken in what is live"
    counts = {
        "broken": stand.broken, "missing": stand.missing, "needs work": stand.needs_work,
        "suggestions": stand.suggestions,
    }  # fmt: skip
    yield from (f"{count} {what}" for what, count in counts.items() if count)


class _ListFirst(click.Group):
    """A group that lists where it is not told what else to do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take anything but the name of a command for what to list."""
        told = args[:1] and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if told else ["list", *args])


@click.group(name="suggestions", cls=_ListFirst)
def suggested() -> None:
    """List what could not be merged and is kept beside the text (list), or decide on one (take, decline)."""


@suggested.command(name="list")
@_document
@_locale
@as_json
def listed(document: str | None, locale: str | None, *, machine: bool) -> None:
    """List the open suggestions, of one document or all."""
    with workplace().database.read() as session:
        name, tag = named(document) if document else None, tagged(locale) if locale else None
        for suggestion in suggestions.still_open(session, name, tag):
            if machine:
                row(suggestion)
            else:
                click.echo(_told(suggestion))


def _told(one: Suggestion) -> str:
    by = f"{one.author} ({one.channel}), {one.at:%Y-%m-%d %H:%M} UTC"
    lines = [f"{one.number}  {one.document} {one.locale}  {one.key}  by {by}"]
    for what, text in _texts(one):
        first, *rest = text.replace("\0", "\n").split("\n")
        lines += [f"  {what + ':':<11}{first}", *(f"{'':13}{line}" for line in rest)]
    return "\n".join(lines)


def _texts(one: Suggestion) -> Iterator[tuple[str, str]]:
    """Yield what somebody looks at who decides on a suggestion, each with its name."""
    if one.made_for is not None and one.made_for != one.now:
        yield "made for", one.made_for
    yield "now", "(there is no such segment)" if one.now is None else one.now
    yield from (("in place", f"{there.key}  {there.text}") for there in one.instead)
    yield "suggested", one.text


@suggested.command()
@_number
@_person
@click.option("--onto", help="The segment to replace; else the one it was made for, or what stands in its place.")
def take(number: int, account: str, onto: str | None) -> None:
    """Put a suggestion into the newest text, which is a draft then. What readers see stays as it is."""
    with workplace().database.write() as session:
        head = decisions.take(session, number, _actor(account), onto=Key(onto) if onto else None)
        click.echo(f"revision {head.number}")


@suggested.command()
@_number
@_person
@click.option("--note", "comment", default="", help="Why; kept with it.")
def decline(number: int, account: str, comment: str) -> None:
    """Leave the text as it is; the words of the suggestion stay in the history."""
    with workplace().database.write() as session:
        decisions.decline(session, number, _actor(account), comment=comment)


def _actor(account: str) -> Actor:
    return Actor(name=account, channel=Channel.SHELL, roles=frozenset(Role), four_eyes=False)
