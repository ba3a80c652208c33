"""Statuses and transitions: the whole workflow on one screen (design, *Workflow*).

Legality is the table `TRANSITIONS`, permission the second one (`domain/permissions.py`); buttons, API, command line,
tree and documentation are drawn from both. A translation has two facts that are never confused: the status of its
head, and what is live. What goes live was approved, or is a small change of what is live (*correct*), or was live just
before (*put back*): three rows, and no fourth way.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import NotAllowed
from app.domain.said import saying


class Status(StrEnum):
    """Of a translation's head."""

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"


class Role(StrEnum):
    """Translator and reviewer are granted per locale, the others for the whole site."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    AUTHOR = "author"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a person, a file or the worker may ask for."""

    START = "start"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    WITHDRAW = "withdraw"
    PUT_BACK = "put-back"
    CORRECT = "correct"


class Guard(StrEnum):
    """What has to hold besides status and role; asked in this order, so that the nearest reason is the one given."""

    LIVE = "something is live"
    SHOWN = "something is live, or has a time at which it will be"
    WAITING = "it has a time at which it goes live"
    NAMED = "the revision is named, and is still the head"
    CORRECTION = "the revision is named, and was made from the live one"
    EARLIER = "the revision is named, and is what readers had before the live one"
    TIME = "a time is given"
    AHEAD = "the revision is not live already"
    NOTE = "a note is given"
    SOURCE = "its source text has been published, and was not withdrawn"
    SOURCE_FIRST = "its source text was not withdrawn, and has no later time"
    FACTS = "its date, tags and photos are those that were approved with it"
    COMPLETE = "no segment of an article is missing"
    BODY = "a news item has a text besides its title"
    CHECKS = "no failing error-level check"
    FOUR_EYES = "who approves wrote no segment that changed since the last approved revision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the workflow. `to` is None where the head's status stays as it is."""

    action: Action
    source: frozenset[Status]
    to: Status | None
    guards: frozenset[Guard] = frozenset()


_WRITTEN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(action=Action.START, source=frozenset({Status.MISSING}), to=Status.DRAFT),
    Transition(action=Action.EDIT, source=_WRITTEN, to=Status.DRAFT),
    Transition(
        action=Action.SUBMIT, source=frozenset({Status.DRAFT}), to=Status.IN_REVIEW,
        guards=frozenset({Guard.COMPLETE, Guard.BODY, Guard.CHECKS}),
    ),
    Transition(action=Action.TAKE_BACK, source=frozenset({Status.IN_REVIEW}), to=Status.DRAFT),
    Transition(
        action=Action.RETURN, source=frozenset({Status.IN_REVIEW}), to=Status.DRAFT, guards=frozenset({Guard.NOTE}),
    ),
    Transition(
        action=Action.APPROVE, source=frozenset({Status.IN_REVIEW}), to=Status.APPROVED,
        guards=frozenset({Guard.NAMED, Guard.CHECKS, Guard.FOUR_EYES}),
    ),
    Transition(action=Action.REOPEN, source=frozenset({Status.APPROVED}), to=Status.DRAFT),
    Transition(
        action=Action.PUBLISH, source=frozenset({Status.APPROVED}), to=None,
        guards=frozenset({Guard.NAMED, Guard.CHECKS, Guard.SOURCE, Guard.FACTS}),
    ),
    Transition(
        action=Action.SCHEDULE, source=frozenset({Status.APPROVED}), to=None,
        guards=frozenset(
            {Guard.NAMED, Guard.CHECKS, Guard.TIME, Guard.AHEAD, Guard.SOURCE_FIRST, Guard.FACTS}
        ),
    ),
    Transition(action=Action.UNSCHEDULE, source=_WRITTEN, to=None, guards=frozenset({Guard.WAITING})),
    Transition(action=Action.WITHDRAW, source=_WRITTEN, to=None, guards=frozenset({Guard.SHOWN})),
    Transition(
        action=Action.PUT_BACK, source=_WRITTEN, to=None, guards=frozenset({Guard.LIVE, Guard.EARLIER, Guard.CHECKS}),
    ),
    Transition(
        action=Action.CORRECT, source=_WRITTEN, to=None,
        guards=frozenset({Guard.LIVE, Guard.CORRECTION, Guard.COMPLETE, Guard.BODY, Guard.CHECKS}),
    ),
)  # fmt: skip

_BY_PAIR = {(status, row.action): row for row in TRANSITIONS for status in row.source}


def transition(status: Status, action: Action) -> Transition:
    """Return the row for this pair; NotAllowed where the table has none."""
    row = _BY_PAIR.get((status, action))
    if row is None:
        raise NotAllowed(saying("a text that is %(status)s cannot be asked to %(deed)s", status=status, deed=action))
    return row
