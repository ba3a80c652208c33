import subprocess
import sys


def test_the_bench_measures_everything_that_docs_bench_tells_of() -> None:
    done = subprocess.run([sys.executable, "-m", "bench", "--short"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 14
    synchronising = ("first sync", "nothing changed", "one text changed", "peak memory")
    for what in (*synchronising, "compile", "load", "item page", "news list", "kept", "304", "in-process"):
        assert any(what in line for line in lines), what
