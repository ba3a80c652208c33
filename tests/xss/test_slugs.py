"""No hostile text becomes part of an address: at each entrance it is refused, or what is left of it is harmless."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText
from app.domain.segments import Tag
from app.domain.tags import LONGEST_SLUG, tag_slug
from app.domain.translations import Action
from app.services import publishing
from app.services.texts import find
from app.storage.published import DbPage, DbSlug, DbTag
from app.storage.texts import DbRevision
from tests import databases
from tests.journeys.hostile import EN
from tests.taking_back import take_back
from tests.trees import EDITOR, FACTS, ITEM, Place, article, decide
from tests.xss.payloads import payloads

HOSTILE = payloads()
HARMLESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    place.item(en=EN)
    place.sync()
    assert place.problems() == []
    yield place
    place.database.dispose()


def slugs(place: Place) -> set[str]:
    with place.database.read() as session:
        return set(session.scalars(select(DbPage.slug))) | set(session.scalars(select(DbSlug.slug)))


def with_slug(text: str) -> str:
    return EN.replace("slug: opening", f"slug: {json.dumps(text, ensure_ascii=False)}")


def test_no_folder_of_a_tree_may_be_called_so(place: Place) -> None:
    for text in HOSTILE:
        with pytest.raises(ValueError, match="not a document's name"):
            DocumentName(kind=Kind.NEWS, name=text)
    names = {name for text in HOSTILE if 0 < len((name := text.partition("/")[0]).encode()) < 255}
    for name in names:
        place.write(f"content/news/{name}/item.toml", FACTS)
        place.write(f"content/news/{name}/en.md", article("Closing", "The centre closes."))
    place.sync()
    said = place.problems()
    assert len(said) == len(names) > 500
    assert all("not a document's name" in one for one in said)
    assert slugs(place) == {"opening"}


def test_no_text_may_be_published_whose_front_matter_asks_for_such_a_slug(place: Place) -> None:
    with place.database.read() as session:
        translation = find(session, ITEM, Tag("en"))
        for text in HOSTILE:
            with pytest.raises(BadText, match="a slug is lower-case letters and digits"):
                publishing.require_publishable(session, translation, DbRevision(text=with_slug(text)))


def test_an_upload_with_such_a_slug_stays_a_draft(place: Place) -> None:
    for text in HOSTILE[::40]:
        with place.database.write() as session:
            take_back(session, ITEM, Tag("en"), with_slug(text).encode(), EDITOR, base=None, path="mine.md")
        with pytest.raises(BadText, match="a slug is"), place.database.write() as session:
            decide(session, find(session, ITEM, Tag("en")), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    assert slugs(place) == {"opening"}


def test_topics_called_so_have_addresses_of_letters_digits_and_hyphens(place: Place) -> None:
    assert all(HARMLESS.fullmatch(slug) and len(slug) <= LONGEST_SLUG for slug in map(tag_slug, HOSTILE))
    for number, batch in enumerate(HOSTILE[start : start + 100] for start in range(0, len(HOSTILE), 100)):
        folder = f"content/news/item-{number}"
        place.write(f"{folder}/item.toml", f"{FACTS}tags = {json.dumps(batch, ensure_ascii=False)}\n")
        place.write(f"{folder}/en.md", article("Closing", "The centre closes.", slug=f"closing-{number}"))
    place.sync()
    assert place.problems() == []
    with place.database.read() as session:
        kept = {row.msgid: row.slug for row in session.scalars(select(DbTag))}
    assert kept == {text: tag_slug(text) for text in kept}
    assert set(kept.values()) == set(map(tag_slug, HOSTILE))
