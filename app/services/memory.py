"""What the translation memory holds: of each translation the words of its newest approved text, and no others.

So words that were mended do not come back, and what a text has no more is not offered. All of it is made from approved
texts; `projection.renew` makes it anew, and a test holds the two against each other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.matches import WORDLESS
from app.domain.segments import Key, Origin, Rendering, Segment, State, Tag, digest_of, is_hole
from app.domain.site import MSGIDS
from app.formats.message_pairs import by_form
from app.formats.po_check import check
from app.services.histories import segments_of
from app.storage import memory
from app.storage.memory import DbMemoryText, DbMemoryUnit, Unit
from app.storage.texts import DbApproval, DbDocument, DbPublication, DbRevision, DbTranslation

LONGEST: Final = 5_000
"""Letters of a segment that is worth remembering: nobody has to write anything longer a second time."""

_EARLIER = 20  # revisions of a source text that are looked at for what a segment was made from

_APPROVING = (DbApproval, DbPublication)

_COLUMNS = (
    "key", "form", "source", "target", "source_text", "target_text", "origin", "digest", "before", "after",
)  # fmt: skip


def feed(session: Session, translation: DbTranslation) -> None:
    """Let the memory have the words of a translation's newest approved text, and none that it has no more.

    Called in the transaction that approves or mends it, which holds the translation; no other row is changed.
    """
    session.flush()
    revision = _approved(session, translation)
    if revision is None or not translation.is_language:
        return
    fed = session.get(DbMemoryText, translation.id)
    if fed is not None and fed.revision_id == revision.id:
        return
    if translation.document.kind is Kind.CATALOGUE:
        source, pairs = MSGIDS, _catalogue(translation, revision)
    else:
        source, pairs = _article(session, translation, revision)
    made = _units(translation, source, pairs) if source != translation.locale else ()
    units = {_identity(unit): unit for unit in made}
    of_text = select(DbMemoryUnit.__table__).where(DbMemoryUnit.translation_id == translation.id)
    have = {tuple(row[name] for name in _COLUMNS): row["id"] for row in session.execute(of_text).mappings()}
    memory.remove(session, [number for one, number in have.items() if one not in units])
    memory.put(session, [unit for one, unit in units.items() if one not in have])
    memory.note_fed(session, translation.id, revision.id)


def remake(session: Session, document: DbDocument) -> None:
    """Let the memory have what was approved of a document, whether it was fed when that happened or not."""
    for translation in document.translations:
        feed(session, translation)


def forget(session: Session, document: DbDocument) -> None:
    """Forget what the memory has of a document; the caller holds it."""
    for translation in document.translations:
        memory.forget(session, translation.id)


def _identity(unit: Unit) -> tuple[object, ...]:
    return tuple(unit[name] for name in _COLUMNS)


def _approved(session: Session, translation: DbTranslation) -> DbRevision | None:
    """Return the newest revision that somebody approved, or mended for readers."""
    said = (select(table.revision_id).where(table.translation_id == translation.id) for table in _APPROVING)
    newest = session.scalar(select(func.max(union_all(*said).subquery().c.revision_id)))
    return session.get_one(DbRevision, newest) if newest is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A segment's words, form by form, each beside what it was made from; nothing where it is not done."""

    key: Key
    origin: Origin
    source: str
    texts: tuple[tuple[str, str], ...]


def _units(translation: DbTranslation, source: Tag, pairs: Sequence[_Pair]) -> Iterator[Unit]:
    digests = ["", *(digest_of(pair.source) if pair.source else "" for pair in pairs), ""]
    for place, pair in enumerate(pairs):
        for form, (source_text, target_text) in enumerate(pair.texts):
            if source_text.strip() and target_text.strip() and max(len(source_text), len(target_text)) <= LONGEST:
                yield {
                    "translation_id": translation.id, "key": pair.key, "form": form, "source": source,
                    "target": translation.locale, "source_text": source_text, "target_text": target_text,
                    "origin": pair.origin, "digest": digest_of(source_text), "before": digests[place],
                    "after": digests[place + 2],
                }  # fmt: skip


def _article(session: Session, translation: DbTranslation, revision: DbRevision) -> tuple[Tag, list[_Pair]]:
    """Return the language that a text was made from, and its segments beside what they were made from.

    Of one that does not say it, that is the first that has what its map tells of.
    """
    made_from = revision.segment_map.based_on
    others = sorted((one for one in translation.document.translations if one.is_language), key=lambda one: one.id)
    named = [one for one in others if made_from is not None and one.locale == made_from.locale]
    rendered = Counter(row.sources for row in revision.segment_map.rows)
    # the parts of what was divided are no translations of all that it was made from
    rows = {row.key: row for row in revision.segment_map.rows if rendered[row.sources] == 1 or not row.sources}
    segments = [one for one in segments_of(translation, revision) if one.kind not in WORDLESS and one.key in rows]
    for text in [*named, *others]:
        sources = _sources(session, text, revision) if text is not translation else {}
        if sources:
            return text.locale, [_pair(one, rows[one.key], sources.get(one.key, "")) for one in segments]
    return translation.locale, []


def _pair(segment: Segment, row: Rendering, source: str) -> _Pair:
    done = row.state is State.DONE and not is_hole(segment)
    return _Pair(key=row.key, origin=row.origin, source=source, texts=((source, segment.text),) if done else ())


def _sources(session: Session, text: DbTranslation, revision: DbRevision) -> Mapping[Key, str]:
    """Return what each segment of a revision was made from, as far as a text that was there before it has just that.

    It is looked for in what never changes, so that it can be computed again at any time.
    """
    left = [row for row in revision.segment_map.rows if row.sources and row.source_digest]
    earlier = select(DbRevision).where(DbRevision.translation_id == text.id, DbRevision.id < revision.id)
    found: dict[Key, str] = {}
    for one in session.scalars(earlier.order_by(DbRevision.id.desc()).limit(_EARLIER)):
        texts = {segment.key: segment.text for segment in segments_of(text, one)}
        for row in left:
            words = [texts.get(key, "") for key in row.sources]
            if digest_of(*words) == row.source_digest:
                found.setdefault(row.key, "\n\n".join(words))
        left = [row for row in left if row.key not in found]
        if not left:
            break
    return found


def _catalogue(translation: DbTranslation, revision: DbRevision) -> list[_Pair]:
    """Return the messages of a catalogue that can be used."""
    catalogue = check(revision.text, path=translation.subject)
    origins = {row.key: row.origin for row in revision.segment_map.rows}
    return [
        _Pair(
            key=Key(entry.key), origin=origins.get(Key(entry.key), Origin.HUMAN), source=entry.msgid,
            texts=() if entry.fuzzy else by_form(entry, catalogue.plurals),
        )
        for entry in catalogue.usable
    ]  # fmt: skip
