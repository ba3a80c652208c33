"""Hostile TMX files: each is refused with its line and reason, or read harmlessly, in little memory."""

from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from app.domain.errors import Problem
from app.formats.tmx import Memory, read
from app.formats.xml_parts import DEEPEST, LONGEST_TAG, MOST_NAMES
from tests.formats.hostile import peak, refused, sentences

MOST_MEMORY = 10_000_000
"""Bytes: a chunk, a tag as long as one may be and full of attributes, a unit, and what stands for them in Python."""

MB = 1_000_000
XML = '<?xml version="1.0" encoding="{}"?>'
NAMES = f"more than {MOST_NAMES} different names"
DECLARED = "it declares entities"
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 10))
GOOD = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>\n'


def tmx(body: str = "", *, doctype: str = "", head: str = '<?xml version="1.0"?>', header: str = "<header/>") -> bytes:
    return f'{head}\n{doctype}<tmx version="1.4">{header}<body>\n{body}</body></tmx>'.encode("utf-8", "surrogatepass")


def segment(words: str) -> str:
    return GOOD.replace("б", words)


REFUSED: Mapping[str, tuple[Callable[[], bytes], int, str]] = {
    "a bomb of entities": (
        lambda: tmx(segment("&a9;"), doctype=f'<!DOCTYPE tmx [\n<!ENTITY a0 "x">\n{BOMB}]>\n'),
        3,
        DECLARED,
    ),
    "one long entity many times": (
        lambda: tmx(segment("&a;" * 10_000), doctype=f'<!DOCTYPE tmx [<!ENTITY a "{"x" * 100_000}">]>'),
        2,
        DECLARED,
    ),
    "an entity of another file": (
        lambda: tmx(segment("&a;"), doctype='<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        2,
        DECLARED,
    ),
    "a parameter entity of another server": (
        lambda: tmx(doctype='<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1/x">\n%a;]>'),
        2,
        DECLARED,
    ),
    "an entity behind much else": (
        lambda: tmx(doctype=f'<!--{" " * 200_000}-->\n<!DOCTYPE tmx [<!ENTITY a "x">]>'),
        3,
        DECLARED,
    ),
    "an entity in UTF-16": (
        lambda: tmx(doctype='<!DOCTYPE tmx [<!ENTITY a "x">]>').decode().encode("utf-16"),
        2,
        DECLARED,
    ),
    "an entity that nobody declares": (
        lambda: tmx(segment("&etc;"), doctype='<!DOCTYPE tmx SYSTEM "/etc/passwd">'),
        3,
        "“&etc;” stands for nothing",
    ),
    "an entity without a document type": (lambda: tmx(segment("&etc;")), 3, "undefined entity"),
    "a charset that is another one": (lambda: tmx(segment("Привет")).decode().encode("cp1251"), 3, "not well-formed"),
    "UTF-8 that says it is UTF-16": (
        lambda: tmx(head=XML.format("utf-16")),
        1,
        "encoding specified in XML declaration",
    ),
    "a charset that is none": (lambda: tmx(head=XML.format("x-none")), 1, ""),
    "a charset that is a trick of Python": (lambda: tmx(head=XML.format("rot13")), 1, ""),
    "a charset of several bytes a letter": (lambda: tmx(head=XML.format("gb18030")), 1, ""),
    "UTF-32": (lambda: tmx().decode().encode("utf-32"), 1, ""),
    "NUL": (lambda: tmx(segment("a\0b")), 3, "not well-formed"),
    "a control character": (lambda: tmx(segment("a\x0bb")), 3, "not well-formed"),
    "half a pair of UTF-16": (lambda: tmx(segment("\ud800")), 3, "not well-formed"),
    "half a pair by its number": (lambda: tmx(segment("&#xD800;")), 3, "invalid character number"),
    "a number beyond all letters": (lambda: tmx(segment("&#99999999999999999999;")), 3, "invalid character number"),
    "an end that is missing": (lambda: tmx(GOOD * 3).removesuffix(b"</body></tmx>"), 6, "no element found"),
    "an end in the middle of a letter": (lambda: tmx(segment("б" * 9)).partition("ббб".encode())[0] + b"\xd0", 3, ""),
    "tags that cross": (lambda: tmx("<tu><tuv></tu></tuv>"), 3, "mismatched tag"),
    "an attribute of ten megabytes": (lambda: tmx(f'<tu x="{"a" * 10 * MB}"/>'), 3, f"longer than {LONGEST_TAG} bytes"),
    "a name of ten megabytes": (lambda: tmx(f"<{'a' * 10 * MB}/>"), 3, f"longer than {LONGEST_TAG} bytes"),
    "a comment of ten megabytes": (lambda: tmx(f"<!--{'a' * 10 * MB}-->"), 3, f"longer than {LONGEST_TAG} bytes"),
    "a document type of ten megabytes": (
        lambda: tmx(doctype=f"<!DOCTYPE tmx [{'<!ELEMENT a ANY>' * 625_000}]>"),
        2,
        f"longer than {LONGEST_TAG} bytes",
    ),
    "elements deep in each other": (lambda: tmx("<a>" * 100_000), 3, f"deeper than {DEEPEST}"),
    "as many names as elements": (lambda: tmx("".join(f"<a{n}/>" for n in range(100_000))), 3, NAMES),
    "twenty thousand attributes": (
        lambda: tmx("<tu" + "".join(f" a{n}='b'" for n in range(20_000)) + "/>"),
        3,
        NAMES,
    ),
    "an attribute twice": (lambda: tmx('<tu a="1" a="2"/>'), 3, "duplicate attribute"),
    "another kind of file": (
        lambda: b'<?xml version="1.0"?>\n<html><body/></html>',
        2,
        "the first element is “html” and not “tmx”",
    ),
    "a file behind the file": (lambda: tmx(GOOD) + tmx(GOOD), 4, ""),
    "no XML": (lambda: b"PK\x03\x04" + bytes(range(256)) * 100, 1, "not well-formed"),
    "nothing": (lambda: b"", 1, "no element found"),
}

HARMLESS: Mapping[str, tuple[Callable[[], bytes], int, int]] = {
    "a document type that nobody fetches": (
        lambda: tmx(GOOD, doctype='<!DOCTYPE tmx PUBLIC "-//LISA" "http://127.0.0.1/tmx14.dtd">'),
        1,
        0,
    ),
    "a segment of ten megabytes": (lambda: tmx(segment("a" * 10 * MB) + GOOD), 1, 1),
    "a unit of many long segments": (lambda: tmx(f"<tu><tuv><seg>{'a' * MB}</seg></tuv></tu>" * 8 + GOOD), 1, 8),
    "ten thousand units without anything": (lambda: tmx("<tu/>" * 10_000 + GOOD), 1, 10_000),
    "a unit of ten thousand elements": (lambda: tmx(f"<tu>{'<ph/>' * 10_000}</tu>" + GOOD), 1, 1),
    "ten thousand elements that are no units": (lambda: tmx("<note/>" * 10_000 + GOOD), 1, 0),
    "a head of ten thousand notes": (lambda: tmx(GOOD, header=f"<header>{'<note/>' * 10_000}</header>"), 1, 0),
    "a unit in a unit": (lambda: tmx(f"<tu>{GOOD}</tu>" + GOOD), 1, 1),
    "orders to whoever reads it": (
        lambda: tmx(f'<?xml-stylesheet href="http://127.0.0.1"?><![CDATA[<tu>]]>{GOOD}'),
        1,
        0,
    ),
    "words that are markup": (lambda: tmx(segment("<![CDATA[<script>alert(1)</script>]]>")), 1, 0),
}


def read_all(raw: bytes) -> list[Memory | Problem]:
    """What is in a file, of problems the first hundred: nobody keeps more."""
    found, problems = list[Memory | Problem](), 0
    for one in read(BytesIO(raw), path="evil.tmx"):
        problems += isinstance(one, Problem)
        if isinstance(one, Memory) or problems <= 100:
            found.append(one)
    return found


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_its_line_and_a_reason_in_little_memory(kind: str) -> None:
    make, line, reason = REFUSED[kind]
    raw, errors = make(), list[Problem]()

    def work() -> None:
        error = refused(lambda: read_all(raw))
        assert error is not None
        errors.extend(error.problems)

    assert peak(work) < MOST_MEMORY
    (problem,) = errors
    (said,) = sentences(problem)
    assert (problem.path, problem.line, reason in said) == ("evil.tmx", line, True), said


@pytest.mark.parametrize("kind", HARMLESS)
def test_it_is_read_without_harm_in_little_memory(kind: str) -> None:
    make, good, bad = HARMLESS[kind]
    raw, found = make(), list[Memory | Problem]()
    assert peak(lambda: found.extend(read_all(raw))) < MOST_MEMORY
    units = [one for one in found if isinstance(one, Memory)]
    problems = [one for one in found if isinstance(one, Problem)]
    assert (len(units), len(problems)) == (good, min(bad, 100))
    sentences(*problems)


def test_a_file_that_goes_wrong_is_read_no_further() -> None:
    file = BytesIO(tmx("<a>" * 10_000 + " " * 10 * MB))
    assert refused(lambda: list(read(file, path="evil.tmx"))) is not None
    assert file.tell() < MB
