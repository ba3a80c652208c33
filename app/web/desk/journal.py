"""The journal: for who answers for a site, what was done in it and by whom."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.translations import Role
from app.queries.journal import Entry, entries
from app.queries.people import full_names
from app.web.desk.account_words import said_of_role
from app.web.desk.desk import Desk, Place
from app.web.desk.happenings import Teller
from app.web.desk.odd_values import whole
from app.web.reader.writing import Writing


class Journal:
    """One page after the other, of everybody or of one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show what was done, the newest first. A number that means nothing begins at the newest."""
        of = request.args.get("of", "")
        with self._desk.reading() as session:
            found = entries(session, before=request.args.get("before", None, type=whole), of=of)
            named = {of, *(name for one in found.entries for name in (one.who, one.whose))}
            named |= {one.happening.person for one in found.entries if one.happening}
            names = full_names(session, named)
        write = self._desk.frame().write
        return self._desk.render(
            "desk/journal.html",
            found=found,
            of=of,
            teller=JournalTeller(Teller(write, names), write),
            may_read=self._desk.person().has(Right.READ),
        )


class JournalTeller:
    """Says rows of the journal as sentences."""

    def __init__(self, teller: Teller, write: Writing) -> None:
        self._teller, self._write = teller, write

    def who(self, name: str) -> str:
        """Return how somebody is called."""
        return self._teller.who(name)

    def sentence(self, one: Entry) -> str:
        """Return what was done, and by whom."""
        if one.happening is not None:
            return self._teller.sentence(one.happening)
        who, whose = self.who(one.who), self.who(one.whose)
        if one.is_account and one.role is not None:
            return self._role(one, one.role, who, whose)
        sentences: dict[str, str] = of_accounts(who, whose) if one.is_account else _of_texts(who, one.team)
        # Translators: action is a word of the program, such as `check`, for which there is no sentence
        other: str = gettext("%(who)s did something else: %(action)s", who=who, action=one.action)
        return sentences.get(one.action, other)

    def _role(self, one: Entry, given: Role, who: str, whose: str) -> str:
        role = said_of_role(given)
        if one.locale is None:
            gave: str = gettext("%(who)s gave %(whose)s a role: %(role)s.", who=who, whose=whose, role=role)
            took: str = gettext("%(who)s took a role from %(whose)s: %(role)s.", who=who, whose=whose, role=role)
        else:
            language = self._write.language(one.locale)
            gave = gettext(
                "%(who)s gave %(whose)s a role: %(role)s (%(language)s).",
                who=who, whose=whose, role=role, language=language,
            )  # fmt: skip
            took = gettext(
                "%(who)s took a role from %(whose)s: %(role)s (%(language)s).",
                who=who, whose=whose, role=role, language=language,
            )  # fmt: skip
        return gave if one.action == "grant" else took


def _of_texts(who: str, team: str) -> dict[str, str]:
    return {
        "media": gettext("%(who)s added a photo.", who=who),
        "term": gettext("%(who)s added a term to the glossary.", who=who),
        "change-term": gettext("%(who)s changed a term of the glossary.", who=who),
        "remove-term": gettext("%(who)s took a term out of the glossary.", who=who),
        "import-terms": gettext("%(who)s brought a table of terms into the glossary.", who=who),
        "import-memory": gettext("%(who)s brought a file into the translation memory.", who=who),
        "recall": gettext("The site noted what the memory knew of what %(who)s submitted.", who=who),
        "team": gettext("%(who)s said who is of the team “%(name)s”.", who=who, name=team)
        if team
        else gettext("%(who)s said who is of a team.", who=who),
        "remove-team": gettext("%(who)s took a team away.", who=who),
        "rule": gettext("%(who)s added a rule by which texts are given to people.", who=who),
        "change-rule": gettext("%(who)s changed a rule by which texts are given to people.", who=who),
        "move-rule": gettext("%(who)s changed the order of the rules by which texts are given to people.", who=who),
        "remove-rule": gettext("%(who)s took away a rule by which texts are given to people.", who=who),
        "forget-memory": gettext("%(who)s took out of the translation memory what a file had brought.", who=who),
    }


def of_accounts(who: str, whose: str) -> dict[str, str]:
    """Return what was done to accounts, by the words of the journal; roles are said by themselves."""
    return {
        "invite": gettext("%(who)s invited %(whose)s.", who=who, whose=whose),
        "link": gettext("%(who)s made a link for one use for %(whose)s.", who=who, whose=whose),
        "forgotten": gettext("%(whose)s asked for a link, and it was sent.", whose=whose),
        "activate": gettext("%(who)s let %(whose)s sign in again.", who=who, whose=whose),
        "deactivate": gettext("%(who)s deactivated the account of %(whose)s.", who=who, whose=whose),
        "describe": gettext("%(who)s changed name or address of %(whose)s.", who=who, whose=whose),
        "end-sessions": gettext("%(who)s ended all sessions of %(whose)s.", who=who, whose=whose),
        "forget-factors": gettext(
            "%(who)s took app, passkeys and recovery codes from %(whose)s.", who=who, whose=whose
        ),
        "sign-in": gettext("%(whose)s signed in.", whose=whose),
        "sign-out": gettext("%(whose)s signed out.", whose=whose),
        "password": gettext("%(whose)s chose a password.", whose=whose),
        "second-factor": gettext("%(whose)s set up an authenticator app.", whose=whose),
        "no-second-factor": gettext("%(whose)s took the authenticator app away.", whose=whose),
        "passkey": gettext("%(whose)s added a passkey.", whose=whose),
        "no-passkey": gettext("%(whose)s took a passkey away.", whose=whose),
        "away": gettext("%(who)s said when %(whose)s is away, and who stands in.", who=who, whose=whose),
        "back": gettext("%(whose)s is there again.", whose=whose),
        "openid": gettext("%(whose)s was known by the organisation's own sign-in for the first time.", whose=whose),
    }


def blueprint(desk: Desk) -> Blueprint:
    """Return the route of this area."""
    area, journal = Blueprint("journal", __name__), Journal(desk)
    desk.rule(area, "/journal", journal.page, Right.JOURNAL)
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.JOURNAL):
        return None
    # Translators: an entry of the desk's menu: the record of all that was done
    return Place(href=url_for("journal.page"), label=gettext("Journal"), current=request.endpoint == "journal.page")
