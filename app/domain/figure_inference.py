"""Where a text stands after a row of the journal that does not say it: by the workflow's own table."""

from dataclasses import replace
from typing import Final

from app.domain.figure_states import Deed, Stand, Texts
from app.domain.translations import TRANSITIONS, Action, Status

GOES_LIVE: Final = frozenset({Action.PUBLISH, Action.CORRECT})
"""What lets readers have something new; what is put back they had before."""

_LEADS_TO: Final = {row.action: row.to for row in TRANSITIONS}


def after(stand: Stand, deed: Deed, texts: Texts) -> Stand:
    """Return where a text stands after a deed."""
    if deed.action == "save":
        return _saved(stand, deed, texts)
    if deed.action in GOES_LIVE and deed.revision is not None:
        # what is mended and is all that there is was approved by that; so are facts that go live with their source
        status = Status.APPROVED if stand.head == deed.revision else stand.status
        return replace(stand, live=deed.revision, status=status)
    if deed.action == Action.PUT_BACK and deed.revision is not None:
        return replace(stand, live=deed.revision)
    if deed.action == Action.WITHDRAW:
        return replace(stand, live=None)
    to = _LEADS_TO[Action(deed.action)] if deed.action in list(Action) else None
    return stand if to is None or stand.head is None else replace(stand, status=to)


def _saved(stand: Stand, deed: Deed, texts: Texts) -> Stand:
    """Return the same after a save: what was made from the head is the new one, anything else stands beside it."""
    if deed.revision is None:
        return stand
    saved = texts.revision(deed.locale, deed.revision)
    if stand.head is None:
        return replace(stand, head=deed.revision, status=Status.DRAFT)
    if saved.parent != stand.head:
        return stand
    mechanical = texts.revision(deed.locale, stand.head).digest == saved.digest
    return replace(stand, head=deed.revision, status=stand.status if mechanical else Status.DRAFT)
