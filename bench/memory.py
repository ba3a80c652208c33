"""What a lookup in the translation memory costs, and how much it finds of what looking at every segment would find."""

import statistics
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from rapidfuzz import fuzz, process
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.matches import CUTOFF
from app.domain.segments import Origin, Tag, digest_of
from app.domain.translations import Status
from app.queries.memory import matches
from app.storage import memory
from app.storage.database import Database
from app.storage.texts import DbDocument, DbTranslation
from bench.databases import DATABASES, POSTGRESQL, missing, opened
from bench.prose import Prose
from bench.runs import Ratio, seconds

_PAIR = Tag("ru"), Tag("ky")
_ALL = 1000


def speed(*, few: int, many: int, asked: int, words: int) -> Iterator[Ratio]:
    """Yield lookups among few segments and among many, on either database, against looking at each of them."""
    prose = Prose(1, words=words)
    for number in (few, many):
        sentences = prose.sentences(number)
        step = max(number // asked, 1)
        wanted = [prose.varied(one) for one in sentences[::step]][:asked]
        brute = [_looking_at_each(one, sentences) for one in wanted]
        for name in DATABASES:
            what = f"memory lookup, {number:,} segments, {name}"
            if missing(name):
                yield Ratio(what=what, against=_AGAINST, ratio=float("nan"), detail=f"not measured: no {POSTGRESQL}")
            else:
                with opened(name) as database:
                    yield _measured(what, database, sentences, wanted, brute)


_AGAINST = "RapidFuzz over all of them"


def _measured(
    what: str,
    database: Database,
    sentences: Sequence[str],
    wanted: Sequence[str],
    brute: Sequence[tuple[float, set[str]]],
) -> Ratio:
    filled = seconds(lambda: _fill(database, sentences))
    with database.read() as session:
        _ask(session, wanted[0])  # the first one looks which trigrams are rare
        ours = statistics.median(seconds(partial(_ask, session, one)) for one in wanted)
        found = sum(len(all_ & _ask(session, one, most=_ALL)) for one, (_, all_) in zip(wanted, brute, strict=True))
    there = sum(len(all_) for _, all_ in brute)
    theirs = statistics.median(time for time, _ in brute)
    detail = (
        f"{ours * 1000:.1f} ms, {theirs * 1000:.1f} ms; {found / max(there, 1):.3f} of what that finds;"
        f" {filled / len(sentences) * 1000:.2f} ms to remember one"
    )
    return Ratio(what=what, against=_AGAINST, ratio=ours / theirs, detail=detail)


def _looking_at_each(wanted: str, sentences: Sequence[str]) -> tuple[float, set[str]]:
    found = list[str]()

    def work() -> None:
        near = process.extract(wanted, sentences, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=None)
        found.extend(_name(number) for _, _, number in near)

    return seconds(work), set(found)


def _name(number: int) -> str:
    """Return what a translation is told by: a word that has no digit, since numbers in a match are adapted."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _ask(session: Session, wanted: str, most: int = 5) -> set[str]:
    source, target = _PAIR
    found = matches(session, text=wanted, source=source, target=target, most=most)
    return {one.words.partition(" ")[0] for one in found}


def _fill(database: Database, sentences: Sequence[str]) -> None:
    """Let the memory have these sentences, each with another one in place of a translation; half are turned."""
    source, target = _PAIR
    with database.write() as session:
        document = DbDocument(kind=Kind.NEWS, name="bench", source=source, created_at=datetime.now(UTC))
        text_of = DbTranslation(document=document, locale=target, status=Status.MISSING)
        session.add(text_of)
        session.flush()
        for start in range(0, len(sentences), _AT_ONCE):
            memory.put(session, [
                _unit(
                    text_of.id, number, (source, sentences[number]),
                    (target, f"{_name(number)} {sentences[-number - 1]}"),
                )
                for number in range(start, min(start + _AT_ONCE, len(sentences)))
            ])  # fmt: skip
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE memory_unit"))  # as the server does by itself after a while


def _unit(text: int, number: int, one: tuple[Tag, str], other: tuple[Tag, str]) -> memory.Unit:
    """Return a pair as it was made: from the one language, or three in seven the other way round."""
    turned = number % 7 < 3  # seven, since the memory looks at every second, tenth, hundredth… to know what is rare
    (source, source_text), (target, target_text) = (other, one) if turned else (one, other)
    return {
        "translation_id": text, "key": f"p{number}", "form": 0, "source": source, "target": target,
        "source_text": source_text, "target_text": target_text, "origin": Origin.HUMAN,
        "digest": digest_of(source_text), "before": "", "after": "",
    }  # fmt: skip


_AT_ONCE = 10_000
