"""What a form has of an article goes into its file and comes back, and nothing else of the file changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import Facts
from app.domain.errors import BadText
from app.domain.segments import Tag
from app.formats.facts import read_facts, with_facts
from app.formats.words import Words, with_words, words_in

HEAD = "---\r\ntitle: Opened   # by hand\r\nmood: good\r\nalt:\r\n  photos/a.jpg: 'Two men'\r\n---\r\n"
TEXT = HEAD + "\r\n\r\nA *body*.  \r\n\r\n\r\n"

LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), max_size=40).map(
    str.strip
)
BODY = st.lists(LINE, max_size=6).map("\n".join).map(lambda text: text.strip("\n"))
PHOTO_WORDS = st.dictionaries(st.sampled_from(["photos/a.jpg", "photos/зал 1.webp"]), LINE.filter(bool))
WORDS = st.builds(
    Words, title=LINE.filter(bool), slug=LINE, summary=LINE, body=BODY, captions=PHOTO_WORDS, alt=PHOTO_WORDS,
    credits=PHOTO_WORDS, minor=st.booleans(),
)  # fmt: skip


@given(WORDS, st.sampled_from(["", TEXT]))
def test_what_was_typed_can_be_read_back_from_the_file(words: Words, text: str) -> None:
    assert words_in(with_words(text, words)) == words


@given(WORDS, WORDS)
def test_words_that_stand_there_already_change_no_byte(first: Words, second: Words) -> None:
    text = with_words(with_words(TEXT, first), second)
    assert with_words(text, words_in(text)) == text


def test_a_file_keeps_its_own_ways_where_no_word_changed() -> None:
    changed = with_words(TEXT, replace(words_in(TEXT), summary="Two words"))
    assert changed == TEXT.replace("# by hand\r\n", "# by hand\r\nsummary: Two words\r\n")


def test_a_new_text_is_plain() -> None:
    words = Words(title="Ачылды: бүгүн", slug="achyldy", body="Биринчи.\n\nЭкинчи.")
    assert with_words("", words) == '---\ntitle: "Ачылды: бүгүн"\nslug: achyldy\n---\n\nБиринчи.\n\nЭкинчи.\n'


def test_words_of_a_broken_file_are_not_guessed() -> None:
    with pytest.raises(BadText):
        words_in("no front matter")


FACTS_FILE = "# ours\nsource = 'en'   # Latin\ndate = 2026-03-18 19:25:00+05:00\nmood = \"good\"\n"
ALMATY = timezone(timedelta(hours=5))
MOMENTS = st.none() | st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, ALMATY))
FACTS = st.builds(
    Facts, source=st.sampled_from([Tag("en"), Tag("uz-Cyrl")]), date=MOMENTS, publish_at=MOMENTS,
    photos=st.lists(st.sampled_from(["photos/a.jpg", "photos/зал 1.webp"]), unique=True).map(tuple),
    files=st.just(("files/a.pdf",)), tags=st.lists(LINE.filter(bool), unique=True, max_size=3).map(tuple),
)  # fmt: skip


@given(FACTS, st.sampled_from(["", FACTS_FILE]))
def test_facts_can_be_read_back_from_the_file(facts: Facts, text: str) -> None:
    assert read_facts(with_facts(text, facts), path="") == facts


def test_facts_that_stand_there_already_change_no_byte() -> None:
    assert with_facts(FACTS_FILE, read_facts(FACTS_FILE, path="")) == FACTS_FILE
    later = replace(read_facts(FACTS_FILE, path=""), publish_at=datetime(2026, 3, 19, 3, tzinfo=UTC))
    assert with_facts(FACTS_FILE, later) == FACTS_FILE + "publish-at = 2026-03-19T03:00:00Z\n"


def test_new_facts_are_plain() -> None:
    facts = Facts(source=Tag("en"), date=datetime(2026, 3, 18, 19, 25, tzinfo=ALMATY), tags=("x",))
    assert with_facts("", facts) == 'date = 2026-03-18T19:25:00+05:00\nsource = "en"\ntags = ["x"]\n'
