"""A page on which a native reader sees everything that is decided per language: `docs/languages.md`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from app.domain.collation import sort_key
from app.domain.countries import alphabetical, country_name
from app.domain.dates import ago, date_time, file_size, full_date, long_date, month_heading, number
from app.domain.languages import Language
from app.domain.line_breaks import habits
from app.domain.locales import language
from app.domain.segments import Tag

COUNTS = (1, 2, 5, 11, 21)
"""They take each plural form that a whole number can have here."""

_COUNTRIES = ("AZ", "KG", "KZ", "RU", "TJ", "TM", "UZ")
_MONDAY = date(2026, 3, 16)
_SIGNED = datetime(2026, 3, 18, 14, 25, tzinfo=UTC)
_MIDNIGHT = datetime(2026, 3, 1, 19, 5, tzinfo=UTC)
_ELAPSED = [
    *(timedelta(minutes=minutes) for minutes in COUNTS),
    *(timedelta(hours=hours) for hours in COUNTS),
    *(timedelta(days=days) for days in (1, 2, 5)),
]
_ALMATY = ZoneInfo("Asia/Almaty")


Rows = Iterator[tuple[str, str]]


def sheet(tags: Iterable[Tag], counted: Callable[[Tag], Rows]) -> str:
    """Return the page in Markdown: one chapter a language, one row a form. ValueError if a language is unknown.

    `counted` gives the rows of what the interface counts.
    """
    opening = (
        "# What each language writes\n\n"
        "For native readers: is this what a newsroom of your language prints? A correction is one line in\n"
        "`app/domain/languages.py`, `dateforms.py`, `dates.py`, `line_breaks.py` or `countries.py`, with its reason\n"
        "beside it, or in the catalogue of the interface. This page is drawn from them; `TILMASH_REWRITE=1 make test`\n"
        "draws it again.\n"
    )
    return opening + "".join(_chapter(language(tag), counted(tag)) for tag in tags)


def _chapter(known: Language, counted: Rows) -> str:
    rows = "".join(f"| {name} | {value} |\n" for name, value in chain(_rows(known), counted))
    return f"\n## {known.endonym} (`{known.tag}`)\n\n| what | as written |\n| --- | --- |\n{rows}"


def _rows(known: Language) -> Rows:
    tag, marks = known.tag, known.quotes
    yield "date with weekday", full_date(date(2026, 3, 21), tag)
    yield "date", long_date(date(2026, 3, 18), tag)
    yield "date and time", f"{date_time(_SIGNED, tag, _ALMATY)} · {date_time(_MIDNIGHT, tag, _ALMATY)}"
    yield "weekdays and days", " · ".join(full_date(_MONDAY + timedelta(days=day), tag) for day in range(7))
    yield "dates in each month", " · ".join(long_date(date(2026, month, month), tag) for month in range(1, 13))
    months = [month_heading(2026, month, tag) for month in range(1, 13)]
    yield "months over a list", " · ".join(months)
    yield "the same in alphabetical order", " · ".join(sorted(months, key=lambda month: sort_key(month, tag)))
    yield "how long ago", " · ".join(ago(elapsed, tag) or "not said" for elapsed in _ELAPSED)
    yield "numbers", " · ".join(number(n, tag) for n in (104, 1234, 1234567))
    yield "file sizes", " · ".join(file_size(size, tag) for size in (512, 348_000, 1_234_567, 2_500_000_000))
    yield "quotation marks", f"{marks.opening}a {marks.inner_opening}b{marks.inner_closing} c{marks.closing}"
    yield "countries in order", " · ".join(country_name(code, tag) for code in alphabetical(_COUNTRIES, tag))
    yield "alphabet", " ".join(known.letters)
    kept = habits(tag)
    yield "words that end no line", kept.leading or "none"
    yield "words that begin no line", kept.trailing or "none"
    yield "words that stay with their number", f"{kept.counted} and the months".removeprefix(" and ")
    yield "script, direction", f"{known.script}, {known.direction}"
    yield "Plural-Forms", f"`{known.plural_forms.replace('|', chr(92) + '|')}`"
