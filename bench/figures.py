"""What it costs to read the figures of a year: of a summary as a site of so many documents would have it."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.domain.figure_measures import EVERYBODY, Measure, lead_minutes
from app.domain.figures import Period
from app.domain.people import Grant, Person
from app.domain.segments import Tag, digest_of
from app.domain.translations import Role
from app.queries import figures
from app.services import site
from app.storage.database import Database
from app.storage.figures import DbFigureLead, DbFigureSum
from bench import corpus
from bench.databases import DATABASES, POSTGRESQL, missing, opened
from bench.runs import Ratio, seconds

_LAST: Final = date(2026, 11, 30)
_YEAR: Final = Period(first=_LAST - timedelta(days=364), last=_LAST)
_PEOPLE: Final = 5  # who translate into a language
_VIEWER: Final = Person(
    name="carim", full_name="Carim", email="carim@example.org", language=Tag("en"),
    grants=frozenset({Grant(role=Role.COORDINATOR)}),
)  # fmt: skip


def speed(*, documents: Sequence[int], times: int) -> Iterator[Ratio]:
    """Yield readings of a year in which so many documents came out, on either database, against the fewest."""
    for name in DATABASES:
        if not missing(name):
            yield from _measured(name, documents, times)
            continue
        for number in documents[1:]:
            for what in _READINGS:
                detail = f"not measured: no {POSTGRESQL}"
                yield _ratio(what, number, name, documents[0], ratio=float("nan"), detail=detail)


_READINGS: Final[Mapping[str, Callable[[Session, Person, Period], object]]] = {
    "figures": figures.report,
    "charts": figures.series,
}


def _measured(name: str, documents: Sequence[int], times: int) -> Iterator[Ratio]:
    few: Mapping[str, float] = {}
    for number in documents:
        with opened(name) as database:
            _fill(database, number)
            found = {what: _least(partial(_read, database, reading), times) for what, reading in _READINGS.items()}
        for what, ours in found.items() if few else ():
            detail = f"{ours * 1000:.0f} ms, {few[what] * 1000:.0f} ms"
            yield _ratio(what, number, name, documents[0], ratio=ours / few[what], detail=detail)
        few = few or found


def _ratio(what: str, number: int, name: str, few: int, *, ratio: float, detail: str) -> Ratio:
    return Ratio(
        what=f"{what} of a year, {number:,} documents × 7, {name}", against=f"the same of {few:,} documents",
        ratio=ratio, detail=detail,
    )  # fmt: skip


def _read(database: Database, reading: Callable[[Session, Person, Period], object]) -> None:
    with database.read() as session:
        reading(session, _VIEWER, _YEAR)


def _least(work: Callable[[], None], times: int) -> float:
    """Return the fastest of some readings: what others do on the machine makes them slower, and nothing faster."""
    work()
    return min(seconds(work) for _ in range(times))


def _fill(database: Database, documents: int) -> None:
    """Write the sums of texts that came out in the year before, each in all languages, within some days."""
    chance = random.Random(2026)  # noqa: S311  # the same year in each run
    texts, leads = Counter[tuple[str, date, Tag]](), Counter[tuple[str, date, Tag, int]]()
    for _ in range(documents):
        came_out = chance.random() * 364
        for tag in map(Tag, corpus.LOCALES):
            took = timedelta(days=min(chance.expovariate(0.7), 30))
            day = min(_YEAR.first + timedelta(days=came_out) + took, _LAST)
            for person in (EVERYBODY, digest_of(tag, str(chance.randrange(_PEOPLE)))):
                texts[person, day, tag] += 1
                leads[person, day, tag, lead_minutes(took)] += 1
    with database.write() as session:
        site.put(session, corpus.site())
        sums = [
            {"person": person, "measure": measure, "day": day, "locale": tag, "amount": many * 200}
            for (person, day, tag), many in texts.items()
            for measure in Measure
        ]
        led = [
            {"person": person, "day": day, "locale": tag, "minutes": minutes, "texts": many}
            for (person, day, tag, minutes), many in leads.items()
        ]
        for start in range(0, len(sums), 10_000):
            session.execute(insert(DbFigureSum), sums[start : start + 10_000])
        for start in range(0, len(led), 10_000):
            session.execute(insert(DbFigureLead), led[start : start + 10_000])
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE figure_sum, figure_lead"))  # as the server does after a while
