"""How each language writes a date: names and templates, from CLDR and from a table of corrections over it.

A template is text with the slots `{weekday}`, `{day}`, `{month}` and `{year}`, so simple that a page's script fills it
as well as we do; in `{day2}` and `{month2}` a number has two digits. Digits are 0 to 9 in every language.
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale, localedata

from app.domain.locales import cldr, nearest
from app.domain.segments import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockNames:
    """What a page carries so that its script can write the date: filling `template` gives `dates.full_date`.

    `weekdays` begin with Monday, `months` with January; both are spelled as inside the full date.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForms:
    """All forms of one language.

    `full` and `long` are filled with `weekdays` and `months`, `heading` (a month by itself) with `headings`; `joint`
    puts `{date}` and `{time}` together, and `colon` stands between hours and minutes.
    """

    full: str
    long: str
    heading: str
    joint: str
    colon: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Correction:
    """What a newsroom writes otherwise than CLDR, where it does; names with spaces between them."""

    full: str = ""
    long: str = ""
    heading: str = ""
    joint: str = ""
    weekdays: str = ""
    months: str = ""
    headings: str = ""


# Month names that take a suffix inside a date are lists of twelve: the suffix follows the vowels of the name.
_KY_MONTHS = "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"
_TG_MONTHS = "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри"
_TG_WEEKDAYS = "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе"

# In five of these CLDR joins date and time by a space alone: `18 mart 2026 19:25` reads as one row of numbers.
_COMMA = "{date}, {time}"

_CORRECTIONS: dict[Tag, _Correction] = {
    # CLDR's `en` is American; an international centre writes the day first.
    Tag("en"): _Correction(full="{weekday}, {day} {month} {year}", long="{day} {month} {year}"),
    Tag("en-US"): _Correction(),  # who asks for American gets it
    # CLDR's `2026-ж., 21-март` is an abbreviation; running text has the year's genitive and the month's suffix.
    Tag("ky"): _Correction(
        full="{year}-жылдын {day}-{month}, {weekday}",
        long="{year}-жылдын {day}-{month}",
        heading="{year}-жыл, {month}",
        joint=_COMMA,
        months=_KY_MONTHS,
    ),
    # CLDR has capitals in mid-sentence and no izafat (`Шанбе, 21 Март 2026`), and writes 1 to 9 as 01 to 09.
    Tag("tg"): _Correction(
        full="{weekday}, {day} {month} соли {year}",
        long="{day} {month} соли {year}",
        heading="{month} соли {year}",
        joint=_COMMA,
        weekdays=_TG_WEEKDAYS,
        months=_TG_MONTHS,
        headings=_TG_MONTHS,
    ),
    Tag("tk"): _Correction(joint=_COMMA),
    # CLDR's order (`shanba, 21-mart, 2026`) is foreign: Uzbek begins with the year.
    Tag("uz"): _Correction(
        full="{year}-yil {day}-{month}, {weekday}", long="{year}-yil {day}-{month}", heading="{year}-yil, {month}"
    ),
    # The same, without the hyphens that only the Latin spelling sets after a number.
    Tag("uz-Cyrl"): _Correction(
        full="{year} йил {day} {month}, {weekday}",
        long="{year} йил {day} {month}",
        heading="{year} йил, {month}",
        joint=_COMMA,
    ),
    Tag("az"): _Correction(joint=_COMMA),
}

_Part = Literal["days", "months"]
_Use = Literal["format", "stand-alone"]


@lru_cache(maxsize=256)
def date_forms(tag: Tag) -> DateForms:
    """Return how a language writes dates; ValueError if CLDR doesn't know it."""
    locale, row = cldr(tag), nearest(tag, _CORRECTIONS)
    ours = _CORRECTIONS[row] if row else _Correction()
    full, long = locale.date_formats["full"].pattern, locale.date_formats["long"].pattern
    heading = getattr(locale.datetime_skeletons.get("yMMMM"), "pattern", "LLLL y")
    return DateForms(
        full=ours.full or _template(full, locale),
        long=ours.long or _template(long, locale),
        heading=ours.heading or _template(heading, locale),
        joint=ours.joint or _joint(locale),
        colon="." if re.search(r"h\.mm", locale.time_formats["short"].pattern, re.IGNORECASE) else ":",
        weekdays=tuple(ours.weekdays.split()) or _names(locale, "days", full),
        months=tuple(ours.months.split()) or _names(locale, "months", full),
        headings=tuple(ours.headings.split()) or _names(locale, "months", heading),
    )


_TOKEN = re.compile(r"'(?P<quoted>[^']*)'|(?P<letters>(?P<letter>[A-Za-z])(?P=letter)*)")


def _template(pattern: str, locale: Locale) -> str:
    """Turn a pattern of CLDR (UTS 35, part 4: `EEEE, d MMMM y 'г'.`) into a template."""

    def slot(token: re.Match[str]) -> str:
        letters = token["letters"]
        if letters is None:
            return token["quoted"] or "'"
        if letters[0] == "G":
            return str(locale.eras["abbreviated"][1])
        two = "2" if letters in {"dd", "MM", "LL"} else ""
        return "{" + {"E": "weekday", "c": "weekday", "d": "day", "y": "year"}.get(letters[0], "month") + two + "}"

    return _TOKEN.sub(slot, pattern)


def _names(locale: Locale, part: _Part, pattern: str) -> tuple[str, ...]:
    """Return the names that a pattern asks for: inside a date or standing alone; a month may be its mere number."""
    letters = {token["letters"] for token in _TOKEN.finditer(pattern) if token["letters"]}
    if part == "months" and not any(len(run) > 2 and run[0] in "ML" for run in letters):
        return tuple(str(number) for number in range(1, 13))
    alone = any(run[0] == ("L" if part == "months" else "c") for run in letters)
    names = _wide(locale, part, "stand-alone" if alone else "format")
    return tuple(names[number] for number in sorted(names))


def _wide(locale: Locale, part: _Part, use: _Use) -> dict[int, str]:
    """Return names by number, from January = 1 or Monday = 0.

    They are read from a copy. Babel 2.18 resolves an alias in data that locales share: once Azerbaijani's months
    standing alone were asked for, German's are Azerbaijani.
    """
    part_of_locale: dict[str | int | None, object] = {part: deepcopy(localedata.load(str(locale))[part])}
    return dict(localedata.LocaleDataDict(part_of_locale)[part][use]["wide"])


def _joint(locale: Locale) -> str:
    pattern: str = locale.datetime_formats["medium"]
    return pattern.replace("'", "").replace("{1}", "{date}").replace("{0}", "{time}")
