"""The memory as files: out as TMX, files of other memories in with what became of them, and out again as one."""

from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy.exc import OperationalError

from app.domain.errors import BadText, Forbidden, NotFound, Problem, Refusal, TooLarge
from app.domain.locales import parse_tag
from app.domain.people import Actor
from app.domain.permissions import Right, Side, may
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats import tmx
from app.queries import memory_files as queries
from app.queries.memory_files import File
from app.queries.people import full_names
from app.services import memory_files
from app.services.memory_files import Brought
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole
from app.web.desk.refusals import given_back

MOST: Final = 4_000_000
"""Bytes of a file that is taken in while somebody waits: some ten thousand units. The command line takes any."""

_IN_MEMORY: Final = 1_000_000  # bytes of a file that goes out; what is larger waits on the disk


class MemoryFiles:
    """The page, and what is sent from it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> ResponseReturnValue:
        """Show what can go out and come in, and what came in."""
        return self._page()

    def download(self) -> ResponseReturnValue:
        """Send what the memory has of two languages."""
        one, other = (self._language(name) for name in ("source", "target"))
        out = cast("IO[bytes]", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  # the answer closes it
        with self._desk.reading() as session:
            tmx.write(queries.units(session, one, other), out, source=one)
        out.seek(0)
        answer: Response = send_file(
            out, mimetype="application/x-tmx+xml", as_attachment=True, download_name=f"memory-{one}-{other}.tmx"
        )
        return answer

    def bring(self) -> ResponseReturnValue:
        """Take a file in, and show what became of it."""
        sent = request.files.get("file")
        try:
            if sent is None or not sent.filename:
                raise BadText(Problem(path="", line=0, reason=saying("no file was chosen")))
            _require_small(sent.stream)
            done = memory_files.bring(
                self._desk.database.write, sent.stream, self._actors(), filename=sent.filename, path=""
            )
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            return self._page(refusal=refusal), status
        return self._page(brought=done)

    def forget(self) -> ResponseReturnValue:
        """Take all out that a file brought."""
        number = request.form.get("number", 0, type=whole)
        gone = memory_files.forget(self._desk.database.write, number, self._desk.actor)
        flash(
            ngettext(
                "%(num)s pair of words was taken out of the memory.",
                "%(num)s pairs of words were taken out of the memory.",
                gone,
            ),
            "done",
        )
        return redirect(url_for("memory_files.page"), 303)

    def _page(self, *, brought: Brought | None = None, refusal: Refusal | None = None) -> str:
        with self._desk.reading() as session:
            files = queries.files(session)
            names = full_names(session, {one.by for one in files})
        site = self._desk.site
        mine = [tag for tag, actor in self._actors().items() if may(actor.roles, Right.MEMORY, of=Side.TRANSLATION)]
        source = request.args.get("source", type=parse_tag) or site.default
        target = request.args.get("target", type=parse_tag)
        return self._desk.render(
            "desk/memory_files.html", files=[(one, _is_mine(one, mine)) for one in files], names=names, mine=mine,
            brought=brought, refusal=refusal, source=source, megabytes=MOST // 1_000_000,
            target=target or next((tag for tag in [*mine, *site.locales] if tag != source), source),
        )  # fmt: skip

    def _actors(self) -> dict[Tag, Actor]:
        return {tag: self._desk.actor(tag) for tag in self._desk.site.locales}

    def _language(self, name: str) -> Tag:
        tag = request.args.get(name, type=parse_tag)
        if tag is None or tag not in self._desk.site.locales:
            raise NotFound(saying("the site has no such language"))
        return tag


def _is_mine(file: File, mine: list[Tag]) -> bool:
    return set(file.targets) <= set(mine)


def _require_small(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST:
        reason = saying("larger than %(most)s MB", most=MOST // 1_000_000)
        raise TooLarge(Problem(path="", line=0, reason=reason))


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("memory_files", __name__), MemoryFiles(desk)
    desk.rule(area, "/memory/files", view.page, Right.READ)
    desk.rule(area, "/memory/file", view.download, Right.READ)
    desk.rule(area, "/memory/bring", view.bring, Right.MEMORY, methods="POST")
    desk.rule(area, "/memory/forget", view.forget, Right.MEMORY, methods="POST")
    return area
