"""Hostile tables of terms: each is refused with its line and reason, or read harmlessly, in little memory."""

from collections.abc import Mapping

import pytest

from app.domain.errors import Problem
from app.domain.glossary import Term
from app.domain.segments import Tag
from app.domain.terms import LONGEST
from app.formats import term_files, term_table
from app.formats.encoding import ARTICLE_LIMIT
from tests.formats.hostile import peak, refused, sentences

EN, KY = Tag("en"), Tag("ky")
HEAD = "term,translation,note,forbidden,keep\n"
MOST = 500  # terms, here
MOST_MEMORY = 40_000_000
"""Bytes: a table of two megabytes at most, as text and as rows."""

REFUSED: Mapping[str, tuple[bytes, int, str]] = {
    "NUL in a term": (f"{HEAD}a\0,b\n\0,c\n".encode(), 3, "the term is missing"),
    "Windows' Cyrillic": (f"{HEAD}термин,сөз\n".replace("ө", "о").encode("cp1251"), 2, "not in UTF-8"),
    "Unix's Cyrillic": (f"{HEAD}a,b\nтермин,слово\n".encode("koi8-r"), 3, "not in UTF-8"),
    "Arabic of Windows": (f"{HEAD}مصطلح,b\n".encode("cp1256"), 2, "not in UTF-8"),
    "half a letter at the end": (f"{HEAD}a,ө".encode()[:-1], 2, "not in UTF-8"),
    "half a pair of UTF-16": (f"{HEAD}a,\ud800\n".encode("utf-8", "surrogatepass"), 2, "not in UTF-8"),
    "letters longer than they are": (HEAD.encode() + b"\xc0\xaf,b\n", 2, "not in UTF-8"),
    "UTF-16 that is cut off": (HEAD.encode("utf-16")[:-1], 0, "no sound UTF-16"),
    "UTF-16 with half a pair": (HEAD.encode("utf-16") + b"\x00\xd8a\x00", 0, "no sound UTF-16"),
    "UTF-32": (HEAD.encode("utf-32"), 1, "the first line has to name the columns"),
    "an open quotation mark": ((HEAD + '"a,b\n' + "c,d\n" * 9).encode(), 2, "a quotation mark may be open"),
    "a quotation mark within a cell": (f'{HEAD}"a"b,c\n'.encode(), 2, "a quotation mark may be open"),
    "ten megabytes": (HEAD.encode() + b"a" * 10_000_000, 0, f"{ARTICLE_LIMIT} are the most"),
    "a cell of a megabyte": (f"{HEAD}{'a' * 1_000_000},b\n".encode(), 2, "this line is no CSV"),
    "a term longer than one is": (f"{HEAD}{'a' * 100_000},b\n".encode(), 2, f"{LONGEST} are the most"),
    "more terms than a glossary has": (
        (HEAD + "".join(f"a{n},b\n" for n in range(MOST + 1))).encode(),
        0,
        f"{MOST} terms at most",
    ),
    "columns without an end": (b"term," * 100_000, 1, "the first line has to name the columns"),
    "cells without an end": (f"{HEAD}a{',b' * 100_000}\n".encode(), 2, "more cells than the head"),
    "forbidden phrases without an end": (
        f"{HEAD}a,b,,{'|'.join(map(str, range(20_000)))},\n".encode(),
        2,
        "what is not to be written has",
    ),
    "one term a thousand times": ((HEAD + "a,b\n" * 1000).encode(), 3, "line 2 has this term too"),
    "a head of another table": (b"name,phone\na,b\n", 1, "the first line has to name the columns"),
    "no head": (b"customs,x\n", 1, "the first line has to name the columns"),
    "a column twice": (b"term,term\na,b\n", 1, "the first line has to name the columns"),
    "signs that nothing shows": (f"{HEAD}\u200b\u202e,b\n".encode(), 2, "no letter and no digit"),
    "nothing": (b"", 0, "the table is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", 0, "the table is empty"),
    "empty lines without an end": (b"\n" * 1_900_000, 1, "the first line has to name the columns"),
    "a spreadsheet's own file": (b"PK\x03\x04\x14\x00" + bytes(range(256)), 0, "a spreadsheet's own file"),
    "a page of the web": (b"<html><body>term,translation</body></html>", 1, "the first element is “html”"),
}

HARMLESS: Mapping[str, tuple[bytes, tuple[Term, ...]]] = {
    "a formula": (
        f"{HEAD}=cmd|' /C calc'!A1,@SUM(1),\n".encode(),
        (Term(source=EN, target=KY, term="=cmd|' /C calc'!A1", translation="@SUM(1)"),),
    ),
    "a script": (
        f"{HEAD}<script>x</script>,b\n".encode(),
        (Term(source=EN, target=KY, term="<script>x</script>", translation="b"),),
    ),
    "ends of lines of old Macs": (
        f"{HEAD}a,b\n".replace("\n", "\r").encode(),
        (Term(source=EN, target=KY, term="a", translation="b"),),
    ),
    "NUL beside letters": (
        f"{HEAD}a\0b,c\n".encode(),
        (Term(source=EN, target=KY, term="ab", translation="c"),),
    ),
    "a letter that is none": (
        f"{HEAD}a\ufffe,c\n".encode(),
        (Term(source=EN, target=KY, term="a", translation="c"),),
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_its_line_and_a_reason_in_little_memory(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_table, "MOST", MOST)
    raw, line, reason = REFUSED[kind]
    errors = list[Problem]()

    def work() -> None:
        error = refused(lambda: term_files.read(raw, EN, KY, path="evil.csv"))
        assert error is not None
        errors.extend(error.problems)

    assert peak(work) < MOST_MEMORY
    assert len(errors) <= 20
    said = sentences(*errors)
    assert (errors[0].path, errors[0].line, reason in said[0]) == ("evil.csv", line, True), said[0]


@pytest.mark.parametrize("kind", HARMLESS)
def test_it_is_read_without_harm(kind: str) -> None:
    raw, terms = HARMLESS[kind]
    assert term_files.read(raw, EN, KY, path="evil.csv") == terms
