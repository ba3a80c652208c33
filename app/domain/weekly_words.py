"""The weekly report in the words of a language: what its parts are called, and the lines of a letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from app.domain.dates import date_time, long_date, number
from app.domain.figure_words import age_word, value_word, words_of
from app.domain.figures import FIGURES, Figure, Figures, Report
from app.domain.locales import called
from app.domain.notices import Words
from app.domain.segments import Tag
from app.domain.weekly import IsoWeek, Part, Told, WeeklyReport

_MOST: Final = 30
"""Texts that a part of a letter names; the page names more."""


class Section(StrEnum):
    """A part of the report, by its place on the page."""

    PUBLISHED = "published"
    LATE = "late"
    DUE = "due"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of the week against that of the week before, in words."""

    title: str
    now: str
    before: str


def title_of(week: IsoWeek, words: Words, tag: Tag) -> str:
    """Return what the report of a week is called."""
    # Translators: the title of a weekly report; first and last are dates
    return words.gettext(
        "Report of week %(number)s: %(first)s to %(last)s",
        number=str(week.number), first=long_date(week.monday, tag), last=long_date(week.sunday, tag),
    )  # fmt: skip


def heading(section: Section, words: Words) -> str:
    """Return what stands over a part of the report."""
    match section:
        case Section.PUBLISHED:
            return words.gettext("Published in this week")
        case Section.LATE:
            return words.gettext("Late")
        case Section.DUE:
            return words.gettext("Due within seven days")
        case Section.BEHIND:
            return words.gettext("Fell behind their source in this week")


def sections(report: WeeklyReport) -> list[Section]:
    """Return the parts that there is something to say of: what was published only once the week is counted."""
    unknown = report.figures.up_to.anew or report.figures.is_empty
    return [one for one in Section if one is not Section.PUBLISHED or not unknown]


def part_of(report: WeeklyReport, section: Section) -> Part:
    """Return a part of the report."""
    parts = {
        Section.PUBLISHED: report.published, Section.LATE: report.late, Section.DUE: report.due,
        Section.BEHIND: report.behind,
    }  # fmt: skip
    return parts[section]


def standing_at(report: WeeklyReport, words: Words, tag: Tag, zone: ZoneInfo) -> str:
    """Return when what is late, due and behind was so: it is not of the week, if that is over."""
    # Translators: stands beside headings such as “Late”; time is a date and a time of day
    return words.gettext("as of %(time)s", time=date_time(report.at, tag, zone))


def compared(report: WeeklyReport, words: Words, tag: Tag) -> list[Compared]:
    """Return the figures of the week beside those of the week before, in the order in which they are shown.

    Those of which there was nothing in either week are left out; of a week before anything was there, all are none.
    """
    now, before = (_of(one, report.language) for one in (report.figures, report.before))

    def word(of: Figures, one: Figure) -> str:
        return value_word(of.values.get(one.name), one.unit, words, tag)

    return [
        Compared(title=words_of(one.title, words), now=word(now, one), before=word(before, one))
        for one in FIGURES
        if now.values.get(one.name) or before.values.get(one.name)
    ]


def nothing_counted(report: WeeklyReport, words: Words) -> str:
    """Return what is said in place of figures of a week in which there was nothing to count, empty of any other."""
    return words.gettext("For this week nothing was counted yet.") if report.figures.is_empty else ""


def _of(report: Report, language: Tag | None) -> Figures:
    if report.is_empty:
        return Figures(values={})
    return report.whole if language is None else report.languages.get(language, Figures(values={}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter is written in and from: words, language, zone, and the address of the site."""

    words: Words
    locale: Tag
    zone: ZoneInfo
    site: str


def told(report: WeeklyReport, letter: Letter) -> Iterator[tuple[str, str, str]]:
    """Yield the parts of a letter: what stands over it, the address that shows more, and its lines."""
    asked = {"week": str(report.week)} | ({"language": report.language} if report.language else {})
    page = f"{letter.site}/desk/report/?{urlencode(asked)}"
    for section in sections(report):
        part = part_of(report, section)
        over = f"{heading(section, letter.words)}: {number(part.total, letter.locale)}"
        if section is not Section.PUBLISHED:
            over = f"{over} ({standing_at(report, letter.words, letter.locale, letter.zone)})"
        yield over, f"{page}#{section}", "\n".join(_lines(part, section, report, letter))
    lines = (
        [nothing_counted(report, letter.words)]
        if report.figures.is_empty
        else [
            # Translators: a line of a letter: a figure, its number, and that of the week before
            letter.words.gettext(
                "%(title)s: %(now)s (the week before: %(before)s)", title=one.title, now=one.now, before=one.before
            )
            for one in compared(report, letter.words, letter.locale)
        ]
    )
    age = age_word(report.figures.up_to, letter.words, letter.locale, letter.zone)
    yield letter.words.gettext("Figures"), f"{page}#figures", "\n".join([age, *lines])


def _lines(part: Part, section: Section, report: WeeklyReport, letter: Letter) -> Iterator[str]:
    for one in islice(part.texts, _MOST):
        yield _line(one, section, report, letter)
    if part.total > _MOST:
        more = number(part.total - _MOST, letter.locale)
        # Translators: the last line of a list in a letter; number counts those that are not listed
        yield letter.words.gettext("and %(number)s more", number=more)


def _line(one: Told, section: Section, report: WeeklyReport, letter: Letter) -> str:
    text = f"{' '.join(one.title.split())} ({called(one.locale, letter.locale)})"
    if section not in {Section.LATE, Section.DUE}:
        return text
    # Translators: a line of a letter: a text, who was asked for it, and until when
    return letter.words.gettext(
        "%(text)s: asked of %(who)s until %(time)s",
        text=text, who=report.names.get(one.who, one.who), time=date_time(one.at, letter.locale, letter.zone),
    )  # fmt: skip
