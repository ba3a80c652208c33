"""Files that mean harm, or that a disk, a mail program or a wrong tool made: refused with file, line and reason.

What it costs is counted: calls, and bytes at the peak. So it says the same on every machine.
"""

import gzip
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.documents import DocumentName
from app.domain.errors import BadText
from app.domain.segments import Tag
from app.formats.charset import NUL, decode
from app.formats.po import PO
from app.formats.po_check import Checked, check
from app.services.exchange import Wish
from tests import databases
from tests.formats.test_po_check import steps
from tests.taking_back import take_back
from tests.trees import EDITOR, Place

CALLS = 1_000_000
"""Calls of functions, a quarter of a second."""

BYTES = 200_000_000

FILE = "translations/ru/LC_MESSAGES/messages.po"
CATALOGUE = DocumentName.parse("catalogue/messages")
PLURALS = '"Plural-Forms: {}\\n"\n'
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' + PLURALS.format(
    "nplurals=2; plural=n!=1;"
)
GOOD = '\n# mine\nmsgid "News"\nmsgstr "Новости"\n'


def counted(rule: str) -> bytes:
    return (HEAD.replace("nplurals=2; plural=n!=1;", rule) + GOOD).encode()


def said(charset: str) -> bytes:
    return (HEAD.replace("UTF-8", charset) + GOOD).encode()


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "nothing at all": (b"", 1, "no header"),
    "a page of the web": (b"<!DOCTYPE html>\n<p>\n", 1, "neither a comment nor a keyword"),
    "a compressed file": (gzip.compress(HEAD.encode(), mtime=0), 1, ""),
    "a file of UTF-16": ((HEAD + GOOD).encode("utf-16"), 1, "a NUL byte; is this a PO file in UTF-8?"),
    "bytes of another charset than is said": ((HEAD + GOOD).encode("cp1251"), 8, "a byte that is not utf-8"),
    "a charset that is said of UTF-8": (said("KOI8-R"), 3, "the header says koi8-r, and the text is in UTF-8"),
    "a charset that turns letters round": (said("rot13"), 3, "the charset 'rot13' is not one that gettext knows"),
    "a charset that unpacks": (said("zip"), 3, "the charset 'zip' is not one that gettext knows"),
    "a charset that is a path": (said("../../etc/passwd"), 3, "the charset '../../etc/passwd' is not one"),
    "a message that pretends to be the header": (
        b'msgid "x"\nmsgstr ""\n"Content-Type: text/plain; charset=CP1251\\n"\n\n' + HEAD.encode(), 7,
        "the header says utf-8, and a message before it pretends to cp1251",
    ),
    "half of a pair of surrogates": (HEAD.encode() + b'\nmsgid "\xed\xa0\x80"\nmsgstr ""\n', 6, "a byte that is not"),
    "a slash of two bytes": (HEAD.encode() + b'\nmsgid "\xc0\xaf"\nmsgstr ""\n', 6, "a byte that is not utf-8"),
    "the letter that stands for NUL": ((HEAD + f'\nmsgid "{NUL}"\nmsgstr ""\n').encode(), 6, "the noncharacter"),
    "NUL in the header": (HEAD.replace("text/", "\0text/").encode() + GOOD.encode(), 3, "a NUL byte"),
    "a header without an end": (HEAD.replace('1;\\n"', "1;\\n").encode() + GOOD.encode(), 4, "a string that does not"),
    "two headers": ((HEAD + "\n" + HEAD).encode(), 6, "a second header; the first is in line 1"),
    "no header": (GOOD.encode(), 1, "no header"),
    "a header with a context": (b'msgctxt "x"\n' + (HEAD + GOOD).encode(), 1, "no header"),
    "a header with plural forms": (
        b'msgid ""\nmsgid_plural ""\nmsgstr[0] "Content-Type: text/plain; charset=UTF-8\\n"\n', 1,
        "a header with plural forms",
    ),
    "a huge header": ((HEAD + '"X-Padding: x\\n"\n' * 6_000 + GOOD).encode(), 1, "a message of more than 64 kB"),
    "a header of one endless line": (
        (HEAD + '"' + "X: y\\n" * 20_000 + '"\n' + GOOD).encode(), 1, "a message of more than 64 kB"
    ),
    "a rule that divides by zero": (counted("nplurals=2; plural=n/0;"), 4, "the plural expression divides by zero"),
    "a rule that divides by zero once": (counted("nplurals=2; plural=1/(n-77)*0;"), 4, "the plural expression div"),
    "a billion forms": (counted("nplurals=1000000000; plural=0;"), 4, "nplurals is a number from 1 to 6"),
    "no form at all": (counted("nplurals=0; plural=0;"), 4, "nplurals is a number from 1 to 6"),
    "a form that is not there": (counted("nplurals=2; plural=n%3;"), 4, "the plural expression gives form 2"),
    "a rule that is a tower of powers": (counted("nplurals=2; plural=9**9**9;"), 4, "the plural expression lacks"),
    "a rule that is a program": (
        counted("nplurals=1; plural=__import__('os').system('id');"), 4, "\"__import__('\" does not belong"
    ),
    "a rule nested without end": (counted(f"nplurals=1; plural={'(' * 240}0{')' * 240};"), 4, "the plural expression"),
    "a rule that says no without end": (counted(f"nplurals=1; plural={'!' * 199}n;"), 4, "the plural expression is ne"),
    "a rule that asks without end": (counted(f"nplurals=1; plural={'n?' * 99}0;"), 4, "the plural expression is nes"),
    "a rule of a megabyte": (
        counted(f"nplurals=1; plural={'0+' * 20_000}0;"), 4, "the plural expression is longer than 500 characters"
    ),
    "a string of ten megabytes": (
        (HEAD + f'\nmsgid "a"\nmsgstr "{"x" * 10_500_000}"\n').encode(), 0, "larger than 10 MB"
    ),
    "a million tiny messages": (
        HEAD.encode() + b'msgid"a"\nmsgstr""\n' * 550_000, 200_003, "more than 100000 messages"
    ),
    "a million tiny messages as gettext writes them": (
        HEAD.encode() + b'\nmsgid "a"\nmsgstr ""\n' * 400_000, 300_003, "more than 100000 messages"
    ),
    "two million lines of nothing": (HEAD.encode() + b"#\n" * 2_000_000, 1_500_001, "more than 1500000 lines"),
}  # fmt: skip


