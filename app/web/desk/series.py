"""What charts are drawn from, looked up once for a page and its charts: each chart is a document of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from app.domain.figures import Period, Series
from app.domain.segments import Tag
from app.queries import figures as queries
from app.web.desk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for: days, one language or all, and whose texts (None: everybody's)."""

    period: Period
    language: Tag | None = None
    person: str | None = None

    @property
    def address(self) -> Mapping[str, str]:
        """Return how it stands in an address."""
        said = {"first": f"{self.period.first}", "last": f"{self.period.last}"}
        return said | ({"language": self.language} if self.language else {}) | (
            {"person": self.person} if self.person else {}
        )  # fmt: skip


_MOST: Final = 200  # that a process keeps; a year of days is some 100 kB
_KEPT: Final[WeakKeyDictionary[Desk, dict[object, Series]]] = WeakKeyDictionary()


def series(desk: Desk, session: Session, wanted: Wanted) -> Series:
    """Return what the charts show, as one process has it until the summary goes on. Forbidden as `queries.series`."""
    person = desk.person()
    queries.allow(person, wanted.person)
    reached = queries.up_to(session)
    key = (wanted, reached.number, reached.anew, desk.zone.key, tuple(desk.site.locales))
    kept = _KEPT.setdefault(desk, {})
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST:
            kept.clear()
        found = queries.series(session, person, wanted.period, language=wanted.language, person=wanted.person)
        kept[key] = found
    return found
