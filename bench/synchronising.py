"""How long the synchroniser takes, and that its memory does not grow with the corpus."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.formats.markdown import MARKDOWN
from bench import corpus
from bench.runs import Ratio, cost, environment, paired, processor_seconds


def _read_and_parse(root: Path) -> None:
    """Do what no synchroniser can do without: read, hash and parse each text, and put it into a table."""
    with sqlite3.connect(root / "baseline.db") as database:
        database.execute("DROP TABLE IF EXISTS text")
        database.execute("CREATE TABLE text (path TEXT PRIMARY KEY, digest TEXT, text TEXT, segments INTEGER)")
        rows = []
        for path in sorted((root / "content").rglob("*.md")):
            raw = path.read_bytes()
            parsed = MARKDOWN.parse(raw.decode(), path=path.name)
            rows.append((str(path), hashlib.sha256(raw).hexdigest(), raw.decode(), len(parsed.segments)))
        database.executemany("INSERT INTO text VALUES (?, ?, ?, ?)", rows)
    database.close()


def _read(root: Path) -> None:
    for path in sorted((root / "content").rglob("*.*")):
        hashlib.sha256(path.read_bytes()).hexdigest()


def speed(*, items: int, pairs: int) -> Iterator[Ratio]:
    """Yield the first, an idle and a small synchronisation of `items` in seven languages, by processor time."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        corpus.write(root, items=items)
        runs = iter(range(1000))
        what = f"{items:,} items × {len(corpus.LOCALES)}"

        def first() -> float:
            return cost("sync", env=environment(root, root / f"data{next(runs)}")).processor

        ratio, one, other = paired(
            first, lambda: processor_seconds(lambda: _read_and_parse(root)), pairs=max(1, pairs // 3)
        )
        yield Ratio(
            what=f"first sync of {what}",
            against="reading and parsing them once",
            ratio=ratio,
            detail=f"{one:.1f} s, {other:.1f} s",
        )
        env = environment(root, root / "data0")

        def again() -> float:
            return cost("sync", env=env).processor

        ratio, one, other = paired(again, lambda: processor_seconds(lambda: _read(root)), pairs=pairs)
        yield Ratio(
            what=f"sync of {what}, nothing changed",
            against="reading and hashing the files",
            ratio=ratio,
            detail=f"{one:.1f} s, {other:.2f} s",
        )

        def changed() -> float:
            path = root / "content" / "news" / "item-000000" / "en.md"
            path.write_text(path.read_text(encoding="utf-8") + f"\nRun {next(runs)}.\n", encoding="utf-8")
            return cost("sync", env=env).processor

        ratio, one, other = paired(changed, again, pairs=pairs)
        yield Ratio(
            what="the same, one text changed",
            against="nothing changed",
            ratio=ratio,
            detail=f"{one:.1f} s, {other:.1f} s",
        )


def memory(*, few: int, many: int) -> Iterator[Ratio]:
    """Yield the peak memory of a first synchronisation of many items against that of a few."""
    peaks = []
    for items in (few, many):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            corpus.write(root, items=items, locales=("en", "ru"))
            peaks.append(cost("sync", env=environment(root, root / "data")).memory)
    detail = f"{peaks[1] / 2**20:.0f} MiB, {peaks[0] / 2**20:.0f} MiB; two languages"
    yield Ratio(
        what=f"peak memory of a first sync, {many:,} items",
        against=f"{few:,} items",
        ratio=peaks[1] / peaks[0],
        detail=detail,
    )
