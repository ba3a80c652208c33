"""A PO text taken apart into entries that keep their own bytes (GNU gettext manual, *The Format of PO Files*).

An entry is what belongs to one message: comments of every kind, then `msgctxt`, `msgid`, `msgid_plural`, `msgstr`. A
new one begins at the first comment or `msgctxt`/`msgid` after a finished `msgstr`, as in gettext itself, so that none
need stand between two. The lead, and `raw` and `gap` of each entry, are the text.

What cannot be read is the fault of its entry, and reading goes on after it. A broken entry ends at the next blank
line, or where a comment or `msgctxt`/`msgid` begins another once it has had a `msgid` or `msgstr` of its own: sooner,
the rest of it might pass for a message with another key. So that nothing passes for a part of its neighbour, a blank
line ends what has its `msgstr`, and no `msgctxt` may stand apart from its `msgid`; gettext is laxer, and nobody writes
so.

Reading takes one match a line and one more a string, and no expression here can backtrack: the work is linear in the
text, whatever stands in it. An entry that looks as gettext's tools write it takes a single match (`po_usual`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.errors import BadText, Problem
from app.formats.charset import NUL
from app.formats.po_entry import Entry, Field
from app.formats.po_limits import LARGEST_MESSAGE, MOST_ENTRIES, bounded
from app.formats.po_strings import STRING, unescaped
from app.formats.po_usual import usual

_LINE = re.compile(
    r"(?P<blank>[ \t\f\v\r]*+\n)"
    r'|(?P<comment>[ \t]*+\#(?!~[ \t]*+(?:"|msg))[^\n]*+\n?)'
    r"|(?P<quoted>[ \t\f\v]*+(?P<old>\#~[ \t]*+)?"
    r"(?:(?P<name>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<index>[0-9]{1,4})\])?[ \t\f\v]*+)?"
    r'(?P<strings>(?:"(?:[^"\\\n]++|\\[^\n])*+"[ \t\f\v]*+)++)\r?(?:\n|\Z))'
    r"|(?P<garbage>[^\n]++\n?)"
)
_KEYWORD = re.compile(r"[ \t\f\v]*+(?:\#~[ \t]*+)?(\#|msgctxt|msgid_plural|msgid|msgstr)")
_BEGINNINGS = frozenset({"#", "msgctxt", "msgid"})


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
    """An entry that is being read: from `start` to `end` of the text.

    `keyed` tells that it had a msgid or msgstr, readable or not; `aside` are comments inside it, which are those of the
    next entry if it turns out to end before them; `broken` is (line, reason) of the first that cannot be read, and
    `known` tells that what came before it says which message this is.
    """

    line: int
    start: int
    end: int
    fields: list[_Field] = field(default_factory=list)
    obsolete: bool = False
    flags: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    keyed: bool = False
    aside: "_Entry | None" = None
    broken: tuple[int, str] | None = None
    known: bool = False

    @property
    def finished(self) -> bool:
        return bool(self.fields) and self.fields[-1].name == "msgstr"

    def breaks(self, line: int, reason: str, keyword: str = "") -> None:
        if self.broken is None:
            self.broken = line, reason
            self.known = self.finished or (keyword == "msgstr" and any(one.name == "msgid" for one in self.fields))

    def ends_before(self, keyword: str, *, blank: bool) -> bool:
        """Tell whether a line with this keyword (`#`: a comment), after a blank one or not, is of another entry."""
        begins = keyword in _BEGINNINGS
        if self.broken:
            return blank or (begins and self.keyed)
        if self.finished or not self.fields:
            return self.finished and (blank or begins)
        return begins and (blank or (self.keyed and keyword != "#"))

    def done(self, text: str, following: int) -> Entry:
        raw, gap = text[self.start : self.end], text[self.end : following]
        fields = tuple(one.done() for one in self.fields)
        line = fields[0].line if fields else self.line
        if sum(len(one.value) for one in fields) > LARGEST_MESSAGE:
            self.breaks(line, f"a message of more than {LARGEST_MESSAGE // 1024} kB")
        if self.broken:
            fields = fields if self.known and not self.obsolete else ()
        values = {one.name: one.value for one in fields}
        whole = Entry(
            raw=raw,
            gap=gap,
            line=line,
            fields=fields,
            obsolete=self.obsolete,
            context=values.get("msgctxt"),
            msgid=values.get("msgid", ""),
            plural=values.get("msgid_plural"),
            msgstrs=tuple(one.value for one in fields if one.name == "msgstr"),
            flags=tuple(self.flags),
            faults=tuple(self.faults),
        )
        if self.broken is None:
            return whole
        line, reason = self.broken
        return replace(whole, line=line, fields=(), obsolete=False, msgstrs=(), faults=(), broken=reason)


_BEFORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "msgctxt": ((),),
    "msgid": ((), ("msgctxt",)),
    "msgid_plural": (("msgid",), ("msgctxt", "msgid")),
}


def _belongs(name: str, before: Sequence[str]) -> bool:
    """Tell whether a field may follow these: context, msgid, plural, then one or several msgstr."""
    return "msgid" in before if name == "msgstr" else tuple(before) in _BEFORE[name]


def _misplaced(entry: _Entry, match: re.Match[str]) -> str:
    """Return why a line of strings cannot be where it is, or nothing."""
    name, index = match["name"], match["index"]
    if not name and not entry.fields:
        return "a string without a keyword"
    if entry.fields and entry.obsolete != (match["old"] is not None):
        return "an entry is obsolete (#~) as a whole or not at all"
    belongs = not name or _belongs(name, [one.name for one in entry.fields[:3]])
    if not belongs or (name and entry.finished and index is None) or (index is not None and name != "msgstr"):
        return f"{name} does not belong here"
    return ""


def _complaint(line: str) -> str:
    """Return why a line cannot be read."""
    if NUL in line:
        return "a NUL byte"
    if '"' in STRING.sub("", line):
        return "a string that does not end"
    if line.lstrip().startswith("domain"):
        return "one file holds one domain here, so there can be no `domain` line"
    return "neither a comment nor a keyword with a quoted string"


class _Reader:
    """Reads line by line; `blank` tells of the last line that it was."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.entries: list[Entry] = []
        self.lead = text
        self.open: _Entry | None = None
        self.blank = True

    def refuse(self, line: int, reason: str) -> None:
        raise BadText(Problem(path=self.path, line=line, reason=reason))

    def read(self) -> None:
        at, number = len(self.text) - len(self.text.removeprefix("\ufeff")), 0
        damaged = NUL in self.text
        while at < len(self.text):
            if not damaged and self.between and (found := usual(self.text, at, number + 1, longest=LARGEST_MESSAGE)):
                number += self.whole(at, *found)
                at = found[1]
            elif match := _LINE.match(self.text, at):
                number += 1
                self.line(number, match, damaged=damaged)
                at = match.end()
        self.close(len(self.text))

    @property
    def between(self) -> bool:
        """Tell whether another entry begins here, whatever stands here."""
        return self.blank and (self.open is None or self.open.finished or self.open.broken is not None)

    def whole(self, at: int, entry: Entry, following: int) -> int:
        """Take an entry that was read in one match; return how many lines it has."""
        if self.open is None and not self.entries:
            self.lead = self.text[:at]
        self.close(at)
        self.take(entry)
        return self.text.count("\n", at, following)

    def line(self, number: int, match: re.Match[str], *, damaged: bool) -> None:
        kind = match.lastgroup
        if kind == "blank" or (kind == "garbage" and not match[0].strip()):
            self.blank = True
            return
        if kind == "garbage" or (damaged and NUL in match[0]):
            self.unreadable(number, match)
        elif kind == "comment":
            self.comment(number, match)
        else:
            self.quoted(number, match)
        self.blank = False

    def comment(self, number: int, match: re.Match[str]) -> None:
        entry = self.entry(number, match, "#")
        entry.end = match.end()
        bare = match[0].strip()
        flags = list(filter(None, map(str.strip, bare[2:].split(",")))) if bare.startswith("#,") else []
        entry.flags += flags
        if entry.fields:
            entry.aside = entry.aside or _Entry(number, match.start(), match.start())
            entry.aside.end = match.end()
            entry.aside.flags += flags

    def unreadable(self, number: int, match: re.Match[str]) -> None:
        """Let a line break the entry that it belongs to."""
        keyword = _KEYWORD.match(match[0])
        name = keyword[1] if keyword else ""
        entry = self.entry(number, match, name)
        entry.breaks(number, _complaint(match[0]), name)
        entry.keyed = entry.keyed or name in {"msgid", "msgstr"}
        entry.end, entry.aside = match.end(), None

    def quoted(self, number: int, match: re.Match[str]) -> None:
        name, index = match["name"] or "", match["index"]
        entry = self.entry(number, match, name)
        entry.end, entry.aside = match.end(), None
        entry.keyed = entry.keyed or name in {"msgid", "msgstr"}
        if not entry.broken and (reason := _misplaced(entry, match)):
            entry.breaks(number, reason, name)
        if entry.broken:
            return
        if not entry.fields:
            entry.obsolete = match["old"] is not None
        if name:
            start = match.start() - entry.start
            entry.fields.append(_Field(name, None if index is None else int(index), number, start, start, []))
        value, unknown = unescaped("".join(STRING.findall(match["strings"])))
        if unknown:
            entry.faults.append((number, f"gettext does not know the escape {unknown}"))
        entry.fields[-1].strings.append(value)
        entry.fields[-1].end = entry.end - entry.start

    def entry(self, number: int, match: re.Match[str], keyword: str) -> _Entry:
        """Return the entry that a line belongs to: the one that is open, or where that ends before the line another."""
        start = match.start()
        if self.open is None:
            if not self.entries:
                self.lead = self.text[:start]
            self.open = _Entry(number, start, start)
        elif self.open.ends_before(keyword, blank=self.blank):
            following = self.open.aside or _Entry(number, start, start)
            del self.open.flags[len(self.open.flags) - len(following.flags) :]
            self.close(following.start)
            self.open = following
        return self.open

    def close(self, following: int) -> None:
        """End the entry that is open; between it and what follows there are blank lines."""
        if self.open is None:
            return
        if self.open.fields and not self.open.finished:
            self.open.breaks(self.open.fields[-1].line, "a message without msgstr")
        self.open.end = min(self.open.end, following)
        self.take(self.open.done(self.text, following))
        self.open = None

    def take(self, entry: Entry) -> None:
        self.entries.append(entry)
        if len(self.entries) > MOST_ENTRIES:
            self.refuse(self.entries[-1].line, f"more than {MOST_ENTRIES} messages")


def read(text: str, *, path: str) -> tuple[str, tuple[Entry, ...]]:
    """Return what stands before the first entry (a BOM, blank lines), and the entries, broken ones among them.

    BadText with the line where there are too many.
    """
    bounded(text, path=path)
    reader = _Reader(text, path)
    reader.read()
    return reader.lead, tuple(reader.entries)
