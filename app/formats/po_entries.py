"""Changes of one PO entry: new translations, the fuzzy flag, becoming obsolete. Whatever isn't changed keeps its bytes.

polib lays out each changed line in the wrapping that the file has; what it is never asked for is the rest of the entry.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polib

from app.domain.errors import BadText, Problem
from app.formats.po_entry import LINES, Entry, Field
from app.formats.po_lexer import read

_WIDEST_WRAPPED = 100
_USUAL_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out: columns of a line (0: never wrapped), and its line end."""

    width: int
    newline: str


def style_of(text: str, entries: Iterable[Entry]) -> Style:
    """Find how a file wraps: by a string broken in the middle, or else by a line that is longer than any wrapping."""
    newline = "\r\n" if "\r\n" in text else "\n"
    widest_broken, longest = 0, 0
    for entry in entries:
        for one in entry.fields:
            if one.end - one.start > 40 and not entry.is_header and not _plainly_short(entry.raw, one):
                broken, line = _widths(entry.raw[one.start : one.end])
                widest_broken, longest = max(widest_broken, broken), max(longest, line)
    if widest_broken:
        return Style(min(max(widest_broken, 76), 80) if widest_broken <= _WIDEST_WRAPPED else 0, newline)
    return Style(0 if longest > 80 else _USUAL_WIDTH, newline)


def _plainly_short(raw: str, one: Field) -> bool:
    """Tell whether a field stands on one line that any wrapping leaves alone."""
    return one.end - one.start <= _USUAL_WIDTH and raw.find("\n", one.start, one.end) >= one.end - 1


def _widths(block: str) -> tuple[int, int]:
    """Return the widest line that breaks in mid-sentence, and the longest line that has room to break."""
    lines = [line.rstrip("\r") for line in block.rstrip("\n").split("\n")]
    broken = [line for line in lines[:-1] if not line.endswith(('\\n"', ' ""', '\t""'))]
    return max(map(len, broken), default=0), max((len(line) for line in lines if " " in line[10:]), default=0)


def _quoted(line: str, width: int) -> list[str]:
    """Return one line of a message as polib writes it: quoted, escaped, wrapped."""
    if (not width or len(line) + len('msgstr ""') <= width) and len(line.splitlines()) <= 1:
        return [f'"{polib.escape(line)}"']
    written = polib.POEntry(msgid="", msgstr=line).__unicode__(wrapwidth=width)
    rows = written[written.index("msgstr ") + len("msgstr ") :].rstrip("\n").split("\n")
    return [row for row in rows if row != '""'] or ['""']


def laid_out(keyword: str, value: str, style: Style) -> str:
    """Return a field as gettext lays it out: on the keyword's line if it fits, or else below an empty string."""
    lines = LINES.findall(value) or [""]
    rows = [row for line in lines for row in _quoted(line, style.width)]
    if len(rows) > 1 or (style.width and len(keyword) + 1 + len(rows[0]) > style.width):
        rows.insert(0, '""')
    return "".join(f"{row}{style.newline}" for row in (f"{keyword} {rows[0]}", *rows[1:]))


def _keyword(index: int, *, plural: bool) -> str:
    return f"msgstr[{index}]" if plural else "msgstr"


def translated(entry: Entry, msgstrs: Sequence[str], *, fuzzy: bool, style: Style) -> Entry:
    """Return the entry with these translations and this state; those that are equal keep their bytes.

    An entry that is no longer fuzzy loses its `#|` comments too. BadText for several msgstr of a message without
    plural forms.
    """
    plural = entry.plural is not None
    if not plural and len(msgstrs) != 1:
        raise BadText(Problem(path="", line=entry.line, reason="plural forms for a message that has none"))
    raw = entry.raw
    for one, value in reversed(list(_pairs(entry, msgstrs))):
        block = raw[one.start : one.end]
        raw = raw[: one.start] + _replaced(block, one, value, style) + raw[one.end :]
    if len(msgstrs) > len(entry.msgstrs):
        raw = ended(raw, style)
        for index in range(len(entry.msgstrs), len(msgstrs)):
            raw += laid_out(_keyword(index, plural=plural), msgstrs[index], style)
    if fuzzy != entry.fuzzy:
        raw = _fuzzy(raw, style) if fuzzy else _not_fuzzy(raw)
    return entry if raw == entry.raw else reread(raw, entry)


def _pairs(entry: Entry, msgstrs: Sequence[str]) -> Iterable[tuple[Field, str | None]]:
    fields = [one for one in entry.fields if one.name == "msgstr"]
    return ((one, msgstrs[at] if at < len(msgstrs) else None) for at, one in enumerate(fields))


