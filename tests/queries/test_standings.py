"""Where each text stands, in as many queries for many documents as for one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.segments import Tag
from app.queries.standings import Stand, all_of
from app.services.texts import find
from app.storage.database import Database
from tests.trees import FACTS, FOLDER, ITEM, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Все приглашены.", slug="otkrytie", origin="machine")
KY = article("Ачылыш", "Борбор ачылды.", "Баары чакырылат.", slug="achylysh")


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def stands(place: Place, name: DocumentName | None = None, locale: str = "") -> list[Stand]:
    with place.database.read() as session:
        return list(all_of(session, name, Tag(locale) if locale else None))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def listen(*arguments: object) -> None:
        if (statement := str(arguments[2])).startswith("SELECT"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(database.engine, "before_cursor_execute", listen)


def test_every_language_of_the_site_has_its_row_and_facts_come_first(place: Place) -> None:
    place.item(en=EN, de=EN.replace("opening", "eroeffnung"))
    place.sync()
    assert [(one.locale, one.status, one.head, one.live) for one in stands(place)] == [
        ("zxx", "approved", 1, 1),
        ("en", "approved", 1, 1),
        ("ru", "missing", None, None),
        ("ky", "missing", None, None),
        ("de", "approved", 1, 1),
    ]
    assert [one.locale for one in stands(place, ITEM, "ky")] == ["ky"]
    assert stands(place, ITEM, "fr") == []
    with pytest.raises(NotFound):
        stands(place, DocumentName.parse("news/none"))


def test_out_of_date_names_the_newer_text_and_the_one_in_between(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    digest = place_digest(place, "en")
    place.write(f"content/{FOLDER}/ru.md", RU.replace("slug:", f"based-on: en@{digest}\nslug:"))
    place.sync()
    place.write(f"content/{FOLDER}/ky.md", KY.replace("slug:", f"based-on: ru@{place_digest(place, 'ru')}\nslug:"))
    place.sync()
    assert [one.outdated for one in stands(place)] == [None] * 4
    place.write(f"content/{FOLDER}/en.md", EN.replace("opens.", "opens on Monday."))
    place.sync()
    assert [(one.locale, one.outdated, one.through, one.origin) for one in stands(place)] == [
        ("zxx", None, None, "human"),
        ("en", None, None, "human"),
        ("ru", "en", None, "machine"),
        ("ky", "en", "ru", "human"),
    ]


def place_digest(place: Place, locale: str) -> str:
    with place.database.read() as session:
        head = find(session, ITEM, Tag(locale)).head
        assert head is not None
        return head.digest[:8]


def test_holes_and_what_is_not_sure_are_counted_of_the_head(place: Place) -> None:
    place.item(en=EN, ru=RU.replace("Все приглашены.", "<!-- untranslated -->"))
    place.sync()
    (russian,) = stands(place, ITEM, "ru")
    assert (russian.status, russian.live, russian.missing) == ("draft", None, 1)


def test_many_documents_take_no_more_queries_than_one(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()
    with counted(place.database) as one:
        assert len(stands(place)) == 4
    for number in range(3):
        folder = f"content/news/2026-01-0{number + 2}-more"
        place.write(f"{folder}/item.toml", FACTS)
        place.write(f"{folder}/en.md", EN.replace("opening", f"opening-{number}"))
    place.sync()
    with counted(place.database) as many:
        assert len(stands(place)) == 16
    assert len(one) == len(many) == 3, many
