"""The translation memory: what approved texts say for what, segment by segment; a projection of them.

Beside that it has what people brought in files (`memory_imports`), which is kept. Units are found by numbers that
stand for their trigrams (`domain.trigrams`): of the source, and of the target, each salted with the pair of languages.
SQLite has them in a contentless FTS5 table whose words they are, PostgreSQL in an array under a GIN index. No row is
shared by two texts, so that two approvals never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from heapq import nlargest
from typing import Final, NamedTuple

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.segments import Key, Origin, Tag
from app.domain.trigrams import folded, trigrams
from app.storage.base import Base, Moment, by_value
from app.storage.texts import DbRevision, DbTranslation

INDEX: Final = "memory_index"
"""Of both databases, made by the migration; SQLite has more tables for it, whose names begin so."""

LAST: Final = 2**31 - 1
"""Above the number of any unit."""

_SOME = 500  # rows or values of one statement


class Side(StrEnum):
    """Which of the two texts of a unit."""

    SOURCE = "s"
    TARGET = "t"


class DbMemoryText(Base):
    """Of which revision of a translation the memory has the units."""

    __tablename__ = "memory_text"

    translation_id: Mapped[int] = mapped_column(ForeignKey(DbTranslation.id), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey(DbRevision.id))


class DbMemoryUnit(Base):
    """A segment's words beside the words that they were made from. Rows are made and deleted, never changed.

    `key` and `form` say which segment of the translation it is, of a message which plural form. `digest` is that of the
    source's words, `before` and `after` those of its neighbours in the source, empty where there is none. `trigrams`
    is empty on SQLite, whose index keeps them. A unit that is of no translation is of a file that was brought, which
    may say of which text it is (`said_of`), who made it and when; it has neither key nor neighbours.
    """

    __tablename__ = "memory_unit"
    __table_args__ = (
        Index("ix_memory_unit_exact", "source", "target", "digest"),
        CheckConstraint("(translation_id IS NULL) <> (import_id IS NULL)", name="of_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int | None] = mapped_column(ForeignKey(DbTranslation.id), index=True)
    key: Mapped[Key] = mapped_column(Text)
    form: Mapped[int]
    source: Mapped[Tag] = mapped_column(String(35))
    target: Mapped[Tag] = mapped_column(String(35))
    source_text: Mapped[str] = mapped_column(Text)
    target_text: Mapped[str] = mapped_column(Text)
    origin: Mapped[Origin] = mapped_column(by_value(Origin))
    digest: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    trigrams: Mapped[list[int] | None] = mapped_column(Text().with_variant(ARRAY(Integer), "postgresql"), deferred=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("memory_import.id"), index=True)
    said_of: Mapped[str | None] = mapped_column(String(200))
    said_by: Mapped[str | None] = mapped_column(String(120))
    said_at: Mapped[datetime | None] = mapped_column(Moment)


Unit = Mapping[str, str | int | datetime | None]
"""The columns of a unit but for `id` and `trigrams`; those that may be empty can be left out."""


class Found(NamedTuple):
    """What a match is made of, and the language it was made from; `newest` is the greatest number of any unit."""

    id: int
    translation_id: int | None
    key: Key
    source: Tag
    source_text: str
    target_text: str
    origin: str
    before: str
    after: str
    newest: int


def salt(side: Side, source: Tag, target: Tag) -> str:
    """Return what parts the trigrams of a pair of languages, and of a side, from all others."""
    return f"{side}{source}>{target}"


def put(session: Session, units: Sequence[Unit], *, found: bool = True) -> None:
    """Add units, and what they are found by; if not `found`, that is left to `index`, where the index is by itself."""
    sqlite = has_index_by_itself(session)
    for start in range(0, len(units), _SOME):
        some = units[start : start + _SOME]
        found_by = [_numbers(**{name: str(unit[name]) for name in _FOUND_BY}) for unit in some]
        if not sqlite:
            session.execute(insert(DbMemoryUnit), [
                {**unit, "trigrams": _signed(numbers)} for unit, numbers in zip(some, found_by, strict=True)
            ])  # fmt: skip
            continue
        made = insert(DbMemoryUnit).returning(DbMemoryUnit.id, sort_by_parameter_order=True)
        ids = session.scalars(made, [dict(unit) for unit in some]).all()
        if found:
            session.execute(_INDEXED, [
                {"id": one, "words": _words(numbers)} for one, numbers in zip(ids, found_by, strict=True)
            ])  # fmt: skip


def index(session: Session, ids: Sequence[int]) -> None:
    """Let units be found that are in a table alone; nothing to do where the index is of the table."""
    for start in range(0, len(ids), _SOME):
        if rows := _found_by(session, ids[start : start + _SOME]):
            session.execute(_INDEXED, rows)


def remove(session: Session, ids: Sequence[int], *, found: bool = True) -> None:
    """Take units out, and out of the index if they are `found`: SQLite's has to be told what they were found by."""
    for start in range(0, len(ids), _SOME):
        some = ids[start : start + _SOME]
        if found and (gone := _found_by(session, some)):
            session.execute(_UNINDEXED, gone)
        session.execute(delete(DbMemoryUnit).where(DbMemoryUnit.id.in_(some)))


