"""The published read model: all that readers' pages are made from, and nothing else.

A projection: written by `services.publishing` in the transaction that publishes, rebuilt by `tilmash rebuild`. Nothing
here refers to a draft, so what reads only this module cannot leak one.
"""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.documents import Kind
from app.domain.segments import Tag
from app.storage.base import Base, Moment, by_value


class DbPage(Base):
    """One document at one locale's address, as the value that the template takes (`ItemPage`, as JSON).

    A language that lacks the text has a row too, in which `shown` is the locale that stands in for it. `position` sorts
    the list, newest first. `entry` is a `ListEntry` and `month` the item's in the seat's zone (`2026-03`): None for
    what no list has, standing pages and texts that stand in for others. `changed` is when readers last got other words
    of the text, or first any.
    """

    __tablename__ = "published_page"
    __table_args__ = (
        UniqueConstraint("kind", "locale", "slug"),
        Index("ix_published_page_list", "kind", "locale", "shown", "position"),
        Index("ix_published_page_slug", "kind", "slug"),
        Index("ix_published_page_month", "locale", "month", "position"),
    )

    document_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    slug: Mapped[str] = mapped_column(String(200))
    shown: Mapped[Tag] = mapped_column(String(35))
    position: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    page: Mapped[bytes] = mapped_column(LargeBinary)
    entry: Mapped[bytes | None] = mapped_column(LargeBinary)
    month: Mapped[str | None] = mapped_column(String(7))
    changed: Mapped[datetime | None] = mapped_column(Moment)


class DbTag(Base):
    """A tag of a news item in a language that really has its text. `position` is the page's, so that it sorts a list.

    `slug` is `domain.tags.tag_slug` of the `msgid`; of two tags of an item with one slug the first stands here.
    """

    __tablename__ = "published_tag"
    __table_args__ = (
        Index("ix_published_tag_list", "slug", "locale", "position"),
        Index("ix_published_tag_locale", "locale", "slug"),
    )

    document_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    msgid: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(String(40))


class DbSlug(Base):
    """A slug that a document's text in a language was ever published under, those of today and of withdrawn texts too.

    `publication` is the newest one under it. Rows outlive the page: they say of an address that it once worked.
    """

    __tablename__ = "published_slug"
    __table_args__ = (Index("ix_published_slug_slug", "slug", "kind"),)

    document_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    slug: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    publication: Mapped[int] = mapped_column(Integer)


class DbPublicMedia(Base):
    """A photo or attachment that a page of this document names: what is in no row here is nobody's to read.

    `name` is the file's in the media store, `saved_as` what an attachment is called where a reader saves it (empty for
    photos).
    """

    __tablename__ = "published_media"

    name: Mapped[str] = mapped_column(String(90), primary_key=True)
    document_id: Mapped[int] = mapped_column(Integer, primary_key=True, index=True)
    saved_as: Mapped[str] = mapped_column(String(250), default="")


class DbCatalogue(Base):
    """A published catalogue, checked and compiled: GNU MO bytes of one gettext domain in one locale.

    `publication` is the newest one in it. Words that a damaged message keeps may be from any before that.
    """

    __tablename__ = "published_catalogue"

    domain: Mapped[str] = mapped_column(String(120), primary_key=True)
    locale: Mapped[Tag] = mapped_column(String(35), primary_key=True)
    mo: Mapped[bytes] = mapped_column(LargeBinary)
    publication: Mapped[int] = mapped_column(Integer)


class DbSite(Base):
    """One row: the site's settings (`site.toml`), and a number that grows with each change that readers can see."""

    __tablename__ = "published_site"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=0)
    settings: Mapped[str | None] = mapped_column(Text)
