"""The documentation of the figures is drawn from the table in which they are defined."""

from pathlib import Path

from app.cli_figures import page
from app.domain.figures import FIGURES, Name


def test_the_page_of_the_documentation_says_what_the_table_says() -> None:
    kept = Path(__file__).parent.parent / "docs" / "figures.md"
    assert kept.read_text(encoding="utf-8") == page(), "tilmash figures > docs/figures.md"


def test_each_figure_is_defined_once() -> None:
    assert [one.name for one in FIGURES] == list(Name)
