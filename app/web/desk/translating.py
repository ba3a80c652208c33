"""The plain form: a text beside its source, segment by segment; saved as a draft, or as a correction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from app.domain.documents import Kind
from app.domain.errors import Forbidden, NotAllowed, Refusal
from app.domain.locales import parse_tag
from app.domain.permissions import Right, Side, require
from app.domain.said import saying
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.formats.lines import unix
from app.queries.reviews import title_of
from app.services import sheets
from app.services.offers import can_submit
from app.services.revisions import Saved
from app.services.sheets import Bases, Sheet
from app.services.texts import require_document
from app.web.desk.address import Address
from app.web.desk.collisions import tell, tell_met
from app.web.desk.desk import Desk
from app.web.desk.draft_media import thumbs
from app.web.desk.lines import SHOWN, Line, lines_of, part_of
from app.web.desk.not_kept import not_kept
from app.web.desk.odd_values import whole
from app.web.desk.refusals import status_of
from app.web.desk.reviewing import TEXT

_SAVED = {"saved": "1"}
"""Tells the next page that what the browser kept is not needed any more."""

_FIELD = re.compile(r"s(\d{1,6})\.(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a refused form gives back: what was typed, by place, and why it was refused."""

    typed: Mapping[int, Typed]
    refusal: Refusal | None = None
    current: bool = False
    checked: bool = False
    minor: bool = False
    comment: str = ""
    late: bool = False


