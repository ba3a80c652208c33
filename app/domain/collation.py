"""Alphabetical order as the alphabet of the language has it; code points are wrong in every language but English.

What differs first decides: the letters, then their case (small before capital), then accents that the alphabet doesn't
know. White space and signs come before digits, digits before letters, letters of other scripts last.
"""

import unicodedata
from functools import lru_cache

from app.domain.casing import lowered
from app.domain.locales import language, nearest
from app.domain.segments import Tag

# What a foreign word may hold: in Uzbek `c` and `w`, in Tajik `ц` and `ы` stand where the older alphabet has them.
_WHOLE = {"Latn": "abcdefghijklmnopqrstuvwxyz", "Cyrl": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}

# In Uzbek `ng` counts as a letter but never begins a word, and can't be told from `n` before `g`: it sorts as these.
_SPELLED_OUT = {"ng"}

# Russian may write ё as е, so that its dictionaries keep both together; elsewhere ё is a letter of its own.
_ONLY_ACCENTED = {Tag("ru"): "ё"}

_TURNED_COMMA, _TUTUQ = "ʻ", "ʼ"  # U+02BB makes oʻ and gʻ, U+02BC is the sign in maʼno
_OH = "oʻ"  # an alphabet that has this letter is Uzbek
_APOSTROPHES = dict.fromkeys(map(ord, "'‘’`´ʻʼʹ"), _TUTUQ)

_SIGN, _DIGIT, _LETTER, _FOREIGN = range(4)

SortKey = tuple[tuple[tuple[int, int], ...], tuple[bool, ...], tuple[str, ...], str]
"""Letters, capitals, accents, and the text itself so that equal keys mean equal texts."""


def sort_key(text: str, tag: Tag) -> SortKey:
    """Return what to sort a text by in a language; ValueError if neither we nor CLDR know it."""
    order = _order(tag)
    letters, capitals, accents = [], [], []
    for written in _letters(unicodedata.normalize("NFC", text), tag, order):
        small = lowered(written, tag)
        base, accent = (small, "") if small in order else _split(small)
        if base == _TUTUQ and _OH in order:
            accents.append(base)  # maʼno stands where mano would
            continue
        letters.append(_weight(base, order))
        capitals.append(small != written)
        accents.append(accent)
    return tuple(letters), tuple(capitals), tuple(accents), text


@lru_cache(maxsize=256)
def _order(tag: Tag) -> dict[str, int]:
    """Return the place of each letter: the alphabet, with the script's other letters after their neighbours in it."""
    known = language(tag)
    letters = [letter for letter in known.letters if letter not in _SPELLED_OUT]
    for before, letter in zip(" " + _WHOLE.get(known.script, ""), _WHOLE.get(known.script, ""), strict=False):
        if letter not in letters:
            letters.insert(letters.index(before) + 1 if before in letters else 0, letter)
    accented = _ONLY_ACCENTED.get(nearest(tag, _ONLY_ACCENTED) or tag, "")
    return {letter: place for place, letter in enumerate(letters) if letter not in accented}


def _letters(text: str, tag: Tag, order: dict[str, int]) -> list[str]:
    """Cut a text into the letters of the alphabet; two signs that are one letter stay together."""
    if _OH in order:
        text = text.translate(_APOSTROPHES)
        for letter in "oOgG":
            text = text.replace(letter + _TUTUQ, letter + _TURNED_COMMA)
    cut, at = [], 0
    while at < len(text):
        size = 2 if lowered(text[at : at + 2], tag) in order else 1
        cut.append(text[at : at + size])
        at += size
    return cut


def _split(letter: str) -> tuple[str, str]:
    """Take a letter apart into what it stands on and its accents: é is e with an acute."""
    apart = unicodedata.normalize("NFD", letter)
    return apart[:1], apart[1:]


def _weight(base: str, order: dict[str, int]) -> tuple[int, int]:
    if base in order:
        return _LETTER, order[base]
    if base.isdigit():
        return _DIGIT, unicodedata.digit(base)
    return (_FOREIGN if base.isalpha() else _SIGN), ord(base)
