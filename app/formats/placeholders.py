"""Placeholders in messages: what a translation has to have in common with its msgid.

`python-format` is the `%` operator of Python's library reference (*printf-style String Formatting*), and
`python-brace-format` its *Format String Syntax*. The rules are those of `msgfmt -c`: the same names with the same kind
of value, unnamed ones in the same number and order.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter

_PERCENT = re.compile(
    r"%(?:\((?P<name>[^()]*+)\))?[#0 +-]*+(?:\*|[0-9]*+)(?:\.(?:\*|[0-9]*+))?[hlL]?(?P<type>.)?", re.DOTALL
)
_HUGE = re.compile(
    r"%(?:\([^()]*+\))?[#0 +-]*+(?:[0-9]{4,}+(?:\.[0-9]*+)?|[0-9]*+\.[0-9]{4,}+)[hlL]?[diouxXeEfFgGcrsa]"
)
_TOO_WIDE = "a placeholder that is thousands of columns wide"
_KINDS = {**dict.fromkeys("diouxX", "whole number"), **dict.fromkeys("eEfFgG", "number"), "c": "character"}
_KINDS |= dict.fromkeys("sra", "text")


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What a string asks for: names with the kind of value, and the kinds of unnamed values in order."""

    named: dict[str, str]
    unnamed: tuple[str, ...] = ()


def too_wide(text: str) -> str:
    """Return a complaint if a `%` placeholder asks for thousands of columns or digits: one word could fill the memory.

    It holds whatever the flags say, since those are the file's own.
    """
    return _TOO_WIDE if _HUGE.search(text) else ""


def percent_placeholders(text: str) -> Placeholders:
    """Read `%(name)s` and `%d`; ValueError where Python could not format it."""
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for match in _PERCENT.finditer(text):
        name, kind = match["name"], match["type"] or ""
        if kind == "%" and name is None:
            continue
        if kind not in _KINDS:
            raise ValueError(f"{match[0][:20]!r} is not a placeholder; a percent sign is written %%")
        unnamed += ["whole number"] * (match[0].count("*") if name is None else 0)
        if name is None:
            unnamed.append(_KINDS[kind])
        elif named.setdefault(name, _KINDS[kind]) != _KINDS[kind]:
            raise ValueError(f"%({name}) stands for two kinds of value")
    if named and unnamed:
        raise ValueError("placeholders with names and without are mixed")
    return Placeholders(named, tuple(unnamed))


def brace_placeholders(text: str) -> Placeholders:
    """Read `{name}`, `{0}` and `{}`; ValueError where Python could not format it."""
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for _, name, specification, _ in Formatter().parse(text):
        if re.search("[0-9]{4}", specification or ""):
            raise ValueError(_TOO_WIDE)
        for one in [name, *(inner for _, inner, _, _ in Formatter().parse(specification or ""))]:
            if one:
                named[one] = "text"
            elif one is not None:
                unnamed.append("text")
    return Placeholders(named, tuple(unnamed))


_READERS: dict[str, Callable[[str], Placeholders]] = {
    "python-format": percent_placeholders,
    "python-brace-format": brace_placeholders,
}


def difference(asked: Placeholders, given: Placeholders, *, may_omit: bool) -> str:
    """Return in what a translation's placeholders are wrong, or nothing.

    `may_omit` is for a plural form that serves one number alone: *one day* needs no `%(count)d`.
    """
    for name, kind in given.named.items():
        if name not in asked.named:
            return f"the placeholder {name} is not in the msgid"
        if asked.named[name] != kind:
            return f"the placeholder {name} stands for a {kind} here, and in the msgid for a {asked.named[name]}"
    if lacking := [name for name in asked.named if name not in given.named and not may_omit]:
        return f"the placeholder {lacking[0]} of the msgid is missing"
    if given.unnamed != asked.unnamed and not (may_omit and given.unnamed == asked.unnamed[: len(given.unnamed)]):
        return f"unnamed placeholders: {len(given.unnamed)}, and {len(asked.unnamed)} in the msgid, or of other kinds"
    return ""


def wrong_placeholders(flags: tuple[str, ...], msgid: str, msgstr: str, *, may_omit: bool = False) -> str:
    """Return what is wrong with a translation's placeholders under these flags, or nothing.

    A msgid that is no format string itself asks for nothing: whoever formats it gets the msgid as it is.
    """
    for flag in flags:
        if reader := _READERS.get(flag):
            try:
                asked = reader(msgid)
            except ValueError:
                continue
            try:
                wrong = difference(asked, reader(msgstr), may_omit=may_omit)
            except ValueError as error:
                wrong = str(error)
            if wrong:
                return wrong
    return ""
