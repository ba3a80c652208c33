"""A PO text taken apart into entries that keep their own bytes (GNU gettext manual, *The Format of PO Files*).

An entry is what belongs to one message: comments of every kind, then `msgctxt`, `msgid`, `msgid_plural`, `msgstr`. A
new one begins at the first comment or `msgctxt`/`msgid` after a finished `msgstr`, as in gettext itself, so that blank
lines inside an entry and none between two are both fine. The lead, and `raw` and `gap` of each entry, are the text.

Reading takes one match a line and one more a string, and no expression here can backtrack: the work is linear in the
text, whatever stands in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.errors import BadText, Problem

_LINE = re.compile(
    r"(?P<blank>[ \t\f\v\r]*+\n)"
    r'|(?P<comment>[ \t]*+\#(?!~[ \t]*+(?:"|msg))[^\n]*+\n?)'
    r"|(?P<quoted>[ \t\f\v]*+(?P<old>\#~[ \t]*+)?"
    r"(?:(?P<name>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<index>[0-9]{1,4})\])?[ \t\f\v]*+)?"
    r'(?P<strings>(?:"(?:[^"\\\n]++|\\[^\n])*+"[ \t\f\v]*+)++)\r?(?:\n|\Z))'
    r"|(?P<garbage>[^\n]++\n?)"
)
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", '"': '"'}
_MOST_PROBLEMS = 20

MOST_ENTRIES = 100_000
"""Messages, obsolete ones included. The largest catalogues known have a fifth of this."""

MOST_LINES = 1_500_000

LINES = re.compile(r"[^\n]*\n|[^\n]+")
"""The lines of a text with their ends. (`str.splitlines` also breaks at letters that are none here, such as U+2028.)"""


@dataclass(frozen=True, slots=True)
class Field:
    """One `msg…` of an entry: its name, n of `msgstr[n]`, its value, its line, and where in `raw` it stands."""

    name: str
    index: int | None
    value: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with all that belongs to it; without fields, comments that no message follows.

    `line` is that of its `msgctxt` or `msgid`; `msgstrs` are one, or one for each plural form; `flags` are `fuzzy`,
    `python-format` and so on, in their order; `faults` are (line, reason) of what is wrong with this entry alone.
    """

    raw: str
    gap: str
    line: int
    fields: tuple[Field, ...]
    obsolete: bool
    context: str | None
    msgid: str
    plural: str | None
    msgstrs: tuple[str, ...]
    flags: tuple[str, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()

    @property
    def key(self) -> str:
        """Return msgctxt, U+0004, msgid; the msgid alone without a context, as in a MO file."""
        return self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"

    @property
    def text(self) -> str:
        """Return the translations joined by NUL; nothing if all of them are empty."""
        return "\0".join(self.msgstrs) if any(self.msgstrs) else ""

    @property
    def fuzzy(self) -> bool:
        """Tell whether a person has to look at the translation before it can be used."""
        return "fuzzy" in self.flags

    @property
    def is_message(self) -> bool:
        """Tell whether this is in use: neither obsolete nor comments alone."""
        return bool(self.fields) and not self.obsolete

    @property
    def is_header(self) -> bool:
        """Tell whether this is the header: the empty msgid without a context."""
        return self.is_message and self.msgid == "" and self.context is None

    def comments(self, sign: str) -> tuple[str, ...]:
        """Return the comments that begin with `sign` (`#.`, `#:`, `#,`, `#|`, or `#` for a translator's own)."""
        lines = (line.strip() for line in self.raw.split("\n") if line.lstrip().startswith("#"))
        if sign == "#":
            return tuple(line[1:].strip() for line in lines if line[1:2] not in {".", ":", ",", "|", "~"})
        return tuple(line[len(sign) :].strip() for line in lines if line.startswith(sign))


@dataclass(slots=True)
class _Field:
    """A field that is being read: its strings so far, and where it stands in the entry."""

    name: str
    index: int | None
    line: int
    start: int
    end: int
    strings: list[str]

    def done(self) -> Field:
        return Field(self.name, self.index, "".join(self.strings), self.line, self.start, self.end)


@dataclass(slots=True)
class _Entry:
    """An entry that is being read: from `start` to `end` of the text."""

    line: int
    start: int
    end: int
    fields: list[_Field] = field(default_factory=list)
    obsolete: bool = False
    flags: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return bool(self.fields) and self.fields[-1].name == "msgstr"

    def done(self, text: str, following: int) -> Entry:
        fields = tuple(one.done() for one in self.fields)
        values = {one.name: one.value for one in fields}
        return Entry(
            raw=text[self.start : self.end],
            gap=text[self.end : following],
            line=fields[0].line if fields else self.line,
            fields=fields,
            obsolete=self.obsolete,
            context=values.get("msgctxt"),
            msgid=values.get("msgid", ""),
            plural=values.get("msgid_plural"),
            msgstrs=tuple(one.value for one in fields if one.name == "msgstr"),
            flags=tuple(self.flags),
            faults=tuple(self.faults),
        )


def unescaped(written: str) -> tuple[str, str]:
    """Return what the inside of a quoted string means, and the first escape in it that gettext doesn't know."""
    if "\\" not in written:
        return written, ""
    unknown: list[str] = []

    def meaning(match: re.Match[str]) -> str:
        octal, hexadecimal, letter = match.groups()
        if letter is not None:
            known = _LETTERS.get(letter, "")
        else:
            code = int(octal, 8) if octal else int(hexadecimal, 16)
            known = chr(code) if 0 < code < 0x80 else ""  # above, it is a byte of the file's charset, and no letter yet
        if not known:
            unknown.append(match[0])
        return known or match[0]

    return _ESCAPE.sub(meaning, written), unknown[0] if unknown else ""


_BEFORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "msgctxt": ((),),
    "msgid": ((), ("msgctxt",)),
    "msgid_plural": (("msgid",), ("msgctxt", "msgid")),
}


