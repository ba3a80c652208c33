"""The history of a text: its revisions, what changed between any two, and an old one as a new one."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from app.domain.segments import NO_LANGUAGE
from app.queries import histories
from app.queries import writing as queries
from app.services import writing
from app.web.desk.address import Address
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole


class History:
    """Views; `older` and `newer` in the query are what is compared: the last change if none are named."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """List the revisions, and show what changed between two of them."""
        at = Address.of(kind, name, locale, facts=True)
        document, tag = at.name, at.locale
        with self._desk.reading() as session:
            versions = histories.versions(session, document, tag)
            line = [one.number for one in versions if one.went_in]
            newer = request.args.get("newer", line[0], type=whole)
            before = next((number for number in line if number < newer), 1)
            older = request.args.get("older", before, type=whole)
            diff = histories.compared(session, document, tag, older, newer)
            title = queries.title(session, document, tag)
        return self._desk.render(
            "desk/history.html",
            document=document,
            locale=tag,
            title=title,
            versions=versions,
            older=older,
            newer=newer,
            diff=diff,
            facts=tag == NO_LANGUAGE,
        )

    def restore(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Save an old revision anew."""
        at = Address.of(kind, name, locale, facts=True)
        document, tag = at.name, at.locale
        number, base = (request.form.get(name, type=whole) for name in ("revision", "base"))
        if number is None or base is None:
            raise BadRequest
        with self._desk.writing() as session:
            language = queries.source_language(session, document) if tag == NO_LANGUAGE else tag
            kept = writing.restore(session, document, tag, number=number, base=base, actor=self._desk.actor(language))
            restored = kept.head.number
        flash(gettext("Revision %(old)s was restored as revision %(number)s.", old=number, number=restored), "done")
        return redirect(url_for("writing.history", kind=kind, name=name, locale=tag), 303)
