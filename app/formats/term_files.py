"""A glossary as a file: which kinds there are, and which one some bytes are."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from io import BytesIO
from typing import Final

from app.domain.errors import BadText, Problem
from app.domain.glossary import Term
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats import tbx, term_table

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a file; one with the most terms that a glossary has, each with a long note, is smaller."""


class TermFile(StrEnum):
    """The kinds of files; the value is how their names end."""

    CSV = "csv"
    TBX = "tbx"


TYPES: Final[Mapping[TermFile, str]] = {TermFile.CSV: "text/csv; charset=utf-8", TermFile.TBX: "application/x-tbx+xml"}
"""Media types (`x-`: TBX has none that is registered)."""


def write(form: TermFile, terms: Iterable[Term], source: Tag, target: Tag) -> bytes:
    """Return a file of the terms from one language into another."""
    return term_table.write(terms).encode() if form is TermFile.CSV else tbx.write(terms, source, target)


def read(raw: bytes, source: Tag, target: Tag, *, path: str) -> tuple[Term, ...]:
    """Return the terms of a file of either kind: TBX begins with a `<`, in whatever charset. BadText as both."""
    if len(raw) > LARGEST:
        reason = saying("larger than %(most)s MB", most=LARGEST // 1024 // 1024)
        raise BadText(Problem(path=path, line=0, reason=reason))
    if raw[:100].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return tbx.read(BytesIO(raw), source, target, path=path)
    return term_table.read(raw, source, target, path=path)
