"""Names of countries, from CLDR and from a table of corrections over it, and their alphabetical order."""

import re
from collections.abc import Iterable

from babel.core import get_global
from babel.languages import get_official_languages

from app.domain.collation import sort_key
from app.domain.locales import cldr, nearest
from app.domain.segments import Tag

_CODE = re.compile(r"(?!ZZ)[A-Z]{2}", re.ASCII)  # CLDR also names continents by number, and ZZ `unknown`
_EVERY = Tag("en")  # CLDR's one language that names them all

_CORRECTIONS: dict[Tag, dict[str, str]] = {
    # CLDR: Киргизия, the Soviet name; the country itself and its neighbours' diplomats write Кыргызстан.
    Tag("ru"): {"KG": "Кыргызстан"},
    # CLDR: Әзірбайжан; Kazakhstan's state offices and newsrooms write it with е.
    Tag("kk"): {"AZ": "Әзербайжан"},
    # CLDR: Русия, as in literature and in Iran's Persian; Tajikistan's state offices write Россия.
    Tag("tg"): {"RU": "Россия"},
}


def country_name(code: str, tag: Tag) -> str:
    """Return the name of a country (ISO 3166 code, upper case) in a language, or in English where CLDR has no other.

    ValueError if there is no such language or country.
    """
    row = nearest(tag, _CORRECTIONS)
    if not is_country(code):
        raise ValueError(f"no country: {code[:10]!r} (two letters of ISO 3166, as in KZ)")
    name = (row and _CORRECTIONS[row].get(code)) or cldr(tag).territories.get(code)
    return str(name or cldr(_EVERY).territories[code])


def is_country(code: str) -> bool:
    """Tell whether ISO 3166 and CLDR know a country by this code."""
    return bool(_CODE.fullmatch(code)) and code in cldr(_EVERY).territories


def languages_of(code: str) -> tuple[str, ...]:
    """Return the official languages of a country (a code in any case), as CLDR has them; none of what is no country.

    First those that are at home there: of Kazakhstan CLDR names Russian before Kazakh, since more people can write it.
    """
    official = get_official_languages(code.upper(), de_facto=True) if is_country(code.upper()) else ()
    home = get_global("likely_subtags")
    return tuple(sorted(official, key=lambda one: not home.get(one, "").endswith(f"_{code.upper()}")))


def likely_country(tag: Tag) -> str:
    """Return the country that a language's tag names, else the one that CLDR's likely subtags do; empty for none."""
    parts = (*tag.split("-")[1:], *reversed(get_global("likely_subtags").get(tag.replace("-", "_"), "").split("_")))
    likely = get_global("likely_subtags").get(tag.partition("-")[0], "").rpartition("_")[2]
    return next((part for part in (*parts, likely) if is_country(part)), "")


def country_of_zone(zone: str) -> str:
    """Return the country that CLDR says an IANA zone is of; empty for none."""
    return str(get_global("zone_territories").get(zone, ""))


def alphabetical(codes: Iterable[str], tag: Tag) -> tuple[str, ...]:
    """Return the countries' codes in the alphabetical order of their names in a language."""
    return tuple(sorted(codes, key=lambda code: sort_key(country_name(code, tag), tag)))
