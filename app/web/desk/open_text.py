"""A text that somebody has open to be written: what it shows, what they typed, and what stands under a segment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.glossary import Glossary
from app.domain.matches import WORDLESS, best
from app.domain.permissions import Side, require
from app.domain.said import saying
from app.domain.segments import Key, Origin
from app.domain.side_by_side import FORMS, Typed
from app.domain.translations import Action, Status
from app.queries import memory
from app.queries.machine import Asked, asked
from app.queries.memory import Known
from app.queries.people import full_names
from app.queries.suggestions import still_open
from app.queries.talk import remarks, talked_of
from app.services import checks, sheets
from app.services.checks import Checked
from app.services.sheets import Bases, Sheet
from app.services.texts import require_document
from app.services.working_copies import Copy, copies
from app.storage.texts import DbDocument
from app.web.desk.address import Address
from app.web.desk.aside import About, Asking, about, texts_of
from app.web.desk.desk import Desk
from app.web.desk.lines import Line, lines_of
from app.web.desk.odd_values import whole

_MOST_MATCHES = 5


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

    @property
    def in_review(self) -> bool:
        """Tell whether somebody was asked to review the text: who changes it takes it back."""
        text = self.document.text_in(self.at.locale)
        return text is not None and text.status is Status.IN_REVIEW

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
        return replace(refilled(line, own.typed), bases=own.bases, serial=own.serial, tab=own.tab, copy_key=own.key)

    def findings(self, lines: Iterable[Line]) -> Mapping[Key, tuple[Checked, ...]]:
        """Return what checks find in these lines as they are filled."""
        dismissed = checks.dismissals(self.session, self.document.text_in(self.at.locale))
        return checks.checked(self.sheet, {line.key: line.forms for line in lines}, dismissed, self.terms)

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
        source, text = self.sheet.source_language, self.document.text_in(self.at.locale)
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
        return memory.known(self.session, best(found, most=_MOST_MATCHES), source)

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
        names = full_names(self.session, {one.where.account for one in matches}) if matches else {}
        return replace(
            found, matches=matches, terms=checks.terms_in(self.sheet, self.sheet.rows[line.place], self.terms),
            source=self.sheet.source_language if self.side is Side.TRANSLATION else None,
            spread=len(line.elsewhere(lines)), names={**found.names, **names},
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


def line_named(lines: Iterable[Line], key: str) -> Line:
    """Return the line of a segment. NotFound for one that there is none of."""
    found = next((line for line in lines if line.key == key), None)
    if found is None:
        raise NotFound(saying("the text has no such segment"))
    return found
