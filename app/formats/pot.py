"""Gettext templates (.pot) as the source texts of catalogues.

The bytes are those of PO. But what a translator translates is the msgid, and nothing of a template is ever missing: so
a segment's text is the msgid, and the plural after a NUL if there is one.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.segments import Key, Segment
from app.formats.po import PO
from app.formats.po_check import check
from app.formats.po_compose import Composition
from app.formats.po_lexer import Entry
from app.formats.text import Header, Parsed, TextFormat

__all__ = ["POT"]


def _segment(entry: Entry) -> Segment:
    text = entry.msgid if entry.plural is None else f"{entry.msgid}\0{entry.plural}"
    return Segment(key=Key(entry.key), kind="message", text=text)


class _Composition(Composition):
    """Entries are taken as they are, from the text or else from its donor."""

    def made(self, segment: Segment) -> Entry:
        mine, theirs = self.mine.get(segment.key), self.foreign(segment.key)
        found = next((one for one in (mine, theirs) if one is not None and _segment(one) == segment), None)
        if found is None:
            raise ValueError(f"no template has the message {segment.key!r}")
        return found if mine is None else replace(found, gap=mine.gap)


class _POT:
    """The `TextFormat` of templates."""

    def parse(self, text: str, *, path: str) -> Parsed:
        """Return a segment a message, each done. BadText as `po_check.check`."""
        parsed = PO.parse(text, path=path)
        segments = tuple(_segment(entry) for entry in check(text, path=path).messages)
        return Parsed(segments=segments, header=parsed.header, warnings=parsed.warnings)

    def compose(self, text: str, segments: Sequence[Segment], *, donor: str = "") -> str:
        """Return `text` with these messages, in this order; what is gone is gone, new ones come from `donor`.

        BadText if either text cannot be used; ValueError for a segment that neither of them has as it is, since a
        template is made from code and not written.
        """
        own = check(text, path="")
        return _Composition(text, own, check(donor, path="") if donor else own).written(segments)

    def with_header(self, text: str, header: Header) -> str:
        """Return `text` with its `X-Tilmash-…` fields as given, and no other byte changed."""
        return PO.with_header(text, header)

    def digest(self, text: str) -> str:
        """Return the SHA-256 of the canonical form (docs/digest.md)."""
        return PO.digest(text)


POT: TextFormat = _POT()
"""The format of `.pot` files."""
