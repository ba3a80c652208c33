"""What was saved on either side, and what has to be true of it when everything is in step."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.segments import NO_LANGUAGE, Tag
from app.formats.choice import parse
from app.formats.facts import read_facts
from app.services import site
from app.services.sync.slots import Slot
from app.storage import journal
from app.storage.base import Base
from app.storage.embargoes import Embargo
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision, DbSuggestion, DbTranslation
from tests.journeys.texts_of_every_kind import PHOTO
from tests.readers import assert_as_computed_afresh
from tests.trees import Place

_MARK = re.compile(r"mark\d+")


class Ledger:
    """Keeps account of one place. `saved` must be kept; `in_files` an editor saved since the last whole run."""

    def __init__(self, place: Place) -> None:
        self.place, self.marks = place, 0
        self.saved: dict[tuple[DocumentName, Tag], set[str]] = defaultdict(set)
        self.in_files: dict[Slot, str] = {}
        self.site = ""
        self.photos: set[str] = set()
        self.spoilt: dict[Slot, str] = {}  # what an editor saved and cannot be used
        self.deleted: set[str] = set()
        self.private: set[str] = set()  # words that nobody has published
        self.withdrawn: set[str] = set()  # translations, by subject

    def fresh(self, text: str, *, private: bool) -> str:
        """Give a text words that occur nowhere else, which nobody has published yet if it is `private`."""
        while "@@" in text:
            self.marks += 1
            text = text.replace("@@", f"mark{self.marks:04d}", 1)
        if private:
            self.private |= set(_MARK.findall(text))
        return text

    def desk_saved(self, slot: Slot, text: str) -> None:
        self.saved[slot.document, slot.locale].add(text)

    def editor_saves(self, slot: Slot, text: str | None) -> None:
        """Note, just before it is done, that a file is saved or (None) deleted."""
        self.spoilt.pop(slot, None)
        before = self.in_files.pop(slot, None)
        if before is not None and not self.still_there(slot, before):
            self.desk_saved(slot, before)  # somebody took it away, and so must have it
        if text is not None:
            self.in_files[slot] = text

    def editor_spoils(self, slot: Slot, junk: str) -> None:
        self.editor_saves(slot, None)
        self.spoilt[slot] = junk

    def still_there(self, slot: Slot, text: str) -> bool:
        path = self.place.path(slot.path)
        return path.is_file() and path.read_bytes() == text.encode()

    def published(self) -> None:
        """What is live now has been published by somebody who may."""
        with self.place.database.read() as session:
            for live in session.scalars(
                select(DbRevision.text).join(DbTranslation, DbTranslation.live_id == DbRevision.id)
            ):
                self.private -= set(_MARK.findall(live))

    def falls_due(self) -> None:
        """What somebody who may has scheduled, and whose time has come, the worker may publish from now on."""
        with self.place.database.read() as session:
            for work in session.scalars(select(DbWork).where(DbWork.due_at <= datetime.now(UTC))):
                if work.kind == "publish":
                    self.private -= set(_MARK.findall(session.get_one(DbRevision, Embargo.of(work).revision).text))

    def some_in(self) -> None:
        """A run was perhaps killed: the settings that stood there are in force, or those that were before."""
        with self.place.database.read() as session:
            found = site.text(session)
        assert found == self.site or (found == self._site_as_written() and "broken" not in found)
        self.site = found

    def all_in(self) -> None:
        """A whole run was not disturbed: what stood in the files is in the database."""
        for slot, text in self.in_files.items():
            self.desk_saved(slot, text)
        self.in_files.clear()
        written = self._site_as_written()
        self.site = self.site if "broken" in written else written
        with self.place.database.read() as session:
            assert site.text(session) == self.site, "the last good site.toml is in force"
            if self.place.path(PHOTO).is_file() and _names_the_photo(session):
                self.photos.add(sha256(self.place.path(PHOTO).read_bytes()).hexdigest())

    def _site_as_written(self) -> str:
        return self.place.read("content/site.toml")

    # What has to be true

    def settle(self) -> None:
        """Bring everything in step, and see that all that was promised holds."""
        self.place.sync()
        self.all_in()
        self.everything_is_kept()
        self.nothing_private_is_shown()
        assert_as_computed_afresh(self.place)
        self.another_run_changes_nothing()

    def everything_is_kept(self) -> None:
        with self.place.database.read() as session:
            assert list(journal.verify(session)) == []
            for translation in session.scalars(select(DbTranslation)):
                document, locale = translation.document.full_name, translation.locale
                own = session.scalars(select(DbRevision).where(DbRevision.translation_id == translation.id)).all()
                lost = self.saved.pop((document, locale), set()) - {one.text for one in own} - self._beside(document)
                assert not lost, f"{translation.subject}: saved, and in no revision"
                assert not _out_of_sight(session, translation, own), f"{translation.subject}: not even a suggestion"
        assert not any(self.saved.values()), "saved, and there is not even a translation"
        for slot, junk in self.spoilt.items():
            assert self.still_there(slot, junk), f"{slot.path}: nowhere else, and overwritten"
        for digest in self.photos:
            assert list((self.place.settings.data / "media" / digest[:2]).glob(f"{digest}-*.webp")), "a photo is lost"

    def _beside(self, document: DocumentName) -> set[str]:
        """Return what lies beside a document's files, in sight, since it could not be used: the settings forbade it."""
        files = self.place.files().items()
        return {raw.decode() for path, raw in files if str(document) in path and ".kept-" in path}

    def nothing_private_is_shown(self) -> None:
        with self.place.database.read() as session:
            translations = session.scalars(select(DbTranslation)).all()
            live = {one.subject for one in translations if one.live_id}
            own = {word for one in translations if one.live for word in _MARK.findall(one.live.text)}
        shown = {word for row in assert_as_computed_afresh(self.place) for word in _MARK.findall(_readable(row))}
        assert not live & self.withdrawn, "it was withdrawn, and nobody published it again"
        assert not shown - own, "readers see words that are not live"
        assert not shown & self.private, "readers see words that nobody published"

    def another_run_changes_nothing(self) -> None:
        files, rows = self.place.files(), self._rows()
        moves = self.place.sync()
        assert [move for move in moves if move.what != "problem"] == []
        assert self.place.files() == files
        assert self._rows() == rows
        assert not [name for name in files if "tilmash-" in name], "nothing is left lying about"
        with self.place.database.read() as session:
            written = {
                Slot(document=one.document.full_name, locale=one.locale).path
                for one in session.scalars(select(DbTranslation).where(DbTranslation.head_id.is_not(None)))
            }
        assert written <= files.keys() | self.deleted, "a file that nobody deleted is gone"

    def _rows(self) -> dict[str, list[str]]:
        """All of the database, table by table."""
        metadata: MetaData = Base.metadata
        with self.place.database.read() as session:
            return {table.name: sorted(map(repr, session.execute(select(table)))) for table in metadata.sorted_tables}


