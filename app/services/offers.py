"""The buttons of a text: what somebody may press now, asked of both tables and of the guards themselves."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.people import Actor
from app.domain.permissions import may
from app.domain.translations import TRANSITIONS, Action, Guard, Transition
from app.services import publishing
from app.services.guards import Wish, holds
from app.storage.texts import DbRevision, DbTranslation

_SAVING = frozenset({Action.START, Action.EDIT, Action.CORRECT})
"""What somebody does by saving a text: each has a form of its own, and no press alone does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An action that status and roles allow. `against` are the guards that say no to it, and `reasons` why.

    `note` and `time` tell that it takes a note, or a time.
    """

    action: Action
    note: bool = False
    time: bool = False
    against: tuple[Guard, ...] = ()
    reasons: tuple[str, ...] = ()


def offers(session: Session, translation: DbTranslation, actor: Actor) -> tuple[Offer, ...]:
    """Return what somebody may do to a text, in the order of the table; nothing is done and nothing changes."""
    rows = [row for row in TRANSITIONS if translation.status in row.source]
    return tuple(
        _offer(session, row, translation, meant(session, translation, row.action), actor)
        for row in rows
        if may(actor.roles, row.action, of=translation.side)
    )


def meant(session: Session, translation: DbTranslation, action: Action) -> DbRevision | None:
    """Return the revision that a press means: the newest, or what readers had before the live one; None for none."""
    if action is not Action.PUT_BACK:
        return translation.head
    before = publishing.before_live(session, translation)
    return session.get_one(DbRevision, before.revision_id) if before is not None else None


def can_submit(session: Session, translation: DbTranslation | None, actor: Actor) -> bool:
    """Tell whether somebody may submit the newest text for review now."""
    may_now = offers(session, translation, actor) if translation is not None else ()
    return any(one.action is Action.SUBMIT and not one.against for one in may_now)


def _offer(
    session: Session, row: Transition, translation: DbTranslation, revision: DbRevision | None, actor: Actor
) -> Offer:
    note, time = Guard.NOTE in row.guards, Guard.TIME in row.guards
    if revision is None:
        return Offer(action=row.action, against=(Guard.EARLIER,) if row.action is Action.PUT_BACK else ())
    wish = Wish(
        translation=translation, revision=revision, named=True, actor=actor, comment="a note" if note else "",
        due=datetime.now(UTC) + timedelta(days=36_500) if time else None,
    )  # fmt: skip
    against = _against(session, row, wish)
    if [*against] == [Guard.FOUR_EYES] and not _against(session, row, replace(wish, comment="a note")):
        note, against = True, {}
    return Offer(
        action=row.action,
        note=note,
        time=time,
        against=tuple(against),
        reasons=tuple(reason for said in against.values() for reason in said),
    )


def _against(session: Session, row: Transition, wish: Wish) -> dict[Guard, tuple[str, ...]]:
    """Return the guards that say no, with their reasons; what is asked of a text yet to be saved is left out."""
    later = {Guard.CORRECTION, Guard.COMPLETE, Guard.CHECKS} if row.action in _SAVING else set[Guard]()
    said: dict[Guard, tuple[str, ...]] = {}
    for guard in (guard for guard in Guard if guard in row.guards - later):
        try:
            holds(session, guard, wish)
        except Refusal as refusal:
            said[guard] = refusal.reasons
    return said
