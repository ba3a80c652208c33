"""`tilmash download` and `upload`: a text out as a file, and back in as a draft, for review or as suggestions."""

from collections.abc import Mapping
from pathlib import Path

import click
from sqlalchemy.orm import Session

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
from app.domain.people import Actor, Channel
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.formats.files import Form
from app.services import arrivals, exchange, file_remarks, folds, taking_in, templates
from app.services.arrivals import Arrival, Told, Unnamed
from app.services.exchange import Taken, Wish
from app.services.file_remarks import Remark
from app.services.outlook import counted, outlook
from app.storage.talk import WHOLE

_LARGEST = 60_000_000  # bytes; each kind of text has its own, smaller limit
_TOLD = 40  # letters of what a comment is said of


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
@click.option("--salvage", is_flag=True, help="Take what can be used of a catalogue with other plural forms.")
@click.option(
    "--by", "account", default=SHELL, callback=person, help="Who made it, and whose roles count; all, if left out."
)
@click.option("--check", is_flag=True, help="Only tell what would change, and store nothing.")
@as_json
def upload(
    file: Path, document: str | None, locale: str | None, *, base: int | None, wish: str, salvage: bool, account: str,
    check: bool, machine: bool,
) -> None:  # fmt: skip
    """Take a file in: Markdown, PO, XLIFF or DOCX. What others wrote since its base is merged with it.

    A template (.pot) takes the place of that of its domain, or begins the domain; each catalogue of it is brought up to
    it, and how many messages of it are kept, near, revived, added and vanished is told.
    """
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST)
    if file.suffix.lower() == ".pot":
        _renew(file, raw, named(document or f"catalogue/{file.stem}"), account, machine=machine)
        return
    told = Told(
        document=named(document) if document else None, locale=tagged(locale) if locale else None, base=base,
        salvage=salvage,
    )  # fmt: skip
    if check:
        with workplace().database.read() as session:
            for arrived in _arrived(session, raw, told, str(file)):
                actor = actor_of(session, account, arrived.locale, Channel.UPLOAD)
                _foretell(session, arrived, actor, machine=machine)
        return
    done = []
    with workplace().database.write() as session:
        for arrived in _arrived(session, raw, told, str(file)):
            actor = actor_of(session, account, arrived.locale, Channel.UPLOAD)
            done.append((arrived, taking_in.take(session, arrived, actor, Wish(wish))))
    for arrived, taken in done:
        _tell(file, arrived.document, arrived.locale, taken, wish, machine=machine)


def _foretell(session: Session, arrived: Arrival, actor: Actor, *, machine: bool) -> None:
    """Say what a file would change: of each fate how many segments, what cannot be used, and how sure that is.

    And which comments it brings: each with its line.
    """
    counts = counted(arrived, outlook(session, arrived, actor.name))
    numbers = {fate.value: count for fate, count in counts.items()}
    talk = file_remarks.weighed(session, arrived.document, arrived.locale, arrived.remarks, actor)
    said = {
        "document": str(arrived.document), "locale": arrived.locale, **numbers, "sure": arrived.is_sure,
        "comments": [{"line": one.line, "key": one.key, "text": one.words} for one in talk.new],
    }  # fmt: skip
    words = ", ".join(f"{count} {fate}" for fate, count in numbers.items())
    lines = [f"{arrived.document} in {arrived.locale}: {words}"]
    if talk.new:
        stands = {one.key: one.text for one in arrived.theirs}
        lines += [f"{len(talk.new)} comments:", *(_noted(one, stands) for one in talk.new)]
    tell(said, *lines, machine=machine)
    if not arrived.is_sure:
        click.echo("the file does not say what it was made from: it is held against the newest text", err=True)
    if arrived.by_place:
        click.echo(f"{arrived.by_place} segments were found by nothing but their place", err=True)
    for one in arrived.refused:
        click.echo(str(Problem(path=arrived.path, line=one.line, reason=f"{one.reason}: {one.text[:60]}")), err=True)
    for problem in (*arrived.problems, *talk.problems(arrived.path)):
        click.echo(str(problem), err=True)


def _noted(remark: Remark, stands: Mapping[Key, str]) -> str:
    """Return a comment in a line, with the line of the file and the first of the words that it is said of."""
    words = " ".join(stands.get(remark.key or WHOLE, "").split())[:_TOLD]
    where = (f"line {remark.line}, {words}" if words else f"line {remark.line}") if remark.line else "the whole text"
    return f"  {where}: {' '.join(remark.words.split())}"


def _renew(file: Path, raw: bytes, name: DocumentName, account: str, *, machine: bool) -> None:
    with workplace().database.write() as session:
        effects = templates.renew(session, name, raw, actor_of(session, account, NO_LANGUAGE), path=str(file))
    if not effects:
        tell({"document": str(name)}, f"{name}: in no language yet (tilmash catalog add)", machine=machine)
    for one in effects:
        counts = {} if one.changes is None else one.changes.counts
        said = {"document": str(name), "locale": one.locale, **counts, "problems": one.problems}
        words = ", ".join(f"{count} {what}" for what, count in counts.items()) or "cannot be brought up to it"
        tell(said, f"{one.locale}: {words}", machine=machine)
        for problem in one.problems:
            click.echo(str(problem), err=True)


def _arrived(session: Session, raw: bytes, told: Told, path: str) -> tuple[Arrival, ...]:
    try:
        return arrivals.arrivals(session, raw, told, path=path)
    except Unnamed as unnamed:
        missing = [
            option for option, asked in (("--document", unnamed.document), ("--locale", unnamed.locale)) if asked
        ]
        reason = f"does not say which text it is: give {' and '.join(missing)}"
        raise BadText(Problem(path=path, line=0, reason=reason)) from None


def _tell(file: Path, name: DocumentName, tag: Tag, taken: Taken, wish: str, *, machine: bool) -> None:
    """Say what became of a text that came in."""
    lines = [f"revision {taken.head}"]
    if wish == Wish.SUGGESTION:
        known = f", {taken.known} of them open before" if taken.known else ""
        lines.append(f"{taken.suggestions} suggestions{known}")
    if taken.remarks:
        lines.append(f"{taken.remarks} comments of the file are kept with their segments")
    said = {
        "document": str(name), "locale": tag, "revision": taken.head, "suggestions": taken.suggestions,
        "comments": taken.remarks, "problems": taken.problems,
    }  # fmt: skip
    tell(said, *lines, machine=machine)
    for problem in taken.problems:
        click.echo(str(problem), err=True)
    if taken.unfit:
        click.echo(f"{taken.unfit} segments cannot be part of the text and are kept as suggestions", err=True)
    if (met := taken.suggestions - taken.unfit) and wish != Wish.SUGGESTION:
        click.echo(f"{met} segments were changed by others too and are kept as suggestions", err=True)
    if taken.refusal is not None:
        click.echo(f"{file}:0: {'is' if taken.merged else 'is kept as a draft and'} not submitted", err=True)
        refused(taken.refusal)
