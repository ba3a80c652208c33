"""People: who has an account, inviting somebody, and what an administrator does for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.invitations import BadAccount, Invitation, email_of
from app.domain.people import Actor, Grant, Person
from app.domain.permissions import PER_LOCALE, Right
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Role
from app.queries import accounts as queries
from app.services import accounts as people
from app.services import link_letters, links
from app.services.link_letters import Why
from app.storage.accounts import DbAccount
from app.web.desk.account_words import said_of_fault, said_of_role, said_of_work
from app.web.desk.desk import Desk, Place
from app.web.desk.forgotten import can_mail

SITE_WIDE = tuple(role for role in Role if role not in PER_LOCALE)
FOR_LANGUAGES = tuple(role for role in Role if role in PER_LOCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form of an invitation."""

    name: str = ""
    full_name: str = ""
    email: str = ""
    language: str = ""
    grants: frozenset[Grant] = frozenset()


class People:
    """The list, and the page of each of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def everybody(self) -> ResponseReturnValue:
        """Show who has an account; of a `language`, who has a role for its texts."""
        language = request.args.get("language", "")
        with self._desk.reading() as session:
            found = queries.everybody(session)
        if language in self._desk.site.locales:
            found = tuple(one for one in found if _works_in(one.person, Tag(language)))
        return self._desk.render("desk/people.html", accounts=found, role=said_of_role, language=language)

    def invite(self) -> ResponseReturnValue:
        """Make an account, and show the link by which its owner chooses a password."""
        if request.method == "GET":
            return self._form(Typed(language=self._desk.site.default), [])
        typed = Typed(
            name=request.form.get("name", "").strip(), full_name=request.form.get("full_name", "").strip(),
            email=email_of(request.form.get("email", "")), language=request.form.get("language", ""),
            grants=_checked("grant"),
        )  # fmt: skip
        invitation = Invitation(
            name=typed.name, full_name=typed.full_name, email=typed.email, language=Tag(typed.language),
            grants=typed.grants,
        )  # fmt: skip
        try:
            with self._desk.writing() as session:
                account = people.invite(session, invitation, self._actor(), self._desk.site)
                secret = self._link(session, account)
        except BadAccount as refusal:
            return self._form(typed, [said_of_fault(fault) for fault in refusal.faults])
        return self._linked(account.person(), secret, invited=True)

    def one(self, name: str) -> ResponseReturnValue:
        """Show somebody's account, and what can be done with it."""
        with self._desk.reading() as session:
            found = _known(session, name)
        return self._page(found, [])

    def describe(self, name: str) -> ResponseReturnValue:
        """Change how somebody is called and reached."""
        with self._desk.reading() as session:
            found = _known(session, name)
        full_name, email = request.form.get("full_name", ""), request.form.get("email", "")
        try:
            with self._desk.writing() as session:
                people.describe(session, name, self._actor(), self._desk.site, full_name=full_name, email=email)
        except BadAccount as refusal:
            return self._page(found, [said_of_fault(fault) for fault in refusal.faults])
        return self._done(name, gettext("The account was changed."))

    def grant(self, name: str) -> ResponseReturnValue:
        """Grant the roles that were ticked, and revoke those that were and are no more; others' work stays."""
        had, wanted, actor = _checked("had"), _checked("grant"), self._actor()
        try:
            with self._desk.writing() as session:
                for one in sorted(wanted - had, key=str):
                    people.grant(session, name, one, actor, self._desk.site)
                for one in sorted(had - wanted, key=str):
                    people.revoke(session, name, one, actor)
        except (BadAccount, NotAllowed) as refusal:
            return self._refused(name, refusal)
        return self._done(name, gettext("The roles were changed. They count from now on."))

    def link(self, name: str) -> ResponseReturnValue:
        """Show a new link by which somebody chooses a password; older ones lead nowhere any more."""
        with self._desk.writing() as session:
            account = people.held(session, name)
            if not account.active:
                raise NotAllowed(saying("this account was deactivated"))
            secret = self._link(session, account)
            people.note_event(session, account, "link", self._actor())
            person, invited = account.person(), account.password is None
        return self._linked(person, secret, invited=invited)

    def end(self, name: str) -> ResponseReturnValue:
        """End all sessions and links of somebody."""
        with self._desk.writing() as session:
            account = people.held(session, name)
            people.end_access(session, account)
            people.note_event(session, account, "end-sessions", self._actor())
        return self._done(name, gettext("All sessions of this account were ended."))

    def forget(self, name: str) -> ResponseReturnValue:
        """Take the second factors from somebody who lost them."""
        with self._desk.writing() as session:
            people.forget_factors(session, name, self._actor())
        return self._done(name, gettext("The second factors were taken away, and all sessions ended."))

    def switch(self, name: str) -> ResponseReturnValue:
        """Let somebody sign in no more, or again."""
        active = request.form.get("active") == "yes"
        try:
            with self._desk.writing() as session:
                people.set_active(session, name, self._actor(), active=active)
        except NotAllowed as refusal:
            return self._refused(name, refusal)
        ended: str = gettext("This account can no longer be used. What its owner wrote stays.")
        again: str = gettext("This account can be used again.")
        return self._done(name, again if active else ended)

    def _actor(self) -> Actor:
        return self._desk.actor(self._desk.site.default)

    def _done(self, name: str, sentence: str) -> ResponseReturnValue:
        flash(sentence, "done")
        return redirect(url_for("people.one", name=name), 303)

    def _refused(self, name: str, refusal: BadAccount | NotAllowed) -> ResponseReturnValue:
        last = gettext("Somebody has to administrate the site, and there is nobody else who does.")
        faults = [said_of_fault(fault) for fault in refusal.faults] if isinstance(refusal, BadAccount) else [last]
        with self._desk.reading() as session:
            found = _known(session, name)
        return self._page(found, faults, 422 if isinstance(refusal, BadAccount) else 409)

    def _form(self, typed: Typed, faults: list[str]) -> ResponseReturnValue:
        page = self._desk.render(
            "desk/people-invite.html", typed=typed, faults=faults, had=typed.grants, **self._roles()
        )
        return page, 422 if faults else 200

    def _page(self, found: queries.Account, faults: list[str], status: int = 422) -> ResponseReturnValue:
        page = self._desk.render(
            "desk/people-one.html", account=found, faults=faults, had=found.person.grants, **self._roles()
        )
        return page, status if faults else 200

    def _link(self, session: Session, account: DbAccount) -> str:
        """Return a new link, or have one sent and return nothing."""
        now = datetime.now(UTC)
        if request.form.get("by") == "mail" and can_mail(self._desk):
            link_letters.ask(session, account.name, Why.INVITED, now=now)
            return ""
        return links.issue(session, account, lasting=links.INVITATION, now=now)

    def _linked(self, person: Person, secret: str, *, invited: bool) -> ResponseReturnValue:
        if not secret:
            said = gettext("A letter with a link goes to %(address)s now. A new one replaces it.", address=person.email)
            return self._done(person.name, said)
        address = links.address(self._desk.site.url or request.host_url, secret)
        days = links.INVITATION.days
        return self._desk.render("desk/people-link.html", owner=person, address=address, days=days, invited=invited)

    def _roles(self) -> dict[str, object]:
        return {
            "site_wide": SITE_WIDE, "for_languages": FOR_LANGUAGES, "role": said_of_role, "work": said_of_work,
            "grant_of": lambda role, locale=None: Grant(role=role, locale=locale),
        }  # fmt: skip


