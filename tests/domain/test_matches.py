"""What helps with a segment, in what order, with which numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.matches import CUTOFF, Candidate, adapted, marked, ranked
from app.domain.segments import Origin, digest_of
from app.domain.word_diff import after, before

WORDS = st.lists(st.sampled_from(["борбор", "план", "жыл", "12", "7", "2026", "1.5", "A4", "%(n1)s"]), max_size=8)
NUMBER = re.compile(r"\d+")


def one(number: int, source: str, target: str = "", **known: str) -> Candidate:
    return Candidate(number=number, source=source, target=target or f"words {number}", **known)  # type: ignore[arg-type]  # origin is an enum


def test_the_same_words_beside_the_same_neighbour_come_first_then_the_same_words_then_others_by_their_nearness() -> (
    None
):
    text = "Борбор жаңы планды кабыл алды."
    found = ranked(
        [
            one(1, "Борбор эски планды кабыл алды."),
            one(2, text),
            one(3, text, before=digest_of("Башы")),
            one(4, "Такыр башка сүйлөм."),
            one(5, "Борбор жаңы планды кабыл алган."),
        ],
        text,
        before=digest_of("Башы"),
        after=digest_of("Аягы"),
    )
    assert [(match.unit, match.score == 100, match.context) for match in found] == [
        (3, True, True), (2, True, False), (5, False, False), (1, False, False),
    ]  # fmt: skip
    assert all(match.score >= CUTOFF for match in found)


def test_the_difference_is_told_from_the_source_that_is_known_to_the_one_at_hand() -> None:
    (match,) = ranked([one(1, "The plan for this year")], "The plan for next year")
    assert (before(match.pieces), after(match.pieces)) == ("The plan for this year", "The plan for next year")


def test_no_neighbour_is_no_context() -> None:
    (match,) = ranked([one(1, "Жаңылыктар")], "Жаңылыктар")
    assert not match.context


def test_of_equal_words_one_is_shown_and_of_equal_matches_a_persons_first_then_the_newest() -> None:
    found = ranked(
        [one(1, "News", "жаңылыктар"), one(2, "News", "кабарлар", origin=Origin.MACHINE), one(3, "News", "жаңылыктар")],
        "News",
    )
    assert [(match.unit, match.words) for match in found] == [(3, "жаңылыктар"), (2, "кабарлар")]


def test_numbers_that_are_all_that_differs_are_those_of_the_text_and_the_score_says_so() -> None:
    (match,) = ranked(
        [one(1, "On 18 March 2025 18 people came", "18-март 2025: 18 киши келди")], "On 19 March 2026 19 people came"
    )
    assert (match.words, match.score, match.adapted) == ("19-март 2026: 19 киши келди", 99, True)


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("18 people", "he said 18 and 18", "19 people"),  # more often than in the source
        ("18 people", "eighteen", "19 people"),  # written otherwise
        ("18 of 18", "18 / 18", "17 of 18"),  # nobody knows which
        ("18 people", "18", "19 person"),  # words differ, too
        ("18 people", "18", "18 people"),  # nothing differs
        ("A4 paper", "A4", "A5 paper"),  # a number within a word is a part of a name
    ],
)
def test_numbers_are_left_as_they_are_where_one_would_have_to_guess(source: str, target: str, text: str) -> None:
    assert adapted(source, target, text) is None


@given(WORDS, WORDS, st.lists(st.integers(0, 3000), min_size=8, max_size=8))
def test_adapting_numbers_changes_nothing_but_numbers(source: list[str], target: list[str], numbers: list[int]) -> None:
    text = [str(numbers[place]) if word.isdigit() else word for place, word in enumerate(source)]
    words = adapted(" ".join(source), " ".join(target), " ".join(text))
    if words is not None:
        assert NUMBER.sub("0", words) == NUMBER.sub("0", " ".join(target))
        assert adapted(" ".join(text), words, " ".join(source)) in {" ".join(target), None}


def test_what_was_found_is_marked() -> None:
    assert marked("a plan of plans", [(2, 6), (10, 14)]) == (
        ("a ", False), ("plan", True), (" of ", False), ("plan", True), ("s", False),
    )  # fmt: skip
