"""Dates and times as a form has them: in the site's own zone, to the minute."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.errors import BadText, Problem
from app.domain.said import Said, saying

DATE: Final = saying("Date and time")
LIVE: Final = saying("Time of publication")
WANTED: Final = saying("Wanted by")

_EXAMPLE = "2026-03-18 19:25"
_FIRST, _LAST = 1900, 2999


def typed(written: str, zone: ZoneInfo, field: Said, before: datetime | None = None) -> datetime | None:
    """Return the moment of an `<input type="datetime-local">`, None where nothing was typed; BadText if it is none.

    `field` is what the field is called. A moment that is `before` to the minute is that one: who touched nothing has
    changed nothing.
    """
    line = " ".join(written.split())
    if not line:
        return None
    if before is not None and shown(before, zone) == line[:16]:
        return before
    try:
        moment = datetime.fromisoformat(line)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        # Translators: %(field)s is what a field of the form is called, %(written)s what was typed there
        raise _wrong(saying(
            "%(field)s: “%(written)s” is no date and time; type year, month, day, hours and minutes, as in %(example)s",
            field=field, written=line[:40], example=_EXAMPLE,
        ))  # fmt: skip
    if not _FIRST <= moment.year <= _LAST:
        raise _wrong(saying(
            "%(field)s: the year of “%(written)s” has to be between 1900 and 2999", field=field, written=line[:40]
        ))  # fmt: skip
    return moment.replace(tzinfo=zone)


def yet_to_come(moment: datetime, field: Said, now: datetime, zone: ZoneInfo) -> None:
    """Raise BadText if a time has passed."""
    if moment <= now:
        written = shown(moment, zone).replace("T", " ")
        passed = saying("the day by which it is wanted has passed: %(written)s; choose a later one", written=written)
        if field == LIVE:
            passed = saying("the time of publication has passed: %(written)s; choose a later one", written=written)
        raise _wrong(passed)


def _wrong(reason: Said) -> BadText:
    return BadText(Problem(path="", line=0, reason=reason))


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """Return what such a field is filled with."""
    return "" if moment is None else moment.astimezone(zone).isoformat()[:16]
