"""The documentation of the workflow is drawn from its tables."""

from pathlib import Path

from app.cli_workflow import page


def test_the_page_of_the_documentation_says_what_the_tables_say() -> None:
    kept = Path(__file__).parent.parent / "docs" / "workflow.md"
    assert kept.read_text(encoding="utf-8") == page(), "tilmash workflow > docs/workflow.md"
