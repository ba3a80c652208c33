"""Pages of the board among many texts: in every order each row comes once, and what filters leave is what they say."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from app.domain.pages import position_of
from app.domain.segments import Tag
from app.domain.translations import Status
from app.queries import board as boards
from app.queries.asked import NOBODY, Asked, Due, Wanted, Window
from app.queries.board import Order, board, texts
from app.queries.calendar import appointments
from app.queries.sums import sums
from app.storage.database import Database
from app.storage.standings import DbStanding
from tests.queries.standings import NOW, fill

KY = Tag("ky")


@pytest.fixture
def filled(database: Database) -> tuple[Database, list[DbStanding]]:
    with database.write() as session:
        rows = fill(session, 60)
        session.expunge_all()
    return database, rows


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always noon of the same day."""

    class Clock:
        @staticmethod
        def now(_zone: object) -> object:
            return NOW

    monkeypatch.setattr(boards, "datetime", Clock)


def pages(read: Callable[[str], tuple[list[tuple[object, ...]], str | None]]) -> list[tuple[object, ...]]:
    """All rows, page by page."""
    found, older = list[tuple[object, ...]](), ""
    while True:
        rows, after = read(older)
        found += rows
        if after is None:
            return found
        older = after


@pytest.mark.parametrize("order", [Order.NEWEST, Order.DUE, Order.PERSON])
@pytest.mark.parametrize("mark", [None, Wanted.COMMENTS])
def test_each_document_comes_once_in_its_order_page_by_page(
    filled: tuple[Database, list[DbStanding]], order: Order, mark: Wanted | None
) -> None:
    database, rows = filled
    if mark:
        rows = [row for row in rows if row.comments]
    with database.read() as session:

        def read(older: str, size: int = 7) -> tuple[list[tuple[object, ...]], str | None]:
            page = board(session, Asked(mark=mark), reader=KY, order=order, older=older, size=size)
            return [(line.person, line.due, line.place) for line in page.lines], page.older

        found = pages(read)
    expected: list[tuple[str, object, str]]
    match order:
        case Order.NEWEST:
            expected = sorted({("", None, row.place) for row in rows}, key=lambda one: one[2], reverse=True)
        case Order.PERSON:
            by_person: set[tuple[str, object, str]] = {(row.person, None, row.place) for row in rows}
            expected = sorted(sorted(by_person, key=lambda one: one[2], reverse=True), key=lambda one: one[0])
        case _:
            first: dict[str, object] = {}
            for row in sorted((row for row in rows if row.owed), key=lambda row: str(row.owed)):
                first.setdefault(row.place, row.owed)
            newest_first = sorted((("", due, place) for place, due in first.items()), key=lambda one: one[2])[::-1]
            expected = sorted(newest_first, key=lambda one: str(one[1]))
    assert found == expected


@pytest.mark.parametrize("order", list(Order))
def test_each_text_of_a_language_comes_once_in_its_order_page_by_page(
    filled: tuple[Database, list[DbStanding]], order: Order
) -> None:
    database, rows = filled
    key: dict[Order, Callable[[DbStanding], Any]] = {
        Order.NEWEST: lambda _row: (),
        Order.DUE: lambda row: (row.owed,),
        Order.CHANGED: lambda row: (row.since and -row.since.timestamp(),),
        Order.PERSON: lambda row: (row.person,),
    }
    with database.read() as session:

        def read(older: str) -> tuple[list[tuple[object, ...]], str | None]:
            page = texts(session, Asked(language=KY), reader=Tag("en"), order=order, older=older, size=7)
            return [(text.place,) for text in page.texts], page.older

        found = pages(read)
    mine = sorted((row for row in rows if row.locale == KY), key=lambda row: row.place, reverse=True)
    mine = [row for row in mine if None not in key[order](row)]
    assert found == [(row.place,) for row in sorted(mine, key=key[order])]


