"""A machine's words come in: saved as any other change is, where nobody has written meanwhile.

They go under the name of who asked, with the origin *machine*, and in need of work, so that a person looks at each.
What somebody typed or saved in the meantime stays, and the machine's words for it are dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.pair import Pair
from app.domain.machine import forms_of, lost_marks
from app.domain.people import Actor, Channel
from app.domain.segments import FIXED_KINDS, Key, Origin, Tag
from app.domain.side_by_side import Typed
from app.formats.word_spans import shape
from app.services import sheets, site, transitions
from app.services.apart import is_one
from app.services.machine import close
from app.services.machine_gaps import missing, pair, parts_of
from app.services.sheets import Bases, Sheet
from app.services.texts import held_or_begun
from app.storage.accounts import DbAccount
from app.storage.machine import Order
from app.storage.outbox import DbWork, held

MOST_AT_ONCE: Final = 200
"""Segments that come in as one revision; what is left of a larger text follows by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a machine is to be asked for one order, by segment. `more` tells that this is not all of it."""

    number: int
    source: Tag
    target: Tag
    texts: Mapping[Key, tuple[str, ...]]
    more: bool


def errand(session: Session, number: int) -> Errand | None:
    """Return what a machine is to be asked for an order by now; None if it is gone, or there is nothing left to do."""
    work = session.get(DbWork, number)
    if work is None or work.refusal:
        return None
    order = Order.of(work)
    shown = sheets.sheet(session, order.name, order.locale, Bases(source=order.source))
    texts = missing(session, shown, key=order.key)
    open_ = [key for key in texts if key not in order.harmed]
    if not open_:
        return None
    return Errand(
        number=number, source=shown.source_language, target=order.locale,
        texts={key: texts[key] for key in open_[:MOST_AT_ONCE]}, more=len(open_) > MOST_AT_ONCE,
    )  # fmt: skip


def bring_in(session: Session, done: Errand, answers: Mapping[Key, Sequence[str]], *, now: datetime) -> int:
    """Save a machine's answers as words of who asked; return how many segments that were.

    Refusals as `sheets.save`: who asked may have lost the role since. In one transaction: the revision, and that the
    order is done, or goes on with what is left, or has ended with segments that the machine harmed. An empty answer is
    one that cannot be used.
    """
    work = session.get(DbWork, done.number)
    if work is None:
        return 0
    order = Order.of(work)
    transitions.lock(session, held_or_begun(session, order.name, order.locale))
    work = held(session, done.number)
    if work is None or work.refusal:
        return 0
    shown = sheets.sheet(session, order.name, order.locale, Bases(source=order.source))
    typed, harmed, lost = _typed(shown, missing(session, shown, key=order.key), done, answers)
    if typed:
        actor = _asker(session, order)
        sheets.save(session, order.name, order.locale, actor, bases=shown.bases, typed=typed)
    given = sum(len(text) for key in answers for text in done.texts[key])
    order = replace(order, harmed=order.harmed + harmed, lost=order.lost + lost, letters=max(order.letters - given, 0))
    close(session, work, order, more=done.more, now=now)
    return len(typed)


def _typed(
    shown: Sheet, missing: Mapping[Key, tuple[str, ...]], done: Errand, answers: Mapping[Key, Sequence[str]]
) -> tuple[dict[Key, Typed], tuple[Key, ...], int]:
    """Return what goes in of the answers: those to what is asked for still, word for word; and which are no use.

    Last, in how many of these marks or links were lost.
    """
    rows = {row.key: row for row in shown.rows}
    asked = [key for key in answers if key in missing and missing[key] == done.texts.get(key)]
    forms = {key: _fit(pair(shown, rows[key]), answers[key]) for key in asked}
    typed = {key: Typed(forms=one, unsure=True, origin=Origin.MACHINE) for key, one in forms.items() if one}
    harmed = tuple(key for key in asked if not forms[key])
    return typed, harmed, sum(_has_lost(pair(shown, rows[key]), answers[key]) for key in harmed)


def _fit(asked: Pair, answer: Sequence[str]) -> tuple[str, ...]:
    """Return the forms made of an answer; nothing where the text would have other blocks there than the source has."""
    forms = forms_of(asked, answer, parts_of(asked))
    return forms if asked.kind in FIXED_KINDS or all(_is_alike(asked, one) for one in forms) else ()


def _is_alike(asked: Pair, form: str) -> bool:
    return is_one(asked.kind, form) and shape(form) == shape(asked.source[0])


def _has_lost(asked: Pair, answer: Sequence[str]) -> bool:
    return lost_marks(asked, answer, parts_of(asked))


def _asker(session: Session, order: Order) -> Actor:
    person = session.scalars(select(DbAccount).where(DbAccount.name == order.by)).one().person()
    return person.actor(order.locale, channel=Channel.DESK, four_eyes=site.settings(session).four_eyes)
