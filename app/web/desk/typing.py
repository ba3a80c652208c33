"""What a page sends while somebody types, and hears of the others: JSON under the text's address.

All requests: `Content-Type: application/json` and the form's token in `X-CSRFToken`; or, as `navigator.sendBeacon` can
send no header, a form with the fields `csrf_token` and `said`, which is the same JSON. Bodies have 4 MB at most.

A **window** is one page that somebody opened: it makes up `tab`, 40 letters at most, when it loads, and counts what it
writes by `serial`: an integer that is larger than any before it, those of copies that the page was given included
(`max(Date.now(), last + 1)`). It sends one request at a time, words it may send again as they are until they are
acknowledged, and may forget them then.

`POST …/translate/typed`: keep words. They stand in no text yet, and nobody else sees them.

    {"account": "kanat",            who was signed in when the page was made: refused (409) if somebody else is by now
     "tab": "x3f…",
     "revision": 7,                 the sheet's bases, as in the form: the revision (0: none), and the source's
     "source": "en", "source_revision": 3,
     "segments": [
       {"key": "p1a2b3c4d",         the row's key on that sheet
        "typed": {"forms": ["…"], "unsure": false, "out": false},   `Typed` of domain/side_by_side.py by its fields
        "serial": 1764385200123,
        "seen": {"a7c…": 1764385100000},    by windows, up to which serial these words go on from what those wrote
        "bases": {"revision": 6, "source": "en", "source_revision": 3}   only if others than the page's: of a segment
       }]}                          that was filled from a copy, the copy's own key and bases, until it is saved

    200 {"kept": [1764385200123],   serials that are safe
         "head": 9,                 number of the newest revision, 0 if there is none
         "met": {"p1a2b3c4d": {"who": "Elena Editor", "text": "…"}}}   what the newest text says otherwise than the
                                    base there, by whom; forms joined by NUL. Empty where nobody met

`GET …/translate/present?at=<key>&revision=7&tab=…`: I am here; who else is? Every 10 to 15 seconds, with the `ETag` of
the last answer in `If-None-Match` (browsers do that by themselves with `cache: "no-cache"`).

    200 {"head": 9, "source": 3,    number of the newest revision to translate from, if `source=` names its language
         "status": "draft", "others": [{"name": "elena", "full_name": "Elena Editor", "key": "p1a2b3c4d"}],
         "met": {…},                of the segment `at`, if `revision` is given
         "machine": […]}            what a machine was asked for here, and why it could not
    304                             as before

`POST …/translate/fold`: make a revision of all that I typed here, in every window. The body may be that of `typed`:
those words are kept first. Sent when the page is left; pressing *Submit* does it by itself. `"current": true` says that
all of the text says what the source beside it says, `"checked": true` that somebody has read what a machine wrote,
`"tell": true` that the next page is to say what became of it.

    200 {"kept": […], "head": 10, "revision": 10,   the revision of my words, null if nothing waited
         "suggestions": 0,                          places where they are beside the text, to be decided on
         "took_back": false,                        whether the text was in review until then
         "who": "Elena Editor"}                     who had saved meanwhile, "" if nobody
    409, 422 {"kept": […], "reasons": ["…"]}        refused: the words stay kept, and are offered (422: those of the
                                                    segments that the reasons name; the others are in the text)

`POST …/translate/drop`: `{"segments": [{"key": "…", "serial": …}]}`, let go what I typed there by that
serial. 200 `{"head": 9}`.

`GET …/translate/token`: `{"token": "…", "account": "kanat"}`: after somebody signed in again, in another window.

Whatever is refused is `{"reasons": ["…"]}` in the person's language: 400 unreadable, or the token is no more (ask for
one, send again); 401 the session is over: sign in again; 403 not your role; 404 no such text; 409 not possible now; 413
too large: shorten it, it is kept nowhere (of a segment `kept` names the others, which are); 422 the text cannot be used
so; 503 the database is away, 507 its disk is full: send it again later. The words of a refused request are kept
nowhere but in the browser.
"""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

