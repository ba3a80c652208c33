"""Three files of one text, as git has them, merged by segment: git's own merge goes by lines, and is never asked."""

from collections.abc import Sequence

from app.domain.alignment import carry
from app.domain.documents import Kind
from app.domain.errors import BadText
from app.domain.merge import merge
from app.domain.segments import Segment
from app.formats.charset import encode as encode_catalogue
from app.formats.choice import format_of, parse
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.storage.tree import Found


def merged(slot: Slot, base: bytes | None, ours: bytes, theirs: bytes) -> bytes | None:
    """Return *ours* with what leads from *base* (None: there was none) to *theirs*; None if one cannot be read.

    Where both changed a segment *ours* stays; who merges keeps the other elsewhere.
    """
    text_format = format_of(slot.document.kind, slot.locale)
    try:
        texts = [decode(slot, Found(path=slot.path, raw=raw)) for raw in (ours, theirs)]
        old = _segments(slot, decode(slot, Found(path=slot.path, raw=base))) if base is not None else ()
        our = carry(old, _segments(slot, texts[0]), parent="ours")
        their = carry(old or our, _segments(slot, texts[1]), parent="theirs")
        text = text_format.compose(texts[0], merge(old, our, their).segments, donor=texts[1])
        return encode_catalogue(text, path=slot.path) if slot.document.kind is Kind.CATALOGUE else text.encode()
    except BadText:
        return None


def _segments(slot: Slot, text: str) -> Sequence[Segment]:
    return parse(slot.document.kind, slot.locale, text, path=slot.path).segments
