"""Files of units that people brought into the memory: which there are, what was in them, and all of one taken out.

Its rows are no projection: nothing else has them. On SQLite, whose index is emptied when everything is made anew,
`indexed` says how far each has been put back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import String, delete, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.segments import Tag
from app.storage import memory
from app.storage.base import Base, Moment
from app.storage.memory import DbMemoryUnit, Unit

LONGEST_NAME: Final = 200
LONGEST_WHO: Final = 120

_BRINGING: Final = 7_461_637_031  # any constant that no other advisory lock of ours uses


class DbMemoryImport(Base):
    """A file by its name, who brought it and when. `done_at` is empty while it is read, or if whoever did that died.

    Of its units those with a number up to `indexed` are in the index.
    """

    __tablename__ = "memory_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(LONGEST_NAME))
    by: Mapped[str] = mapped_column(String(LONGEST_WHO))
    at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    indexed: Mapped[int] = mapped_column(default=0)


def one_at_a_time(session: Session) -> None:
    """Let whoever else brings units, or takes them out, wait for the end of this transaction, as they do on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _BRINGING})


def put(session: Session, brought: DbMemoryImport, units: Sequence[Unit]) -> None:
    """Add units of a file, in order, and to the index unless the index still lacks some that came before them."""
    by_itself = memory.has_index_by_itself(session)
    follows = by_itself and brought.indexed == _last(session, brought.id)
    memory.put(session, [{**unit, "import_id": brought.id} for unit in units], found=follows)
    if follows:
        brought.indexed = _last(session, brought.id)


def known(session: Session, pair: tuple[Tag, Tag], digests: Iterable[str]) -> Mapping[str, set[str]]:
    """Return which translations the memory has for sources with these digests, each once, whoever made them."""
    columns = select(DbMemoryUnit.digest, DbMemoryUnit.target_text).distinct()
    asked = columns.where(
        DbMemoryUnit.source == pair[0], DbMemoryUnit.target == pair[1], DbMemoryUnit.digest.in_(set(digests))
    )
    found: dict[str, set[str]] = {}
    for digest, words in session.execute(asked):
        found.setdefault(digest, set()).add(words)
    return found


def index_some(session: Session, *, most: int) -> bool:
    """Put the next units back into an index that was emptied, one file after the other; tell whether there were any."""
    if not memory.has_index_by_itself(session):
        return False
    for brought in session.scalars(select(DbMemoryImport).order_by(DbMemoryImport.id)):
        if some := _unindexed(session, brought, most):
            memory.index(session, some)
            brought.indexed = some[-1]
            session.flush()
            return True
    return False


def forget_some(session: Session, brought: DbMemoryImport, *, most: int) -> int:
    """Take the newest units of a file out, and the file itself with the last of them; return how many they were."""
    numbers = select(DbMemoryUnit.id).where(DbMemoryUnit.import_id == brought.id)
    some = session.scalars(numbers.order_by(DbMemoryUnit.id.desc()).limit(most)).all()
    memory.remove(session, [one for one in some if one <= brought.indexed])
    memory.remove(session, [one for one in some if one > brought.indexed], found=False)
    if memory.has_index_by_itself(session):
        brought.indexed = min(brought.indexed, _last(session, brought.id))
    if len(some) < most:
        session.flush()
        session.execute(delete(DbMemoryImport).where(DbMemoryImport.id == brought.id))
        session.expunge(brought)
    return len(some)


def _last(session: Session, number: int) -> int:
    return session.scalar(select(func.max(DbMemoryUnit.id)).where(DbMemoryUnit.import_id == number)) or 0


def _unindexed(session: Session, brought: DbMemoryImport, most: int) -> Sequence[int]:
    numbers = select(DbMemoryUnit.id).where(DbMemoryUnit.import_id == brought.id, DbMemoryUnit.id > brought.indexed)
    return session.scalars(numbers.order_by(DbMemoryUnit.id).limit(most)).all()
