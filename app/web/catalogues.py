"""The site's words: gettext from published catalogues, without a restart and without trusting a translator's markup.

Flask-Babel reads `.mo` files and keeps them for the life of the process. Here the words come from the read model's
snapshot instead, so that every worker shows a changed catalogue within a quarter of a second.
"""

import logging
from collections.abc import Callable
from gettext import NullTranslations

from flask import Flask
from flask_babel import Babel, Domain, get_locale
from markupsafe import escape

from app.domain.segments import Tag
from app.domain.site import INTERFACE, NAMES
from app.formats.mo import format_or_msgid
from app.formats.signs import plainly
from app.web.published import Published

log = logging.getLogger(__name__)


class LiveDomain(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """A gettext domain that follows what is published. What a translation cannot be filled with, its msgid is."""

    def __init__(self, published: Published, domain: str) -> None:
        super().__init__(domain=domain)
        self._published = published
        self._complained: set[str] = set()

    def get_translations(self) -> NullTranslations:
        """Return the words of the current locale."""
        snapshot = self._published.now()
        wanted = str(get_locale())
        return snapshot.catalogue(self.domain[0], snapshot.by_babel.get(wanted) or Tag(wanted.replace("_", "-")))

    def gettext(self, string: str, /, **variables: object) -> str:
        """Translate a message and fill its placeholders."""
        return self._filled(self.get_translations().gettext(string), string, variables)

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate a message with plural forms and fill its placeholders, `num` among them."""
        msgid = singular if num == 1 else plural
        found = self.get_translations().ngettext(singular, plural, num)
        return self._filled(found, msgid, {"num": num, **variables})

    def pgettext(self, context: str, string: str, /, **variables: object) -> str:
        """Translate a message that is ambiguous without its context."""
        return self._filled(self.get_translations().pgettext(context, string), string, variables)

    def npgettext(self, context: str, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate an ambiguous message with plural forms."""
        msgid = singular if num == 1 else plural
        found = self.get_translations().npgettext(context, singular, plural, num)
        return self._filled(found, msgid, {"num": num, **variables})

    def plain(self, string: str) -> str:
        """Translate a text that has no placeholders, so that a per cent sign in it is one; nothing of nothing."""
        return plainly(self.get_translations().gettext(string)) if string else ""

    def _filled(self, text: str, msgid: str, variables: dict[str, object]) -> str:
        """Fill in placeholders; what cannot be filled is the msgid. A text without any keeps its per cent signs.

        Where a placeholder is a link of ours, the words around it are escaped: markup of a translator's stays words.
        """
        text = plainly(text)
        if not variables:
            return text
        if any(hasattr(value, "__html__") for value in variables.values()):
            text, msgid = escape(text), escape(msgid)
        try:
            return text % variables
        except (KeyError, OverflowError, TypeError, ValueError) as error:
            self._complain(msgid, error)
            return format_or_msgid(msgid, msgid, variables)

    def _complain(self, msgid: str, error: Exception) -> None:
        """Log a bad message once; it will be met on every page."""
        if msgid not in self._complained:
            self._complained.add(msgid)
            log.warning("the %s of %r in %s cannot be used: %s", self.domain[0], msgid, get_locale(), error)


def install(app: Flask, published: Published, choose: Callable[[], str | None]) -> None:
    """Give Flask-Babel and the templates these words; `choose` returns Babel's identifier for this request, or None.

    Templates escape what they get, a translation's own markup included: nothing here returns Markup for plain text.
    """
    babel = Babel(app, configure_jinja=False, locale_selector=choose)
    babel.domain_instance = interface = LiveDomain(published, INTERFACE)
    names = LiveDomain(published, NAMES)
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
