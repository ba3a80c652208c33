"""The documentation of the checks is drawn from their table."""

from pathlib import Path

from app.cli_checks import page


def test_the_page_of_the_documentation_says_what_the_table_says() -> None:
    kept = Path(__file__).parent.parent / "docs" / "checks.md"
    assert kept.read_text(encoding="utf-8") == page(), "tilmash check --page > docs/checks.md"
