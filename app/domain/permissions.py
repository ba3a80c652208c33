"""Who may do what: the table beside that of the transitions (design, *Workflow*). One row each, and no other rule.

Desk, command line and tree ask `require`; `docs/workflow.md` is drawn from both tables. A role that is granted for a
language counts for texts in it alone; which roles those are is settled before anybody asks (`people.Person.roles`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.errors import Forbidden
from app.domain.said import saying
from app.domain.translations import Action, Role, Status, Transition, transition


class Side(StrEnum):
    """On which side of a translation a text stands; facts and templates are on the side of the source."""

    SOURCE = "source text"
    TRANSLATION = "translation"


class Right(StrEnum):
    """What people may do besides the transitions."""

    READ = "read drafts, comments, histories and what stands where"
    CREATE = "begin a document"
    COMMENT = "comment"
    PREVIEW = "give out a preview"
    GLOSSARY = "write in the glossary of a language"
    MEMORY = "bring files into the memory of a language"
    ASSIGN = "assign texts and set due dates"
    RELEASE = "order a release"
    UNDO = "undo what others did to many texts"
    OVERRIDE = "approve, with a note, what one wrote oneself"
    FIGURES = "see the figures of other people"
    JOURNAL = "read the journal"
    PEOPLE = "invite people, grant roles and revoke them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One row: on each side of a translation, the roles of which one is enough."""

    what: Action | Right
    source: frozenset[Role]
    translation: frozenset[Role]

    def on(self, side: Side) -> frozenset[Role]:
        """Return the roles that may do this with a text on that side."""
        return self.source if side is Side.SOURCE else self.translation


PER_LOCALE: Final = frozenset({Role.TRANSLATOR, Role.REVIEWER})
"""Roles that are granted for a language; the others are granted for the whole site."""

STRONG: Final = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
"""Roles for which the site may want more than a password at signing in."""

_AUTHORS = frozenset({Role.AUTHOR, Role.REVIEWER, Role.COORDINATOR})
_TRANSLATORS = frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.COORDINATOR})
_REVIEWERS = frozenset({Role.REVIEWER, Role.COORDINATOR})
_COORDINATORS = frozenset({Role.COORDINATOR})
_AT_WORK = _AUTHORS | _TRANSLATORS


def _both(what: Action | Right, roles: frozenset[Role]) -> Permission:
    return Permission(what=what, source=roles, translation=roles)


PERMISSIONS: tuple[Permission, ...] = (
    *(
        Permission(what=action, source=_AUTHORS, translation=_TRANSLATORS)
        for action in (Action.START, Action.EDIT, Action.SUBMIT, Action.TAKE_BACK, Action.REOPEN)
    ),
    _both(Action.RETURN, _REVIEWERS),
    _both(Action.APPROVE, _REVIEWERS),
    _both(Action.PUBLISH, _COORDINATORS),
    _both(Action.SCHEDULE, _COORDINATORS),
    _both(Action.UNSCHEDULE, _COORDINATORS),
    _both(Action.WITHDRAW, _COORDINATORS),
    _both(Action.PUT_BACK, _COORDINATORS),
    _both(Action.CORRECT, _COORDINATORS),
    _both(Right.READ, _AT_WORK),
    _both(Right.CREATE, frozenset({Role.AUTHOR, Role.COORDINATOR})),
    _both(Right.COMMENT, _AT_WORK),
    _both(Right.PREVIEW, _AT_WORK),
    _both(Right.GLOSSARY, _TRANSLATORS),
    _both(Right.MEMORY, _REVIEWERS),
    _both(Right.ASSIGN, _COORDINATORS),
    _both(Right.RELEASE, _COORDINATORS),
    _both(Right.UNDO, _COORDINATORS),
    _both(Right.OVERRIDE, _COORDINATORS),
    _both(Right.FIGURES, _COORDINATORS),
    _both(Right.JOURNAL, frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})),
    _both(Right.PEOPLE, frozenset({Role.ADMINISTRATOR})),
)

_BY_DEED: Mapping[Action | Right, Permission] = {row.what: row for row in PERMISSIONS}


def may(roles: Iterable[Role], what: Action | Right, *, of: Side = Side.SOURCE) -> bool:
    """Tell whether one of the roles is enough; `of` matters where a text is written."""
    return not _BY_DEED[what].on(of).isdisjoint(roles)


def require(roles: Iterable[Role], what: Action | Right, *, of: Side = Side.SOURCE) -> None:
    """Raise Forbidden, which says the roles that could, unless one of these is enough."""
    if not may(roles, what, of=of):
        roles = tuple(sorted(_BY_DEED[what].on(of)))
        raise Forbidden(saying("to %(deed)s takes one of these roles: %(roles)s", deed=what, roles=roles))


def allowed(status: Status, action: Action, roles: Iterable[Role], *, of: Side) -> Transition:
    """Return the row of the first table if the second lets one of the roles take it; NotAllowed says which does not."""
    row = transition(status, action)
    require(roles, action, of=of)
    return row
