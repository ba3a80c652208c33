"""An author is told of everything that readers are not shown as it was typed."""

import pytest

from app.domain.errors import Problem
from app.formats.unshown import may_hide, unshown

HEAD = "---\ntitle: A\n---\n"
LINES = HEAD.count("\n")
HTML = "is shown as it is typed: HTML means nothing here"
NO_PHOTO = "names no photo of item.toml: readers see its words alone"
LETTERS = "is shown as it is typed: a path with spaces stands in <angle brackets>"
OTHER = "can be taken for another address: readers see"
NOT_PLAIN = "does not say plainly where it leads: readers see its words and no link"
SIGN = "U+202E, which hides or turns letters, is not shown"
NO_FILE = "names no photo or file of item.toml: readers see its words and no link"


def told(body: str, newline: str = "\n") -> list[tuple[int, str]]:
    """Lines of the body, and reasons; a file that has any has to look as if it may."""
    text = (HEAD + body).replace("\n", newline)
    found = list(unshown(text, path="x/en.md", photos=["photos/зал.jpg"], files=["files/memo.pdf"]))
    assert all(problem == Problem(path="x/en.md", line=problem.line, reason=problem.reason) for problem in found)
    assert may_hide(text.encode()) or not found
    return [(problem.line - LINES, problem.reason) for problem in found]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[file](files/none.pdf)", [(1, f"[file](files/none.pdf) {NO_FILE}")]),
        ("a\nb [*file*\n c](./files/none.pdf)", [(2, f"[file c](files/none.pdf) {NO_FILE}")]),
        ("a\n\n![in *line*](photos/dup.jpg)", [(3, f"![in *line*](photos/dup.jpg) {NO_PHOTO}")]),
        ("![a](files/memo.pdf)", [(1, f"![a](files/memo.pdf) {NO_PHOTO}")]),
        ("![a](https://b.example/c.jpg)", [(1, f"![a](https://b.example/c.jpg) {NO_PHOTO}")]),
        ("- a\n- [b](//c.example)", [(2, f"[b](//c.example) {NO_FILE}")]),
        ("[a][x]\n\n[x]: files/none.pdf", [(1, f"[a](files/none.pdf) {NO_FILE}")]),
        ("| a |\n|---|\n| b |\n| [c](d) |", [(4, f"[c](d) {NO_FILE}")]),
        ("a <b>c</b>", [(1, f"<b> {HTML}")]),
        ("a\n\n<div>\n  b\n</div>", [(3, f"<div> b </div> {HTML}")]),
        ("— a;\n— <u>b</u>.", [(2, f"<u> {HTML}")]),
        ("a\n![b](photos/two halls.jpg)", [(2, f"![b](photos/two halls.jpg) {LETTERS}")]),
        ("see [b c](files/my memo.pdf).", [(1, f"[b c](files/my memo.pdf) {LETTERS}")]),
        (
            "a\n[bank.kz](https://evil.example)",
            [(2, f"[bank.kz](https://evil.example) {OTHER} (evil.example) after it")],
        ),
        ("[bank&#46;kz](https://e.kz)", [(1, f"[bank.kz](https://e.kz) {OTHER} (e.kz) after it")]),
        ("[bank。kz][1]\n\n[1]: http://e.kz", [(1, f"[bank。kz](http://e.kz) {OTHER} (e.kz) after it")]),
        ("[bank.kz]\n\n[bank.kz]: http://e.kz", [(1, f"[bank.kz](http://e.kz) {OTHER} (e.kz) after it")]),
        ("[a\nb.kz](mailto:x@e.kz)", [(1, f"[a b.kz](mailto:x@e.kz) {OTHER} (e.kz) after it")]),
        ("[x](https://bаnk.kz)", [(1, f"[x](https://xn--bnk-6cd.kz) {OTHER} (xn--bnk-6cd.kz) after it")]),
        (
            "<https://xn--bnk-6cd.kz>",
            [(1, f"[https://bаnk.kz](https://xn--bnk-6cd.kz) {OTHER} (xn--bnk-6cd.kz) after it")],
        ),
        ("[x](https://bank.kz@evil.example)", [(1, f"[x](https://bank.kz@evil.example) {NOT_PLAIN}")]),
        ("[x](https://bank.kz:pw@evil.example)", [(1, f"[x](https://bank.kz:pw@evil.example) {NOT_PLAIN}")]),
        ("[x](https://%65vil.example)", [(1, f"[x](https://evil.example) {NOT_PLAIN}")]),
        ("a\nb \u202e c", [(2, SIGN)]),
        ("a\nb &#x202e; c", [(2, SIGN)]),
        ("```\n\u202e\n```", [(1, SIGN)]),
        ("[a](/en/ 'b\u202e')", [(1, SIGN)]),
        (f"[{'x' * 99}](y)", [(1, f"[{'x' * 79}… {NO_FILE}")]),
    ],
)
def test_what_readers_will_not_find_is_told_with_its_line(body: str, said: list[tuple[int, str]], newline: str) -> None:
    assert told(body, newline) == said


@pytest.mark.parametrize(
    "body",
    [
        "[a](files/memo.pdf) ![b](photos/зал.jpg) [c](<photos/зал.jpg>)",
        "[a](https://b.example) <https://b.example> <press@b.example> [c](/en/news/) [d](#e) [f](tel:+77272)",
        "<!-- untranslated -->\n\na <!-- said -->\n\n<!-- two\n\nparagraphs -->",
        "`<b>` and\n\n    [a](b)\n\n```\n![a](b)\n```",
        "`![a](photos/b c.jpg)` [1](see photos/b c)",
        "[bank.kz](https://www.bank.kz/) <https://минздрав.рф> [Sh.Mirziyoyev](https://president.uz)",
        "می\u200cخواهم\u200f",
        "1 < 2, x<y, \\<b> and [brackets] (alone)",
    ],
)
def test_nothing_is_told_of_what_is_shown(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("title: A\u202e", 2),
        ('title: "A\\u202E"', 2),
        ("title: A\nsummary: >\n  b\n  c\u2066", 3),
        ("title: A\ncaptions:\n  photos/a.jpg: b\n  photos/b.jpg: c\ufeff", 5),
    ],
)
def test_signs_above_the_body_are_told_with_their_line_too(head: str, line: int) -> None:
    text = f"---\n{head}\n---\n\na\n"
    (said,) = unshown(text, path="en.md", photos=(), files=())
    assert said.line == line
    assert said.reason.endswith("which hides or turns letters, is not shown")
    assert may_hide(text.encode())


def test_most_files_need_no_second_look() -> None:
    body = "A *b* [c](https://d.example) and [e](/en/news/x).\n\n<!-- untranslated -->\n\n[f]: https://g.example\n"
    body += "See [the memo 2.5](/en/x), https://h.example:80/a@b and [минздрав](https://i.example/%20/)\n"
    assert not may_hide((HEAD + body).encode())


def test_a_report_has_an_end() -> None:
    assert len(told("<b> " * 1000)) == 50


def test_what_no_parser_follows_costs_no_report() -> None:
    assert told("> " * 5000 + "[a](b)") == []


def test_the_longest_text_of_comments_that_nothing_ends_is_told_of() -> None:
    """Two million letters: looked through once for each comment, they would take the better part of an hour."""
    body = "<!-- " * 390_000
    (said,) = unshown(f"---\ntitle: T\n---\n{body}", path="en.md", photos=(), files=())
    assert said.line == 4
    assert said.reason.startswith("<!-- <!-- ")