import msgspec
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.errors import NotAllowed, Refusal
from app.domain.locales import parse_tag
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import Key
from app.domain.side_by_side import Typed
from app.queries import machine
from app.queries.people import full_names
from app.services import collisions, folds, presence, sheets, working_copies
from app.services.sheets import Bases
from app.services.texts import require_document
from app.services.working_copies import Words
from app.storage.texts import DbTranslation
from app.web.desk import kept, plain_answers
from app.web.desk.address import TEXT, Address
from app.web.desk.collisions import tell
from app.web.desk.desk import Desk
from app.web.desk.odd_values import MOST, whole
from app.web.desk.refusals import status_of

_Number = Annotated[int, msgspec.Meta(ge=0, le=MOST)]
_Serial = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class _Made(msgspec.Struct, kw_only=True):
    """By what numbers a sheet was made."""

    revision: _Number = 0
    source: Annotated[str, msgspec.Meta(max_length=35)] | None = None
    source_revision: _Number | None = None

    def bases(self) -> Bases:
        """Return them; ValueError for a language that there cannot be."""
        source = parse_tag(self.source) if self.source else None
        return Bases(revision=self.revision, source=source, source_revision=self.source_revision)


class _Segment(msgspec.Struct, kw_only=True):
    key: str
    typed: Typed = Typed(forms=())
    serial: _Serial
    seen: dict[str, _Serial] | _Serial = {}  # a number comes from pages of before: they go on from no other window
    bases: _Made | None = None

    def words(self, bases: Bases) -> Words:
        seen = self.seen if isinstance(self.seen, dict) else {}
        return Words(key=Key(self.key), typed=self.typed, bases=bases, serial=self.serial, seen=seen)


class _Said(_Made, kw_only=True):
    """The body of any of these requests."""

    account: str = ""
    tab: str = ""
    segments: tuple[_Segment, ...] = ()
    current: bool = False
    checked: bool = False
    tell: bool = False

    def words(self) -> list[Words]:
        return [one.words((one.bases or self).bases()) for one in self.segments]


_SAID = msgspec.json.Decoder(_Said)