def read(raw: bytes) -> Checked:
    return check(decode(raw, path="sent.po"), path="sent.po")


@pytest.mark.parametrize("kind", list(REFUSED))
def test_a_hostile_file_is_refused_with_its_line_and_the_reason(kind: str) -> None:
    raw, line, reason = REFUSED[kind]
    with pytest.raises(BadText) as refusal:
        read(raw)
    problems = refusal.value.problems
    assert any(one.line == line and one.reason.startswith(reason) for one in problems), problems
    assert {one.path for one in problems} == {"sent.po"}
    assert 0 < len(problems) <= 21
    assert len(str(refusal.value)) < 4_000
    assert "/work" not in str(refusal.value)
    assert str(Path.cwd()) not in str(refusal.value)


@pytest.mark.parametrize("kind", list(REFUSED))
def test_it_costs_no_more_than_can_be_borne(kind: str) -> None:
    raw, _, _ = REFUSED[kind]
    with refused(), peak_below(BYTES):
        read(raw)
    assert steps(lambda: _refuse(raw)) < CALLS


def _refuse(raw: bytes) -> None:
    with refused():
        read(raw)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(BadText):
        yield


@contextmanager
def peak_below(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < most


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.write(FILE, HEAD + GOOD)
    place.sync()
    yield place
    place.database.dispose()


def test_none_of_them_leaves_a_trace_when_it_is_sent_in(place: Place) -> None:
    files, revisions = place.files(), place.revisions()
    for kind, (raw, _, _) in REFUSED.items():
        for wish in Wish:
            with place.database.write() as session, pytest.raises(BadText) as refusal:
                take_back(session, CATALOGUE, Tag("ru"), raw, EDITOR, base=None, path="sent.po", wish=wish)
            assert str(place.root) not in str(refusal.value), kind
    place.sync()
    assert (place.files(), place.revisions(), place.suggestions()) == (files, revisions, [])


ALONE = {
    "a string without an end": ('msgid "a"\nmsgstr "b\n', "a string that does not end"),
    "a string that ends in a backslash": ('msgid "a"\nmsgstr "b\\"\n', "a string that does not end"),
    "NUL": ('msgid "a"\nmsgstr "b\0"\n', "a NUL byte"),
    "a form of a billion": ('msgid "a"\nmsgid_plural "b"\nmsgstr[999999999] "c"\n', "neither a comment nor a keyword"),
    "a form of thousands": ('msgid "a"\nmsgid_plural "b"\nmsgstr[9999] "c"\n', "a message with msgid_plural has"),
    "no msgstr": ('msgid "a"\n', "a message without msgstr"),
    "a conflict of git": ("<<<<<<< HEAD\n", "neither a comment nor a keyword"),
    "half obsolete": ('#~ msgid "a"\nmsgstr "b"\n', "an entry is obsolete (#~) as a whole or not at all"),
    "another domain": ('domain "other"\n', "one file holds one domain here"),
    "a string of a hundred kilobytes": (f'msgid "a"\nmsgstr "{"b" * 100_000}"\n', "a message of more than 64 kB"),
    "the same message again": ('msgid "News"\nmsgstr "b"\n', "the same message as in line"),
    "a letter of control": ('msgid "a"\nmsgstr "b\\a"\n', "holds a control character"),
    "a placeholder as wide as the world": (
        '#, python-format\nmsgid "%(n)s"\nmsgstr "%(n)999999999s"\n', "a placeholder that is thousands of columns"
    ),
    "a placeholder that asks for attributes": (
        '#, python-brace-format\nmsgid "{n}"\nmsgstr "{n.__class__.__init__.__globals__}"\n', "the placeholder n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(ALONE))
def test_a_hostile_message_is_told_with_its_line_and_costs_itself_alone(kind: str) -> None:
    entry, reason = ALONE[kind]
    text = f'{HEAD}{GOOD}\n{entry}\nmsgid "Last"\nmsgstr "Последнее"\n'
    checked = read(text.encode())
    (problem,) = checked.refused
    assert problem.reason.startswith(reason)
    assert text.split("\n")[problem.line - 1] in entry
    assert [one.text for one in checked.usable] == ["Новости", "Последнее"]
    kept = decode(text.encode(), path="sent.po")
    assert PO.compose(kept, PO.parse(kept, path="sent.po").segments) == kept
