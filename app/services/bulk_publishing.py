"""What is approved of a selection is published at once, and what was live before it comes back."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.errors import NotAllowed, SoAlready
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.translations import Action, Guard
from app.services import publishing, releases, schedule, steps, transitions
from app.services.bulk import Change, Plan, Text
from app.storage.bulk import DbBulkItem
from app.storage.texts import DbRevision, DbTranslation


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Change):
    """Which revision readers would see in place of which (None: of nothing), by their numbers.

    `minor` is what its approver said of a source text: translations stay current by it.
    """

    revision: int
    instead: int | None
    minor: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """Publish what is approved. `planned` are the source texts that go first, so that their translations can follow."""

    planned: set[int] = field(default_factory=set)
    kind = BulkKind.PUBLISH

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return what readers would see; its base is that revision.

        Refusals as the transition, and for what is live, or has its time to come.
        """
        translation = text.translation
        if translation is None or translation.head is None:
            raise NotAllowed(saying("there is no text yet"))
        follows = {Guard.SOURCE} if text.document.id in self.planned else set[Guard]()
        _, wish, _ = steps.asked(session, translation, Action.PUBLISH, actor, revision=translation.head, but=follows)
        if translation.live_id == translation.head_id:
            raise SoAlready(saying("revision %(number)s is live already", number=wish.revision.number))
        if schedule.waiting(session, translation) is not None or releases.due(session, text.document) is not None:
            raise NotAllowed(saying("it has a time at which it goes live: publish it by itself if it is not to wait"))
        if translation.is_source:
            self.planned.add(text.document.id)
        minor = translation.is_source and releases.said_minor(session, text.document)
        instead = translation.live.number if translation.live is not None else None
        change = Published(revision=wish.revision.number, instead=instead, minor=minor)

        def do() -> tuple[int | None, int | None]:
            before, meant = translation.live_id, wish.revision
            transitions.take(session, translation, Action.PUBLISH, actor, revision=meant, minor=minor)
            made = publishing.newest_publication(session, translation)
            return before, made.id if made is not None else None

        return Plan(base=change.revision, change=change, do=do)


def require_undoable(session: Session, text: Text, item: DbBulkItem) -> None:
    """Raise NotAllowed where readers were given something else since, or nothing."""
    translation = _written(text)
    newest = publishing.newest_publication(session, translation)
    if translation.live is None:
        raise NotAllowed(saying("it was withdrawn since"))
    if newest is None or newest.id != item.after:
        raise NotAllowed(saying("revision %(number)s was published since", number=translation.live.number))


def undo(session: Session, text: Text, item: DbBulkItem, actor: Actor) -> None:
    """Give readers back what they had, or withdraw what they had not. Refusals as the transitions."""
    translation = _written(text)
    if item.before is None:
        transitions.take(session, translation, Action.WITHDRAW, actor)
    else:
        before = session.get_one(DbRevision, item.before)
        transitions.take(session, translation, Action.PUT_BACK, actor, revision=before)


def _written(text: Text) -> DbTranslation:
    if text.translation is None:
        raise NotAllowed(saying("there is no text yet"))
    return text.translation
