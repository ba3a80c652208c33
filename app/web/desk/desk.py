"""What all views of the desk share: who is signed in, sessions, and the frame around a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, Unauthorized

from app.config import Settings
from app.domain.locales import language
from app.domain.people import Actor, Channel, Person
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.domain.site import Site
from app.storage.database import Database
from app.storage.media import MediaStore
from app.web.desk.entrance import Entrance, Needs, P, Rules
from app.web.desk.tongue import Way, tongue, ways
from app.web.published import Published
from app.web.reader.writing import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the menu; `count` is how many things there wait for this person."""

    href: str
    label: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page of the desk. `person` is None before somebody signed in."""

    person: Person | None
    locale: Tag
    direction: str
    locales: tuple[Tag, ...]
    write: Writing
    site_name: str
    menu: tuple[Place, ...] = ()
    tongues: tuple[Way, ...] = ()

    def may(self, right: str) -> bool:
        """Tell whether the person has a right, by its name in the second table (`PEOPLE`)."""
        return self.person is not None and self.person.has(Right[right])


class Desk:
    """One per application; views take it apart: `person`, `reading`, `writing`, `render`."""

    def __init__(
        self, settings: Settings, database: Database, published: Published, who: Callable[[], Person | None]
    ) -> None:
        self.settings, self.database, self.published = settings, database, published
        self.store = MediaStore(settings.data / "media")
        self._who = who
        self.rules = Rules(self._check)
        self.menu: list[Callable[[Person], Place | None]] = []
        """What each area adds to the bar, in order; None for who has no business there."""

    def rule(
        self,
        blueprint: Blueprint,
        path: str,
        view: Callable[P, ResponseReturnValue],
        needs: Needs,
        *,
        name: str = "",
        methods: str = "GET",
    ) -> None:
        """Add a route with what it needs, as `Rules.add`."""
        self.rules.add(blueprint, path, view, needs, name=name, methods=methods)

    def _check(self, needs: Needs) -> None:
        if needs is Entrance.ANYBODY:
            return
        person = self.person()
        if isinstance(needs, Right) and not person.has(needs):
            raise Forbidden

    @property
    def site(self) -> Site:
        """Return the site's settings; ServiceUnavailable before there are any."""
        return self.published.site()

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone in which times are shown and typed."""
        return self.site.zone

    def visitor(self) -> Person | None:
        """Return who is signed in, None for a stranger; asked once in a request."""
        if "person" not in g:
            g.person = self._who()
        found: Person | None = g.person
        return found

    def person(self) -> Person:
        """Return who is signed in; Unauthorized, which leads to signing in, for a stranger."""
        person = self.visitor()
        if person is None or not person.active:
            raise Unauthorized
        return person

    def actor(self, locale: Tag) -> Actor:
        """Return who is signed in as they act on texts in a language."""
        return self.person().actor(locale, channel=Channel.DESK, four_eyes=self.site.four_eyes)

    def anywhere(self) -> Actor:
        """Return who is signed in with all their roles: who translates into one language asks about texts in others."""
        person = self.person()
        return Actor(name=person.name, channel=Channel.DESK, roles=person.everywhere, four_eyes=self.site.four_eyes)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session on a snapshot; nothing done in it stays."""
        with self.database.read() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end of the block, or not at all."""
        with self.database.write() as session:
            yield session

    def locale(self) -> Tag:
        """Return the language of the desk: the person's own choice, or what `tongue` says of a stranger."""
        person, site = self.visitor(), self.published.now().site
        if site is None:
            return Tag("en")
        if person is not None and person.language in site.locales:
            return person.language
        return tongue(site)

    def frame(self) -> Frame:
        """Return what stands around this page."""
        locale, site, person = self.locale(), self.site, self.visitor()
        places = (entry(person) for entry in self.menu) if person is not None else ()
        return Frame(
            person=person, locale=locale, direction=language(locale).direction, locales=tuple(site.locales),
            write=Writing(locale=locale, zone=site.zone), site_name=site.name,
            menu=tuple(place for place in places if place is not None),
            tongues=ways(site, locale) if person is None else (),
        )  # fmt: skip

    def render(self, template: str, **values: object) -> str:
        """Return a page of the desk."""
        return render_template(template, frame=self.frame(), **values)
