"""Where a line of running text may not end: spaces that become no-break spaces, by the habits of each language.

Sparing on purpose: on a phone a line has thirty letters, and every bond makes the margin more ragged. Nothing but
spaces and line ends is ever changed, so a text can still be searched and copied.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.dateforms import date_forms
from app.domain.dates import NO_BREAK_SPACE
from app.domain.locales import language, nearest
from app.domain.segments import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a language keeps on one line.

    Words with spaces between them: bound to what follows, to what they follow, and to a number before them.
    """

    leading: str = ""
    trailing: str = ""
    counted: str = ""


_HABITS: dict[Tag, Habits] = {
    # Russian typesetters leave no preposition or conjunction of one or two letters at the end of a line, and begin none
    # with a particle that belongs to the word before it.
    Tag("ru"): Habits(
        leading="а в во до за и из к ко на не ни но о об от по с со у",
        trailing="б бы ж же ли",
        counted="г гг год года году годы лет тыс руб долл",
    ),
    # The particles of Kazakh, Kyrgyz and Azerbaijani are enclitics; prepositions there are none.
    Tag("kk"): Habits(trailing="да де та те ма ме ба бе па пе", counted="ж жж жыл жылы жылғы жылдың мың"),
    Tag("ky"): Habits(trailing="да де до дө", counted="ж жыл жылы миң"),
    Tag("az"): Habits(trailing="da də", counted="il min"),
    # Tajik prepositions of two letters, set as in Russian.
    Tag("tg"): Habits(leading="аз ба бе бо то соли", counted="сол ҳазор"),
    Tag("tk"): Habits(counted="ýyl müň"),
    Tag("uz"): Habits(counted="yil ming"),
    Tag("uz-Cyrl"): Habits(counted="йил минг"),
    Tag("en"): Habits(counted="per million billion"),
}

_UNITS = {"Cyrl": "кг г т км м см мм га л млн млрд", "Latn": "kg g t km m cm mm ha l mln mlrd"}

_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x530)) if letter.isupper())
_EVERYWHERE = (
    r"[ \n](?=[–—](?:\s|\Z))",  # no line begins with a dash
    r"(?<=[№§])[ \n](?=\d)",
    r"(?<=\d)[ \n](?=\d{3}(?!\d)|[%‰])",  # 1 234 567; 35 %
    rf"(?<!\w)[{_CAPITALS}]\.[ \n](?=\w)",  # a name's initials
    r"(?<!\w)[^\W\d_]\.[ \n](?=[^\W\d_]\.)",  # т. е.
)


def bound(text: str, tag: Tag) -> str:
    """Return a text of the language in which what belongs together stays on one line.

    ValueError if neither we nor CLDR know the language.
    """
    return _pattern(tag).sub(lambda found: found[0][:-1] + NO_BREAK_SPACE, text)


def habits(tag: Tag) -> Habits:
    """Return which words of a language stay with their neighbours; ValueError if neither we nor CLDR know it."""
    return _HABITS.get(nearest(tag, _HABITS) or tag, Habits())


@lru_cache(maxsize=256)
def _pattern(tag: Tag) -> re.Pattern[str]:
    """Return what finds a space that stays, with the word before it where that decides."""
    ours = habits(tag)
    months = [name for name in date_forms(tag).months if len(name) > 2]  # CLDR has mere numbers for some languages
    units = f"{ours.counted} {_UNITS.get(language(tag).script, '')}".split()
    rules = [
        *_EVERYWHERE,
        rf"(?<=\d)[ \n](?=(?i:{_any(units)})(?!\w)|(?i:{_any(months)}))",  # a month may have an ending
        rf"(?<![\w-])(?i:{_any(ours.leading.split())})[ \n](?=\S|\Z)",
        rf"[ \n](?=(?i:{_any(ours.trailing.split())})(?![\w-]))",
    ]
    return re.compile("|".join(rules))


def _any(words: list[str]) -> str:
    """Return a pattern for any of the words; of none it finds nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
