"""The ways through what is published: by month, by tag, from one item to the next. One or two queries a page.

An import contract keeps this module from ever reaching a draft.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.domain.documents import Kind
from app.domain.pages import Around, ItemPage, Mention, SpanPage, TagCount, TagPage, moment_of, position_of
from app.domain.segments import Tag
from app.domain.spans import Span
from app.domain.tags import tag_slug
from app.queries.reading import part_of_list
from app.storage.published import DbPage, DbTag

_RELATED = 3
_CANDIDATES = 10  # of each tag on each side: what lies farther off in time is not related to an item of today
_MOST_TAGS = 5

_EARLIER, _LIKE, _LATER = -1, 0, 1


def months(session: Session, among: Sequence[Tag]) -> dict[Tag, tuple[tuple[str, int], ...]]:
    """Return the months in which each language has items, and how many, newest first: {en: (("2026-03", 12), …)}.

    A language without items is not there.
    """
    rows = session.execute(
        select(DbPage.locale, DbPage.month, func.count())
        .where(DbPage.locale.in_(among), DbPage.month.is_not(None))
        .group_by(DbPage.locale, DbPage.month)
        .order_by(DbPage.locale, DbPage.month.desc())
    )
    return {
        tag: tuple((month, count) for _, month, count in counted if month is not None)
        for tag, counted in groupby(rows, key=lambda row: row[0])
    }


def span(
    session: Session,
    locale: Tag,
    within: Span,
    *,
    among: Sequence[Tag],
    older: str | None,
    newer: str | None,
    size: int,
) -> SpanPage:
    """Return a part of a year or month (cursors as in `reading.news`), what lies around it, and who else has it.

    `among` are the languages that are asked about. A span in which the language has nothing has no entries.
    """
    inside = DbPage.month.between(within.first, within.last)
    before = select(func.max(DbPage.month)).where(DbPage.locale == locale, DbPage.month < within.first)
    after = select(func.min(DbPage.month)).where(DbPage.locale == locale, DbPage.month > within.last)
    rows = session.execute(
        select(DbPage.locale, before.scalar_subquery(), after.scalar_subquery())
        .where(DbPage.locale.in_(among), inside)
        .group_by(DbPage.locale)
    ).all()
    earlier, later = next(((row[1], row[2]) for row in rows), (None, None))
    items = part_of_list(
        session,
        select(DbPage.entry).where(DbPage.locale == locale, inside),
        locale,
        (DbPage.month, DbPage.position),
        older=older,
        newer=newer,
        size=size,
    )
    return SpanPage(
        items=items,
        earlier=None if earlier is None else within.around(earlier),
        later=None if later is None else within.around(later),
        languages=frozenset(row[0] for row in rows),
    )


def tags(session: Session, among: Sequence[Tag]) -> dict[Tag, tuple[TagCount, ...]]:
    """Return the tags of each language's items, and how many items each has; a language without any is not there."""
    counted = (
        select(DbTag.locale, DbTag.slug, func.count().label("count"))
        .where(DbTag.locale.in_(among))
        .group_by(DbTag.locale, DbTag.slug)
        .subquery()
    )
    tag, slug, count = counted.c
    rows = session.execute(select(tag, slug, _msgid(slug, tag), count).order_by(tag, slug))
    return {
        tag: tuple(TagCount(slug=slug, msgid=msgid, count=count) for _, slug, msgid, count in found)
        for tag, found in groupby(rows, key=lambda row: row[0])
    }


