"""Hostile TBX files: each is refused with its line and reason, or read harmlessly, in little memory."""

from collections.abc import Callable, Mapping

import pytest

from app.domain.errors import Problem
from app.domain.segments import Tag
from app.domain.terms import LONGEST_NOTE
from app.formats import tbx as format_tbx
from app.formats import term_files
from app.formats.tbx import LONGEST_ENTRY
from tests.formats.hostile import peak, refused, sentences

EN, KY = Tag("en"), Tag("ky")
MOST = 500  # terms, here
MOST_MEMORY = 10_000_000
"""Bytes: a tag as long as one may be, a concept, so many terms, and what stands for them in Python."""


def entry(term: str, words: str = "b", more: str = "") -> str:
    langs = "".join(
        f'<langSet xml:lang="{tag}"><tig><term>{said}</term></tig></langSet>'
        for tag, said in (("en", term), ("ky", words))
    )
    return f"<termEntry>{more}{langs}</termEntry>\n"


def tbx(body: str, *, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>\n{doctype}<martif><text><body>\n{body}</body></text></martif>'.encode(
        "utf-8", "surrogatepass"
    )


REFUSED: Mapping[str, tuple[Callable[[], bytes], int, str]] = {
    "a bomb of entities": (
        lambda: tbx(entry("&b;"), doctype='<!DOCTYPE martif [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
        2,
        "it declares entities",
    ),
    "an entity of another file": (
        lambda: tbx(entry("&a;"), doctype='<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        2,
        "it declares entities",
    ),
    "half a pair of UTF-16": (lambda: tbx(entry("\ud800")), 3, "not well-formed"),
    "NUL": (lambda: tbx(entry("a\0b")), 3, "not well-formed"),
    "a charset that is another one": (lambda: tbx(entry("слово")).decode().encode("cp1251"), 3, "not well-formed"),
    "an end that is missing": (lambda: tbx(entry("a")).partition(b"</body>")[0], 4, "no element found"),
    "elements deep in each other": (lambda: tbx("<a>" * 100_000), 3, "deeper than"),
    "another kind of file": (lambda: b"<tmx/>", 1, "the first element is “tmx” and not “martif / tbx”"),
    "a concept of ten megabytes": (
        lambda: tbx(entry("a", "b" * 10_000_000)),
        3,
        f"a concept has {LONGEST_ENTRY} letters at most",
    ),
    "a note longer than one is": (
        lambda: tbx(entry("a", more=f"<note>{'n' * 2000}</note>")),
        3,
        f"{LONGEST_NOTE} are the most",
    ),
    "more concepts than a glossary has": (
        lambda: tbx("".join(entry(f"a{n}") for n in range(MOST + 1))),
        0,
        f"{MOST} terms at most",
    ),
    "one term in a thousand concepts": (
        lambda: tbx("".join(entry("a", f"b{n}") for n in range(1000))),
        3,
        f"{LONGEST_NOTE} are the most",
    ),
    "twenty megabytes and one": (lambda: tbx(" " * term_files.LARGEST), 0, "larger than 20 MB"),
    "concepts without anything": (lambda: tbx("<termEntry/>" * 10_000), 0, "no concept has terms in both languages"),
    "nothing in it": (lambda: tbx(""), 0, "no concept has terms in both languages"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_its_line_and_a_reason_in_little_memory(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_tbx, "MOST", MOST)
    make, line, reason = REFUSED[kind]
    raw, errors = make(), list[Problem]()

    def work() -> None:
        error = refused(lambda: term_files.read(raw, EN, KY, path="evil.tbx"))
        assert error is not None
        errors.extend(error.problems)

    assert peak(work) < MOST_MEMORY
    assert len(errors) <= 20
    said = sentences(*errors)
    assert (errors[0].path, errors[0].line, reason in said[0]) == ("evil.tbx", line, True), said[0]
