"""Reading and writing is the identity, byte for byte, whatever charset, line ends, wrapping and comments a file has."""

from dataclasses import replace
from typing import NamedTuple

import polib
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.merge import merge
from app.domain.segments import State
from app.formats.charset import decode, encode
from app.formats.po import PO
from app.formats.text import Header
from tests.formats import gnu

LETTERS = {
    "UTF-8": "abcЁжқўҳö漢𝄞\u2028\x85\u00a0—",
    "utf-8": "abcүң\U0001f600",
    "CP1251": "abcЁжЪўў№",
    "KOI8-R": "abcЁжЪ─©",
    "ISO-8859-9": "abcşĞöı",
    "CHARSET": "abcқ",
}
"""A charset as a header says it, and letters that are in it."""

FIELDS = [
    ("Project-Id-Version", "shop 2.1"), ("Report-Msgid-Bugs-To", "a@example.org"), ("Language", "ru"),
    ("PO-Revision-Date", "2026-11-30 10:00+0500"), ("Last-Translator", "Somebody <b@example.org>"),
    ("Language-Team", ""), ("MIME-Version", "1.0"), ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"), ("X-Generator", "Poedit 3.4"), ("X-Poedit-Basepath", "../.."),
    ("X-Tilmash-Status", "draft"), ("X-Tilmash-Mood", "good"),
]  # fmt: skip

COMMENTS = [
    "#", "#  two spaces", "# own", "#own", "#. said", "#.said", "#: a.py:1 b.py:2", "#: a b.py", "#, c-format",
    "#,no-wrap", "#, python-format, fuzzy", '#| msgid "before"', '#| msgctxt "c"', '#| msgid ""\n#| "be"\n#| "fore"',
    '#| msgid_plural "befores"', "#=", "#\t", "#~ an old remark",
]  # fmt: skip


class File(NamedTuple):
    """A catalogue as bytes, and how many messages it has."""

    raw: bytes
    messages: int


@st.composite
def files(draw: st.DrawFn) -> File:
    """Draw a file: a charset, a layout, fields of the header in some order, comments of each kind, obsolete entries."""
    charset = draw(st.sampled_from(list(LETTERS)))
    width = draw(st.sampled_from([0, 20, 60, 78, 100]))
    letters = st.text(st.sampled_from(LETTERS[charset] + ' \n\t"\\%{}'), max_size=90)
    head = [("Content-Type", f"text/plain; charset={charset}"), *draw(st.lists(st.sampled_from(FIELDS), unique=True))]
    said = "".join(f'"{name}: {value}\\n"\n' for name, value in draw(st.permutations(head)))
    blocks = [f'{_comments(draw)}msgid ""\nmsgstr ""\n{said}']
    msgids = draw(st.lists(letters.filter(bool), max_size=5, unique=True))
    for number, msgid in enumerate(msgids):
        plural = draw(st.booleans())
        entry = polib.POEntry(
            msgid=msgid, msgctxt=draw(st.none() | letters),
            msgstr="" if plural else draw(letters), msgid_plural=draw(letters.filter(bool)) if plural else "",
            msgstr_plural={at: draw(letters) for at in range(2)} if plural else {},
            obsolete=number == len(msgids) - 1 and draw(st.booleans()),
        )  # fmt: skip
        comments = _comments(draw).replace("#|", "#~|" if entry.obsolete else "#|")
        blocks.append(comments + entry.__unicode__(wrapwidth=width).strip("\n") + "\n")
    text = draw(st.sampled_from(["\n", "\n\n", " \n"])).join(blocks) + draw(st.sampled_from(["", "\n", "# the end"]))
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    bom = "\ufeff" if charset.lower() == "utf-8" and draw(st.booleans()) else ""
    codec = "utf-8" if charset == "CHARSET" else charset
    raw = (bom + text).encode(codec)
    assume(codec == "utf-8" or raw.isascii() or not _is_utf8(raw))  # `ЪЎ` in CP1251 is a letter in UTF-8 as well
    return File(raw, sum(not block.startswith("#~ msg") for block in blocks) - 1)


def _is_utf8(raw: bytes) -> bool:
    try:
        return bool(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _comments(draw: st.DrawFn) -> str:
    return "".join(f"{line}\n" for line in draw(st.lists(st.sampled_from(COMMENTS), max_size=4)))


@given(files())
def test_a_file_that_is_read_and_written_is_the_same_bytes(file: File) -> None:
    text = decode(file.raw, path="x.po")
    parsed = PO.parse(text, path="x.po")
    assert parsed.broken == ()
    assert encode(PO.compose(text, parsed.segments), path="x.po") == file.raw
    assert encode(PO.with_header(text, parsed.header), path="x.po") == file.raw


@given(files())
def test_a_header_that_is_changed_and_changed_back_leaves_no_byte_other(file: File) -> None:
    text = decode(file.raw, path="x.po")
    header = PO.parse(text, path="x.po").header
    there = PO.with_header(text, replace(header, status="in review"))
    assert PO.parse(there, path="x.po").header.status == "in review"
    if header != Header() and not text.endswith(" "):
        assert PO.with_header(there, header) == text


@given(files(), st.data())
def test_words_that_are_changed_and_changed_back_are_the_file_s_own_again(file: File, data: st.DataObject) -> None:
    text = decode(file.raw, path="x.po")
    segments = list(PO.parse(text, path="x.po").segments)
    if not segments:
        return
    at = data.draw(st.integers(0, len(segments) - 1))
    forms = len(segments[at].text.split("\0"))
    other = replace(segments[at], text="\0".join(["abc"] * forms), state=State.DONE)
    there = PO.compose(text, [*segments[:at], other, *segments[at + 1 :]])
    back = PO.compose(there, segments, donor=text)
    assert [(one.key, one.text, one.state) for one in PO.parse(back, path="x.po").segments] == [
        (one.key, one.text, one.state) for one in segments
    ]


@given(files(), st.data())
def test_an_upload_that_nobody_crossed_is_what_stands_there_afterwards(file: File, data: st.DataObject) -> None:
    """Somebody changes words, drops messages and puts them into another order."""
    text = decode(file.raw, path="x.po")
    base = PO.parse(text, path="x.po").segments
    chosen = data.draw(st.permutations(base)) if base else []
    states = data.draw(st.lists(st.sampled_from(State), min_size=len(chosen), max_size=len(chosen)))
    words = [("\0".join("new" for _ in one.text.split("\0")), state) for one, state in zip(chosen, states, strict=True)]
    sent = PO.compose(text, [
        replace(one, text=new, state=state) if state is not State.MISSING else one
        for one, (new, state) in zip(chosen, words, strict=True)
    ][: data.draw(st.integers(0, len(chosen)))])  # fmt: skip
    theirs = PO.parse(sent, path="x.po").segments
    merged = merge(base, base, theirs)
    assert merged.suggestions == ()
    assert PO.parse(PO.compose(text, merged.segments, donor=sent), path="x.po").segments == theirs


@settings(max_examples=15, deadline=None)  # each runs a program
@given(files())
def test_what_gnu_gettext_reads_it_reads_from_what_we_write(file: File) -> None:
    text = PO.with_header(decode(file.raw, path="x.po"), Header(status="draft"))
    before, after = (gnu.in_utf8(raw.removeprefix(b"\xef\xbb\xbf")) for raw in (file.raw, encode(text, path="x.po")))
    if before:
        assert [one.key for one in PO.parse(after or "", path="x.po").segments] == [
            one.key for one in PO.parse(text, path="x.po").segments
        ]
