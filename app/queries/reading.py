"""What readers see, from the published read model and nothing else: one indexed query for a page.

An import contract keeps this module from ever reaching a draft.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.documents import Kind
from app.domain.pages import ItemPage, ListEntry, NewsList, Standing
from app.domain.segments import Tag
from app.domain.site import Site
from app.formats.site_toml import read_site
from app.queries.addresses import Moved, Withdrawn, moved
from app.storage.published import DbCatalogue, DbPage, DbPublicMedia, DbSite

_ITEM = msgspec.json.Decoder(ItemPage)
_ENTRY = msgspec.json.Decoder(ListEntry)

Found: TypeAlias = ItemPage | Moved | Withdrawn | None
"""What is at an address: a page, a page that is elsewhere, what was once here, nothing."""


def site(session: Session) -> Site | None:
    """Return the site's settings; None until they were synchronised once."""
    settings = session.scalar(select(DbSite.settings))
    return None if settings is None else read_site(settings, path="content/site.toml").site


def version(session: Session) -> int:
    """Return the number that grows with each change that readers can see."""
    return session.scalar(select(DbSite.version)) or 0


def item(session: Session, locale: Tag, slug: str) -> Found:
    """Return the news item at this address, or where it is, or None. One query, or two where it isn't there."""
    return _page(session, Kind.NEWS, locale, slug)


def page(session: Session, locale: Tag, slug: str) -> Found:
    """Return the standing page at this address, or where it is, or None."""
    return _page(session, Kind.PAGE, locale, slug)


def _page(session: Session, kind: Kind, locale: Tag, slug: str) -> Found:
    here = select(DbPage.page).where(DbPage.kind == kind, DbPage.locale == locale, DbPage.slug == slug)
    packed = session.scalar(here)
    return moved(session, kind, locale, slug) if packed is None else _ITEM.decode(packed)


def news(
    session: Session, locale: Tag, *, older: str | None = None, newer: str | None = None, size: int = 20
) -> NewsList:
    """Return one page of the news list, newest first; cursors as in `part_of_list`."""
    listed = select(DbPage.entry).where(DbPage.kind == Kind.NEWS, DbPage.locale == locale, DbPage.shown == locale)
    by = (DbPage.position,)
    elsewhere = _elsewhere(session, locale)
    return part_of_list(session, listed, locale, by, older=older, newer=newer, size=size, elsewhere=elsewhere)


def part_of_list(
    session: Session,
    listed: Select[bytes | None],
    locale: Tag,
    by: Sequence[InstrumentedAttribute[str] | InstrumentedAttribute[str | None]],
    *,
    older: str | None,
    newer: str | None,
    size: int,
    elsewhere: tuple[tuple[Tag, int], ...] = (),
) -> NewsList:
    """Return one page of a list of entries, newest first, by the columns `by`, of which the last has positions.

    `older` and `newer` are cursors out of a `NewsList` (positions, so that a page stays right while items are added);
    at most one of them is given. An unknown cursor is just a place between two items.
    """
    position = by[-1]
    if newer is not None:
        rows = _entries(session, listed.where(position > newer).order_by(*by).limit(size + 1))
        entries = tuple(reversed(rows[:size]))
        has_newer = len(rows) > size
        has_older = bool(entries) and _is_any(session, listed.where(position < entries[-1].position))
    else:
        where = listed if older is None else listed.where(position < older)
        rows = _entries(session, where.order_by(*(column.desc() for column in by)).limit(size + 1))
        entries = tuple(rows[:size])
        is_part = older is not None and bool(entries)
        has_newer = is_part and _is_any(session, listed.where(position > entries[0].position))
        has_older = len(rows) > size
    return NewsList(
        locale=locale,
        entries=entries,
        older=entries[-1].position if has_older else None,
        newer=entries[0].position if has_newer else None,
        elsewhere=elsewhere,
    )


def _is_any(session: Session, listed: Select[bytes | None]) -> bool:
    """Tell whether a list has something there: what a cursor was made of may have been withdrawn since."""
    return session.scalar(listed.limit(1)) is not None


def _entries(session: Session, query: Select[bytes | None]) -> list[ListEntry]:
    return [_ENTRY.decode(packed) for packed in session.scalars(query) if packed is not None]


def _elsewhere(session: Session, locale: Tag) -> tuple[tuple[Tag, int], ...]:
    counts = (
        select(DbPage.shown, func.count())
        .where(DbPage.kind == Kind.NEWS, DbPage.locale == locale, DbPage.shown != locale)
        .group_by(DbPage.shown)
        .order_by(func.count().desc(), DbPage.shown)
    )
    return tuple((shown, count) for shown, count in session.execute(counts))


def standing(session: Session, locale: Tag) -> tuple[Standing, ...]:
    """Return the standing pages for the menu, in the order of their folders."""
    rows = session.execute(
        select(DbPage.slug, DbPage.title, DbPage.shown)
        .where(DbPage.kind == Kind.PAGE, DbPage.locale == locale)
        .order_by(DbPage.position)
    )
    return tuple(Standing(slug=slug, title=title, shown=shown) for slug, title, shown in rows)


def media(session: Session, name: str) -> str | None:
    """Return what a media file is called where a reader saves it, empty for a photo; None if no page names it."""
    query = select(DbPublicMedia.saved_as).where(DbPublicMedia.name == name)
    return session.scalar(query.order_by(DbPublicMedia.document_id).limit(1))


def catalogue(session: Session, domain: str, locale: Tag) -> bytes | None:
    """Return the published catalogue as GNU MO bytes, None where there is none."""
    return session.scalar(
        select(DbCatalogue.mo).where(tuple_(DbCatalogue.domain, DbCatalogue.locale) == (domain, locale))
    )
