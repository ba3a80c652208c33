"""Days of a zone, asked of moments that the database keeps in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute, Session


def local_day(session: Session, moment: InstrumentedAttribute[datetime | None], zone: ZoneInfo) -> ColumnElement[str]:
    """Return the day on which a moment falls by clocks of a zone, to sort and group by.

    SQLite knows no zones: there it is by the zone's offset of now, an hour wrong across a change of its clocks.
    """
    if session.get_bind().dialect.name == "postgresql":
        return func.date(func.timezone(zone.key, moment))
    offset = datetime.now(UTC).astimezone(zone).utcoffset()
    return func.date(moment, f"{int(offset.total_seconds() if offset else 0):+d} seconds")
