"""The sitemap is cut where the protocol wants it, whatever the slugs are like, and is never whole in memory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import Settings
from app.domain.documents import Kind
from app.domain.pages import Address, Addresses
from app.domain.segments import Tag
from app.factory import create_app
from app.web.reader import sitemap
from tests.web.fakes import SITE, FakeCounter, FakeReader

ROOT = "https://news.example.org"
TAGS = tuple(Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz", "uz-Cyrl", "kaa", "zh-Hant-TW"))
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def one(number: int, slugs: Sequence[str], kind: Kind = Kind.NEWS) -> Addresses:
    texts = tuple(Address(locale=tag, slug=slug, changed=NOON) for tag, slug in zip(TAGS, slugs, strict=False))
    return Addresses(number=number, kind=kind, texts=texts)


def bytes_of(sets: Sequence[Addresses]) -> int:
    entries = "".join(entry for each in sets for entry in sitemap.entries(each, ROOT, SITE))
    return len((sitemap.HEAD + entries + sitemap.TAIL).encode())


SETS = st.lists(
    st.tuples(st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=len(TAGS)), st.sampled_from(Kind)),
    min_size=1, max_size=30,
).map(lambda rows: [one(number, slugs, kind) for number, (slugs, kind) in enumerate(rows, 1)])  # fmt: skip


@given(sets=SETS, most=st.integers(len(TAGS), 40), largest=st.integers(200_000, 400_000))
def test_no_file_has_more_addresses_or_bytes_than_it_may(sets: list[Addresses], most: int, largest: int) -> None:
    starts = [part.first for part in sitemap.parts(sets, ROOT, most=most, largest=largest)]
    assert starts[0] == 1
    for first, end in zip(starts, [*starts[1:], len(sets) + 1], strict=True):
        file = sets[first - 1 : end - 1]
        assert 0 < sum(len(each.texts) for each in file) <= most
        assert bytes_of(file) <= largest


def test_the_longest_page_takes_a_small_part_of_a_file() -> None:
    letters = "𐐨" * 120
    assert bytes_of([one(1, [letters] * len(TAGS))]) < 200_000


def test_what_is_published_later_changes_no_file_but_the_last() -> None:
    sets = [one(number, ["a"] * 7) for number in range(1, 30)]
    before = sitemap.parts(sets[:20], ROOT, most=30)
    after = sitemap.parts(sets, ROOT, most=30)
    assert len(after) > len(before)
    assert after[: len(before) - 1] == before[:-1]


@dataclass
class Many(FakeReader):
    """So many documents in seven languages, made when they are asked for."""

    documents: int = 0
    steps: list[int] = field(default_factory=list)

    def addresses(self, locales: Sequence[Tag], *, after: int, size: int) -> tuple[Addresses, ...]:  # noqa: ARG002  # there are seven
        self.steps.append(size)
        numbers = range(after + 1, min(after + size, self.documents) + 1)
        return tuple(one(number, [f"some-words-of-a-slug-{number}"] * 7) for number in numbers)


@pytest.mark.parametrize(("documents", "files"), [(7_000, 1), (17_143, 3)])
def test_a_hundred_and_twenty_thousand_addresses_are_sent_in_steps(
    settings: Settings, documents: int, files: int
) -> None:
    reader = Many(documents=documents)
    client = create_app(settings, reader=reader, counter=FakeCounter()).test_client()
    index = client.get("/sitemap.xml").get_data(as_text=True)
    assert [loc.rpartition("/")[2] for loc in re.findall("<loc>(.*?)</loc>", index)] == [
        f"sitemap-{number}.xml" for number in range(1, files + 1)
    ]
    counts = []
    for number in range(1, files + 1):
        answer = client.get(f"/sitemap-{number}.xml", buffered=False)
        assert answer.is_streamed
        pieces = list(answer.iter_encoded())
        assert max(map(len, pieces)) < 4_000_000, "so much is in memory at a time"
        assert sum(map(len, pieces)) <= sitemap.LARGEST
        counts.append(sum(piece.count(b"<loc>") for piece in pieces))
    assert max(counts) <= sitemap.MOST
    assert sum(counts) == 7 * documents + 2 * len(SITE.locales)
    assert set(reader.steps) == {500}
