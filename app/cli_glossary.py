"""`tilmash glossary`: its terms listed, given out as a file, and a file taken in."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.cli_shell import SHELL, RegularFile, actor_of, as_json, person, row, tagged, tell, workplace
from app.domain.errors import NotFound
from app.domain.segments import Tag
from app.domain.site import MSGIDS
from app.domain.terms import MOST
from app.formats import term_files
from app.formats.term_files import TermFile
from app.queries.glossary import listed
from app.queries.reading import site
from app.services.glossary import bring

_source, _target = click.argument("source"), click.argument("target")


@click.group()
def glossary() -> None:
    """Look after the terms from one language into another (docs/editor.md)."""


@glossary.command("list")
@_source
@_target
@click.argument("words", required=False, default="")
@as_json
def list_terms(source: str, target: str, words: str, *, machine: bool) -> None:
    """Print the terms, all or those that have some WORDS."""
    with workplace().database.read() as session:
        for one in listed(session, *_pair(session, source, target), words=words, size=MOST).entries:
            term = one.term
            said = "not translated" if term.keep else term.translation
            not_so = f" (not: {', '.join(term.forbidden)})" if term.forbidden else ""
            if machine:
                row(term)
            else:
                click.echo(f"{term.term}: {said}{not_so}")


@glossary.command()
@_source
@_target
@click.option(
    "--format", "wanted", type=click.Choice([form.value for form in TermFile]), default=TermFile.CSV.value,
    show_default=True, help="csv for spreadsheets, tbx (TBX-Basic, ISO 30042) for tools of translators.",
)  # fmt: skip
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Else to the terminal.")
@as_json
def export(source: str, target: str, wanted: str, output: Path | None, *, machine: bool) -> None:
    """Give out all terms as a file."""
    if machine and output is None:
        raise click.UsageError("--json needs -o: without it the file itself is printed")
    with workplace().database.read() as session:
        pair = _pair(session, source, target)
        entries = listed(session, *pair, size=MOST).entries
    raw = term_files.write(TermFile(wanted), (one.term for one in entries), *pair)
    if output is None:
        click.echo(raw, nl=False)
        return
    output.write_bytes(raw)
    tell({"terms": len(entries), "path": str(output)}, f"{len(entries)} terms", machine=machine)


@glossary.command("import")
@click.argument("file", type=RegularFile())
@_source
@_target
@click.option("--as", "account", default=SHELL, callback=person, help="Whose roles count; all, if left out.")
@as_json
def import_terms(file: Path, source: str, target: str, account: str, *, machine: bool) -> None:
    """Take a CSV table or a TBX file in, whole or not at all; terms that are there say then what it says."""
    with file.open("rb") as opened:
        raw = opened.read(term_files.LARGEST + 1)
    with workplace().database.write() as session:
        pair = _pair(session, source, target)
        terms = term_files.read(raw, *pair, path=file.name)
        done = bring(session, *pair, terms, actor_of(session, account, pair[1]))
    tell(done, f"new: {done.added}, changed: {done.changed}, as before: {done.same}", machine=machine)


def _pair(session: Session, source: str, target: str) -> tuple[Tag, Tag]:
    settings, pair = site(session), (tagged(source), tagged(target))
    known = () if settings is None else tuple(settings.locales)
    for tag, some in zip(pair, ((*known, MSGIDS), known), strict=True):
        if tag not in some:
            raise NotFound(f"the site has no language {tag}; it has {', '.join(known)}")
    if pair[0] == pair[1]:
        raise NotFound("a glossary is from one language into another")
    return pair
