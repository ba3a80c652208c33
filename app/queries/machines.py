"""What feeds and the sitemap tell of, from the published read model and nothing else."""

from collections.abc import Sequence
from itertools import groupby

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import Address, Addresses, ItemPage
from app.domain.segments import Tag
from app.storage.published import DbPage, DbTag

_ITEM = msgspec.json.Decoder(ItemPage)


def newest(session: Session, locale: Tag, *, tagged: str | None, size: int) -> tuple[ItemPage, ...]:
    """Return the newest items that this language really has, whole, newest first: one query.

    `tagged` is the slug of a tag, for its items alone.
    """
    if tagged is None:
        query = select(DbPage.page).where(DbPage.kind == Kind.NEWS, DbPage.locale == locale, DbPage.shown == locale)
        query = query.order_by(DbPage.position.desc())
    else:
        same_text = and_(DbPage.document_id == DbTag.document_id, DbPage.locale == DbTag.locale)
        query = select(DbPage.page).join(DbTag, same_text).where(DbTag.slug == tagged, DbTag.locale == locale)
        query = query.order_by(DbTag.position.desc())
    return tuple(_ITEM.decode(packed) for packed in session.scalars(query.limit(size)))


def addresses(session: Session, locales: Sequence[Tag], *, after: int, size: int) -> tuple[Addresses, ...]:
    """Return where the texts of so many documents are, in the order of their numbers: one query by the primary key.

    `after` is the number of the last document seen before, 0 at the beginning; languages come in the order of
    `locales`. Only what is really there has an address here; a document without any is none of so many.
    """
    real = DbPage.shown == DbPage.locale, DbPage.locale.in_(locales)
    window = (
        select(DbPage.document_id)
        .where(DbPage.document_id > after, *real)
        .distinct()
        .order_by(DbPage.document_id)
        .limit(size)
    )
    rows = session.execute(
        select(DbPage.document_id, DbPage.kind, DbPage.locale, DbPage.slug, DbPage.changed)
        .where(DbPage.document_id.in_(window), *real)
        .order_by(DbPage.document_id)
    )
    return tuple(
        Addresses(
            number=number,
            kind=kind,
            texts=tuple(
                Address(locale=row.locale, slug=row.slug, changed=row.changed)
                for row in sorted(texts, key=lambda row: locales.index(row.locale))
            ),
        )
        for (number, kind), texts in groupby(rows, key=lambda row: (row.document_id, row.kind))
    )
