"""Working copies: what people type is kept as they type, beside the text, and made part of it by `services.folds`.

One row per text, segment, account and window, with the bases of the sheet that it was typed on. A window counts its
own writes: of two of one window the later one stays, whatever comes first. Two windows of one account have a row each,
since neither has seen what was typed in the other; a window that goes on from what another had typed says so (`seen`),
and its row stands for both from then on, even if the other's words come later. So no write takes the place of words
that who typed it did not have before them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed, NotFound, Problem, TooLarge
from app.domain.people import Actor
from app.domain.permissions import Right, Side, require
from app.domain.said import Said, saying
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.services.sheets import NO_TEXT, Bases
from app.storage.accounts import DbAccount
from app.storage.journal import Event, note
from app.storage.texts import DbDocument
from app.storage.working_copies import (
    LONGEST_TAB,
    DbPresence,
    DbWorkingCopy,
    digest_of_key,
    done,
    hold,
    pack,
    put,
    take_over,
    waiting,
)

LONGEST_WORDS: Final = 200_000
"""Characters of one segment, all its forms together."""

LONGEST_KEY: Final = 20_000

MOST_SEEN: Final = 20
"""Windows of one person's that the words of one segment go on from."""

MOST_COPIES: Final = 5_000
"""Segments of one text in which one account may have words that are no part of it yet."""

_REMEMBERED: Final = timedelta(days=1)
_SEEN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a window sends of one segment.

    `seen` says up to which serial it goes on from what other windows wrote: what the page showed when it was opened,
    and what windows that were closed had left in the browser.
    """

    key: Key
    typed: Typed
    bases: Bases
    serial: int
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What somebody typed for a segment, as it is kept; `onto` has what its window typed there before."""

    key: Key
    typed: Typed
    bases: Bases
    at: datetime
    serial: int
    tab: str
    onto: int | None = None

    @property
    def since(self) -> Bases:
        """Return what a sheet is made from that has what the same window typed there before."""
        later = self.onto is not None and self.onto > (self.bases.revision or NO_TEXT)
        return replace(self.bases, revision=self.onto) if later else self.bases


def keep(
    session: Session, name: DocumentName, locale: Tag, actor: Actor, *, words: Sequence[Words], tab: str
) -> tuple[int, ...]:
    """Keep what somebody typed in one window; return the serials that are safe: all of them, or it raises.

    Forbidden for who may not edit, NotFound without such a document, TooLarge for more than is kept. It looks at no
    text and holds none, and writes these rows alone: on SQLite the one writer is free again after a few statements.
    """
    document, account = _place(session, name, locale, actor)
    newest = {one.key: one for one in sorted(words, key=lambda one: one.serial)}
    in_order = sorted(newest.values(), key=lambda one: digest_of_key(one.key))  # two who write at once form no ring
    for one in in_order:
        _require_bounds(one, tab, f"{name}@{locale}")
    theirs = _of(document, locale, account)
    kept = select(func.count()).select_from(DbWorkingCopy).where(*theirs, DbWorkingCopy.packed.is_not(None))
    if (session.scalar(kept) or 0) + len(in_order) > MOST_COPIES:
        raise _too_large(f"{name}@{locale}", saying("too much of this text is typed and not saved yet: save it first"))
    if any(one.seen for one in in_order):  # rows of other windows are written too, or made: one after the other
        session.execute(select(DbAccount.id).where(DbAccount.id == account).with_for_update(key_share=True))
        hold(session, name, locale, actor.name, [digest_of_key(one.key) for one in in_order])
    now = datetime.now(UTC)
    rows = [
        {
            "document_id": document, "locale": locale, "account_id": account, "digest": digest_of_key(one.key),
            "tab": tab, "key": one.key, "base": one.bases.revision or NO_TEXT, "source": one.bases.source,
            "source_revision": one.bases.source_revision, "packed": pack(one.typed), "serial": one.serial, "at": now,
        }
        for one in in_order
    ]  # fmt: skip
    written = put(session, rows) if rows else frozenset[str]()
    for one, row in zip(in_order, rows, strict=True):
        seen = {other: serial for other, serial in one.seen.items() if other != tab}
        if seen and row["digest"] in written:
            take_over(session, row, seen)
    return tuple(sorted(one.serial for one in words))


