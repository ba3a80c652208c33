import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.documents import DocumentName
from app.domain.errors import BadText, Problem
from app.domain.segments import BasedOn, Key, Origin, Segment, State, Tag
from app.formats.encoding import unusable
from app.formats.markdown import MARKDOWN
from app.formats.text import Header, Label
from tests.formats.markdown_texts import PATHS, VALUES, mutated, texts

SIGNED = """---
title: Memorandum signed
slug: memorandum   # short
summary: "One sentence: the whole."
status: published
origin: human
based-on: ru@3f2a9c1b
captions:
  photos/a.jpg: They sign
  photos/b.jpg: They shake hands
alt:
  photos/a.jpg:
x-unknown: kept
---

The parties met:
— in Almaty;
— in March.

- one
- two

<!-- untranslated -->

[ref]: /en/news/
"""


MARKER = re.compile(r"[ \t]*(?:[-*+–—>]|\d+[.)])[ \t]+|")


def rewritten(block: Segment) -> str:
    """Other words in a block of the same kind."""
    level = int(block.kind.removeprefix("heading-")) if block.kind.startswith("heading") else 0
    marker = MARKER.match(block.text)
    return f"{'#' * level} Other words" if level else f"{marker[0] if marker else ''}Other words"


def kinds_and_texts(text: str) -> list[tuple[str, str]]:
    return [(segment.kind, segment.text) for segment in MARKDOWN.parse(text, path="en.md").segments]


