"""One entry that cannot be read, between others that can."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadText
from app.domain.locales import language
from app.domain.segments import Segment, Tag
from app.formats.charset import NUL, decode, encode
from app.formats.mo import compile_catalogue, load
from app.formats.po import PO
from app.formats.po_check import check
from app.formats.po_lexer import read
from app.formats.po_update import begin, update
from app.formats.po_warnings import warned
from app.formats.text import Header
from tests.formats.test_po import entries

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n!=1;\\n"

"""
GOOD = '#: a.py\nmsgid "good"\nmsgstr "yaxshi"\n'
LAST = '#, fuzzy\nmsgid "last"\nmsgstr "oxirgi"\n'

BROKEN = [
    ('msgid "a\nmsgstr ""\n', 0, "a string that does not end"),
    ('msgid "a"\nmsgstr "b\\"\n', 1, "a string that does not end"),
    ('msgid "a"\nmsgstr "b"c"\n', 1, "a string that does not end"),
    ('msgid "a"\nmsgstr "b"\n"c\n', 2, "a string that does not end"),
    ('msgctxt "a\nmsgid "good"\nmsgstr "b"\n', 0, "a string that does not end"),
    ('#~ msgid "a\n#~ msgstr ""\n', 0, "a string that does not end"),
    ("garbage\n", 0, "neither a comment nor a keyword with a quoted string"),
    ('msgid "a"\nmsgstr "b"\ngarbage\n', 2, "neither a comment nor a keyword with a quoted string"),
    ('# remark\ngarbage\nmsgid "good"\nmsgstr "b"\n', 1, "neither a comment nor a keyword with a quoted string"),
    ('<<<<<<< a\nmsgid "a"\nmsgstr "b"\n', 0, "neither a comment nor a keyword with a quoted string"),
    ("msgid a\n", 0, "neither a comment nor a keyword with a quoted string"),
    ('domain "other"\n', 0, "one file holds one domain here, so there can be no `domain` line"),
    ('"a"\n', 0, "a string without a keyword"),
    ('msgid "a"\n', 0, "a message without msgstr"),
    ('msgctxt "a"\n', 0, "a message without msgstr"),
    ('msgid "a"\nmsgid_plural "b"\n', 1, "a message without msgstr"),
    ('msgstr "a"\n', 0, "msgstr does not belong here"),
    ('msgstr[1] "a"\n', 0, "msgstr does not belong here"),
    ('msgid_plural "a"\nmsgstr[0] "a"\n', 0, "msgid_plural does not belong here"),
    ('msgctxt "a"\nmsgctxt "b"\nmsgid "good"\nmsgstr ""\n', 1, "msgctxt does not belong here"),
    ('msgid[1] "a"\nmsgstr ""\n', 0, "msgid does not belong here"),
    ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 2, "msgstr does not belong here"),
    ('msgid "a"\n#~ msgstr "b"\n', 1, "an entry is obsolete (#~) as a whole or not at all"),
    (f'msgid "a"\nmsgstr "b{NUL}"\n', 1, "a NUL byte"),
    (f'# a{NUL}\nmsgid "good"\nmsgstr "b"\n', 0, "a NUL byte"),
    (f"{NUL}\n", 0, "a NUL byte"),
    (f'# remark\nmsgid "a"\nmsgstr "{"b" * 70_000}"\n', 1, "a message of more than 64 kB"),
    ('msgid "a"\nmsgstr ""\n' + '"b"\n' * 70_000, 0, "a message of more than 64 kB"),
]
REASONS = [f"{at}-{reason[:12]}" for at, (_, _, reason) in enumerate(BROKEN)]
any_broken = st.sampled_from([text for text, _, _ in BROKEN if len(text) < 1000])


def said(text: str) -> list[str]:
    return [str(one) for one in check(text, path="uz.po").refused]


@pytest.mark.parametrize(("broken", "line", "reason"), BROKEN, ids=REASONS)
def test_an_entry_that_cannot_be_read_is_told_and_costs_itself_alone(broken: str, line: int, reason: str) -> None:
    text = f"{HEAD}{GOOD}\n{broken}\n{LAST}"
    assert said(text) == [f"uz.po:{10 + line}: {reason}"]
    parsed = PO.parse(text, path="uz.po")
    assert [(one.key, one.text) for one in parsed.segments] == [("good", "yaxshi"), ("last", "oxirgi")]
    assert parsed.broken == parsed.warnings
    assert load(compile_catalogue(text, path="uz.po").mo).gettext("good") == "yaxshi"


@pytest.mark.parametrize("broken", [text for text, _, _ in BROKEN if "msgid" in text and "garbage" not in text])
def test_what_follows_without_a_blank_line_stays_with_its_comments_and_flags(broken: str) -> None:
    checked = check(HEAD + broken + LAST, path="uz.po")
    assert [(one.msgid, one.context, one.fuzzy) for one in checked.usable] == [("last", None, True)]


@pytest.mark.parametrize(("broken", "line", "reason"), BROKEN, ids=REASONS)
def test_the_words_of_a_broken_entry_stay_byte_for_byte(broken: str, line: int, reason: str) -> None:
    text = f"{HEAD}{GOOD}\n{broken}\n{LAST}"
    good, last = PO.parse(text, path="uz.po").segments
    assert PO.compose(text, [replace(good, text="durust"), last]) == text.replace("yaxshi", "durust")
    assert PO.with_header(text, Header(status="draft")) == text.replace(
        "n!=1;\\n", 'n!=1;\\n"\n"X-Tilmash-Status: draft\\n'
    )
    assert broken in PO.compose(text, [last])
    assert encode(decode(encode(text, path=""), path=""), path="") == text.replace(NUL, "\0").encode()


