"""One text: its page, and what people press, say and give out there."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.errors import BadText, Forbidden, NotAllowed, Refusal
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE
from app.domain.translations import Action
from app.queries.suggestions import Suggestion, still_open
from app.services import assignments, comments, facts, folds, previews, releases, suggestions, transitions
from app.services.texts import find, find_revision, held_or_begun, require_document
from app.web.desk import moments
from app.web.desk.address import TEXT, Address
from app.web.desk.deeds import done
from app.web.desk.desk import Desk
from app.web.desk.moments import typed
from app.web.desk.odd_values import whole
from app.web.desk.refusals import status_of
from app.web.desk.text_page import Given, text_page
from app.web.desk.translating import Translating
from app.web.desk.whose import chosen, typed_priority
from app.web.desk.withdrawal import WHOLE

_PRESSED = frozenset(
    {Action.SUBMIT, Action.TAKE_BACK, Action.RETURN, Action.APPROVE, Action.REOPEN, Action.PUBLISH, Action.SCHEDULE,
     Action.UNSCHEDULE, Action.WITHDRAW, Action.PUT_BACK}
)  # fmt: skip
"""What one press does; the rest is done by saving a text."""

_WITH_FACTS = frozenset({Action.APPROVE, Action.PUBLISH, Action.SCHEDULE})
"""What means the facts that go live with a source text, too."""

_LONGEST_LINK = 10_000  # days; the service says what is reasonable


class Reviewing:
    """Views of one text; each write asks one service."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def text(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show where a text stands, what may be done about it, and its words beside their source."""
        return text_page(self._desk, Address.of(kind, name, locale))

    def act(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Take the transition that was pressed; where it is refused show the text as it is by now, and why."""
        at, said = Address.of(kind, name, locale), request.form
        action = said.get("action", "")
        if action not in {*_PRESSED, WHOLE}:
            raise BadRequest
        try:
            told, ended = self._withdraw_all(at) if action == WHOLE else self._take(at, Action(action))
        except Forbidden:
            raise
        except Refusal as refusal:
            given = Given(
                refusal=refusal, action=action, note=said.get("note", ""), due=said.get("due", ""), seen=_seen()
            )
            return text_page(self._desk, at, given), status_of(refusal)
        flash(told, "done")
        if ended:
            flash(gettext("The order by which this document was to be published has ended with that."), "warning")
        return self._back(at)

    def _take(self, at: Address, action: Action) -> tuple[str, bool]:
        """Take a transition; return what became of it, and whether it ended a standing order."""
        said, zone = request.form, self._desk.zone
        due = typed(said.get("due", ""), zone, moments.LIVE) if action is Action.SCHEDULE else None
        if due is not None:
            moments.yet_to_come(due, moments.LIVE, datetime.now(UTC), zone)
        with self._desk.writing() as session:
            translation = find(session, at.name, at.locale)
            transitions.lock(session, translation)
            ordered = releases.in_force(session, translation.document) is not None
            revision = find_revision(session, translation, said.get("revision", 0, type=whole))
            if action is Action.SUBMIT and revision is translation.head:
                folded = folds.fold(session, at.name, at.locale, self._desk.actor(at.locale))
                revision = folded.head if folded is not None else revision
            if translation.is_source and "facts" in said and action in _WITH_FACTS:
                facts.require_newest(translation.document, said.get("facts", 0, type=whole))
            transitions.take(
                session, translation, action, self._desk.actor(at.locale), revision=revision,
                comment=said.get("note", ""), minor="minor" in said, due=due,
            )  # fmt: skip
            ended = ordered and releases.in_force(session, translation.document) is None
            return done(action, revision.number), ended

    def _withdraw_all(self, at: Address) -> tuple[str, bool]:
        with self._desk.writing() as session:
            document = require_document(session, at.name)
            ordered = releases.in_force(session, document) is not None
            actor = self._desk.actor(document.source)
            transitions.withdraw_all(session, document, actor, comment=request.form.get("note", ""))
        return gettext("Readers do not see this any more, in any language."), ordered

    def comment(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep a comment; one that is refused is given back."""
        at, text = Address.of(kind, name, locale), request.form.get("comment", "")
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                translation = held_or_begun(session, at.name, at.locale)
                comments.add(session, translation, text, self._desk.anywhere())
        except Forbidden:
            raise
        except Refusal as refusal:
            return text_page(self._desk, at, Given(refusal=refusal, comment=text)), status_of(refusal)
        return self._back(at, "talk")

    def decide(self, kind: str, name: str, locale: str, number: int) -> ResponseReturnValue:
        """Take a suggestion into the text, or decline it; what was typed in the editor beside it is saved before."""
        at, decision = Address.of(kind, name, locale), request.form.get("decision")
        try:
            with self._desk.writing() as session:
                actor = self._desk.actor(at.locale)
                stands = _waiting(session, at, number).stands
                self._translating.put(session, at)
                is_unread = decision == "take" and request.args.get("stood", stands) != stands
                if take := decision in {"take", "both"} and not is_unread:
                    suggestions.take(session, number, actor, both=decision == "both")
                elif not is_unread:
                    suggestions.decline(session, number, actor)
        except Forbidden:
            raise
        except NotAllowed as refusal:
            return text_page(self._desk, at, Given(refusal=refusal, seen=_seen())), status_of(refusal)
        if is_unread:  # what was typed beside it is saved all the same
            unread = NotAllowed(
                saying("somebody changed this place meanwhile: read what stands there now, then decide")
            )
            return text_page(self._desk, at, Given(refusal=unread, seen=_seen())), status_of(unread)
        flash(gettext("The suggestion stands in the text now.") if take else gettext("The suggestion was declined."))
        match request.form.get("back"):
            case "translate":
                return self._translating.onward(at, _front())
            case "edit":
                return redirect(at.url("writing.edit", asked=_front()), 303)
        return self._back(at, "suggestions")

    def assign(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Ask somebody for a text, by a day if one is named."""
        at, said = Address.of(kind, name, locale), request.form
        try:
            due = typed(said.get("due", ""), self._desk.zone, moments.WANTED)
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                document = require_document(session, at.name)
                actor = self._desk.actor(at.locale)
                person, team = chosen(said.get("person", ""))
                priority = typed_priority(said.get("priority", ""))
                made = assignments.assign(
                    session, document, at.locale, actor, person=person, team=team, due=due, priority=priority
                )
        except Forbidden:
            raise
        except (NotAllowed, BadText) as refusal:
            given = Given(refusal=refusal, person=said.get("person", ""), wanted=said.get("due", ""))
            return text_page(self._desk, at, given), status_of(refusal)
        if made is not None and made.person != person:
            flash(gettext("Who was to be asked is away: who stands in for them is asked, and told."), "warning")
        return self._back(at, "whose")

    def give_out(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Make a link to the draft, and show it once."""
        at, days = Address.of(kind, name, locale), min(request.form.get("days", 0, type=whole), _LONGEST_LINK)
        with self._desk.writing() as session:
            translation = find(session, at.name, at.locale)
            _, token = previews.give_out(
                session, translation, self._desk.actor(at.locale), lasts=timedelta(days=days), now=datetime.now(UTC)
            )
        link = url_for("previews.page", token=token, _external=True)
        # Translators: %(link)s is an address that shows a draft to whoever has it
        flash(gettext("Whoever has this link sees the newest text. It is shown here once: %(link)s", link=link), "link")
        return self._back(at, "previews")

    def revoke(self, kind: str, name: str, locale: str, number: int) -> ResponseReturnValue:
        """Let a link show nothing any more."""
        at = Address.of(kind, name, locale)
        with self._desk.writing() as session:
            previews.revoke(session, find(session, at.name, at.locale), number, self._desk.actor(at.locale))
        return self._back(at, "previews")

    def _back(self, at: Address, part: str = "") -> ResponseReturnValue:
        return redirect(at.url("reviewing.text", part=part), 303)


def _waiting(session: Session, at: Address, number: int) -> Suggestion:
    """Return a suggestion that waits beside this text (or the facts that go out with it); NotAllowed if it does not.

    The roles that count are those for it.
    """
    source = require_document(session, at.name).source
    beside = (at.locale, NO_LANGUAGE) if at.locale == source else (at.locale,)
    found = (one for tag in beside for one in still_open(session, at.name, tag) if one.number == number)
    if (waiting := next(found, None)) is None:
        raise NotAllowed(saying("this suggestion was decided on before"))
    return waiting


def _front() -> dict[str, str]:
    """Return which segment was in front in the editor."""
    return {"at": request.form["at"]} if request.form.get("at") else {}


def _seen() -> datetime | None:
    """Return how new the page was on which somebody pressed a button; None where that cannot be read."""
    try:
        seen = datetime.fromisoformat(request.form.get("seen", ""))
    except ValueError:
        return None
    return seen if seen.tzinfo is not None else None


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("reviewing", __name__), Reviewing(desk)
    desk.rule(area, TEXT, view.text, Right.READ)
    for path, post, right in (
        ("act", view.act, Right.READ),
        ("comment", view.comment, Right.COMMENT),
        ("assign", view.assign, Right.ASSIGN),
        ("previews", view.give_out, Right.PREVIEW),
    ):
        desk.rule(area, TEXT + path, post, right, methods="POST")
    desk.rule(area, TEXT + "suggestions/<int:number>", view.decide, Right.READ, methods="POST")
    desk.rule(area, TEXT + "previews/<int:number>/revoke", view.revoke, Right.PREVIEW, methods="POST")
    return area
