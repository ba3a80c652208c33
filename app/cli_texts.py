"""`tilmash download` and `upload`: a text out as a file, and back in as a draft, for review or as suggestions."""

from pathlib import Path

import click

from app.cli_shell import (
    NUMBER,
    SHELL,
    RegularFile,
    actor_of,
    as_json,
    named,
    person,
    refused,
    row,
    tagged,
    tell,
    workplace,
)
from app.domain.documents import DocumentName
from app.domain.errors import BadText, Problem, Refusal
from app.domain.people import Channel
from app.domain.segments import Tag
from app.formats import files
from app.formats.bitext import Returned
from app.formats.files import Form
from app.services import arrivals, exchange, folds
from app.services.exchange import Taken, Wish

_LARGEST = 60_000_000  # bytes; each kind of text has its own, smaller limit


@click.command()
@click.argument("document")
@click.argument("locale")
@click.option(
    "--format", "wanted", type=click.Choice([form.value for form in Form]),
    help="Else its own: po of a catalogue, md of an article. All others have the source beside it.",
)  # fmt: skip
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Else to the terminal.")
@click.option("--by", "account", default=SHELL, callback=person, help="Whose typed words are put into the text first.")
@as_json
def download(
    document: str, locale: str, wanted: str | None, output: Path | None, *, account: str, machine: bool
) -> None:
    """Give out the newest text of a document in a language, as a file that says which revision it is."""
    if machine and output is None:
        raise click.UsageError("--json needs -o: without it the text itself is printed")
    name, tag = named(document), tagged(locale)
    form = Form(wanted) if wanted else None
    if account != SHELL:
        _fold(name, tag, account)
    with workplace().database.read() as session:
        given = exchange.give_out(session, name, tag, form)
    if output is None:
        click.echo(given.raw, nl=False)
    else:
        output.write_bytes(given.raw)
    if machine:
        row({"document": str(name), "locale": tag, "revision": given.number, "path": str(output)})
    else:
        click.echo(f"revision {given.number}", err=True)


def _fold(name: DocumentName, locale: Tag, account: str) -> None:
    """Make what somebody typed a part of the text, since they go on in a file; say why not, if so."""
    try:
        with workplace().database.write() as session:
            refused = folds.fold_each(session, name, locale, actor_of(session, account, locale)).refused
            reasons = [reason for one in refused for reason in one.reasons]
    except Refusal as refusal:
        reasons = list(refusal.reasons)
    for reason in reasons:
        click.echo(f"what {account} typed stays beside the text: {reason}", err=True)


@click.command()
@click.argument("file", type=RegularFile())
@click.option("--document", help="news/<folder>, page/<folder> or catalogue/<domain>; else as the file says.")
@click.option("--locale", help="The language of the text; else as the file says.")
@click.option(
    "--base", type=NUMBER, help="The revision that it was made from; else as the file says, or the newest one."
)
@click.option(
    "--as", "wish", type=click.Choice([wish.value for wish in Wish]), default=Wish.DRAFT.value, show_default=True,
    help="translated: goes to review; suggestion: the text stays, what differs is kept beside it.",
)  # fmt: skip
@click.option(
    "--by", "account", default=SHELL, callback=person, help="Who made it, and whose roles count; all, if left out."
)
@as_json
def upload(
    file: Path, document: str | None, locale: str | None, *, base: int | None, wish: str, account: str, machine: bool
) -> None:
    """Take a file in: Markdown, PO, XLIFF or DOCX. What others wrote since its base is merged with it."""
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST)
    several = files.returned(raw, path=str(file))
    for returned in several:
        name, tag = _beside(file, returned, document, locale)
        with workplace().database.write() as session:
            actor = actor_of(session, account, tag, Channel.UPLOAD)
            arrived = arrivals.arrival(session, returned, name=name, locale=tag, path=str(file))
            taken = arrivals.take(session, arrived, actor, Wish(wish))
        _tell(file, name, tag, taken, wish, machine=machine)
    if not several:
        name, tag, number = _meant(file, raw, document, locale)
        with workplace().database.write() as session:
            actor = actor_of(session, account, tag, Channel.UPLOAD)
            taken = exchange.take_back(
                session, name, tag, raw, actor, base=base or number, path=str(file), wish=Wish(wish)
            )  # fmt: skip
        _tell(file, name, tag, taken, wish, machine=machine)


def _tell(file: Path, name: DocumentName, tag: Tag, taken: Taken, wish: str, *, machine: bool) -> None:
    """Say what became of a text that came in."""
    lines = [f"revision {taken.head}"]
    if wish == Wish.SUGGESTION:
        known = f", {taken.known} of them open before" if taken.known else ""
        lines.append(f"{taken.suggestions} suggestions{known}")
    said = {
        "document": str(name), "locale": tag, "revision": taken.head, "suggestions": taken.suggestions,
        "problems": taken.problems,
    }  # fmt: skip
    tell(said, *lines, machine=machine)
    for problem in taken.problems:
        click.echo(str(problem), err=True)
    if taken.suggestions and wish != Wish.SUGGESTION:
        click.echo(f"{taken.suggestions} segments were changed by others too and are kept as suggestions", err=True)
    if taken.refusal is not None:
        click.echo(f"{file}:0: {'is' if taken.merged else 'is kept as a draft and'} not submitted", err=True)
        refused(taken.refusal)


def _beside(file: Path, returned: Returned, document: str | None, locale: str | None) -> tuple[DocumentName, Tag]:
    """Return document and locale of what came back beside its source: as told, or else as the file says."""
    said = returned.origins
    name = named(document) if document else said.document if said else None
    tag = tagged(locale) if locale else said.locale if said else returned.locale
    return _required(file, name, tag)


def _required(file: Path, name: DocumentName | None, tag: Tag | None) -> tuple[DocumentName, Tag]:
    missing = [option for option, known in (("--document", name), ("--locale", tag)) if not known]
    if name is None or tag is None:
        reason = f"does not say which text it is: give {' and '.join(missing)}"
        raise BadText(Problem(path=str(file), line=0, reason=reason))
    return name, tag


def _meant(file: Path, raw: bytes, document: str | None, locale: str | None) -> tuple[DocumentName, Tag, int | None]:
    """Return document, locale and base of a file: as told, or else as its label says."""
    label = None if document and locale else exchange.label_of(raw, path=str(file))
    name = named(document) if document else label.document if label else None
    tag = tagged(locale) if locale else label.locale if label else exchange.language_of(raw, path=str(file))
    name, tag = _required(file, name, tag)
    return name, tag, label.revision if label and (label.document, label.locale) == (name, tag) else None
