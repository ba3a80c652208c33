"""Dates and times as a form has them: in the site's own zone, to the minute."""

from datetime import datetime
from zoneinfo import ZoneInfo


def typed(written: str, zone: ZoneInfo, before: datetime | None = None) -> datetime | None:
    """Return the moment of an `<input type="datetime-local">`, None where nothing was typed; ValueError if it is none.

    A moment that is `before` to the minute is that one: who touched nothing has changed nothing.
    """
    if not written.strip():
        return None
    if before is not None and shown(before, zone) == written.strip()[:16]:
        return before
    moment = datetime.fromisoformat(written.strip())
    if moment.tzinfo is not None or not 1900 <= moment.year <= 2999:
        raise ValueError(f"not a date and time without a zone: {written!r}")
    return moment.replace(tzinfo=zone)


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """Return what such a field is filled with."""
    return "" if moment is None else moment.astimezone(zone).isoformat()[:16]
