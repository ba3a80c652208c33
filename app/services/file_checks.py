"""What checks find in a file that comes in: of what it changes alone, and with its lines."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import Problem
from app.domain.segments import Key
from app.domain.side_by_side import FORMS, Row
from app.formats.po_check import check
from app.services.checks import checked, dismissals, glossary_of
from app.services.sheets import Bases, Sheet, sheet
from app.storage.texts import DbRevision, DbTranslation


def found_in(
    session: Session, translation: DbTranslation, incoming: DbRevision, base: DbRevision | None, text: str, *, path: str
) -> tuple[Problem, ...]:
    """Return what checks find in the segments of a revision that read otherwise in its base, by the lines of its file.

    Of a message errors are left out: the format has told them. So is what somebody dismissed.
    """
    name = translation.document.full_name
    shown = sheet(session, name, translation.locale, Bases(revision=incoming.number))
    before = {} if base is None else _texts(sheet(session, name, translation.locale, Bases(revision=base.number)))
    changed = {row.key: row for row in shown.rows if row.text and row.text != before.get(row.key)}
    forms = {key: tuple(row.text.split(FORMS)) for key, row in changed.items()}
    lines = dict(_lines(text, changed, translation.document.kind))
    found = checked(shown, forms, dismissals(session, translation), glossary_of(session, shown))
    problems = {
        Problem(path=path, line=lines.get(key, 0), reason=f"{one.finding.check}: {one.finding.said}")
        for key, some in found.items()
        for one in some
        if one.dismissal is None and not (one.blocks and changed[key].kind == "message")
    }
    return tuple(sorted(problems))


def _texts(shown: Sheet) -> Mapping[Key, str]:
    return {row.key: row.text for row in shown.rows}


def _lines(text: str, rows: Mapping[Key, Row], kind: Kind) -> Iterator[tuple[Key, int]]:
    """Yield in which line of a file segments begin; nothing of one that is not in it as it reads."""
    if kind is Kind.CATALOGUE:
        yield from ((Key(one.key), one.line) for one in check(text, path="").messages)
        return
    numbers: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        numbers.setdefault(line.strip(), number)
    for key, row in rows.items():
        first = row.text.split("\n", 1)[0].strip()
        field = key.partition(":")[2] or key
        known = (numbers.get(first), numbers.get(f"{field}: {first}"))
        yield from ((key, number) for number in known if number is not None)
