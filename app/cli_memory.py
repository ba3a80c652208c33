"""`tilmash memory`: the translation memory given out as TMX, files of other memories taken in and out again."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.cli_shell import (
    NUMBER,
    SHELL,
    RegularFile,
    actor_of,
    as_json,
    moment,
    person,
    row,
    tagged,
    tell,
    workplace,
    zone_of,
)
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.segments import Tag
from app.formats import tmx
from app.queries import memory_files as queries
from app.queries.reading import site
from app.services import memory_files

_as = click.option("--as", "account", default=SHELL, callback=person, help="Whose roles count; all, if left out.")


@click.group()
def memory() -> None:
    """Look after the translation memory (docs/editor.md)."""


@memory.command()
@click.argument("source")
@click.argument("target")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Else to the terminal.")
@as_json
def export(source: str, target: str, output: Path | None, *, machine: bool) -> None:
    """Give out what the memory has of two languages, whichever of them it was made from, as TMX 1.4."""
    if machine and output is None:
        raise click.UsageError("--json needs -o: without it the file itself is printed")
    with workplace().database.read() as session:
        pair = tagged(source), tagged(target)
        for tag in pair:
            _known(session, tag)
        units = queries.units(session, *pair)
        with click.open_file(output or "-", "wb") as file:
            count = tmx.write(units, file, source=pair[0])
    if output is not None:
        tell({"units": count, "path": str(output)}, f"{count} units", machine=machine)


@memory.command("import")
@click.argument("file", type=RegularFile())
@_as
@as_json
def import_file(file: Path, account: str, *, machine: bool) -> None:
    """Take a TMX file of any size in: what it has of the site's languages and the memory does not know.

    What was left out is told, with the lines of the first ones. `tilmash memory forget` takes all of it out again.
    """
    place = workplace()
    with place.database.read() as session:
        settings = site(session)
        actors = {tag: actor_of(session, account, tag) for tag in settings.locales} if settings is not None else {}
    with file.open("rb") as raw:
        done = memory_files.bring(place.database.write, raw, actors, filename=file.name)
    number = [] if done.number is None else [f"taken back by: tilmash memory forget {done.number}"]
    tell(done, f"new: {done.taken}, known: {done.known}, left out: {done.left_out}", *number, machine=machine)
    for reason, why in () if machine else done.left.items():
        more = "" if why.count == 1 else f" ({why.count} times, also in line {', '.join(map(str, why.lines[1:]))})"
        click.echo(f"{file.name}:{why.lines[0]}: {reason}{more}")


@memory.command("list")
@as_json
def list_files(*, machine: bool) -> None:
    """Print which files were taken in, the newest first, each with the number that `forget` wants."""
    with workplace().database.read() as session:
        zone = zone_of(session)
        for one in queries.files(session):
            if machine:
                row(one)
                continue
            whole = "" if one.is_whole else ", not read to its end"
            into = f" into {', '.join(one.targets)}" if one.targets else ""
            click.echo(
                f"{one.number}: {one.filename}, {one.units} units{into}, {one.by}, {moment(one.at, zone)}{whole}"
            )


@memory.command()
@click.argument("number", type=NUMBER)
@_as
@as_json
def forget(number: int, account: str, *, machine: bool) -> None:
    """Take all out of the memory that a file brought, by its number in `tilmash memory list`."""
    place = workplace()

    def actor(tag: Tag) -> Actor:
        with place.database.read() as session:
            return actor_of(session, account, tag)

    gone = memory_files.forget(place.database.write, number, actor)
    tell({"units": gone}, f"{gone} units", machine=machine)


def _known(session: Session, tag: Tag) -> None:
    settings = site(session)
    if settings is None or tag not in settings.locales:
        raise NotFound(f"the site has no language {tag}")
