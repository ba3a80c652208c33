"""Other values in front matter, with no more lines changed than have to be.

An edit is (first character, character after the last, what stands there instead) of `FrontMatter.source`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.formats.front_matter import ORDER, Field, FrontMatter
from app.formats.lines import newline_of, unix
from app.formats.restricted_yaml import Shape
from app.formats.yaml_scalars import scalar

_COMMENT = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)")

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Writes into one front matter; a value that `donor` has too is written as it stands there."""

    front: FrontMatter
    donor: FrontMatter | None = None

    def with_values(self, values: Mapping[str, str | None], sections: Mapping[str, Mapping[str, str]]) -> str:
        """Return the YAML with these values (None: without the key) and with these sections; other keys stay."""
        edits = [
            *(edit for name in ORDER if name in values for edit in self._value(name, values[name])),
            *(edit for name in ORDER if name in sections for edit in self._section(name, sections[name])),
        ]
        return self._edited(sorted(edits, key=lambda edit: edit[:2]))

    def _edited(self, edits: Sequence[Edit]) -> str:
        parts, at = [], 0
        for start, stop, instead in edits:
            parts += [self.front.source[at:start], instead]
            at = stop
        return "".join([*parts, self.front.source[at:]])

    @property
    def _newline(self) -> str:
        return newline_of(self.front.opening)

    @property
    def _indent(self) -> str:
        return " " * (self.front.fields[0].column if self.front.fields else 0)

    def _value(self, name: str, value: str | None) -> Iterator[Edit]:
        field = self.front.get(name)
        given = self.donor.get(name) if self.donor else None
        if field is None and value is not None:
            yield self._insertion(name, self._line(self._indent, name, value, given))
        elif field is not None and value is None:
            yield field.start, field.stop, ""
        elif field is not None and value is not None and field.value != value:
            yield self._replacement(field, value, given)

    def _section(self, name: str, wanted: Mapping[str, str]) -> Iterator[Edit]:
        field = self.front.get(name)
        present = {entry.name: entry for entry in field.entries} if field else {}
        if [(entry.name, entry.value) for entry in present.values()] == [*wanted.items()]:
            return
        in_order = [name for name in wanted if name in present] == [name for name in present if name in wanted]
        donated = self._donated(name)
        if field is None:
            yield self._insertion(name, self._whole_section(name, wanted, donated))
        elif not wanted:
            yield field.start, field.stop, ""
        elif field.shape is not Shape.MAPPING or not in_order:
            yield field.start, field.stop, self._whole_section(name, wanted, donated)
        else:
            yield from self._entries(field, present, wanted, donated)

    def _entries(
        self, field: Field, present: Mapping[str, Field], wanted: Mapping[str, str], donated: Mapping[str, Field]
    ) -> Iterator[Edit]:
        """Yield the edits of a section whose remaining entries keep their order."""
        first = field.entries[0]
        at = first.start
        for name, text in wanted.items():
            entry = present.get(name)
            if entry is None:
                yield at, at, self._line(" " * first.column, name, text, donated.get(name))
                continue
            at = entry.stop
            if entry.value != text:
                yield self._replacement(entry, text, donated.get(name))
        for name, entry in present.items():
            if name not in wanted:
                yield entry.start, entry.stop, ""

    def _donated(self, section: str) -> dict[str, Field]:
        field = self.donor.get(section) if self.donor else None
        return {entry.name: entry for entry in field.entries} if field and field.shape is Shape.MAPPING else {}

    def _whole_section(self, name: str, wanted: Mapping[str, str], donated: Mapping[str, Field]) -> str:
        lines = [self._line(f"{self._indent}  ", entry, text, donated.get(entry)) for entry, text in wanted.items()]
        return f"{self._indent}{name}:{self._newline}" + "".join(lines)

    def _line(self, indent: str, name: str, value: str, given: Field | None) -> str:
        return f"{indent}{scalar(name)}: {self._written(len(indent), value, given)}{self._newline}"

    def _written(self, column: int, value: str, given: Field | None) -> str:
        if self.donor and given and given.value == value and value and given.column == column:
            written = self.donor.source[given.value_start : given.value_end]
            return unix(written).replace("\n", self._newline)
        return scalar(value)

    def _replacement(self, field: Field, value: str, given: Field | None) -> Edit:
        """Return the edit of a value alone; a comment behind it stays, also one behind the `>` of a folded text."""
        before = self.front.source[field.value_start : field.value_end]
        space = "" if before else " "
        comment = _COMMENT.match(before)
        written = self._written(field.column, value, given)
        if "\n" in unix(written):  # behind a value of several lines there is no room for the comment
            written = scalar(value)
        return field.value_start, field.value_end, space + written + (comment[1] if comment else "")

    def _insertion(self, name: str, lines: str) -> Edit:
        """Return the edit that puts a new key behind the known key that comes before it."""
        earlier = [field.stop for known in ORDER[: ORDER.index(name)] if (field := self.front.get(known))]
        at = earlier[-1] if earlier else 0
        return at, at, lines
