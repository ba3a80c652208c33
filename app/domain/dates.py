"""Dates, times and numbers as a newsroom of the language writes them.

A time is shown in the zone that is named; Babel is given calendar dates alone and never converts one, because where
pytz is installed it would take that. Hours are 0 to 23 in every language.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import localedata
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from app.domain.casing import titled
from app.domain.dateforms import ClockNames, DateForms, date_forms
from app.domain.locales import cldr, nearest
from app.domain.segments import Tag

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def full_date(when: date, tag: Tag, zone: ZoneInfo | None = None) -> str:
    """Return the date with its weekday: `Saturday, 21 March 2026`.

    `when` is a calendar date, or an aware datetime with the zone to show it in; ValueError for one without the other.
    """
    forms = date_forms(tag)
    return _filled(forms.full, _day(when, zone), forms)


def long_date(when: date, tag: Tag, zone: ZoneInfo | None = None) -> str:
    """Return the date without its weekday, `21 March 2026`; `when` as in `full_date`."""
    forms = date_forms(tag)
    return _filled(forms.long, _day(when, zone), forms)


def short_date(when: datetime, zone: ZoneInfo, *, now: datetime) -> str:
    """Return a date for a narrow column: `05.12`, with its year where that is not the one at hand; all are aware."""
    there = _there(when, zone)
    year = f".{there.year}" if there.year != _there(now, zone).year else ""
    return f"{there.day:02}.{there.month:02}{year}"


_DIGITS: dict[Tag, str] = {
    # CLDR's `en` is American, and its Kyrgyz `8/3/26` is not what newsrooms write.
    Tag("en"): "dd/MM/y",
    Tag("en-US"): "",
    Tag("ky"): "dd.MM.y",
}


def day_in_digits(day: date, tag: Tag) -> str:
    """Return a day where words have no room, as under a chart, by CLDR's short form: `08.03.2026`, `08/03/26`."""
    return _in_digits(_pattern(tag), day)


def month_in_digits(day: date, tag: Tag) -> str:
    """Return the month of a day in the same form: `03.2026`."""
    return _in_digits(re.sub(r"d+\W|\Wd+$", "", _pattern(tag)), day)


def _pattern(tag: Tag) -> str:
    row = nearest(tag, _DIGITS)
    return (_DIGITS[row] if row else "") or str(cldr(tag).date_formats["short"].pattern)


def _in_digits(pattern: str, day: date) -> str:
    numbers = {"d": f"{day.day}", "M": f"{day.month}", "y": f"{day.year}"}

    def number(field: re.Match[str]) -> str:
        written = numbers[field[0][0]]
        return written[-2:] if field[0] == "yy" else written.zfill(len(field[0]))

    return re.sub(r"d+|M+|y+", number, pattern)


def weekdays(tag: Tag) -> tuple[str, ...]:
    """Return the names of the days of a week, Monday first, as they stand over columns."""
    return tuple(titled(name, tag) for name in date_forms(tag).weekdays)


def date_time(when: datetime, tag: Tag, zone: ZoneInfo) -> str:
    """Return date and time in a zone: `18 March 2026, 19:25`; ValueError if `when` is naive."""
    forms, there = date_forms(tag), _there(when, zone)
    clock = f"{there.hour:02}{forms.colon}{there.minute:02}"
    return forms.joint.format(date=_filled(forms.long, there, forms), time=clock)


def month_heading(year: int, month: int, tag: Tag) -> str:
    """Return a month as it stands over a list: `March 2026`, with a capital where the script has them.

    ValueError if there is no such month.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"no month: {month}")
    forms = date_forms(tag)
    heading = forms.heading.format(month=forms.headings[month - 1], month2=f"{month:02}", year=year)
    return titled(heading, tag)


_STEPS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
_WEEK = timedelta(days=7)


def ago(elapsed: timedelta, tag: Tag) -> str | None:
    """Return how long ago something was in whole days, hours or minutes, one at least: `3 days ago`.

    None of what is a week old (a date says more) or yet to come, and where CLDR has no words of the language for it: it
    would give Karakalpak `-3 d`.
    """
    if not timedelta() <= elapsed < _WEEK:
        return None
    unit, step = next((pair for pair in _STEPS if elapsed >= pair[1]), _STEPS[-1])
    locale, count = cldr(tag), max(1, elapsed // step)
    patterns = _past(str(locale), unit)
    if patterns == _past("root", unit):
        return None
    return patterns.get(locale.plural_form(count), patterns["other"]).replace("{0}", number(count, tag))


def _past(locale: str, unit: str) -> dict[str, str]:
    """Return CLDR's patterns for what is past, by plural category: `{0} days ago`."""
    return dict(localedata.load(locale)["date_fields"][unit]["past"])


def clock_names(tag: Tag) -> ClockNames:
    """Return the names and the template from which a page's script writes the full date."""
    forms = date_forms(tag)
    return ClockNames(weekdays=forms.weekdays, months=forms.months, template=forms.full)


def _filled(template: str, day: date, forms: DateForms) -> str:
    return template.format(
        weekday=forms.weekdays[day.weekday()],
        day=day.day,
        day2=f"{day.day:02}",
        month=forms.months[day.month - 1],
        month2=f"{day.month:02}",
        year=day.year,
    )


def _day(when: date, zone: ZoneInfo | None) -> date:
    if not isinstance(when, datetime):
        return when
    if zone is None:
        raise ValueError("a time has a date only in a zone: say which")
    return _there(when, zone)


def _there(when: datetime, zone: ZoneInfo) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a time without a zone could be any: give an aware datetime")
    return when.astimezone(zone)


def number(n: float, tag: Tag) -> str:
    """Return a number grouped as the language groups, to three digits of a fraction: `1,234`, `1 234,5`."""
    return str(format_decimal(n, locale=cldr(tag)))


def percent(n: int, tag: Tag) -> str:
    """Return how much of a hundred, as the language writes it: `85%`, `85 %`, `%85`."""
    return str(format_percent(n / 100, locale=cldr(tag)))


_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte")

_UNIT_CORRECTIONS: dict[Tag, tuple[str, ...]] = {
    # CLDR writes `512 byte`.
    Tag("en"): ("B", "kB", "MB", "GB"),
    # CLDR's megabyte has a Latin M before a Cyrillic Б.
    Tag("kk"): ("байт", "кБ", "МБ", "ГБ"),
    # CLDR has the English units in these two.
    Tag("tg"): ("байт", "кБ", "МБ", "ГБ"),
    Tag("uz-Cyrl"): ("байт", "кБ", "МБ", "ГБ"),
}


def file_size(size: int, tag: Tag) -> str:
    """Return a number of bytes in units of 1000, to two digits at least: `512 B`, `1.2 MB`, `348 kB`."""
    amount, power = float(size), 0
    while amount >= 999.5 and power < len(_UNITS) - 1:
        amount, power = amount / 1000, power + 1
    rounded = round(amount, 1) if power and amount < 9.95 else round(amount)
    row = nearest(tag, _UNIT_CORRECTIONS)
    if row:
        written = f"{format_decimal(rounded, locale=cldr(tag))} {_UNIT_CORRECTIONS[row][power]}"
    else:
        written = format_unit(rounded, f"digital-{_UNITS[power]}", length="short", locale=cldr(tag))
    return written.replace(" ", NO_BREAK_SPACE)
