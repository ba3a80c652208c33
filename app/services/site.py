"""The site's settings as they are published: read from `site.toml` by the synchroniser, used by every projection."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Problem
from app.domain.said import saying
from app.domain.site import Site
from app.formats.site_toml import SiteFile, read_site
from app.storage.outbox import DbWork
from app.storage.published import DbSite

_REBUILD = "rebuild"
_NO_WORKERS = datetime(9000, 1, 1, tzinfo=UTC)  # whoever synchronises does it, and no worker claims it


@lru_cache(maxsize=4)
def _file(written: str) -> SiteFile:
    return read_site(written, path="content/site.toml")


def read(written: str) -> Site:
    """Read a `site.toml`; BadText says what is wrong with it."""
    return _file(written).site


def warnings(written: str) -> tuple[Problem, ...]:
    """Return what in a readable `site.toml` means nothing here, and is kept."""
    return _file(written).warnings


def text(session: Session) -> str:
    """Return the `site.toml` in force. NotFound before the first synchronisation."""
    row = session.get_one(DbSite, 1)
    if row.settings is None:
        raise NotFound(saying("the site has no settings yet: content/site.toml was never read"))
    return row.settings


def settings(session: Session) -> Site:
    """Return the settings in force. NotFound before the first synchronisation."""
    return read(text(session))


def zone(session: Session) -> ZoneInfo:
    """Return whose days are the site's; UTC before the first synchronisation."""
    try:
        return settings(session).zone
    except NotFound:
        return ZoneInfo("UTC")


def put(session: Session, new: str) -> bool:
    """Put a readable `site.toml` in force. BadText says what is wrong with it. Return whether anything changed.

    In one transaction: the settings, and the note that all pages have still to follow them (`pages_lag`).
    """
    read(new)
    row = session.get_one(DbSite, 1, with_for_update=True)
    if row.settings == new:
        return False
    row.settings = new
    let_pages_lag(session)
    raise_version(session)
    return True


def let_pages_lag(session: Session) -> None:
    """Note that all pages have still to be made anew, so that somebody does it if who is about to do it dies."""
    if not pages_lag(session):
        session.add(DbWork(kind=_REBUILD, subject="site", payload="{}", due_at=_NO_WORKERS))
    session.flush()


def pages_lag(session: Session) -> bool:
    """Tell whether some page has still to be made anew: whoever was doing it may have died."""
    return session.scalar(select(DbWork.id).where(DbWork.kind == _REBUILD).limit(1)) is not None


def pages_follow(session: Session) -> None:
    """Note that every page has been made anew, and let every worker know."""
    session.execute(delete(DbWork).where(DbWork.kind == _REBUILD))
    raise_version(session)


def raise_version(session: Session) -> None:
    """Say that something changed that readers can see; every worker looks at the number, and drops what it keeps."""
    session.execute(update(DbSite).values(version=DbSite.version + 1))
