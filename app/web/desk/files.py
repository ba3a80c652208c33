"""Files of a text for who works elsewhere: out in the form that they want, and back with a summary first."""

from typing import Final

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from app.domain.errors import BadText, Forbidden, Problem, Refusal
from app.domain.people import Channel
from app.domain.permissions import Right, Side, may, require
from app.domain.said import saying
from app.domain.translations import Action
from app.formats.files import Form
from app.queries.reviews import title_of
from app.services import arrivals, exchange, folds, taking_in, uploads
from app.services.arrivals import Arrival, OfAnother, Told
from app.services.exchange import Taken, Wish
from app.services.packages import forms_of
from app.services.texts import require_document
from app.services.uploads import Sent
from app.storage.texts import DbDocument
from app.storage.uploads import DbUpload
from app.web.desk.address import TEXT, Address
from app.web.desk.arrival_summary import summary_of
from app.web.desk.desk import Desk
from app.web.desk.refusals import given_back

_TYPES: Final = {
    Form.PO: "text/x-gettext-translation; charset=utf-8",
    Form.MD: "text/markdown; charset=utf-8",
    Form.XLIFF12: "application/x-xliff+xml",
    Form.XLIFF20: "application/xliff+xml",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Media types by form (IANA's where it has one)."""


class Files:
    """The page of files, what is sent from it, and the summary."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show in which forms a text goes out, and take one back."""
        return self._page(Address.of(kind, name, locale))

    def _page(self, at: Address, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            document = self._document(session, at)
            return self._desk.render(
                "desk/files.html", at=at, title=title_of(session, document, at.locale), refusal=refusal,
                elsewhere=refusal if isinstance(refusal, OfAnother) else None,
                forms=forms_of(document, at.locale), is_source=document.source == at.locale,
                begun=document.text_in(at.locale) is not None, wishes=wishes_of(self._desk, document, at),
                waiting=uploads.waiting(session, name=at.name, locale=at.locale, account=self._desk.person().name),
            )  # fmt: skip

    def download(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Send a text, with what this person typed of it and has not saved: they go on in the file."""
        at, wanted = Address.of(kind, name, locale), request.form.get("form", "")
        with self._desk.writing() as session:
            document = self._document(session, at)
            if wanted not in forms_of(document, at.locale):
                raise BadRequest
            if may(self._desk.actor(at.locale).roles, Action.EDIT, of=_side(document, at)):
                folds.fold_each(session, at.name, at.locale, self._desk.actor(at.locale))
        form = Form(wanted)
        with self._desk.reading() as session:
            given = exchange.give_out(session, at.name, at.locale, form)
        answer = Response(given.raw, content_type=_TYPES[form])
        filename = f"{at.name.name}.{at.locale}.{given.number}{form.ending}"
        answer.headers.set("Content-Disposition", "attachment", filename=filename)
        return answer

    def upload(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep a file that comes in, if it can be read at all, and lead to what it would change."""
        at, file = Address.of(kind, name, locale), request.files.get("file")
        filename = (file.filename or "") if file is not None else ""
        raw = file.read(uploads.LARGEST + 1) if file is not None else b""
        try:
            sent = uploads.sent(raw, filename=filename)
            with self._desk.reading() as session:
                require_wish(self._desk, self._document(session, at), at, Wish.SUGGESTION)
                _arrived(session, at, sent)
            with self._desk.writing() as session:
                number = uploads.keep(
                    session, sent, name=at.name, locale=at.locale, account=self._desk.person().name
                ).id
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            return self._page(at, refusal), status
        return redirect(self._summary(at, number), 303)

    def summary(self, kind: str, name: str, locale: str, number: int) -> ResponseReturnValue:
        """Show what would become of a file if it were taken now."""
        return self._shown(Address.of(kind, name, locale), number)

    def _shown(self, at: Address, number: int, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            document, kept = self._document(session, at), self._kept(session, at, number)
            found = summary_of(session, _arrived(session, at, kept), self._desk.anywhere())
            return self._desk.render(
                "desk/arrival.html", at=at, kept=kept, summary=found, refusal=refusal,
                title=title_of(session, document, at.locale), wishes=wishes_of(self._desk, document, at),
            )  # fmt: skip

    def take(self, kind: str, name: str, locale: str, number: int) -> ResponseReturnValue:
        """Do with a file what a button says, or forget it."""
        at, wish = Address.of(kind, name, locale), request.form.get("wish", "")
        try:
            if wish == "forget":
                with self._desk.writing() as session:
                    uploads.forget(session, self._kept(session, at, number))
                return redirect(at.url("files.page"), 303)
            taken = take_in(self._desk, at, number, wish)
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            return self._shown(at, number, refusal), status
        _tell(taken, wish)
        return redirect(at.url("reviewing.text", part="suggestions" if taken.suggestions else ""), 303)

    def _document(self, session: Session, at: Address) -> DbDocument:
        at.require_place(session, self._desk.site.locales)
        return require_document(session, at.name)

    def _kept(self, session: Session, at: Address, number: int) -> DbUpload:
        return uploads.of_text(session, number, name=at.name, locale=at.locale, account=self._desk.person().name)

    @staticmethod
    def _summary(at: Address, number: int) -> str:
        return url_for("files.summary", kind=at.name.kind.value, name=at.name.name, locale=at.locale, number=number)


def wishes_of(desk: Desk, document: DbDocument, at: Address) -> tuple[Wish, ...]:
    """Return what this person may do with a file: who may comment may suggest, where there is a text already."""
    text = document.text_in(at.locale)
    suggests = text is not None and text.head_id is not None and desk.person().has(Right.COMMENT)
    edits = may(desk.actor(at.locale).roles, Action.EDIT, of=_side(document, at))
    mine = (Wish.DRAFT, Wish.TRANSLATED) if edits else ()
    return (*mine, Wish.SUGGESTION) if suggests else mine


def require_wish(desk: Desk, document: DbDocument, at: Address, wish: str) -> None:
    """Raise Forbidden for who may not do this with a file, BadRequest for what nobody may do.

    Who may write may bring a file of which nothing can be a suggestion yet.
    """
    wishes = wishes_of(desk, document, at)
    if wish not in wishes and not (wish == Wish.SUGGESTION and wishes):
        require(desk.actor(at.locale).roles, Action.EDIT, of=_side(document, at))
        raise BadRequest


def _side(document: DbDocument, at: Address) -> Side:
    return Side.SOURCE if at.locale == document.source else Side.TRANSLATION


def take_in(desk: Desk, at: Address, number: int, wish: str) -> Taken:
    """Do with a file that this person sent what they wish. Refusals as `taking_in.take` and `require_wish`."""
    person = desk.person()
    with desk.reading() as session:
        require_wish(desk, require_document(session, at.name), at, wish)
        kept = uploads.of_text(session, number, name=at.name, locale=at.locale, account=person.name)
        arrived = _arrived(session, at, kept)
    with desk.writing() as session:
        actor = person.actor(at.locale, channel=Channel.UPLOAD, four_eyes=desk.site.four_eyes)
        taken = taking_in.take(session, arrived, actor, Wish(wish))
        uploads.done(uploads.of_text(session, number, name=at.name, locale=at.locale, account=person.name))
    return taken


def _arrived(session: Session, at: Address, kept: DbUpload | Sent) -> Arrival:
    """Lay a file beside the text that it was given for. BadText for one of several texts, and as `arrivals`."""
    told = Told(document=at.name, locale=at.locale, salvage=True)
    several = arrivals.arrivals(session, kept.raw, told, path=kept.filename)
    if len(several) != 1:
        reason = saying("this file has several texts: give it where several are taken back")
        raise BadText(Problem(path=kept.filename, line=0, reason=reason))
    return several[0]


def _tell(taken: Taken, wish: str) -> None:
    """Say what became of a file."""
    if wish != Wish.SUGGESTION:
        flash(gettext("The file has been taken in: the text is revision %(number)s now.", number=taken.head), "done")
    if taken.suggestions:
        words = ngettext(
            "%(num)s segment waits beside the text to be decided on.",
            "%(num)s segments wait beside the text to be decided on.",
            taken.suggestions,
        )
        flash(words, "warning" if wish != Wish.SUGGESTION else "done")
    if taken.remarks:
        words = ngettext(
            "%(num)s comment of the file is kept with its segment.",
            "%(num)s comments of the file are kept with their segments.",
            taken.remarks,
        )
        flash(words, "done")
    if taken.unsaid:
        words = ngettext(
            "%(num)s comment of the file could not be kept: the page of the file says why.",
            "%(num)s comments of the file could not be kept: the page of the file says why.",
            taken.unsaid,
        )
        flash(words, "warning")
    if taken.refusal is not None:
        flash(gettext("It is not handed in for review: look at the text, and hand it in then."), "warning")


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, files = Blueprint("files", __name__), Files(desk)
    desk.rule(area, TEXT + "files", files.page, Right.READ)
    desk.rule(area, TEXT + "files/download", files.download, Right.READ, methods="POST")
    desk.rule(area, TEXT + "files", files.upload, Right.READ, methods="POST")
    desk.rule(area, TEXT + "files/<int:number>", files.summary, Right.READ)
    desk.rule(area, TEXT + "files/<int:number>", files.take, Right.READ, methods="POST")
    return area
