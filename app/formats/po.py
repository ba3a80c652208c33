"""Gettext catalogues (.po) and templates (.pot) as texts of segments, a segment a message.

A message's key is its msgctxt, U+0004 and msgid (the msgid alone without a context), as in a MO file. The text of one
with plural forms is its msgstrs joined by NUL, and empty if all of them are, however many forms the file has. Header,
obsolete messages and comments are no segments, and stay.
"""

import hashlib
import json
from collections.abc import Sequence

from app.domain.segments import Key, Segment, State
from app.formats.po_check import check
from app.formats.po_compose import Composition
from app.formats.po_entry import Entry
from app.formats.po_header import header_of, with_fields
from app.formats.po_warnings import warned
from app.formats.text import Header, Parsed, TextFormat


def state_of(entry: Entry, forms: int) -> State:
    """Return how far a message is that has this many forms if it has a plural."""
    if not all(entry.msgstrs) or len(entry.msgstrs) < (1 if entry.plural is None else forms):
        return State.MISSING
    return State.NEEDS_WORK if entry.fuzzy else State.DONE


def _segment(entry: Entry, forms: int) -> Segment:
    return Segment(key=Key(entry.key), kind="message", text=entry.text, state=state_of(entry, forms))


class _PO:
    """The `TextFormat` of gettext."""

    def parse(self, text: str, *, path: str) -> Parsed:
        """Return a segment a message; refused messages are among them, and said in the warnings. BadText as `check`.

        An entry that cannot be read is no segment, is said in `broken`, and keeps its bytes in whatever is composed.
        """
        checked = check(text, path=path)
        header, warnings = header_of(checked.header, path=path)
        segments = tuple(_segment(entry, checked.forms) for entry in checked.messages)
        said = (*warnings, *checked.refused, *warned(checked, path=path))
        return Parsed(
            segments=segments, header=header, warnings=said, broken=checked.broken, refused=checked.refused
        )  # fmt: skip

    def compose(self, text: str, segments: Sequence[Segment], *, donor: str = "") -> str:
        """Return `text` with these translations. What is gone becomes obsolete if it was translated, else it goes.

        A new message has the comments it has in `donor`, or in this text where it is obsolete. BadText if either text
        cannot be used, or a message without plural forms is given several.
        """
        own = check(text, path="")
        return Composition(text, own, check(donor, path="") if donor else own).written(segments)

    def with_header(self, text: str, header: Header) -> str:
        """Return `text` with its `X-Tilmash-…` fields as given, and no other byte changed."""
        checked = check(text, path="")
        entries = [with_fields(one, header) if one is checked.header else one for one in checked.entries]
        return checked.lead + "".join(one.raw + one.gap for one in entries)

    def digest(self, text: str) -> str:
        """Return the SHA-256 of the canonical form (docs/digest.md)."""
        messages = check(text, path="").messages
        rows = sorted(messages, key=lambda one: (one.context is not None, one.context or "", one.msgid))
        plain = [[one.context, one.msgid, one.plural, one.msgstrs, one.fuzzy] for one in rows]
        written = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


PO: TextFormat = _PO()
"""The format of `.po` and `.pot` files."""
