"""Words of our languages in the letters a to z, as people of each language write them for strangers.

It is what a slug is proposed from: `Қазақстан` gives `qazaqstan`, and `Душанбе` `dushanbe`. Nothing is looked up by it,
so a better letter in these tables changes no address that there is.
"""

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Final

from slugify import slugify

from app.domain.casing import lowered
from app.domain.locales import nearest
from app.domain.segments import Tag

LONGEST_SLUG: Final = 80
"""Letters of a proposed slug: a whole headline reads badly in an address. What a person types may be longer."""

_APOSTROPHES = re.compile("(?<=\\w)['’‘`´ʼʻʹ′](?=\\w)|(?<=[oOgG])['’‘`´ʼʻʹ′]")

_PLAIN = dict(zip("абвгдезиклмнопрстуфы", "abvgdeziklmnoprstufy", strict=True)) | {
    "ч": "ch", "ш": "sh", "э": "e", "ц": "ts", "ъ": "", "ь": "",
}  # fmt: skip
_EAST_SLAVIC = {"ё": "yo", "ж": "zh", "й": "y", "х": "kh", "щ": "shch", "ю": "yu", "я": "ya"}

_RUSSIAN = _PLAIN | _EAST_SLAVIC
# Of 2021, without the marks: abai, toqaev, qyzyljar.
_KAZAKH = _PLAIN | dict(zip("әғжйқңөұүһхі", "agjiqnouuhhi", strict=True)) | {"ё": "io", "щ": "sh", "ю": "iu", "я": "ia"}
_KYRGYZ = _RUSSIAN | {"ж": "j", "ң": "ng", "ө": "o", "ү": "u"}
_TAJIK = _RUSSIAN | {"ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h", "ҷ": "j"}
_UZBEK = _RUSSIAN | {"ж": "j", "х": "x", "щ": "sh", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h"}
_TURKMEN = {"ç": "ch", "ä": "a", "ž": "zh", "ň": "n", "ö": "o", "ş": "sh", "ü": "u", "ý": "y"}

_TABLES: Final[Mapping[Tag, Mapping[str, str]]] = {
    Tag("ru"): _RUSSIAN,
    Tag("kk"): _KAZAKH,
    Tag("ky"): _KYRGYZ,
    Tag("tg"): _TAJIK,
    Tag("tk"): _TURKMEN,
    Tag("uz"): {"ş": "sh", "ç": "ch", "ö": "o", "ğ": "g"},  # of the alphabet of 2026
    Tag("uz-Cyrl"): _UZBEK,
    Tag("az"): dict(zip("əıçöüğş", "eicougs", strict=True)),
}
_UZBEK_YE = re.compile("(^|(?<=[аеёиоуэюяўъь\\W]))е")  # Европа is Yevropa, поезд is poyezd


def latin(text: str, tag: Tag) -> str:
    """Return a text in small letters a to z, as far as its language is one of ours; other letters stay as they are.

    A word of another of our languages is read by its own letters where the language's table lacks them.
    """
    try:
        row = nearest(tag, _TABLES)
    except ValueError:  # neither we nor CLDR know it
        row = None
    small = lowered(unicodedata.normalize("NFC", _APOSTROPHES.sub("", text)), tag)
    if row == "uz-Cyrl":
        small = _UZBEK_YE.sub("ye", small)
    letters = {} if row is None else {**_KAZAKH, **_TAJIK, **_RUSSIAN, **_TABLES[row]}
    return small.translate(str.maketrans(dict[str, str | int | None](letters)))


def slug_of(title: str, tag: Tag) -> str:
    """Return a slug proposed for a title: letters a to z and digits joined by hyphens; empty if none can be made."""
    return slugify(latin(title[: 10 * LONGEST_SLUG], tag), max_length=LONGEST_SLUG, word_boundary=True, save_order=True)


def free(proposed: str, taken: Container[str]) -> str:
    """Return a name, or the first of it with `-2`, `-3` … at its end that isn't taken."""
    number, name = 1, proposed
    while name in taken:
        number += 1
        name = f"{proposed}-{number}"
    return name
