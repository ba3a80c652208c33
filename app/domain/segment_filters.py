"""Filters over segments that stand in an address: `state:fuzzy check:numbers changed:>2026-11-01 "of the centre"`.

What is asked for is a line of words. `field:value` asks one thing of a segment, a word or a "phrase" stands in its
source or its target, `/…/` is a regular expression, and `-` before any of them turns it round. All have to hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import regex

from app.domain.checks.pair import Check
from app.domain.rules import NoRuleError, Patience, compiled
from app.domain.said import Said, saying
from app.domain.segments import Key, Origin

LONGEST: Final = 500
"""Letters of a filter, at most."""

_TERM = regex.compile(
    r'(?P<no>-)?(?:(?P<field>[a-z]+):)?(?:/(?P<rule>(?:[^/\\]|\\.)+)/|"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)

_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "state": frozenset({"open", "missing", "fuzzy", "done", "changed", "gone", "mine"}),
    "has": frozenset({"comment", "question", "suggestion", "note"}),
    "origin": frozenset(Origin),
    "check": frozenset({"any", *Check}),
}
"""What fields that know a few words may ask for.

`fuzzy` needs work, `changed` was translated from other words than the source has now, `mine` is not in the text yet;
`question` is a comment that nobody resolved, `note` what a template says to translators.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be asked of a segment: its texts, and by field the words that hold of it (`check`: names of checks)."""

    key: Key
    source: str
    target: str
    holds: Mapping[str, frozenset[str]]


Changed = Mapping[date, frozenset[Key]]
"""For each day that a filter names, the segments that read otherwise now than at its beginning."""

_Test = Callable[[Facts, Changed], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter that was understood, but for what `problems` say: that asks for nothing."""

    written: str
    days: frozenset[date] = frozenset()
    asks_checks: bool = False
    asks_has: bool = False
    problems: tuple[Said, ...] = ()
    tests: tuple[_Test, ...] = field(default=(), repr=False)

    def passes(self, facts: Facts, changed: Changed) -> bool:
        """Tell whether a segment has all that is asked for. TooSlowError where a regular expression finds no end."""
        return all(test(facts, changed) for test in self.tests)


class _UnknownError(Exception):
    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def read(written: str) -> Filter:
    """Return the filter that a line asks for."""
    line = written[:LONGEST]
    problems = [saying("a filter has %(most)s letters at most", most=LONGEST)] if len(written) > LONGEST else []
    tests, patience = list[_Test](), Patience()
    days: set[date] = set()
    for term in _TERM.finditer(line):
        try:
            test = _test(term, days, patience)
        except _UnknownError as unknown:
            problems.append(unknown.said)
        else:
            tests.append(_not(test) if term["no"] else test)
    return Filter(
        written=line, days=frozenset(days), asks_checks="check:" in line, asks_has="has:" in line,
        problems=tuple(problems), tests=tuple(tests),
    )  # fmt: skip


def _test(term: "regex.Match[str]", days: set[date], patience: Patience) -> _Test:
    name, value = term["field"] or "", term["phrase"] if term["phrase"] is not None else term["word"] or ""
    if name in {"", "source", "target"}:
        return _texts_have(name, value) if term["rule"] is None else _rule(name, term["rule"], patience)
    if name == "check" and value == "any":
        return lambda facts, _: bool(facts.holds["check"])
    if name in _WORDS:
        return _word(name, value)
    if name == "changed":
        return _since(value, days)
    return _texts_have("", term[0].removeprefix("-"))  # a colon in the middle of what is looked for


def _word(name: str, value: str) -> _Test:
    known = _WORDS[name]
    if value not in known:
        reason = saying(
            "%(field)s is one of %(known)s, and not “%(value)s”",
            field=f"{name}:", known=tuple(sorted(known)), value=value,
        )  # fmt: skip
        raise _UnknownError(reason)
    return lambda facts, _: value in facts.holds[name]


def _since(value: str, days: set[date]) -> _Test:
    before = value.startswith("<")
    try:
        day = date.fromisoformat(value.lstrip("<>="))
    except ValueError:
        reason = saying("“%(value)s” is no day; write it as in %(example)s", value=value, example="changed:>2026-11-01")
        raise _UnknownError(reason) from None
    days.add(day)
    return lambda facts, changed: (facts.key in changed.get(day, frozenset())) is not before


def _texts_have(name: str, value: str) -> _Test:
    wanted = value.casefold()
    return lambda facts, _: any(wanted in text.casefold() for text in _texts(name, facts))


def _rule(name: str, written: str, patience: Patience) -> _Test:
    try:
        rule = compiled(written)
    except NoRuleError as no_rule:
        raise _UnknownError(no_rule.said) from None
    return lambda facts, _: any(patience.finds(rule, text) for text in _texts(name, facts))


def _texts(name: str, facts: Facts) -> tuple[str, ...]:
    return {"source": (facts.source,), "target": (facts.target,)}.get(name, (facts.source, facts.target))


def _not(test: _Test) -> _Test:
    return lambda facts, changed: not test(facts, changed)
