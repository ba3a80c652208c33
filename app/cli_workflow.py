"""`tilmash workflow`: the two tables of the workflow, as a page of the documentation."""

from collections.abc import Collection, Iterator
from typing import Final

import click

from app.cli_shell import as_json, row
from app.domain.permissions import PER_LOCALE, PERMISSIONS, Side
from app.domain.translations import TRANSITIONS, Guard, Role, Status

_HEAD: Final = """# The workflow

Drawn by `tilmash workflow` from `app/domain/translations.py` and `app/domain/permissions.py`, which desk, command line
and tree all ask; a test compares. A text has two facts that are never confused: the status of its newest revision, and
which revision readers see.

## What leads where
"""

_ROLES: Final = """
## Who may do what

One of the roles is enough. {per_locale} are granted for a language and count for texts in it alone (but a comment
takes one of the roles for any language); the others are granted for the whole site.
An item's facts and a catalogue's template are on the side of the source text. The tree
has the roles that `[tree]` of `site.toml` gives it, the shell has all, and `--as` those of an account.
"""

_GUARDS: Final = """
## What has to hold besides
"""


@click.command()
@as_json
def workflow(*, machine: bool) -> None:
    """Print docs/workflow.md: which transitions there are, and which roles may take them."""
    if machine:
        for line in (*TRANSITIONS, *PERMISSIONS):
            row(line)
    else:
        click.echo(page(), nl=False)


def page() -> str:
    """Return the page as Markdown."""
    per_locale = _named(PER_LOCALE).capitalize().replace(", ", " and ")
    return "\n".join(
        [_HEAD, *_transitions(), _GUARDS, *_guards(), _ROLES.format(per_locale=per_locale), *_permissions(), ""]
    )


def _transitions() -> Iterator[str]:
    yield from _table("action", "from", "to", "guards")
    for one in TRANSITIONS:
        guards = ", ".join(guard.name.lower().replace("_", " ") for guard in Guard if guard in one.guards)
        yield _row(f"*{one.action}*", _named(one.source), one.to or "as it was", guards)


def _guards() -> Iterator[str]:
    yield from _table("guard", "what it asks")
    yield from (_row(guard.name.lower().replace("_", " "), guard) for guard in Guard)


def _permissions() -> Iterator[str]:
    yield from _table("what", *(f"{side}" for side in Side))
    yield from (_row(f"*{one.what}*", *(_named(one.on(side)) for side in Side)) for one in PERMISSIONS)


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*("---" for _ in heads))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _named(values: Collection[str]) -> str:
    return ", ".join(value for value in (*Status, *Role) if value in values)
