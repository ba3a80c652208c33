"""How the text of a file came from what a commit has to what it is: a step for each person, in their order."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadText
from app.formats.choice import format_of
from app.services.repository.deeds import Deed, Deeds, called_in_full
from app.services.sync.intake import decode
from app.services.sync.output import Wanted, written
from app.services.sync.slots import Slot
from app.storage.texts import DbPublication, DbRevision, DbTranslation
from app.storage.tree import Found
from app.storage.tree_files import DbTreeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A file of the tree as somebody left it (None: removed); `author` is an account, empty for the site itself.

    `place` puts steps in the order in which they were done, `sentence` says what was done.
    """

    place: int
    author: str
    document: str
    sentence: str
    path: str
    raw: bytes | None
    at: datetime | None = None


class Steps:
    """Finds the steps of texts that the database and their files agree on."""

    def __init__(self, session: Session) -> None:
        self.session, self.deeds = session, Deeds(session)

    def of(self, slot: Slot, found: Found, before: bytes | None) -> list[Step]:
        """Return how a file came to be, from what is committed of it; nothing if it is not agreed on just now."""
        row = self.session.get(DbTreeFile, slot.path)
        if row is None or row.refused or row.digest != found.digest or row.revision_id is None:
            return []
        target = self.session.get_one(DbRevision, row.revision_id)
        translation = self.session.get_one(DbTranslation, target.translation_id)
        chain = self._chain(target, since=self._committed(translation, slot, before, upto=target.id))
        if not chain:
            return [self._last(slot, translation, target, found)]
        groups = [(author, list(saved)) for author, saved in groupby(chain, key=lambda one: one.author)]
        steps = [self._between(slot, translation, author, saved[-1]) for author, saved in groups[:-1]]
        author, saved = groups[-1]
        return [*steps, self._saved(slot, translation, author, saved, found.raw, new=before is None)]

    def _committed(self, translation: DbTranslation, slot: Slot, raw: bytes | None, *, upto: int) -> int:
        """Return which revision is committed, 0 if none that is known."""
        try:
            text = decode(slot, Found(path=slot.path, raw=raw or b""))
            digest = format_of(slot.document.kind, slot.locale).digest(text)
        except BadText:
            return 0
        same = (DbRevision.translation_id == translation.id, DbRevision.digest == digest, DbRevision.id <= upto)
        return self.session.scalar(select(DbRevision.id).where(*same).order_by(DbRevision.id.desc()).limit(1)) or 0

    def _chain(self, target: DbRevision, *, since: int) -> list[DbRevision]:
        """Return the revisions that each began from the one before, up to the target, of those that came later."""
        chain: list[DbRevision] = []
        one: DbRevision | None = target
        while one is not None and one.id > since:
            chain.append(one)
            one = self.session.get_one(DbRevision, one.parent_id) if one.parent_id else None
        return chain[::-1]

    def _between(self, slot: Slot, translation: DbTranslation, author: str, revision: DbRevision) -> Step:
        """Return the step of somebody whose text was changed further before it was committed."""
        public = select(DbPublication.id).where(DbPublication.revision_id == revision.id).limit(1)
        status = "published" if self.session.scalar(public) is not None else "draft"
        want = Wanted(revision_id=revision.id, status=status if translation.is_language else "")
        return self._saved(slot, translation, author, [revision], written(self.session, slot, want), new=False)

    def _saved(
        self, slot: Slot, translation: DbTranslation, author: str, saved: list[DbRevision], raw: bytes, *, new: bool
    ) -> Step:  # fmt: skip
        person = self.deeds.person(author)
        done = self.deeds.of(translation, {one.number for one in saved})
        first = Deed(done="written" if new else "changed", by=person)
        return self._step(slot, translation, saved[-1], raw, author=person, deeds=[first, *done])

    def _last(self, slot: Slot, translation: DbTranslation, target: DbRevision, found: Found) -> Step:
        """Return the step that changed what a file says of itself and no word of it: somebody decided something."""
        done = self.deeds.of(translation, {target.number})[-1:] or [Deed(done="brought in step")]
        return self._step(slot, translation, target, found.raw, author=done[0].by, deeds=done)

    def _step(
        self, slot: Slot, translation: DbTranslation, revision: DbRevision, raw: bytes, *,
        author: str, deeds: list[Deed],
    ) -> Step:  # fmt: skip
        what = called_in_full(slot, translation.document.source)
        return Step(
            place=revision.id, author=author, document=str(slot.document), path=slot.path, raw=raw,
            sentence=self.deeds.sentence(what, deeds, author=author), at=revision.created_at,
        )  # fmt: skip


def removed(steps: list[Step], slot: Slot) -> Step:
    """Return the step in which a draft's file went, beside that of the text that the draft became."""
    live = Slot(document=slot.document, locale=slot.locale).path
    beside = next((one for one in reversed(steps) if one.path == live), None)
    return Step(
        place=beside.place if beside else 0, author=beside.author if beside else "", document=str(slot.document),
        sentence=f"{slot.path}: a draft no more", path=slot.path, raw=None, at=beside.at if beside else None,
    )  # fmt: skip
