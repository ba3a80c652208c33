"""What figures are called, and their numbers as a language writes them."""

from datetime import timedelta

from flask_babel import gettext, pgettext

from app.domain.figures import Band, Unit
from app.domain.said import Said
from app.web.reader.writing import Writing

_DAY = timedelta(days=1).total_seconds()


def words_of(said: Said) -> str:
    """Return a title or sentence of a figure in the language of the page."""
    return str(gettext(said.msgid, **said.values))


def value_word(value: float | None, unit: Unit, write: Writing) -> str:
    """Return the number of a figure as people read it; a dash where there is none."""
    if value is None:
        return "–"
    match unit:
        case Unit.SHARE:
            return write.percent(round(value * 100))
        case Unit.SECONDS:
            return duration_word(timedelta(seconds=value), write)
        case Unit.WORDS:
            return write.number(round(value))
        case Unit.RATIO:
            return write.number(round(value, 2))
    return write.number(round(value, 1))


def duration_word(length: timedelta, write: Writing) -> str:
    """Return how long something takes, in hours below two days, else in days with a tenth."""
    if length < timedelta(days=2):
        # Translators: a number of hours, as short as people write it in a table
        return str(gettext("%(number)s h", number=write.number(round(length.total_seconds() / 3600))))
    # Translators: a number of days, which may have a fraction, as short as people write it in a table
    return str(gettext("%(number)s d", number=write.number(round(length.total_seconds() / _DAY, 1))))


def band_word(band: Band) -> str:
    """Return where in the flow a text stands."""
    words: dict[Band, str] = {
        Band.MISSING: pgettext("status", "missing"),
        Band.DRAFT: pgettext("status", "draft"),
        Band.IN_REVIEW: pgettext("status", "in review"),
        Band.APPROVED: pgettext("status", "approved"),
        Band.LIVE: pgettext("status", "live"),
    }
    return words[band]
