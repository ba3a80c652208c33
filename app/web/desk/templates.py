"""A newer template of a catalogue: sent in, shown what it would do to each language, and put in its place."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Forbidden, NotFound, Refusal
from app.domain.people import Channel
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE
from app.queries.reviews import title_of
from app.services import templates, uploads
from app.services.texts import require_document
from app.storage.uploads import DbUpload
from app.web.desk.address import named
from app.web.desk.desk import Desk
from app.web.desk.documents import DOCUMENT
from app.web.desk.refusals import given_back


class Templates:
    """The page that takes a template, and the summary."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, kind: str, name: str) -> ResponseReturnValue:
        """Take a template."""
        return self._page(_catalogue(kind, name))

    def _page(self, name: DocumentName, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            document = require_document(session, name)
            return self._desk.render(
                "desk/template.html", name=name, title=title_of(session, document, self._desk.locale()),
                refusal=refusal,
                waiting=uploads.waiting(session, name=name, locale=NO_LANGUAGE, account=self._desk.person().name),
            )  # fmt: skip

    def upload(self, kind: str, name: str) -> ResponseReturnValue:
        """Keep a template that can be used, and lead to what it would do."""
        wanted, file = _catalogue(kind, name), request.files.get("file")
        filename = (file.filename or "") if file is not None else ""
        raw = file.read(uploads.LARGEST + 1) if file is not None else b""
        try:
            sent = uploads.sent(raw, filename=filename)
            with self._desk.reading() as session:
                require_document(session, wanted)
                templates.foresee(session, wanted, sent.raw, path=sent.filename)
            with self._desk.writing() as session:
                account = self._desk.person().name
                number = uploads.keep(session, sent, name=wanted, locale=NO_LANGUAGE, account=account).id
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            return self._page(wanted, refusal), status
        return redirect(url_for("templates.summary", kind=kind, name=name, number=number), 303)

    def summary(self, kind: str, name: str, number: int) -> ResponseReturnValue:
        """Show what a template would do if it were taken now."""
        return self._shown(_catalogue(kind, name), number)

    def _shown(self, name: DocumentName, number: int, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            document, kept = require_document(session, name), self._kept(session, name, number)
            return self._desk.render(
                "desk/template_effects.html", name=name, kept=kept, refusal=refusal,
                title=title_of(session, document, self._desk.locale()),
                effects=templates.foresee(session, name, kept.raw, path=kept.filename),
            )  # fmt: skip

    def take(self, kind: str, name: str, number: int) -> ResponseReturnValue:
        """Put a template in its place, or forget it."""
        wanted, wish = _catalogue(kind, name), request.form.get("wish", "")
        if wish not in {"take", "forget"}:
            raise BadRequest
        actor = self._desk.person().actor(NO_LANGUAGE, channel=Channel.UPLOAD, four_eyes=self._desk.site.four_eyes)
        try:
            with self._desk.writing() as session:
                kept = self._kept(session, wanted, number)
                if wish == "forget":
                    uploads.forget(session, kept)
                    return redirect(url_for("templates.page", kind=kind, name=name), 303)
                templates.renew(session, wanted, kept.raw, actor, path=kept.filename)
                uploads.done(kept)
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            return self._shown(wanted, number, refusal), status
        flash(gettext("The template was updated, and every language with it."), "done")
        return redirect(url_for("documents.document", kind=kind, name=name), 303)

    def _kept(self, session: Session, name: DocumentName, number: int) -> DbUpload:
        return uploads.of_text(session, number, name=name, locale=NO_LANGUAGE, account=self._desk.person().name)


def _catalogue(kind: str, name: str) -> DocumentName:
    found = named(kind, name)
    if found.kind is not Kind.CATALOGUE:
        raise NotFound(saying("only a catalogue has a template"))
    return found


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("templates", __name__), Templates(desk)
    desk.rule(area, DOCUMENT + "template", view.page, Right.RELEASE)
    desk.rule(area, DOCUMENT + "template", view.upload, Right.RELEASE, methods="POST")
    desk.rule(area, DOCUMENT + "template/<int:number>", view.summary, Right.RELEASE)
    desk.rule(area, DOCUMENT + "template/<int:number>", view.take, Right.RELEASE, methods="POST")
    return area
