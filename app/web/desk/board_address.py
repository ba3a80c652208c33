"""The board's address: which texts it shows, how, and from where; what of it means nothing asks for nothing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from app.domain.documents import Kind
from app.domain.segments import Origin, Tag
from app.queries import keyset
from app.queries.asked import MARKS, STANDS, Asked, Due, Wanted, Window
from app.queries.board import Order

_OF_TEXTS: Final = frozenset({"status", "mark", "due", "person", "origin", "due-from", "due-until"})

_LONGEST_WORDS: Final = 100
_DAY: Final = timedelta(days=1)

_FOLDED: Final = frozenset(
    {"mark", "origin", "kind", "tag", "since", "until", "due-from", "due-until", "order", "group", "columns"}
)

Choice = TypeVar("Choice", bound=StrEnum)


class View(StrEnum):
    """How the texts are shown: a table of documents by languages, a list of texts in one, or a calendar."""

    TABLE = "table"
    LIST = "list"
    CALENDAR = "calendar"


class Group(StrEnum):
    """What divides the rows."""

    NONE = ""
    WEEK = "week"
    PERSON = "person"


ORDERS: Final[Mapping[View, tuple[Order, ...]]] = {
    View.TABLE: (Order.NEWEST, Order.DUE),
    View.LIST: (Order.NEWEST, Order.DUE, Order.CHANGED),
    View.CALENDAR: (),
}
"""What each view can be sorted by, besides by whose the texts are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address of the board asks for. `columns` are languages (none: all), `month` the first day of one.

    Dates are days in the site's zone, as the fields of the form have them; `since` and `until` are the document's,
    both included, `due_from` and `due_until` those until which a text was asked for.
    """

    asked: Asked = field(default_factory=Asked)
    view: View = View.TABLE
    order: Order = Order.NEWEST
    group: Group = Group.NONE
    columns: tuple[Tag, ...] = ()
    month: date | None = None
    since: date | None = None
    until: date | None = None
    due_from: date | None = None
    due_until: date | None = None
    older: str = ""

    @property
    def sorted_by(self) -> Order:
        """Return the order, in which rows that are grouped stand together."""
        return Order.PERSON if self.group is Group.PERSON else self.order

    def parts(self, **changes: object) -> dict[str, str | list[str]]:
        """Return the parts of the address, for `url_for`, with some `changes`; it begins at the first page again."""
        asked = self.asked
        said: dict[str, object] = {
            "words": asked.words, "language": asked.language, "status": asked.wanted, "mark": asked.mark,
            "person": asked.person, "due": asked.due, "kind": asked.kind, "origin": asked.origin, "tag": asked.tag,
            "since": self.since, "until": self.until, "due-from": self.due_from, "due-until": self.due_until,
            "order": self.order if self.order is not Order.NEWEST else None, "group": self.group,
            "columns": list(self.columns), "view": self.view if self.view is not View.TABLE else None,
            "month": self.month.isoformat()[:7] if self.month else None,
        } | {name.replace("_", "-"): value for name, value in changes.items()}  # fmt: skip
        return {
            name: [str(one) for one in value] if isinstance(value, list) else str(value)
            for name, value in said.items()
            if value
        }

    def query(self) -> str:
        """Return it as the query of an address, in one spelling, so that it can be kept.

        The table without a filter has one, too: an address with none is the view that the board opens with.
        """
        return urlencode(self.parts() or {"view": View.TABLE}, doseq=True)

    @property
    def further(self) -> bool:
        """Tell whether it asks for something that the form has folded."""
        parts = self.parts()
        return not parts.keys().isdisjoint(_FOLDED)

    @property
    def shows_others(self) -> bool:
        """Tell whether the table shows texts that the filters leave out, beside those for which a document is there."""
        return self.asked.language is None and not _OF_TEXTS.isdisjoint(self.parts())

    @property
    def filters(self) -> dict[str, str | list[str]]:
        """Return the parts that leave texts out."""
        looks = {"order", "group", "columns", "view", "month"}
        return {name: value for name, value in self.parts().items() if name not in looks}


def address(said: MultiDict[str, str], languages: Container[Tag], zone: ZoneInfo) -> Address:
    """Read an address or a form; `zone` is that of the days in it."""
    view = _one(View, said.get("view", "")) or View.TABLE
    columns = (Tag(one) for one in said.getlist("columns") if one in languages)
    days = {name: _day(said.get(name, "")) for name in ("since", "until", "due-from", "due-until")}
    asked = replace(
        asked_for(said, languages),
        dated=_window(days["since"], days["until"], zone),
        asked_until=_window(days["due-from"], days["due-until"], zone),
    )
    order = _one(Order, said.get("order", ""))
    return Address(
        asked=asked, view=view, order=order if order in ORDERS[view] else Order.NEWEST,
        group=_one(Group, said.get("group", "")) or Group.NONE,
        columns=tuple(dict.fromkeys(columns)), month=_day(said.get("month", "")[:7] + "-01"),
        since=days["since"], until=days["until"], due_from=days["due-from"], due_until=days["due-until"],
        older=said.get("older", "")[: keyset.LONGEST],
    )  # fmt: skip


def asked_for(said: MultiDict[str, str], languages: Container[Tag]) -> Asked:
    """Return the filters that an address or a form has, but for dates."""
    language, wanted, mark = (said.get(name, "") for name in ("language", "status", "mark"))
    stands, marked = _one(Wanted, wanted), _one(Wanted, mark)
    if stands in MARKS:  # as addresses had it when there was one filter for both
        stands, marked = None, stands
    return Asked(
        language=Tag(language) if language in languages else None,
        wanted=stands,
        mark=marked if marked not in STANDS else None,
        person=_line(said.get("person", "")),
        kind=_one(Kind, said.get("kind", "")),
        origin=_one(Origin, said.get("origin", "")),
        tag=_line(said.get("tag", "")),
        due=_one(Due, said.get("due", "")),
        words=_line(said.get("words", "")),
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def week_of(day: date) -> date:
    """Return the Monday of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def month_after(first: date, months: int) -> date:
    """Return the first day of the month so many months after (before) that of a first day."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def days_of(month: date) -> Sequence[date]:
    """Return the days of the whole weeks that a month touches, Monday first."""
    first, end = week_of(month), month_after(month, 1)
    weeks = -(-(end - first).days // 7)
    return [first + timedelta(days=count) for count in range(weeks * 7)]


def _one(kind: type[Choice], written: str) -> Choice | None:
    return next((one for one in kind if one.value == written and written), None)


def _line(written: str) -> str:
    return " ".join(written.replace("\0", "").split())[:_LONGEST_WORDS]


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None


def _window(first: date | None, last: date | None, zone: ZoneInfo) -> Window:
    return Window(
        start=midnight(first, zone) if first is not None else None,
        end=midnight(last + _DAY, zone) if last is not None else None,
    )
