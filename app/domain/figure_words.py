"""What figures are called, and their numbers as a language writes them: on a page, in a letter and under a chart."""

from datetime import timedelta

from app.domain.dates import number, percent
from app.domain.figures import Unit
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
