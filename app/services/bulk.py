"""What is done to a selection of texts at once: looked at before, done text by text, remembered.

Each action is a `Deed`: it makes a plan for a text, or says why it cannot, and what is done is that plan. Who presses
names what they saw of each text, so that nothing is done to what somebody changed meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Final, Protocol

from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed, NotFound, Refusal, SoAlready
from app.domain.locales import language
from app.domain.people import Actor
from app.domain.permissions import Side
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.services import projection, site, steps
from app.services.texts import find_document
from app.storage.bulk import DbBulkAction, DbBulkItem
from app.storage.database import savepoint
from app.storage.reasons import kept
from app.storage.texts import DbDocument, DbTranslation

LONGEST_REASON: Final = 2_000

PART: Final = 20
"""Texts of a transaction, and as many more as the last document has."""

ActsOn = Callable[[Tag], Actor]
"""Who acts, with the roles that they have for texts in a language."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Chosen:
    """A text of a selection, by name; there may be none yet in this language."""

    name: DocumentName
    locale: Tag

    @classmethod
    def parse(cls, written: str) -> "Chosen":
        """Read `news/2026-03-18-x@ky`; ValueError if it is none."""
        name, _, locale = written.partition("@")
        if not locale or locale == NO_LANGUAGE:
            raise ValueError(f"not a text in a language: {written!r}")
        return cls(name=DocumentName.parse(name), locale=language(locale).tag)

    def __str__(self) -> str:
        return f"{self.name}@{self.locale}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a selection, as the database has it."""

    document: DbDocument
    locale: Tag

    @property
    def chosen(self) -> Chosen:
        """Return it by name."""
        return Chosen(name=self.document.full_name, locale=self.locale)

    @property
    def translation(self) -> DbTranslation | None:
        """Return what is written, None if nothing was begun."""
        return self.document.text_in(self.locale)

    @property
    def side(self) -> Side:
        """Tell on which side of a translation it stands."""
        return Side.SOURCE if self.locale == self.document.source else Side.TRANSLATION


class Change:
    """What an action would make of a text, as it is shown to who presses; each action has its own."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would become of a text, and the way to do it.

    `base` is the number of what stands there, which who presses names (0: nothing). `do` returns the numbers of what
    stood there and of what stands there then, and raises a Refusal where it cannot.
    """

    base: int
    change: Change
    do: Callable[[], tuple[int | None, int | None]]


class Deed(Protocol):
    """One action, with what was asked for."""

    @property
    def kind(self) -> BulkKind:
        """Return what is done."""
        ...

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return what would become of a text; a Refusal says why nothing would. Nothing is done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What would become of a text, or why nothing would: `is_so` where that is so already."""

    text: Chosen
    plan: Plan | None = None
    reasons: tuple[str, ...] = ()
    is_so: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a text: the numbers of what stood and of what stands there, or why nothing was done."""

    document: int
    text: Chosen
    before: int | None = None
    after: int | None = None
    reasons: tuple[str, ...] = ()


def look(session: Session, deed: Deed, texts: Iterable[Chosen], acts: ActsOn) -> Mapping[Chosen, Seen]:
    """Return what would become of each text, by the code that does it; nothing is done."""
    seen: dict[Chosen, Seen] = {}
    for one, found in _found(session, texts):
        try:
            seen[one] = Seen(text=one, plan=deed.plan(session, found or _none(one), acts(one.locale)))
        except Refusal as refusal:
            seen[one] = Seen(text=one, reasons=refusal.reasons, is_so=isinstance(refusal, SoAlready))
    return seen


def carry_out(
    session: Session, deed: Deed, bases: Mapping[Chosen, int], acts: ActsOn, *, writes: bool = True
) -> Sequence[Became]:
    """Do it to each text that is still as it was seen, by the number in `bases`; return what became of each.

    Each in a savepoint of its own, so that no refusal keeps another text out. Documents are held in one order, so that
    two who do this at once never wait for each other, and what is published of one is projected once.
    """
    became: list[Became] = []
    found = [(one, text) for one, text in _found(session, bases) if text is not None]
    for document, texts in groupby(found, key=lambda pair: pair[1].document):
        if writes:
            steps.lock_document(session, document)
        with projection.deferred(session) if writes else nullcontext():
            became += [_done(session, deed, text, acts(one.locale), bases[one]) for one, text in texts]
    return became


def _done(session: Session, deed: Deed, text: Text, actor: Actor, base: int) -> Became:
    number, chosen = text.document.id, text.chosen
    try:
        with savepoint(session):
            plan = deed.plan(session, text, actor)
            if plan.base != base:
                raise NotAllowed(saying("it was changed after you looked: look at it again"))
            before, after = plan.do()
    except Refusal as refusal:
        return Became(document=number, text=chosen, reasons=refusal.reasons)
    return Became(document=number, text=chosen, before=before, after=after)


def parts(session: Session, texts: Iterable[Chosen]) -> list[list[Chosen]]:
    """Return texts in the order in which something is done to them, by parts of which each has a transaction.

    Nobody else would get to write on SQLite while hundreds are published. All texts of a document are in one part.
    """
    found: list[list[Chosen]] = []
    for _, group in groupby(_found(session, texts), key=lambda pair: pair[0].name):
        whole = [one for one, _ in group]
        if found and len(found[-1]) < PART:
            found[-1] += whole
        else:
            found.append(whole)
    return found


def remember(
    session: Session, kind: BulkKind, by: str, became: Iterable[Became], *, to: int | None = None
) -> int | None:
    """Keep what was done to texts, and what could not be, as an action or as more of one (`to`); return its number.

    None where nothing was done at all.
    """
    rows = [
        DbBulkItem(
            action_id=to, document_id=one.document, locale=one.text.locale, before=one.before, after=one.after,
            refusal=kept(one.reasons, longest=LONGEST_REASON) if one.reasons else "",
        )
        for one in became
    ]  # fmt: skip
    if to is None:
        if all(row.refusal for row in rows):
            return None
        made = DbBulkAction(kind=kind, by=by, at=datetime.now(UTC), items=rows)
        session.add(made)
        session.flush()
        return made.id
    session.add_all(rows)
    session.flush()
    return to


def _found(session: Session, texts: Iterable[Chosen]) -> Iterator[tuple[Chosen, Text | None]]:
    """Yield texts with their documents, those in which nobody could write without; sources before what follows them."""
    locales, wanted = set(site.settings(session).locales), list(dict.fromkeys(texts))
    documents = {name: find_document(session, name) for name in dict.fromkeys(one.name for one in wanted)}
    found = list[tuple[Chosen, Text | None]]()
    for one in wanted:
        document = documents[one.name]
        there = document is not None and (one.locale in locales or document.text_in(one.locale) is not None)
        found.append((one, Text(document=document, locale=one.locale) if document is not None and there else None))
    return iter(sorted(found, key=_order))


def _order(pair: tuple[Chosen, Text | None]) -> tuple[int, bool, Tag]:
    one, text = pair
    return (0, False, one.locale) if text is None else (text.document.id, text.side is Side.TRANSLATION, one.locale)


def _none(one: Chosen) -> Text:
    raise NotFound(saying("%(document)s has no text in %(language)s", document=str(one.name), language=one.locale))
