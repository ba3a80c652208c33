"""The editor's page: which segments of a text are shown, filled with what, and what stands under the one in front."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Flask, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import NotFound
from app.domain.glossary import Glossary
from app.domain.locales import language, parse_tag
from app.domain.matches import WORDLESS, best
from app.domain.permissions import Side, require
from app.domain.said import saying
from app.domain.segment_filters import Facts, Filter, TooSlowError, read
from app.domain.segments import Key, Origin, State, Tag
from app.domain.side_by_side import FORMS, Typed
from app.domain.site import MSGIDS
from app.domain.translations import Action
from app.queries import memory
from app.queries.histories import changed_since
from app.queries.machine import Asked, asked
from app.queries.memory import Known
from app.queries.people import full_names
from app.queries.reviews import title_of
from app.queries.suggestions import still_open
from app.queries.talk import remarks, talked_of
from app.services import checks, sheets
from app.services.checks import Checked
from app.services.offers import can_submit
from app.services.sheets import Bases, Sheet
from app.services.texts import require_document
from app.services.working_copies import Copy, copies
from app.storage.texts import DbDocument
from app.web.desk.address import Address
from app.web.desk.aside import About, Asking, about, texts_of
from app.web.desk.desk import Desk
from app.web.desk.draft_media import thumbs
from app.web.desk.editor_words import editor_keys, filter_examples, letters_of
from app.web.desk.happenings import who_word
from app.web.desk.lines import SIZE, Line, Part, lines_of, paged
from app.web.desk.odd_values import whole

MOST_MATCHES = 5

ASKED = ("q", "from", "source", "beside")
"""What an address of the editor may ask for, besides the segment in front (`at`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A filter that is one press away, and how many segments it has."""

    asks: str
    words: str
    count: int


def open_document(desk: Desk, session: Session, at: Address, action: Action) -> tuple[DbDocument, Side]:
    """Return the document whose text somebody is about to write. NotFound without one, Forbidden to who may not."""
    at.require_place(session, desk.site.locales)
    document = require_document(session, at.name)
    side = Side.SOURCE if at.locale == document.source else Side.TRANSLATION
    require(desk.actor(at.locale).roles, action, of=side)
    return document, side


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A text that somebody has open: its sheet, and what they typed there that is in no text yet."""

    desk: Desk
    session: Session
    at: Address
    document: DbDocument
    side: Side
    sheet: Sheet
    mine: Mapping[Key, Copy]
    terms: Glossary

    @classmethod
    def of(cls, desk: Desk, session: Session, at: Address, bases: Bases) -> "Open":
        """Open a text to be written. Refusals as `open_document`."""
        document, side = open_document(desk, session, at, Action.EDIT)
        sheet = sheets.sheet(session, at.name, at.locale, bases)
        return cls(
            desk=desk, session=session, at=at, document=document, side=side, sheet=sheet,
            terms=checks.glossary_of(session, sheet),
            mine=copies(session, at.name, at.locale, desk.person().name),
        )  # fmt: skip

    def lines(self) -> list[Line]:
        """Return what can be written, filled with what its reader typed, where that is in no text yet."""
        return [self._own(line) for line in lines_of(self.sheet) if line.forms]

    def loose(self) -> list[Copy]:
        """Return what its reader typed for segments that the text has no more."""
        keys = {row.key for row in self.sheet.rows}
        return [copy for key, copy in self.mine.items() if key not in keys and any(map(str.strip, copy.typed.forms))]

    def _own(self, line: Line) -> Line:
        own = self.mine.get(line.key)
        if own is None:
            return line
        return replace(refilled(line, own.typed), bases=own.bases, serial=own.serial, copy_key=own.key)

    def findings(self, lines: Iterable[Line]) -> Mapping[Key, tuple[Checked, ...]]:
        """Return what checks find in these lines as they are filled."""
        dismissed = checks.dismissals(self.session, self.document.text_in(self.at.locale))
        return checks.checked(self.sheet, {line.key: line.forms for line in lines}, dismissed, self.terms)

    def beside(self, tag: Tag | None) -> Mapping[Key, str]:
        """Return what stands in a second language, by the segments of the text that somebody translates from.

        Nothing where the two were not made from one text: then nobody knows what belongs to what.
        """
        if tag is None or self.document.text_in(tag) is None:
            return {}
        if tag == self.document.source:
            through = sheets.sheet(self.session, self.at.name, self.sheet.source)
            return {row.key: "\n\n".join(one.text for one in row.sources) for row in through.rows}
        other = sheets.sheet(self.session, self.at.name, tag)
        alike = other.source == self.sheet.source
        return {one.key: row.text for row in other.rows if alike and row.text for one in row.sources}

    def has(self) -> Mapping[Key, frozenset[str]]:
        """Return which segments have a comment, an open one (a question), or a second version."""
        found: dict[Key, set[str]] = {}
        talked = talked_of(remarks(self.session, texts_of(self.document, self.at)))
        for row in self.sheet.rows:
            for key in {row.key, *(one.key for one in row.sources)} & talked.keys():
                found.setdefault(row.key, set()).update({"comment", "question"} if talked[key] else {"comment"})
        for one in still_open(self.session, self.at.name, self.at.locale):
            found.setdefault(one.key, set()).add("suggestion")
        return {key: frozenset(words) for key, words in found.items()}

    def elsewhere(self) -> bool:
        """Tell whether a second version waits that no segment has below it, since the text has its segment no more."""
        rows = {row.key for row in self.sheet.rows}
        open_ones = still_open(self.session, self.at.name, self.at.locale)
        return any(rows.isdisjoint({one.key, *(new.key for new in one.instead)}) for one in open_ones)

    def machine(self) -> Sequence[Asked] | None:
        """Return what a machine was asked for of this text; None on a site that has no machine, and of a source."""
        if self.desk.settings.machine is None or self.side is Side.SOURCE:
            return None
        return asked(self.session, self.at.name, self.at.locale)

    def matches(self, line: Line) -> tuple[Known, ...]:
        """Return what the memory has for a segment: for each form of its source, the best first."""
        if self.side is Side.SOURCE or line.kind in WORDLESS:
            return ()
        source, text = self.source_tag, self.document.text_in(self.at.locale)
        before, after = self._neighbours(line)
        found = (
            one
            for original in dict.fromkeys(line.originals)
            if original.strip() and source != self.at.locale
            for one in memory.matches(
                self.session, text=original, source=source, target=self.at.locale, before=before, after=after,
                but=(text.id, line.key) if text is not None else None,
            )
        )  # fmt: skip
        return memory.known(self.session, best(found, most=MOST_MATCHES), source)

    @property
    def source_tag(self) -> Tag:
        """Return the language of the source's words: msgids have one, too."""
        return MSGIDS if self.at.name.kind is Kind.CATALOGUE else self.sheet.source

    def _neighbours(self, line: Line) -> tuple[str, str]:
        """Return the source of the segments with words before and behind one."""
        rows = [row for row in self.sheet.rows if row.kind not in WORDLESS]
        texts = ["", *(checks.originals(self.sheet, row)[0] for row in rows), ""]
        place = next((place for place, row in enumerate(rows) if row.key == line.key), None)
        return ("", "") if place is None else (texts[place], texts[place + 2])

    def under(self, line: Line, lines: Sequence[Line]) -> About:
        """Return what stands under a segment, which is one of these lines."""
        asking = Asking(
            account=self.desk.person().name, words=FORMS.join(line.forms), base=line.bases.revision or 0,
            tab=request.args.get("tab", ""), findings=self.findings([line]).get(line.key, ()),
            undo=request.args.get("undo", 0, type=whole),
        )  # fmt: skip
        found = about(self.session, self.document, self.at, self.sheet.rows[line.place], asking)
        matches = self.matches(line)
        names = full_names(self.session, {one.where.author for one in matches}) if matches else {}
        return replace(
            found, matches=matches, terms=checks.terms_in(self.sheet, self.sheet.rows[line.place], self.terms),
            source=self.source_tag if self.side is Side.TRANSLATION else None, spread=len(line.elsewhere(lines)),
            names={**found.names, **names},
        )  # fmt: skip


def editor_page(desk: Desk, at: Address, bases: Bases, refill: Callable[[Line], Line], **given: object) -> str:
    """Return the editor as its address asks for it. `refill` puts in what was refused, `given` goes to the page."""
    with desk.reading() as session:
        text = Open.of(desk, session, at, bases)
        lines, wanted, key = [refill(line) for line in text.lines()], read(_filter_asked()), request.args.get("at", "")
        found = text.findings(lines) if wanted.asks_checks else {}
        has = text.has() if wanted.asks_has else {}
        facts = [facts_of(line, found.get(line.key, ()), has.get(line.key, frozenset())) for line in lines]
        chosen, too_slow = _chosen(lines, facts, wanted, _changed(desk, session, at, wanted.days))
        front = next((place for place, line in enumerate(chosen) if line.key == key), None)
        first = request.args.get("from", type=whole)
        if first is None:
            first = (front or 0) // SIZE * SIZE
        part, second = paged(chosen, show="all", first=first), tag_asked("beside")
        return desk.render(
            "desk/translate.html", at=at, sheet=text.sheet, part=part, wanted=wanted, found=text.findings(part.lines),
            too_slow=too_slow, tabs=_tabs(facts), under=None if front is None else text.under(chosen[front], lines),
            others=_others(text.document, at), beside_tag=second, beside=_by_line(text, part, second),
            letters=letters_of(language(at.locale)), is_catalogue=at.name.kind is Kind.CATALOGUE,
            asked={name: request.args[name] for name in ASKED if request.args.get(name)},
            title=title_of(session, text.document, at.locale), is_source=text.side is Side.SOURCE,
            photos=thumbs(session, text.document.id), machine=text.machine(), loose=text.loose(),
            elsewhere=text.elsewhere(), holes=any("missing" in one.holds["state"] for one in facts),
            can_submit=can_submit(session, text.document.text_in(at.locale), desk.actor(at.locale)), **given,
        )  # fmt: skip


def _by_line(text: Open, part: Part, second: Tag | None) -> Mapping[Key, str]:
    """Return what stands in a second language beside the lines of a page."""
    beside = text.beside(second)
    rows = {row.key: row for row in text.sheet.rows}
    told = {line.key: [beside.get(one.key, "") for one in rows[line.key].sources] for line in part.lines}
    return {key: "\n\n".join(dict.fromkeys(one for one in texts if one)) for key, texts in told.items()}


def tag_asked(name: str) -> Tag | None:
    """Return a language that the address names, None where it names none."""
    try:
        return parse_tag(request.args[name]) if request.args.get(name) else None
    except ValueError:
        return None


def _others(document: DbDocument, at: Address) -> list[Tag]:
    """Return the languages in which the document has a text besides this one."""
    return [one.locale for one in document.translations if one.is_language and one.head_id and one.locale != at.locale]


def aside_page(desk: Desk, at: Address, bases: Bases) -> str:
    """Return what stands under one segment by itself. NotFound for one that there is none of."""
    with desk.reading() as session:
        text, key = Open.of(desk, session, at, bases), request.args.get("at", "")
        lines = text.lines()
        line = next((line for line in lines if line.key == key), None)
        if line is None:
            raise NotFound(saying("the text has no such segment"))
        return desk.render(
            "desk/aside_page.html", at=at, line=line, is_source=text.side is Side.SOURCE, kept=None,
            under=text.under(line, lines), machine=text.machine(),
        )  # fmt: skip


def refilled(line: Line, typed: Typed | None) -> Line:
    """Return a line with what somebody typed there instead of what stood there."""
    if typed is None:
        return line
    stood = line.target if typed.forms != line.forms else ()
    return replace(
        line, forms=typed.forms, stood=stood, unsure=typed.unsure, out=typed.out, current=typed.current,
        taken=typed.origin is Origin.MACHINE,
    )  # fmt: skip


def _filter_asked() -> str:
    """Return the filter of an address; `show=open` is how it was asked for once."""
    return request.args.get("q", "") or ("state:open" if request.args.get("show") == "open" else "")


def _chosen(
    lines: Sequence[Line], facts: Sequence[Facts], wanted: Filter, changed: Mapping[date, frozenset[Key]]
) -> tuple[Sequence[Line], bool]:
    """Return the lines that a filter lets through: all of them, where its regular expression finds no end."""
    try:
        return [line for line, one in zip(lines, facts, strict=True) if wanted.passes(one, changed)], False
    except TooSlowError:
        return lines, True


def facts_of(line: Line, found: Iterable[Checked], has: frozenset[str]) -> Facts:
    """Return what can be asked of a line in which checks found this, and which has this beside it."""
    missing = line.state is State.MISSING or not line.there
    states = {
        "open": line.is_open, "missing": missing, "fuzzy": line.state is State.NEEDS_WORK or line.unsure,
        "done": not line.is_open, "changed": line.stale, "gone": line.gone, "mine": bool(line.serial),
    }  # fmt: skip
    return Facts(
        key=line.key,
        source="".join(piece.text for piece in line.source),
        target=FORMS.join(line.forms),
        holds={
            "state": frozenset(name for name, holds in states.items() if holds),
            "has": has | ({"note"} if line.hints else frozenset()),
            "origin": frozenset({line.origin.value}),
            "check": frozenset(one.finding.check.value for one in found if one.dismissal is None),
        },
    )


def _changed(desk: Desk, session: Session, at: Address, days: Iterable[date]) -> Mapping[date, frozenset[Key]]:
    return {day: changed_since(session, at.name, at.locale, day, desk.zone) for day in days}


def _tabs(facts: Sequence[Facts]) -> tuple[Tab, ...]:
    told = (("", gettext("all of it")), ("state:open", gettext("still open")), ("state:fuzzy", gettext("not sure")),
            ("state:changed", gettext("source changed")), ("origin:machine", gettext("by machine")),
            ("state:mine", gettext("not in the text yet")))  # fmt: skip
    tabs = ((asks, words, sum(read(asks).passes(one, {}) for one in facts)) for asks, words in told)
    always = {"", "state:open"}
    return tuple(Tab(asks=asks, words=words, count=count) for asks, words, count in tabs if count or asks in always)


def install(app: Flask) -> None:
    """Give the templates of the desk the words of the editor."""
    app.jinja_env.globals.update(editor_keys=editor_keys, filter_examples=filter_examples, who_word=who_word)
    app.jinja_env.filters["merge_with"] = _merged


def _merged(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    return {**one, **other}
