"""`tilmash catalog …`: look after gettext catalogues as files, without a database."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from app.cli_shell import as_json, refusals, settings
from app.domain.errors import BadText, NotFound, Problem
from app.domain.locales import language, parse_tag
from app.domain.segments import State
from app.formats.charset import decode
from app.formats.po import PO
from app.formats.po_check import check as check_catalogue
from app.services.catalogs import add_language
from app.services.extraction import refresh_template

_files = click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def catalog() -> None:
    """Look after gettext catalogues (.po) and templates (.pot)."""


@catalog.command()
def extract() -> None:
    """Write translations/messages.pot anew from the code in this folder, by its babel.cfg."""
    with refusals():
        if not Path("babel.cfg").is_file():
            raise NotFound("there is no babel.cfg here: it says in which files the words are")
        click.echo("changed" if refresh_template(Path()) else "unchanged")


@catalog.command()
@click.argument("locale")
def add(locale: str) -> None:
    """Begin a catalogue of each template in another language, with its plural rule and every message empty."""
    with refusals():
        try:
            made = add_language(settings().translations, language(parse_tag(locale)))
        except ValueError as error:
            raise NotFound(str(error)) from None
        for file in made:
            click.echo(f"translations/{file.relative_to(settings().translations).as_posix()}")


@catalog.command()
@_files
@as_json
def check(files: tuple[Path, ...], *, machine: bool) -> None:
    """Check catalogues, all of the tree if none is named: exit status 1, a line a problem, if one has any."""
    found = False
    for file in _all(files):
        for problem in _problems(file):
            found = True
            said = {"path": problem.path, "line": problem.line, "reason": problem.reason}
            click.echo(json.dumps(said, ensure_ascii=False) if machine else str(problem), err=not machine)
    sys.exit(1 if found else 0)


@catalog.command()
@_files
@as_json
def stats(files: tuple[Path, ...], *, machine: bool) -> None:
    """Count the messages of catalogues, all of the tree if none is named: translated, fuzzy, untranslated."""
    failed = False
    for file in _all(files):
        try:
            states = [segment.state for segment in PO.parse(_text(file), path=str(file)).segments]
        except BadText as refusal:
            failed = True
            click.echo(str(refusal), err=True)
            continue
        counts = {
            "translated": states.count(State.DONE),
            "fuzzy": states.count(State.NEEDS_WORK),
            "untranslated": states.count(State.MISSING),
        }
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        row = json.dumps({"path": str(file), **counts}, ensure_ascii=False)
        click.echo(row if machine else f"{file}: {told}")
    sys.exit(1 if failed else 0)


def _all(files: Iterable[Path]) -> list[Path]:
    return list(files) or sorted(settings().translations.glob("*/LC_MESSAGES/*.po"))


def _text(file: Path) -> str:
    return decode(file.read_bytes(), path=str(file))


def _problems(file: Path) -> Iterator[Problem]:
    try:
        yield from check_catalogue(_text(file), path=str(file)).refused
    except BadText as refusal:
        yield from refusal.problems
