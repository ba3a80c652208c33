"""`tilmash status` and `suggestions`: what stands where, and what could not be merged."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import click
from sqlalchemy.orm import Session

from app.cli_shell import NUMBER, SHELL, actor_of, as_json, moment, named, person, row, tagged, tell, workplace, zone_of
from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotFound, Problem
from app.domain.segments import NO_LANGUAGE, Key, Origin, Tag
from app.domain.translations import Status
from app.queries import standings, suggestions
from app.queries.reading import site
from app.queries.refused_files import refused_files
from app.queries.standings import Stand
from app.queries.suggestions import Suggestion
from app.services import suggestions as decisions
from app.storage.tree import Tree

_locale = click.option("--locale", "-l", help="One language alone.")
_document = click.argument("document", required=False)
_number = click.argument("number", type=NUMBER)
_person = click.option("--as", "account", default=SHELL, callback=person, help="Whose roles count; all, if left out.")
_COLUMNS = "  {:<10}{:<11}{:>5} {:>5}  {}"


@click.command()
@_document
@_locale
@click.option("--missing", is_flag=True, help="Only what nobody has begun.")
@click.option("--outdated", is_flag=True, help="Only what readers are told is older than its original.")
@as_json
def status(document: str | None, locale: str | None, *, missing: bool, outdated: bool, machine: bool) -> None:
    """Say what stands where: status of the head, what is live, what is out of date, missing or scheduled."""
    name, tag, last, found = named(document) if document else None, tagged(locale) if locale else None, "", False
    place = workplace()
    with place.database.read() as session:
        zone = zone_of(session)
        if not (missing or outdated):
            for problem in _refused(session, place.tree, name, tag):
                _tell(problem, machine=machine)
        for stand in standings.all_of(session, name, tag):
            found = True
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
            click.echo(_line(stand, zone))
            for problem in stand.problems:
                click.echo(f"    {problem}")
        if tag is not None and not found:
            _require_locale(session, tag)


def _refused(session: Session, tree: Tree, name: DocumentName | None, tag: Tag | None) -> Iterator[Problem]:
    """Yield what is wrong with the files that were refused, as far as they are still what they were then."""
    for file, problems in refused_files(session, name, tag):
        try:
            there = tree.read(file.path)
        except BadText as refusal:
            yield from refusal.problems
        else:
            yield from problems if there is not None and there.digest == file.refused else ()


def _tell(problem: Problem, *, machine: bool) -> None:
    if machine:
        row({"path": problem.path, "line": problem.line, "reason": problem.reason})
    else:
        click.echo(f"refused: {problem}")


def _require_locale(session: Session, tag: Tag) -> None:
    settings = site(session)
    if settings is not None and tag not in {NO_LANGUAGE, *settings.locales}:
        raise NotFound(f"the site has no language {tag}; it has {', '.join(settings.locales)}")


def _line(stand: Stand, zone: ZoneInfo) -> str:
    who = str(stand.locale)
    if stand.locale == NO_LANGUAGE:
        who = "template" if stand.document.startswith("catalogue/") else "facts"
    remarks = ", ".join(_remarks(stand, zone))
    return _COLUMNS.format(who, stand.status, stand.head or "-", stand.live or "-", remarks).rstrip()


def _remarks(stand: Stand, zone: ZoneInfo) -> Iterator[str]:
    if stand.withdrawn:
        yield "withdrawn"
    if stand.source_withdrawn:
        yield "live, and its source is withdrawn"
    if stand.outdated:
        yield f"out of date ({stand.outdated}{f' through {stand.through}' if stand.through else ''})"
    if stand.refused:
        yield f"was not published when it was due: {stand.refused}"
    elif stand.due:
        yield f"goes live {moment(stand.due, zone)}"
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
        zone = zone_of(session)
        for suggestion in suggestions.still_open(session, name, tag):
            if machine:
                row(suggestion)
            else:
                click.echo(_told(suggestion, zone))


def _told(one: Suggestion, zone: ZoneInfo) -> str:
    by = f"{one.author} ({one.channel}), {moment(one.at, zone)}"
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
@as_json
@click.option("--onto", help="The segment to replace; else the one it was made for, or what stands in its place.")
def take(number: int, account: str, onto: str | None, *, machine: bool) -> None:
    """Put a suggestion into the newest text, which is a draft then. What readers see stays as it is."""
    with workplace().database.write() as session:
        actor = actor_of(session, account, decisions.locale(session, number))
        head = decisions.take(session, number, actor, onto=Key(onto) if onto else None).number
    tell({"revision": head}, f"revision {head}", machine=machine)


@suggested.command()
@_number
@_person
@as_json
@click.option("--note", "comment", default="", help="Why; kept with it.")
def decline(number: int, account: str, comment: str, *, machine: bool) -> None:
    """Leave the text as it is; the words of the suggestion stay in the history."""
    with workplace().database.write() as session:
        actor = actor_of(session, account, decisions.locale(session, number))
        decisions.decline(session, number, actor, comment=comment)
    tell({"suggestion": number, "state": "declined"}, f"suggestion {number} declined", machine=machine)
