"""What counts as the same word to somebody who searches: every rule and table of it is here, with its reason.

A word has two folds. Words of one *exact* fold differ in case, in ways of writing the same letter, and in endings where
a stemmer knows them. Words of one *loose* fold look alike on a keyboard that lacks the language's letters. Both are
letters and digits alone, at most `LONGEST` of them, so they can stand in any database's query. The same functions fold
a text before it is stored and a question before it is asked; the database compares, and knows nothing of languages.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from app.domain.casing import lowered
from app.domain.segments import Tag

LONGEST: Final = 40
"""Letters of a fold; what is longer (an address, a joke) is cut, in texts and in questions alike."""

APOSTROPHES: Final = "'’‘`´ʼʻʹ′"
"""However an apostrophe is typed."""

ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_MARKS = "\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670"
_HYPHENS = "-\u2010\u2011"
_UNSEEN = "\u00ad\u200c-\u200f\u2060"  # soft hyphens, joiners and marks of direction stand inside words
_WORD = re.compile(
    rf"[^\W_](?:[^\W_{APOSTROPHES}]|[{_MARKS}{_UNSEEN}]|[{APOSTROPHES}](?=[^\W_])|(?<=[oOgG])[{APOSTROPHES}])*"
)


@dataclass(frozen=True, slots=True)
class Fold:
    """A word as it is compared; see the module."""

    exact: str
    loose: str


# Letters that a Russian keyboard lacks, and what is typed in their place. Marks above letters (ӣ ў й ё, ä ň ş) are
# taken off by rule. In Tajik typed so Тоҷикистон becomes Точикистон; hard signs are left out.
_ON_A_RUSSIAN_KEYBOARD = dict(zip("қңғәөұүһіҳҷѓќђјҝ", "кнгаоуухихчгкдйк", strict=True)) | {"ъ": ""}

# Latin letters that Unicode doesn't take apart into a plain one and a mark.
_ON_A_LATIN_KEYBOARD = {"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"}

# Persian and Arabic keyboards differ in the code points of two letters.
_ON_AN_ARABIC_KEYBOARD = {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"}

_LOOSE = str.maketrans(_ON_A_RUSSIAN_KEYBOARD | _ON_A_LATIN_KEYBOARD | _ON_AN_ARABIC_KEYBOARD)

# Latin letters that look Cyrillic, and h for Kazakh һ, are the commonest damage of Cyrillic words. A word that has
# other Latin letters too (`CARICCнинг`) is left alone.
_LOOK_ALIKE = str.maketrans("aceopxyikh", "асеорхуикх")
_CYRILLIC = re.compile("[а-яёѐ-ӿ]")
_OTHER_LATIN = re.compile("[bdfgjlmnqrstuvwz]")

# Uzbek has one written language in three alphabets. The form that they meet in has ö and ğ of the reformed one, so that
# oʻ is one letter however its apostrophe was typed, and sh and ch of the present one.
_UZBEK_APOSTROPHE = re.compile("([og])'")
_UZBEK_LATIN = str.maketrans({"ş": "sh", "ç": "ch"})
_UZBEK_REFORMED = {"o": "ö", "g": "ğ"}
_UZBEK_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцыэўқғҳ", "abvgdejziyklmnoprstufxsieöqğh", strict=True))
    | {"ё": "yo", "ю": "yu", "я": "ya", "ш": "sh", "ч": "ch", "щ": "sh", "ъ": "", "ь": ""}
)
_UZBEK_YE = re.compile(r"(^|(?<=[аеёиоуэюяўъь]))е")  # Европа is Yevropa, поезд is poyezd, Тошкент is Toshkent
_UZBEK_TS = re.compile(r"(?<=[аеёиоуэюяў])ц")  # милиция is militsiya, цирк is sirk, конференция is konferensiya
_UZBEK_MONTH = re.compile("(sent|okt)yab(?=r)")  # сентябрь and октябрь are sentabr and oktabr
# Without oʻ and gʻ on a keyboard Ўзбекистон is typed Узбекистон, ozbekiston and uzbekiston; қ and ҳ become к and х.
_UZBEK_LOOSE = str.maketrans({"u": "o", "q": "k", "h": "x"})

# Turkmen letters have been written for strangers in two, as in Ashgabat, since before they had their signs.
_TURKMEN_PAIRS = re.compile("([scz])h+")


def alike(text: str) -> str:
    """Return a text as a filter compares it: capitals and compatible letters are the same (Unicode, NFKC, caseless)."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text with their places: letters and digits, with what stands inside a word and is none."""
    return _WORD.finditer(text)