def _found_by(session: Session, ids: Sequence[int]) -> list[dict[str, str | int]]:
    """Return what SQLite's index has of units; nothing where PostgreSQL has them itself."""
    if not has_index_by_itself(session):
        return []
    columns = select(DbMemoryUnit.id, *(getattr(DbMemoryUnit, name) for name in _FOUND_BY))
    rows = session.execute(columns.where(DbMemoryUnit.id.in_(ids)))
    return [{"id": one, "words": _words(_numbers(*found_by))} for one, *found_by in rows]


def forget(session: Session, translation: int) -> None:
    """Forget the units of a translation, and of which revision they were."""
    of_text = select(DbMemoryUnit.id).where(DbMemoryUnit.translation_id == translation)
    remove(session, session.scalars(of_text).all())
    session.execute(delete(DbMemoryText).where(DbMemoryText.translation_id == translation))


def empty(session: Session) -> None:
    """Forget everything of texts on SQLite, whose index, if it were wrong, could not be mended unit by unit.

    What files brought stays, and is not found until `memory_imports.index_some` has put it back.
    PostgreSQL's is right by itself, and there somebody may be feeding a text at this moment: see `forget`.
    """
    if has_index_by_itself(session):
        session.execute(delete(DbMemoryUnit).where(DbMemoryUnit.translation_id.is_not(None)))
        session.execute(delete(DbMemoryText))
        session.execute(_EMPTIED)
        session.execute(_TO_BE_INDEXED)


def note_fed(session: Session, translation: int, revision: int) -> None:
    """Remember of which revision the units of a translation are."""
    session.merge(DbMemoryText(translation_id=translation, revision_id=revision))
    session.flush()


def newest(session: Session) -> int:
    """Return the number of the newest unit, 0 if there is none."""
    return session.scalar(select(func.max(DbMemoryUnit.id))) or 0


def nearest(session: Session, wanted: Iterable[int], *, limit: int) -> list[int]:
    """Return the numbers of the units that have most of these trigrams, the later first of equals."""
    if not has_index_by_itself(session):
        session.execute(_BY_INDEX)
        pairs = _pairs(_signed(wanted))
        asked = {"one": [one for one, _ in pairs], "other": [other for _, other in pairs], "limit": limit}
        return list(session.scalars(_NEAREST_POSTGRESQL, asked))
    # to count in Python what SQLite hands out as one text takes half the time of its GROUP BY
    listed = session.scalar(_LISTS_SQLITE, {"wanted": _json(f"{one:x}" for one in wanted)}) or ""
    shared = Counter(listed.split(",")) if listed else Counter[str]()
    several = [one for one, times in shared.items() if times > 1]
    some = several if len(several) >= limit else shared
    return [int(one) for one in nlargest(limit, some, key=lambda one: (shared[one], int(one)))]


def units(session: Session, pair: tuple[Tag, Tag], *, ids: Iterable[int], digest: str, same: int) -> list[Found]:
    """Return these units, and the newest of a pair of languages with the same source."""
    wanted: dict[str, str | int | list[int]] = {
        "source": pair[0], "target": pair[1], "digest": digest, "same": same,
    }  # fmt: skip
    if has_index_by_itself(session):
        found = session.execute(_UNITS_SQLITE, {**wanted, "ids": _json(map(str, ids))})
    else:
        found = session.execute(_UNITS_POSTGRESQL, {**wanted, "ids": list(ids)})
    return [Found(*row) for row in found]


def having(session: Session, wanted: Sequence[int], *, limit: int, before: int = LAST) -> list[int]:
    """Return the numbers of the newest units that have all of these trigrams, of those with a number below `before`."""
    if has_index_by_itself(session):
        asked = {"wanted": " AND ".join(f"{one:x}" for one in wanted), "limit": limit, "before": before}
        return list(session.scalars(_HAVING_SQLITE, asked))
    session.execute(_BY_INDEX)
    return list(session.scalars(_HAVING_POSTGRESQL, {"wanted": _signed(wanted), "limit": limit, "before": before}))


