"""The languages we know ourselves: one table, so that a native reader's correction is one line.

A language that isn't here is derived from CLDR by `locales.language`. Letters are in alphabetical order, in lower case;
letters that are written with two signs stand as such. The Uzbek ones hold U+02BB, which is not an apostrophe.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.segments import Tag


class Direction(StrEnum):
    """Which way a line runs: the value of HTML's `dir`."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Quotation marks: the outer pair, and the inner pair for a quotation within a quotation."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All spellings of one locale, so that they never mix, and what a program has to know of its writing.

    `tag` is BCP 47, for URLs and `lang`; `babel` names folders of catalogues and Babel's data; `endonym` is what
    speakers call the language, as it stands in the language switch; `script` is ISO 15924. `letters` is the alphabet,
    empty where we don't know it. `plural_forms` is the value of a new catalogue's Plural-Forms header.
    """

    tag: Tag
    babel: str
    endonym: str
    script: str
    direction: Direction = Direction.LTR
    letters: tuple[str, ...] = ()
    quotes: Quotes = Quotes()
    plural_forms: str


_ONE_OTHER = "nplurals=2; plural=(n != 1);"
_RUSSIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"

_LOW = Quotes(opening="«", closing="»", inner_opening="„", inner_closing="“")
_HIGH = Quotes(opening="«", closing="»", inner_opening="“", inner_closing="”")


def _language(
    tag: str,
    endonym: str,
    script: str,
    letters: str | tuple[str, ...],
    *,
    quotes: Quotes = Quotes(),
    plural_forms: str = _ONE_OTHER,
) -> Language:
    return Language(
        tag=Tag(tag),
        babel=tag.replace("-", "_"),
        endonym=endonym,
        script=script,
        letters=tuple(letters),
        quotes=quotes,
        plural_forms=plural_forms,
    )


_ROWS = (
    _language("en", "English", "Latn", "abcdefghijklmnopqrstuvwxyz"),
    _language("ru", "Русский", "Cyrl", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", quotes=_LOW, plural_forms=_RUSSIAN),
    _language("kk", "Қазақша", "Cyrl", "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", quotes=_HIGH),
    _language("ky", "Кыргызча", "Cyrl", "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", quotes=_LOW),
    # CLDR gives Tajik “ ”; its newsrooms print « ».
    _language("tg", "Тоҷикӣ", "Cyrl", "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя", quotes=_LOW),
    _language("tk", "Türkmençe", "Latn", "abçdeäfghijžklmnňoöprsştuüwyýz"),
    _language("uz", "Oʻzbekcha", "Latn", (*"abdefghijklmnopqrstuvxyz", "oʻ", "gʻ", "sh", "ch", "ng")),
    _language("uz-Cyrl", "Ўзбекча", "Cyrl", "абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ", quotes=_HIGH),
    # Not shipped: the example of docs/adding-a-language.md.
    _language("az", "Azərbaycanca", "Latn", "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"),
)

LANGUAGES: dict[Tag, Language] = {row.tag: row for row in _ROWS}
"""By tag, in the order of the sample site's language switch."""
