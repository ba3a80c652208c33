"""A read model in memory: three items, two pages, four languages, so that pages can be tested without a database."""

import struct
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Concatenate
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.pages import (
    Addresses,
    Alternate,
    Around,
    Attachment,
    ItemPage,
    ListEntry,
    NewsList,
    Outdated,
    Picture,
    SpanPage,
    Standing,
    TagCount,
    TagPage,
)
from app.domain.searching import Question, Results
from app.domain.segments import Origin, Tag
from app.domain.site import Site
from app.domain.spans import Span
from app.domain.tags import tag_slug
from app.queries.addresses import Moved
from app.queries.reading import Found
from app.storage.media import file_name, photo_name
from app.web.published import Answer, P

EN, KK, TG, UZ = Tag("en"), Tag("kk"), Tag("tg"), Tag("uz")

SITE = Site(
    name="CARICC",
    full_name="Centre for combating illicit trafficking",
    address="Almaty",
    city="Almaty",
    zone=ZoneInfo("Asia/Almaty"),
    countries=("AZ", "KZ", "KG", "RU", "TJ", "TM", "UZ"),
    default=EN,
    locales={EN: (), KK: (EN,), TG: (EN,), UZ: (EN,)},
)

TITLES = {
    EN: "Memorandum of understanding signed by the Centre and the Secretariat of the Shanghai Cooperation Organization",
    KK: "Орталық пен Шанхай ынтымақтастық ұйымының Хатшылығы өзара түсіністік туралы меморандумға қол қойды",
    TG: "Марказ ва Котиботи Созмони Ҳамкории Шанхай ёддошти ҳамдигарфаҳмиро имзо карданд",
    UZ: "Markaz va Shanxay hamkorlik tashkiloti Kotibiyati oʻzaro anglashuv memorandumini imzoladi",
}
SLUGS = {EN: "memorandum", KK: "memorandumga-qol-qoyyldy", TG: "yoddosht-imzo-shud", UZ: "memorandum-imzolandi"}


def photo(number: int) -> Picture:
    return Picture(
        sources=tuple((photo_name(f"{number:064x}", width), width) for width in (320, 960, 1600)),
        width=1600,
        height=1067,
        alt=f"What photo {number} shows",
        caption=f"Caption {number}",
        credit="Press service",
    )


