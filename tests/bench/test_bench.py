import re
import subprocess
import sys
from pathlib import Path

DOCUMENTED = Path(__file__).parents[2] / "docs/bench.md"


def measures(table: str) -> list[list[str]]:
    """What is measured against what, whatever the numbers of the run."""
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return [[re.sub(r"[\d,]+", "N", cell.strip()) for cell in row[1:3]] for row in rows]


def test_the_bench_measures_everything_that_docs_bench_tells_of() -> None:
    done = subprocess.run([sys.executable, "-m", "bench", "--short"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = measures(done.stdout)
    assert len(found) == 103
    assert found == measures(DOCUMENTED.read_text(encoding="utf-8"))
