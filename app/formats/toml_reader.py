"""TOML with typed values and the line of each problem (TOML 1.0, by tomlkit)."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError

from app.domain.documents import LONGEST_PATH
from app.domain.errors import BadText, Problem
from app.domain.locales import parse_tag
from app.domain.nearness import did_you_mean
from app.domain.segments import Tag
from app.formats.encoding import refuse_unusable, unusable
from app.formats.lines import line_at

LIMIT: Final = 20_000
"""Characters of a TOML file: six times what a site of a hundred languages needs; tomlkit's time is their square."""

_NAMES: Final = 255
_A_DATE: Final = "has to be a date with time and offset, as in 2026-03-18T19:25:00+05:00"
_DATE_KEY: Final = re.compile(r"[ \t]*(date|publish-at)[ \t]*=")


def parse_toml(text: str, *, path: str) -> tomlkit.TOMLDocument:
    """Return the document of a text without byte order mark. BadText with the line where it is malformed."""
    refuse_unusable(text, path=path, limit=LIMIT)
    try:
        return tomlkit.parse(text)
    except ParseError as error:
        reason = str(error).split(" at line ")[0].replace("\n", " ")
        if "\\x00" in reason:
            reason = "the file ends in the middle of a value: a bracket or a quotation mark is not closed"
        raise BadText(Problem(path=path, line=error.line, reason=f"not TOML: {reason}{_dated(text, error)}")) from None
    except (TOMLKitError, RecursionError, ValueError, KeyError) as error:
        raise BadText(Problem(path=path, line=0, reason=f"not TOML ({type(error).__name__})")) from None


def _dated(text: str, error: ParseError) -> str:
    """Say how a date is written, where what is malformed was to be one."""
    found = _DATE_KEY.match("".join(text.split("\n")[error.line - 1 : error.line]))
    return f"; {found[1]} {_A_DATE}" if found else ""


def line_of(text: str, name: str, value: str = "") -> int:
    """Return the line of a key, or of a value of it that is found behind it in quotes; 0 if there is no such key."""
    written = re.escape(name)
    found = re.search(rf"""^\ufeff?[ \t]*(?:\[.*)?["']?{written}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    found = found or re.search(rf"""["'\s{{,]{written}["']?\s*=""", text)
    if found and value:
        found = re.compile(rf"""["']{re.escape(value)}["']""").search(text, found.end()) or found
    return line_at(text, found.end()) if found else 0


class TomlReader:
    """One table, read key by key; what is wrong is gathered, so that a person hears of all of it at once.

    A getter returns None (or nothing) both where a key is absent and where its value cannot be used.
    """

    def __init__(self, text: str, table: Mapping[str, object], *, path: str, under: str = "") -> None:
        self._text = text
        self._table = table
        self._path = path
        self._under = under
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def problem(self, name: str, reason: str) -> None:
        """Note a problem at the line of a key."""
        line = line_of(self._text, name)
        self.problems.append(Problem(path=self._path, line=line, reason=f"{self._under}{name} {reason}"))

    def warn_of_others(self, known: frozenset[str]) -> None:
        """Note each key that isn't known."""
        for name in self._table:
            if name not in known:
                near = did_you_mean(name, known)
                reason = f"has the unknown key {self._under + name!r}, which is kept as it is{near}"
                self.warnings.append(Problem(path=self._path, line=line_of(self._text, name), reason=reason))

    def words(self, name: str, *, required: bool = False) -> str | None:
        """Return a text of one line that isn't empty."""
        value = self._table.get(name)
        if value is None:
            if required:
                self.problem(name, "is missing")
            return None
        if (
            not isinstance(value, str)
            or not value.strip()
            or re.search(r"[\x00-\x1f\x7f\u2028\u2029\ufffe\uffff]", value)
        ):
            self.problem(name, "has to be a text of one line, in quotes")
            return None
        return value.strip()

    def list(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, none of them twice."""
        value = self._table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
            self.problem(name, 'has to be a list of texts, as in ["one", "two"]')
            return ()
        entries = tuple(str(entry) for entry in value)
        for entry in dict.fromkeys(entry for entry in entries if entries.count(entry) > 1):
            self.problem(name, f"has {entry!r} twice")
        for entry in entries:
            if found := unusable(entry):
                self.problem(name, f"has {entry!r}, which holds {found[1]}")
        return entries

    def moment(self, name: str) -> datetime | None:
        """Return a date with time and offset."""
        value = self._table.get(name)
        if value is None:
            return None
        if not isinstance(value, datetime):
            self.problem(name, _A_DATE)
        elif value.tzinfo is None:
            self.problem(name, f"lacks the offset from UTC: add it, as in {value.isoformat()}+05:00")
        elif not 1900 <= value.year <= 2999:
            self.problem(name, f"is in the year {value.year}")
        else:
            return value
        return None

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._table.get(name, default)
        if isinstance(value, bool):
            return value
        self.problem(name, "has to be true or false")
        return default

    def whole(self, name: str, *, default: int, least: int = 0, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        value = self._table.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return int(value)
        self.problem(name, f"has to be a whole number from {least} to {most}")
        return default

    def table(self, name: str) -> "TomlReader":
        """Return the reader of a table inside this one; an empty one where it is absent. It shares these problems."""
        value = self._table.get(name, {})
        if not isinstance(value, dict):
            self.problem(name, f"has to be a table: [{name}]")
            value = {}
        inner = TomlReader(self._text, value, path=self._path, under=f"{self._under}{name}.")
        inner.problems, inner.warnings = self.problems, self.warnings
        return inner

    def names(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(self._table)

    def tag(self, name: str, written: str) -> Tag:
        """Return a language tag as it is written; one that is no canonical one is a problem of the key `name`."""
        try:
            tag = parse_tag(written)
        except ValueError as error:
            self.problem(name, f"has {error}")
        else:
            if tag != written:
                self.problem(name, f"has {written!r}, which has to be spelled {tag}")
        return Tag(written)

    def paths(self, name: str, folder: str) -> tuple[str, ...]:
        """Return paths of files in a folder beside this file."""
        for entry in (entries := self.list(name)):
            if reason := _fault(entry, folder):
                self.problem(name, f"has {entry!r}, which {reason}")
        return entries


def _fault(path: str, folder: str) -> str:
    """Say what is wrong with a relative path, nothing if it is fine."""
    parts = path.split("/")
    if "\\" in path or parts[0] != folder or len(parts) < 2:
        return f"is not a path below {folder}/ (with / between folders)"
    if any(part in ("", ".", "..") or len(part.encode()) > _NAMES for part in parts):
        return "leads out of the folder, or to no file"
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in path):
        return "holds a control character"
    if len(path) > LONGEST_PATH:
        return f"has {len(path)} letters, and {LONGEST_PATH} are the most"
    if not unicodedata.is_normalized("NFC", path):
        return "is not in Unicode's normal form C"
    return ""
