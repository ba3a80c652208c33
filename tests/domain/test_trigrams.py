"""By what a text is found again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.trigrams import folded, telling, trigrams

TEXTS = st.text(alphabet="аеокмрст .,1", max_size=60)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Меморандум, подписан!", "меморандум подписан"),
        ("Ёлка и ёж", "елка и еж"),
        ("oʻzbek Oʻzbek o'zbek o‘zbek", "ozbek ozbek ozbek ozbek"),
        ("От 18 марта 2026 г.", "от 0 марта 0 г"),
        ("%(count)s файлов", "count s файлов"),
        ("— … —", ""),
    ],
)
def test_case_signs_apostrophes_and_the_values_of_numbers_are_no_difference(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_a_text_has_as_many_trigrams_as_letters_with_a_space_on_either_side() -> None:
    assert len(trigrams("центр", salt="x")) == 5
    assert len(trigrams("а", salt="x")) == 1
    assert set(trigrams("борб", salt="x", whole=False)) < set(trigrams("борбор", salt="x"))


def test_languages_share_no_trigram() -> None:
    assert not set(trigrams("меморандум", salt="sru>ky")) & set(trigrams("меморандум", salt="sru>kk"))


@given(TEXTS, TEXTS, st.integers(2, 20), st.integers(1, 50))
def test_a_text_is_looked_for_by_some_of_its_own_trigrams_and_by_what_is_rare(
    text: str, other: str, most: int, budget: int
) -> None:
    wanted = trigrams(folded(text), salt="x")
    counts = Counter(trigrams(folded(other), salt="x"))
    chosen = telling(wanted, counts, most=most, budget=budget)
    assert len(chosen) == len(set(chosen)) <= most
    assert set(chosen) <= set(wanted)
    assert bool(chosen) is bool(wanted)
    assert set(telling(wanted, {}, most=1000, budget=budget)) == set(wanted)


def test_every_stretch_of_a_text_gives_one_so_that_a_rare_word_may_differ() -> None:
    wanted = range(100)
    counts = {number: 0 if number < 10 else 5 for number in wanted}  # the rarest stand in one word
    assert max(telling(wanted, counts, most=8, budget=1000)) >= 75
