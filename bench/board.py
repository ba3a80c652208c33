"""Whether the board costs the same of a hundred documents and of a hundred thousand, in seven languages.

What a page asks the database is timed apart, and once more as the whole page that a browser gets.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.domain.people import Grant, Person
from app.domain.segments import Tag
from app.domain.translations import Role
from app.queries.asked import Asked, Due, Wanted
from app.queries.board import Order, board, texts
from app.queries.sums import sums
from app.queries.work import work
from app.storage.database import Database
from app.web.desk.board import SUMMED_AT_ONCE
from bench.board_site import NOW, PEOPLE, fill
from bench.databases import DATABASES, POSTGRESQL, missing, opened
from bench.runs import Ratio, paired, seconds
from tests.desk import TestDesk

_KY, _TG, _UZ = Tag("ky"), Tag("tg"), Tag("uz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A filled database, and the browser of a coordinator."""

    database: Database
    browser: FlaskClient


Look = Callable[[Site], object]


def speed(*, sizes: Sequence[int], times: int, pairs: int) -> Iterator[Ratio]:
    """Yield each look at the board over the most documents against the same over the fewest, on either database."""
    for name in DATABASES:
        if missing(name):
            yield from (_row(what, name, sizes, f"not measured: no {POSTGRESQL}") for what in LOOKS)
            continue
        with ExitStack() as stack:
            places = {size: stack.enter_context(_site(name, size)) for size in sizes}
            for what, look in LOOKS.items():
                yield _measured(what, name, look, places, times=times, pairs=pairs)


@contextmanager
def _site(name: str, size: int) -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder, opened(name) as database:
        desk = TestDesk(Path(folder), database.engine.url.render_as_string(hide_password=False))
        fill(database, size)
        yield Site(database=database, browser=desk.signed_in("carim"))
        desk.place.database.dispose()


def _measured(what: str, name: str, look: Look, places: Mapping[int, Site], *, times: int, pairs: int) -> Ratio:
    """Return the ratio, with the time at each size and the number of queries."""
    few, *between, many = places
    ours, theirs = (partial(_timed, places[size], look, times) for size in (many, few))
    ratio, time, base = paired(ours, theirs, pairs=pairs)
    at_each = [base, *(_timed(places[size], look, times) for size in between), time]
    detail = f"{', '.join(f'{one * 1000:.1f}' for one in at_each)} ms; {_statements(places[many], look)} queries"
    return replace(_row(what, name, tuple(places), detail), ratio=ratio)


def _row(what: str, name: str, sizes: Sequence[int], detail: str) -> Ratio:
    whole = f"{what}, {sizes[-1]:,} documents × 7, {name}"
    return Ratio(what=whole, against=f"the same of {sizes[0]:,}", ratio=float("nan"), detail=detail)


def _board(session: Session, asked: Asked | None = None, order: Order = Order.NEWEST) -> object:
    """Do what the first page of the board does."""
    wanted = asked or Asked()
    return board(session, wanted, reader=Tag("ru"), order=order), sums(session, wanted, now=NOW, most=SUMMED_AT_ONCE)


def _list(session: Session, order: Order = Order.NEWEST) -> object:
    """Do what the first page of a list does."""
    wanted = Asked(language=_KY)
    listed = texts(session, wanted, reader=Tag("ru"), order=order)
    return listed, sums(session, wanted, now=NOW, most=SUMMED_AT_ONCE)


def _translator(locale: Tag) -> Person:
    grants = frozenset({Grant(role=Role.TRANSLATOR, locale=locale)})
    return Person(name=PEOPLE[0], full_name="", email="", language=locale, grants=grants)


_COORDINATOR = Person(
    name="coordinator", full_name="", email="", language=_KY, grants=frozenset({Grant(role=Role.COORDINATOR)})
)


def _work(session: Session, person: Person) -> object:
    return work(session, person, four_eyes=True, zone=ZoneInfo("Asia/Almaty"), reader=Tag("ru"))


_QUERIES: Mapping[str, Callable[[Session], object]] = {
    "board": _board,
    "board, what is late in Kyrgyz": partial(_board, asked=Asked(language=_KY, due=Due.LATE)),
    "board, what is behind": partial(_board, asked=Asked(mark=Wanted.BEHIND)),
    "board, by what is due": partial(_board, order=Order.DUE),
    "board, by whose texts are": partial(_board, order=Order.PERSON),
    "list in Kyrgyz": _list,
    "list in Kyrgyz, by what is due": partial(_list, order=Order.DUE),
    "list in Kyrgyz, by the last change": partial(_list, order=Order.CHANGED),
    "board, what Tajik lacks: half": partial(_board, asked=Asked(language=_TG, wanted=Wanted.MISSING)),
    "board, what Uzbek lacks: the oldest": partial(_board, asked=Asked(language=_UZ, wanted=Wanted.MISSING)),
    "my work, a translator": partial(_work, person=_translator(_KY)),
    "my work, a translator of Tajik": partial(_work, person=_translator(_TG)),
    "my work, a coordinator": partial(_work, person=_COORDINATOR),
    "board, words of a title": partial(_board, asked=Asked(words="номер 99")),
    "all sums, which come after the page": lambda session: sums(session, Asked(), now=NOW),
}

_PAGES = {
    "whole page of the board": "/desk/board",
    "whole page of a list": "/desk/board?view=list&language=ky",
    "whole page of my work, a coordinator": "/desk/",
}


def _query(site: Site, query: Callable[[Session], object]) -> object:
    with site.database.read() as session:
        return query(session)


def _page(site: Site, address: str) -> object:
    answer = site.browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer


LOOKS: Mapping[str, Look] = {
    **{what: partial(_query, query=query) for what, query in _QUERIES.items()},
    **{what: partial(_page, address=address) for what, address in _PAGES.items()},
}


def _timed(site: Site, look: Look, times: int) -> float:
    look(site)
    return min(seconds(partial(look, site)) for _ in range(times))


def _statements(site: Site, look: Look) -> int:
    """Return how many queries a look takes."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        look(site)
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    return sum(statement.startswith(("SELECT", "WITH")) for statement in said)
