"""`tilmash catalog …`: look after gettext catalogues as files, without a database."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from app.cli_shell import RegularFile, as_json, row, settings, tagged, tell
from app.domain.errors import BadText, NotFound, Problem
from app.domain.locales import language
from app.formats.po_check import check as check_catalogue
from app.formats.po_warnings import warned
from app.services.catalogs import add_language, compile_beside, domains, lacking, look, text_of, update_catalogs
from app.services.extraction import TEMPLATE, refresh_template, unlisted
from app.storage.tree_lock import only_here

Thing = TypeVar("Thing")
_files = click.argument("files", nargs=-1, type=RegularFile())


@click.group()
def catalog() -> None:
    """Look after gettext catalogues (.po) and templates (.pot)."""


@catalog.command()
@as_json
def extract(*, machine: bool) -> None:
    """Write translations/messages.pot anew from the code in this folder, by its babel.cfg."""
    if not Path("babel.cfg").is_file():
        raise NotFound("there is no babel.cfg here: it says in which files the words are")
    with only_here(settings().data):
        changed = refresh_template(Path())
    tell({"changed": changed}, "changed" if changed else "unchanged", machine=machine)


@catalog.command()
@click.argument("locale")
@as_json
def add(locale: str, *, machine: bool) -> None:
    """Begin a catalogue of each template in another language, with its plural rule and every message empty."""
    try:
        known = language(tagged(locale))
    except ValueError as error:
        raise NotFound(str(error)) from None
    with only_here(settings().data):
        made = add_language(settings().translations, known)
    for file in made:
        tell({"path": _name(file)}, _name(file), machine=machine)


@catalog.command()
@click.argument("wanted", metavar="[DOMAIN]...", nargs=-1)
@as_json
def update(wanted: tuple[str, ...], *, machine: bool) -> None:
    """Bring the catalogues of a domain, or of each, up to its template, and name those that changed.

    As `msgmerge --previous` does: a message that changed a little keeps its words, fuzzy; the old one becomes obsolete.
    """
    folder = settings().translations
    known = domains(folder)
    if unknown := [domain for domain in wanted if domain not in known]:
        raise NotFound(f"there is no template of {', '.join(unknown)} (.pot); there are: {', '.join(known) or 'none'}")

    def one(domain: str) -> Iterable[Problem]:
        with only_here(settings().data):
            for file in update_catalogs(folder, domain):
                tell({"path": _name(file)}, _name(file), machine=machine)
        return ()

    _each(wanted or known, one)


@catalog.command(name="compile")
@_files
@as_json
def compile_(files: tuple[Path, ...], *, machine: bool) -> None:
    """Write DOMAIN.mo beside each catalogue, for other programs; the site itself needs none.

    A message that cannot be shown (untranslated, fuzzy, wrong) is left out; one that is wrong is told, with status 1.
    """

    def one(file: Path) -> Iterator[Problem]:
        compiled = compile_beside(file)
        mo = str(file.with_suffix(".mo"))
        counts = {"path": mo, "translated": compiled.translated, "total": compiled.total}
        tell(counts, f"{mo}: {compiled.translated} of {compiled.total} messages", machine=machine)
        yield from compiled.refused

    _each(_all(files), one)


@catalog.command()
@_files
@as_json
def check(files: tuple[Path, ...], *, machine: bool) -> None:
    """Check catalogues, all of the tree if none is named: exit status 1, a line a problem, if one has any.

    Of the tree the templates are checked too: what the code says (by babel.cfg, if it is here) has to be in
    messages.pot, and what a template has in each of its catalogues.
    """

    def one(file: Path) -> Iterable[Problem]:
        path = str(file)
        checked = check_catalogue(text_of(file, path=path), path=path)
        return (*checked.refused, *warned(checked, path=path), *(() if files else lacking(file, path=path)))

    def template(file: Path) -> Iterable[Problem]:
        path = str(file)
        checked = check_catalogue(text_of(file, path=path), path=path)
        return (*checked.refused, *(unlisted(Path(), path=path) if file == TEMPLATE else ()))

    each: list[tuple[Path, Callable[[Path], Iterable[Problem]]]] = [(file, one) for file in _all(files)]
    each += [] if files else [(file, template) for file in _templates()]
    _each(each, lambda this: this[1](this[0]), machine=machine)


@catalog.command()
@_files
@as_json
def stats(files: tuple[Path, ...], *, machine: bool) -> None:
    """Count the messages of catalogues, all of the tree if none is named: translated, fuzzy, untranslated, broken.

    What is broken (it cannot be read, or is refused) is told with its line and the reason, with status 1.
    """

    def one(file: Path) -> Iterable[Problem]:
        report = look(file)
        counts = f"{report.translated} translated, {report.fuzzy} fuzzy, {report.untranslated} untranslated"
        tell(report, f"{file}: {counts}, {report.broken} broken", machine=machine)
        return report.problems

    _each(_all(files), one)


def _each(things: Iterable[Thing], one: Callable[[Thing], Iterable[Problem]], *, machine: bool = False) -> None:
    """Do one thing to each; tell what is wrong with any, and end with status 1 then, when all are done."""
    found = False
    for thing in things:
        for problem in _problems(thing, one):
            found = True
            if machine:
                row({"path": problem.path, "line": problem.line, "reason": problem.reason})
            else:
                click.echo(str(problem), err=True)
    sys.exit(1 if found else 0)


def _problems(thing: Thing, one: Callable[[Thing], Iterable[Problem]]) -> Iterator[Problem]:
    try:
        yield from one(thing)
    except BadText as refusal:
        yield from refusal.problems


def _all(files: Iterable[Path]) -> list[Path]:
    return list(files) or sorted(_tree().glob("*/LC_MESSAGES/*.po"))


def _templates() -> list[Path]:
    return sorted(_tree().glob("*.pot"))


def _tree() -> Path:
    return Path(os.path.relpath(settings().translations))


def _name(file: Path) -> str:
    return f"translations/{file.relative_to(settings().translations).as_posix()}"
