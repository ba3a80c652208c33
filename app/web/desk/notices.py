"""What a person was told, and what of it they want by mail."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_domain, gettext
from werkzeug.exceptions import BadRequest, NotFound

from app.domain.notices import MailChoice, MailHabit, sentence, tongue_of
from app.domain.people import Person
from app.queries import notices as queries
from app.queries.notices import Told
from app.services import notices as services
from app.services import stopping
from app.storage.secrets import secret_key
from app.web.desk.desk import Desk, Place
from app.web.desk.entrance import Entrance
from app.web.desk.odd_values import whole


class Notices:
    """The list of notices, and the choice about mail."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def listed(self) -> ResponseReturnValue:
        """Show what the person was told, newest first."""
        before = request.args.get("before", type=whole)
        with self._desk.reading() as session:
            page = queries.told(session, self._desk.person(), before=before)
        return self._desk.render("desk/notices.html", told=page.told, said=self._said, further=page.further)

    def _said(self, one: Told) -> str:
        write = self._desk.frame().write
        language, into = write.language(tongue_of(one.locale)), write.language(one.for_locale) if one.for_locale else ""
        days = (write.day(one.days[0]), write.day(one.days[1])) if one.days else ("", "")
        return sentence(one.kind, get_domain(), who=one.who, title=one.title, language=language, into=into, days=days)

    def mark(self) -> ResponseReturnValue:
        """Note that notices were read (all, or those whose numbers are sent), or were not."""
        numbers = request.form.getlist("number", type=whole)
        with self._desk.writing() as session:
            services.read(session, self._desk.person().name, numbers=numbers, unread="unread" in request.form)
        return redirect(url_for("notices.listed"), 303)

    def habit(self) -> ResponseReturnValue:
        """Show what the person wants by mail."""
        with self._desk.reading() as session:
            habit = queries.habit(session, self._desk.person())
        return self._desk.render(
            "desk/notices-mail.html", habit=habit, choices=_choices(), goes_out=self._desk.settings.mail is not None
        )

    def choose(self) -> ResponseReturnValue:
        """Keep what the person wants by mail."""
        try:
            choice, hour = MailChoice(request.form.get("choice", "")), whole(request.form.get("hour", ""))
        except ValueError:
            raise BadRequest from None
        if not 0 <= hour <= 23:
            raise BadRequest
        with self._desk.writing() as session:
            services.choose(
                session, self._desk.person().name, MailHabit(choice=choice, hour=hour, weekly="weekly" in request.form)
            )
        flash(gettext("Your choice is kept."), "done")
        return redirect(url_for("notices.habit"), 303)

    def stop(self, token: str) -> ResponseReturnValue:
        """Ask whether somebody wants no more mail; asked to by a mail program's button (RFC 8058), send no more.

        Whoever has the address got it in a letter: it is signed, and can do nothing else.
        """
        account_id = stopping.account_of(secret_key(self._desk.settings), token)
        if account_id is None:
            raise NotFound
        if request.method == "POST":
            with self._desk.writing() as session:
                services.stop_mail(session, account_id)
        return self._desk.render("desk/notices-stop.html", stopped=request.method == "POST")

    def place(self, person: Person) -> Place:
        """Return the entry of the bar."""
        with self._desk.reading() as session:
            count = queries.unread(session, person)
        current = request.endpoint == "notices.listed"
        return Place(href=url_for("notices.listed"), label=gettext("Notices"), current=current, count=count)


def _choices() -> dict[MailChoice, str]:
    return {
        MailChoice.AT_ONCE: gettext("At once what I have to do something about, the rest once a day"),
        MailChoice.DIGEST: gettext("Everything once a day"),
        MailChoice.NONE: gettext("No mail"),
    }


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("notices", __name__), Notices(desk)
    desk.rule(area, "/notices/", view.listed, Entrance.OWN)
    desk.rule(area, "/notices/read", view.mark, Entrance.OWN, methods="POST")
    desk.rule(area, "/notices/stop/<token>", view.stop, Entrance.ANYBODY, methods="GET POST")
    desk.rule(area, "/account/mail", view.habit, Entrance.OWN)
    desk.rule(area, "/account/mail/choose", view.choose, Entrance.OWN, methods="POST")
    # A mail program has no session and so no token; the address itself is signed.
    area.record_once(lambda state: state.app.extensions["csrf"].exempt(f"{__name__}.{view.stop.__name__}"))
    desk.menu.append(view.place)
    return area
