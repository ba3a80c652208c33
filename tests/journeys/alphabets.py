"""Which letters a language writes with, for tests alone: words that mix alphabets are the commonest damage."""

import re
import unicodedata

LETTERS = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "tk": "abçdeäfghijžklmnňoöprsştuüwyýz",
    "uz": "abdefghijklmnopqrstuvxyzʻʼ",
}
ASCII = set("abcdefghijklmnopqrstuvwxyz")


def strange_words(locale: str, text: str) -> list[str]:
    """Return the words that are neither wholly in the language's own letters nor wholly in plain Latin ones."""
    assert unicodedata.is_normalized("NFC", text)
    alphabet = set(LETTERS.get(locale, "")) | (ASCII if locale == "uz" else set())
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    return sorted(word for word in words if not (set(word) <= alphabet or set(word) <= ASCII))