def _works_in(person: Person, language: Tag) -> bool:
    """Tell whether somebody translates or reviews a language, or all; who coordinates all is of none."""
    return any(one.role in PER_LOCALE and one.locale in {None, language} for one in person.grants)


def _known(session: Session, name: str) -> queries.Account:
    found = queries.one(session, name)
    if found is None:
        raise NotFound(saying("there is no account %(name)s", name=name))
    return found


def _checked(field: str) -> frozenset[Grant]:
    """Return the roles that a form names: `author`, `translator:kk`."""
    return frozenset(_grants(request.form.getlist(field)))


def _grants(written: Iterable[str]) -> Iterable[Grant]:
    for one in written:
        role, _, locale = one.partition(":")
        if role in set(Role):
            yield Grant(role=Role(role), locale=Tag(locale) if locale else None)


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("people", __name__), People(desk)
    desk.rule(area, "/people/", view.everybody, Right.PEOPLE)
    desk.rule(area, "/people/invite", view.invite, Right.PEOPLE, methods="GET POST")
    desk.rule(area, "/people/<name>/", view.one, Right.PEOPLE)
    for deed in (view.describe, view.grant, view.link, view.end, view.forget, view.switch):
        desk.rule(area, f"/people/<name>/{deed.__name__}", deed, Right.PEOPLE, methods="POST")
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.PEOPLE):
        return None
    current = (request.endpoint or "").startswith("people.")
    return Place(href=url_for("people.everybody"), label=gettext("People"), current=current)
