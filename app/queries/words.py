"""The words of a language outside of a page: for letters, which no request asks for."""

from collections.abc import Callable
from gettext import NullTranslations

from sqlalchemy.orm import Session

from app.domain.segments import Tag
from app.domain.site import INTERFACE, NAMES, Site
from app.formats import mo
from app.formats.signs import plainly
from app.queries import reading


class LetterWords:
    """What is published of the catalogues, in a language and what it falls back on; the msgids in the end."""

    def __init__(self, find: Callable[[str, Tag], bytes | None], site: Site, locale: Tag) -> None:
        self._interface, self._names = (_chained(find, site, domain, locale) for domain in (INTERFACE, NAMES))

    def gettext(self, string: str, /, **variables: object) -> str:
        """Translate a message and fill its placeholders; what cannot be filled is the msgid."""
        return mo.format_or_msgid(plainly(self._interface.gettext(string)), string, variables)

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate a message with plural forms and fill its placeholders, `num` among them."""
        found = plainly(self._interface.ngettext(singular, plural, num))
        return mo.format_or_msgid(found, singular if num == 1 else plural, {"num": num, **variables})

    def name(self, string: str) -> str:
        """Translate a name of the site's own."""
        return plainly(self._names.gettext(string)) if string else ""


def of(session: Session, site: Site, locale: Tag) -> LetterWords:
    """Return the words of a language as they are published now."""
    return LetterWords(lambda domain, tag: reading.catalogue(session, domain, tag), site, locale)


def _chained(find: Callable[[str, Tag], bytes | None], site: Site, domain: str, locale: Tag) -> NullTranslations:
    words = NullTranslations()
    for tag in reversed(site.worded(domain, locale)):
        if (found := find(domain, tag)) is not None:
            words = mo.load(found, fallback=words)
    return words
