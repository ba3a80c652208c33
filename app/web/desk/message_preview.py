"""Where a message of the interface stands: a reader's page with its newest words in place, and marked.

The readers' application is made over the same read model with one catalogue exchanged; no draft is written there. In
the words stand two signs that no text has (of Unicode's private use area), by which they are found in the page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Concatenate, Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import NotFound
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import Key, Segment, State, Tag
from app.domain.side_by_side import FORMS
from app.domain.site import INTERFACE, NAMES
from app.formats.choice import format_of
from app.formats.mo import compile_catalogue
from app.queries import reading
from app.services.sheets import Sheet, sheet
from app.services.texts import find
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk
from app.web.desk.reader_page import FRAMED, without_scripts
from app.web.published import Answer, P, Reader

NOWHERE: Final = "qqqqqqqq"
"""What no text has: how a search answers that finds nothing."""

_OPENS, _CLOSES = "\ue000", "\ue001"
_SHOWN: Final = re.compile(f"{_OPENS}(.*?){_CLOSES}", re.DOTALL)
_SIGNS: Final = re.compile(f"[{_OPENS}{_CLOSES}]")
_TAG: Final = re.compile(r"(<[^>]*>)")
_HEAD: Final = re.compile(r"<(title|style)\b.*?</\1>", re.DOTALL)


class Exchanged:
    """The read model with one catalogue in place of the published one."""

    def __init__(self, reader: Reader, domain: str, locale: Tag, mo: bytes) -> None:
        self._reader, self._asked, self._mo = reader, (domain, locale), mo

    def version(self) -> int:
        """Return the version of what is published."""
        return self._reader.version()

    def ask(self, query: Callable[Concatenate[Session, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Return what a query finds; for the one catalogue, these words."""
        if query is reading.catalogue and args == self._asked:
            return self._mo  # type: ignore[return-value]  # that is what this query answers
        return self._reader.ask(query, *args, **kwargs)


class MessagePreview:
    """Shows a message where readers meet it."""

    def __init__(self, desk: Desk, readers: Callable[[Reader], Flask]) -> None:
        self._desk, self._readers = desk, readers

    def shown(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show the first page that has the message, or say that none has."""
        at, key = Address.of(kind, name, locale), Key(request.args.get("at", ""))
        if at.name.kind is not Kind.CATALOGUE or at.name.name not in {INTERFACE, NAMES}:
            raise NotFound(saying("no page of this site shows these words"))
        with self._desk.reading() as session:
            find(session, at.name, at.locale)
            mo = _marked(sheet(session, at.name, at.locale), key)
            pages = list(self._pages(session, at.locale))
        app = self._readers(Exchanged(self._desk.published.reader, at.name.name, at.locale, mo))
        with app.test_client() as client:
            for page in pages:
                answer = client.get(page, base_url=request.host_url)
                if _OPENS in (html := answer.get_data(as_text=True)):
                    return _framed(_with_marks(html))
        return self._desk.render("desk/not_shown.html", at=at, key=key)

    def _pages(self, session: Session, locale: Tag) -> Iterator[str]:
        """Yield addresses of pages of each kind, those that have most words first."""
        newest = reading.news(session, locale, size=1).entries
        yield from (f"/{locale}/news/{one.slug}" for one in newest)
        words = [
            max(re.findall(r"\w+", one.title), key=len, default=NOWHERE) for one in newest
        ]  # of which a search finds something
        searches = [f"search?{urlencode({'q': one})}" for one in (*words, NOWHERE)]
        yield from (f"/{locale}/{part}" for part in ("", "news/", "search", *searches, "archive/", "tags/"))
        yield from (f"/{locale}/{one.slug}" for one in reading.standing(session, locale))
        yield f"/{locale}/news/no-such-page"


def _marked(shown: Sheet, key: Key) -> bytes:
    """Return the compiled catalogue with signs around the words of one message. NotFound if it has none such."""
    if shown.base is None or all(row.key != key for row in shown.rows):
        raise NotFound(saying("the text has no such segment"))
    segments = [_signed(row.target, row.key, row.text) if row.key == key else row.target for row in shown.rows]
    text = format_of(shown.document.kind, shown.locale).compose(shown.base.text, [one for one in segments if one])
    return compile_catalogue(text, path=str(shown.document)).mo


def _signed(segment: Segment | None, key: Key, text: str) -> Segment:
    words = segment or Segment(key=key, kind="message", text="")
    forms = text.split(FORMS) if text else [key.rpartition("\x04")[2]]
    marked = FORMS.join(f"{_OPENS}{form}{_CLOSES}" for form in forms)
    return replace(words, text=marked, state=State.DONE)


def _with_marks(html: str) -> str:
    """Return a page with its signs as marks around words, and none in attributes, where there can be no marks."""
    html = _HEAD.sub(lambda found: _SIGNS.sub("", found[0]), html)
    pieces = _TAG.split(html)
    pieces[1::2] = (_SIGNS.sub("", tag) for tag in pieces[1::2])
    marked = _SHOWN.sub(r'<mark class="shown">\1</mark>', "".join(pieces))
    return _SIGNS.sub("", marked.replace('class="shown"', 'class="shown" id="shown"', 1))


def _framed(html: str) -> Response:
    response = Response(without_scripts(html), mimetype="text/html")
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def blueprint(desk: Desk, readers: Callable[[Reader], Flask]) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("message_preview", __name__), MessagePreview(desk, readers)
    desk.rule(area, TEXT + "translate/shown", view.shown, Right.READ)
    return area
