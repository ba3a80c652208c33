"""A page on which a native reader sees everything that is decided per language: `docs/languages.md`."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.countries import alphabetical, country_name
from app.domain.dates import date_time, file_size, full_date, long_date, month_heading, number
from app.domain.languages import Language
from app.domain.locales import language
from app.domain.segments import Tag

_COUNTRIES = ("AZ", "KG", "KZ", "RU", "TJ", "TM", "UZ")
_MONDAY = date(2026, 3, 16)
_SIGNED = datetime(2026, 3, 18, 14, 25, tzinfo=UTC)
_ALMATY = ZoneInfo("Asia/Almaty")


def sheet(tags: Iterable[Tag]) -> str:
    """Return the page in Markdown: one chapter a language, one row a form. ValueError if a language is unknown."""
    opening = (
        "# What each language writes\n\n"
        "For native readers: is this what a newsroom of your language prints? A correction is one line in\n"
        "`app/domain/languages.py`, `dateforms.py`, `dates.py` or `countries.py`, with its reason beside it.\n"
        "This page is drawn from them; `TILMASH_REWRITE=1 make test` draws it again.\n"
    )
    return opening + "".join(_chapter(language(tag)) for tag in tags)


def _chapter(known: Language) -> str:
    rows = "".join(f"| {name} | {value} |\n" for name, value in _rows(known))
    return f"\n## {known.endonym} (`{known.tag}`)\n\n| what | as written |\n| --- | --- |\n{rows}"


def _rows(known: Language) -> Iterator[tuple[str, str]]:
    tag, marks = known.tag, known.quotes
    yield "date with weekday", full_date(date(2026, 3, 21), tag)
    yield "date", long_date(date(2026, 3, 18), tag)
    yield "date and time", date_time(_SIGNED, tag, _ALMATY)
    yield "weekdays and days", " · ".join(full_date(_MONDAY + timedelta(days=day), tag) for day in range(7))
    yield "dates in each month", " · ".join(long_date(date(2026, month, month), tag) for month in range(1, 13))
    yield "months over a list", " · ".join(month_heading(2026, month, tag) for month in range(1, 13))
    yield "numbers", " · ".join(number(n, tag) for n in (104, 1234, 1234567))
    yield "file sizes", " · ".join(file_size(size, tag) for size in (512, 348_000, 1_234_567, 2_500_000_000))
    yield "quotation marks", f"{marks.opening}a {marks.inner_opening}b{marks.inner_closing} c{marks.closing}"
    yield "countries in order", " · ".join(country_name(code, tag) for code in alphabetical(_COUNTRIES, tag))
    yield "alphabet", " ".join(known.letters)
    yield "script, direction", f"{known.script}, {known.direction}"
    yield "Plural-Forms", f"`{known.plural_forms.replace('|', chr(92) + '|')}`"
