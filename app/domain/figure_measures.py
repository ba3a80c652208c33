"""What the figures are computed from: sums by day, language and person, and how long translations took."""

from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, NamedTuple

from app.domain.figures import Band
from app.domain.segments import Tag

EVERYBODY: Final = ""
"""Stands where a person's digest stands in rows that count the texts of all."""


class Measure(StrEnum):
    """What the figures are computed from."""

    ITEMS = "items"
    ITEM_WORDS = "item-words"
    BEGUN = "begun"
    BEGUN_WORDS = "begun-words"
    LIVE = "live"
    CURRENT = "current"
    CURRENT_WORDS = "current-words"
    UNREAD = "unread"
    AS_DRAFT = "as-draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    SHOWN = "shown"
    WENT = "went"
    WENT_WORDS = "went-words"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    MET_WORDS = "met-words"
    EXACT_WORDS = "exact-words"
    NEAR_WORDS = "near-words"
    WAITS = "waits"
    WAIT_SECONDS = "wait-seconds"
    DRAFTS = "drafts"
    DRAFT_SECONDS = "draft-seconds"
    REVIEWS = "reviews"
    REVIEW_SECONDS = "review-seconds"
    REMAINS = "remains"
    REMAIN_SECONDS = "remain-seconds"


STANDING: Final = {
    Band.DRAFT: Measure.AS_DRAFT, Band.IN_REVIEW: Measure.IN_REVIEW, Band.APPROVED: Measure.APPROVED,
    Band.LIVE: Measure.SHOWN,
}  # fmt: skip
"""How many texts stand in each band."""

STAYS: Final = {
    Band.MISSING: (Measure.WAITS, Measure.WAIT_SECONDS),
    Band.DRAFT: (Measure.DRAFTS, Measure.DRAFT_SECONDS),
    Band.IN_REVIEW: (Measure.REVIEWS, Measure.REVIEW_SECONDS),
    Band.APPROVED: (Measure.REMAINS, Measure.REMAIN_SECONDS),
}
"""How many stays in each band ended, and how long they were together."""

LEVELS: Final = frozenset({*list(Measure)[:8], *STANDING.values()})
"""Of which the sum over all days up to one is what stood there when it ended; the others flow."""


class Row(NamedTuple):
    """What a number is added to: a measure of a language, on a day, of a person (by digest) or of `EVERYBODY`."""

    person: str
    measure: Measure
    day: date
    locale: Tag


class Lead(NamedTuple):
    """A translation became live and current on a day, so many `minutes` after its source text: see `lead_minutes`."""

    person: str
    day: date
    locale: Tag
    minutes: int


def lead_minutes(time: timedelta) -> int:
    """Return a lead time as it is kept: rounded up to minutes, from three hours on to hours, from a day on to six.

    So a day has few of them that differ, and a year is read in no time.
    """
    minutes = ceil(max(time, timedelta()) / timedelta(minutes=1))
    step = 1 if minutes <= 180 else 60 if minutes <= 1440 else 360
    return ceil(minutes / step) * step
