"""What is done for a document before its transaction begins: its texts are read, and its photos are made.

A file is read when it is quiet, and a photo takes a second; a transaction that waited for either would hold up whoever
writes. And so that no document waits for another one's photos, a turn says how much of that it may do.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Final

from sqlalchemy import select

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, Problem, StillWritten
from app.domain.segments import NO_LANGUAGE
from app.formats.encoding import decode
from app.services import facts
from app.services.sync.darkroom import Darkroom, Ingest, named_in
from app.services.sync.files import Texts
from app.services.sync.slots import folder_of, place_of, slots_in
from app.storage.database import Database
from app.storage.folder_media import DbMedia
from app.storage.texts import DbDocument
from app.storage.tree import PATIENCE, Found, Tree


class Wait(StrEnum):
    """Why a document has to be come back to."""

    QUIET = "a file is still being written"
    PHOTOS = "photos have still to be made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a document may do in its turn: make so many photos (None: all), and wait until its files are quiet."""

    photos: int | None = None
    waits: bool = True


WHOLE: Final = Turn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The texts as they were read, and the media that could not be read."""

    texts: Texts
    unread: Mapping[str, BadText]

    @property
    def restless(self) -> bool:
        """Tell whether a file is still being written."""
        return any(isinstance(found, StillWritten) for found in (*self.texts.values(), *self.unread.values()))

    @property
    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with media."""
        return (problem for refusal in self.unread.values() for problem in refusal.problems)


class Preparation:
    """Prepares documents, and remembers since when the files of one have been waited for."""

    def __init__(self, database: Database, tree: Tree, darkroom: Darkroom) -> None:
        self.database, self.tree, self.darkroom = database, tree, darkroom
        self._since: dict[str, float] = {}

    def of(self, name: DocumentName, turn: Turn, more: Mapping[str, Ingest]) -> Ready | Wait:
        """Return the document's texts when its media are made, those it names and `more`; or what it has to wait for.

        All of its files are waited for, so that an item appears with its photos, but no longer than ten quiet times:
        then what is still being written is left as it was, and the rest need not wait for it any more.
        """
        read = self.tree.read if turn.waits else self.tree.read_at_once
        texts = {slot: _text(read, slot.path) for slot in slots_in(self.tree, name)}
        due, made, unread = {**self._due(name, texts), **more}, 0, dict[str, BadText]()
        for path, ingest in due.items():
            if made == turn.photos and self.darkroom.lacks(path):
                return Wait.PHOTOS
            try:
                made += self.darkroom.make(path, ingest, read=read)
            except BadText as refusal:
                unread[path] = refusal
        ready = Ready(texts=texts, unread=unread)
        return Wait.QUIET if self.is_early(place_of(name), turn, restless=ready.restless) else ready

    def is_early(self, place: str, turn: Turn, *, restless: bool) -> bool:
        """Tell whether what is `restless` here shall be waited for, by coming back to it."""
        if not restless:
            self._since.pop(place, None)
        if not restless or turn.waits:
            return False
        early = monotonic() - self._since.setdefault(place, monotonic()) < PATIENCE * self.tree.quiet
        if not early:
            del self._since[place]
        return early

    def _due(self, name: DocumentName, texts: Texts) -> dict[str, Ingest]:
        """Return the media that the files of its facts name, and that are not in the database as they are."""
        named = _named(name, texts)
        if not named:
            return {}
        known = select(DbMedia.path, DbMedia.seen).join(DbDocument, DbDocument.id == DbMedia.document_id)
        with self.database.read() as session:
            rows = session.execute(known.where(DbDocument.kind == name.kind, DbDocument.name == name.name))
            seen = {f"{folder_of(name)}/{path}": signature for path, signature in rows}
        return {path: ingest for path, ingest in named.items() if self.tree.signature(path) != seen.get(path)}


def _text(read: Callable[[str], Found | None], path: str) -> Found | BadText | None:
    try:
        return read(path)
    except BadText as refusal:
        return refusal


def _named(name: DocumentName, texts: Texts) -> dict[str, Ingest]:
    named: dict[str, Ingest] = {}
    if name.kind is Kind.CATALOGUE:
        return named
    for slot, found in texts.items():
        if slot.locale == NO_LANGUAGE and isinstance(found, Found):
            with suppress(BadText):  # told where it is to come in
                written = facts.read(decode(found.raw, path=slot.path), path=f"{name}@{NO_LANGUAGE}")
                named |= {f"{folder_of(name)}/{path}": ingest for path, ingest in named_in(written).items()}
    return named
