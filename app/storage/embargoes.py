"""Embargoes: the rows of the outbox by which a revision goes live at its time."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Select, select

from app.domain.documents import DocumentName
from app.storage.outbox import DbWork

PUBLISH = "publish"
"""The kind of their work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """A revision of a translation, by their identifiers, to be published as `minor` or not.

    `facts` are those that go live with a source text (None: with a translation none; an older build meant the newest
    by then). `live` is the revision that readers saw when it was scheduled (None: none): what has gone live since must
    not be undone by it. `by` scheduled it.
    """

    translation: int
    revision: int
    minor: bool
    live: int | None
    facts: int | None = None
    by: str = "worker"

    @classmethod
    def of(cls, work: DbWork) -> "Embargo":
        """Read it from its row."""
        return _EMBARGO.decode(work.payload)

    def work(self, subject: str) -> DbWork:
        """Return a row for it, which has no time yet."""
        return DbWork(kind=PUBLISH, subject=subject, payload=msgspec.json.encode(self).decode())


_EMBARGO = msgspec.json.Decoder(Embargo)


def embargoed(document: DocumentName | None = None) -> Select[DbWork]:
    """Select the embargoes of a document, or all of them, by the names of their texts."""
    found = select(DbWork).where(DbWork.kind == PUBLISH).order_by(DbWork.subject)
    return found.where(DbWork.subject.startswith(f"{document}@", autoescape=True)) if document is not None else found
