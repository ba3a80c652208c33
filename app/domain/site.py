"""The site's settings: what `content/site.toml` says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.segments import Tag
from app.domain.translations import Role

NAMES: Final = "site"
"""The gettext domain of what is a msgid in the settings and in facts, written in the site's default language."""

INTERFACE: Final = "messages"
"""The gettext domain of what the pages say by themselves."""

MSGIDS: Final = Tag("en")
"""The language that the interface's msgids are written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Settings of one site. `name`, `full_name`, `address`, `city` and tags are msgids of the gettext domain `site`.

    `locales` maps each locale, in the order of the switch, to where a reader is sent when a text is missing.
    `countries` are ISO 3166 codes in upper case. `url` begins every absolute address (`https://news.example.org`, as
    `web_address` spells it); where it is empty a page has to go by the host that it was asked for under. At the desk
    `four_eyes` is the rule, and who coordinates or administrates signs in with a `second_factor`, unless it says not.
    A translation is asked for within `due_days` working days; people are reminded `remind_before` and `remind_after` so
    many of them from its day, and coordinators told `escalate_after` it (0: never).
    """

    name: str
    full_name: str = ""
    address: str = ""
    url: str = ""
    city: str
    zone: ZoneInfo
    countries: tuple[str, ...]
    default: Tag
    locales: Mapping[Tag, tuple[Tag, ...]]
    tree_roles: frozenset[Role] = frozenset({Role.AUTHOR, Role.TRANSLATOR, Role.REVIEWER, Role.COORDINATOR})
    tree_four_eyes: bool = False
    four_eyes: bool = True
    second_factor: bool = True
    due_days: int = 2
    remind_before: int = 1
    remind_after: int = 1
    escalate_after: int = 3

    def chain(self, locale: Tag) -> tuple[Tag, ...]:
        """Return the locales to try for a reader of `locale`, itself first, then its fallbacks, then the default."""
        return tuple(dict.fromkeys((locale, *self.locales.get(locale, ()), self.default)))

    def worded(self, domain: str, locale: Tag) -> tuple[Tag, ...]:
        """Return the locales whose catalogues of a gettext domain to ask one after the other, before the msgids.

        The msgids are words of a language too: it comes before whatever would follow it in the chain.
        """
        chain, own = self.chain(locale), self.default if domain == NAMES else MSGIDS
        return chain[: chain.index(own) + 1] if own in chain else chain

    def for_others(self, real: Collection[Tag]) -> Tag | None:
        """Return which of the languages that a text is in is for who reads none of them (`hreflang="x-default"`).

        The site's default language, else the first of its fallbacks, else of all, that is there; None if none is.
        """
        return next((tag for tag in (*self.chain(self.default), *self.locales) if tag in real), None)
