"""A text's own file is taken in, as an upload takes it."""

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.people import Actor
from app.domain.segments import Tag
from app.services.exchange import Taken, Wish, take_text
from app.services.sync.intake import decode
from app.services.sync.slots import Slot
from app.storage.tree import Found


def take_back(
    session: Session,
    document: DocumentName,
    locale: Tag,
    raw: bytes,
    actor: Actor,
    *,
    base: int | None,
    path: str,
    wish: Wish = Wish.DRAFT,
) -> Taken:
    """Save a file; as `exchange.take_text`."""
    file = decode(Slot(document=document, locale=locale), Found(path=path, raw=raw))
    return take_text(session, document, locale, file, actor, base=base, path=path, wish=wish)
