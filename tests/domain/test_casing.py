import pytest

from app.domain.casing import lowered, titled
from app.domain.segments import Tag


@pytest.mark.parametrize(
    ("tag", "text", "small"),
    [("az", "QIZIL İŞIQ", "qızıl işıq"), ("tr", "IĞDIR", "ığdır"), ("tk", "IÝUN", "iýun"), ("uz", "IYUN", "iyun"),
     ("kk", "ҚАЗАҚ ІНІ", "қазақ іні"), ("az-Cyrl", "ҒЫЗ", "ғыз")],
)  # fmt: skip
def test_small_letters_are_those_of_the_language(tag: str, text: str, small: str) -> None:
    assert lowered(text, Tag(tag)) == small


@pytest.mark.parametrize(
    ("tag", "text", "title"),
    [("az", "iyun 2026", "İyun 2026"), ("tk", "iýun 2026", "Iýun 2026"), ("ru", "март", "Март"),
     ("ka", "მარტი", "მარტი"), ("en", "", ""), ("uz", "2026-yil, mart", "2026-yil, mart")],
)  # fmt: skip
def test_a_capital_at_the_beginning_is_that_of_the_language(tag: str, text: str, title: str) -> None:
    assert titled(text, Tag(tag)) == title
