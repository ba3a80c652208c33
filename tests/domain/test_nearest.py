from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import nearest as module
from app.domain.likeness import alike
from app.domain.nearest import nearest

WORDS = [
    *("centre", "opens", "border", "police", "sea", "road", "letter", "week"),
    *("plan", "year", "train", "market", "book", "river", "school", "winter"),
]
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=12)


def pairs(ones: list[str], others: list[str], least: float = 0.5) -> list[tuple[int, int]]:
    return [(near.one, near.other) for near in nearest(ones, others, least=least)]


def test_a_text_that_changed_a_little_is_found_among_many_others() -> None:
    others = [f"{one} and {other} {len(one)}{len(other)}" for one, other in combinations(WORDS, 2)]
    ones = [text.replace(" and ", " or the ") for text in others[::-7]]
    found = nearest(ones, others, least=0.5)
    assert {near.one: others[near.other] for near in found} == {
        at: text.replace(" or the ", " and ") for at, text in enumerate(ones)
    }


def test_texts_that_are_unrelated_are_no_pair() -> None:
    assert pairs(["The centre opens"], ["Погода завтра", "Search", ""]) == []
    assert pairs([], ["a"]) == pairs(["a"], []) == []


def test_of_a_thousand_texts_that_read_alike_each_finds_the_one_in_its_place() -> None:
    ones = [f"Save the text {number} now" for number in range(1000)]
    others = [f"Save the text {number}" for number in range(1000)]
    assert sorted(pairs(ones, others)) == [(number, number) for number in range(1000)]


@given(texts, texts)
def test_each_text_is_in_one_pair_at_most_and_the_likest_come_first(ones: list[str], others: list[str]) -> None:
    found = nearest(ones, others, least=0.5)
    assert [near.likeness for near in found] == sorted((near.likeness for near in found), reverse=True)
    assert all(near.likeness == alike(ones[near.one], others[near.other]) >= 0.5 for near in found)
    for side in ({near.one for near in found}, {near.other for near in found}):
        assert len(side) == len(found)


@given(texts, texts)
def test_among_few_texts_the_likest_pair_of_all_is_found(ones: list[str], others: list[str]) -> None:
    best = max((alike(one, other) for one in ones for other in others), default=0.0)
    found = nearest(ones, others, least=0.75)
    assert best < 0.75 or found[0].likeness == best


@pytest.mark.parametrize("text", ["Save the text {0}", "{0} {1}", "x", "{1} opens the {0}th book"])
def test_a_text_costs_no_more_however_many_others_there_are_and_read_alike(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted are the comparisons and the entries of the index that are read, on no clock."""
    work = 0

    def compared(one: str, other: str) -> float:
        nonlocal work
        work += 1
        return alike(one, other)

    class Counted(Counter[int]):
        def update(self, some: Iterable[int] | None = None, /) -> None:  # type: ignore[override]  # of what a Counter's update may take, this is what is used
            nonlocal work
            found = list(some or ())
            work += len(found)
            super().update(found)

    monkeypatch.setattr(module, "alike", compared)
    monkeypatch.setattr(module, "Counter", Counted)
    others = [text.format(number, WORDS[number % len(WORDS)]) for number in range(1500)]
    nearest([f"{one} now" for one in others], others, least=0.5)
    assert 0 < work <= 1500 * 800
