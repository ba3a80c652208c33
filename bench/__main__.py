"""`make bench`: prints every figure of docs/bench.md; `--short` runs each measure once on next to nothing."""

import argparse
from collections.abc import Iterator

from bench import board, catalogues, editor, figures, memory, pages, synchronising
from bench.prose import VOCABULARY
from bench.runs import Ratio


def measures(*, short: bool) -> Iterator[Ratio]:
    """Yield the figures one by one."""
    pairs = 1 if short else 5
    yield from synchronising.speed(items=3 if short else 1000, pairs=1 if short else 3)
    yield from synchronising.memory(few=2 if short else 100, many=4 if short else 5000)
    yield from catalogues.speed(messages=20 if short else 10_000, pairs=pairs)
    yield from editor.speed(
        messages=20 if short else 2000,
        blocks=5 if short else 120,
        segments=50 if short else 10_000,
        times=1 if short else 10,
        pairs=pairs,
    )
    yield from pages.speed(
        few=3 if short else 100,
        times=2 if short else 100,
        requests=5 if short else 400,
        long=50 if short else 100_000,
        pairs=pairs,
    )
    yield from memory.speed(
        few=50 if short else 100_000,
        many=100 if short else 1_000_000,
        asked=3 if short else 100,
        words=2_000 if short else VOCABULARY,
    )
    sizes = (1, 2, 3, 4) if short else (100, 1_000, 10_000, 100_000)
    yield from figures.speed(documents=sizes, times=1 if short else 15)
    yield from board.speed(sizes=sizes[:: 3 if short else 1], times=1 if short else 5, pairs=pairs)


def main() -> None:
    """Print the figures as they come, as the table that docs/bench.md holds."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--short", action="store_true", help="only show that it works")
    print("| measure | against | ratio | in that run |\n| --- | --- | --- | --- |")
    for figure in measures(short=parser.parse_args().short):
        print(figure, flush=True)


if __name__ == "__main__":
    main()
