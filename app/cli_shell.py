"""What all commands share: the open database, refusals as an exit status, and how a document is named."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.config import Settings
from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotFound, Refusal
from app.worker.workplace import Workplace

as_json = click.option("--json", "machine", is_flag=True, help="For machines: one JSON object a line.")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal into exit status 1 and a line for each problem."""
    try:
        yield
    except BadText as refusal:
        for problem in refusal.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)


def settings() -> Settings:
    """Return what the environment says; what is wrong with it is wrong usage."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def workplace() -> Workplace:
    """Open what the environment names."""
    return Workplace.open(settings())


def named(written: str) -> DocumentName:
    """Return the document of this name; NotFound if it cannot be one's."""
    try:
        return DocumentName.parse(written)
    except ValueError as error:
        raise NotFound(str(error)) from None