def _belongs(name: str, before: Sequence[str]) -> bool:
    """Tell whether a field may follow these: context, msgid, plural, then one or several msgstr."""
    return "msgid" in before if name == "msgstr" else tuple(before) in _BEFORE[name]


class _Reader:
    """Reads line by line. Problems are gathered up to a limit, so that a person sees more than the first."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.entries: list[Entry] = []
        self.lead = text
        self.open: _Entry | None = None

    def problem(self, line: int, reason: str, *, last: bool = False) -> None:
        self.problems.append(Problem(path=self.path, line=line, reason=reason))
        if last or len(self.problems) >= _MOST_PROBLEMS:
            raise BadText(*self.problems)

    def read(self) -> None:
        beginning = len(self.text) - len(self.text.removeprefix("\ufeff"))
        for number, match in enumerate(_LINE.finditer(self.text, beginning), 1):
            kind = match.lastgroup
            if kind == "comment":
                self.comment(number, match)
            elif kind == "quoted":
                self.quoted(number, match)
            elif kind == "garbage":
                self.garbage(number, match[0])
            if number > MOST_LINES:
                self.problem(number, f"more than {MOST_LINES} lines", last=True)
        self.close(len(self.text))

    def comment(self, number: int, match: re.Match[str]) -> None:
        entry = self.entry(number, match, begins=True)
        entry.end = match.end()
        bare = match[0].strip()
        if bare.startswith("#,"):
            entry.flags += filter(None, map(str.strip, bare[2:].split(",")))

    def garbage(self, number: int, line: str) -> None:
        bare = line.strip()
        if '"' in _STRING.sub("", bare):
            self.problem(number, "a string that does not end")
        elif bare.startswith("domain"):
            self.problem(number, "one file holds one domain here, so there can be no `domain` line")
        elif bare:
            self.problem(number, "neither a comment nor a keyword with a quoted string")

    def quoted(self, number: int, match: re.Match[str]) -> None:
        name, old = match["name"], match["old"] is not None
        entry = self.entry(number, match, begins=name in {"msgctxt", "msgid"})
        if not entry.fields:
            entry.obsolete = old
        elif entry.obsolete != old:
            self.problem(number, "an entry is obsolete (#~) as a whole or not at all")
        value, unknown = unescaped("".join(_STRING.findall(match["strings"])))
        if unknown:
            entry.faults.append((number, f"gettext does not know the escape {unknown}"))
        if name:
            self.begin(number, entry, match)
        if not entry.fields:
            self.problem(number, "a string without a keyword")
            return
        entry.fields[-1].strings.append(value)
        entry.end = match.end()
        entry.fields[-1].end = entry.end - entry.start

    def begin(self, number: int, entry: _Entry, match: re.Match[str]) -> None:
        name, index = match["name"], match["index"]
        belongs = _belongs(name, [one.name for one in entry.fields[:3]])
        if not belongs or (entry.finished and index is None) or (index is not None and name != "msgstr"):
            self.problem(number, f"{name} does not belong here")
        start = match.start() - entry.start
        entry.fields.append(_Field(name, None if index is None else int(index), number, start, start, []))

    def entry(self, number: int, match: re.Match[str], *, begins: bool) -> _Entry:
        """Return the entry that the line belongs to; what is finished ends where a line can begin another."""
        if self.open is None or (begins and self.open.finished):
            self.close(match.start())
            self.open = _Entry(number, match.start(), match.start())
        return self.open

    def close(self, following: int) -> None:
        """End the entry that is open; between it and what follows there are blank lines."""
        if self.open is None:
            self.lead = self.text[:following]
            return
        if self.open.fields and not self.open.finished:
            self.problem(self.open.fields[-1].line, "a message without msgstr")
        self.entries.append(self.open.done(self.text, following))
        self.open = None
        if len(self.entries) > MOST_ENTRIES:
            self.problem(self.entries[-1].line, f"more than {MOST_ENTRIES} messages", last=True)


def read(text: str, *, path: str) -> tuple[str, tuple[Entry, ...]]:
    """Return what stands before the first entry (a BOM, blank lines), and the entries.

    BadText names up to twenty lines that are not PO: strings that don't end, garbage, fields out of order; or the line
    where there are too many.
    """
    reader = _Reader(text, path)
    reader.read()
    if reader.problems:
        raise BadText(*reader.problems)
    return reader.lead, tuple(reader.entries)
