"""Machine translation is asked for by who may edit, and done by the worker: what was asked, and what became of that.

The order is a row of the outbox. What a machine is given on a day has a bound.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.config import MachineService
from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed
from app.domain.machine import spelled
from app.domain.people import Actor
from app.domain.permissions import Side, require
from app.domain.said import saying
from app.domain.segments import Key, Tag
from app.domain.translations import Action
from app.services import sheets
from app.services.machine_gaps import missing
from app.services.sheets import Bases, Sheet
from app.services.texts import held_or_begun, require_document
from app.storage.machine import DbMachine, Order, machine_of, orders_of
from app.storage.outbox import DbWork, held
from app.storage.reasons import kept

TRIES: Final = 6
"""So often a machine that fails is asked."""

_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)  # between two tries
_LONGEST_REASON: Final = 2000
_SPENT: Final = saying("a machine has been given all that it may be given today")


def ask(
    session: Session, name: DocumentName, locale: Tag, actor: Actor, service: MachineService, *,
    source: Tag | None, key: Key | None, now: datetime,
) -> None:  # fmt: skip
    """Have a machine translate what is missing of a text, or one segment of that.

    Forbidden for who may not edit, NotAllowed where it has nothing to do, does not speak the languages, or was asked
    for as much today as it may do; what of an order is more than is left waits for other days. What is asked for
    already is asked for once. In one transaction: the order.
    """
    held_or_begun(session, name, locale)
    machine_of(session, service.protocol, now.date())  # held, so that what is left of a day's budget is counted once
    order = order_for(session, name, locale, actor, service, source=source, key=key, now=now)
    for work in orders_of(session, name, locale):
        if work.refusal:
            session.delete(work)
    if order is not None:
        session.add(order.work(now))


def order_for(
    session: Session, name: DocumentName, locale: Tag, actor: Actor, service: MachineService, *,
    source: Tag | None, key: Key | None, now: datetime, besides: int = 0,
) -> Order | None:  # fmt: skip
    """Return what `ask` would order, None if it is ordered already. Refusals as `ask`; nothing is done.

    `besides` are letters that somebody is about to order, too.
    """
    document = require_document(session, name)
    require(actor.roles, Action.EDIT, of=Side.SOURCE if locale == document.source else Side.TRANSLATION)
    shown = sheets.sheet(session, name, locale, Bases(source=source))
    texts = missing(session, shown, key=key)
    if not texts:
        raise NotAllowed(saying("there is nothing here that a machine could translate"))
    letters = sum(len(text) for forms in texts.values() for text in forms)
    order = Order(document=str(name), locale=locale, source=source, key=key, by=actor.name, letters=letters)
    before = orders_of(session, name, locale)
    if any(_same(Order.of(work), order) for work in before if not work.refusal):
        return None
    _require_possible(session, shown, service, today=now.date(), besides=besides)
    return order


def _same(one: Order, other: Order) -> bool:
    return (one.source, one.key) == (other.source, other.key)


def _require_possible(session: Session, shown: Sheet, service: MachineService, *, today: date, besides: int) -> None:
    known = session.get(DbMachine, service.protocol)
    if known is not None and known.languages and spelled(known.languages, shown.source_language, shown.locale) is None:
        reason = saying(
            "the machine does not translate from %(languages)s into %(language)s", languages=shown.source_language,
            language=shown.locale,
        )  # fmt: skip
        raise NotAllowed(reason)
    waiting = (work for work in orders_of(session) if not work.refusal and work.due_at.date() <= today)
    spent = besides + (known.spent(today) if known is not None else 0)
    if spent + sum(Order.of(work).letters for work in waiting) >= service.budget:
        raise NotAllowed(_SPENT)


def spend(session: Session, service: MachineService, texts: Iterable[str], *, now: datetime) -> bool:
    """Note that a machine is about to be given texts; False if that is more than it may be given today."""
    known = machine_of(session, service.protocol, now.date())
    spent = known.spent(now.date()) + sum(map(len, texts))
    if spent > service.budget:
        return False
    known.day, known.letters = now.date(), spent
    return True


def close(session: Session, work: DbWork, order: Order, *, more: bool, now: datetime) -> None:
    """Let an order that was done go, or go on if there is more; which segments came back harmed stays to be read."""
    if more:
        order.note_in(work, failures=0)
        work.put_off(now)
    elif order.harmed:
        _give_up(work, order, _harm(order), now)
    else:
        session.delete(work)


def _harm(order: Order) -> list[str]:
    """Return why segments were left out, and how many for each reason."""
    others = len(order.harmed) - order.lost
    lost = saying("left out, since marks or links were lost: %(count)s", count=order.lost)
    useless = saying("left out, since the machine's words could not be used there: %(count)s", count=others)
    return [why for why, count in ((lost, order.lost), (useless, others)) if count]


def _give_up(work: DbWork, order: Order, why: list[str], now: datetime) -> None:
    order.note_in(work, why=kept(why, longest=_LONGEST_REASON))
    work.refuse("; ".join(map(str, why)), now=now)


def nothing_left(session: Session, number: int, *, now: datetime) -> None:
    """Forget an order that has nothing to do any more; one of which segments were harmed says so."""
    work = held(session, number)
    if work is not None and not work.refusal:
        close(session, work, Order.of(work), more=False, now=now)


def failed(
    session: Session, number: int, why: str, *, now: datetime, for_good: bool = False, wait: timedelta | None = None
) -> None:
    """Note that a machine could not do an order: it is asked again, ever later, unless that is for good."""
    work = held(session, number)
    if work is None or work.refusal:
        return
    order = Order.of(work)
    order = replace(order, failures=order.failures + 1)
    if for_good or order.failures >= TRIES:
        _give_up(work, order, [why], now)
        return
    order.note_in(work, why=kept([why], longest=_LONGEST_REASON))
    later = _FIRST * 2 ** (order.failures - 1)
    work.put_off(now + min(max(later, wait or later), _LONGEST))


def until_tomorrow(session: Session, number: int, *, now: datetime) -> None:
    """Let an order wait until the next day's budget counts."""
    work = held(session, number)
    if work is not None and not work.refusal:
        Order.of(work).note_in(work, why=kept([_SPENT], longest=_LONGEST_REASON))
        work.put_off(datetime.combine(now.date() + timedelta(days=1), time(), UTC))


def learnt(session: Session, protocol: str, languages: Mapping[str, Sequence[str]], *, now: datetime) -> None:
    """Note what a machine translates into what."""
    machine_of(session, protocol, now.date()).speaks(languages, now=now)