def _names_the_photo(session: Session) -> bool:
    facts = session.scalars(select(DbTranslation).where(DbTranslation.locale == NO_LANGUAGE)).all()
    texts = {one.text for row in facts if row.document.kind != "catalogue" for one in (row.head, row.live) if one}
    return any("photos/a.jpg" in read_facts(text, path="").photos for text in texts)


def _out_of_sight(session: Session, translation: DbTranslation, own: Iterable[DbRevision]) -> set[str]:
    """Return segments that somebody wrote, and that neither ever were in the text nor are suggestions to it."""
    by_id = {one.id: one for one in own}
    in_sight = set(map(_plain, session.scalars(
        select(DbSuggestion.text).where(DbSuggestion.translation_id == translation.id)
    )))  # fmt: skip
    head = translation.head_id
    while head is not None:
        in_sight |= _segments(translation, by_id[head])
        head = by_id[head].parent_id
    written = set[str]()
    for one in own:
        before = _segments(translation, by_id[one.parent_id]) if one.parent_id is not None else set()
        written |= _segments(translation, one) - before
    return written - in_sight


def _segments(translation: DbTranslation, revision: DbRevision) -> set[str]:
    parsed = parse(translation.document.kind, translation.locale, revision.text, path=translation.subject)
    return {_plain(segment.text) for segment in parsed.segments} - {""}


def _plain(text: str) -> str:
    """Leave out what merging takes for no change: white space at the end of a line."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def _readable(row: tuple[object, ...]) -> str:
    return " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in row)