def _replaced(block: str, one: Field, value: str | None, style: Style) -> str:
    if value is None:
        return ""
    if value == one.value:
        return block
    comments = "".join(line for line in LINES.findall(block) if line.lstrip().startswith("#"))
    written = laid_out("msgstr" if one.form is None else f"msgstr[{one.form}]", value, style)
    return comments + (written if block.endswith("\n") else written.removesuffix(style.newline))


def ended(raw: str, style: Style) -> str:
    """Return lines of which the last one has its end too."""
    return raw if raw.endswith("\n") else raw + style.newline


def _fuzzy(raw: str, style: Style) -> str:
    """Set the flag first in the line of flags, or on a line of its own before the previous msgid and the keywords."""
    if re.search(r"^[ \t]*#,", raw, re.MULTILINE):
        return re.sub(r"^([ \t]*)#,[ \t]*", r"\1#, fuzzy, ", raw, count=1, flags=re.MULTILINE)
    return re.sub(
        r"^(?=[ \t]*(?:#\||msgctxt|msgid))", lambda _: f"#, fuzzy{style.newline}", raw, count=1, flags=re.MULTILINE
    )


def _not_fuzzy(raw: str) -> str:
    """Take the flag out of its line, and the line away if nothing else stands in it; and what the msgid was before."""
    return "".join(_unflagged(line) for line in LINES.findall(raw) if not line.lstrip().startswith("#|"))


def _unflagged(line: str) -> str:
    head, sign, flags = line.partition("#,")
    if not sign or head.strip():
        return line
    body = flags.rstrip()
    kept = [flag for flag in body.split(",") if flag.strip() != "fuzzy"]
    return f"{head}{sign}{','.join(kept)}{flags[len(body) :]}" if "".join(kept).strip() else ""


def obsolete(entry: Entry) -> Entry:
    """Return the entry as one that the template no longer has: kept, commented out, without what told of the code."""
    lines = [line for line in LINES.findall(entry.raw) if not line.lstrip().startswith(("#:", "#."))]
    raw = "".join(_commented(line) for line in lines if line.strip())
    return reread(raw, entry)


def _commented(line: str) -> str:
    bare = line.lstrip()
    if bare.startswith("#|"):
        return f"#~{bare[1:]}"
    return line if bare.startswith("#") else f"#~ {bare}"


def revived(entry: Entry) -> Entry:
    """Return an obsolete entry as one in use again."""
    raw = re.sub(r"^#~\|", "#|", entry.raw, flags=re.MULTILINE)
    return reread(re.sub(r"^#~[ \t]?", "", raw, flags=re.MULTILINE), entry)


_PREVIOUS = re.compile(r'#\|\s*(?:(msgctxt|msgid_plural|msgid)\s*)?"(.*)"\s*')


def previous(entry: Entry) -> tuple[str, ...]:
    """Return the msgid, and the plural one, that a fuzzy translation was made of (`#| msgid`); nothing if unsaid."""
    said: dict[str, str] = {}
    name = ""
    for line in entry.lines_of("#|") if entry.fuzzy else ():
        if found := _PREVIOUS.fullmatch(line.strip()):
            name = found[1] or name
            said[name] = said.get(name, "") + polib.unescape(found[2])
    return tuple(said[name] for name in ("msgid", "msgid_plural") if name in said)


def remembering(entry: Entry, before: Entry, style: Style) -> Entry:
    """Return the entry with what its words were made of, as gettext's tools remember it: `#| msgid`."""
    said = (("msgctxt", before.context), ("msgid", before.msgid), ("msgid_plural", before.plural))
    lines = [line for name, value in said if value is not None for line in LINES.findall(laid_out(name, value, style))]
    start = entry.fields[0].start
    return reread(entry.raw[:start] + "".join(f"#| {line}" for line in lines) + entry.raw[start:], entry)


def plain(key: str, *, plural: bool, style: Style) -> Entry:
    """Return an entry of which nothing but the key is known; its plural msgid is then its msgid."""
    context, mark, msgid = key.rpartition("\x04")
    fields = [("msgctxt", context), ("msgid", msgid), ("msgid_plural", msgid)][0 if mark else 1 : 3 if plural else 2]
    raw = "".join(laid_out(name, value, style) for name, value in fields)
    _, entries = read(raw + laid_out(_keyword(0, plural=plural), "", style), path="")
    return entries[0]


def native(entry: Entry, style: Style) -> Entry:
    """Return the entry of another file with the line ends of this one."""
    raw = entry.raw.replace("\r\n", "\n").replace("\n", style.newline)
    return entry if raw == entry.raw else reread(raw, entry)


def reread(raw: str, entry: Entry) -> Entry:
    """Return the entry that `raw` is, in the place of `entry`. BadText where nobody could read it any more."""
    _, entries = read(raw, path="")
    if reason := entries[0].broken:
        raise BadText(Problem(path="", line=entry.line, reason=reason))
    return replace(entries[0], gap=entry.gap, line=entry.line)
