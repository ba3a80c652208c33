"""What figures are called, and their numbers as a language writes them: on a page, in a letter and under a chart."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from app.domain.dates import date_time, number, percent
from app.domain.figures import Unit, UpTo
from app.domain.notices import Words
from app.domain.said import Said
from app.domain.segments import Tag

_DAY = timedelta(days=1).total_seconds()


def words_of(said: Said, words: Words) -> str:
    """Return a title or sentence of a figure in the language of the words."""
    return words.gettext(said.msgid, **said.values)


def value_word(value: float | None, unit: Unit, words: Words, tag: Tag) -> str:
    """Return the number of a figure as people read it; a dash where there is none."""
    if value is None:
        return "–"
    match unit:
        case Unit.SHARE:
            return percent(round(value * 100), tag)
        case Unit.SECONDS:
            return duration_word(timedelta(seconds=value), words, tag)
        case Unit.WORDS:
            return number(round(value), tag)
        case Unit.RATIO:
            return number(round(value, 2), tag)
    return number(round(value, 1), tag)


def age_word(up_to: UpTo, words: Words, tag: Tag, zone: ZoneInfo) -> str:
    """Return how old figures are, or how far they are where they are being counted anew."""
    if up_to.anew:
        return words.gettext(
            "The figures are being counted anew: %(done)s of %(all)s entries of the journal are in them. Until all "
            "are, none is shown.",
            done=number(up_to.number, tag), all=number(up_to.number + up_to.rows, tag),
        )  # fmt: skip
    if up_to.at is None:
        return words.gettext("The journal is empty yet.")
    said = words.gettext("Computed from the journal, up to %(time)s.", time=date_time(up_to.at, tag, zone))
    if not up_to.rows:
        return said
    later = words.ngettext(
        "%(num)s later entry is not in it yet.", "%(num)s later entries are not in it yet.", up_to.rows
    )
    return f"{said} {later}"


def duration_word(length: timedelta, words: Words, tag: Tag) -> str:
    """Return how long something takes: in minutes below two hours, in hours below two days, else in days."""
    if length < timedelta(hours=2):
        # Translators: a number of minutes, as short as people write it in a table
        return words.gettext("%(number)s min", number=number(round(length.total_seconds() / 60), tag))
    if length < timedelta(days=2):
        # Translators: a number of hours, as short as people write it in a table
        return words.gettext("%(number)s h", number=number(round(length.total_seconds() / 3600), tag))
    # Translators: a number of days, which may have a fraction, as short as people write it in a table
    return words.gettext("%(number)s d", number=number(round(length.total_seconds() / _DAY, 1), tag))
