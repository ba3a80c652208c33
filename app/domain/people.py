"""Who does something, and by which door they came in."""

from dataclasses import dataclass
from enum import StrEnum

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
