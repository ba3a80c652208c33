"""A glossary as a table that spreadsheets open and save (RFC 4180): CSV in UTF-8, a head of names, a line a term."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Final

from app.domain.errors import BadText, Problem
from app.domain.glossary import Term
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.terms import MOST, folded, problems, tidy
from app.formats.encoding import ARTICLE_LIMIT, decode
from app.formats.formulas import shielded, unshielded

HEAD: Final = ("term", "translation", "note", "forbidden", "keep")
"""Names of the columns; on the way in they stand in any order, and only `term` has to be there."""

_BETWEEN: Final = "|"  # what is forbidden, in one cell
_KEPT: Final = "yes"
_YES: Final = frozenset({_KEPT, "1", "true", "x", "да"})
_NO: Final = frozenset({"", "no", "0", "false", "нет"})
_MARK: Final = "\ufeff"
_ZIP: Final = b"PK\x03\x04"  # XLSX and ODS are archives
_MOST_TOLD: Final = 20


def write(terms: Iterable[Term]) -> str:
    """Return a table that Excel, too, opens as UTF-8; no cell of it is a formula to a spreadsheet.

    Nor is what one whose language has semicolons between cells makes of a cell.
    """
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(HEAD)
    for one in terms:
        forbidden = f" {_BETWEEN} ".join(word.replace(_BETWEEN, f"\\{_BETWEEN}") for word in one.forbidden)
        rows.writerow(map(shielded, (one.term, one.translation, one.note, forbidden, _KEPT if one.keep else "")))
    return _MARK + out.getvalue()


def read(raw: bytes, source: Tag, target: Tag, *, path: str) -> tuple[Term, ...]:
    """Return the terms of a table, tidied; between its cells stand commas, semicolons or tabs, as its head has them.

    BadText, with each line and reason up to a score, for what is no such table or holds what no glossary does.
    """
    text = _decoded(raw, path)
    wrong, terms, seen = list[Problem](), list[Term](), dict[str, int]()
    try:
        for line, cells in _rows(text, path):
            term = tidy(_term(cells, source, target))
            terms.append(term)
            wrong.extend(_wrong(term, cells, seen, path=path, line=line))
            seen.setdefault(folded(term.term), line)
    except BadText as broken:
        wrong.extend(broken.problems)
    if len(terms) > MOST:
        wrong.append(Problem(path=path, line=0, reason=saying("a table has %(most)s terms at most", most=MOST)))
    if wrong:
        raise BadText(*wrong[:_MOST_TOLD])
    return tuple(terms)


def _wrong(term: Term, cells: Mapping[str, str], seen: Mapping[str, int], *, path: str, line: int) -> Iterator[Problem]:
    """Yield what is wrong with a row; `seen` are the terms of those before it, with their lines."""
    yield from problems(term, path=path, line=line)
    keep = cells.get("keep", "").strip()
    if keep.lower() not in _YES | _NO:
        said = saying("keep is “yes” or empty, and not “%(word)s”", word=keep[:40])
        yield Problem(path=path, line=line, reason=said)
    if first := seen.get(folded(term.term)):
        said = saying("line %(number)s has this term too", number=first)
        yield Problem(path=path, line=line, reason=said)


def _rows(text: str, path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each row that is not empty by the names of its columns, with the line in which it begins."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    head, line = tuple[str, ...](), 1
    try:
        for cells in rows:
            if not head:
                head = _head(cells, path)
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
                    reason = saying("this line has more cells than the head: quotation marks may be missing")
                    raise BadText(Problem(path=path, line=line, reason=reason))
                yield line, dict(zip(head, map(unshielded, cells), strict=False))
            line = rows.line_num + 1
    except csv.Error:
        reason = saying("this line is no CSV: a quotation mark may be open")
        raise BadText(Problem(path=path, line=line, reason=reason)) from None
    if not head:
        raise BadText(Problem(path=path, line=0, reason=saying("the table is empty")))


def _head(cells: Iterable[str], path: str) -> tuple[str, ...]:
    head = tuple(cell.strip().lower() for cell in cells)
    if "term" not in head or not set(head) <= {*HEAD, ""} or len(set(head)) < len([name for name in head if name]):
        columns = ", ".join(HEAD)
        reason = saying("the first line has to name the columns, each once: %(columns)s", columns=columns)
        raise BadText(Problem(path=path, line=1, reason=reason))
    return head


def _term(cells: Mapping[str, str], source: Tag, target: Tag) -> Term:
    keep = cells.get("keep", "").strip().lower()
    return Term(
        source=source, target=target, term=cells.get("term", ""), translation=cells.get("translation", ""),
        note=cells.get("note", ""), forbidden=_forbidden(cells.get("forbidden", "")), keep=keep in _YES,
    )  # fmt: skip


def _forbidden(cell: str) -> tuple[str, ...]:
    """Return the phrases of a cell; one that has the sign itself has a backslash before it."""
    return tuple(one.replace(f"\\{_BETWEEN}", _BETWEEN) for one in re.split(rf"(?<!\\)\{_BETWEEN}", cell))


def _decoded(raw: bytes, path: str) -> str:
    """Return the text of UTF-8, or of the UTF-16 that Excel calls Unicode text; BadText, with its line, of others."""
    if raw.startswith(_ZIP):
        reason = saying("this is a spreadsheet's own file: save the table as CSV in UTF-8")
        raise BadText(Problem(path=path, line=0, reason=reason))
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raw = raw.decode("utf-16").encode()
        return decode(raw, path=path).removeprefix(_MARK)
    except UnicodeError:
        reason = saying("this is no sound UTF-16: save the table as CSV in UTF-8")
        raise BadText(Problem(path=path, line=0, reason=reason)) from None
    except BadText as broken:
        if len(raw) > ARTICLE_LIMIT:
            raise
        reason = saying("this is not in UTF-8: save the table as CSV in UTF-8")
        raise BadText(Problem(path=path, line=broken.problems[0].line, reason=reason)) from None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