def test_a_broken_entry_is_no_part_of_the_digest() -> None:
    assert PO.digest(f"{HEAD}{GOOD}\ngarbage\n") == PO.digest(HEAD + GOOD)


def test_a_message_with_the_key_of_a_broken_one_is_no_second_one() -> None:
    text = HEAD + 'msgid "good"\nmsgstr "yax\n\n' + GOOD
    assert said(text) == ["uz.po:7: a string that does not end"]
    assert [one.text for one in PO.parse(text, path="uz.po").segments] == ["yaxshi"]


def test_a_file_with_a_broken_entry_is_not_brought_up_to_its_template_until_it_is_mended() -> None:
    text, template = f"{HEAD}{GOOD}\ngarbage\n", HEAD + GOOD.replace("yaxshi", "")
    for catalogue, newer in ((text, template), (template, text)):
        with pytest.raises(BadText, match="10: neither a comment"):
            update(catalogue, newer)


def test_nobody_can_save_a_message_that_could_not_be_read_again() -> None:
    (segment,) = PO.parse(HEAD + GOOD, path="uz.po").segments
    for words in ("b" * 70_000, f"b{NUL}"):
        with pytest.raises(BadText):
            PO.compose(HEAD + GOOD, [replace(segment, text=words)])


@st.composite
def surroundings(draw: st.DrawFn) -> tuple[list[str], int]:
    """Draw good entries of any kind, and a place between them."""
    blocks = [
        f"{draw(entries(msgid))}\n" for msgid in draw(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True))
    ]
    return blocks, draw(st.integers(0, len(blocks)))


@given(surroundings(), any_broken, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", "\n \n"]))
def test_any_broken_entry_leaves_all_good_ones_in_use_and_byte_for_byte(
    around: tuple[list[str], int], broken: str, newline: str, end: str
) -> None:
    blocks, at = around
    whole = "\n".join([HEAD, *blocks]).replace("\n", newline)
    text = "\n".join([HEAD, *blocks[:at], broken, *blocks[at:]]).replace("\n", newline) + end
    before, after = check(whole, path=""), check(text, path="")
    assert [one.raw for one in after.usable] == [one.raw for one in before.usable]
    assert len(after.broken) == 1
    segments: list[Segment] = list(PO.parse(text, path="").segments)
    assert segments == list(PO.parse(whole, path="").segments)
    assert PO.digest(text) == PO.digest(whole)
    assert PO.compose(text, segments) == text


lines = st.one_of(
    st.sampled_from(
        [
            'msgid "a"',
            'msgid "b',
            "msgid",
            'msgctxt "c"',
            'msgstr "d"',
            'msgstr[0] "e"',
            'msgid_plural "f"',
            '"g"',
            '"h',
        ]
    ),
    st.sampled_from(
        ["", " ", "# i", "#, fuzzy", '#~ msgid "j"', '#~ msgstr "k', '#| msgid "l"', "=======", NUL, "\u3000"]
    ),
)


@given(st.lists(lines, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_any_lines_at_all_are_kept_and_the_message_before_and_after_them_is_used(
    garbage: list[str], newline: str
) -> None:
    text = newline.join(
        [*HEAD.splitlines(), "", *GOOD.splitlines(), "", *garbage, "", "msgid 0", "", *LAST.splitlines()]
    )
    lead, parts = read(text, path="")
    assert lead + "".join(one.raw + one.gap for one in parts) == text
    checked = check(text, path="")
    assert [checked.messages[0].text, checked.messages[-1].text] == ["yaxshi", "oxirgi"]
    assert PO.compose(text, PO.parse(text, path="").segments) == text


def warnings(text: str, path: str = "uz.po") -> list[str]:
    return [str(one) for one in warned(check(text, path=path), path=path)]


@pytest.mark.parametrize(
    ("folder", "said", "told"),
    [
        ("kk", "ru", True),
        ("uz_Cyrl", "uz_Latn", True),
        ("kk", "kk_KZ", False),
        ("uz_Cyrl", "uz@cyrillic", False),
        ("pt_BR", "pt-BR", False),
        ("kk", "", False),
    ],
)
def test_a_header_of_another_language_than_the_folder_s_is_warned_about(folder: str, said: str, told: bool) -> None:
    path = f"translations/{folder}/LC_MESSAGES/messages.po"
    text = HEAD.replace('"Plural', f'"Language-Team: de\\n"\n"Language: {said}\\n"\n"Plural') + GOOD
    reason = f"{path}:5: the header says Language: {said}, and the file is in the folder of {folder}"
    assert warnings(text, path) == ([reason] if told else [])
    assert warnings(text, "messages.pot") == []
    assert [str(one) for one in PO.parse(text, path=path).warnings] == ([reason] if told else [])


def test_a_new_catalogue_has_nothing_to_be_warned_about() -> None:
    from_template = begin(HEAD + GOOD.replace("yaxshi", ""), language(Tag("uz-Cyrl")))
    assert warnings(from_template, "translations/uz_Cyrl/LC_MESSAGES/messages.po") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "Hello"\nmsgstr "Salom %(name)s"\n', True),
        ('#, no-python-format\nmsgid "Hello"\nmsgstr "Salom %(name)s"\n', False),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "Salom %(name)s"\n', False),
        ('msgid "Hello %(name)s"\nmsgstr "Salom %(name)s"\n', False),
        ('msgid "Hello"\nmsgstr "Salom 100%% (x)s, %(name), %%(name)s"\n', False),
    ],
)
def test_a_placeholder_that_nothing_will_fill_is_warned_about_and_the_message_is_used(text: str, told: bool) -> None:
    reason = "uz.po:7: readers may see %(name)s as it stands: the msgid has no placeholder"
    assert warnings(HEAD + text) == ([reason] if told else [])
    assert len(check(HEAD + text, path="uz.po").usable) == 1