def folds(text: str, tag: Tag) -> Iterator[tuple[Fold, Fold | None, int]]:
    """Yield the folds of a text's words: of each its own, what it makes with those that hyphens join it to, its place.

    Of `co-operation` both words are `cooperation` too, which is how others write it; a longer chain is no word.
    """
    run, end = list[re.Match[str]](), 0
    for word in words(text):
        if run and (word.start() != end + 1 or text[end] not in _HYPHENS):
            yield from _joined(run, tag)
            run.clear()
        run.append(word)
        end = word.end()
    yield from _joined(run, tag)


def _joined(run: list[re.Match[str]], tag: Tag) -> Iterator[tuple[Fold, Fold | None, int]]:
    whole = "".join(word[0] for word in run)
    joined = fold(whole, tag) if len(run) > 1 and len(whole) <= LONGEST else None
    for word in run:
        if found := fold(word[0], tag):
            yield found, joined, word.start()


def word_at(text: str, start: int) -> int:
    """Return where the word ends that begins there, `start` itself where none does."""
    found = _WORD.match(text, start)
    return found.end() if found else start


def fold(word: str, tag: Tag) -> Fold | None:
    """Return the two folds of a word of a language; None if nothing of it can be compared."""
    return _fold(word, tag.partition("-")[0])


def little(word: Fold, tag: Tag) -> bool:
    """Tell whether a word of a question says nothing of what is meant, such as `of`, `и`, `және`."""
    return word.exact in _LITTLE.get(tag.partition("-")[0], ())


def stemmed(tag: Tag) -> bool:
    """Tell whether endings of this language are known; where they aren't, a word is found by its beginning."""
    return tag.partition("-")[0] in _STEMS


@lru_cache(maxsize=1 << 15)
def _fold(word: str, language: str) -> Fold | None:
    letters = unicodedata.normalize("NFKC", word.translate(ONE_APOSTROPHE))
    letters = _EXACT.get(language, _without_yo)(lowered(letters, Tag(language)))
    exact = "".join(filter(str.isalnum, letters))[:LONGEST]
    if exact and language in _STEMS:
        exact = _STEMS[language](exact)
    return Fold(exact, _loosened(exact, language) or exact) if exact else None


def _without_yo(letters: str) -> str:
    """Write е for ё, as most people do in Russian and in the Russian words of their own language."""
    return letters.replace("ё", "е")


def _as_it_is(letters: str) -> str:
    """Keep ё, which is a letter like any other in Tajik."""
    return letters


def _uzbek(letters: str) -> str:
    """Return an Uzbek word of any of the three alphabets in the form that they meet in."""
    letters = _UZBEK_APOSTROPHE.sub(lambda found: _UZBEK_REFORMED[found[1]], letters)
    letters = _UZBEK_TS.sub("тс", _UZBEK_YE.sub("йе", letters))
    return _UZBEK_MONTH.sub(r"\1ab", letters.translate(_UZBEK_LATIN).translate(_UZBEK_CYRILLIC))


_EXACT: Mapping[str, Callable[[str], str]] = {"uz": _uzbek, "tg": _as_it_is}


def _loosened(exact: str, language: str) -> str:
    """Return a word's exact fold as it would be typed without the language's own letters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", exact) if not unicodedata.combining(letter))
    plain = plain.translate(_LOOSE)
    if _CYRILLIC.search(plain) and not _OTHER_LATIN.search(plain):
        plain = plain.translate(_LOOK_ALIKE)
    return _LANGUAGE_LOOSE.get(language, _as_it_is)(plain)[:LONGEST]


_LANGUAGE_LOOSE: Mapping[str, Callable[[str], str]] = {
    # Evropa and Yevropa, konferentsiya and konferensiya
    "uz": lambda plain: re.sub("y+(?=e)|t+(?=s)", "", plain.translate(_UZBEK_LOOSE)),
    "tk": lambda plain: _TURKMEN_PAIRS.sub(r"\1", plain),
    # British and American: organisation and organization, centre (its stem is centr) and center
    "en": lambda plain: re.sub("(?<![aeiouy])er$", "r", plain.replace("z", "s")),
}

_STEMS: Mapping[str, Callable[[str], str]] = {
    # A stemmer keeps its state in itself and costs next to nothing to make: each word has its own, whatever the thread.
    "en": lambda word: str(EnglishStemmer().stemWord(word)),
    "ru": lambda word: str(RussianStemmer().stemWord(word)),
}

_LITTLE: Mapping[str, frozenset[str]] = {
    language: frozenset(found.exact for word in line.split() if (found := _fold(word, language)))
    for language, line in {
        "en": "a an and at by for from in of on or the to with",
        "ru": "в во для за и из или к ко на о об от по при с со у",
        "kk": "мен пен бен және үшін туралы",
        "ky": "жана менен үчүн жөнүндө тууралуу",
        "tg": "ва дар аз ба бо барои бораи",
        "tk": "we bilen üçin hakynda barada",
        "uz": "va bilan uchun haqida",
    }.items()
}