def without_keys(segments: tuple[Segment, ...]) -> list[Segment]:
    return [
        segment if ":" in segment.key or segment.key == segment.kind else replace(segment, key=Key(""))
        for segment in segments
    ]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that differ between a common head and a common tail."""
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


def test_a_file_is_taken_apart_in_the_order_that_people_read() -> None:
    parsed = MARKDOWN.parse(SIGNED, path="en.md")
    assert [(segment.key, segment.kind, segment.text) for segment in parsed.segments] == [
        ("title", "title", "Memorandum signed"),
        ("slug", "slug", "memorandum"),
        ("summary", "summary", "One sentence: the whole."),
        ("caption:photos/a.jpg", "caption", "They sign"),
        ("caption:photos/b.jpg", "caption", "They shake hands"),
        ("alt:photos/a.jpg", "alt", ""),
        ("", "paragraph", "The parties met:"),
        ("", "bullet", "— in Almaty;"),
        ("", "bullet", "— in March."),
        ("", "bullet", "- one"),
        ("", "bullet", "- two"),
        ("", "untranslated", "<!-- untranslated -->"),
        ("", "reference", "[ref]: /en/news/"),
    ]
    missing = [segment.kind for segment in parsed.segments if segment.state is State.MISSING]
    assert missing == ["alt", "untranslated"]
    assert parsed.header == Header(
        status="published", origin=Origin.HUMAN, based_on=BasedOn(locale=Tag("ru"), digest="3f2a9c1b")
    )


@given(texts())
def test_a_file_taken_apart_and_put_together_is_the_same_to_the_byte(text: str) -> None:
    assert MARKDOWN.compose(text, MARKDOWN.parse(text, path="").segments) == text


@given(mutated())
def test_a_damaged_file_is_kept_to_the_byte_or_refused_with_its_line(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        segments = MARKDOWN.parse(text, path="ru.md").segments
    except BadText as refusal:
        problems = refusal.problems
    else:
        assert MARKDOWN.compose(text, segments) == text
    last = text.count("\n") + text.count("\r") + 1
    assert all(problem.path == "ru.md" and 1 <= problem.line <= last for problem in problems)


@given(st.one_of(st.text(), st.text().map("---\n{}\n---\n".format), st.text().map("---\ntitle: x\n---\n{}".format)))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        segments = MARKDOWN.parse(text, path="").segments
    except BadText:
        return
    assert MARKDOWN.compose(text, segments) == text


def test_a_blank_line_that_holds_spaces_stays_where_a_changed_block_needs_one_beside_it() -> None:
    text = "---\ntitle: a\n---\nWords.\n \t\n\n- a\n\n    ```\n    code\n    ```\nMore words.\n"
    segments = list(MARKDOWN.parse(text, path="").segments)
    assert segments[2].kind == "bullet"
    segments[2] = replace(segments[2], text="- Other words")
    assert "Words.\n \t\n\n- Other words\n\nMore words.\n" in MARKDOWN.compose(text, segments)


@given(texts(), st.data())
def test_one_changed_segment_changes_the_lines_of_that_segment_alone(text: str, data: st.DataObject) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    segments = MARKDOWN.parse(text, path="").segments
    at = data.draw(st.integers(0, len(segments) - 1))
    old = segments[at]
    assume(old.kind not in ("code", "html", "reference", "rule", "table", "untranslated"))
    new = data.draw(VALUES.filter(bool)) if old.key else rewritten(old)
    assume(new != old.text)
    wanted = (*segments[:at], replace(old, text=new, state=State.DONE), *segments[at + 1 :])
    composed = MARKDOWN.compose(text, wanted)
    assert [one.text for one in MARKDOWN.parse(composed, path="").segments] == [one.text for one in wanted]
    old_lines, new_lines = changed_lines(text, composed)
    if old.key:
        is_unfolded = old.kind == "caption" and "captions: {" in text
        assert len(new_lines) == (2 if is_unfolded else 1)
        assert len(old_lines) <= old.text.count("\n") + 3  # folded over two lines, with the mark that says so
    else:
        assert [line for line in new_lines if line] == new.split("\n")
        assert set(old_lines) <= set(old.text.split("\n"))


@given(texts(), st.data())
def test_captions_come_and_go_without_a_trace_on_the_rest(text: str, data: st.DataObject) -> None:
    parsed = MARKDOWN.parse(text, path="")
    entries = data.draw(
        st.lists(st.tuples(st.sampled_from(["caption", "alt", "credit"]), PATHS, VALUES), unique_by=lambda e: e[:2])
    )
    entries.sort(key=lambda entry: ["caption", "alt", "credit"].index(entry[0]))
    new = tuple(
        Segment(key=Key(f"{kind}:{path}"), kind=kind, text=value, state=State.DONE if value else State.MISSING)
        for kind, path, value in entries
    )
    head = tuple(s for s in parsed.segments if s.kind in ("title", "slug", "summary"))
    body = tuple(s for s in parsed.segments if not s.key)
    composed = MARKDOWN.compose(text, (*head, *new, *body))
    again = MARKDOWN.parse(composed, path="")
    assert without_keys(again.segments) == [*head, *new, *body]
    assert again.header == parsed.header
    assert len(again.warnings) <= len(parsed.warnings)
    assert MARKDOWN.compose(composed, again.segments) == composed


HEADERS = st.builds(
    Header,
    status=st.sampled_from([None, "draft", "in review", "approved", "published"]),
    origin=st.sampled_from(Origin),
    based_on=st.sampled_from(
        [None, BasedOn(locale=Tag("ru"), digest="3f2a9c1b"), BasedOn(locale=Tag("en"), digest="0" * 64)]
    ),
)


@given(texts(), HEADERS)
def test_a_header_is_written_once_and_touches_nothing_else(text: str, header: Header) -> None:
    before = MARKDOWN.parse(text, path="")
    written = MARKDOWN.with_header(text, header)
    after = MARKDOWN.parse(written, path="")
    assert (after.header.status, after.header.origin) == (header.status, header.origin)
    assert str(after.header.based_on) == str(header.based_on)
    assert after.segments == before.segments
    assert MARKDOWN.with_header(written, header) == written
    assert MARKDOWN.digest(written) == MARKDOWN.digest(text)
    header_lines = ("status:", "origin:", "based-on:")
    kept = [line for line in text.splitlines() if not line.startswith(header_lines)]
    assert [line for line in written.splitlines() if not line.startswith(header_lines)] == kept


@given(texts())
def test_a_header_that_says_what_is_there_changes_no_byte(text: str) -> None:
    assert MARKDOWN.with_header(text, MARKDOWN.parse(text, path="").header) == text


def test_a_new_header_stands_behind_the_summary() -> None:
    text = "---\ntitle: T\nsummary: S\ncaptions:\n  photos/a.jpg: A\n---\nBody\n"
    header = Header(status="published", origin=Origin.MACHINE, based_on=BasedOn(locale=Tag("ru"), digest="3f2a9c1b"))
    assert MARKDOWN.with_header(text, header) == (
        "---\ntitle: T\nsummary: S\nstatus: published\norigin: machine\nbased-on: ru@3f2a9c1b\n"
        "captions:\n  photos/a.jpg: A\n---\nBody\n"
    )


def test_the_mark_of_a_minor_edit_is_put_in_and_taken_out_on_a_line_of_its_own() -> None:
    text = "---\ntitle: T\nstatus: published  # now\nnote: kept\n---\nBody\n"
    marked = MARKDOWN.with_header(text, Header(status="published", minor=True))
    assert marked == text.replace("now\n", 'now\nminor: "true"\n')
    assert MARKDOWN.parse(marked, path="").header.minor
    assert MARKDOWN.with_header(marked, Header(status="published")) == text
    unmarked = marked.replace("true", "false")
    assert MARKDOWN.with_header(unmarked, Header(status="published")) == unmarked


def test_the_digest_is_of_words_and_neither_of_wrapping_nor_of_what_a_file_says_of_itself() -> None:
    plain = "---\ntitle: One title\nsummary: Two lines\n---\nBody\n"
    others = [
        "---\nsummary: >\n  Two\n  lines\ntitle: 'One title'  # said\nstatus: published\nx: {y: z}\n---\n\n\nBody",
        plain.replace("summary:", "minor: true\nsummary:"),
        plain.replace("\n", "\r\n"),
        "\ufeff" + plain,
        plain.replace("summary:", "slug:\nsummary:").replace("---\nBody", "captions:\n---\nBody"),
    ]
    assert {MARKDOWN.digest(other) for other in others} == {MARKDOWN.digest(plain)}
    assert MARKDOWN.digest(plain.replace("Body", "Body.")) != MARKDOWN.digest(plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "en.md:1: has no front matter"),
        ("Body\n", "en.md:1: has no front matter"),
        ("\n \n", "en.md:1: has no front matter"),
        ("\n ---\ntitle: x\n---\n", "en.md:1: has no front matter"),
        ("\n---\ntitle: x\n---\n", None),
        ("\ufeff\n\t\r\n---\ntitle: x\n---\n", None),
        ("\n---\ntitle: x\nstatus: done\n---\n", "en.md:4: status is one of"),
        ("\n---\ntitle: x: y\n---\n", "en.md:3: not YAML"),
        ("---\ntitle: x\n", "en.md:1: has front matter that no second line"),
        ("---\nslug: x\n---\n", "en.md:2: has no title"),
        ("---\n---\n", "en.md:2: has no title"),
        ("---\ntitle: x\nstatus: done\n---\n", "en.md:3: status is one of draft, in review, approved, published"),
        ("---\ntitle: x\n\norigin: robot\n---\n", "en.md:4: origin is one of human, machine, derived"),
        ("---\ntitle: x\nbased-on: ru\n---\n", "en.md:3: based-on is a locale"),
        ("---\ntitle: x\ntitle: y\n---\n", "en.md:3: has the key 'title' twice"),
        ("---\ntitle: x\nalt:\n  a.jpg: x\n  a.jpg: y\n---\n", "en.md:5: has the key 'a.jpg' twice"),
        ("---\ntitle: [x]\n---\n", "en.md:2: 'title' has to be a text"),
        ("---\ntitle: x\ncaptions: y\n---\n", "en.md:3: is not made of lines"),
        ("---\ntitle: x: y\n---\n", "en.md:2: not YAML: mapping values are not allowed here"),
        ("---\ntitle: &a x\nslug: *a\n---\n", "en.md:2: anchors, aliases and tags"),
        ("---\ntitle: !!python/name:os.system\n---\n", "en.md:2: anchors, aliases and tags"),
        ("---\ntitle: x\n? [a]\n: b\n---\n", "en.md:3: has a key that is not a plain word"),
        ("---\ntitle: x\ny: " + "[" * 40 + "]" * 40 + "\n---\n", "en.md:3: is nested deeper"),
        ("---\ntitle: x\n--- \n---\n", None),
        ("---\ntitle: x\n...\n---\n", "en.md:3: the front matter is one document"),
        ("---\ntitle: x\n---\nBody\nNUL \0\n", "en.md:5: holds NUL"),
        ("---\ntitle: x\n---\n\ud800\n", "en.md:4: holds a lone surrogate (U+D800)"),
        ("---\ntitle: x\nslug: \x07\n---\n", "en.md:3: holds a control character (U+0007)"),
        ("---\ntitle: x\nslug: \x7f\n---\n", "en.md:3: holds a character that YAML forbids"),
        ("---\ntitle: x\n---\nBell \x07\n", "en.md:4: holds a control character (U+0007)"),
        ("---\ntitle: x\n---\n\nNone \uffff\n", "en.md:5: holds the noncharacter U+FFFF"),
        ('---\nslug: y\ntitle: "Bell \\a"\n---\n', "en.md:3: holds a control character (U+0007), by an escape"),
        ('---\ntitle: x\ncaptions:\n  "\\0.jpg": y\n---\n', "en.md:4: holds NUL, by an escape"),
        ('---\ntitle: x\nnote: ["\\x1b"]\n---\n', "en.md:3: holds a control character (U+001B), by an escape"),
        ('---\ntitle: "Half \\uD83D"\n---\n', "en.md:2: holds a lone surrogate (U+D83D), by an escape"),
        ('---\ntitle: "\\UFFFFFFFFF"\n---\n', "en.md:2: holds an escape beyond the last character of Unicode"),
        ('---\ntitle: x\nslug: "\n  \\U00110000"\n---\n', "en.md:4: holds an escape beyond the last character"),
        ("---\r\ntitle: x\r\nstatus: done\r\n---\r\n", "en.md:3: status is one of"),
        ("---\rtitle: x\rstatus: done\r---\r", "en.md:3: status is one of"),
        ("---\ntitle: x\n---\n" + "a\n" * 40_000, "has 40003 lines"),
        ("---\ntitle: " + "x" * 70_000 + "\n---\n", "the front matter has"),
        ("---\ntitle: x\n---\n" + "x" * 2_000_000, "characters, and 2000000 are the most"),
    ],
)
def test_what_cannot_be_used_is_refused_with_file_line_and_reason(text: str, expected: str | None) -> None:
    if expected is None:
        MARKDOWN.parse(text, path="en.md")
        return
    with pytest.raises(BadText) as refusal:
        MARKDOWN.parse(text, path="en.md")
    assert expected in str(refusal.value)


def test_all_problems_of_a_file_are_told_at_once() -> None:
    with pytest.raises(BadText) as refusal:
        MARKDOWN.parse("---\nslug: x\nstatus: a\norigin: b\nbased-on: c\nalt: [d]\n---\n", path="en.md")
    assert [problem.line for problem in refusal.value.problems] == [2, 3, 4, 5, 6]


def test_a_misspelt_key_is_told_with_the_one_that_was_meant() -> None:
    parsed = MARKDOWN.parse("---\ntitle: A\nsummery: B\nbased_on: C\n---\n", path="en.md")
    assert [str(warning) for warning in parsed.warnings] == [
        "en.md:3: has the unknown key 'summery', which is kept as it is; did you mean `summary`?",
        "en.md:4: has the unknown key 'based_on', which is kept as it is; did you mean `based-on`?",
    ]


def test_an_unknown_key_and_a_lost_end_of_a_title_are_warned_of() -> None:
    parsed = MARKDOWN.parse("---\ntitle: Meeting #5\ndate: 2026-03-18\n---\n", path="en.md")
    assert [str(warning) for warning in parsed.warnings] == [
        "en.md:2: 'title' ends before the #; put it in quotes if what follows belongs to it",
        "en.md:3: has the unknown key 'date', which is kept as it is",
    ]


def test_a_changed_value_keeps_its_comment_and_is_quoted_only_where_it_must_be() -> None:
    text = "---\ntitle: T  # first\nsummary: >  # second\n  Two\n  lines\nslug:\n---\n"
    title, slug, summary = MARKDOWN.parse(text, path="").segments
    new = (replace(title, text="Plain – слово"), replace(slug, text="no"), replace(summary, text='Said: "yes" # no'))
    assert MARKDOWN.compose(text, new) == (
        '---\ntitle: Plain – слово  # first\nsummary: \'Said: "yes" # no\'  # second\nslug: "no"\n---\n'
    )


@pytest.mark.parametrize(
    ("at", "kind", "new", "expected"),
    [
        (1, "paragraph", "New", "One.\n\nNew\n\n- a\n- b\n\n\nEnd."),
        (2, "bullet", "- new", "One.\n\n- a\n- new\n- b\n\n\nEnd."),
        (3, "bullet", "- new", "One.\n\n- a\n- b\n- new\n\nEnd."),
        (4, "paragraph", "New", "One.\n\n- a\n- b\n\n\nEnd.\n\nNew"),
        (0, "heading-2", "## New", "## New\n\nOne.\n\n- a\n- b\n\n\nEnd."),
        (0, "paragraph", "", "<!-- untranslated -->\n\nOne.\n\n- a\n- b\n\n\nEnd."),
    ],
)
def test_a_new_block_is_laid_out_like_its_neighbours(at: int, kind: str, new: str, expected: str) -> None:
    head = "---\ntitle: T\n---\n"
    text = head + "One.\n\n- a\n- b\n\n\nEnd."
    title, *blocks = MARKDOWN.parse(text, path="").segments
    blocks.insert(at, Segment(key=Key(""), kind=kind, text=new))
    assert MARKDOWN.compose(text, [title, *blocks]) == head + expected


def test_what_is_new_is_laid_out_as_in_the_text_that_it_came_from() -> None:
    text = "---\r\ntitle: T\r\n---\r\nA\r\n\r\nB\r\n"
    donor = "---\ntitle: T\nsummary: >\n  Two\n  lines\n---\nA\n\n\n\nNew\n# B\n"
    composed = MARKDOWN.compose(text, MARKDOWN.parse(donor, path="").segments, donor=donor)
    assert composed == donor.replace("\n", "\r\n")


def test_texts_with_other_line_ends_have_the_same_segments() -> None:
    windows = SIGNED.replace("\n", "\r\n")
    assert MARKDOWN.parse(windows, path="").segments == MARKDOWN.parse(SIGNED, path="").segments


@given(st.lists(st.sampled_from(["A", "B", "- a", "- b", "> q", "# H", "1. x", "— d", "***", "C\nD"]), max_size=8))
def test_any_blocks_can_be_put_into_any_file(blocks: list[str]) -> None:
    composed = MARKDOWN.compose(
        "---\ntitle: T\n---", [Segment(key=Key(""), kind="paragraph", text=block) for block in blocks]
    )
    assert kinds_and_texts(composed)[0] == ("title", "T")
    assert [text for _, text in kinds_and_texts(composed)[1:]] == blocks


@given(texts(), texts(), st.booleans())
def test_the_segments_of_any_text_can_be_put_into_any_other(text: str, other: str, lends: bool) -> None:
    wanted = MARKDOWN.parse(other, path="").segments
    composed = MARKDOWN.compose(text, wanted, donor=other if lends else "")
    assert MARKDOWN.parse(composed, path="").segments == wanted


@given(
    texts(),
    st.text(max_size=30).filter(lambda words: unusable(words) is None),
    st.sampled_from(["title", "slug", "summary"]),
)
def test_any_words_at_all_can_stand_in_the_front_matter(text: str, words: str, kind: str) -> None:
    words = words.replace("\r", "\n").strip()
    segments = [one for one in MARKDOWN.parse(text, path="").segments if one.kind != kind]
    composed = MARKDOWN.compose(text, [Segment(key=Key(kind), kind=kind, text=words), *segments])
    assert {one.text for one in MARKDOWN.parse(composed, path="").segments if one.kind == kind} == {words}


def test_a_comment_behind_a_value_does_not_become_part_of_a_lent_one() -> None:
    text = "---\ntitle: T\nsummary: One # said\n---\n"
    donor = "---\ntitle: T\nsummary: >\n  Two\n  lines\n---\n"
    composed = MARKDOWN.compose(text, MARKDOWN.parse(donor, path="").segments, donor=donor)
    assert composed == "---\ntitle: T\nsummary: Two lines # said\n---\n"


def test_of_a_file_full_of_mistakes_the_first_fifty_are_told() -> None:
    with pytest.raises(BadText) as refusal:
        MARKDOWN.parse("---\n" + "title: x\n" * 100 + "---\n", path="en.md")
    assert len(refusal.value.problems) == 50


def test_two_paragraphs_typed_for_one_become_two_segments_and_move_nothing_else() -> None:
    text = "---\ntitle: T\n---\n# H\nA\n\n- b\n- c\n"
    title, heading, _, *items = MARKDOWN.parse(text, path="").segments
    typed = Segment(key=Key(""), kind="paragraph", text="\r\n\r\nOne\r\n\r\nTwo\r\n")
    assert MARKDOWN.compose(text, [title, heading, typed, *items]) == text.replace("A", "One\n\nTwo")


@pytest.mark.parametrize(
    ("text", "at", "new", "expected"),
    [
        ("A\n# H\nB", 1, "Words", "A\n\nWords\n\nB"),
        ("A\n— b\n— c", 2, "Words", "A\n\n— b\n\nWords"),
        ("A\n\n# H\n---", 1, "Words", "A\n\nWords\n\n---"),
    ],
)
def test_blocks_that_would_run_into_each_other_are_set_apart(text: str, at: int, new: str, expected: str) -> None:
    head = "---\ntitle: T\n---\n"
    title, *blocks = MARKDOWN.parse(head + text, path="").segments
    blocks[at] = replace(blocks[at], text=new)
    assert MARKDOWN.compose(head + text, [title, *blocks]) == head + expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_label_stands_first_and_is_taken_off_and_no_other_byte_changes(newline: str) -> None:
    plain = "---\n# mine\ntitle:  'News'\nnote: 1\n---\n\nWords.\n".replace("\n", newline)
    label = Label(document=DocumentName.parse("news/2026-01-01-item"), locale=Tag("ky"), revision=12)
    text = MARKDOWN.with_header(plain, Header(label=label))
    assert text.startswith(f"---{newline}document: news/2026-01-01-item{newline}locale: ky{newline}revision: ")
    assert MARKDOWN.parse(text, path="").header.label == label
    assert MARKDOWN.digest(text) == MARKDOWN.digest(plain)
    assert MARKDOWN.with_header(text, Header()) == plain


@pytest.mark.parametrize(
    ("document", "locale", "revision"),
    [("news", "ky", "1"), ("news/x", "no tag", "1"), ("news/x", "ky", "0"), ("news/x", "ky", "9" * 20), ("", "", "")],
)
def test_what_is_no_label_is_none_and_stays(document: str, locale: str, revision: str) -> None:
    text = f"---\ndocument: {document}\nlocale: {locale}\nrevision: {revision}\ntitle: A\n---\n"
    header = MARKDOWN.parse(text, path="").header
    assert header.label is None
    assert MARKDOWN.with_header(text, header) == text
