"""The guards of the table: what has to hold, besides status and role, at the moment when a transition is taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import NotAllowed
from app.domain.people import Actor, Channel
from app.domain.permissions import Right, may
from app.domain.said import saying
from app.domain.segments import State
from app.domain.translations import Guard, Status, Transition
from app.formats.articles import article
from app.formats.message_pairs import errors_in, forms_of
from app.services import facts, four_eyes, publishing, schedule
from app.storage.texts import DbRevision, DbTranslation
from app.storage.unfilled import unfilled


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a guard looks at. `named` tells whether somebody said that they mean this revision."""

    translation: DbTranslation
    revision: DbRevision
    named: bool
    actor: Actor
    comment: str
    due: datetime | None


def require(session: Session, row: Transition, wish: Wish) -> dict[str, str]:
    """Raise NotAllowed (or BadText) at the first guard that says no; return what the journal has to say of the others.

    Whatever the row, who names a revision means the head, and is refused if it is that no longer; but for who
    mends what is live, or puts back what was.
    """
    remarks: dict[str, str] = {}
    if wish.named and row.guards.isdisjoint(_NOT_THE_HEAD):
        _newest(wish)
    for guard in Guard:
        if guard in row.guards:
            remarks |= holds(session, guard, wish) or {}
    return remarks


_NOT_THE_HEAD = frozenset({Guard.CORRECTION, Guard.EARLIER})


def holds(session: Session, guard: Guard, wish: Wish) -> dict[str, str] | None:
    """Raise NotAllowed (or BadText) if a guard says no; return what the journal has to say of it."""
    try:
        return _GUARDS[guard](session, wish)
    except NotAllowed as refusal:
        refusal.guard = guard
        raise


def _newest(wish: Wish) -> None:
    if wish.revision.id != wish.translation.head_id:
        raise NotAllowed(saying("revision %(number)s is not the newest any more", number=wish.revision.number))


def _named(_session: Session, wish: Wish) -> None:
    if not wish.named:
        raise NotAllowed(saying("this needs the number of the revision that is meant"))
    _newest(wish)


def _correction(_session: Session, wish: Wish) -> None:
    if not wish.named:
        raise NotAllowed(saying("a correction needs the number of the revision that is meant"))
    if wish.revision.parent_id != wish.translation.live_id:
        reason = saying(
            "revision %(number)s is no correction: it was not made from the live revision", number=wish.revision.number
        )
        raise NotAllowed(reason)


def _earlier(session: Session, wish: Wish) -> None:
    if not wish.named:
        raise NotAllowed(saying("this needs the number of the revision that is meant"))
    before = publishing.before_live(session, wish.translation)
    if before is None or before.revision_id != wish.revision.id:
        number = wish.revision.number
        raise NotAllowed(saying("revision %(number)s is not what readers had before the live one", number=number))


def _live(_session: Session, wish: Wish) -> None:
    if wish.translation.live_id is None:
        raise NotAllowed(saying("nothing is live"))


def _shown(session: Session, wish: Wish) -> None:
    if wish.translation.live_id is None and schedule.waiting(session, wish.translation) is None:
        raise NotAllowed(saying("nothing is live"))


def _waiting(session: Session, wish: Wish) -> None:
    if schedule.waiting(session, wish.translation) is None:
        raise NotAllowed(saying("nothing is scheduled"))


def _time_given(_session: Session, wish: Wish) -> None:
    if wish.due is None:
        raise NotAllowed(saying("a time is required"))


def _ahead(_session: Session, wish: Wish) -> None:
    if wish.revision.id == wish.translation.live_id:
        number = wish.revision.number
        raise NotAllowed(saying("revision %(number)s is live already, and has nothing to wait for", number=number))


def _note_given(_session: Session, wish: Wish) -> None:
    if not wish.comment:
        raise NotAllowed(saying("a note is required"))


def _source(session: Session, wish: Wish) -> None:
    publishing.require_source(session, wish.translation)


