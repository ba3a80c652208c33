"""A text beside its source, segment by segment: shown to be written, saved as a draft, or as a correction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden, NotAllowed, Refusal
from app.domain.locales import parse_tag
from app.domain.permissions import Right, Side
from app.domain.said import saying
from app.domain.segments import Key
from app.domain.side_by_side import Typed, says_more
from app.domain.translations import Action
from app.queries.reviews import title_of
from app.services import sheets, transitions
from app.services.folds import together
from app.services.revisions import Saved
from app.services.sheets import Bases, Sheet
from app.services.texts import held_or_begun
from app.services.working_copies import Copy, copies, drop
from app.web.desk import below
from app.web.desk.address import TEXT, Address
from app.web.desk.below import Below, besides
from app.web.desk.collisions import tell, tell_met
from app.web.desk.desk import Desk
from app.web.desk.draft_media import thumbs
from app.web.desk.editor import ASKED, aside_page, editor_page
from app.web.desk.entrance import Entrance
from app.web.desk.going import going
from app.web.desk.lines import lines_of, part_of
from app.web.desk.odd_values import whole
from app.web.desk.open_text import open_document, refilled
from app.web.desk.refusals import given_back, status_of
from app.web.desk.sheet_form import bases_sent, typed_sent

_SAVED = {"saved": "1"}
"""Tells the next page that what the browser kept is not needed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a form gives back: what was typed, by place and `below` the segment in front, and why it was refused."""

    typed: Mapping[int, Typed]
    refusal: Refusal | None = None
    current: bool = False
    checked: bool = False
    minor: bool = False
    comment: str = ""
    late: bool = False
    below: Below = below.NOTHING


class Translating:
    """The form, and what is done with what was typed into it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show the newest text beside its source, to be written on."""
        at = Address.of(kind, name, locale)
        return self._editor(at, Bases(source=request.args.get("source", type=parse_tag)), Kept(typed={}))

    def save(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Save what was typed as a draft. What is refused is given back with the reason, word for word."""
        at, bases, typed = Address.of(kind, name, locale), bases_sent(), typed_sent()
        kept = Kept(typed=typed, current="current" in request.form, checked="checked" in request.form)
        front, onward = Key(request.form.get("front", "")), going(at)
        try:
            with self._desk.writing() as session:
                at.require_place(session, self._desk.site.locales)
                shown = sheets.sheet(session, at.name, at.locale, bases)
                keyed = _keyed(shown, typed)
                idle = (front or onward) and not (kept.current or kept.checked or says_more(shown.rows, keyed))
                saved = None if idle else self._save(session, at, shown, keyed, kept)
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            kept = replace(kept, refusal=refusal, below=below.sent(at.locale))
            return self._editor(at, bases, kept), status
        if saved is not None:
            tell(self._desk, saved)
        left = besides(self._desk, at, pressed="")
        if left:
            return self._editor(at, Bases(source=bases.source), Kept(typed={}, below=left))
        if front:
            return redirect(self._leading_to(at, front, bases), 303)
        if onward:
            return redirect(onward, 303)
        assert saved is not None  # noqa: S101  # nothing else leaves out to save
        return self._saved(at, saved)

    def _leading_to(self, at: Address, front: Key, bases: Bases) -> str:
        """Return the address of the editor with a segment in front, at its place."""
        with self._desk.reading() as session:
            rows = sheets.sheet(session, at.name, at.locale, Bases(source=bases.source)).rows
        place = next((place for place, row in enumerate(rows) if row.key == front), None)
        asked = {name: value for name, value in part_asked().items() if name != "from"} | {"at": front}
        return at.url("translating.form", part="" if place is None else f"at-{place}", asked=asked)

    def onward(self, at: Address, asked: Mapping[str, str], *, pressed: str = "") -> ResponseReturnValue:
        """Lead to the editor when what was `pressed` below a segment is done; show again what is left there.

        As `below.besides`: what else was typed there is done, or comes back as it was typed.
        """
        left = besides(self._desk, at, pressed=pressed)
        if left:
            return self._editor(at, Bases(source=bases_sent().source), Kept(typed={}, below=left))
        return redirect(at.url("translating.form", asked=asked), 303)

    def _save(self, session: Session, at: Address, shown: Sheet, typed: Mapping[Key, Typed], kept: Kept) -> Saved:
        """Save the form. Words that were kept while they were typed, and that it showed, have bases of their own."""
        name, locale, actor, me = at.name, at.locale, self._desk.actor(at.locale), self._desk.person().name
        transitions.lock(session, held_or_begun(session, name, locale))  # before their rows, as every fold does
        told = {row.key: request.form.get(f"q{place}", 0, type=int) for place, row in enumerate(shown.rows)}
        mine = copies(session, name, locale, me)
        seen = {key: one for key, one in mine.items() if key in typed and one.serial == told.get(key)}
        bases = shown.bases
        groups: dict[Bases, dict[Key, Typed]] = {}
        for key, words in typed.items():
            own = seen.get(key)
            as_kept = own is not None and own.typed.forms == words.forms and not words.current
            origin = own.typed.origin if own is not None and as_kept else None  # a machine's, if nobody touched them
            made_on = _made_on(session, at, own, bases, as_kept=as_kept) if own is not None else bases
            groups.setdefault(made_on, {})[key] = replace(words, origin=origin)
        before = [
            sheets.save(session, name, locale, actor, bases=made_on, typed=group)
            for made_on, group in groups.items()
            if made_on != bases
        ]
        drop(session, name, locale, me, {one.key: one.serial for one in seen.values()})
        last = sheets.save(
            session, name, locale, actor, bases=bases, typed=groups.get(bases, {}), current=kept.current,
            checked=kept.checked,
        )  # fmt: skip
        return together([*before, last]) or last

    def put(self, session: Session, at: Address, bases: Bases | None = None) -> None:
        """Save what stands in the form, before something else is done that was pressed in it."""
        if typed := typed_sent():
            shown = sheets.sheet(session, at.name, at.locale, bases or bases_sent())
            self._save(session, at, shown, _keyed(shown, typed), Kept(typed=typed))

    def refused_form(self, at: Address, bases: Bases, refusal: Refusal) -> ResponseReturnValue:
        """Show the editor with what stood in the form, and why something that was pressed in it was refused."""
        kept = Kept(typed=typed_sent(), refusal=refusal, below=below.sent(at.locale))
        return self._editor(at, bases, kept), status_of(refusal)

    def refused(self, at: Address, kept: Kept) -> ResponseReturnValue:
        """Show the editor with what was refused elsewhere on it, and with what stood in its form."""
        assert kept.refusal is not None  # noqa: S101  # that is why it is shown
        typed = typed_sent()
        bases = bases_sent() if typed else Bases(source=request.args.get("source", type=parse_tag))
        return self._editor(at, bases, replace(kept, typed=typed, below=below.sent(at.locale))), status_of(kept.refusal)

    def aside(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show what stands under one segment."""
        asked = request.args
        bases = Bases(
            revision=asked.get("base", type=whole), source=asked.get("source", type=parse_tag),
            source_revision=asked.get("source_revision", type=whole),
        )  # fmt: skip
        return aside_page(self._desk, Address.of(kind, name, locale), bases)

    def again(self) -> ResponseReturnValue:
        """Tell who signed in again, in a window beside the editor, that they did."""
        return self._desk.render("desk/again.html")

    def mend(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show what readers see, to be corrected."""
        at = Address.of(kind, name, locale)
        return self._live(at, Bases(source=request.args.get("source", type=parse_tag)), Kept(typed={}))

    def correct(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Mend what readers see, in one press; the draft follows. What is refused is given back with the reason."""
        at, bases, typed = Address.of(kind, name, locale), bases_sent(), typed_sent()
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
            return self._live(at, *self._by_now(at, bases, replace(kept, refusal=refusal))), status_of(refusal)
        except OperationalError as error:
            away, status = given_back(error)
            return self._live(at, bases, replace(kept, refusal=away)), status
        flash(gettext("Readers see revision %(number)s now.", number=saved.incoming.number), "done")
        tell_met(self._desk, saved)
        return self._saved(at, saved)

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

    def _editor(self, at: Address, bases: Bases, kept: Kept) -> str:
        return editor_page(self._desk, at, bases, lambda line: refilled(line, kept.typed.get(line.place)), kept=kept)

    def _live(self, at: Address, bases: Bases, kept: Kept) -> str:
        with self._desk.reading() as session:
            document, side = open_document(self._desk, session, at, Action.CORRECT)
            sheet = sheets.sheet(session, at.name, at.locale, bases, live=True)
            if sheet.base is None:
                raise NotAllowed(saying("nothing is live"))
            lines = [refilled(line, kept.typed.get(line.place)) for line in lines_of(sheet) if line.forms]
            return self._desk.render(
                "desk/correct.html", at=at, sheet=sheet, kept=kept, title=title_of(session, document, at.locale),
                part=part_of(lines, show="all", first=request.args.get("from", 0, type=whole)),
                is_source=side is Side.SOURCE, photos=thumbs(session, document.id),
            )  # fmt: skip

    def _saved(self, at: Address, saved: Saved) -> ResponseReturnValue:
        if saved.suggestions:
            return redirect(at.url("reviewing.text", part="suggestions", asked=_SAVED), 303)
        if "stay" in request.form:
            front = {"at": request.form["at"]} if request.form.get("at") else {}
            return redirect(at.url("translating.form", asked=part_asked() | front | _SAVED), 303)
        return redirect(at.url("reviewing.text", asked=_SAVED), 303)


def _made_on(session: Session, at: Address, own: Copy, shown: Bases, *, as_kept: bool) -> Bases:
    """Return what kept words go on from: as in `folds`, what the same window typed before, if that has the segment.

    Words that are sent otherwise than they were kept, or as right, were made from the source that the form `shown` has.
    """
    for made_on in (own.since, own.bases):
        beside = replace(shown, revision=made_on.revision)
        for bases in (made_on,) if as_kept else (beside, made_on):
            if own.key in {row.key for row in sheets.sheet(session, at.name, at.locale, bases).rows}:
                return bases
    return own.bases


def _keyed(shown: Sheet, typed: Mapping[int, Typed]) -> dict[Key, Typed]:
    """Return what was typed by its places on a sheet by the keys of its rows."""
    return {row.key: typed[place] for place, row in enumerate(shown.rows) if place in typed}


def part_asked() -> dict[str, str]:
    """Return which part of the text the address asks for."""
    return {name: request.args[name] for name in ASKED if name in request.args}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("translating", __name__), Translating(desk)
    desk.rule(area, TEXT + "translate", view.form, Right.READ)
    desk.rule(area, TEXT + "translate", view.save, Right.READ, methods="POST")
    desk.rule(area, TEXT + "translate/aside", view.aside, Right.READ)
    desk.rule(area, "/signed-in-again", view.again, Entrance.OWN)
    desk.rule(area, TEXT + "correct", view.mend, Right.READ)
    desk.rule(area, TEXT + "correct", view.correct, Right.READ, methods="POST")
    return area
