"""In which language the desk speaks to who is not in yet: as they chose, as their account says, as a browser asks."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request, session
from flask_babel import refresh

from app.domain.locales import language, lookup
from app.domain.segments import Tag
from app.domain.site import Site

_CHOSEN, _THEIRS = "chosen language", "their language"
_ASKED: Final = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to the same page in another language; `href` keeps what else the address asks for."""

    tag: Tag
    endonym: str
    href: str
    current: bool


def tongue(site: Site) -> Tag:
    """Return the language for a stranger. One that the address asks for is kept until they are in."""
    asked = request.args.get(_ASKED, "")
    if asked in site.locales and session.get(_CHOSEN) != asked:
        session[_CHOSEN] = asked
    kept = (session.get(_CHOSEN, ""), session.get(_THEIRS, ""))
    found = next((Tag(tag) for tag in kept if tag in site.locales), None)
    return found or lookup(request.headers.get("Accept-Language", ""), tuple(site.locales), site.default)


def known(theirs: Tag) -> None:
    """Speak somebody's own language from now on: a link or a password has named their account."""
    session[_THEIRS] = theirs
    refresh()


def come_in() -> None:
    """Forget it: an account says it by itself."""
    for kept in (_CHOSEN, _THEIRS):
        session.pop(kept, None)


def ways(site: Site, spoken: Tag) -> tuple[Way, ...]:
    """Return the links of the switch; none on a page that cannot be asked for again."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return ()
    others = {name: value for name, value in request.args.items() if name != _ASKED}
    return tuple(
        Way(
            tag=tag, endonym=language(tag).endonym, href=f"?{urlencode({**others, _ASKED: tag})}", current=tag == spoken
        )
        for tag in site.locales
    )