class Translating:
    """The form, and what is done with what was typed into it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show the newest text beside its source, to be written on."""
        at = Address.of(kind, name, locale)
        return self._form(at, Bases(source=_source_asked()), Kept(typed={}))

    def save(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Save what was typed as a draft. What is refused is given back with the reason, word for word."""
        at, bases, typed = Address.of(kind, name, locale), _bases(), _typed()
        kept = Kept(typed=typed, current="current" in request.form, checked="checked" in request.form)
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                shown = sheets.sheet(session, at.name, at.locale, bases)
                saved = sheets.save(
                    session, at.name, at.locale, self._desk.actor(at.locale), bases=bases, typed=_keyed(shown, typed),
                    current=kept.current, checked=kept.checked,
                )  # fmt: skip
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._form(at, bases, replace(kept, refusal=refusal)), status_of(refusal)
        except OperationalError as error:
            reason, status = not_kept(error)
            return self._form(at, bases, replace(kept, refusal=NotAllowed(reason))), status
        return self._saved(at, saved)

    def mend(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show what readers see, to be corrected."""
        at = Address.of(kind, name, locale)
        return self._form(at, Bases(source=_source_asked()), Kept(typed={}), live=True)

    def correct(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Mend what readers see, in one press; the draft follows. What is refused is given back with the reason."""
        at, bases, typed = Address.of(kind, name, locale), _bases(), _typed()
        kept = Kept(typed=typed, minor="minor" in request.form, comment=request.form.get("note", ""))
        try:
            with self._desk.writing() as session:
                shown = sheets.sheet(session, at.name, at.locale, bases)
                saved = sheets.correct(
                    session, at.name, at.locale, self._desk.actor(at.locale), bases=bases, typed=_keyed(shown, typed),
                    minor=kept.minor, comment=kept.comment,
                )  # fmt: skip
        except Forbidden:
            raise
        except Refusal as refusal:
            return self._form(at, *self._by_now(at, bases, replace(kept, refusal=refusal)), live=True), status_of(
                refusal
            )
        except OperationalError as error:
            reason, status = not_kept(error)
            return self._form(at, bases, replace(kept, refusal=NotAllowed(reason)), live=True), status
        flash(gettext("Readers see revision %(number)s now.", number=saved.incoming.number), "done")
        return self._saved(at, saved, told=True)

    def _by_now(self, at: Address, bases: Bases, kept: Kept) -> tuple[Bases, Kept]:
        """Return a refused correction as one of what readers see by now; what has no place there is in the note."""
        with self._desk.reading() as session:
            shown = sheets.sheet(session, at.name, at.locale, bases)
            now, keyed = sheets.onto_live(session, at.name, at.locale, bases, _keyed(shown, kept.typed))
        if now.bases.revision == bases.revision:
            return bases, kept
        typed = {place: keyed[row.key] for place, row in enumerate(now.rows) if row.key in keyed}
        there = {row.key for row in now.rows}
        lost = ["\n".join(one.forms) for key, one in keyed.items() if key not in there]
        comment = "\n\n".join([kept.comment, *lost] if kept.comment else lost)
        return now.bases, replace(kept, typed=typed, comment=comment, late=True)

    def _form(self, at: Address, bases: Bases, kept: Kept, *, live: bool = False) -> str:
        with self._desk.reading() as session:
            at.require_place(session, self._desk.site.locales)
            document = require_document(session, at.name)
            side = Side.SOURCE if at.locale == document.source else Side.TRANSLATION
            require(self._desk.actor(at.locale).roles, Action.CORRECT if live else Action.EDIT, of=side)
            sheet = sheets.sheet(session, at.name, at.locale, bases, live=live)
            if live and sheet.base is None:
                raise NotAllowed(saying("nothing is live"))
            lines = [_refilled(line, kept.typed.get(line.place)) for line in lines_of(sheet)]
            wanted = request.args.get("show", "all")
            part = part_of(
                [line for line in lines if line.forms],
                show=wanted if wanted in SHOWN else "all",
                first=request.args.get("from", 0, type=whole),
            )
            others = [
                one.locale for one in document.translations
                if one.is_language and one.head_id is not None and one.locale != at.locale
            ]  # fmt: skip
            return self._desk.render(
                "desk/translate.html", at=at, sheet=sheet, part=part, kept=kept, live=live, others=others,
                title=title_of(session, document, at.locale), is_catalogue=at.name.kind is Kind.CATALOGUE,
                is_source=side is Side.SOURCE,
                can_submit=not live and can_submit(session, document.text_in(at.locale), self._desk.actor(at.locale)),
                photos=thumbs(session, document.id),
            )  # fmt: skip

    def _saved(self, at: Address, saved: Saved, *, told: bool = False) -> ResponseReturnValue:
        (tell_met if told else tell)(self._desk, saved)
        if saved.suggestions:
            return redirect(at.url("reviewing.text", part="suggestions", asked=_SAVED), 303)
        if "stay" in request.form:
            return redirect(at.url("translating.form", asked=_part_asked() | _SAVED), 303)
        return redirect(at.url("reviewing.text", asked=_SAVED), 303)


def _refilled(line: Line, typed: Typed | None) -> Line:
    """Return a line with what somebody typed there instead of what stood there."""
    if typed is None:
        return line
    stood = line.target if typed.forms != line.forms else ()
    ticked = replace(line, unsure=typed.unsure, out=typed.out, current=typed.current)
    return replace(ticked, forms=typed.forms, stood=stood)


def _keyed(shown: Sheet, typed: Mapping[int, Typed]) -> dict[Key, Typed]:
    """Return what was typed by its places on a sheet by the keys of its rows."""
    return {row.key: typed[place] for place, row in enumerate(shown.rows) if place in typed}


def _typed() -> dict[int, Typed]:
    """Return what was typed, by the places of the lines that the form had."""
    forms: dict[int, dict[int, str]] = {}
    for field, text in request.form.items():
        if found := _FIELD.fullmatch(field):
            forms.setdefault(int(found[1]), {})[int(found[2])] = unix(text)
    said = request.form
    return {
        place: Typed(
            forms=tuple(parts[number] for number in sorted(parts)),
            unsure=f"w{place}" in said,
            out=f"o{place}" in said,
            current=f"c{place}" in said,
        )
        for place, parts in forms.items()
    }


def _bases() -> Bases:
    said = request.form
    return Bases(
        revision=said.get("base", 0, type=whole),
        source=_tag(said.get("source", "")),
        source_revision=said.get("source_revision", type=whole),
    )


def _source_asked() -> Tag | None:
    return _tag(request.args.get("source", ""))


def _tag(written: str) -> Tag | None:
    try:
        return parse_tag(written) if written else None
    except ValueError:
        return None


def _part_asked() -> dict[str, str]:
    return {name: request.args[name] for name in ("show", "from", "source") if name in request.args}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("translating", __name__), Translating(desk)
    desk.rule(area, TEXT + "translate", view.form, Right.READ)
    desk.rule(area, TEXT + "translate", view.save, Right.READ, methods="POST")
    desk.rule(area, TEXT + "correct", view.mend, Right.READ)
    desk.rule(area, TEXT + "correct", view.correct, Right.READ, methods="POST")
    return area
