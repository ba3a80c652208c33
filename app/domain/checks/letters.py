"""Letters: of one script within a word, of the language's alphabet, and the two apostrophes of Uzbek."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from app.domain.checks.masking import prose
from app.domain.checks.pair import Fault, Pair
from app.domain.checks.punctuation import nearest_row
from app.domain.languages import LANGUAGES
from app.domain.said import saying
from app.domain.segments import Tag

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*+")
_LATIN, _CYRILLIC = "a-zA-Z\u00aa\u00ba\u00c0-\u024f", "\u0400-\u052f"
_MIXED = re.compile(rf"[{_LATIN}](?=[{_CYRILLIC}])|[{_CYRILLIC}](?=[{_LATIN}])")
_TO_LATIN: Final = dict(zip("аеорсухіјѕһкАВЕКМНОРСТУХІЈЅҺёЁԛԝ", "aeopcyxijshkABEKMHOPCTYXIJSHëËqw", strict=True))
_TO_CYRILLIC: Final = {latin: cyrillic for cyrillic, latin in _TO_LATIN.items()} | {"h": "һ", "H": "Н"}
_ALONE = re.compile(r"(?<=[\u0400-\u052f] )[aceoyk](?= [\u0400-\u052f])")
_MOST = 3


def script(pair: Pair, at: int) -> Iterator[Fault]:
    """Find words with letters that only look like those of their script."""
    form, text = pair.target[at], prose(pair.target[at], pair.flags)
    if text.isascii():
        return
    words = [found for found in _WORD.finditer(text) if _MIXED.search(found[0])]
    words += _ALONE.finditer(text) if _scripts(pair.target_tag) == "Cyrl" else ()
    told = set[str]()
    for found in words:
        word, right = found[0], _in_one_script(found[0], pair.target_tag)
        if right == word or word in told or len(told) == _MOST:
            continue
        told.add(word)
        said = saying("%(word)s has letters of another script, which only look right", word=word)
        yield Fault(said, found.span(), None if right is None else _with(form, words, word, right))


def _with(form: str, words: list[re.Match[str]], word: str, right: str) -> str:
    letters = list(form)
    for found in words:
        if found[0] == word:
            letters[found.start() : found.end()] = list(right)
    return "".join(letters)


def _in_one_script(word: str, tag: Tag) -> str | None:
    """Return a word in one script if its other letters only look like that; the same where both are meant.

    A name in Latin capitals with an ending of the language (`CARICCнинг`) is meant so. None where nobody can tell.
    """
    runs = [(latin, "".join(run)) for latin, run in groupby(word, _is_latin)]
    if len(runs) == 2 and len(runs[0][1]) > 1 and runs[0][1].isupper() and runs[1][1].islower():
        return word
    to_cyrillic = all(letter in _TO_CYRILLIC for latin, run in runs if latin for letter in run)
    to_latin = all(letter in _TO_LATIN for latin, run in runs if not latin for letter in run)
    if to_cyrillic and (not to_latin or _scripts(tag) == "Cyrl"):
        return "".join(_TO_CYRILLIC.get(letter, letter) for letter in word)
    if to_latin:
        return "".join(_TO_LATIN.get(letter, letter) for letter in word)
    return word if len(runs) == 2 else None


def _is_latin(letter: str) -> bool:
    return letter < "\u0370"


def _scripts(tag: Tag) -> str:
    row = nearest_row(tag)
    return LANGUAGES[row].script if row else ""


def alphabet(pair: Pair, at: int) -> Iterator[Fault]:
    """Find letters that the alphabet of the language has not, but for those of names."""
    letters = _alphabet(pair.target_tag)
    if letters is None or (text := prose(pair.target[at], pair.flags)).isascii() or letters.fullmatch(text):
        return
    told = set[str]()
    for found in _WORD.finditer(text):
        word = unicodedata.normalize("NFC", found[0])
        strange = next((one for one in word if not letters.fullmatch(one)), "")
        if not strange or not word[0].islower() or _MIXED.search(word) or strange in told or len(told) == _MOST:
            continue
        if found[0] in pair.asked:  # it stands so in the source: a word of another language, or its name
            continue
        told.add(strange)
        said = saying(
            "the letter %(letter)s of %(word)s is not in the alphabet of this language", letter=strange, word=word
        )
        yield Fault(said, found.span())


@lru_cache(maxsize=64)
def _alphabet(tag: Tag) -> re.Pattern[str] | None:
    """Return what matches texts in a language's letters; those of the other script, and a to z, may be names."""
    row = nearest_row(tag)
    if row is None or not LANGUAGES[row].letters:
        return None
    own = "".join(LANGUAGES[row].letters)
    other = _LATIN if LANGUAGES[row].script == "Cyrl" else "a-zA-Z" + _CYRILLIC
    return re.compile(rf"(?:[{own}{own.upper()}{other}\u02b0-\u036f]|[^\w]|[\d_])*+")


_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘’`´ʼʻ′](?=([^\W\d_])?)")
_QUOTED = re.compile("‘(?=[^\\W\\d_])")


def apostrophes(pair: Pair, at: int) -> Iterator[Fault]:
    """Find apostrophes in Uzbek words that are not the letters ʻ (of oʻ and gʻ) and ʼ."""
    if nearest_row(pair.target_tag) != "uz":
        return
    form, text = pair.target[at], prose(pair.target[at], pair.flags)
    letters, first = list(form), None
    quoted = _QUOTED.search(text) is not None
    for found in _APOSTROPHE.finditer(text):
        place, behind = found.start(), found[1] or ""
        before = text[place - 1]
        wants = "ʻ" if before in "oOgG" else "ʼ"
        closes = not behind and (quoted or before not in "oOgG")
        foreign = behind.isupper() and not text[place - 1 : place + 3 : 2].isupper()
        name = behind.isupper() and not text[place + 2 : place + 3].isupper()
        if found[0] == wants or closes or foreign or name or (found[0] == "ʼ" and before in "oO"):
            continue
        letters[place] = wants
        first = first if first is not None else place
    if first is not None:
        said = saying(
            "the apostrophe of Uzbek words is %(right)s here, and not %(sign)s", right=letters[first], sign=form[first]
        )
        yield Fault(said, (first, first + 1), "".join(letters))
