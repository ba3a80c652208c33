"""What people may do to a text, in words: labels of buttons, what stands against a press, why a text waits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, url_for
from flask_babel import gettext

from app.domain.provenance import Lag
from app.domain.releases import Policy, Wait
from app.domain.segments import Tag
from app.domain.translations import Action, Guard
from app.domain.word_diff import word_diff
from app.queries.cells import Cell
from app.queries.standings import Stand
from app.services.offers import Offer
from app.web.desk.address import Address
from app.web.desk.fact_words import fact_values, fact_word
from app.web.desk.lines import apart
from app.web.desk.moments import shown


def label(action: Action, number: int) -> str:
    """Return what a button says; `number` is that of the revision that is meant."""
    words: dict[Action, str] = {
        # Translators: a link that opens an empty form
        Action.START: gettext("Begin this text"),
        Action.EDIT: gettext("Edit"),
        Action.SUBMIT: gettext("Submit revision %(number)s for review", number=number),
        # Translators: who submitted a text for review makes a draft of it again
        Action.TAKE_BACK: gettext("Take it back from review"),
        # Translators: a reviewer gives a text back to who wrote it
        Action.RETURN: gettext("Return revision %(number)s to be mended", number=number),
        Action.APPROVE: gettext("Approve revision %(number)s", number=number),
        # Translators: an approved text becomes a draft again
        Action.REOPEN: gettext("Make a draft of it again"),
        Action.PUBLISH: gettext("Publish revision %(number)s", number=number),
        Action.SCHEDULE: gettext("Publish revision %(number)s at this time", number=number),
        # Translators: a text that was to go live at a time does not
        Action.UNSCHEDULE: gettext("Cancel the time at which it goes live"),
        Action.WITHDRAW: gettext("Withdraw from readers"),
        # Translators: readers get the text again that they had before the newest publication
        Action.PUT_BACK: gettext("Give readers back revision %(number)s", number=number),
        # Translators: a link that opens a form in which a slip in a published text is mended
        Action.CORRECT: gettext("Correct what readers see"),
    }
    return words[action]


_FORWARD: Final = (
    Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.RETURN, Action.TAKE_BACK, Action.REOPEN, Action.UNSCHEDULE,
    Action.WITHDRAW,
)  # fmt: skip
"""What one press does, in the order of its buttons: what leads on first, what takes back last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What somebody may do: by a press, by a form of its own, and what is held up by something that can be mended."""

    pressed: tuple[Offer, ...]
    forms: frozenset[Action]
    held: tuple[Offer, ...]


def deeds_of(offers: Iterable[Offer], *, pointless: Collection[Action]) -> Deeds:
    """Return what is offered, sorted out, without what would be taken and means nothing here."""
    told = {
        Guard.SOURCE, Guard.SOURCE_FIRST, Guard.FACTS, Guard.COMPLETE, Guard.BODY, Guard.CHECKS, Guard.FOUR_EYES,
    }  # fmt: skip
    wanted = [offer for offer in offers if offer.action not in pointless]
    free = {offer.action: offer for offer in wanted if not offer.against}
    return Deeds(
        pressed=tuple(free[action] for action in _FORWARD if action in free),
        forms=frozenset(free),
        held=tuple(offer for offer in wanted if offer.against and told.issuperset(offer.against)),
    )


def wait_word(wait: Wait | None) -> str:
    """Return why a text waits under an order, as a sentence."""
    words: dict[Wait | None, str] = {
        None: gettext("It could not be published."),
        Wait.UNAPPROVED: gettext("Waits: its newest text is not approved."),
        Wait.BEHIND: gettext("Waits: it is behind what it was translated from."),
        Wait.SOURCE: gettext("Waits: what it was translated from has not been published."),
        Wait.GROUP: gettext("Waits for others of its group."),
        Wait.FIRST: gettext("Waits for the first group."),
        Wait.LEFT_OUT: gettext("Is not named in the order."),
    }
    return words[wait]


def policy_word(policy: Policy) -> str:
    """Return what an order says, as a sentence."""
    words: dict[Policy, str] = {
        Policy.EACH: gettext("Each language is published as soon as it is approved."),
        Policy.TOGETHER: gettext("These languages are published together, as soon as all of them are approved."),
        Policy.GROUP_FIRST: gettext(
            "These languages are published together first, the others as soon as each is approved."
        ),
    }
    return words[policy]


def done(action: Action, number: int) -> str:
    """Return what became of a text by a press."""
    words: dict[Action, str] = {
        Action.SUBMIT: gettext("Revision %(number)s waits for review now.", number=number),
        Action.RETURN: gettext("Revision %(number)s was returned to be mended.", number=number),
        Action.APPROVE: gettext("Revision %(number)s is approved.", number=number),
        Action.TAKE_BACK: gettext("It is a draft again."),
        Action.REOPEN: gettext("It is a draft again."),
        Action.PUBLISH: gettext("Readers see revision %(number)s now.", number=number),
        Action.SCHEDULE: gettext("Revision %(number)s will be published at its time.", number=number),
        Action.UNSCHEDULE: gettext("It does not go live at that time any more."),
        Action.WITHDRAW: gettext("Readers do not see this text any more."),
        Action.PUT_BACK: gettext("Readers see revision %(number)s again.", number=number),
    }
    return words[action]


def edit_address(at: Address) -> str:
    """Return where a source text is written on."""
    form = "writing.edit" if has_view("writing.edit") else "translating.form"
    return url_for(form, kind=at.name.kind.value, name=at.name.name, locale=at.locale)


def cell_of(stand: Stand, lag: Lag | None, source: Tag) -> Cell:
    """Return a text's stand as the table of texts shows it."""
    return Cell(
        locale=stand.locale, status=stand.status, head=stand.head, live=stand.live, behind=lag.newer if lag else None,
        origin=stand.origin or "", is_source=stand.locale == source, scheduled=None if stand.refused else stand.due,
        withdrawn=stand.withdrawn,
    )  # fmt: skip


def has_view(endpoint: str) -> bool:
    """Tell whether the desk has such a page."""
    return endpoint in current_app.view_functions


def install(app: Flask) -> None:
    """Give the templates of the desk these words."""
    for word in (
        label,
        wait_word,
        policy_word,
        edit_address,
        fact_word,
        fact_values,
        cell_of,
        has_view,
        word_diff,
        apart,
        shown,
    ):
        app.jinja_env.globals[word.__name__] = word
