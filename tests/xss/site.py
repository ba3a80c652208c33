"""A readers' site in which texts stand in every place where a text can stand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app.domain.pages import (
    Alternate,
    Around,
    Attachment,
    ItemPage,
    Mention,
    NewsList,
    SpanPage,
    TagCount,
    TagPage,
)
from app.domain.searching import Hit, Question, Results
from app.domain.segments import Tag
from app.domain.snippets import Piece
from app.domain.spans import Span
from app.formats.own_media import OwnMedia
from app.formats.render import render
from app.queries.reading import Found
from app.storage.media import file_name
from tests.formats.test_render import HALL
from tests.web.fakes import EN, KK, SITE, UZ, FakeReader, entry, filled, item, mo, photo

CATALOGUE = Path(__file__).parents[2] / "translations" / "en" / "LC_MESSAGES" / "messages.po"
ITEM, LACKING, FOUND = "/kk/news/item", "/uz/news/item", "/kk/search?q=found"
PAGES = (
    "/kk/", "/kk/news/", ITEM, LACKING, "/kk/about", "/kk/nowhere", FOUND, "/kk/archive/", "/kk/archive/2026/",
    "/kk/archive/2026/03/", "/kk/tags/", "/kk/tags/topic/",
)  # fmt: skip
FEED, OPEN_SEARCH = "/kk/feed.atom", "/kk/opensearch.xml"

_IN_A_BODY = (
    "%s",
    "# %s",
    "- %s\n- %s",
    "> %s",
    "| %s |\n|-|\n| %s |",
    "```%s\n%s\n```",
    "    %s",
    "`%s`",
    "**%s** *%s*",
    "[%s](/y)",
    "[x](%s)",
    "[x](<%s>)",
    '[x](/y "%s")',
    "[x](/y '%s')",
    "![%s](photos/hall.jpg)",
    "![x](%s)",
    "<%s>",
    "<!-- %s -->",
    "[%s]: /y\n\n[%s]",
    "— %s;\n— %s",
    "[%s](https://evil.example)",
)


def body(words: str) -> str:
    """Return Markdown in which words stand wherever Markdown has a place for them, after a paragraph of prose."""
    return "\n\n".join(("The beginning.", *(place.replace("%s", words) for place in _IN_A_BODY)))


@cache
def rendered(batch: tuple[str, ...]) -> tuple[str, ...]:
    """Return the body of each text of a batch, which is made once for all tests."""
    own = OwnMedia(pictures={"photos/hall.jpg": replace(HALL, alt=" ".join(batch))})
    return tuple(render(body(words), own) for words in batch)


def occupied(batch: Sequence[str], *, names: bool = True) -> FakeReader:
    """Return a reader of pages in which each text of a batch stands in each place.

    Where there is room for one (a title), the batch stands as a whole, and all bodies on one page: the others that have
    a body have one of these. `names`: in the site's settings, too.
    """
    reader, whole = filled(), " ".join(batch)
    bodies = rendered(tuple(batch))
    page = item(
        KK,
        slug="item",
        title=whole,
        summary=whole,
        html="".join(bodies),
        pictures=tuple(
            replace(photo(number), caption=words, alt=words, credit=words) for number, words in enumerate(batch, 1)
        ),
        attachments=tuple(
            Attachment(path=file_name(f"{number:064x}"), name=words, size=number, locale=EN)
            for number, words in enumerate(batch)
        ),
        tags=tuple(batch),
        alternates=tuple(Alternate(locale=tag, slug="item", available=tag == KK) for tag in SITE.locales),
    )
    reader.items = {(KK, "item"): page, (UZ, "item"): replace(page, locale=UZ, html=bodies[0])}
    reader.fed = tuple(
        replace(page, views_key=-number, title=words, summary=words, html=bodies[number], tags=(words,))
        for number, words in enumerate(batch)
    )
    reader.pages = dict(_standing(replace(page, html=bodies[-1]), batch))
    entries = tuple(
        entry(replace(page, title=words, summary=words, pictures=page.pictures[number : number + 1]), str(number))
        for number, words in enumerate(batch)
    )
    news = NewsList(locale=KK, entries=entries, older="2", newer=None, elsewhere=((EN, 1),))
    reader.lists = {(KK, None): news}
    _ways(reader, news, batch)
    reader.answers = {(KK, "found"): _answers(batch)}
    reader.catalogues = dict.fromkeys((("messages", tag) for tag in (KK, UZ)), mo(_interface(batch)))
    if names:
        reader.settings = replace(
            SITE, name=whole, full_name=whole, address=whole, city=whole, url="https://news.example.org"
        )
    return reader


def _ways(reader: FakeReader, news: NewsList, batch: Sequence[str]) -> None:
    """Let the ways by month, topic and neighbour lead through these items."""
    mentions = tuple(Mention(slug=one.slug, title=one.title, date=one.date) for one in news.entries)
    reader.beside = {1: Around(earlier=mentions[0], later=mentions[-1], related=mentions)}
    whole = SpanPage(items=news, earlier=Span(2025), later=Span(2026, 4), languages=frozenset({KK}))
    reader.spans = {(KK, Span(2026)): whole, (KK, Span(2026, 3)): whole}
    reader.counts = {KK: tuple(TagCount(slug=f"topic-{at}", msgid=words, count=1) for at, words in enumerate(batch))}
    topic = TagPage(slug="topic", msgid=" ".join(batch), items=news, languages=frozenset({KK}))
    reader.tagged = {(KK, "topic"): topic}


def _answers(batch: Sequence[str]) -> Results:
    hits = tuple(
        Hit(
            locale=KK,
            path="news/item",
            title=(Piece(words, found=True), Piece(words)),
            snippet=(Piece(words), Piece(words, found=True)),
            date=None,
        )
        for words in batch
    )
    abroad = tuple(replace(hit, locale=UZ) for hit in hits)
    return Results(question=Question.of("found", KK), hits=hits, count=len(hits), elsewhere=abroad)


def _standing(page: ItemPage, batch: Sequence[str]) -> list[tuple[tuple[Tag, str], Found]]:
    about = replace(page, date=None, slug="about", alternates=())
    titles = {f"page-{number}": words for number, words in enumerate(batch)} | {"about": " ".join(batch)}
    return [((tag, slug), replace(about, slug=slug, title=title)) for slug, title in titles.items() for tag in (KK, UZ)]


@cache
def _messages() -> tuple[Message, ...]:
    """Return every message of the interface, which is read once for all texts."""
    with CATALOGUE.open("rb") as file:
        return tuple(message for message in read_po(file) if message.id)


def _interface(batch: Sequence[str]) -> dict[str, str]:
    """Return every message of the interface with a hostile translation, each time another of the batch."""
    return dict(_translated(message, batch[number % len(batch)]) for number, message in enumerate(_messages()))


def _translated(message: Message, text: str) -> tuple[str, str]:
    msgids = [message.id] if isinstance(message.id, str) else list(message.id)
    if message.python_format:  # with its placeholders: else what is shown is the msgid
        text = text.replace("%", "%%") + "".join(f" %({name})s" for name in _placeholders(msgids[0]))
    key = "\0".join(msgids)
    return f"{message.context}\x04{key}" if message.context else key, "\0".join(text for _ in msgids)


def _placeholders(msgid: str) -> list[str]:
    return sorted({part.partition(")s")[0] for part in msgid.split("%(")[1:]})