def item(locale: Tag, number: int = 1, /, **changes: object) -> ItemPage:
    """Return the memorandum in a locale; further numbers are further items."""
    alternates = tuple(Alternate(locale=tag, slug=slug, available=True) for tag, slug in SLUGS.items())
    plain = ItemPage(
        document=DocumentName(kind=Kind.NEWS, name=f"item-{number}"),
        views_key=number,
        locale=locale,
        shown=locale,
        source=EN,
        made_from=None if locale == EN else EN,
        origin=Origin.HUMAN if locale == EN else Origin.MACHINE,
        outdated=None,
        slug=SLUGS[locale],
        title=TITLES[locale],
        summary=f"Summary of {number}",
        html="<p>The <strong>body</strong>.</p>\n<ul>\n<li>first;</li>\n<li>second.</li>\n</ul>",
        date=datetime(2026, 3, 18, 14, 25, tzinfo=UTC),
        updated=None,
        pictures=(photo(1), photo(2), photo(3)),
        attachments=(),
        tags=("cooperation",),
        alternates=alternates,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields


def only_in_english() -> dict[tuple[Tag, str], ItemPage]:
    """Return an item that one language has, at its address in each."""
    alternates = tuple(Alternate(locale=tag, slug="open-day", available=tag == EN) for tag in SITE.locales)
    return {
        (tag, "open-day"): item(
            EN, 2, locale=tag, slug="open-day", title="Students visit the Centre", pictures=(), alternates=alternates
        )
        for tag in SITE.locales
    }


def changed_since() -> ItemPage:
    """Return a Kazakh text that is older than its original, has documents, and was corrected once."""
    alternates = (
        Alternate(locale=EN, slug="annual-review", available=True),
        Alternate(locale=KK, slug="zhyldyq-sholu", available=True),
        Alternate(locale=TG, slug="annual-review", available=False),
        Alternate(locale=UZ, slug="annual-review", available=False),
    )
    return item(
        KK,
        3,
        slug="zhyldyq-sholu",
        outdated=Outdated(locale=EN, slug="annual-review", since=datetime(2026, 4, 1, 6, 0, tzinfo=UTC)),
        updated=datetime(2026, 3, 19, 5, 0, tzinfo=UTC),
        attachments=(Attachment(path=file_name("9" * 64), name="Шолу 2025.pdf", size=348_000, locale=KK),),
        alternates=alternates,
    )


def mo(words: dict[str, str], plural_forms: str = "nplurals=2; plural=(n != 1);") -> bytes:
    """Return a MO file by the GNU gettext manual; forms are joined by NUL, a context by EOT."""
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {plural_forms}\n"
    rows = sorted((original.encode(), text.encode()) for original, text in {"": header, **words}.items())
    count, pool = len(rows), b""
    start = 28 + 16 * count
    tables: tuple[list[bytes], list[bytes]] = ([], [])
    for column in (0, 1):
        for row in rows:
            tables[column].append(struct.pack("<2I", len(row[column]), start + len(pool)))
            pool += row[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start)
    return head + b"".join(tables[0]) + b"".join(tables[1]) + pool


@dataclass
class FakeReader:
    """Answers from dictionaries that a test may change; `asked` counts how often pages were read."""

    settings: Site | None = SITE
    number: int = 1
    items: dict[tuple[Tag, str], Found] = field(default_factory=dict)
    pages: dict[tuple[Tag, str], Found] = field(default_factory=dict)
    beside: dict[int, Around] = field(default_factory=dict)
    spans: dict[tuple[Tag, Span], SpanPage] = field(default_factory=dict)
    tagged: dict[tuple[Tag, str], TagPage] = field(default_factory=dict)
    counts: dict[Tag, tuple[TagCount, ...]] = field(default_factory=dict)
    slugs: dict[str, tuple[Tag, ...]] = field(default_factory=dict)
    catalogues: dict[tuple[str, Tag], bytes] = field(default_factory=dict)
    lists: dict[tuple[Tag, str | None], NewsList] = field(default_factory=dict)
    answers: dict[tuple[Tag, str], Results] = field(default_factory=dict)
    questions: list[tuple[Tag, str, int, tuple[Tag, ...]]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    addresses_of: tuple[Addresses, ...] = ()
    fed: tuple[ItemPage, ...] = ()
    asked: int = 0
    looked: int = 0

    def ask(self, query: Callable[Concatenate[Session, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Answer in the place of the query of this name, or rather as its double here does."""
        double: Callable[P, Answer] = getattr(self, query.__name__)
        return double(*args, **kwargs)

    def version(self) -> int:
        self.looked += 1
        return self.number

    def site(self) -> Site | None:
        return self.settings

    def item(self, locale: Tag, slug: str) -> Found:
        self.asked += 1
        return self.items.get((locale, slug))

    def page(self, locale: Tag, slug: str) -> Found:
        self.asked += 1
        return self.pages.get((locale, slug))

    def news(self, locale: Tag, *, older: str | None = None, newer: str | None = None, size: int) -> NewsList:  # noqa: ARG002  # its lists are short
        self.asked += 1
        empty = NewsList(locale=locale, entries=(), older=None, newer=None, elsewhere=())
        return self.lists.get((locale, older or newer), empty)

    def search(self, locale: Tag, asked: str, *, page: int, languages: Sequence[Tag]) -> Results:
        self.asked += 1
        self.questions.append((locale, asked, page, tuple(languages)))
        return self.answers.get((locale, asked), Results(question=Question.of(asked, locale)))

    def around(self, locale: Tag, page: ItemPage) -> Around:  # noqa: ARG002  # the same in each language
        self.asked += 1
        return self.beside.get(page.views_key, Around(earlier=None, later=None, related=()))

    def months(self, among: Sequence[Tag]) -> dict[Tag, tuple[tuple[str, int], ...]]:
        self.asked += 1
        found = defaultdict[Tag, tuple[tuple[str, int], ...]](tuple)
        for (tag, span), page in self.spans.items():
            if tag in among and span.month:
                found[tag] += ((span.first, len(page.items.entries)),)
        return found

    def span(self, locale: Tag, within: Span, **_part: object) -> SpanPage:
        self.asked += 1
        empty = NewsList(locale=locale, entries=(), older=None, newer=None, elsewhere=())
        return self.spans.get((locale, within), SpanPage(items=empty, earlier=None, later=None, languages=frozenset()))

    def tags(self, among: Sequence[Tag]) -> dict[Tag, tuple[TagCount, ...]]:
        self.asked += 1
        return {tag: counts for tag, counts in self.counts.items() if tag in among and counts}

    def tag(self, locale: Tag, slug: str, **_part: object) -> TagPage | None:
        self.asked += 1
        return self.tagged.get((locale, slug))

    def languages_of(self, kind: Kind, slug: str, among: Sequence[Tag]) -> tuple[Tag, ...]:  # noqa: ARG002  # one sort is enough here
        self.asked += 1
        return self.slugs.get(slug, ())

    def standing(self, locale: Tag) -> tuple[Standing, ...]:
        return tuple(
            Standing(slug=slug, title=page.title, shown=page.shown)
            for (tag, slug), page in self.pages.items()
            if tag == locale and isinstance(page, ItemPage)
        )

    def media(self, name: str) -> str | None:
        return self.files.get(name)

    def newest(self, locale: Tag, *, tagged: str | None, size: int) -> tuple[ItemPage, ...]:
        self.asked += 1
        there = [page for page in self.items.values() if isinstance(page, ItemPage) and page.date]
        real = [page for page in there if page.locale == page.shown == locale]
        real = [page for page in real if tagged in {None, *map(tag_slug, page.tags)}]
        return self.fed or tuple(sorted(real, key=lambda page: page.views_key, reverse=True)[:size])

    def addresses(self, locales: Sequence[Tag], *, after: int, size: int) -> tuple[Addresses, ...]:  # noqa: ARG002  # has these alone
        self.asked += 1
        return tuple(one for one in self.addresses_of if one.number > after)[:size]

    def catalogue(self, domain: str, locale: Tag) -> bytes | None:
        return self.catalogues.get((domain, locale))


@dataclass
class FakeCounter:
    """Notes what it is told, and always answers the same number."""

    seen_by: list[tuple[int, Tag, str, str, str]] = field(default_factory=list)

    def seen(self, key: int, locale: Tag, *, address: str, agent: str, purpose: str = "") -> int:
        self.seen_by.append((key, locale, address, agent, purpose))
        return 1234


def entry(page: ItemPage, position: str) -> ListEntry:
    assert page.date is not None
    return ListEntry(
        position=position,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        date=page.date,
        origin=page.origin,
        picture=page.pictures[0] if page.pictures else None,
    )


def filled() -> FakeReader:
    """Return a reader of three items and one standing page."""
    reader = FakeReader()
    for locale in SITE.locales:
        page = item(locale)
        reader.items[locale, page.slug] = page
        for other, slug in SLUGS.items():
            if other != locale:
                reader.items[locale, slug] = Moved(locale, page.slug)
        about = replace(
            page,
            slug="about",
            title="About",
            date=None,
            alternates=tuple(Alternate(locale=tag, slug="about", available=True) for tag in SITE.locales),
        )
        reader.pages[locale, "about"] = about
    reader.items.update(only_in_english())
    outdated = changed_since()
    reader.items[KK, outdated.slug] = outdated
    newest = entry(item(KK), "3")
    reader.lists[KK, None] = NewsList(
        locale=KK, entries=(newest, entry(outdated, "2")), older="2", newer=None, elsewhere=((EN, 1),)
    )
    reader.lists[KK, "2"] = NewsList(
        locale=KK, entries=(entry(item(KK, slug="eski"), "1"),), older=None, newer="1", elsewhere=()
    )
    return reader
