"""Placeholders in messages: what a translation has to have in common with its msgid.

`python-format` is the `%` operator of Python's library reference (*printf-style String Formatting*), and
`python-brace-format` its *Format String Syntax*. The rules are those of `msgfmt -c`: the same names with the same kind
of value, unnamed ones in the same number and order.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Formatter

from app.domain.checks.pair import Fault, Pair
from app.domain.said import Said, saying

_PERCENT = re.compile(
    r"%(?:\((?P<name>[^()]*+)\))?[#0 +-]*+(?:\*|[0-9]*+)(?:\.(?:\*|[0-9]*+))?[hlL]?(?P<type>.)?", re.DOTALL
)
_HUGE = re.compile(
    r"%(?:\([^()]*+\))?[#0 +-]*+(?:[0-9]{4,}+(?:\.[0-9]*+)?|[0-9]*+\.[0-9]{4,}+)[hlL]?[diouxXeEfFgGcrsa]"
)
_TOO_WIDE = saying("a placeholder that is thousands of columns wide")
_KINDS = {**dict.fromkeys("diouxX", "whole number"), **dict.fromkeys("eEfFgG", "number"), "c": "character"}
_KINDS |= dict.fromkeys("sra", "text")


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What a string asks for: names with the kind of value, and the kinds of unnamed values in order."""

    named: dict[str, str]
    unnamed: tuple[str, ...] = ()


class UnformattableError(ValueError):
    """A text that Python could not format; `said` tells why."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def too_wide(text: str) -> Said | None:
    """Return a complaint if a `%` placeholder asks for thousands of columns or digits: one word could fill the memory.

    It holds whatever the flags say, since those are the file's own.
    """
    return _TOO_WIDE if _HUGE.search(text) else None


def percent_placeholders(text: str) -> Placeholders:
    """Read `%(name)s` and `%d`; UnformattableError where Python could not format it."""
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for match in _PERCENT.finditer(text):
        name, kind = match["name"], match["type"] or ""
        if kind == "%" and name is None:
            continue
        if kind not in _KINDS:
            raise UnformattableError(
                saying("'%(written)s' is not a placeholder; a percent sign is written twice", written=match[0][:20])
            )
        unnamed += ["whole number"] * (match[0].count("*") if name is None else 0)
        if name is None:
            unnamed.append(_KINDS[kind])
        elif named.setdefault(name, _KINDS[kind]) != _KINDS[kind]:
            raise UnformattableError(saying("the placeholder %(name)s stands for two kinds of value", name=name))
    if named and unnamed:
        raise UnformattableError(saying("placeholders with names and without are mixed"))
    return Placeholders(named, tuple(unnamed))


def brace_placeholders(text: str) -> Placeholders:
    """Read `{name}`, `{0}` and `{}`; UnformattableError where Python could not format it."""
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for name, specification in _fields(text):
        if re.search("[0-9]{4}", specification):
            raise UnformattableError(_TOO_WIDE)
        for one in (name, *(inner for inner, _ in _fields(specification))):
            if one:
                named[one] = "text"
            elif one is not None:
                unnamed.append("text")
    return Placeholders(named, tuple(unnamed))


def _fields(text: str) -> Iterator[tuple[str | None, str]]:
    try:
        yield from ((name, specification or "") for _, name, specification, _ in Formatter().parse(text))
    except ValueError:
        raise UnformattableError(
            saying("a brace is opened and not closed; one that is no placeholder is written twice")
        ) from None


_READERS: dict[str, Callable[[str], Placeholders]] = {
    "python-format": percent_placeholders,
    "python-brace-format": brace_placeholders,
}


def difference(asked: Placeholders, given: Placeholders, *, may_omit: bool) -> Said | None:
    """Return in what a translation's placeholders are wrong, or nothing.

    `may_omit` is for a plural form that serves one number alone: *one day* needs no `%(count)d`.
    """
    for name, kind in given.named.items():
        if name not in asked.named:
            return saying("the placeholder %(name)s is not in the msgid", name=name)
        if asked.named[name] != kind:
            return saying("the placeholder %(name)s stands for another kind of value than in the msgid", name=name)
    if lacking := [name for name in asked.named if name not in given.named and not may_omit]:
        return saying("the placeholder %(name)s of the msgid is missing", name=lacking[0])
    if given.unnamed != asked.unnamed and not (may_omit and given.unnamed == asked.unnamed[: len(given.unnamed)]):
        return saying(
            "unnamed placeholders: %(given)s here, and %(asked)s in the msgid, or of other kinds",
            given=len(given.unnamed), asked=len(asked.unnamed),
        )  # fmt: skip
    return None


def wrong_placeholders(flags: tuple[str, ...], msgid: str, msgstr: str, *, may_omit: bool = False) -> Said | None:
    """Return what is wrong with a translation's placeholders under these flags, or nothing.

    A msgid that is no format string itself asks for nothing: whoever formats it gets the msgid as it is.
    """
    for flag in flags:
        if reader := _READERS.get(flag):
            try:
                asked = reader(msgid)
            except UnformattableError:
                continue
            try:
                wrong = difference(asked, reader(msgstr), may_omit=may_omit)
            except UnformattableError as refusal:
                wrong = refusal.said
            if wrong:
                return wrong
    return None


def placeholders(pair: Pair, at: int) -> Iterator[Fault]:
    """Find placeholders that are missing, invented, of another kind, or that nothing could fill."""
    form = pair.target[at]
    if (wide := too_wide(form)) and not any(map(too_wide, pair.source)):
        yield Fault(wide)
    may_omit = pair.is_plural and at in pair.rare
    if wrong := wrong_placeholders(pair.flags, pair.asked, form, may_omit=may_omit):
        yield Fault(wrong, None, _mended(pair, form, may_omit=may_omit))


def _mended(pair: Pair, form: str, *, may_omit: bool) -> str | None:
    """Return a form with its lone percent signs doubled, or its one wrong name put right, if it is right then."""
    if "python-format" not in pair.flags:
        return None
    doubled = _PERCENT.sub(
        lambda found: found[0] if found["type"] in _KINDS or found[0] == "%%" else "%" + found[0], form
    )
    try:
        asked, given = percent_placeholders(pair.asked).named, percent_placeholders(doubled).named
    except UnformattableError:
        return None
    missing, invented = asked.keys() - given.keys(), given.keys() - asked.keys()
    if len(missing) == len(invented) == 1:
        (right,), (wrong,) = missing, invented
        doubled = doubled.replace(f"%({wrong})", f"%({right})")
    return None if wrong_placeholders(pair.flags, pair.asked, doubled, may_omit=may_omit) else doubled


def filled(pair: Pair, at: int) -> Iterator[Fault]:
    """Say of a form that a page could not be made with it, whatever its flags promise."""
    if pair.target[at] in pair.unfilled:
        yield Fault(saying("a page could not be made with these words: readers see the original in their place"))
