"""Whether the board costs the same of a hundred documents and of a hundred thousand, in seven languages.

The standings are written as rows: to bring so many texts in would take a day, and the board looks at nothing else.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import position_of
from app.domain.people import Grant, Person
from app.domain.segments import Tag
from app.domain.translations import Role, Status
from app.queries.asked import Asked, Due, Wanted
from app.queries.board import Order, board, texts
from app.queries.sums import sums
from app.queries.work import work
from app.storage.accounts import DbAccount
from app.storage.database import Database
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument
from app.web.desk.board import SUMMED_AT_ONCE
from bench.databases import DATABASES, POSTGRESQL, missing, opened
from bench.runs import Ratio, paired, seconds

LOCALES = tuple(Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz"))
_AT_ONCE = 7000
_NOW = datetime(2026, 11, 30, tzinfo=UTC)
_KY = Tag("ky")
_PEOPLE = tuple(f"person{number}" for number in range(40))
_LATELY = 400  # documents of which not everything is done


def speed(*, sizes: Sequence[int], pairs: int) -> Iterator[Ratio]:
    """Yield each look at the board over the most documents against the same over the fewest, on either database."""
    for name in DATABASES:
        if missing(name):
            yield from (_row(what, name, sizes, f"not measured: no {POSTGRESQL}") for what in LOOKS)
            continue
        with ExitStack() as stack:
            places = {size: stack.enter_context(opened(name)) for size in sizes}
            for size, database in places.items():
                _fill(database, size)
            for what, look in LOOKS.items():
                yield _measured(what, name, look, places, pairs=pairs)


def _measured(
    what: str, name: str, look: Callable[[Session], object], places: Mapping[int, Database], *, pairs: int
) -> Ratio:
    """Return the ratio, with the time at each size and the number of queries."""
    few, *between, many = places
    ours, theirs = (partial(_timed, places[size], look) for size in (many, few))
    ratio, time, base = paired(ours, theirs, pairs=pairs)
    times = [base, *(_timed(places[size], look) for size in between), time]
    detail = f"{', '.join(f'{one * 1000:.1f}' for one in times)} ms; {_statements(places[many], look)} queries"
    return replace(_row(what, name, tuple(places), detail), ratio=ratio)


def _row(what: str, name: str, sizes: Sequence[int], detail: str) -> Ratio:
    whole = f"{what}, {sizes[-1]:,} documents × 7, {name}"
    return Ratio(what=whole, against=f"the same of {sizes[0]:,}", ratio=float("nan"), detail=detail)


def _board(session: Session, asked: Asked | None = None, order: Order = Order.NEWEST) -> object:
    """Do what the first page of the board does."""
    wanted = asked or Asked()
    return board(session, wanted, reader=Tag("ru"), order=order), sums(session, wanted, now=_NOW, most=SUMMED_AT_ONCE)


_TRANSLATOR = Person(
    name=_PEOPLE[0], full_name="", email="", language=_KY, grants=frozenset({Grant(role=Role.TRANSLATOR, locale=_KY)})
)
_ZONE = ZoneInfo("Asia/Almaty")
_COORDINATOR = Person(
    name="coordinator", full_name="", email="", language=_KY, grants=frozenset({Grant(role=Role.COORDINATOR)})
)

LOOKS: Mapping[str, Callable[[Session], object]] = {
    "board": _board,
    "board, what is late in Kyrgyz": partial(_board, asked=Asked(language=_KY, due=Due.LATE)),
    "board, what is behind": partial(_board, asked=Asked(mark=Wanted.BEHIND)),
    "board, by what is due": partial(_board, order=Order.DUE),
    "board, by whose texts are": partial(_board, order=Order.PERSON),
    "list in Kyrgyz": lambda session: texts(session, Asked(language=_KY)),
    "list in Kyrgyz, by what is due": lambda session: texts(session, Asked(language=_KY), order=Order.DUE),
    "list in Kyrgyz, by the last change": lambda session: texts(session, Asked(language=_KY), order=Order.CHANGED),
    "my work, a translator": lambda session: work(session, _TRANSLATOR, four_eyes=True, zone=_ZONE),
    "my work, a coordinator": lambda session: work(session, _COORDINATOR, four_eyes=True, zone=_ZONE),
    "board, words of a title": partial(_board, asked=Asked(words="номер 99")),
    "all sums, which come after the page": lambda session: sums(session, Asked(), now=_NOW),
}


def _timed(database: Database, look: Callable[[Session], object], times: int = 5) -> float:
    with database.read() as session:
        look(session)
        return min(seconds(partial(look, session)) for _ in range(times))


def _statements(database: Database, look: Callable[[Session], object]) -> int:
    """Return how many queries a look takes."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    try:
        with database.read() as session:
            look(session)
    finally:
        event.remove(database.engine, "before_cursor_execute", heard)
    return sum(statement.startswith(("SELECT", "WITH")) for statement in said)


def _fill(database: Database, documents: int) -> None:
    """Write documents and their standings: nearly all done long ago, the newest at work."""
    chance = random.Random(2026)  # noqa: S311  # the same site in each run
    rows = [row for number in range(1, documents + 1) for row in _document(chance, number, documents)]
    with database.write() as session:
        session.execute(
            insert(DbDocument),
            [
                {"id": number, "kind": Kind.NEWS, "name": f"item-{number}", "source": Tag("ru"), "created_at": _NOW}
                for number in range(1, documents + 1)
            ],
        )
        session.execute(insert(DbAccount), [_account(name) for name in _PEOPLE])
        for start in range(0, len(rows), _AT_ONCE):
            session.execute(insert(DbStanding), rows[start : start + _AT_ONCE])
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE standing"))  # as the server does by itself after a while


def _document(chance: random.Random, number: int, documents: int) -> Iterator[dict[str, object]]:
    at_work = documents - number < _LATELY
    dated = _NOW - timedelta(hours=3 * (documents - number))
    for locale in LOCALES:
        is_source = locale == "ru"
        done = is_source or not at_work or chance.random() < 0.4
        status = Status.APPROVED if done else chance.choice((Status.MISSING, Status.DRAFT, Status.IN_REVIEW))
        asked = at_work or chance.random() < 0.5
        until = dated + timedelta(days=chance.randrange(5)) if asked else None
        yield {
            "document_id": number, "locale": locale, "kind": Kind.NEWS, "name": f"item-{number}",
            "place": position_of(dated, number), "is_source": is_source, "title": f"Новость номер {number}",
            "folded": f"новость номер {number} item-{number}", "status": status,
            "head": None if status == "missing" else 3,
            "live": 3 if done else None, "author": chance.choice(_PEOPLE), "since": dated, "origin": "human",
            "behind": "ru" if done and not is_source and at_work and chance.random() < 0.2 else "", "through": "",
            "segments": 20, "missing": 0 if done else chance.randrange(20), "needs_work": 0, "suggestions": 0,
            "comments": int(chance.random() < 0.01), "failing": 0, "person": chance.choice(_PEOPLE) if asked else "",
            "team": "", "due": until, "owed": None if done else until, "priority": 0,
            "scheduled": None, "withdrawn": False, "tags": "cooperation\n",
        }  # fmt: skip


def _account(name: str) -> dict[str, object]:
    return {
        "name": name, "email": f"{name}@example.org", "full_name": name.title(), "language": _KY, "active": True,
        "created_at": _NOW, "fs_uniquifier": name,
    }  # fmt: skip
