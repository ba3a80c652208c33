"""Where words stand in a table, a nested list and a quotation; what is between them is nobody's to translate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.word_spans import MOST, shape, word_spans

NESTED = """\
- First
  goes on
  - Deeper, *and* more

    apart
  - ```
    code
    ```

  Last"""


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("table", "| Country | Share |\n| :-- | --: |\n| Kyrgyzstan | `a` \\| b |\n| | 4 |",
         ["Country", "Share", "Kyrgyzstan", "`a` \\| b", "4"]),
        ("table", "Country | Share\n---|---\nKyrgyzstan | 4", ["Country", "Share", "Kyrgyzstan", "4"]),
        ("bullet", NESTED, ["First\n  goes on", "Deeper, *and* more", "apart", "Last"]),
        ("ordered", "1. one\n   2. two", []),  # a paragraph of two lines: no list of another number begins in one
        ("ordered", "1. one\n\n   1) two", ["one", "two"]),
        ("quote", "> # Head #\n> one\n> two\n>\n> > three\nlazy", ["Head", "one\n> two", "three\nlazy"]),
        ("bullet", "- one", []),
        ("bullet", "- one\n\n  <div>two</div>", []),
        ("bullet", "- one\n\n  | a | b |\n  |---|---|\n  | c | d |", []),
        ("paragraph", "one", []),
        ("code", "```\none\n```", []),
    ],
)  # fmt: skip
def test_words_are_found_part_by_part_and_nothing_else_is(kind: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(kind, text)] == found


def test_a_table_of_data_is_not_taken_apart() -> None:
    row = "| a | b |\n"
    assert len(word_spans("table", f"{row}| - | - |\n{row * (MOST // 2 - 1)}".rstrip())) == MOST
    assert word_spans("table", f"{row}| - | - |\n{row * (MOST // 2)}".rstrip()) == ()


@given(st.text(alphabet="ab \n>-#1.|`\\", max_size=60), st.sampled_from(["table", "bullet", "ordered", "quote"]))
def test_whatever_stands_there_parts_follow_one_another_and_hold_words(text: str, kind: str) -> None:
    end = 0
    for start, stop in word_spans(kind, text):
        assert end <= start < stop
        end = stop


@pytest.mark.parametrize("other", ["- one\n  - - two", "- one\n- two", "- one\n  - # two", "- one\n  - ```\n    two"])
def test_words_that_make_other_blocks_are_another_shape(other: str) -> None:
    assert shape("- one\n  - two") == shape("- бир\n  - эки экинчи") != shape(other)
