"""What is due as iCalendar (RFC 5545), which calendar programs read by its address and read again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration

_PRODUCT = "-//Tilmash//What is due//EN"
_EVERY = timedelta(hours=1)
"""After which a program is asked to look again (RFC 7986, section 5.7)."""

_LASTS = timedelta(minutes=30)
"""How long an entry stands before its moment: programs hide one that lasts no time at all."""

PRIORITIES = {1: 1, 0: 5, -1: 9}
"""Ours, and those of RFC 5545, section 3.8.1.9: 1 is the highest, 9 the lowest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is due at `due` (aware) and was asked for at `asked`; `uid` names it however often it changes."""

    uid: str
    summary: str
    address: str
    due: datetime
    asked: datetime
    priority: int


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar with these entries, times in UTC; the same bytes for the same entries."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for property_ in ("name", "x-wr-calname"):  # RFC 7986, and what programs read that are older
        made.add(property_, name)
    made.add("refresh-interval", vDuration(_EVERY), parameters={"VALUE": "DURATION"})
    for one in entries:
        made.add_component(_event(one))
    return bytes(made.to_ical())


def _event(one: Entry) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.asked.astimezone(UTC))
    event.add("last-modified", one.asked.astimezone(UTC))
    event.add("dtstart", one.due.astimezone(UTC) - _LASTS)
    event.add("dtend", one.due.astimezone(UTC))
    event.add("summary", one.summary)
    event.add("url", one.address)
    event.add("priority", PRIORITIES.get(one.priority, 5))
    event.add("transp", "TRANSPARENT")  # a day by which something is due is no appointment
    return event
