"""A text made to exhaust its reader takes steps in proportion to its length, and no more: counted, not timed."""

import sys
from collections.abc import Callable

import pytest

from app.formats.blocks import read_body
from app.formats.commonmark import CELLS
from app.formats.render import LIMIT, render

REPEATED = [
    "- a\n", "1. a\n", "+ a\n* a\n", " - a\n", "- a\n\n", "- ", "> ", "> a\n",
    "> - ", f"{'>' * 30} a\n", "— a\n", "a\n— ",
    "— a\n\n", "—\n", "a\n=\n", "a\n---\n", "a\n", "a\n\n", "a  \n", "# a\n", "#", "***\n", "```\n", "~~~\n```\n",
    "`", "``` ` `` ", "\t", "\t\n", "\\",
    "[", "![", "[](", "[a]: /b\n", "[a]: /b \"\n", "[a]: <", "[a\n", "\\[",
    "[a](b)\n\n", "[a.kz](https://b.kz)\n\n", "![a](b)\n\n", "<https://a", "<a@",
    "*a **b ", "*_", "&amp;", "&#x", "&", "<div>\n", "<a ", "<!-- ", "<![CDATA[", "<?", "<!A ",
    "|a|b|\n|-|-|\n|a|b|\n", "|", "|\n", "|-|\n",
    "a | \\| b\n-|-\n", "\u202e", "a\u0300", "\u200b",
]  # fmt: skip

BUILT: dict[str, Callable[[int], str]] = {
    "lists in lists": lambda size: "".join("  " * depth + "- a\n" for depth in range(size // 10)),
    "dashes in dashes": lambda size: "".join("  " * depth + "— a\n" for depth in range(size // 10)),
    "quotes in quotes": lambda size: "> " * size + "a",
    "links in links": lambda size: "[" * size + "a" + "](/b)" * size,
    "images in images": lambda size: "![" * size + "a" + "](/b)" * size,
    "a table of many columns": lambda size: f"|{'a|' * size}\n|{'-|' * size}\n" + f"|{'a|' * size}\n" * 3,
    "a table of many rows": lambda size: "|a|b|\n|-|-|\n" + "|a|\n" * size,
    "a table of rows that are no cells": lambda size: f"|{'a|' * 50}\n|{'-|' * 50}\n" + "a\n" * size,
    "tables of rows that are no cells": lambda size: (
        (f"|{'a|' * 99}\n|{'-|' * 99}\n" + "a\n" * 9 + "\n") * (size // 10)
    ),
    "ever more backticks": lambda size: " ".join("`" * count for count in range(int(size**0.5))),
    "references": lambda size: "".join(f"[{n}]: /{n}\n" for n in range(size)) + "\n" + "[0] [1]\n\n" * size,
    "references apart": lambda size: "".join(f"[{n}]: /{n}\n\n" for n in range(size)),
    "a title without an end": lambda size: "[a]: /b\n'" + "a\n" * size,
    "a label without an end": lambda size: "[" + "a\\" * size + "]: /x",
    "a link full of brackets": lambda size: f"[a]({'(' * size})",
    "lines of a list that are none": lambda size: "- " * size + "a\n" + "b\n" * size,
}


def steps(function: Callable[[str], object], text: str) -> int:
    """Return how many functions were called, Python's own included, until it was done."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        function(text)
    finally:
        sys.setprofile(None)
    return count


def texts(kind: str, size: int) -> str:
    return BUILT[kind](size) if kind in BUILT else kind * size


@pytest.mark.parametrize("kind", [*BUILT, *REPEATED], ids=ascii)
@pytest.mark.parametrize("function", [render, read_body])
def test_twice_the_text_takes_at_most_about_twice_the_steps(function: Callable[[str], object], kind: str) -> None:
    small, large = texts(kind, 300), texts(kind, 600)
    longer = len(large) / len(small)
    assert steps(function, large) < 1.3 * longer * steps(function, small) + 1_000


@pytest.mark.parametrize("paragraph", ["![" * 900, "[*" * 900, "<https://a> " * 1_990, f"{'![' * 19}a{'](/b)' * 19}"])
def test_the_longest_body_of_paragraphs_that_are_each_just_allowed_takes_steps_that_can_be_borne(
    paragraph: str,
) -> None:
    """Each mark takes hundreds; a body of nothing else took up to 400 for each of its letters, half a minute."""
    body = f"{paragraph}\n\n" * (LIMIT // (len(paragraph) + 2))
    assert steps(render, body) < 50 * LIMIT


@pytest.mark.parametrize("kind", [*BUILT, *REPEATED], ids=ascii)
def test_a_bomb_of_any_size_leaves_a_page_that_can_be_shown(kind: str) -> None:
    """What it is rendered to is bounded by what was typed."""
    text = texts(kind, 3_000)[:LIMIT]
    assert len(render(text)) <= 30 * len(text) + 20 * CELLS
    assert str(read_body(text)) == text


def test_a_table_has_its_cells_and_no_more_than_can_be_shown() -> None:
    table = f"|{'a|' * 10}\n|{'-|' * 10}\n" + f"|{'b|' * 10}\n" * 100
    assert render(table).count("<td>") == 1_000
    many = render(f"{table}\n" * 100)
    assert CELLS * 0.8 < many.count("<t") <= CELLS * 1.2
    assert "<p>|b|" in many or "<p>|a|" in many
    assert str(read_body(f"{table}\n" * 100)) == f"{table}\n" * 100
