"""What a process writes down of what happens."""

import logging
import re

from hypothesis import given
from hypothesis import strategies as st

from app.logs import Lines

BEGINS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING ")


def record(message: str, *, failure: Exception | None = None) -> logging.LogRecord:
    info = None if failure is None else (type(failure), failure, failure.__traceback__)
    return logging.LogRecord("app", logging.WARNING, "file.py", 1, "it said %s", (message,), info)


@given(text=st.text(max_size=50))
def test_nothing_from_outside_begins_a_line_of_its_own(text: str) -> None:
    hostile = text + "\r\n2026-01-01T00:00:00Z WARNING forged\u2028\x1b[2J"
    for line in (Lines().format(record(hostile)), Lines().format(record("x", failure=ValueError(hostile)))):
        assert [bool(BEGINS.match(one)) for one in line.splitlines()] == [True] + [False] * (len(line.splitlines()) - 1)
    assert len(Lines().format(record(hostile)).splitlines()) == 1


def test_times_are_in_utc_whatever_the_machines_zone() -> None:
    moment = record("x")
    moment.created = 0.0
    assert Lines().format(moment) == "1970-01-01T00:00:00Z WARNING it said x"
