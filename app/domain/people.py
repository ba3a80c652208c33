"""Who does something, and by which door they came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.permissions import Right, may
from app.domain.segments import Tag
from app.domain.translations import Role


class Channel(StrEnum):
    """How a text or an order came in."""

    DESK = "desk"
    TREE = "tree"
    UPLOAD = "upload"
    API = "api"
    SHELL = "shell"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or a process with the roles that count for the text at hand. `four_eyes` is the site's rule for them."""

    name: str
    channel: Channel
    roles: frozenset[Role]
    four_eyes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Grant:
    """A role that somebody has: for texts in one language, or (None) for the whole site."""

    role: Role
    locale: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account. `name` never changes and stands with what they did; `language` is their desk's."""

    name: str
    full_name: str
    email: str
    language: Tag
    grants: frozenset[Grant] = frozenset()
    active: bool = True

    def roles(self, locale: Tag | None = None) -> frozenset[Role]:
        """Return the roles that count for texts in a language: those for the site, and those for that language."""
        counting = (grant.role for grant in self.grants if grant.locale in {None, locale})
        return frozenset(counting) if self.active else frozenset()

    @property
    def everywhere(self) -> frozenset[Role]:
        """Return all roles, whatever the language: what counts for rights that are not about one text."""
        return frozenset(grant.role for grant in self.grants) if self.active else frozenset()

    def has(self, right: Right) -> bool:
        """Tell whether one of the roles is enough for a right."""
        return may(self.everywhere, right)

    def actor(self, locale: Tag, *, channel: Channel, four_eyes: bool = True) -> Actor:
        """Return this person as they act on a text in a language."""
        return Actor(name=self.name, channel=channel, roles=self.roles(locale), four_eyes=four_eyes)


def languages(grants: Iterable[Grant], role: Role) -> tuple[Tag, ...]:
    """Return the languages for which a role was granted, in order of their tags."""
    return tuple(sorted(grant.locale for grant in grants if grant.role is role and grant.locale is not None))