def _source_first(session: Session, wish: Wish) -> None:
    publishing.require_source_not_withdrawn(session, wish.translation)
    source = wish.translation.document.text_in(wish.translation.document.source)
    if source is None or source is wish.translation or source.live_id is not None:
        return
    coming = schedule.waiting(session, source)
    if coming is not None and wish.due is not None and coming.due_at > wish.due:
        raise NotAllowed(saying("its source text goes live only later"))


def _facts(session: Session, wish: Wish) -> None:
    if wish.actor.channel is Channel.TREE:
        return  # a file asks for what stands beside it
    if not facts.are_approved(session, wish.translation, wish.revision):
        raise NotAllowed(saying("its date, tags or photos were changed after it was approved: approve it again"))


def _complete(_session: Session, wish: Wish) -> None:
    if wish.translation.document.kind is Kind.CATALOGUE:
        return  # gettext falls back message by message, and most real catalogues have holes
    holes = [row.key for row in wish.revision.segment_map.rows if row.state is State.MISSING]
    if holes:
        raise NotAllowed(saying("not translated yet: %(segments)s", segments=tuple(holes)))


def _body(_session: Session, wish: Wish) -> None:
    text = wish.translation
    if text.document.kind is not Kind.NEWS or not text.is_language:
        return
    if not article(text.document.full_name, text.locale, wish.revision.text).body.strip():
        raise NotAllowed(saying("a news item has a text besides its title, and this one has none"))


def _checks(session: Session, wish: Wish) -> None:
    head = wish.revision.id == wish.translation.head_id
    if (
        wish.translation.status is Status.DRAFT
        and wish.actor.channel in _ASKED
        and (head or not publishing.was_live(session, wish.translation, wish.revision.id))
    ):
        _require_sound(session, wish.translation, wish.revision)
    passed: set[int] = session.info.setdefault("passed", set())  # a text asks for three transitions in one breath
    if wish.revision.id not in passed:
        publishing.require_publishable(session, wish.translation, wish.revision)
        passed.add(wish.revision.id)


_ASKED = frozenset({Channel.DESK, Channel.SHELL})
"""Who hands in a text there can mend it at once; a file comes in message by message, and is told of the others."""


def _require_sound(session: Session, translation: DbTranslation, revision: DbRevision) -> None:
    if translation.document.kind is not Kind.CATALOGUE or not translation.is_language:
        return  # what is an error in an article cannot be saved
    failed = unfilled(session, translation.document.name, forms_of(revision.text, path=translation.subject))
    errors = errors_in(revision.text, translation.locale, path=translation.subject, unfilled=failed)
    found = islice(errors, _MOST_ERRORS)
    wrong = tuple(saying("in “%(message)s”: %(why)s", message=entry.msgid[:60], why=one.said) for entry, one in found)
    if wrong:
        raise NotAllowed(saying("checks found errors: %(errors)s", errors=wrong))


_MOST_ERRORS = 20


def _four_eyes(session: Session, wish: Wish) -> dict[str, str] | None:
    if not wish.actor.four_eyes or not four_eyes.wrote(session, wish.translation, wish.revision, wish.actor.name):
        return None
    if wish.comment and may(wish.actor.roles, Right.OVERRIDE):
        return {"four-eyes": "overridden"}
    raise NotAllowed(saying("who wrote a text does not approve it (four eyes); a coordinator may, with a note"))


_GUARDS: Mapping[Guard, Callable[[Session, Wish], dict[str, str] | None]] = {
    Guard.LIVE: _live,
    Guard.SHOWN: _shown,
    Guard.WAITING: _waiting,
    Guard.NAMED: _named,
    Guard.CORRECTION: _correction,
    Guard.EARLIER: _earlier,
    Guard.TIME: _time_given,
    Guard.AHEAD: _ahead,
    Guard.NOTE: _note_given,
    Guard.SOURCE: _source,
    Guard.SOURCE_FIRST: _source_first,
    Guard.FACTS: _facts,
    Guard.COMPLETE: _complete,
    Guard.BODY: _body,
    Guard.CHECKS: _checks,
    Guard.FOUR_EYES: _four_eyes,
}
