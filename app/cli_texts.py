"""`tilmash download` and `upload`: a text out as a file, and back in as a draft."""

from pathlib import Path

import click

from app.cli_shell import named, refusals, workplace
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.services import exchange


@click.command()
@click.argument("document")
@click.argument("locale")
@click.option(
    "-o", "output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Else to the terminal."
)
def download(document: str, locale: str, output: Path | None) -> None:
    """Give out the newest text of a document in a language, as a Markdown or PO file; say which revision it is."""
    with refusals(), workplace().database.read() as session:
        given = exchange.give_out(session, named(document), Tag(locale))
    if output is None:
        click.echo(given.raw, nl=False)
    else:
        output.write_bytes(given.raw)
    click.echo(f"revision {given.number}", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--document", required=True, help="news/<folder>, page/<folder> or catalogue/<domain>.")
@click.option("--locale", required=True, help="The language of the text.")
@click.option("--base", type=int, help="The revision that it was made from, as download said it; else the newest one.")
@click.option("--as", "account", default="shell", help="Who made it; whoever has this shell is trusted.")
def upload(file: Path, document: str, locale: str, base: int | None, account: str) -> None:
    """Take a Markdown or PO file in as a draft; what others wrote since its base is merged with it."""
    actor = Actor(name=account, channel=Channel.UPLOAD, roles=frozenset(Role), four_eyes=False)
    with refusals(), workplace().database.write() as session:
        saved = exchange.take_back(
            session, named(document), Tag(locale), file.read_bytes(), actor, base=base, path=str(file)
        )  # fmt: skip
        click.echo(f"revision {saved.head.number}")
        if saved.suggestions:
            click.echo(f"{saved.suggestions} segments were changed by others too and are kept as suggestions", err=True)
