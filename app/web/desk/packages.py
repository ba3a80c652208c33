"""Several texts at once as a package of files (ZIP): those that a filter leaves, out in one form, and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from app.domain.documents import DocumentName
from app.domain.errors import BadText, Problem, Refusal
from app.domain.permissions import Right
from app.domain.said import saying
from app.formats import files
from app.formats.allowance import Allowance
from app.formats.files import Form
from app.formats.packages import Packed, packed
from app.queries.board import texts_of
from app.queries.reviews import title_of
from app.services import arrivals, packages, uploads
from app.services.arrivals import Arrival, Told
from app.services.exchange import Taken, Wish
from app.services.texts import require_document
from app.services.uploads import Sent
from app.web.desk.address import Address
from app.web.desk.arrival_summary import Summary, summary_of
from app.web.desk.board_address import address
from app.web.desk.bulk_form import FORMS, OWN
from app.web.desk.desk import Desk
from app.web.desk.files import require_wish, take_in
from app.web.desk.odd_values import whole
from app.web.desk.refusals import given_back, status_of

MOST: Final = 500
"""Texts of one package."""


def sent(files: Iterable[Packed]) -> Response:
    """Return texts that go out as files, in one package."""
    answer = Response(packed(files), content_type="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename="texts.zip")
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A file that came in: what it would change or has changed in which text, or why not; `number` is its upload's."""

    filename: str
    at: Address | None = None
    title: str = ""
    number: int = 0
    summary: Summary | None = None
    taken: Taken | None = None
    refusal: Refusal | None = None


class Packages:
    """Views of packages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show how to take several texts away, and how to bring files of several back."""
        return self._page()

    def _page(self, came: Sequence[Came] = (), refusal: Refusal | None = None) -> str:
        at = address(request.args, self._desk.site.locales, self._desk.zone)
        with self._desk.reading() as session:
            count = len(texts_of(session, at.asked, most=MOST + 1))
        return self._desk.render(
            "desk/packages.html", at=at, count=count, most=MOST, forms=FORMS, own=OWN, came=came, refusal=refusal
        )

    def download(self) -> ResponseReturnValue:
        """Send the texts that the filters leave; one that there is none of in the form asked for goes in its own."""
        wanted, at = request.form.get("form", ""), address(request.form, self._desk.site.locales, self._desk.zone)
        if wanted != OWN and wanted not in FORMS:
            raise BadRequest
        form = None if wanted == OWN else Form(wanted)
        with self._desk.reading() as session:
            out = packages.going_out(session, texts_of(session, at.asked, most=MOST), form)
            return sent(one.file for one in out)

    def upload(self) -> ResponseReturnValue:
        """Keep each file, of a package or chosen, for the text that it is of; show what they would change."""
        allowance = Allowance()
        came = [one for file in request.files.getlist("file") for one in self._sent(file, allowance)] or [_nothing("")]
        if len(came) == 1 and not came[0].number and came[0].refusal is not None:
            return self._page(refusal=came[0].refusal), status_of(came[0].refusal)
        return self._page(came), 200 if any(one.number for one in came) else 422

    def _sent(self, file: FileStorage, allowance: Allowance) -> Iterator[Came]:
        """Keep a file, or those in it, for whatever texts they are of: one after the other, so that few are held."""
        filename = file.filename or ""
        try:
            several = _files(file.read(uploads.LARGEST + 1), filename, allowance)
        except Refusal as refusal:
            yield Came(filename=filename, refusal=refusal)
            return
        for one in several:
            yield from self._each(one)
        if not several:
            yield _nothing(filename)

    def _each(self, file: Packed) -> Iterator[Came]:
        """Keep each text of a file by itself, so that none holds up the others and none is read for their sake."""
        try:
            for text in files.apart(file.sound(file.name), path=file.name):
                yield from self._kept(file.name, text)
        except Refusal as refusal:
            yield Came(filename=file.name, refusal=refusal)

    def take(self) -> ResponseReturnValue:
        """Take each file that is ticked in, each for itself, as a button says."""
        wish = request.form.get("wish", "")
        if wish not in set(Wish):
            raise BadRequest
        numbers = request.form.getlist("upload", type=whole)
        done = [self._taken(number, Wish(wish)) for number in numbers[:MOST]]
        return self._desk.render("desk/packages-taken.html", done=done)

    def _taken(self, number: int, wish: Wish) -> Came:
        with self._desk.reading() as session:
            kept = uploads.mine(session, number, account=self._desk.person().name)
            at = Address(name=DocumentName.parse(kept.document), locale=kept.locale)
            title = title_of(session, require_document(session, at.name), at.locale)
            came = Came(filename=kept.filename, at=at, title=title, number=number)
        try:
            return replace(came, taken=take_in(self._desk, at, number, wish))
        except (Refusal, OperationalError) as error:
            return replace(came, refusal=given_back(error)[0])

    def _kept(self, filename: str, raw: bytes) -> Sequence[Came]:
        """Keep a file for each text that it is of."""
        try:
            sent = uploads.sent(raw, filename=filename)
            with self._desk.reading() as session:
                found = arrivals.arrivals(session, raw, Told(salvage=True), path=filename)
                told = [self._told(session, filename, one) for one in found]
            with self._desk.writing() as session:
                return [self._one(session, sent, one) for one in told]
        except (Refusal, OperationalError) as error:
            return [Came(filename=filename, refusal=given_back(error)[0])]

    def _told(self, session: Session, filename: str, arrived: Arrival) -> Came:
        at = Address(name=arrived.document, locale=arrived.locale)
        document = require_document(session, at.name)
        require_wish(self._desk, document, at, Wish.SUGGESTION)
        return Came(
            filename=filename, at=at, title=title_of(session, document, at.locale),
            summary=summary_of(session, arrived, self._desk.anywhere()),
        )  # fmt: skip

    def _one(self, session: Session, sent: Sent, told: Came) -> Came:
        if told.at is None:
            return told
        account = self._desk.person().name
        kept = uploads.keep(session, sent, name=told.at.name, locale=told.at.locale, account=account)
        return replace(told, number=kept.id)


def _files(raw: bytes, filename: str, allowance: Allowance) -> Sequence[Packed]:
    """Return a file, or those in it. BadText as `packages.unpacked`, and for nothing; TooLarge for too much."""
    sent = uploads.sent(raw, filename=filename)
    return list(files.opened(sent.raw, path=sent.filename, allowance=allowance))


def _nothing(filename: str) -> Came:
    reason = saying("no file was chosen, or there is nothing in it")
    return Came(filename=filename, refusal=BadText(Problem(path=filename, line=0, reason=reason)))


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("packages", __name__), Packages(desk)
    desk.rule(area, "/texts/files", view.page, Right.READ)
    desk.rule(area, "/texts/files/download", view.download, Right.READ, methods="POST")
    desk.rule(area, "/texts/files", view.upload, Right.READ, methods="POST")
    desk.rule(area, "/texts/files/take", view.take, Right.READ, methods="POST")
    return area
