"""A PO text with other translations: entries stay where they are, change, are added, or become obsolete."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.segments import Segment, State
from app.formats.po_check import Checked
from app.formats.po_entries import Style, ended, native, obsolete, plain, revived, style_of, translated
from app.formats.po_entry import Entry

_Placed = tuple[int | None, Entry]
"""An entry, and where it stood in the text; None for one that is new there or was moved."""


class Composition:
    """One call of `compose` on a text that was checked, with another that may have the new messages."""

    def __init__(self, text: str, own: Checked, donor: Checked) -> None:
        self.own = own
        self.style: Style = style_of(text, own.entries)
        self.forms = own.forms
        self.mine: Mapping[str, Entry] = {entry.key: entry for entry in own.messages}
        self.theirs: Mapping[str, Entry] = {entry.key: entry for entry in donor.messages}
        self.old: Mapping[str, Entry] = {entry.key: entry for entry in own.entries if entry.obsolete}

    def written(self, segments: Sequence[Segment]) -> str:
        """Return the text with these segments in this order."""
        wanted = {str(segment.key): segment for segment in segments}
        kept = [entry.key for entry in self.own.messages if entry.key in wanted]
        staying = set(kept) if kept == [key for key in wanted if key in self.mine] else set()
        after = _by_predecessor(segments, staying)
        gone = {key: entry for key, entry in self.mine.items() if key not in wanted and entry.text}
        replaced = {key for key in wanted if key not in self.mine} | gone.keys()
        out: list[_Placed] = []
        for at, entry in enumerate(self.own.entries):
            if entry.is_header:
                out += [(at, entry), *((None, self.made(one)) for one in after.get("", ()))]
            elif entry.is_message and entry is self.mine[entry.key]:
                if entry.key in staying:
                    out.append((at, self.made(wanted[entry.key])))
                    out += [(None, self.made(one)) for one in after.get(entry.key, ())]
            elif not (entry.obsolete and entry.key in replaced) and not (entry.is_message and entry.key not in wanted):
                out.append((at, entry))
        return self.own.lead + "".join(self.joined([*out, *((None, obsolete(entry)) for entry in gone.values())]))

    def made(self, segment: Segment) -> Entry:
        """Return the entry of a segment: this text's own, the donor's, an obsolete one revived, or a plain new one."""
        entry = self.mine.get(segment.key) or self.new(segment)
        fuzzy = self.fuzzy(segment, entry)
        if entry.text == segment.text and entry.fuzzy == fuzzy:
            return entry
        msgstrs = segment.text.split("\0")
        if not segment.text and entry.plural is not None:
            msgstrs = [""] * self.forms
        return translated(entry, msgstrs, fuzzy=fuzzy, style=self.style)

    def new(self, segment: Segment) -> Entry:
        """Return the entry of a message that this text lacks."""
        if found := self.theirs.get(segment.key):
            return native(found, self.style)
        if found := self.old.get(segment.key):
            return revived(found)
        return plain(segment.key, plural="\0" in segment.text, style=self.style)

    def fuzzy(self, segment: Segment, entry: Entry) -> bool:
        """Tell whether the flag has to stand: of a translation with holes it says nothing, and stays as it was."""
        if segment.state is not State.MISSING:
            return segment.state is State.NEEDS_WORK
        parts = segment.text.split("\0")
        whole = all(parts) and (len(parts) >= self.forms or entry.plural is None)
        return whole or (entry.fuzzy and not (entry.text and not segment.text))

    def joined(self, placed: Sequence[_Placed]) -> Iterator[str]:
        """Yield the entries' bytes; where two meet that didn't before, a blank line stands between them."""
        last = len(self.own.entries) - 1
        for (at, entry), (following, _) in zip(placed, [*placed[1:], (None, None)], strict=True):
            whole = ended(entry.raw, self.style)
            if at is not None and (following == at + 1 or (at == last and entry is placed[-1][1])):
                yield entry.raw + entry.gap
            elif entry is placed[-1][1]:
                yield whole
            else:
                yield whole + ((at is not None and entry.gap) or self.style.newline)


def _by_predecessor(segments: Sequence[Segment], staying: set[str]) -> dict[str, list[Segment]]:
    """Return the segments to put in, by the key of the one that stays before them (of the header: empty)."""
    after: dict[str, list[Segment]] = {}
    before = ""
    for segment in segments:
        if segment.key in staying:
            before = segment.key
        else:
            after.setdefault(before, []).append(segment)
    return after
