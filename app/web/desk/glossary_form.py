"""What the pages of the glossary are asked: between which languages, and what was typed of a term."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Refusal
from app.domain.glossary import Term
from app.domain.people import Person, languages
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.site import MSGIDS, Site
from app.domain.translations import Role
from app.queries.glossary import Entry, fullest, like, one
from app.web.desk.odd_values import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """From which language into which."""

    source: Tag
    target: Tag

    @property
    def asked(self) -> dict[str, str]:
        """Return what names them in an address."""
        return {"source": self.source, "target": self.target}

    def url(self, *, part: str = "", **asked: str | int) -> str:
        """Return the address of their glossary, or of a part of it."""
        return f"{url_for('glossary.page')}?{urlencode(self.asked | asked)}{part and '#'}{part}"


def sources(site: Site) -> tuple[Tag, ...]:
    """Return the languages that terms may be of: the site's, and that of the interface's msgids."""
    return tuple(dict.fromkeys((*site.locales, MSGIDS)))


def between(site: Site, said: Mapping[str, str]) -> Between:
    """Return the languages that a form names; NotFound for others than the site's, and for one into itself."""
    source, target = Tag(said.get("source", "")), Tag(said.get("target", ""))
    if source not in sources(site) or target not in site.locales or source == target:
        raise NotFound(saying("a glossary is from one of the site's languages into another"))
    return Between(source=source, target=target)


def between_or_first(session: Session, site: Site, person: Person) -> Between:
    """Return the languages that an address names; of one that names none what somebody most likely means.

    Into a language that they translate or review, or else any, from that which has most terms so far.
    """
    own = [tag for role in (Role.TRANSLATOR, Role.REVIEWER) for tag in languages(person.grants, role)]
    targets = [tag for tag in own if tag in site.locales] or list(site.locales)
    found = fullest(session, targets)
    target = _named("target", tuple(site.locales)) or (found[1] if found else _other(targets, site.default))
    likely = found[0] if found and found[1] == target else site.default
    source = _named("source", sources(site)) or (likely if likely != target else _other(sources(site), target))
    return Between(source=source, target=target)


def _named(field: str, known: tuple[Tag, ...]) -> Tag | None:
    return next((tag for tag in known if tag == request.args.get(field)), None)


def _other(tags: tuple[Tag, ...] | list[Tag], tag: Tag) -> Tag:
    return next((one for one in tags if one != tag), tags[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class TermForm:
    """What stands in the form of a term; of one that is there its number, and which version of it was shown.

    A refused one holds what was typed, and what `stands` in the glossary instead.
    """

    term: Term
    number: int = 0
    version: int = 0
    refusal: Refusal | None = None
    stands: Entry | None = None

    @classmethod
    def typed(cls, pair: Between) -> "TermForm":
        """Read what was typed."""
        said = request.form
        term = Term(
            source=pair.source, target=pair.target, term=said.get("term", ""), translation=said.get("translation", ""),
            note=said.get("note", ""), forbidden=tuple(said.get("forbidden", "").splitlines()), keep="keep" in said,
        )  # fmt: skip
        return cls(
            term=term, number=said.get("number", 0, type=whole), version=said.get("version", 0, type=whole)
        )  # fmt: skip

    @classmethod
    def shown(cls, pair: Between, entry: Entry | None) -> "TermForm":
        """Return the form of a term that is there, or an empty one."""
        if entry is None:
            return cls(term=Term(source=pair.source, target=pair.target, term="", translation=""))
        return cls(term=entry.term, number=entry.number, version=entry.version)

    def refused(self, session: Session, refusal: Refusal) -> "TermForm":
        """Return it as it is given back: sent again it takes the place of what is shown with it as standing there.

        A new term that is there already, or one that somebody changed, is then a change of that; one that somebody took
        out is a new one. One that is there and would be called as another is no change of the other.
        """
        pair = self.term.source, self.term.target
        mine, other = one(session, self.number, *pair) if self.number else None, like(session, self.term.term, *pair)
        if mine is not None and mine.version == self.version:
            return replace(self, refusal=refusal, stands=other if other and other.number != mine.number else None)
        now = mine or other
        number, version = (now.number, now.version) if now is not None else (0, 0)
        return replace(self, number=number, version=version, refusal=refusal, stands=now)
