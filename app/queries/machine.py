"""What a machine was asked for of a text, and what it could not do."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.segments import Key, Tag
from app.storage.machine import Order, orders_of
from app.storage.reasons import reasons_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An order: of one segment, or (None) of all that is missing. `why` it could not be done so far, or at all.

    `waits` tells that it is still to be done.
    """

    key: Key | None
    waits: bool
    why: tuple[str, ...]


def asked(session: Session, document: DocumentName, locale: Tag) -> tuple[Asked, ...]:
    """Return the orders of a text, the oldest first."""
    rows = [(work, Order.of(work)) for work in orders_of(session, document, locale)]
    return tuple(
        Asked(key=order.key, waits=not work.refusal, why=reasons_in(order.why)) for work, order in rows
    )  # fmt: skip
