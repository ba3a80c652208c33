"""How a text stands, in the words of the desk: the status of its head, and what readers see."""

from flask import Flask
from flask_babel import pgettext

from app.domain.documents import Kind
from app.domain.translations import Status
from app.queries.board import Cell, Due, Wanted


def status_word(status: Status) -> str:
    """Return a status as people say it of a text."""
    words: dict[Status, str] = {
        # Translators: of a text that nobody has begun
        Status.MISSING: pgettext("status", "missing"),
        Status.DRAFT: pgettext("status", "draft"),
        Status.IN_REVIEW: pgettext("status", "in review"),
        Status.APPROVED: pgettext("status", "approved"),
    }
    return words[status]


def live_word(cell: Cell) -> str:
    """Return what readers see of a text: nothing, this very text, or an older one."""
    if cell.live is None:
        # Translators: of a text that readers cannot see
        return str(pgettext("status", "not live"))
    if cell.differs:
        # Translators: of a text: readers see an older revision of it
        return str(pgettext("status", "an older text is live"))
    # Translators: of a text that readers see
    return str(pgettext("status", "live"))


def shape_of(cell: Cell) -> str:
    """Return which of the five shapes a text has: filled where what readers see is its approved head."""
    return "published" if cell.status is Status.APPROVED and cell.live == cell.head else cell.status


def kind_word(kind: Kind) -> str:
    """Return what sort of document it is."""
    words: dict[Kind, str] = {
        # Translators: of one document: what sort it is
        Kind.NEWS: pgettext("kind", "news item"),
        # Translators: of one document: a standing page, such as Contacts
        Kind.PAGE: pgettext("kind", "page"),
        # Translators: of one document: the words of an interface
        Kind.CATALOGUE: pgettext("kind", "catalogue"),
    }
    return words[kind]


def install(app: Flask) -> None:
    """Give the templates of the desk these words."""
    for word in (status_word, live_word, shape_of, wanted_word, kind_word, due_word):
        app.jinja_env.globals[word.__name__] = word


def due_word(due: Due) -> str:
    """Return what a filter by the time asks for until which somebody was asked for a text."""
    words: dict[Due, str] = {
        Due.LATE: pgettext("asked for until", "late"),
        Due.WEEK: pgettext("asked for until", "within a week, or late"),
        Due.ANY: pgettext("asked for until", "any time"),
    }
    return words[due]


def wanted_word(wanted: Wanted) -> str:
    """Return what a filter asks for."""
    match wanted:
        case Wanted.LIVE:
            return str(pgettext("status", "live"))
        case Wanted.NOT_LIVE:
            return str(pgettext("status", "not live"))
        case Wanted.BEHIND:
            # Translators: of a text: what it was translated from was changed since
            return str(pgettext("status", "behind"))
        case Wanted.DIFFERS:
            return str(pgettext("status", "an older text is live"))
    return status_word(Status(wanted))
