"""What was struck and added between two texts is what really was, and says all of it."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.segments import Key, Segment
from app.domain.word_diff import Change, after, before, segment_diff, word_diff, words_of

WORDS = st.sampled_from(
    ["Душанбе", "тілмаш", "oʻzbek", "maʼno", "19:25", "the", "the", "a", " ", " ", "\n", ", ", "税关", "ศุล"]
)
TEXTS = st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60)
SEGMENTS = st.lists(
    st.builds(lambda key, text: Segment(key=Key(key), kind="paragraph", text=text), st.sampled_from("abcdefg"), TEXTS),
    max_size=7,
    unique_by=lambda segment: segment.key,
)


def marked(old: str, new: str) -> str:
    marks = {Change.SAME: "{}", Change.STRUCK: "[-{}-]", Change.ADDED: "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in word_diff(old, new))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_their_diff(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert (before(pieces), after(pieces)) == (old, new)


@given(TEXTS, TEXTS)
def test_pieces_are_not_empty_and_none_stands_beside_one_of_its_kind(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in pairwise(pieces))
    assert not any((one.change, other.change) == (Change.ADDED, Change.STRUCK) for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_that_nobody_changed_is_the_same_all_through(text: str) -> None:
    assert [piece.change for piece in word_diff(text, text)] == ([Change.SAME] if text else [])


@given(TEXTS)
def test_words_are_the_whole_text(text: str) -> None:
    assert "".join(words_of(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Курс прошёл в Бишкеке.", "Курс прошёл в Душанбе.", "Курс прошёл в [-Бишкеке-][+Душанбе+]."),
        ("at 19:25 on Monday", "at 19:30 on Monday", "at [-19:25-][+19:30+] on Monday"),
        ("Oʻzbekiston so‘zi", "Oʻzbekiston so‘zlari", "Oʻzbekiston [-so‘zi-][+so‘zlari+]"),
        ("Қазақстан мен Тәжікстан", "Қазақстан және Тәжікстан", "Қазақстан [-мен-][+және+] Тәжікстан"),
        ("two old words here", "some new words here", "[-two old-][+some new+] words here"),
        ("中国海关总署", "中国公安总署", "中国[-海关-][+公安+]总署"),
        ("one", "", "[-one-]"),
        ("", "one", "[+one+]"),
    ],
)
def test_whole_words_are_struck_and_added(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_an_accent_that_is_written_by_itself_stays_with_its_letter() -> None:
    assert words_of("и\u0306") == ["и\u0306"]


@given(SEGMENTS, SEGMENTS)
def test_both_texts_of_segments_can_be_read_back(old: list[Segment], new: list[Segment]) -> None:
    diff = segment_diff(old, new)
    assert [one.new for one in diff if one.new] == new
    assert {one.key: one.old for one in diff if one.old} == {one.key: one for one in old}
    assert len({one.key for one in diff}) == len(diff)
    unmoved = [one.old for one in diff if one.old and not one.moved]
    assert unmoved == [one for one in old if one in unmoved]


def test_what_is_gone_stands_behind_what_it_followed() -> None:
    one, two, three, four = (Segment(key=Key(key), kind="paragraph", text=key) for key in "abcd")
    diff = segment_diff([one, two, three], [one, three, four])
    assert [(item.key, item.change) for item in diff] == [
        ("a", Change.SAME), ("b", Change.STRUCK), ("c", Change.SAME), ("d", Change.ADDED),
    ]  # fmt: skip


def test_a_segment_that_changed_places_is_said_to_have_moved() -> None:
    one, two, three = (Segment(key=Key(key), kind="paragraph", text=key) for key in "abc")
    assert [item.key for item in segment_diff([one, two, three], [two, three, one]) if item.moved] == ["a"]


@pytest.mark.parametrize("share", [0.0, 0.02, 1.0])
def test_texts_of_a_hundred_thousand_words_are_compared(share: float) -> None:
    chance = random.Random(share)  # noqa: S311  # words for a test
    vocabulary = [f"word{number}" for number in range(30_000)]
    weights = [1 / (place + 1) for place in range(len(vocabulary))]
    old = chance.choices(vocabulary, weights, k=100_000)
    other = chance.choices(vocabulary, weights, k=100_000)
    new = [change if chance.random() < share else word for word, change in zip(old, other, strict=True)]
    pieces = word_diff(" ".join(old), " ".join(new))
    assert (before(pieces), after(pieces)) == (" ".join(old), " ".join(new))
    same = sum(len(words_of(piece.text)) for piece in pieces if piece.change is Change.SAME)
    assert same >= (1 - 1.2 * share) * len(words_of(" ".join(old)))


def test_long_texts_without_a_word_that_stands_once_are_compared_too() -> None:
    old, new = "a b " * 30_000, "b c " * 30_000
    pieces = word_diff(old, new)
    assert (before(pieces), after(pieces)) == (old, new)
