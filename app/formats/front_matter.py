"""The front matter of a Markdown file: YAML between two lines of `---`, taken apart with the place of each value.

Values are strings as written (a date stays its letters, `yes` stays `yes`), stripped of white space at both ends.
Blank lines above it, as some tools leave them there, are no words: they stay where they are.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.errors import BadText, Problem
from app.domain.nearness import did_you_mean
from app.domain.segments import BasedOn
from app.formats import restricted_yaml
from app.formats.encoding import refuse_unusable
from app.formats.lines import is_blank, line_at, line_start, line_stop, lines_of, unix
from app.formats.restricted_yaml import Node, Shape
from app.formats.text import LABEL, Header

SECTIONS: Final = {"captions": "caption", "alt": "alt", "credits": "credit", "files": "file"}
"""Keys that hold a text for each photo or attachment, and the kind of segment that each text is."""

ORDER: Final = (*LABEL, "title", "slug", "summary", "status", "origin", "based-on", "minor", *SECTIONS)
"""The known keys in the order in which new ones are written."""

LINES: Final = 40_000
"""The most lines of a file; it bounds the time that one takes."""

TOLD: Final = 50
"""The most problems of one file that are told; who has mended those asks again."""

_FENCE = re.compile(r"---[ \t]*[\r\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A key and its value. `start` to `stop` are its whole lines, counted in `FrontMatter.source`.

    `entries` are the fields of a section. `shape` is the value's; a section without entries is a scalar or a mapping.
    """

    name: str
    value: str
    start: int
    stop: int
    column: int
    value_start: int
    value_end: int
    shape: Shape
    entries: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A text cut in four: `opening` line (with what is above it), YAML `source`, `closing` line, `body`."""

    opening: str
    source: str
    closing: str
    body: str
    fields: tuple[Field, ...]
    header: Header
    warnings: tuple[Problem, ...]

    def get(self, name: str) -> Field | None:
        """Return the field of this name, None if there is none."""
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: str) -> str:
        """Return the value of this name, empty where there is none."""
        field = self.get(name)
        return field.value if field else ""

    def line_at(self, index: int) -> int:
        """Return the number, in the whole text, of the line that holds this place of `source`."""
        return _line_at(self.opening, self.source, index)

    def with_source(self, source: str) -> str:
        """Return the whole text with other YAML."""
        return f"{self.opening}{source}{self.closing}{self.body}"


def begins(raw: bytes) -> bool:
    """Tell whether a file begins as one with front matter does."""
    return raw.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n").startswith(b"---")


def _line_at(opening: str, source: str, index: int) -> int:
    return len(lines_of(opening)) + line_at(source, index)


@lru_cache(maxsize=8)
def read(text: str, *, path: str = "") -> FrontMatter:
    """Cut a text and read its front matter. BadText with every problem that could be seen.

    A text is usually parsed, digested and composed in one go: the last few are remembered.
    """
    refuse_unusable(text, path=path)
    opening, source, closing, body = _cut(text, path)
    try:
        root = _nodes(source)
    except restricted_yaml.BadYaml as error:
        raise BadText(Problem(path=path, line=_line_at(opening, source, error.index), reason=error.reason)) from None
    reader = _Reader(opening, source, path)
    fields = tuple(reader.fields(root, top=True)) if root else ()
    header = reader.header(fields)
    if not any(field.name == "title" for field in fields):
        reader.problem(0, "has no title")
    if reader.problems:
        raise BadText(*sorted(reader.problems)[:TOLD])
    warnings = tuple(sorted(reader.warnings))
    return FrontMatter(
        opening=opening, source=source, closing=closing, body=body, fields=fields, header=header, warnings=warnings
    )


def base_of(text: str, *, path: str) -> tuple[BasedOn, int] | None:
    """Return what a text says it is based on, and the line that says so; None if it says nothing. BadText as `read`."""
    front = read(text, path=path)
    field, based_on = front.get("based-on"), front.header.based_on
    return (based_on, front.line_at(field.start)) if field and based_on else None


_nodes = lru_cache(maxsize=16)(restricted_yaml.read)  # the same under whatever path a text is read: most of the work


def _cut(text: str, path: str) -> tuple[str, str, str, str]:
    lines = lines_of(text)
    if len(lines) > LINES:
        raise BadText(Problem(path=path, line=LINES, reason=f"has {len(lines)} lines, and {LINES} are the most"))
    bare = (line.removeprefix("\ufeff") if number == 0 else line for number, line in enumerate(lines))
    first, fence = next(((number, line) for number, line in enumerate(bare) if not is_blank(line)), (0, ""))
    if not _FENCE.fullmatch(fence):
        raise BadText(Problem(path=path, line=1, reason="has no front matter: the first line has to be ---"))
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if _FENCE.fullmatch(line):
            opening = "".join(lines[: first + 1])
            return opening, "".join(lines[first + 1 : number]), line, "".join(lines[number + 1 :])
    raise BadText(Problem(path=path, line=1, reason="has front matter that no second line of --- ends"))


class _Reader:
    """Turns nodes into fields and gathers what is wrong with them, so that a person hears of all of it at once."""

    def __init__(self, opening: str, source: str, path: str) -> None:
        self.opening = opening
        self.source = source
        self.path = path
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def problem(self, index: int, reason: str) -> None:
        self.problems.append(self._at(index, reason))

    def warn(self, index: int, reason: str) -> None:
        self.warnings.append(self._at(index, reason))

    def _at(self, index: int, reason: str) -> Problem:
        return Problem(path=self.path, line=_line_at(self.opening, self.source, index), reason=reason)

    def fields(self, node: Node, *, top: bool = False) -> Iterator[Field]:
        """Yield the fields of a mapping in the order of the file."""
        if node.shape is not Shape.MAPPING and (top or node.shape is not Shape.FLOW_MAPPING):
            self.problem(node.start, "is not made of lines of the form `key: value`")
            return
        seen: set[str] = set()
        for key, value in node.pairs:
            if key.shape is not Shape.SCALAR or self._is_odd(node, key):
                self.problem(key.start, "has a key that is not a plain word followed by a colon")
            elif key.text in seen:
                self.problem(key.start, f"has the key {key.text!r} twice")
            else:
                yield self._field(key, value, top=top)
            seen.add(key.text)

    def _is_odd(self, mapping: Node, key: Node) -> bool:
        before = self.source[line_start(self.source, key.start) : key.start]
        return mapping.shape is Shape.MAPPING and bool(before.strip(" "))

    def _field(self, key: Node, value: Node, *, top: bool) -> Field:
        section = top and key.text in SECTIONS
        entries: tuple[Field, ...] = ()
        if section and (value.pairs or value.shape is Shape.SEQUENCE or value.text.strip()):
            entries = tuple(self.fields(value))
        elif not section and (not top or key.text in ORDER):
            self._text(key, value)
        elif not section:
            near = did_you_mean(key.text, ORDER) if len(self.warnings) < TOLD else ""  # it takes time
            self.warn(key.start, f"has the unknown key {key.text!r}, which is kept as it is{near}")
        end = max(key.end, value.end)
        return Field(
            name=key.text,
            value=unix(value.text).strip(),
            start=line_start(self.source, key.start),
            stop=line_stop(self.source, end),
            column=key.start - line_start(self.source, key.start),
            value_start=value.start,
            value_end=value.end,
            shape=value.shape,
            entries=entries,
        )

    def _text(self, key: Node, value: Node) -> None:
        if value.shape is not Shape.SCALAR:
            self.problem(value.start, f"{key.text!r} has to be a text")
        elif key.text not in (*LABEL, "status", "origin", "based-on", "minor"):
            rest = self.source[value.end : line_stop(self.source, value.end)]
            if value.text and rest.lstrip().startswith("#") and self.source[value.start] not in "|>":
                self.warn(value.end, f"{key.text!r} ends before the #; put it in quotes if what follows belongs to it")

    def header(self, fields: tuple[Field, ...]) -> Header:
        """Return what the fields say of the text itself."""
        found = {field.name: field for field in fields if field.shape is Shape.SCALAR and field.value}
        said = {name: field.value for name, field in found.items()}
        if "status" in said:
            said["status"] = said["status"].lower().replace("-", " ")
        return Header.read(said, lambda name, reason: self.problem(found[name].value_start, f"{name} {reason}"))
