"""The translation memory at the desk: what helps with a segment, its words taken or spread, and a search in it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Final

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.errors import Forbidden, NotFound, Refusal
from app.domain.locales import parse_tag
from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.said import saying
from app.domain.segments import Key, Origin, Tag
from app.domain.side_by_side import Typed
from app.queries.memory import concordance
from app.queries.people import full_names
from app.services.folds import fold
from app.services.sheets import Bases
from app.services.working_copies import Words, keep
from app.storage.memory import LAST, Side
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk, Place
from app.web.desk.lines import Line
from app.web.desk.odd_values import whole
from app.web.desk.open_text import Open, line_named
from app.web.desk.translating import Kept, Translating

_LONGEST_WORDS: Final = 200
_FORM: Final = "form"
"""The window of words that were taken by a button, as those of a page that somebody opened have one of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for: words, in which of two languages, in what is older than the unit `before`."""

    words: str
    source: Tag
    target: Tag
    side: Side
    before: int = LAST

    @property
    def is_first(self) -> bool:
        """Tell whether the newest are looked at, and not what is older than some that were."""
        return self.before == LAST


class Memory:
    """The page of the memory, and what is done with it from under a segment."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def search(self) -> ResponseReturnValue:
        """Show the segments that have the words of the address. A pair of languages that means nothing is the usual."""
        asked = self._asked()
        with self._desk.reading() as session:
            found = concordance(
                session, words=asked.words, source=asked.source, target=asked.target, side=asked.side,
                before=asked.before,
            )  # fmt: skip
            names = full_names(session, {one.where.account for one in found.found})
        return self._desk.render("desk/memory.html", asked=asked, found=found.found, older=found.before, names=names)

    def take(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep the words of a match as if they had been typed, and show them. NotFound if the memory lost them.

        What was typed is saved before: where no form is empty the words of the first one are in a revision by then.
        """
        return self._pressed(Address.of(kind, name, locale), self._take)

    def spread(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Keep the words of a segment for all others with the same source; what stood there otherwise is not sure.

        What was typed is saved before, so that words that are replaced can be found in the history.
        """
        return self._pressed(Address.of(kind, name, locale), self._spread)

    def _pressed(self, at: Address, do: Callable[[Address], str]) -> ResponseReturnValue:
        """Do what was pressed; what is refused is given back with what stood in the form."""
        try:
            return self._translating.onward(at, {"at": do(at)})
        except (Forbidden, NotFound):
            raise
        except Refusal as refusal:
            return self._translating.refused(at, Kept(typed={}, refusal=refusal))

    def _take(self, at: Address) -> str:
        unit = request.form.get("unit", 0, type=whole)
        with self._desk.writing() as session:
            self._translating.put(session, at)
            text = Open.of(self._desk, session, at, Bases())
            line = line_named(text.lines(), request.form.get("at", ""))
            match = next((one.match for one in text.matches(line) if one.match.unit == unit), None)
            if match is None:
                raise NotFound(saying("the memory has no such words any more"))
            place = next((place for place, form in enumerate(line.forms) if not form.strip()), None)
            if place is None and line.serial:  # typed in another window, and in no revision yet
                fold(session, at.name, at.locale, self._desk.actor(at.locale))
                line = line_named(Open.of(self._desk, session, at, Bases()).lines(), line.key)
            place = place or 0
            forms = (*line.forms[:place], match.words, *line.forms[place + 1 :])
            machine = Origin.MACHINE if match.origin is Origin.MACHINE else None
            kept = [_words(line, Typed(forms=forms, origin=machine))]
            keep(session, at.name, at.locale, self._desk.actor(at.locale), words=kept, tab=_FORM)
        return line.key

    def _spread(self, at: Address) -> str:
        with self._desk.writing() as session:
            self._translating.put(session, at)
            text = Open.of(self._desk, session, at, Bases())
            line = line_named(text.lines(), request.form.get("at", ""))
            if any(one.serial for one in line.elsewhere(text.lines())):  # what is replaced is in a revision then
                sources = text.sheet.rows[line.place].sources
                fold(session, at.name, at.locale, self._desk.actor(at.locale))
                text = Open.of(self._desk, session, at, Bases())
                line = next(one for one in text.lines() if text.sheet.rows[one.place].sources == sources)
            lines = text.lines()
            machine = Origin.MACHINE if line.origin is Origin.MACHINE else None
            kept = [
                _words(one, Typed(forms=line.forms, unsure=any(form.strip() for form in one.forms), origin=machine))
                for one in line.elsewhere(lines)
            ]
            keep(session, at.name, at.locale, self._desk.actor(at.locale), words=kept, tab=_FORM)
        flash(
            ngettext(
                "%(num)s segment has these words too now. It is not in the text yet: save it.",
                "%(num)s segments have these words too now. They are not in the text yet: save them.",
                len(kept),
            ),
            "done",
        )
        return line.key

    def _asked(self) -> Asked:
        said, site = request.args, self._desk.site
        side = said.get("side", "")
        source = said.get("source", type=parse_tag) or site.default
        before = said.get("before", 0, type=whole)
        others = [tag for tag in site.locales if tag != source]
        mine = [grant.locale for grant in self._desk.person().grants if grant.locale in others]
        return Asked(
            words=" ".join(said.get("words", "").replace("\0", "").split())[:_LONGEST_WORDS],
            source=source,
            target=said.get("target", type=parse_tag) or next(iter([*mine, *others]), source) or source,
            side=Side(side) if side in list(Side) else Side.SOURCE,
            before=before if before > 0 else LAST,
        )


def _words(line: Line, typed: Typed) -> Words:
    return Words(
        key=Key(line.copy_key or line.key), typed=typed, bases=line.bases,
        seen={line.tab: line.serial} if line.serial else {}, serial=max(int(time() * 1000), line.serial + 1),
    )  # fmt: skip


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("memory", __name__), Memory(desk)
    desk.rule(area, "/memory/", view.search, Right.READ)
    desk.rule(area, TEXT + "translate/take", view.take, Right.READ, methods="POST")
    desk.rule(area, TEXT + "translate/spread", view.spread, Right.READ, methods="POST")
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.READ):
        return None
    here = request.endpoint == "memory.search" or request.blueprint == "memory_files"
    # Translators: an entry of the desk's menu: the translation memory, where one looks how words were translated before
    return Place(href=url_for("memory.search"), label=gettext("Memory"), current=here)
