"""Facts of an item, `item.toml`: what is true of it in every language, and the same file as segments, one a key."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Final

import tomlkit
from tomlkit import TOMLDocument

from app.domain.documents import Facts
from app.domain.errors import BadText, Problem
from app.domain.segments import NO_LANGUAGE, Key, Segment
from app.formats.lines import newline_of, unix
from app.formats.text import Header, Parsed, TextFormat
from app.formats.toml_reader import TomlReader, parse_toml

KNOWN: Final = ("date", "source", "photos", "files", "tags", "publish-at")

_BOM = "\ufeff"


def read_facts(text: str, *, path: str) -> Facts:
    """Return what an `item.toml` says. BadText with every problem of its values."""
    return _read(text.removeprefix(_BOM), path)[0]


def _read(text: str, path: str) -> tuple[Facts, tuple[Problem, ...]]:
    reader = TomlReader(text, parse_toml(text, path=path).unwrap(), path=path)
    source = reader.words("source", required=True)
    facts = Facts(
        source=reader.tag("source", source) if source else NO_LANGUAGE,
        date=reader.moment("date"),
        photos=reader.paths("photos", "photos"),
        files=reader.paths("files", "files"),
        tags=reader.list("tags"),
        publish_at=reader.moment("publish-at"),
    )
    reader.warn_of_others(frozenset(KNOWN))
    if reader.problems:
        raise BadText(*sorted(reader.problems))
    return facts, tuple(sorted(reader.warnings))


class FactsFormat:
    """The format of `item.toml`; see `formats.text.TextFormat`. A segment's text is its value as TOML, with LF."""

    def parse(self, text: str, *, path: str) -> Parsed:
        """Take a file apart. BadText with every problem of its values."""
        _, warnings = _read(text.removeprefix(_BOM), path)
        sources = _sources(parse_toml(text.removeprefix(_BOM), path=path))
        segments = (Segment(key=Key(f"fact:{name}"), kind="fact", text=value) for name, value in sources.items())
        return Parsed(segments=tuple(segments), header=Header(), warnings=warnings)

    def compose(self, text: str, segments: Sequence[Segment], *, donor: str = "") -> str:  # noqa: ARG002  # its own layout
        """Return the file with these values, and no other byte changed; BadText if one isn't TOML."""
        plain = text.removeprefix(_BOM)
        document = parse_toml(plain, path="")
        present = _sources(document)
        wanted = {segment.key.removeprefix("fact:"): unix(segment.text) for segment in segments}
        for name in present.keys() - wanted.keys():
            del document[name]
        for name, value in wanted.items():
            if present.get(name) != value:
                document[name] = _value(name, value.replace("\n", newline_of(plain)))
        return text if present == wanted else text[: len(text) - len(plain)] + document.as_string()

    def with_header(self, text: str, header: Header) -> str:  # noqa: ARG002  # see below
        """Return the text as it is: facts have no status of their own, they go live with the source text."""
        return text

    def digest(self, text: str) -> str:
        """Return the SHA-256 of the canonical form (docs/digest.md) as 64 hexadecimal digits."""
        read_facts(text, path="")  # a date without offset would be taken for this machine's
        values = parse_toml(text.removeprefix(_BOM), path="").unwrap()
        canonical = {name: _canonical(values[name]) for name in KNOWN if name in values}
        plain = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


FACTS: TextFormat = FactsFormat()


def with_facts(text: str, facts: Facts) -> str:
    """Return a file that says these facts; what it says already keeps its bytes. An empty text begins one. BadText."""
    known = read_facts(text, path="") if text.strip() else None
    present = {one.key: one for one in FACTS.parse(text, path="").segments} if known else {}
    wanted = []
    for one in sorted(fields(facts), key=lambda one: KNOWN.index(_named(one.name))):
        key, value = Key(f"fact:{_named(one.name)}"), getattr(facts, one.name)
        if known and getattr(known, one.name) == value and key in present:
            wanted.append(present[key])
        elif value:
            wanted.append(Segment(key=key, kind="fact", text=_toml(value)))
    if not known:
        return "".join(f"{segment.key.removeprefix('fact:')} = {segment.text}\n" for segment in wanted)
    return FACTS.compose(text, wanted)


def _named(attribute: str) -> str:
    return attribute.replace("_", "-")


def _toml(value: object) -> str:
    return tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string()


def _sources(document: TOMLDocument) -> dict[str, str]:
    """Return the values of the known keys as they are written, in the order of the file."""
    return {str(name): unix(item.as_string()) for name, item in document.items() if name in KNOWN}


def _value(name: str, source: str) -> object:
    document = parse_toml(f"{name} = {source}\n", path="")
    if name not in KNOWN or [*document] != [name]:
        raise BadText(Problem(path="", line=0, reason=f"{name} is not one value: {source!r}"))
    return document[name]


def _canonical(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value
