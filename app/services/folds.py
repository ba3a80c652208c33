"""Folding: what somebody typed, which is kept as working copies, becomes a revision by merge (idea 2 of the design)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotFound
from app.domain.merge import in_place_of
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Row
from app.services import sheets, transitions
from app.services.revisions import Saved
from app.services.sheets import Bases
from app.services.texts import held_or_begun
from app.storage.accounts import DbAccount
from app.storage.database import savepoint
from app.storage.texts import DbDocument
from app.storage.working_copies import DbWorkingCopy, done, hold, waiting

IDLE: Final = timedelta(minutes=10)
"""What nobody has typed on for so long becomes part of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What became of words that were typed; `refused` has a refusal for each segment that the text cannot have."""

    saved: Saved | None = None
    refused: tuple[BadText, ...] = ()


def fold(session: Session, name: DocumentName, locale: Tag, actor: Actor) -> Saved | None:
    """Make all that somebody typed of a text part of it; None if nothing waits. Refusals as `sheets.save`.

    In one transaction, all of it or nothing: whoever goes on does so with a text that has it. Else as `fold_each`.
    """
    folded = fold_each(session, name, locale, actor)
    if folded.refused:
        raise folded.refused[0]
    return folded.saved


def fold_each(session: Session, name: DocumentName, locale: Tag, actor: Actor) -> Folded:
    """Make what somebody typed of a text part of it, but for segments that it cannot have: those stay, and are told.

    Words that were typed on one sheet are one revision, merged as any other: what cannot be merged is a suggestion. Of
    two windows that wrote one segment the later words go first. In one transaction: what `sheets.save` does, and the
    rows, which remember in which revision their words are. Words that come meanwhile stay; so do those of a segment
    that their sheet does not have: the editor's page shows them, and nothing else has to wait for them.
    """
    if not waiting(session, name, locale, actor.name):
        return Folded()
    transitions.lock(session, held_or_begun(session, name, locale))
    hold(session, name, locale, actor.name)
    left = waiting(session, name, locale, actor.name)  # somebody else may have folded them while we waited
    places, saved, refused = _Places(session, name, locale), list[Saved](), list[BadText]()
    while left:
        groups, left = places.grouped(left)
        for bases, rows in groups.items():
            save = partial(sheets.save, session, name, locale, actor, bases=bases)
            for some, became in _each(session, save, rows):
                if isinstance(became, BadText):
                    refused.append(became)
                    continue
                saved.append(became)
                for row in some.values():
                    done(session, row, became.incoming.number)
    return Folded(saved=together(saved), refused=tuple(refused))


_Rows = Mapping[Key, DbWorkingCopy]


def _each(session: Session, save: Callable[..., Saved], rows: _Rows) -> Iterator[tuple[_Rows, Saved | BadText]]:
    """Yield what became of rows that are saved at once; where the text cannot have them, of each half of them."""
    typed = {key: words for key, row in rows.items() if (words := row.typed) is not None}
    try:
        with savepoint(session):
            saved = save(typed=typed)
    except BadText as refusal:
        if len(rows) > 1:
            all_of, half = list(rows.items()), len(rows) // 2
            for some in (all_of[:half], all_of[half:]):
                yield from _each(session, save, dict(some))
        else:
            yield rows, _about(rows, refusal)
    else:
        yield rows, saved


def _about(rows: _Rows, refusal: BadText) -> BadText:
    """Return a refusal that says of which segment it is, by its first words."""
    row = next(iter(rows.values()))
    words = " ".join(" ".join(row.typed.forms if row.typed else ()).split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    first = replace(refusal.problems[0], reason=saying("this cannot stand in the text: “%(words)s”", words=shown))
    return BadText(first, *refusal.problems)


_SHOWN: Final = 60


def together(saved: Sequence[Saved]) -> Saved | None:
    """Return what became of all that was saved one after the other; None of nothing."""
    if not saved:
        return None
    met = next((one.met for one in saved if one.met), "")
    return replace(
        saved[-1], suggestions=sum(one.suggestions for one in saved), met=met,
        took_back=any(one.took_back for one in saved),
    )  # fmt: skip


_Groups = dict[Bases, dict[Key, DbWorkingCopy]]


class _Places:
    """Finds the rows of sheets that words were typed into."""

    def __init__(self, session: Session, name: DocumentName, locale: Tag) -> None:
        self._session, self._name, self._locale = session, name, locale
        self._sheets: dict[Bases, tuple[Row, ...]] = {}

    def grouped(self, rows: Sequence[DbWorkingCopy]) -> tuple[_Groups, list[DbWorkingCopy]]:
        """Return what goes into the text at once, by the sheet and the keys on it, and what comes after that.

        Each segment is written once, by the first of the rows. What has no place is left out.
        """
        groups, later, taken = _Groups(), list[DbWorkingCopy](), set[str]()
        for row in rows:
            found = next(self._found(row), None)
            if found is not None and (row.digest in taken or found[1] in groups.get(found[0], ())):
                later.append(row)
            elif found is not None:
                groups.setdefault(found[0], {})[found[1]] = row
                taken.add(row.digest)
        return groups, later

    def _found(self, row: DbWorkingCopy) -> Iterator[tuple[Bases, Key]]:
        """Yield where words belong: on the sheet that has what the same window typed before, else on their own."""
        own = Bases(revision=row.base, source=row.source, source_revision=row.source_revision)
        before = self._rows(own)
        if row.onto is not None and row.onto > row.base:
            since = replace(own, revision=row.onto)
            if (key := _carried(row.key, before, self._rows(since))) is not None:
                yield since, key
        if (key := _carried(row.key, (), before)) is not None:
            yield own, key

    def _rows(self, bases: Bases) -> tuple[Row, ...]:
        if bases not in self._sheets:
            self._sheets[bases] = ()
            with suppress(NotFound):  # nobody's page named such a revision
                self._sheets[bases] = sheets.sheet(self._session, self._name, self._locale, bases).rows
        return self._sheets[bases]


def _carried(key: Key, before: Sequence[Row], now: Sequence[Row]) -> Key | None:
    """Return the key on a sheet of what had this one on the sheet before: it, what replaced it, or what renders it."""
    keys = {row.key for row in now}
    if key in keys:
        return key
    texts = [[row.target for row in shown if row.target is not None] for shown in (before, now)]
    anew = in_place_of(key, *texts)
    if len(anew) == 1:
        return anew[0].key
    return next((row.key for row in now if key in {one.key for one in row.sources}), None)


def idle(session: Session, *, now: datetime) -> list[tuple[DocumentName, Tag, str]]:
    """Return the texts, and whose words of them, that nobody has typed on for `IDLE`."""
    rows = session.execute(
        select(DbDocument.kind, DbDocument.name, DbWorkingCopy.locale, DbAccount.name.label("account"))
        .join(DbDocument, DbDocument.id == DbWorkingCopy.document_id)
        .join(DbAccount, DbAccount.id == DbWorkingCopy.account_id)
        .where(DbWorkingCopy.packed.is_not(None))
        .group_by(DbDocument.kind, DbDocument.name, DbWorkingCopy.locale, DbAccount.name)
        .having(func.max(DbWorkingCopy.at) < now - IDLE)
    )
    return [(DocumentName(kind=row.kind, name=row.name), row.locale, row.account) for row in rows]
