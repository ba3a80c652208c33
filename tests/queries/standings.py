"""Many texts as the desk's projection has them, made the short way: at random, and the same each time."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.pages import position_of
from app.domain.segments import Tag
from app.domain.translations import Status
from app.storage.standings import DbStanding
from app.storage.texts import DbDocument

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LOCALES = (Tag("en"), Tag("ru"), Tag("ky"))


def fill(session: Session, documents: int) -> list[DbStanding]:
    """Add so many documents in three languages; return their standings."""
    chance = random.Random(documents)  # noqa: S311  # the same texts each time
    session.add_all(
        DbDocument(id=number, kind=Kind.NEWS, name=f"item-{number}", source=Tag("en"), created_at=NOW)
        for number in range(1, documents + 1)
    )
    session.flush()
    rows = [row for number in range(1, documents + 1) for row in _document(chance, number)]
    session.add_all(rows)
    session.flush()
    return rows


def _document(chance: random.Random, number: int) -> Iterator[DbStanding]:
    dated = NOW - timedelta(days=chance.randrange(40))
    for locale in LOCALES:
        status = chance.choice(list(Status))
        head = None if status is Status.MISSING else chance.randrange(1, 5)
        due = NOW + timedelta(days=chance.randrange(-5, 5)) if chance.random() < 0.4 else None
        live = chance.choice((None, head))
        behind = "en" if head and chance.random() < 0.2 else ""
        yield DbStanding(
            document_id=number, locale=locale, kind=Kind.NEWS, name=f"item-{number}", place=position_of(dated, number),
            is_source=locale == "en", title=f"Title {number}", folded=f"title {number}", status=status, head=head,
            live=live, author="a", since=dated if head else None, behind=behind, through="", origin="human",
            segments=9, missing=0, needs_work=0, suggestions=chance.randrange(2), comments=chance.randrange(2),
            failing=chance.randrange(2), person=chance.choice(("", "kanat", "rustam")), team="", due=due,
            owed=due if status in {Status.MISSING, Status.DRAFT} or behind else None, priority=0,
            scheduled=dated if chance.random() < 0.1 else None, withdrawn=chance.random() < 0.1,
            tags=chance.choice(("", "training\n", "cooperation\ntraining\n")),
        )  # fmt: skip
