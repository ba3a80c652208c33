"""A site for the board: as many documents as are asked for, in seven languages, and who works there.

All is written as rows, since to bring so many texts in would take a day: the standings, at which the board looks, and
the heads, publications and notes, at which *My work* does. The newest documents are at work; Tajik lacks each second
document, however many there are, and Uzbek only the oldest ones.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text

from app.domain.documents import Kind
from app.domain.pages import position_of
from app.domain.segments import Tag
from app.domain.translations import Status
from app.storage.accounts import DbAccount
from app.storage.database import Database
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument

LOCALES = tuple(Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz"))
PEOPLE = tuple(f"person{number}" for number in range(40))
NOW = datetime(2026, 11, 30, tzinfo=UTC)
_AT_ONCE = 7000
_LATELY = 400  # documents of which not everything is done
_OLDEST = 50  # documents that Uzbek lacks

_TEXTS = (
    (
        "INSERT INTO translation (id, document_id, locale, status)"
        " SELECT row_number() OVER (ORDER BY document_id, locale), document_id, locale, 'missing' FROM standing"
    ),
    (
        "INSERT INTO revision (id, translation_id, number, text, digest, packed_map, author, channel, created_at)"
        " SELECT translation.id, translation.id, 3, 'x', 'x', '', author, 'desk', :at FROM translation"
        " JOIN standing USING (document_id, locale) WHERE head IS NOT NULL"
    ),
    (
        "INSERT INTO publication (translation_id, revision_id, minor, at)"
        " SELECT translation.id, translation.id, FALSE, :at FROM translation"
        " JOIN standing USING (document_id, locale) WHERE live IS NOT NULL"
    ),
    (
        "INSERT INTO note (translation_id, revision_id, action, author, text, at)"
        " SELECT translation.id, translation.id, 'return', 'coordinator', 'Once more, please.', :at FROM translation"
        " JOIN standing USING (document_id, locale) WHERE standing.status = 'draft' AND document_id % 3 = 0"
    ),
    (
        "UPDATE translation SET head_id = id,"
        " status = (SELECT status FROM standing WHERE (standing.document_id, standing.locale)"
        " = (translation.document_id, translation.locale)) WHERE id IN (SELECT id FROM revision)"
    ),
    "UPDATE translation SET live_id = id WHERE id IN (SELECT translation_id FROM publication)",
)
"""Of each text that there is one revision; of those that are live a publication; of some drafts that they came back."""


def fill(database: Database, documents: int) -> None:
    """Write documents and their standings: nearly all done long ago, the newest at work."""
    chance = random.Random(2026)  # noqa: S311  # the same site in each run
    rows = [row for number in range(1, documents + 1) for row in _document(chance, number, documents)]
    with database.write() as session:
        session.execute(
            insert(DbDocument),
            [
                {"id": number, "kind": Kind.NEWS, "name": f"item-{number}", "source": Tag("ru"), "created_at": NOW}
                for number in range(1, documents + 1)
            ],
        )
        session.execute(insert(DbAccount), [_account(name) for name in PEOPLE])
        for start in range(0, len(rows), _AT_ONCE):
            session.execute(insert(DbStanding), rows[start : start + _AT_ONCE])
        for statement in _TEXTS:
            session.execute(text(statement), {"at": NOW})
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("standing", "translation", "revision", "publication", "note"):
                connection.execute(text(f"VACUUM ANALYZE {table}"))  # as the server does by itself after a while


def _document(chance: random.Random, number: int, documents: int) -> Iterator[dict[str, object]]:
    at_work = documents - number < _LATELY
    dated = NOW - timedelta(hours=3 * (documents - number))
    for locale in LOCALES:
        is_source = locale == "ru"
        lacks = (locale == "tg" and number % 2 == 0) or (locale == "uz" and number <= _OLDEST)
        done = is_source or not (lacks or at_work) or (not lacks and chance.random() < 0.4)
        begun = (Status.MISSING,) if lacks else (Status.MISSING, Status.DRAFT, Status.IN_REVIEW)
        status = Status.APPROVED if done else chance.choice(begun)
        asked = not lacks and (at_work or chance.random() < 0.5)
        until = dated + timedelta(days=chance.randrange(5)) if asked else None
        yield {
            "document_id": number, "locale": locale, "kind": Kind.NEWS, "name": f"item-{number}",
            "place": position_of(dated, number), "is_source": is_source, "title": f"Новость номер {number}",
            "folded": f"новость номер {number} item-{number}", "status": status,
            "head": None if status == "missing" else 3,
            "live": 3 if done else None, "author": chance.choice(PEOPLE), "since": dated, "origin": "human",
            "behind": "ru" if done and not is_source and at_work and chance.random() < 0.2 else "", "through": "",
            "segments": 20, "missing": 0 if done else chance.randrange(20), "needs_work": 0, "suggestions": 0,
            "comments": int(chance.random() < 0.01), "failing": 0, "person": chance.choice(PEOPLE) if asked else "",
            "team": "", "due": until, "owed": None if done else until, "priority": 0,
            "scheduled": None, "withdrawn": False, "tags": "cooperation\n",
        }  # fmt: skip


def _account(name: str) -> dict[str, object]:
    return {
        "name": name, "email": f"{name}@example.org", "full_name": name.title(), "language": Tag("ky"), "active": True,
        "created_at": NOW, "fs_uniquifier": name,
    }  # fmt: skip
