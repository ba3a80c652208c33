"""Words and codes of a segment: nothing of a text is lost by taking it apart, and codes make whole pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inline_codes import Code, Piece, Role, numbered_as, pieces_of, written

SIGNS = st.text(st.sampled_from("ab *_~`[]()!\\<>/{}%s\n«ʻ\x01"), max_size=60)
KINDS = st.sampled_from(["paragraph", "bullet", "message", "title", "code", "table"])
FLAGS = st.sampled_from([(), ("python-format",), ("python-brace-format",)])


def shown(pieces: tuple[Piece, ...]) -> str:
    """Write pieces so that codes can be told: `{1:**}`, `{/1:**}`, `{2}` for one that stands alone."""
    signs = {Role.OPEN: "", Role.CLOSE: "/", Role.ALONE: "="}
    return "".join(f"{{{signs[one.role]}{one.number}}}" if isinstance(one, Code) else one for one in pieces)


@given(SIGNS, KINDS, FLAGS)
def test_what_is_taken_apart_is_put_together_again_without_a_letter_lost(
    text: str, kind: str, flags: tuple[str, ...]
) -> None:
    assert written(pieces_of(text, kind, flags)) == text


@given(SIGNS, KINDS)
def test_what_begins_ends_and_one_pair_stands_inside_the_other(text: str, kind: str) -> None:
    begun = list[int]()
    for one in pieces_of(text, kind):
        if isinstance(one, Code) and one.role is Role.OPEN:
            begun.append(one.number)
        elif isinstance(one, Code) and one.role is Role.CLOSE:
            assert begun.pop() == one.number
    assert begun == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The **centre** opens [here *now*](/en/x).", "The {1}centre{/1} opens {2}here {3}now{/3}{/2}."),
        ("2 * 3 * 4, **open", "2 * 3 * 4, **open"),
        ("`a*b` *c* ``x`y``", "{=1} {2}c{/2} {=3}"),
        ("**a *b** c*", "{1}a *b{/1} c*"),
        ("<b>x</b><br>y <i>z", "{1}x{/1}{=2}y {=3}z"),
        ("snake_case_word _em_", "snake_case_word {1}em{/1}"),
        (r"\*no\* ![alt **x**](p.png)", r"\*no\* {1}alt {2}x{/2}{/1}"),
        ("«Oʻzbek **gʻalaba**»", "«Oʻzbek {1}gʻalaba{/1}»"),
        ("one  \ntwo", "one{=1}two"),
    ],
)
def test_signs_of_markdown_are_codes_and_signs_that_mean_nothing_are_words(text: str, parts: str) -> None:
    assert shown(pieces_of(text, "paragraph")) == parts


def test_a_message_has_placeholders_by_its_flags_and_a_title_has_no_codes() -> None:
    assert shown(pieces_of("%(n)s of <b>{x}</b> 5%", "message", ["python-format"])) == "{=1} of {2}{x}{/2} 5%"
    assert shown(pieces_of("%(n)s of {x}", "message", ["python-brace-format"])) == "%(n)s of {=1}"
    assert shown(pieces_of("2 **stars** <b>", "title")) == "2 **stars** <b>"


def test_a_translation_has_the_numbers_of_its_source_and_others_for_what_is_its_own() -> None:
    source = pieces_of("**a** `b` [c](/en)", "paragraph")
    assert (
        shown(numbered_as(pieces_of("`b` [c](/kk) **a** **d**", "paragraph"), source))
        == "{=2} {4}c{/4} {1}a{/1} {5}d{/5}"
    )


@pytest.mark.parametrize("text", ["*a ", "[", "`", "a`", "<a", "**a** ", "[x](", "*a_b ", "<b>", "![", "a*", "**a *b "])
def test_however_many_signs_there_are_no_pair_is_deeper_than_a_reader_of_xml_goes(text: str) -> None:
    pieces = pieces_of(text * 20_000, "paragraph")
    assert written(pieces) == text * 20_000
    depth = deepest = 0
    for one in pieces:
        depth += {Role.OPEN: 1, Role.CLOSE: -1, Role.ALONE: 0}[one.role] if isinstance(one, Code) else 0
        deepest = max(deepest, depth)
    assert deepest <= 20
