"""Whom a comment calls by name."""

import pytest

from app.domain.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@aigul, please look", ("aigul",)),
        ("Ask @Aigul (or @bolat.k), @aigul!", ("aigul", "bolat.k")),
        ("Ends a sentence: @bolat.", ("bolat",)),
        ("press@example.org", ()),
        ("@@aigul and a@b", ()),
        ("Сұра: @aigul-2…", ("aigul-2",)),
        ("@", ()),
    ],
)
def test_a_name_behind_an_at_calls_somebody_and_an_address_calls_nobody(text: str, names: tuple[str, ...]) -> None:
    assert mentioned(text) == names
