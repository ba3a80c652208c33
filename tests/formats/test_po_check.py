import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType

import pytest

from app.domain.errors import BadText
from app.formats.charset import NUL
from app.formats.po import PO
from app.formats.po_check import check
from tests.formats import gnu

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n!=1;\\n"

"""
GOOD = 'msgid "good"\nmsgstr "yaxshi"\n'


def problems(text: str) -> list[str]:
    """Return the problems for which a text as a whole is refused."""
    with pytest.raises(BadText) as refusal:
        check(text, path="uz.po")
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<html>\n", "uz.po:1: neither a comment nor a keyword with a quoted string"),
        ('"a"\n' + HEAD, "uz.po:1: a string without a keyword"),
        (HEAD.replace("UTF-8\\n", "UTF-8\\n" + "b" * 70_000), "uz.po:1: a message of more than 64 kB"),
        (HEAD.strip() + "\n=======\n\n" + GOOD, "uz.po:5: neither a comment nor a keyword with a quoted string"),
        (HEAD.replace("Content", NUL) + GOOD, "uz.po:3: a NUL byte"),
        (HEAD + GOOD + "\0", "uz.po:8: a NUL byte"),
        (GOOD, "uz.po:1: no header"),
        ("", "uz.po:1: no header"),
        (HEAD + GOOD + 'msgid ""\nmsgstr "Language: uz\\n"\n', "uz.po:8: a second header; the first is in line 1"),
        (HEAD.replace("UTF-8", "rot13") + GOOD, "uz.po:3: the charset 'rot13' is not one that gettext knows"),
        (
            'msgid "x"\nmsgstr ""\n"Content-Type: text/plain; charset=CP1251\\n"\n' + HEAD,
            "uz.po:6: the header says utf-8, and a message before it pretends to cp1251",
        ),
        (HEAD.replace("n!=1", "n/0") + GOOD, "uz.po:4: the plural expression divides by zero for n = 0"),
        (HEAD.replace("n!=1", "9**9**9") + GOOD, "uz.po:4: the plural expression lacks a number or n before '*'"),
        (HEAD.replace("=2", "=1000000000") + GOOD, "uz.po:4: nplurals is a number from 1 to 6"),
        (HEAD.replace("n!=1", "(" * 30 + "n" + ")" * 30), "uz.po:4: the plural expression is nested deeper than 20"),
        (HEAD + f'msgid "a"\nmsgstr "{"b" * 11_000_000}"\n', "uz.po:0: larger than 10 MB"),
    ],
    ids=count(),
)
def test_a_text_that_cannot_be_used_is_refused_with_line_and_reason(text: str, problem: str) -> None:
    assert problems(text)[0].startswith(problem)


def test_more_than_a_hundred_thousand_messages_are_refused_before_they_are_all_read() -> None:
    text = HEAD + 'msgid ""\nmsgstr ""\n' * 400_000
    assert problems(text) == ["uz.po:200004: more than 100000 messages"]


def test_a_million_messages_are_refused_by_their_size() -> None:
    text = HEAD + "".join(f'msgid "{at}"\nmsgstr ""\n' for at in range(1_000_000))
    assert problems(text) == ["uz.po:0: larger than 10 MB"]


def test_lines_without_end_are_refused() -> None:
    assert problems(HEAD + "#\n" * 2_000_000) == ["uz.po:1500001: more than 1500000 lines"]


@pytest.mark.parametrize("piece", ["%(", "{", "%", "\\\\", "{a:", " "])
def test_a_string_made_to_slow_a_reader_down_is_read_all_the_same(piece: str) -> None:
    line = piece * (60_000 // len(piece))
    text = HEAD + "#, python-format, python-brace-format\n" + f'msgid "{{a}}%(a)s"\nmsgstr "{line}"\n'
    assert len(check(text, path="uz.po").refused) == 1


def test_several_problems_are_told_at_once_but_not_thousands() -> None:
    checked = check(HEAD + "garbage\n\n" * 5, path="uz.po")
    assert [one.line for one in checked.refused] == [6, 8, 10, 12, 14]
    many = check(HEAD + "garbage\n\n" * 50_000, path="uz.po")
    assert (len(many.broken), len(many.refused)) == (50_000, 21)
    assert str(many.refused[-1]) == "uz.po:0: 49980 more entries cannot be read"


def message(flags: str, msgid: str, msgstr: str) -> str:
    return f'#, {flags}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


def plural(flags: str, msgid: str, *msgstrs: str) -> str:
    forms = "".join(f'msgstr[{at}] "{one}"\n' for at, one in enumerate(msgstrs))
    return f'#, {flags}\nmsgid "one"\nmsgid_plural "{msgid}"\n{forms}'


FAULTS = [
    ('msgid "good"\nmsgstr "other"\n', 8, "the same message as in line 6"),
    (message("python-format", "%(name)s", "%(nom)s"), 10, "the placeholder nom is not in the msgid"),
    (message("python-format", "%(name)s", "%(name)d"), 10, "the placeholder name stands for another kind of value"),
    (message("python-format", "%s %d", "%d %s"), 10, "unnamed placeholders"),
    (message("python-format", "%s", "100%"), 10, "'%' is not a placeholder"),
    (message("python-brace-format", "{name}", "{nom}"), 10, "the placeholder nom is not in the msgid"),
    (message("x", "a\\n", "b"), 10, "msgid and msgstr do not both end with a newline"),
    (message("x", "a", "\\nb"), 10, "msgid and msgstr do not both begin with a newline"),
    (plural("x", "many\\n", "a", "b"), 9, "msgid and msgid_plural: msgid and msgstr do not both end with a newline"),
    (plural("x", "many", "a"), 9, "1 plural forms, and the header says nplurals=2"),
    (plural("x", "many", "a", "b", "c"), 9, "3 plural forms, and the header says nplurals=2"),
    (plural("python-format", "%(n)d", "a", "b"), 12, "the placeholder n of the msgid is missing"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\nmsgstr[0] "d"\n', 8, "a message with msgid_plural has msgstr[0]"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 8, "a message with msgid_plural has msgstr[0]"),
    ('msgid "a"\nmsgstr[0] "c"\n', 8, "msgstr[n] without msgid_plural"),
    (message("x", "a", "\\q"), 10, "gettext does not know the escape \\q"),
]

WHAT_GETTEXT_ALLOWS = [
    (message("x", "%(n)s", "%(n)999999999s"), 10, "a placeholder that is thousands of columns wide"),
    (message("x", "%(n)s", "%(n).99999f"), 10, "a placeholder that is thousands of columns wide"),
    (message("x", "a", "%99999s"), 10, "a placeholder that is thousands of columns wide"),
    (message("x", "a", "b\\b"), 10, "holds a control character (U+0008), which no feed"),
    (message("x", "a", "b\x1b"), 10, "holds a control character (U+001B), which no feed"),
    (message("x", "a", "b\uffff"), 10, "holds the noncharacter U+FFFF, which no feed"),
    (message("x", "a\\4b", "c"), 9, "holds a control character (U+0004), which no feed"),
    (plural("x", "many", "a", "b\\f"), 12, "holds a control character (U+000C), which no feed"),
]


@pytest.mark.parametrize(("text", "line", "reason"), FAULTS + WHAT_GETTEXT_ALLOWS)
def test_one_bad_message_is_refused_and_the_good_ones_stay(text: str, line: int, reason: str) -> None:
    checked = check(f"{HEAD}{GOOD}{text}\n{GOOD.replace('good', 'last')}", path="uz.po")
    assert [one.msgid for one in checked.usable] == ["good", "last"]
    assert [(one.path, one.line) for one in checked.refused] == [("uz.po", line)]
    assert checked.refused[0].reason.startswith(reason)


HARMLESS = [
    message("fuzzy, python-format", "%(name)s", "%(nom)s"),
    message("python-format", "%(name)s", ""),
    message("no-python-format", "%(name)s", "x"),
    plural("python-format", "%(n)d", "bitta", "%(n)d ta"),
    plural("python-format", "%(n)d", "", ""),
    '#~ msgid "old"\n#~ msgstr "eski"\n',
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_no_reader_will_see_or_may_well_be_so_is_not_refused(text: str) -> None:
    assert check(HEAD + GOOD + text, path="uz.po").refused == ()


def test_what_is_refused_is_still_there_for_the_translator() -> None:
    parsed = PO.parse(HEAD + GOOD + message("python-format", "%(name)s", "%(nom)s"), path="uz.po")
    assert [one.text for one in parsed.segments] == ["yaxshi", "%(nom)s"]
    assert [str(one) for one in parsed.warnings] == ["uz.po:10: the placeholder nom is not in the msgid"]


@pytest.mark.parametrize("rule", ["", '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n'])
def test_a_template_needs_no_plural_forms_until_something_is_translated(rule: str) -> None:
    head = HEAD.replace('"Plural-Forms: nplurals=2; plural=n!=1;\\n"\n', rule)
    assert check(head + plural("x", "many", "", ""), path="messages.pot").refused == ()
    assert len(check(head + plural("x", "many", "a", "b"), path="messages.pot").refused) == 1


def steps(work: Callable[[], object]) -> int:
    """Count the calls that a piece of work makes, of Python and of C functions: the same on every machine."""
    made = 0

    def counted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    "block",
    [
        'msgid "{0}"\nmsgstr "{0}"\n\n',
        'msgid "{0}"\nmsgstr ""\n"a"\n"b"\n',
        "# {0}\n",
        'msgid "same"\nmsgstr "{0}"\n',
        "\n",
    ],
)
def test_the_work_grows_no_faster_than_the_text(block: str) -> None:
    def work(size: int) -> int:
        text = HEAD + "".join(block.format(at) for at in range(size)) + GOOD
        return steps(lambda: PO.compose(text, PO.parse(text, path="uz.po").segments))

    assert work(2000) < 2.2 * work(1000)


@pytest.mark.parametrize(("text", "line", "reason"), FAULTS)
def test_gnu_msgfmt_refuses_the_same_messages(text: str, line: int, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "uz.po"
    file.write_text(HEAD + GOOD, "utf-8")
    assert gnu.accepts(file)
    file.write_text(HEAD + GOOD + text, "utf-8")
    assert not gnu.accepts(file)


@pytest.mark.parametrize("text", HARMLESS)
def test_gnu_msgfmt_accepts_the_same_messages(text: str, tmp_path: Path) -> None:
    file = tmp_path / "uz.po"
    file.write_text(HEAD + GOOD + text, "utf-8")
    assert gnu.accepts(file)
