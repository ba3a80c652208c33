"""The header of a catalogue: fields in the msgstr of the empty msgid, one a line, `Name: value`.

Status, based-on, origin and minor stand in it as `X-Tilmash-Status`, `-Based-On`, `-Origin` and `-Minor`.
The label of a file that was downloaded is `X-Tilmash-Document`, `-Locale` and `-Revision`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.domain.errors import Problem
from app.domain.segments import Origin
from app.formats.po_entry import Entry
from app.formats.text import LABEL, Header, Label

_OURS = "X-Tilmash-"
_LABEL = tuple(name.title() for name in LABEL)
_VALUES = ("Status", "Based-On", "Origin", "Minor", *_LABEL)


def fields_of(msgstr: str) -> dict[str, str]:
    """Return the header's fields; of a field that is there twice the first, as gettext reads it."""
    fields: dict[str, str] = {}
    for line in msgstr.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    return fields


def line_of(name: str, entry: Entry) -> int:
    """Return the line of a field of the header; that of the header where there is none."""
    at = entry.raw.find(f"{name}:")
    return entry.line + entry.raw.count("\n", entry.fields[0].start, max(at, 0))


def header_of(entry: Entry, *, path: str) -> tuple[Header, tuple[Problem, ...]]:
    """Return what a catalogue says of itself, and warnings on what of it cannot be understood."""
    fields = fields_of("".join(entry.msgstrs[:1]))
    warnings: list[str] = []
    said = {name.lower(): fields.get(f"{_OURS}{name}", "") for name in _VALUES}
    header = Header.read(said, lambda name, reason: warnings.append(f"{_OURS}{name.title()} {reason}"))
    unknown = (name for name in fields if name.startswith(_OURS) and name[len(_OURS) :] not in _VALUES)
    warnings += [f"{name[:40]} means nothing here; it is kept" for name in unknown]
    return header, tuple(Problem(path=path, line=entry.line, reason=reason) for reason in warnings)


def _wanted(header: Header, fields: Mapping[str, str]) -> dict[str, str]:
    """Return our fields as they have to stand; an empty one has to go. Human is only said where it was said."""
    said, minor = f"{_OURS}Origin" in fields, fields.get(f"{_OURS}Minor", "")
    wanted = {
        f"{_OURS}Status": header.status or "",
        f"{_OURS}Based-On": "" if header.based_on is None else str(header.based_on),
        f"{_OURS}Origin": header.origin if said or header.origin is not Origin.HUMAN else "",
        f"{_OURS}Minor": "true" if header.minor else minor if minor != "true" else "",
    }
    if _label(fields) != header.label:
        parts = header.label.parts() if header.label else ("",) * 3
        wanted |= {f"{_OURS}{name}": part for name, part in zip(_LABEL, parts, strict=True)}
    return wanted


def _label(fields: Mapping[str, str]) -> Label | None:
    return Label.parse(*(fields.get(f"{_OURS}{name}", "") for name in _LABEL))


def with_fields(entry: Entry, header: Header) -> Entry:
    """Return the header's entry with these fields of ours, and no other byte changed."""
    msgstr = entry.fields[-1]
    fields = fields_of(msgstr.value)
    block = entry.raw[msgstr.start : msgstr.end]
    newline = "\r\n" if "\r\n" in block else "\n"
    if not block.endswith("\n"):
        block += newline
    for name, value in _wanted(header, fields).items():
        if fields.get(name, "") != value:
            if name in fields and not _own_line(name).search(block):
                block = _a_line_each(block, newline)
            block = _with_field(block, name, value, newline)
    return replace(entry, raw=entry.raw[: msgstr.start] + block + entry.raw[msgstr.end :])


def _with_field(block: str, name: str, value: str, newline: str) -> str:
    """Set one field on its own line; a line that isn't there is added at the end, an empty value takes it away."""
    line = f'"{name}: {value}\\n"{newline}' if value else ""
    at = _own_line(name)
    if at.search(block):
        return at.sub(lambda _: line, block, count=1)
    return _ended(block) + line


def _own_line(name: str) -> re.Pattern[str]:
    return re.compile(rf'^[ \t]*"{re.escape(name)}[ \t]*:[^"\n]*\\n"[ \t\r]*\n', re.MULTILINE)


def _a_line_each(block: str, newline: str) -> str:
    """Return the header with each field on a line of its own, where a file has several on one, or one on several."""
    keyword = block.partition('"')[0]
    written = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', block))
    fields = re.findall(r"(?:[^\\]|\\[^n])+(?:\\n|\Z)|\\n", written)
    return f'{keyword}""{newline}' + "".join(f'"{_ended_field(field)}"{newline}' for field in fields)


def _ended_field(field: str) -> str:
    return field if field.endswith("\\n") else f"{field}\\n"


def _ended(block: str) -> str:
    """Return the lines of the header with the last field ended by a newline, so that another can follow."""
    if re.search(r'\\n"\s*\Z|msgstr\s*""\s*\Z', block):
        return block
    return re.sub(r'"(\s*)\Z', r'\\n"\1', block)
