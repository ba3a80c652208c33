"""Which lines of the editor a filter lets through, and the filters that are one press away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from app.domain.rules import TooSlowError
from app.domain.segment_filters import Facts, Filter, read
from app.domain.segments import State
from app.domain.side_by_side import FORMS
from app.queries.histories import changed_since
from app.services.checks import Checked
from app.web.desk.lines import Line
from app.web.desk.open_text import Open


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A filter that is one press away, and how many segments it has."""

    asks: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """The lines that a filter lets through; `holes` tells that the text, filtered or not, has segments to be filled."""

    wanted: Filter
    lines: Sequence[Line]
    too_slow: bool
    tabs: tuple[Tab, ...]
    holes: bool


def filtered(text: Open, lines: Sequence[Line]) -> Filtered:
    """Return the lines that the filter of the address lets through: all, where its regular expression finds no end."""
    wanted = read(_filter_asked())
    found = text.findings(lines) if wanted.asks_checks else {}
    has = text.has() if wanted.asks_has else {}
    facts = [_facts(line, found.get(line.key, ()), has.get(line.key, frozenset())) for line in lines]
    at = text.at
    changed = {day: changed_since(text.session, at.name, at.locale, day, text.desk.zone) for day in wanted.days}
    try:
        chosen, too_slow = [line for line, one in zip(lines, facts, strict=True) if wanted.passes(one, changed)], False
    except TooSlowError:
        chosen, too_slow = list(lines), True
    holes = any("missing" in one.holds["state"] for one in facts)
    return Filtered(wanted=wanted, lines=chosen, too_slow=too_slow, tabs=_tabs(facts), holes=holes)


def _filter_asked() -> str:
    """Return the filter of an address; `show=open` is how it was asked for once."""
    return request.args.get("q", "") or ("state:open" if request.args.get("show") == "open" else "")


def _facts(line: Line, found: Iterable[Checked], has: frozenset[str]) -> Facts:
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


def _tabs(facts: Sequence[Facts]) -> tuple[Tab, ...]:
    told = (("", gettext("all of it")), ("state:open", gettext("still open")), ("state:fuzzy", gettext("not sure")),
            ("state:changed", gettext("source changed")), ("origin:machine", gettext("by machine")),
            ("state:mine", gettext("not in the text yet")))  # fmt: skip
    tabs = ((asks, words, sum(read(asks).passes(one, {}) for one in facts)) for asks, words in told)
    always = {"", "state:open"}
    return tuple(Tab(asks=asks, words=words, count=count) for asks, words, count in tabs if count or asks in always)
