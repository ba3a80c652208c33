"""`tilmash download` and `upload`: texts out as files, and back in as drafts, for review or as suggestions."""

import sys
from pathlib import Path

import click

from app import cli_arrivals as arriving
from app.cli_shell import NUMBER, SHELL, RegularFile, actor_of, as_json, named, person, row, tagged, tell, workplace
from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound, Refusal
from app.domain.segments import NO_LANGUAGE, Tag
from app.formats.files import Form, is_word_file
from app.formats.packages import MOST_FILES, is_package, packed
from app.queries.asked import Asked, Due, Wanted
from app.queries.board import texts_of
from app.services import exchange, folds, packages, templates
from app.services.arrivals import Told
from app.services.exchange import Wish

_LARGEST = 60_000_000  # bytes; each kind of text has its own, smaller limit


@click.command()
@click.argument("document", required=False)
@click.argument("locale", required=False)
@click.option("--all", "several", is_flag=True, help="All texts that the filters below leave, as a package (ZIP).")
@click.option("--locale", "-l", "language", help="With --all: those in this language.")
@click.option(
    "--status", "status", type=click.Choice([one.value for one in Wanted]), help="With --all: those that stand so."
)
@click.option(
    "--kind", type=click.Choice([one.value for one in Kind]), help="With --all: those of documents of this kind."
)
@click.option(
    "--due", type=click.Choice([one.value for one in Due]),
    help="With --all: those that somebody was asked for until a time: one that has passed (late), one within seven "
    "days or late (week), any.",
)  # fmt: skip
@click.option("--words", help="With --all: those that have these words in their title.")
@click.option(
    "--format", "wanted", type=click.Choice([form.value for form in Form]),
    help="Else its own: po of a catalogue, md of an article. All others have the source beside it.",
)  # fmt: skip
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="Else to the terminal.")
@click.option("--by", "account", default=SHELL, callback=person, help="Whose typed words are put into the text first.")
@as_json
def download(
    document: str | None, locale: str | None, *, several: bool, language: str | None, status: str | None,
    kind: str | None, due: str | None, words: str | None, wanted: str | None, output: Path | None, account: str,
    machine: bool,
) -> None:  # fmt: skip
    """Give out the newest text of a document in a language, as a file that says which revision it is.

    Or, with --all, every text that the filters leave, in a package; one that does not have the form goes out as it is
    kept.
    """
    form = Form(wanted) if wanted else None
    if several:
        if document or output is None:
            raise click.UsageError("--all takes filters in place of DOCUMENT and LOCALE, and needs -o")
        asked = Asked(
            language=tagged(language) if language else None, wanted=Wanted(status) if status else None,
            kind=Kind(kind) if kind else None, due=Due(due) if due else None, words=words or "",
        )  # fmt: skip
        _download_all(asked, form, output, account, machine=machine)
        return
    if any((language, status, kind, due, words)):
        raise click.UsageError("filters need --all")
    if document is None or locale is None:
        raise click.UsageError("say which text: DOCUMENT and LOCALE, or --all")
    if machine and output is None:
        raise click.UsageError("--json needs -o: without it the text itself is printed")
    name, tag = named(document), tagged(locale)
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


def _download_all(asked: Asked, form: Form | None, output: Path, account: str, *, machine: bool) -> None:
    """Write a package of the texts that filters leave; tell of each, and of how many."""
    database = workplace().database
    with database.read() as session:
        texts = texts_of(session, asked, most=MOST_FILES + 1)
    if account != SHELL:
        for name, tag in texts[:MOST_FILES]:
            _fold(name, tag, account)
    with database.read() as session:
        out = list(packages.going_out(session, texts[:MOST_FILES], form))
    if not out:
        raise NotFound("the filters leave no text")
    output.write_bytes(packed(one.file for one in out))
    for one in out if machine else ():
        row(
            {"document": str(one.document), "locale": one.locale, "revision": one.revision, "path": one.file.name}
        )  # fmt: skip
    if not machine:
        click.echo(f"{len(out)} texts", err=True)
    if len(texts) > MOST_FILES:
        click.echo(f"the filters leave more: these are of the newest {MOST_FILES}", err=True)


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

    Of a package (ZIP), or an XLIFF file of several texts, each goes to the text that it says it is of, whatever becomes
    of the others.

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
    if (document or locale or base) and is_package(raw) and not is_word_file(raw):
        raise click.UsageError("each file of a package says which text it is: give no --document, --locale or --base")
    asked = arriving.Asked(wish=Wish(wish), account=account, check=check, machine=machine)
    if not arriving.bring(raw, told, asked, path=str(file)):
        sys.exit(1)


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
