"""Whether a web process's memory stays as it is, whatever it is asked for."""

import random
from collections.abc import Iterator

from bench.corpus import LOCALES
from bench.load import Client
from bench.runs import Ratio
from bench.server import Server

_ODD = (
    "/{l}/nowhere-{n}",
    "/{l}/news/?older=2{n:03}",
    "/{l}/news/item-{n}-{l}?utm_source={n}",
    "/{l}/feed.atom",
    "/{l}/search?q={n}",
)
"""What is asked for beside items: what there is not, and what readers can make up."""


def memory(server: Server, *, items: int, requests: int) -> Ratio:
    """Return the memory after so many requests for the most different addresses against that after a tenth of them.

    Nine of ten ask for what many read, the tenth for any item or for what there is not.
    """
    chance = random.Random(2026)  # noqa: S311  # the same visits in each run
    _visit(server.port, _addresses(chance, items, requests // 10))
    before = server.memory()
    _visit(server.port, _addresses(chance, items, requests))
    after = server.memory()
    return Ratio(
        what=f"memory of a web process after {requests:,} requests",
        against="after the first tenth of as many",
        ratio=after / before if before else 1.0,
        detail=f"{after / 2**20:.0f} MiB, {before / 2**20:.0f} MiB; {items:,} items, most different addresses",
    )


def _addresses(chance: random.Random, items: int, requests: int) -> Iterator[str]:
    for _ in range(requests):
        locale, rare = chance.choice(LOCALES), chance.random() < 0.1
        number = chance.randrange(items if rare else min(items, 70))
        pattern = chance.choice(_ODD) if rare and number % 2 else "/{l}/news/item-{n}-{l}"
        yield pattern.format(l=locale, n=number)


def _visit(port: int, addresses: Iterator[str]) -> None:
    """Ask for each, every other time in a coding."""
    with Client(port, "/") as client:
        for number, address in enumerate(addresses):
            answer = client.visit(address, accepted=("br", "gzip", "")[number % 3])
            if answer.status not in {200, 404}:
                raise RuntimeError(f"{address} answers {answer.status}")