def _place(session: Session, name: DocumentName, locale: Tag, actor: Actor) -> tuple[int, int]:
    """Return document and account by their numbers, of who may edit this text."""
    named = select(DbDocument.id, DbDocument.source).where(DbDocument.kind == name.kind, DbDocument.name == name.name)
    found = session.execute(named).first()
    account = session.scalar(select(DbAccount.id).where(DbAccount.name == actor.name))
    if found is None or account is None:
        raise NotFound(saying("there is no document %(document)s", document=str(name)))
    require(actor.roles, Action.EDIT, of=Side.SOURCE if found.source == locale else Side.TRANSLATION)
    return found.id, account


def _of(document: int, locale: Tag, account: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DbWorkingCopy.document_id == document, DbWorkingCopy.locale == locale, DbWorkingCopy.account_id == account,
    )  # fmt: skip


def _require_bounds(words: Words, tab: str, path: str) -> None:
    """Refuse what no page of ours sends, and what is larger than any segment."""
    tabs = (tab, *words.seen)
    are_named = words.key and all(tabs) and "\0" not in words.key + "".join(tabs) and max(map(len, tabs)) <= LONGEST_TAB
    if not are_named or len(words.seen) > MOST_SEEN:
        raise NotAllowed(saying("this is no segment"))
    if is_too_large(words):
        raise too_large(path)


def is_too_large(words: Words) -> bool:
    """Tell whether these are more than is kept of one segment."""
    return len(words.key) > LONGEST_KEY or sum(len(form) for form in words.typed.forms) > LONGEST_WORDS


def too_large(path: str) -> TooLarge:
    """Return what is said of words that are more than is kept of one segment."""
    return _too_large(path, saying("a segment has %(most)s letters at most: divide it", most=LONGEST_WORDS))


def _too_large(path: str, reason: Said) -> TooLarge:
    return TooLarge(Problem(path=path, line=0, reason=reason))


def copies(session: Session, name: DocumentName, locale: Tag, account: str) -> Mapping[Key, Copy]:
    """Return what an account typed of a text that is no part of it yet; of two windows' words the later ones."""
    found: dict[Key, Copy] = {}
    for row in waiting(session, name, locale, account):  # the newest first
        if row.key not in found and (typed := row.typed) is not None:
            bases = Bases(revision=row.base, source=row.source, source_revision=row.source_revision)
            found[row.key] = Copy(
                key=row.key, typed=typed, bases=bases, at=row.at, serial=row.serial, tab=row.tab, onto=row.onto
            )
    return found


def drop(session: Session, name: DocumentName, locale: Tag, account: str, serials: Mapping[Key, int]) -> None:
    """Let go, by their owner's word, the words that they had before them: of just these serials.

    What another window of theirs typed there earlier stays, since this one never showed it.
    """
    hold(session, name, locale, account, [digest_of_key(key) for key in serials])
    for row in waiting(session, name, locale, account):
        if row.serial == serials.get(row.key):
            done(session, row, row.onto)


def settle(session: Session, name: DocumentName, locale: Tag, actor: Actor, *, number: int, serial: int) -> None:
    """Let go what somebody else left behind, by its row, if nothing was written there since; the journal has it."""
    require(actor.roles, Right.ASSIGN, of=Side.TRANSLATION)
    row = session.get(DbWorkingCopy, number)
    if row is not None and row.serial == serial and row.packed is not None:
        done(session, row, row.onto)
        note(session, Event.by(actor, f"{name}@{locale}", "settle-left", copy=number))


def sweep(session: Session, *, now: datetime) -> None:
    """Forget rows whose words are part of a text, once no window goes on from them, and who was where."""
    old = (DbWorkingCopy.packed.is_(None), DbWorkingCopy.at < now - _REMEMBERED)
    session.execute(delete(DbWorkingCopy).where(*old))
    session.execute(delete(DbPresence).where(DbPresence.at < now - _SEEN))
