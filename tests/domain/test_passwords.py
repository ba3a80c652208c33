"""Which passwords are taken."""

import pytest

from app.domain.passwords import Weakness, normal, weakness

ANA = ("ana", "Ana Ivanova", "ana.ivanova")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "жүз бір түн хикаясы",
        "k9#Lm2$vQ8!z",
        "дом река облако весна",
        "ana likes oranges & tea",
    ],
)
def test_a_long_password_in_any_letters_is_taken(password: str) -> None:
    assert weakness(normal(password), about=ANA) is None


@pytest.mark.parametrize("length", [64, 128, 256])
def test_a_password_may_be_as_long_as_a_sentence(length: int) -> None:
    assert weakness(normal(("the river does not ask the mountain where to go " * 6)[:length]), about=ANA) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.SHORT),
        ("elevenchars", Weakness.SHORT),
        ("x1" * 200, Weakness.LONG),
        ("aaaaaaaaaaaaaaaa", Weakness.PLAIN),
        ("123456789012", Weakness.PLAIN),
        ("qwertyuiop[]", Weakness.PLAIN),
        ("йцукенгшщзхъ", Weakness.PLAIN),
        ("Password1234!", Weakness.PLAIN),
        ("Пароль-2026-!", Weakness.PLAIN),
        ("ana ivanova 1", Weakness.PERSONAL),
        ("IvanovaAna2026", Weakness.PERSONAL),
    ],
)
def test_what_others_would_try_first_is_not(password: str, why: Weakness) -> None:
    assert weakness(normal(password), about=ANA) is why


def test_the_same_letters_typed_by_another_keyboard_are_the_same_password() -> None:
    assert normal("cafe\u0301 au lait, deux") == normal("caf\u00e9 au lait, deux")
