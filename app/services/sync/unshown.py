"""What authors typed and readers will not see, told at each run: it depends on the item's facts as on the text."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from app.domain.documents import Facts
from app.domain.errors import BadText, Problem
from app.formats.encoding import decode
from app.formats.unshown import may_hide, unshown
from app.services import facts
from app.services.sync.slots import Slot
from app.storage.texts import DbDocument
from app.storage.tree import Found


def unshown_in(session: Session, document: DbDocument, articles: Mapping[Slot, Found]) -> Iterator[Problem]:
    """Yield what is not shown of these files. Live texts go by the live facts, drafts by the newest."""
    suspects = {slot: found for slot, found in articles.items() if may_hide(found.raw)}
    if not suspects:
        return
    newest = facts.newest(session, document) or Facts(source=document.source)
    live = facts.live(session, document) or newest
    for slot, found in suspects.items():
        named = newest if slot.draft else live
        try:
            text = decode(found.raw, path=slot.path)
            yield from unshown(text, path=slot.path, photos=named.photos, files=named.files)
        except BadText:
            continue  # told where it was to come in
