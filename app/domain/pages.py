"""What a reader's page needs, as values: made at publication, kept in the published read model, handed to templates.

Nothing here knows drafts. Texts in these values come from published revisions; `html` has been sanitised by
`formats.render`; everything else is plain text that a template has to escape. Times are aware, in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Origin, Tag
from app.domain.spans import Span


def position_of(when: datetime, number: int) -> str:
    """Return what sorts a news item in a list: its date in UTC, then the number of its document."""
    digits = [letter for letter in when.astimezone(UTC).isoformat()[:19] if letter.isdigit()]
    return f"{''.join(digits)}-{number:010d}"


def moment_of(position: str) -> datetime:
    """Return the date in a news item's position."""
    return datetime.strptime(position[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A photo cut to the shape in which networks show a link: its path below `/media/` and its size in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One photo at the sizes it was made in.

    `sources` are (path, width in pixels) from narrow to wide, paths relative to `/media/`, all of one aspect ratio and
    of one format; `width` and `height` are those of the widest. `cut` is None while a photo of an older build was not
    looked at again.
    """

    sources: tuple[tuple[str, int], ...]
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    cut: Cut | None = None

    @property
    def widest(self) -> str:
        """Return the path of the largest file."""
        return self.sources[-1][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to download: its path below `/media/`, the name a reader sees, its size in bytes.

    `locale` is the language that the file is in, None if nothing says so.
    """

    path: str
    name: str
    size: int
    locale: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The page in another language: its slug there (the source's where it is missing), and whether it is there."""

    locale: Tag
    slug: str
    available: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """The text is older than what it was made from: the newer text's locale, slug and time of publication.

    `since` is None where it may be so, and nobody knows which version of the other text it was made from.
    """

    locale: Tag
    slug: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """A news item or standing page at one address.

    `locale` is the address's and `shown` the text's own: they differ where the text is missing and a fallback stands
    in. `source` is the locale it was written in, `made_from` the one this text was translated from (None in a source
    text). `date` is None for a standing page; `updated` is when a published text was last changed, None if never, and
    `changed` the same, or when it first came out (None in what an older build made). `views_key` names the document in
    the view counter. `tags` are msgids of the domain `site`. `withdrawn` tells of a missing text that it once was here.
    """

    document: DocumentName
    views_key: int
    locale: Tag
    shown: Tag
    source: Tag
    made_from: Tag | None
    origin: Origin
    outdated: Outdated | None
    slug: str
    title: str
    summary: str
    html: str
    date: datetime | None
    updated: datetime | None
    pictures: tuple[Picture, ...]
    attachments: tuple[Attachment, ...]
    tags: tuple[str, ...]
    alternates: tuple[Alternate, ...]
    changed: datetime | None = None
    withdrawn: bool = False

    @property
    def missing(self) -> bool:
        """Tell whether a fallback stands in for a missing text."""
        return self.locale != self.shown

    @property
    def opening(self) -> tuple[str, str]:
        """Return the body in two parts, of which the lead photo stands between: its first paragraph, and the rest.

        So the news is told before the photo fills a phone's screen. A body that begins otherwise is all rest.
        """
        first, end, rest = self.html.partition("</p>\n")
        return (first + end, rest) if self.pictures and first.startswith("<p>") else ("", self.html)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One item in a news list; `picture` is its first photo. `position` sorts the list and is the keyset cursor."""

    position: str
    slug: str
    title: str
    summary: str
    date: datetime
    origin: Origin
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsList:
    """One page of a news list in one locale, newest first.

    `older` and `newer` are cursors for the neighbouring pages, None at the ends. `elsewhere` says how many published
    items this language lacks, by the locale that a reader of it is shown instead: ((ru, 3), (en, 1)).
    """

    locale: Tag
    entries: tuple[ListEntry, ...]
    older: str | None
    newer: str | None
    elsewhere: tuple[tuple[Tag, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanPage:
    """A part of a year or month of the archive: its items, the spans before and after it that have some, if any.

    `languages` are those that have something in it.
    """

    items: NewsList
    earlier: Span | None
    later: Span | None
    languages: frozenset[Tag]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag by its slug, the msgid that its newest item has, and how many items of a language it has."""

    slug: str
    msgid: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPage:
    """A part of the items under a tag, and the languages that have some."""

    slug: str
    msgid: str
    items: NewsList
    languages: frozenset[Tag]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An item that the page of another one leads to."""

    slug: str
    title: str
    date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies around a news item: the one before it in time, the one after it, and those that are like it."""

    earlier: Mention | None
    later: Mention | None
    related: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A standing page in the menu: slug and title at this locale's address, and the locale that the title is in."""

    slug: str
    title: str
    shown: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where one text of a document is: its locale, its slug, and when it last changed for readers, if that is known."""

    locale: Tag
    slug: str
    changed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """A document's texts that are really there, each at its own address; `number` is the document's."""

    number: int
    kind: Kind
    texts: tuple[Address, ...]
