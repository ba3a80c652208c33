"""Markdown files of news items and pages, `<locale>.md`: front matter, and a body in CommonMark."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from app.domain.segments import Key, Segment, State
from app.formats.blocks import read_body
from app.formats.front_matter import SECTIONS, Field, FrontMatter, read
from app.formats.front_matter_edits import Editor
from app.formats.layout import NewBlock, laid_out
from app.formats.lines import newline_of, unix
from app.formats.text import LABEL, Header, Parsed, TextFormat

_HEAD = ("title", "slug", "summary")
_FIXED = frozenset({*_HEAD, *SECTIONS.values()})


class MarkdownFormat:
    """The format of `<locale>.md`; see `formats.text.TextFormat`.

    Segments are title, slug and summary as far as present, captions, alt texts and credits, then the blocks of the
    body. Their texts have LF whatever the file has, and values of the front matter no white space around them.
    """

    def parse(self, text: str, *, path: str) -> Parsed:
        """Take a text apart. BadText with every problem that can be seen at once."""
        front = read(text, path=path)
        blocks = read_body(front.body).blocks
        body = (Segment(key=Key(""), kind=block.kind, text=block.text, state=block.state) for block in blocks)
        return Parsed(segments=(*_fixed(front), *body), header=front.header, warnings=front.warnings)

    def compose(self, text: str, segments: Sequence[Segment], *, donor: str = "") -> str:
        """Return the text with these segments: captions by key, blocks in this order. The title cannot be taken out."""
        front = read(text)
        lent = read(donor) if donor else None
        newline = newline_of(front.opening)
        body = laid_out(
            read_body(front.body),
            [NewBlock(kind=segment.kind, text=segment.text) for segment in segments if segment.kind not in _FIXED],
            donor=read_body(lent.body if lent else ""),
            newline=newline,
        )
        source = Editor(front=front, donor=lent).with_values(_values(front, segments), _sections(segments))
        closing = front.closing if not body or front.closing.endswith(("\r", "\n")) else front.closing + newline
        return f"{front.opening}{source}{closing}{body}"

    def with_header(self, text: str, header: Header) -> str:
        """Return the text with its header as given: a line is changed, put after the summary, or cut.

        No status, no based-on and not *minor* mean no such line. Origin *human* needs none; a line that says otherwise
        is changed. A label stands first.
        """
        front = read(text)
        values: dict[str, str | None] = {}
        if front.header.status != header.status:
            values["status"] = header.status
        if front.header.origin != header.origin:
            values["origin"] = header.origin.value
        if str(front.header.based_on) != str(header.based_on):
            values["based-on"] = str(header.based_on) if header.based_on else None
        if front.header.minor != header.minor:
            values["minor"] = "true" if header.minor else None
        if front.header.label != header.label:
            values |= dict(zip(LABEL, header.label.parts() if header.label else (None,) * 3, strict=True))
        return front.with_source(Editor(front=front).with_values(values, {}))

    def digest(self, text: str) -> str:
        """Return the SHA-256 of the canonical form (docs/digest.md) as 64 hexadecimal digits."""
        front = read(text)
        canonical: dict[str, str | dict[str, str]] = {name: front.value(name) for name in _HEAD}
        sections = {name: {entry.name: entry.value for entry in _entries(front, name)} for name in SECTIONS}
        if not sections["files"]:
            del sections["files"]  # came later: texts without it keep the digests that others have written down
        canonical |= sections
        canonical["body"] = unix(front.body).strip()
        plain = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


MARKDOWN: TextFormat = MarkdownFormat()


def body_of(text: str) -> str:
    """Return the part after the front matter. BadText where there is none."""
    return read(text).body


def _fixed(front: FrontMatter) -> Iterable[Segment]:
    for name in _HEAD:
        if field := front.get(name):
            yield _segment(name, name, field)
    for section, kind in SECTIONS.items():
        for entry in _entries(front, section):
            yield _segment(f"{kind}:{entry.name}", kind, entry)


def _segment(key: str, kind: str, field: Field) -> Segment:
    state = State.DONE if field.value else State.MISSING
    return Segment(key=Key(key), kind=kind, text=field.value, state=state)


def _entries(front: FrontMatter, section: str) -> tuple[Field, ...]:
    field = front.get(section)
    return field.entries if field else ()


def _values(front: FrontMatter, segments: Sequence[Segment]) -> dict[str, str | None]:
    given: dict[str, str | None] = {segment.kind: _value(segment) for segment in segments if segment.kind in _HEAD}
    return {"title": front.value("title"), "slug": None, "summary": None} | given


def _sections(segments: Sequence[Segment]) -> dict[str, dict[str, str]]:
    return {
        section: {segment.key.partition(":")[2]: _value(segment) for segment in segments if segment.kind == kind}
        for section, kind in SECTIONS.items()
    }


def _value(segment: Segment) -> str:
    return unix(segment.text).strip()
