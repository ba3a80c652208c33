"""`tilmash check`: what checks find in texts, and the page of the documentation about them."""

from collections.abc import Iterator
from typing import Final

import click
from sqlalchemy.orm import Session

from app.cli_shell import as_json, named, refusals, row, tagged, workplace
from app.domain.checks.table import CHECKS
from app.domain.documents import DocumentName
from app.domain.segments import Key, Tag
from app.domain.side_by_side import FORMS
from app.queries import standings
from app.services import checks
from app.services.checks import Checked
from app.services.sheets import sheet
from app.services.texts import find

_HEAD: Final = """# Checks

Drawn by `tilmash check --page` from `app/domain/checks/table.py`; a test compares. Editor, command line and the handing
in of a text ask the same pure functions. An *error* keeps a catalogue from being handed in at the desk; a *warning* can
be dismissed with a reason, which is kept and counts until the words that it is about change. Where a mend is sure, one
press takes it.

| check | grave | of | what it asks | mends |
| --- | --- | --- | --- | --- |"""

_END: Final = """
`tilmash check [DOCUMENT] [--locale L]` prints `document@locale: segment: check: reason` for each finding, and ends with
1 if there is an error. The filter `check:any`, or `check:` with a name of the table, shows them in the editor.
"""


@click.command()
@click.argument("document", required=False)
@click.option("--locale", "-l", help="One language alone.")
@click.option("--page", "drawn", is_flag=True, help="Print docs/checks.md instead.")
@as_json
def check(document: str | None, locale: str | None, *, drawn: bool, machine: bool) -> None:
    """Say what checks find in the newest texts: numbers, links, placeholders, letters, quotation marks, and more."""
    if drawn:
        click.echo(page(), nl=False)
        return
    name, tag, grave = named(document) if document else None, tagged(locale) if locale else None, False
    with refusals(), workplace().database.read() as session:
        for text, key, one in _found(session, name, tag):
            grave = grave or (one.blocks and one.dismissal is None)
            if machine:
                row({"text": text, "segment": key, "check": one.finding.check, "severity": one.finding.severity,
                     "form": one.finding.form, "reason": str(one.finding.said),
                     "dismissed": one.dismissal.reason if one.dismissal else None})  # fmt: skip
            elif one.dismissal is None:
                click.echo(f"{text}: {key}: {one.finding.check}: {one.finding.said}")
    if grave:
        raise SystemExit(1)


def _found(session: Session, name: DocumentName | None, tag: Tag | None) -> Iterator[tuple[str, Key, Checked]]:
    for stand in standings.all_of(session, name, tag):
        text = DocumentName.parse(stand.document)
        if stand.head is None or not (translation := find(session, text, stand.locale)).is_language:
            continue
        shown = sheet(session, text, stand.locale)
        forms = {one.key: tuple(one.text.split(FORMS)) for one in shown.rows if one.text}
        dismissed, terms = checks.dismissals(session, translation), checks.glossary_of(session, shown)
        for key, found in checks.checked(shown, forms, dismissed, terms).items():
            yield from ((translation.subject, key, one) for one in found)


def page() -> str:
    """Return the page of the documentation as Markdown."""
    rows = (
        f"| `{one.check}` | {one.severity} | {one.kinds} | {one.asks} | {'yes' if one.mends else ''} |"
        for one in CHECKS
    )
    return "\n".join([_HEAD, *rows, _END])
