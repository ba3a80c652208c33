"""One document: its languages, whose each is, the order by which they go live, and all that happened to it."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.errors import NotAllowed
from app.domain.people import Person
from app.domain.permissions import Right, Side, may
from app.domain.releases import Order, Policy
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.domain.translations import Action
from app.queries import standings
from app.queries.changes import changes
from app.queries.people import full_names, people
from app.queries.reviews import Assigned, assigned_of, title_of
from app.queries.talk import Remark, remarks
from app.queries.timeline import Happening, timeline
from app.services import lags, releases
from app.services.texts import require_document
from app.storage.texts import DbDocument
from app.web.desk.address import named
from app.web.desk.desk import Desk
from app.web.desk.happenings import Teller
from app.web.desk.odd_values import whole

_STORY = 50
"""Entries of a page of the timeline."""

DOCUMENT = "/<kind>/<name>/"


class Documents:
    """Views of one document."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def document(self, kind: str, name: str) -> ResponseReturnValue:
        """Show how each language stands, and the timeline."""
        return self._page(kind, name)

    def order(self, kind: str, name: str) -> ResponseReturnValue:
        """Give the order by which texts go live as they are approved."""
        said = request.form
        policy = said.get("policy", "")
        together = frozenset(Tag(one) for one in said.getlist("together") if one in self._desk.site.locales)
        if not policy:
            unsaid = NotAllowed(saying("choose how it goes live"))
            return self._page(kind, name, refused=unsaid, chosen=(policy, together)), 422
        if policy not in list(Policy):
            raise BadRequest
        try:
            order = Order(policy=Policy(policy), together=frozenset() if policy == Policy.EACH else together)
            with self._desk.writing() as session:
                document = require_document(session, named(kind, name))
                releases.give(session, document, self._desk.actor(document.source), order)
        except NotAllowed as refusal:
            return self._page(kind, name, refused=refusal, chosen=(policy, together)), 409
        flash(gettext("The order stands, and is carried on at each approval."), "done")
        return redirect(url_for("documents.document", kind=kind, name=name, _anchor="order"), 303)

    def end_order(self, kind: str, name: str) -> ResponseReturnValue:
        """End the order; what is live stays so."""
        with self._desk.writing() as session:
            document = require_document(session, named(kind, name))
            ended = releases.revoke(session, document, self._desk.actor(document.source))
        if ended:
            flash(gettext("The order is ended. What readers see stays as it is."), "done")
        else:
            flash(gettext("There was no order any more: somebody ended it before."), "warning")
        return redirect(url_for("documents.document", kind=kind, name=name, _anchor="order"), 303)

    def _page(
        self,
        kind: str,
        name: str,
        *,
        refused: NotAllowed | None = None,
        chosen: tuple[str, frozenset[Tag]] | None = None,
    ) -> str:
        wanted, write = named(kind, name), self._desk.frame().write
        with self._desk.reading() as session:
            document = require_document(session, wanted)
            story = timeline(session, wanted)
            part = _part_of(story, request.args.get("until", len(story), type=whole))
            given = assigned_of(session, document)
            order = releases.in_force(session, document)
            stands = [one for one in standings.all_of(session, wanted, None) if one.locale != NO_LANGUAGE]
            everybody = people(session)
            talk = _talk(session, document)
            names = full_names(
                session, [*_named_in(story, given.values(), order.by if order else ""), *(one.author for one in talk)]
            )
            return self._desk.render(
                "desk/document.html",
                name=wanted,
                document=document,
                title=title_of(session, document, self._desk.locale()),
                stands=stands,
                talk=talk,
                lags=lags.lags_of(session, document),
                given=given,
                order=order,
                waiting=releases.waiting(session, document, order) if order else {},
                writers={one.locale: _writers(everybody, document, one.locale) for one in stands},
                **part,
                changes=changes(session, document, part["story"]),
                teller=Teller(write, names),
                policies=tuple(Policy),
                chosen=chosen or ((order.policy, order.together) if order else ("", frozenset())),
                refused=refused,
                rights={right.name for right in Right if self._desk.person().has(right)},
            )


def _talk(session: Session, document: DbDocument) -> tuple[Remark, ...]:
    """Return what was said to all languages of the message that the address names: its template has no page."""
    template, key = document.text_in(NO_LANGUAGE), Key(request.args.get("at", ""))
    return remarks(session, [template], {key}) if template is not None and key else ()


class _Part(TypedDict):
    story: Sequence[Happening]
    older: int
    newest: bool


def _part_of(story: Sequence[Happening], until: int) -> _Part:
    """Return a page of the timeline: what happened up to the `until`-th thing, and where the older page begins.

    Counted from the oldest, so that an address shows the same however much is added.
    """
    last = until if 0 < until <= len(story) else len(story)
    first = max(last - _STORY, 0)
    return {"story": story[len(story) - last : len(story) - first], "older": first, "newest": last == len(story)}


def _named_in(story: Iterable[Happening], given: Iterable[Assigned], *others: str) -> set[str]:
    """Return the names of all who appear on the page."""
    acting = {name for one in story for name in (one.who, one.person)}
    return {*others, *acting, *(one.person for one in given)}


def _writers(everybody: Iterable[Person], document: DbDocument, locale: Tag) -> list[Person]:
    """Return who may be asked for a text."""
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    return [person for person in everybody if may(person.roles(locale), Action.EDIT, of=side)]


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("documents", __name__), Documents(desk)
    desk.rule(area, DOCUMENT, view.document, Right.READ)
    desk.rule(area, DOCUMENT + "order", view.order, Right.RELEASE, methods="POST")
    desk.rule(area, DOCUMENT + "order/end", view.end_order, Right.RELEASE, methods="POST")
    return area
