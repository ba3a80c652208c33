"""A thousand hostile texts in addresses: those of pages, which no entrance lets in, and those that are shared."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from app.domain.pages import Alternate, ItemPage, TagCount
from tests.web.fakes import KK, UZ, FakeReader
from tests.xss.conftest import Shown
from tests.xss.judge import outline
from tests.xss.site import ITEM, PAGES, occupied
from tests.xss.test_parsed import BATCHES, HARMLESS, in_parts, looked_at, values

ROOT = "https://news.example.org"
NETWORKS = {"t.me", "wa.me", "www.facebook.com", "x.com", "vk.com", "www.linkedin.com"}


def short(reader: FakeReader) -> ItemPage:
    """Return the item with the shortest of bodies."""
    page = reader.items[KK, "item"]
    assert isinstance(page, ItemPage)
    return replace(page, html="<p>Words.</p>")


def slugged(batch: Sequence[str]) -> FakeReader:
    """Return a reader of harmless texts at hostile addresses, which no entrance lets in (`test_no_hostile_text…`).

    Bodies have nothing of an address of a page.
    """
    reader = occupied(HARMLESS[: len(batch)])
    page = short(reader)
    alternates = (
        Alternate(locale=KK, slug=" ".join(batch), available=True),
        Alternate(locale=UZ, slug=batch[0], available=False),
    )
    reader.items[KK, "item"] = replace(page, slug=" ".join(batch), alternates=alternates)
    entries = tuple(replace(one, slug=words) for one, words in zip(reader.lists[KK, None].entries, batch, strict=True))
    reader.lists[KK, None] = replace(reader.lists[KK, None], entries=entries)
    around = reader.beside[1]
    mentions = tuple(replace(one, slug=words) for one, words in zip(around.related, batch, strict=True))
    reader.beside[1] = replace(around, earlier=mentions[0], later=mentions[-1], related=mentions)
    hits = tuple(
        replace(one, path=f"news/{words}") for one, words in zip(reader.answers[KK, "found"].hits, batch, strict=True)
    )
    reader.answers[KK, "found"] = replace(reader.answers[KK, "found"], hits=hits)
    reader.counts = {KK: tuple(TagCount(slug=words, msgid=f"topic {at}", count=1) for at, words in enumerate(batch))}
    return reader


@in_parts
def test_an_address_is_an_address_whatever_letters_it_has(shown: Shown, part: int) -> None:
    harmless = shown(slugged(HARMLESS))
    expected = {path: outline(looked_at(harmless, path)) for path in PAGES}
    for batch in BATCHES[part::5]:
        client = shown(slugged(batch))
        trees = {path: looked_at(client, path) for path in PAGES}
        assert {path: outline(tree) for path, tree in trees.items()} == expected, batch
        links = values(trees["/kk/news/"], ".//main//h3/a", "href")
        assert [unquote(link) for link in links] == [f"/kk/news/{unquote(text)}" for text in batch[1:]]
        canonical = values(trees[ITEM], ".//link[@rel='canonical']", "href")
        assert [unquote(one) for one in canonical] == [f"{ROOT}/kk/news/{' '.join(batch)}"]


@in_parts
def test_what_is_shared_is_the_title_and_the_address_and_nothing_that_a_title_adds(shown: Shown, part: int) -> None:
    for batch in BATCHES[part::5]:
        reader = occupied(batch)
        reader.items[KK, "item"] = short(reader)
        links = [urlsplit(link) for link in values(looked_at(shown(reader), ITEM), ".//*[@class='share']//a", "href")]
        assert {link.netloc or link.scheme for link in links} == NETWORKS | {"mailto", urlsplit(ROOT).netloc}
        for link in links:
            asked = parse_qsl(link.query, keep_blank_values=True, strict_parsing=True)
            assert {name for name, _ in asked} <= {"url", "u", "text", "title", "subject", "body"}
            assert all(" ".join(batch) in value or value == f"{ROOT}{ITEM}" for _, value in asked)
