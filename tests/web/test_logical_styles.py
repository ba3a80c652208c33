"""Styles name no side of the page: start and end turn with the language, left and right would not."""

import re
from pathlib import Path

import pytest

STYLES = sorted((Path(__file__).parents[2] / "app/static/css").glob("*.css"))
DECLARATION = re.compile(r"(?<=[;{])\s*(?P<name>[-\w]+)\s*:\s*(?P<value>[^;{}]+)(?=[;}])")
SIDES = re.compile(r"(?:^|-)(?:left|right|top|bottom)(?:-|$)")
MEASURES = {"width", "height", "min-width", "min-height", "max-width", "max-height"}
FOUR = {"margin", "padding", "inset", "border-width", "border-style", "border-color", "border-radius"}


def physical(style: str) -> list[str]:
    """The declarations that stay where they are when a page is turned round."""
    found = []
    for declared in DECLARATION.finditer(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        name, value = declared["name"], declared["value"].strip()
        parts = re.sub(r"\([^)]*\)", "()", value).split()
        lopsided = name in FOUR and len(parts) == 4 and parts[1] != parts[3]
        sided = name in {"text-align", "float", "clear"} and value in {"left", "right"}
        if SIDES.search(name) or name in MEASURES or lopsided or sided:
            found.append(f"{name}: {value}")
    return found


def test_the_search_finds_what_it_is_for() -> None:
    style = "a{margin-left:1px;color:red;left:0}b{text-align:right;padding:0 1px 0 2px;border-top-width:1px;width:2px;}"
    assert len(physical(style)) == 6
    assert physical("@media (min-width: 1px) { a { margin-inline-start: 1px; padding: 1px 2px; } }") == []


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_style_names_a_side_of_the_page(file: Path) -> None:
    style = file.read_text("utf-8")
    assert len(DECLARATION.findall(style)) > 5
    assert physical(style) == []
