import sys
from xml.etree.ElementTree import ParseError, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadText
from app.formats.encoding import decode, unusable


@given(st.text())
def test_utf8_comes_back_as_it_was_written_with_its_byte_order_mark(text: str) -> None:
    raw = b"\xef\xbb\xbf" + text.encode()
    assert decode(raw, path="en.md").encode() == raw


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xff", 1),
        ("one\ntwo\nтри".encode("cp1251"), 3),
        ("один\r\nдва\r\n".encode() + b"\xd0", 3),
        ("text".encode("utf-16"), 1),
        (b"a\r\xed\xa0\x80", 2),
    ],
)
def test_what_is_not_utf8_is_refused_with_the_line_of_the_first_bad_byte(raw: bytes, line: int) -> None:
    with pytest.raises(BadText, match="is not UTF-8") as refusal:
        decode(raw, path="ru.md")
    assert [(problem.path, problem.line) for problem in refusal.value.problems] == [("ru.md", line)]


def test_a_file_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadText, match="2000001 bytes"):
        decode(b"\xff" * 2_000_001, path="ru.md")


@given(st.binary())
def test_no_bytes_at_all_break_the_reader(raw: bytes) -> None:
    try:
        text = decode(raw, path="")
    except BadText:
        return
    assert text.encode() == raw


def test_what_a_feed_cannot_hold_is_unusable_and_nothing_else() -> None:
    beyond = range(0x10000, sys.maxunicode + 1, 0x7FFF)
    for code in (*range(0xD800), *range(0xE000, 0x10000), *beyond, sys.maxunicode):
        letter = chr(code)
        assert (unusable(f"a{letter}") is None) == stands_in_xml(letter.encode()), hex(code)
    assert unusable("ab\ud83d") == (2, "a lone surrogate (U+D83D)")


def stands_in_xml(raw: bytes) -> bool:
    try:
        fromstring(b"<t>" + raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;") + b"</t>")  # noqa: S314  # a letter of ours
    except ParseError:
        return False
    return True
