"""What is read in one match is what is read line by line: the short way is there for speed alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats import po_lexer
from app.formats.po_entry import Entry
from app.formats.po_lexer import read
from tests.formats.test_po import catalogues
from tests.formats.test_po_broken import lines


def line_by_line(text: str) -> tuple[str, tuple[Entry, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(po_lexer, "usual", lambda *_, **__: None)
        return read(text, path="")


@given(catalogues())
def test_any_catalogue_is_read_in_one_way_or_the_other(text: str) -> None:
    assert read(text, path="") == line_by_line(text)


more = st.sampled_from(
    [
        *('msgid "a"', 'msgctxt "c"', 'msgid_plural "p"', 'msgstr "d"', 'msgstr[0] "e"', 'msgstr[1] "f"', '"g\\x4"'),
        *('"1\\n"', '"\\q"', "# own", "#, fuzzy,  c-format", "#,fuzzy", "#. said", "#~| x", ' msgid "a"', "", "", ""),
        *('msgstr  "two spaces"', 'msgid "a" "b"', 'msgstr "d" ', "\x0b", "\u2028", "\x85# next", "#", "#, \x1f"),
    ]
)


@given(st.lists(lines | more, max_size=40), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), st.sampled_from(["", "\n"]))
def test_any_lines_are_read_in_one_way_or_the_other(some: list[str], newline: str, end: str) -> None:
    text = newline.join(some) + end
    assert read(text, path="") == line_by_line(text)


def test_a_catalogue_as_gettext_writes_it_is_read_in_one_match_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(po_lexer._Reader, "line", None)
    text = (
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n!=1;\\n"\n\n'
        '# own\n#. said\n#: a.py\n#, fuzzy, c-format\n#| msgid "x"\nmsgctxt "c"\nmsgid ""\n"a "\n"\\"b\\""\n'
        'msgid_plural "as"\nmsgstr[0] "d"\nmsgstr[1] ""\n"e\\n"\n"f"\n\n\nmsgid "g"\nmsgstr ""\n'
    )
    lead, (_, counted, plain) = read(text, path="")
    assert (lead, counted.key, counted.plural, counted.msgstrs) == ("", 'c\x04a "b"', "as", ("d", "e\nf"))
    assert (counted.flags, counted.line, counted.gap, plain.line) == (("fuzzy", "c-format"), 10, "\n\n", 21)