FILTERS: tuple[tuple[Asked, Callable[[DbStanding], object]], ...] = (
    (Asked(language=KY), lambda row: row.locale == KY),
    *((Asked(wanted=Wanted(status)), lambda row, status=status: row.status == status) for status in Status),
    (Asked(wanted=Wanted.TO_PUBLISH), lambda row: row.status is Status.APPROVED and row.live != row.head),
    (Asked(mark=Wanted.BEHIND), lambda row: row.behind),
    (Asked(mark=Wanted.FAILING), lambda row: row.failing),
    (Asked(mark=Wanted.SUGGESTIONS), lambda row: row.suggestions),
    (Asked(mark=Wanted.SCHEDULED), lambda row: row.scheduled),
    (Asked(mark=Wanted.WITHDRAWN), lambda row: row.withdrawn),
    (Asked(mark=Wanted.DIFFERS), lambda row: row.live is not None and row.live != row.head),
    (Asked(person="kanat"), lambda row: row.person == "kanat"),
    (Asked(person=NOBODY), lambda row: row.person == ""),
    (Asked(due=Due.LATE), lambda row: row.owed and row.owed < NOW),
    (Asked(due=Due.WEEK, language=KY), lambda row: row.owed and row.locale == KY),
    (Asked(due=Due.ANY), lambda row: row.due),
    (Asked(tag="training"), lambda row: "training\n" in row.tags),
    (Asked(tag="train"), lambda _row: False),
    (Asked(words="title 1"), lambda row: "title 1" in row.folded),
    (
        Asked(dated=Window(start=NOW - timedelta(days=9), end=NOW - timedelta(days=3))),
        lambda row: position_of(NOW - timedelta(days=9), 0) <= row.place < position_of(NOW - timedelta(days=3), 0),
    ),
    (
        Asked(asked_until=Window(start=NOW, end=NOW + timedelta(days=2))),
        lambda row: row.due and NOW <= row.due < NOW + timedelta(days=2),
    ),
)


def test_filters_leave_what_they_say_and_sums_count_it(filled: tuple[Database, list[DbStanding]]) -> None:
    database, rows = filled
    for asked, holds in FILTERS:
        _leaves(database, rows, asked, holds)


def _leaves(database: Database, rows: list[DbStanding], asked: Asked, holds: Callable[[DbStanding], object]) -> None:
    left = [row for row in rows if holds(row)]
    with database.read() as session:
        found = boards.texts_of(session, asked, most=1000)
        page = board(session, asked, reader=KY, size=100)
        counted = sums(session, asked, now=NOW)
        partly = sums(session, asked, now=NOW, most=3)
    assert sorted((name.name, tag) for name, tag in found) == sorted((row.name, row.locale) for row in left)
    assert {line.name.name for line in page.lines} == {row.name for row in left}
    assert sum(counted.texts.values()) == len(left)
    assert counted.late.get(KY, 0) == sum(row.locale == KY and bool(row.owed and row.owed < NOW) for row in left)
    for wanted, by in counted.standing.items():
        assert sum(by.values()) == len([row for row in left if _stands(row, wanted)])
    assert partly.complete is (len(left) <= 3)


def _stands(row: DbStanding, wanted: Wanted) -> bool:
    match wanted:
        case Wanted.LIVE:
            return row.live is not None
        case Wanted.TO_PUBLISH:
            return row.status is Status.APPROVED and row.live != row.head
        case Wanted.BEHIND:
            return bool(row.behind)
    return row.status == wanted.value


def test_a_calendar_has_what_is_due_and_what_goes_live_in_its_time(filled: tuple[Database, list[DbStanding]]) -> None:
    database, rows = filled
    start, end = NOW - timedelta(days=3), NOW + timedelta(days=3)
    with database.read() as session:
        found = appointments(session, Asked(language=KY), reader=Tag("en"), start=start, end=end).entries
    expected = [
        (when, row.name)
        for row in rows
        for when in (row.due, row.scheduled)
        if row.locale == KY and when is not None and start <= when < end
    ]
    assert sorted((one.at, one.text.name.name) for one in found) == sorted(expected)
    assert [one.at for one in found] == sorted(one.at for one in found)


def test_a_calendar_says_when_there_is_more_than_it_shows(
    filled: tuple[Database, list[DbStanding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, _ = filled
    start, end = NOW - timedelta(days=3), NOW + timedelta(days=3)
    with database.read() as session:
        whole = appointments(session, Asked(), reader=Tag("en"), start=start, end=end)
        monkeypatch.setattr("app.queries.calendar.MOST", 2)
        first = appointments(session, Asked(), reader=Tag("en"), start=start, end=end)
    assert (whole.complete, first.complete) == (True, False)
    assert {one.at for one in first.entries} < {one.at for one in whole.entries}
    assert max(one.at for one in first.entries) < max(one.at for one in whole.entries)


WRONG = (
    "", "x", "[]", "[1]", '["a"]', '{"a":1}', '["\\u0000","x"]',
    '["' + "x" * 500 + '"]',
    r'["\ud800","x"]',
)  # fmt: skip


def test_a_cursor_that_is_none_of_the_order_begins_at_the_first_page(database: Database) -> None:
    with database.write() as session:
        fill(session, 3)
    with database.read() as session:
        times = ("2026-11-30T00:00:00", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
        no_time = [(order, f'["{one}","x","y"]') for order in (Order.DUE, Order.CHANGED) for one in times]
        for order, written in (*product(Order, WRONG), *no_time):
            first, odd = (
                texts(session, Asked(), reader=Tag("en"), order=order, older=one, size=100) for one in ("", written)
            )
            assert odd == first
