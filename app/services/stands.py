"""The journal says where a document's texts stand after each transaction: from that the past can be computed again."""

from sqlalchemy.orm import Session

from app.domain.figure_states import Stand, written
from app.storage.journal import add_to_last
from app.storage.texts import DbDocument, DbRevision

DETAIL = "texts"
"""What it is called among the details of an event."""


def tell(session: Session, document: DbDocument) -> None:
    """Let the last event about a document tell the status, the head and what is live of each of its texts.

    A status changes in more ways than there are actions: it goes back when facts change, and stays when a template
    does. `standings.remake` has read all of this just before.
    """
    stands = {
        text.locale: Stand(status=text.status, head=_number(session, text.head_id), live=_number(session, text.live_id))
        for text in document.translations
        if text.head_id is not None
    }
    add_to_last(session, str(document.full_name), **{DETAIL: written(stands)})


def _number(session: Session, revision: int | None) -> int | None:
    return None if revision is None else session.get_one(DbRevision, revision).number
