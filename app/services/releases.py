"""Standing orders: a coordinator says once how a document's texts are to go live, and each approval carries that on.

Nothing goes live by an order but what was approved: it presses *publish* (or *schedule*, where the item has its time)
in the name of who gave it, under all guards, in the transaction of the approval. Reasons: docs/decisions/0020.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import BadText, NotAllowed, Refusal
from app.domain.people import Actor, Channel
from app.domain.permissions import Right, may, require
from app.domain.releases import Order, Policy, Standing, Wait, going, waits
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action, Status
from app.services import facts, schedule, steps
from app.services.lags import lags_of
from app.services.refusal_notices import of_refusal
from app.storage.accounts import DbAccount
from app.storage.database import savepoint
from app.storage.embargoes import Embargo
from app.storage.journal import Event, note
from app.storage.releases import DbRelease
from app.storage.texts import DbApproval, DbDocument, DbTranslation


def give(session: Session, document: DbDocument, actor: Actor, order: Order) -> DbRelease:
    """Let the texts of a document go live by this order, in place of an earlier one, and carry it on at once.

    Forbidden without the right; NotAllowed for a group of nobody. In one transaction: the order, its event, and what
    goes live by it.
    """
    require(actor.roles, Right.RELEASE)
    if order.policy is not Policy.EACH and not order.together:
        raise NotAllowed(saying("name the languages that go out together"))
    steps.lock_document(session, document)
    _end(session, document, actor, reason="replaced")
    made = DbRelease(
        document_id=document.id, policy=order.policy, group=",".join(sorted(order.together)), by=actor.name,
        at=datetime.now(UTC),
    )  # fmt: skip
    session.add(made)
    session.flush()
    _tell(session, document, made, actor, "order-release", policy=order.policy, together=made.group)
    carry_on(session, document)
    return made


def revoke(session: Session, document: DbDocument, actor: Actor, *, reason: str = "revoked") -> bool:
    """End the order in force, and tell whether there was one; what is live by it stays. Forbidden without the right."""
    require(actor.roles, Right.RELEASE)
    steps.lock_document(session, document)
    return _end(session, document, actor, reason=reason)


def in_force(session: Session, document: DbDocument) -> DbRelease | None:
    """Return the order by which texts of a document go live, None if there is none."""
    standing = select(DbRelease).where(DbRelease.document_id == document.id, DbRelease.ended_at.is_(None))
    return session.scalar(standing.execution_options(populate_existing=True))


def waiting(session: Session, document: DbDocument, order: DbRelease) -> Mapping[Tag, Wait | None]:
    """Return why each text whose newest revision is not live waits under an order; None if it was refused."""
    return waits(
        order_of(order), _standings(session, document, minor=said_minor(session, document)), source=_first(document)
    )


def order_of(row: DbRelease) -> Order:
    """Return what an order says."""
    return Order(policy=row.policy, together=row.together)


def carry_on(session: Session, document: DbDocument) -> None:
    """Let go live what the order in force lets go now, in its giver's name; nothing where there is no order.

    What goes together goes as a whole or not at all: where one is refused, none of them goes, and the order keeps the
    reason. The approval that led here stands. Whether translations stay current by the source text, its approver said.
    """
    row = in_force(session, document)
    if row is None:
        return
    steps.lock_document(session, document)
    minor = said_minor(session, document)
    refused: dict[tuple[Tag, ...], Refusal] = {}
    while (group := _next(session, document, row, refused, minor=minor)) is not None:
        try:
            with savepoint(session):
                _go(session, document, row, group, minor=minor)
        except (NotAllowed, BadText) as refusal:
            refused[group] = refusal
    reason = "\n".join(map(str, refused.values()))
    if refused and row.refusal != reason:
        _tell(session, document, row, Actor(name=row.by, channel=Channel.DESK, roles=frozenset()), "refuse-release")
        for group, one in refused.items():
            if str(one) not in row.refusal:
                of_refusal(session, document, group[0], by=row.by, reasons=one.reasons)
    row.refusal = reason
    session.flush()


def _next(
    session: Session, document: DbDocument, row: DbRelease, refused: Container[tuple[Tag, ...]], *, minor: bool
) -> tuple[Tag, ...] | None:
    """Return what goes live next, None if nothing does. What has just gone may have been what others waited for."""
    texts = _standings(session, document, minor=minor)
    groups = going(order_of(row), texts, source=_first(document))
    return next((group for group in groups if group not in refused), None)


def _go(session: Session, document: DbDocument, row: DbRelease, group: Iterable[Tag], *, minor: bool) -> None:
    giver, time = _giver(session, row), due(session, document)
    for text in (document.text_in(tag) for tag in group):
        if text is not None:
            steps.take(
                session, text, Action.SCHEDULE if time else Action.PUBLISH, giver, revision=text.head,
                minor=minor and text.is_source, due=time,
            )  # fmt: skip


def _giver(session: Session, row: DbRelease) -> Actor:
    """Return who gave an order, as the account stands now. NotAllowed if they may not give one any more."""
    account = session.scalar(select(DbAccount).where(DbAccount.name == row.by))
    roles = account.person().roles() if account is not None else frozenset()
    if not may(roles, Right.RELEASE):
        raise NotAllowed(saying("who gave this order may not give one any more"))
    return Actor(name=row.by, channel=Channel.DESK, roles=roles)


def due(session: Session, document: DbDocument) -> datetime | None:
    """Return the time before which nothing of a document is to be seen: its facts', or its scheduled source's."""
    now, known = datetime.now(UTC), facts.newest(session, document)
    if known is not None and known.publish_at is not None and known.publish_at > now:
        return known.publish_at
    source = document.text_in(document.source)
    work = schedule.waiting(session, source) if source is not None and source.live_id is None else None
    return work.due_at if work is not None and not work.refusal and work.due_at > now else None


def said_minor(session: Session, document: DbDocument) -> bool:
    """Tell whether the source text's newest revision, where it is approved, leaves translations current."""
    source = document.text_in(document.source)
    if source is None or not source.is_language:
        return False
    said = select(DbApproval.minor).where(
        DbApproval.translation_id == source.id, DbApproval.revision_id == source.head_id
    )
    return bool(session.scalar(said.order_by(DbApproval.id.desc()).limit(1)))


def _first(document: DbDocument) -> Tag | None:
    """Return the text that the others wait for, None where they wait for none."""
    return None if document.kind is Kind.CATALOGUE else document.source


def _standings(session: Session, document: DbDocument, *, minor: bool) -> Mapping[Tag, Standing]:
    lags = lags_of(session, document, minor=minor)
    return {
        one.locale: _standing(session, one, behind=lags.get(one.locale) is not None)
        for one in document.translations
        if one.is_language
    }


def _standing(session: Session, text: DbTranslation, *, behind: bool) -> Standing:
    work = schedule.waiting(session, text)
    coming = Embargo.of(work).revision if work is not None and not work.refusal else None
    return Standing(
        approved=text.status is Status.APPROVED,
        live=text.head_id is not None and text.head_id in {text.live_id, coming},
        shown=text.live_id is not None or coming is not None,
        behind=behind,
    )


def _end(session: Session, document: DbDocument, actor: Actor, *, reason: str) -> bool:
    if (row := in_force(session, document)) is None:
        return False
    row.ended_at, row.ended_by = datetime.now(UTC), actor.name
    session.flush()
    _tell(session, document, row, actor, "end-release", reason=reason)
    return True


def _tell(session: Session, document: DbDocument, row: DbRelease, actor: Actor, action: str, **more: str) -> None:
    note(session, Event.by(actor, str(document.full_name), action, order=row.id, **more))
