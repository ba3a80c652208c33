"""How a text stands, in the words of the desk: the status of its head, and what readers see."""

from flask import Flask
from flask_babel import pgettext

from app.domain.documents import Kind
from app.domain.figures import Band
from app.domain.segments import Origin
from app.domain.translations import Status
from app.queries.asked import Due, Wanted
from app.queries.board import Order
from app.queries.cells import Cell


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


def band_word(band: Band) -> str:
    """Return where in the flow of the work a text stands, as its status is said."""
    return str(pgettext("status", "live")) if band is Band.LIVE else status_word(Status(band))


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


def stand_word(cell: Cell) -> str:
    """Return how a text stands, in one word, as its shape has it."""
    return str(pgettext("status", "published")) if shape_of(cell) == "published" else status_word(cell.status)


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
    words = (status_word, live_word, stand_word, wanted_word, kind_word, due_word, order_word, origin_word)
    for word in (shape_of, *words):
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
    words: dict[Wanted, str] = {
        # Translators: of a text: approved, and readers do not have it yet
        Wanted.TO_PUBLISH: pgettext("status", "approved, not yet live"),
        Wanted.LIVE: pgettext("status", "live"),
        Wanted.NOT_LIVE: pgettext("status", "not live"),
        # Translators: of a text: what it was translated from was changed since
        Wanted.BEHIND: pgettext("status", "behind"),
        Wanted.DIFFERS: pgettext("status", "an older text is live"),
        # Translators: of a text: it has a time at which readers will see it
        Wanted.SCHEDULED: pgettext("status", "has a time to go live"),
        Wanted.WITHDRAWN: pgettext("status", "withdrawn from readers"),
        Wanted.FAILING: pgettext("status", "errors"),
        Wanted.COMMENTS: pgettext("status", "open comments"),
        Wanted.SUGGESTIONS: pgettext("status", "suggestions waiting"),
    }
    return words[wanted] if wanted in words else status_word(Status(wanted))


def origin_word(origin: Origin) -> str:
    """Return who made the words of a text."""
    words: dict[Origin, str] = {
        Origin.HUMAN: pgettext("origin", "people"),
        Origin.MACHINE: pgettext("origin", "machine"),
        # Translators: of a text that was converted from another script of the same language
        Origin.DERIVED: pgettext("origin", "converted from another script"),
    }
    return words[origin]


def order_word(order: Order) -> str:
    """Return how a table is sorted."""
    words: dict[Order, str] = {
        Order.NEWEST: pgettext("order", "newest first"),
        Order.DUE: pgettext("order", "by what is due"),
        Order.CHANGED: pgettext("order", "by the last change"),
        Order.PERSON: pgettext("order", "by whose they are"),
    }
    return words[order]