def with_number(
    session: Session, number: str, pair: tuple[Tag, Tag], side: Side, *, limit: int, before: int
) -> list[int]:
    """Return the numbers of the newest units of a pair of languages that have these digits on one side, as `having`."""
    there = DbMemoryUnit.source_text if side is Side.SOURCE else DbMemoryUnit.target_text
    found = select(DbMemoryUnit.id).where(
        DbMemoryUnit.source == pair[0], DbMemoryUnit.target == pair[1], DbMemoryUnit.id < before,
        there.contains(number, autoescape=True),
    )  # fmt: skip
    return list(session.scalars(found.order_by(DbMemoryUnit.id.desc()).limit(limit)))


_FOUND_BY = ("source", "target", "source_text", "target_text")


def _numbers(source: str, target: str, source_text: str, target_text: str) -> tuple[int, ...]:
    pair = Tag(source), Tag(target)
    return (
        *trigrams(folded(source_text), salt=salt(Side.SOURCE, *pair)),
        *trigrams(folded(target_text), salt=salt(Side.TARGET, *pair)),
    )


def has_index_by_itself(session: Session) -> bool:
    """Tell whether the index is a table beside that of the units (SQLite), and not of it."""
    return session.get_bind().dialect.name == "sqlite"


def _words(numbers: Iterable[int]) -> str:
    return " ".join([f"{one:x}" for one in numbers])


def _json(words: Iterable[str]) -> str:
    return "[" + ",".join([f'"{one}"' for one in words]) + "]"


def _pairs(numbers: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Return trigrams two by two, each with the next few of them; or by themselves, of so few that none may be missed.

    PostgreSQL reads a row for whatever its index finds, and in few rows two rare trigrams meet by chance.
    """
    if len(numbers) <= _BESIDE:
        return [(one, one) for one in numbers]
    return [(one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 : place + 1 + _BESIDE]]


_BESIDE = 5


def _signed(numbers: Iterable[int]) -> list[int]:
    """Return numbers as PostgreSQL's integers, which begin in the negative."""
    return [one - (1 << 31) for one in numbers]


_INDEXED = text("INSERT INTO memory_index (rowid, words) VALUES (:id, :words)")
_UNINDEXED = text("INSERT INTO memory_index (memory_index, rowid, words) VALUES ('delete', :id, :words)")
_EMPTIED = text("INSERT INTO memory_index (memory_index) VALUES ('delete-all')")
_TO_BE_INDEXED = text("UPDATE memory_import SET indexed = 0")

_LISTS_SQLITE = text(
    "SELECT group_concat(i.rowid) FROM json_each(:wanted) w CROSS JOIN memory_index i ON i.memory_index MATCH w.value"
)
_NEAREST_POSTGRESQL = text(
    "SELECT m.id FROM unnest(CAST(:one AS integer[]), CAST(:other AS integer[])) w (one, other)"
    " JOIN memory_unit m ON m.trigrams @> ARRAY[w.one, w.other]"
    " GROUP BY m.id ORDER BY count(*) DESC, m.id DESC LIMIT :limit"
)
_UNITS = (
    "SELECT id, translation_id, key, source, source_text, target_text, origin, before, after,"
    " (SELECT max(id) FROM memory_unit) FROM memory_unit WHERE "
)
_SAME = (
    "SELECT id FROM memory_unit WHERE source = :source AND target = :target AND digest = :digest"
    " ORDER BY id DESC LIMIT :same"
)
_UNITS_SQLITE = text(f"{_UNITS} id IN (SELECT value + 0 FROM json_each(:ids)) OR id IN ({_SAME})")  # noqa: S608  # our own words
_UNITS_POSTGRESQL = text(f"{_UNITS} id = ANY(CAST(:ids AS integer[]) || ARRAY({_SAME}))")
_HAVING_SQLITE = text(
    "SELECT rowid FROM memory_index WHERE memory_index MATCH :wanted AND rowid < :before"
    " ORDER BY rowid DESC LIMIT :limit"
)
_HAVING_POSTGRESQL = text(
    "WITH found AS MATERIALIZED (SELECT id FROM memory_unit WHERE trigrams @> CAST(:wanted AS integer[]))"
    " SELECT id FROM found WHERE id < :before ORDER BY id DESC LIMIT :limit"
)
# the planner does not know how short the lists of rare trigrams are, and would compile what it deems so dear
_BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