def tag(
    session: Session, locale: Tag, slug: str, *, among: Sequence[Tag], older: str | None, newer: str | None, size: int
) -> TagPage | None:
    """Return a part of the items under a tag, or None if none of the languages `among` has one.

    Where this language has no item, the list says how many the others have (`elsewhere`).
    """
    counts = session.execute(
        select(DbTag.locale, _msgid(literal(slug), DbTag.locale), func.count())
        .where(DbTag.slug == slug, DbTag.locale.in_(among))
        .group_by(DbTag.locale)
        .order_by(func.count().desc(), DbTag.locale)
    ).all()
    if not counts:
        return None
    languages = {row[0]: row[2] for row in counts}
    msgids = {row[0]: row[1] for row in counts}
    items = part_of_list(
        session,
        select(DbPage.entry).join(DbTag, _same_text(DbTag)).where(DbTag.slug == slug, DbTag.locale == locale),
        locale,
        (DbTag.position,),
        older=older,
        newer=newer,
        size=size,
        elsewhere=() if locale in languages else tuple(languages.items()),
    )
    return TagPage(slug=slug, msgid=msgids.get(locale, counts[0][1]), items=items, languages=frozenset(languages))


def around(session: Session, locale: Tag, page: ItemPage) -> Around:
    """Return the items before and after a news item, and up to three that are like it. One query.

    All of them have a text in this language, also where the item itself has none. Like it are those that share most
    tags with it, then those nearest in time.
    """
    if page.date is None:
        return Around(earlier=None, later=None, related=())
    found = dict[str, Mention]()
    roles = Counter[tuple[int, str]]()
    for role, position, slug, title in session.execute(_nearest(locale, page)):
        roles[role, position] += 1
        found[position] = Mention(slug=slug, title=title, date=moment_of(position))
    beside = {role: position for role, position in roles if role != _LIKE}
    like = {position: shared for (role, position), shared in roles.items() if role == _LIKE}
    when = page.date
    ranked = sorted(
        like.keys() - beside.values(),
        key=lambda position: (-like[position], abs(found[position].date - when), position),
    )
    return Around(
        earlier=found.get(beside.get(_EARLIER, "")),
        later=found.get(beside.get(_LATER, "")),
        related=tuple(found[position] for position in ranked[:_RELATED]),
    )


def _nearest(locale: Tag, page: ItemPage) -> Select[int, str, str, str]:
    """Select what lies nearest to an item on each side, of all items and of those of each of its tags."""
    near = union_all(*(select(part.subquery()) for part in _parts(locale, page))).subquery()
    role, number = near.c
    return select(role, DbPage.position, DbPage.slug, DbPage.title).join(
        DbPage, and_(DbPage.document_id == number, DbPage.locale == locale)
    )


def _parts(locale: Tag, page: ItemPage) -> Iterator[Select[int, int]]:
    assert page.date is not None  # noqa: S101  # `around` has asked
    here = position_of(page.date, page.views_key)
    listed = and_(DbPage.kind == Kind.NEWS, DbPage.locale == locale, DbPage.shown == locale)
    yield from _sides(DbPage, listed, here, (_EARLIER, _LATER), 1)
    for slug in list(dict.fromkeys(map(tag_slug, page.tags)))[:_MOST_TAGS]:
        tagged = and_(DbTag.slug == slug, DbTag.locale == locale)
        yield from _sides(DbTag, tagged, here, (_LIKE, _LIKE), _CANDIDATES)


def _sides(
    table: type[DbPage | DbTag], where: ColumnElement[bool], here: str, roles: tuple[int, int], most: int
) -> Iterator[Select[int, int]]:
    """Yield what to select of a table on each side of a position, nearest first, under the number of its role."""
    before, after = (select(literal(role, Integer).label("role"), table.document_id).where(where) for role in roles)
    yield before.where(table.position < here).order_by(table.position.desc()).limit(most)
    yield after.where(table.position > here).order_by(table.position).limit(most)


def _msgid(slug: ColumnElement[str], locale: ColumnElement[Tag] | InstrumentedAttribute[Tag]) -> ScalarSelect[str]:
    """Return, of the msgids that share a slug, the one that the newest item has."""
    tag = aliased(DbTag)
    newest = select(tag.msgid).where(tag.slug == slug, tag.locale == locale).order_by(tag.position.desc()).limit(1)
    return newest.scalar_subquery()


def _same_text(table: type[DbTag]) -> ColumnElement[bool]:
    return and_(DbPage.document_id == table.document_id, DbPage.locale == table.locale)
