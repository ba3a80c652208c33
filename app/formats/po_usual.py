"""The entry as gettext's tools write it, read in one match; whatever looks otherwise is `po_lexer`'s, line by line.

It is there for speed alone: nine of ten entries of a real catalogue are read in a third of the time. What it reads is
what the lexer would read, and where it is not sure it says nothing; a property test holds them against each other.
"""

import re

from app.formats.po_entry import Entry, Field
from app.formats.po_strings import STRING, unescaped

_QUOTED = r'(?:"(?:[^"\\\n]++|\\[^\n])*+"\r?+\n)'
_USUAL = re.compile(
    r"(?P<comments>(?:\#(?!~)[^\n]*+\n)*+)"
    rf"(?:msgctxt\ (?P<msgctxt>{_QUOTED}++))?+"
    rf"msgid\ (?P<msgid>{_QUOTED}++)"
    rf"(?:msgid_plural\ (?P<msgid_plural>{_QUOTED}++)(?P<forms>(?:msgstr\[[0-9]{{1,4}}\]\ {_QUOTED}++)++)"
    rf"|msgstr\ (?P<msgstr>{_QUOTED}++))"
    r"(?P<gap>(?:\r?+\n)++(?=[\#m]|\Z)|\Z)"
)
_FORM = re.compile(rf"msgstr\[([0-9]{{1,4}})\]\ ({_QUOTED}++)")


class _UnusualError(Exception):
    """Not for this module to say what it means."""


def usual(text: str, at: int, line: int, *, longest: int) -> tuple[Entry, int] | None:
    """Return the entry that begins at a place and line, and where the next begins; None where it is no usual one.

    None too if its strings are longer than `longest` together or have an escape that gettext doesn't know.
    """
    match = _USUAL.match(text, at)
    if match is None:
        return None
    comments, context, _, plural, _, _, gap = match.groups()
    try:
        fields = _fields(match, line)
    except _UnusualError:
        return None
    values = [one.value for one in fields]
    if sum(map(len, values)) > longest:
        return None
    first = 0 if context is None else 1
    entry = Entry(
        raw=text[at : match.start("gap")],
        gap=gap,
        line=fields[0].line,
        fields=fields,
        obsolete=False,
        context=None if context is None else values[0],
        msgid=values[first],
        plural=None if plural is None else values[first + 1],
        msgstrs=tuple(values[first + (1 if plural is None else 2) :]),
        flags=_flags(comments),
    )
    return entry, match.end()


def _fields(match: re.Match[str], line: int) -> tuple[Field, ...]:
    comments, context, msgid, plural, forms, msgstr, _ = match.groups()
    line += comments.count("\n")
    start = len(comments)
    fields = []
    for name, strings in (("msgctxt", context), ("msgid", msgid), ("msgid_plural", plural), ("msgstr", msgstr)):
        if strings is not None:
            end = start + len(name) + 1 + len(strings)
            fields.append(Field(name, None, _value(strings), line, start, end))
            line += strings.count("\n")
            start = end
    for index, strings in _FORM.findall(forms or ""):
        end = start + len("msgstr[] ") + len(index) + len(strings)
        fields.append(Field("msgstr", int(index), _value(strings), line, start, end))
        line += strings.count("\n")
        start = end
    return tuple(fields)


def _value(strings: str) -> str:
    """Return what strings mean, a line each."""
    single = strings.find("\n") == len(strings) - 1
    written = [strings.rstrip()[1:-1]] if single else STRING.findall(strings)
    if "\\" not in strings:
        return "".join(written)
    values, unknown = zip(*map(unescaped, written), strict=True)
    if any(unknown):
        raise _UnusualError
    return "".join(values)


def _flags(comments: str) -> tuple[str, ...]:
    if "#," not in comments:
        return ()
    lines = (line for line in comments.split("\n") if line.startswith("#,"))
    return tuple(flag for line in lines for flag in map(str.strip, line[2:].split(",")) if flag)