class Typing:
    """Views of one text for scripts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def typed(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep words, and say whom they met."""
        at, said = Address.of(kind, name, locale), _said()
        safe = self._keep(at, said)
        if any(map(working_copies.is_too_large, said.words())):
            reasons = working_copies.too_large(f"{at.name}@{at.locale}").reasons
            return plain_answers.refused(self._desk, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reasons, "", kept=safe)
        with self._desk.reading() as session:
            text = require_document(session, at.name).text_in(at.locale)
            bases = {one.key: one.bases.revision or 0 for one in said.words()}
            return jsonify(kept=safe, head=_head(text), met=self._met(session, text, bases, said.tab))

    def present(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Note where somebody is, and say who else is there and how the text stands."""
        at, here = Address.of(kind, name, locale), Key(request.args.get("at", ""))
        me, now = self._desk.person().name, datetime.now(UTC)
        with self._desk.reading() as session:
            at.require_place(session, self._desk.site.locales)
            document = require_document(session, at.name)
            text, base = document.text_in(at.locale), request.args.get("revision", type=whole)
            bases = {here: base} if base is not None and here else {}
            others = presence.others(session, document, at.locale, but=me, now=now)
            answer = jsonify(
                head=_head(text), source=self._source(session, at), status=text.status if text else "missing",
                others=[{"name": one.name, "full_name": one.full_name, "key": one.key} for one in others],
                met=self._met(session, text, bases, request.args.get("tab", "")),
                machine=machine.asked(session, at.name, at.locale),
            )  # fmt: skip
            news = presence.is_news(session, document, at.locale, me, here, now=now)
        if news:
            with self._desk.writing() as session:
                presence.note(session, document.id, at.locale, me, Key(here[: working_copies.LONGEST_KEY]), now=now)
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.add_etag()
        return answer.make_conditional(request)

    def _source(self, session: Session, at: Address) -> int:
        """Return the number of the newest revision of the language that somebody translates from, 0 of none."""
        beside = sheets.beside(session, at.name, at.locale, request.args.get("source", ""))
        return beside.number if beside is not None else 0

    def fold(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Make a revision of all that somebody typed there; what is sent along is kept first, whatever comes of it."""
        at, said = Address.of(kind, name, locale), _said()
        safe = self._keep(at, said)
        try:
            with self._desk.writing() as session:
                actor = self._desk.actor(at.locale)
                folded = folds.fold_each(session, at.name, at.locale, actor)
                saved = folded.saved
                if (said.current or said.checked) and not folded.refused:
                    bases = replace(said.bases(), revision=None)
                    ticked = sheets.save(
                        session, at.name, at.locale, actor, bases=bases, typed={}, current=said.current,
                        checked=said.checked,
                    )  # fmt: skip
                    saved = folds.together([one for one in (saved, ticked) if one is not None])
                text = require_document(session, at.name).text_in(at.locale)
                names = full_names(session, [saved.met]) if saved and saved.met else {}
                head, revision = _head(text), saved.incoming.number if saved else None
        except Refusal as refusal:
            answer, status = plain_answers.refused(self._desk, status_of(refusal), refusal.reasons, "", kept=safe)
            return answer, status
        if said.tell and saved:
            tell(self._desk, saved)
        if folded.refused:  # all else is part of the text
            reasons = [reason for one in folded.refused for reason in one.reasons]
            return plain_answers.refused(self._desk, status_of(folded.refused[0]), reasons, "", kept=safe)
        return jsonify(
            kept=safe, head=head, revision=revision,
            suggestions=saved.suggestions if saved else 0, took_back=bool(saved and saved.took_back),
            who=names.get(saved.met, saved.met) if saved else "",
        )  # fmt: skip

    def drop(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Let go what somebody typed, by their own press."""
        at, said = Address.of(kind, name, locale), _said()
        self._require_same(said)
        with self._desk.writing() as session:
            at.require_place(session, self._desk.site.locales)
            serials = {Key(one.key): one.serial for one in said.segments}
            working_copies.drop(session, at.name, at.locale, self._desk.person().name, serials)
            return jsonify(head=_head(require_document(session, at.name).text_in(at.locale)))

    def token(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Give a page that was open before somebody signed in anew what it has to send from now on."""
        Address.of(kind, name, locale)
        if not kept.is_ours():
            raise BadRequest
        return jsonify(token=generate_csrf(), account=self._desk.person().name)

    def _keep(self, at: Address, said: _Said) -> tuple[int, ...]:
        """Keep what was sent, but for what is too large; return the serials that are safe."""
        self._require_same(said)
        sound = [one for one in said.words() if not working_copies.is_too_large(one)]
        if not sound:
            return ()
        with self._desk.writing() as session:
            at.require_place(session, self._desk.site.locales)
            return working_copies.keep(
                session, at.name, at.locale, self._desk.actor(at.locale), words=sound, tab=said.tab
            )

    def _require_same(self, said: _Said) -> None:
        """Raise NotAllowed where somebody else signed in since the page was made: words are kept under one's name."""
        if said.account not in {"", self._desk.person().name}:
            raise NotAllowed(saying("somebody else is signed in here by now: sign in as who you were"))

    def _met(
        self, session: Session, text: DbTranslation | None, bases: dict[Key, int], tab: str
    ) -> dict[str, dict[str, str]]:
        found = collisions.met(session, text, bases, account=self._desk.person().name, tab=tab) if text else {}
        names = full_names(session, {one.author for one in found.values()}) if found else {}
        return {key: {"who": names.get(one.author, one.author), "text": one.text} for key, one in found.items()}


def _said() -> _Said:
    """Return what the page sent, as JSON or in a field of a form."""
    body = request.form.get("said", "{}").encode() if request.form else request.get_data() or b"{}"
    try:
        said = _SAID.decode(body)
        for made in (said, *(one.bases for one in said.segments if one.bases)):
            made.bases()
    except (msgspec.MsgspecError, ValueError):
        raise BadRequest from None
    return said


def _head(text: DbTranslation | None) -> int:
    return text.head.number if text is not None and text.head is not None else 0


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("typing", __name__), Typing(desk)
    there = TEXT + "translate/"
    for post in (view.typed, view.fold, view.drop):
        desk.rule(area, there + post.__name__, post, Right.READ, methods="POST")
    for get in (view.present, view.token):
        desk.rule(area, there + get.__name__, get, Right.READ)
    return area
