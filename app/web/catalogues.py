"""The site's words: gettext from published catalogues, without a restart and without trusting a translator's markup.

Flask-Babel reads `.mo` files and keeps them for the life of the process. Here the words come from the read model's
snapshot instead, so that every worker shows a changed catalogue within a quarter of a second.
"""

import logging
from collections.abc import Callable
from gettext import NullTranslations
from typing import Final

from flask import Flask
from flask_babel import Babel, Domain, get_locale
from markupsafe import escape

from app.domain.segments import Tag
from app.domain.site import INTERFACE, NAMES
from app.formats.mo import format_or_msgid
from app.formats.signs import plainly
from app.web.published import Published

log = logging.getLogger(__name__)


Tell = Callable[[str, str, str], None]
"""Takes domain, key (msgctxt, U+0004, msgid) and words of a message that cannot be filled."""

_MOST_COMPLAINTS: Final = 1_000


class LiveDomain(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """A gettext domain that follows what is published. What a translation cannot be filled with, its msgid is.

    Words that cannot be filled are logged once, and `tell` is told, so that the desk shows it; other words of the same
    message, of a later revision or of another language, are another matter.
    """

    def __init__(self, published: Published, domain: str, tell: Tell | None = None) -> None:
        super().__init__(domain=domain)
        self._published, self._tell = published, tell
        self._complained: set[tuple[str, str]] = set()

    def get_translations(self) -> NullTranslations:
        """Return the words of the current locale."""
        snapshot = self._published.now()
        wanted = str(get_locale())
        return snapshot.catalogue(self.domain[0], snapshot.by_babel.get(wanted) or Tag(wanted.replace("_", "-")))

    def gettext(self, string: str, /, **variables: object) -> str:
        """Translate a message and fill its placeholders."""
        return self._filled(self.get_translations().gettext(string), string, variables, key=string)

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate a message with plural forms and fill its placeholders, `num` among them."""
        msgid = singular if num == 1 else plural
        found = self.get_translations().ngettext(singular, plural, num)
        return self._filled(found, msgid, {"num": num, **variables}, key=singular)

    def pgettext(self, context: str, string: str, /, **variables: object) -> str:
        """Translate a message that is ambiguous without its context."""
        found = self.get_translations().pgettext(context, string)
        return self._filled(found, string, variables, key=f"{context}\x04{string}")

    def npgettext(self, context: str, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate an ambiguous message with plural forms."""
        msgid = singular if num == 1 else plural
        found = self.get_translations().npgettext(context, singular, plural, num)
        return self._filled(found, msgid, {"num": num, **variables}, key=f"{context}\x04{singular}")

    def plain(self, string: str) -> str:
        """Translate a text that has no placeholders, so that a per cent sign in it is one; nothing of nothing."""
        return plainly(self.get_translations().gettext(string)) if string else ""

    def _filled(self, words: str, msgid: str, variables: dict[str, object], *, key: str) -> str:
        """Fill in placeholders; what cannot be filled is the msgid. A text without any keeps its per cent signs.

        Where a placeholder is a link of ours, the words around it are escaped: markup of a translator's stays words.
        """
        text = plainly(words)
        if not variables:
            return text
        if any(hasattr(value, "__html__") for value in variables.values()):
            text, msgid = escape(text), escape(msgid)
        try:
            return text % variables
        except (KeyError, OverflowError, TypeError, ValueError) as error:
            self._complain(key, words, error)
            return format_or_msgid(msgid, msgid, variables)

    def _complain(self, key: str, words: str, error: Exception) -> None:
        """Say of bad words once that they are; they will be met on every page."""
        if (key, words) in self._complained:
            return
        if len(self._complained) >= _MOST_COMPLAINTS:
            self._complained.clear()
        self._complained.add((key, words))
        log.warning("the %s of %r in %s cannot be used: %s", self.domain[0], key, get_locale(), error)
        if self._tell is not None:
            self._tell(self.domain[0], key, words)


def install(app: Flask, published: Published, choose: Callable[[], str | None], tell: Tell | None = None) -> None:
    """Give Flask-Babel and the templates these words; `choose` returns Babel's identifier for this request, or None.

    `tell` is told of a message that cannot be filled, once.

    Templates escape what they get, a translation's own markup included: nothing here returns Markup for plain text.
    """
    babel = Babel(app, configure_jinja=False, locale_selector=choose)
    babel.domain_instance = interface = LiveDomain(published, INTERFACE, tell)
    names = LiveDomain(published, NAMES)  # which have no placeholders
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the extension
    env.globals.update(
        gettext=interface.gettext,
        ngettext=interface.ngettext,
        pgettext=interface.pgettext,
        npgettext=interface.npgettext,
        site_text=names.plain,
    )
