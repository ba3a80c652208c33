"""A site of many items out of one of a few: the rows that readers' pages are made from, again under other numbers.

To synchronise 10,000 items in seven languages takes twenty minutes, and readers cannot tell the difference.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_NUMBERED = re.compile(r'(item-|"views_key":|\d{14}-)(\d+)')  # slug and folder, document, end of a list's position
_LANGUAGE_BITS = 7  # of a searchable text's number stand below its document's

Value = str | bytes | int | None


def multiply(database: Path, *, times: int) -> None:
    """Let every document of the read model stand there so many times; the numbers of items follow one another."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        documents, *_ = connection.execute("SELECT max(document_id) + 1 FROM published_page").fetchone()
        for table in _tables(connection):
            names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  # the schema's own words
            places = ", ".join("?" * len(names))
            statement = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608  # the schema's own words
            for time in range(1, times):
                connection.executemany(statement, _again(names, rows, time * documents))
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()


def _tables(connection: sqlite3.Connection) -> list[str]:
    wanted = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'document_id'"
    return [name for (name,) in connection.execute(f"{wanted} WHERE m.type = 'table' AND m.name LIKE 'published%'")]


def _again(names: list[str], rows: list[tuple[Value, ...]], more: int) -> Iterator[list[Value]]:
    for row in rows:
        yield [_shifted(name, value, more) for name, value in zip(names, row, strict=True)]


def _shifted(name: str, value: Value, more: int) -> Value:
    if isinstance(value, int):
        return value + {"document_id": more, "id": more << _LANGUAGE_BITS}.get(name, 0)
    if isinstance(value, bytes):
        return _renumbered(value.decode(), more).encode()
    return value if value is None else _renumbered(value, more)


def _renumbered(text: str, more: int) -> str:
    return _NUMBERED.sub(lambda found: found[1] + str(int(found[2]) + more).zfill(len(found[2])), text)
