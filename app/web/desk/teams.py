"""Teams, the rules by which texts are given to people, and who is away: for who coordinates."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from app.domain.assigning import PRIORITIES, Rule
from app.domain.countries import alphabetical, country_name, is_country
from app.domain.documents import Kind
from app.domain.errors import Forbidden, NotAllowed, Refusal
from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.queries import teams as queries
from app.queries.people import full_names, people
from app.queries.topics import topics
from app.services import assignment_rules, teams
from app.web.desk.desk import Desk, Place
from app.web.desk.odd_values import whole
from app.web.desk.refusals import status_of
from app.web.desk.whose import chosen, typed_priority

_FIELDS = ("title", "locale", "kind", "tag", "person", "days", "country", "priority")


class Teams:
    """One page, and what is sent from it; what is refused is said above it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, refusal: Refusal | None = None, *, number: int = 0) -> str:
        """Show the teams, the rules in their order, and who is away; what was refused of a rule stands in its form."""
        with self._desk.reading() as session:
            everybody, away = people(session), queries.away(session)
            return self._desk.render(
                "desk/teams.html", teams=queries.teams(session), rules=queries.rules(session), away=away,
                everybody=[one for one in everybody if one.active and one.has(Right.READ)],
                names=full_names(session, (one.name for one in everybody)), tags=topics(session), kinds=tuple(Kind),
                countries=alphabetical(self._desk.site.countries, self._desk.locale()), country=self._country,
                priorities=PRIORITIES, due_days=self._desk.site.due_days, refusal=refusal,
                typed=_typed_again(), number=number, blank=dict.fromkeys(_FIELDS, ""),
            )  # fmt: skip

    def _country(self, code: str) -> str:
        return country_name(code, self._desk.locale()) if is_country(code) else code

    def team(self) -> ResponseReturnValue:
        """Make a team, say who is of one, or take one away."""
        said, actor = request.form, self._desk.anywhere()
        try:
            with self._desk.writing() as session:
                if said.get("do") == "remove":
                    teams.remove(session, said.get("title", ""), actor)
                else:
                    locale, members = Tag(said.get("locale", "")), said.getlist("member")
                    teams.put(session, said.get("title", ""), actor, locale=locale, people=members)
        except Forbidden:
            raise
        except Refusal as refusal:
            return self.page(refusal), status_of(refusal)
        flash(gettext("The teams were changed."), "done")
        return redirect(url_for("teams.page", _anchor="teams"), 303)

    def rule(self) -> ResponseReturnValue:
        """Put a rule behind the others."""
        try:
            rule = _typed()
            with self._desk.writing() as session:
                assignment_rules.add(session, rule, self._desk.anywhere())
        except Forbidden:
            raise
        except Refusal as refusal:
            return self.page(refusal), status_of(refusal)
        flash(gettext("The rule stands behind the others. It counts for what is published from now on."), "done")
        return redirect(url_for("teams.page", _anchor="rules"), 303)

    def change(self, number: int) -> ResponseReturnValue:
        """Let a rule say something else, move it up or down, or take it away."""
        try:
            self._change(number, request.form.get("do"))
        except Forbidden:
            raise
        except NotAllowed as refusal:
            return self.page(refusal, number=number), status_of(refusal)
        return redirect(url_for("teams.page", _anchor="rules"), 303)

    def _change(self, number: int, deed: str | None) -> None:
        actor = self._desk.anywhere()
        with self._desk.writing() as session:
            if deed == "change":
                assignment_rules.change(session, number, _typed(), actor)
            elif deed == "remove":
                assignment_rules.remove(session, number, actor)
            elif deed in {"up", "down"}:
                assignment_rules.move(session, number, actor, up=deed == "up")
            else:
                raise BadRequest


def _typed_again() -> dict[str, str]:
    """Return what a form that is given back holds."""
    return {name: request.form.get(name, "") for name in _FIELDS}


def _typed() -> Rule:
    """Return the rule that a form says. BadRequest for a kind that is none."""
    said = request.form
    person, team = chosen(said.get("person", ""))
    kind = said.get("kind", "")
    days = said.get("days", type=whole)
    if (kind and kind not in list(Kind)) or (days is None and said.get("days", "").strip()):
        raise BadRequest
    return Rule(
        locale=Tag(said["locale"]) if said.get("locale") else None, kind=Kind(kind) if kind else None,
        tag=said.get("tag", "").strip(), person=person, team=team, priority=typed_priority(said.get("priority", "")),
        days=days, country=said.get("country", ""),
    )  # fmt: skip


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("teams", __name__), Teams(desk)
    desk.rule(area, "/teams", view.page, Right.ASSIGN)
    desk.rule(area, "/teams/team", view.team, Right.ASSIGN, methods="POST")
    desk.rule(area, "/teams/rule", view.rule, Right.ASSIGN, methods="POST")
    desk.rule(area, "/teams/rules/<int:number>", view.change, Right.ASSIGN, methods="POST")
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.ASSIGN):
        return None
    here = (request.endpoint or "").startswith("teams.")
    # Translators: an entry of the desk's menu: teams, rules by which texts are given to people, who is away
    return Place(href=url_for("teams.page"), label=gettext("Teams"), current=here)
