"""How the texts of a document go live as they are approved (docs/decisions/0020-standing-orders.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.segments import Tag


class Policy(StrEnum):
    """What a coordinator may order for a document."""

    EACH = "each"
    TOGETHER = "together"
    GROUP_FIRST = "group first"


class Wait(StrEnum):
    """Why a text does not go live yet; the first that applies is the one that is told."""

    UNAPPROVED = "its newest text is not approved"
    BEHIND = "it is behind the text that it was made from"
    SOURCE = "its source text has not been published"
    GROUP = "it goes out together with others that are not ready"
    FIRST = "the first group has not gone out"
    LEFT_OUT = "the order does not name it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is asked of one text: whether its newest text is approved, is what readers see, and is behind.

    `shown` tells that readers see something of it, this text or an older one.
    """

    approved: bool
    live: bool
    shown: bool
    behind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is ordered: a policy, and the languages that go out together (none where each goes by itself)."""

    policy: Policy
    together: frozenset[Tag] = frozenset()


def waits(order: Order, texts: Mapping[Tag, Standing], *, source: Tag | None) -> Mapping[Tag, Wait | None]:
    """Return of each text whose newest revision is not live why it waits, None if it goes live now.

    `source` is None where no text has to go first: a catalogue is made from its template.

    Whoever publishes what goes live asks again afterwards: what waited for it may go then.
    """
    alone = {tag: _alone(tag, order, texts, source=source) for tag in texts}
    whole = all(tag in texts and alone[tag] is None for tag in order.together)
    out = all(tag in texts and texts[tag].shown for tag in order.together)

    def wait(tag: Tag) -> Wait | None:
        if tag in order.together:
            return alone[tag] or (None if whole else Wait.GROUP)
        if order.policy is Policy.TOGETHER:
            return Wait.LEFT_OUT
        return alone[tag] or (None if out else Wait.FIRST)

    return {tag: wait(tag) for tag, text in texts.items() if not (text.live and text.approved)}


def going(order: Order, texts: Mapping[Tag, Standing], *, source: Tag | None) -> tuple[tuple[Tag, ...], ...]:
    """Return what goes live now, as groups of which all go or none does, and in which the source goes first."""
    free = [tag for tag, wait in waits(order, texts, source=source).items() if wait is None]
    free.sort(key=lambda tag: (tag != source, tag))
    group = tuple(tag for tag in free if tag in order.together)
    alone = tuple((tag,) for tag in free if tag not in order.together)
    return ((group,) if group else ()) + alone


def _alone(tag: Tag, order: Order, texts: Mapping[Tag, Standing], *, source: Tag | None) -> Wait | None:
    """Return why a text would wait whatever the others of its group do."""
    text = texts[tag]
    if not text.approved:
        return Wait.UNAPPROVED
    if text.behind:
        return Wait.BEHIND
    with_source = tag in order.together and source in order.together
    if source not in {None, tag} and not with_source and not (source in texts and texts[source].shown):
        return Wait.SOURCE
    return None
