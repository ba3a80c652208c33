"""Numbers up to ten in words, months, and thousands, by the beginnings of the words: what may stand for digits.

One table a language, so that a native reader's correction is one line.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from app.domain.dateforms import date_forms
from app.domain.locales import nearest
from app.domain.segments import NO_LANGUAGE, Tag

# From one to ten; what has several beginnings has them with a stroke between them.
_NUMBERS: Final[dict[Tag, str]] = {
    Tag("en"): "one/first/once two/second/twice/both three/third four five/fifth six seven eight nine/ninth ten",
    Tag(
        "ru"
    ): "один/одн/перв дв/втор/оба/обе тр/трет/трех/трёх четыр/четвер/четвёр пят шест сем/седьм восем/восьм девят десят",
    Tag("kk"): "бір екі үш төрт бес алты жеті сегіз тоғыз он",
    Tag("ky"): "бир эки үч төрт беш алты жети сегиз тогуз он",
    Tag("tg"): "як ду/дуюм се/сеюм чор/чаҳор панҷ шаш ҳафт ҳашт нӯҳ даҳ",
    Tag("tk"): "bir iki/ikinji üç dört bäş alty ýedi sekiz dokuz on",
    Tag("uz"): "bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz oʻn",
    Tag("uz-Cyrl"): "бир икки уч тўрт беш олти етти саккиз тўққиз ўн",
    Tag("az"): "bir iki üç dörd beş altı yeddi səkkiz doqquz on",
}
_SCALES: Final = {
    **dict.fromkeys(("thousand", "тыс", "мың", "миң", "ҳазор", "müň", "ming", "минг", "min"), 1000),
    **dict.fromkeys(("hundred", "сто", "жүз", "сад", "ýüz", "yuz", "юз", "yüz"), 100),
    **dict.fromkeys(("million", "млн", "миллион"), 1_000_000),
    **dict.fromkeys(("billion", "млрд", "миллиард", "milliard"), 1_000_000_000),
}
_ENDINGS: Final = 4  # letters that may stand behind a word's beginning
_MAY: Final = re.compile(r"may|ма[йяюеи]|маем|май(?:ы|и|да|дын|га)|ma[yý](?:da|dan|ning|yň|ga|a)?|мамыр\w{0,5}")


def scale_of(word: str) -> int:
    """Return by what a word multiplies, thousand or more; 1 if it doesn't."""
    word = word.casefold()
    return next((scale for stem, scale in _SCALES.items() if word.startswith(stem)), 1)


def number_of(word: str, tag: Tag) -> int:
    """Return the number from 1 to 10 that a word may name, or 0."""
    word = word.casefold()
    for stem, number in _stems(tag):
        if word == stem or (len(stem) > 2 and word.startswith(stem) and len(word) <= len(stem) + _ENDINGS):
            return number
    return 0


@lru_cache(maxsize=64)
def _stems(tag: Tag) -> tuple[tuple[str, int], ...]:
    row = _row(tag)
    words = _NUMBERS[row].split() if row else []
    return tuple((stem, number) for number, word in enumerate(words, 1) for stem in word.split("/"))


def month_of(word: str, tag: Tag) -> int:
    """Return the month from 1 to 12 that a word names in a language, in whatever case of grammar, or 0."""
    plain = word.casefold()
    if _MAY.fullmatch(plain):
        return 5 if spoken(tag) != "en" or word[:1].isupper() else 0
    for stem, month in _months(spoken(tag)).get(plain[:3], ()):
        if plain.startswith(stem) and len(plain) <= len(stem) + 2 * _ENDINGS:
            return month if spoken(tag) != "en" or word[:1].isupper() else 0
    return 0


@lru_cache(maxsize=64)
def _months(tag: Tag) -> dict[str, list[tuple[str, int]]]:
    try:
        forms = date_forms(tag)
    except ValueError:
        return {}
    found: dict[str, list[tuple[str, int]]] = {}
    for names in (forms.months, forms.headings):
        for month, name in enumerate(names, 1):
            stem = name.casefold().rstrip("ьяйиыуеіiyýаұ.")
            if len(stem) > 2 and month != 5:
                found.setdefault(stem[:3], []).append((stem, month))
    return found


def spoken(tag: Tag) -> Tag:
    """Return the language of a text; the msgids of a template are taken for English."""
    return Tag("en") if tag == NO_LANGUAGE else tag


def _row(tag: Tag) -> Tag | None:
    try:
        return nearest(spoken(tag), _NUMBERS)
    except ValueError:
        return None


def roman(word: str) -> int:
    """Return the value of a Roman numeral (its letters may be Cyrillic ones that look like them), or 0."""
    letters = word.translate(str.maketrans("ІХСМ", "IXCM"))
    if not 0 < len(letters) <= 15 or not set(letters) <= set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def named(words: Iterator[str], tag: Tag) -> Iterator[int]:
    """Yield every number that words may name: numbers up to ten, alone and multiplied, Roman ones, months."""
    before = 0
    for word in words:
        number, scale = number_of(word, tag), scale_of(word)
        yield from (one for one in (number, roman(word), month_of(word, tag)) if one)
        if scale > 1:
            yield scale * (before or 1)
        before = number
