"""Letters that a keyboard lacks can be clicked, or made of the plain one that was typed."""

import pytest

from app.domain.languages import LANGUAGES
from app.domain.letters import kin, special
from app.domain.segments import Tag


@pytest.mark.parametrize(
    ("tag", "some"),
    [("ky", "ңҢөӨүҮ«»"), ("kk", "әғқңөұүһіІ"), ("tg", "ғӣқӯҳҷҶ"), ("tk", "çäžňöşüýÝ“”"), ("ru", "ёЁ«»„“—")],
)
def test_each_language_has_its_own(tag: str, some: str) -> None:
    assert set(some) <= set(special(LANGUAGES[Tag(tag)]))


def test_uzbek_has_two_signs_that_no_keyboard_has() -> None:
    assert {"oʻ", "Gʻ", "ʼ"} <= set(special(LANGUAGES[Tag("uz")]))
    assert ["'", "ʻ", "ʼ"] in [list(circle) for circle in kin(LANGUAGES[Tag("uz")])]


def test_kin_begin_with_the_letter_that_people_type_and_each_letter_is_in_one_circle() -> None:
    for language in LANGUAGES.values():
        circles = kin(language)
        letters = [letter for circle in circles for letter in circle]
        assert len(letters) == len(set(letters))
        assert all(len(circle) > 1 for circle in circles)
    assert ["у", "ұ", "ү"] in [list(circle) for circle in kin(LANGUAGES[Tag("kk")])]
