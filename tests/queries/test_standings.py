"""Where each text stands, in as many queries for many documents as for one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.standings import Stand, all_of
from app.services.texts import find
from app.storage.database import Database
from tests.services.test_last_words import FILE
from tests.trees import FACTS, FOLDER, ITEM, Place, article, decide

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


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{}\n'
STATUS = '"X-Tilmash-Status: published\\n"\n'
MORE = 'msgid "More"\nmsgstr "Дагы"\n'
BAD = '\nmsgid "News"\nmsgstr "Жаңылыктар\n\n#, python-format\nmsgid "%(n)s"\nmsgstr "%(m)s"\n'
CATALOGUE = DocumentName.parse("catalogue/messages")
PATH = "translations/ky/LC_MESSAGES/messages.po"


def test_what_of_a_catalogue_cannot_be_used_is_counted_and_told_by_the_lines_of_its_file(place: Place) -> None:
    place.write("translations/messages.pot", HEAD.format("") + MORE)
    place.write(PATH, HEAD.format("") + MORE + BAD)
    place.sync()
    for what in (Action.SUBMIT, Action.APPROVE, Action.PUBLISH):  # so that a line is added to the file's header
        with place.database.write() as session:
            decide(session, find(session, CATALOGUE, Tag("ky")), what, actor=FILE)
    place.sync()
    place.sync()
    template, _, _, kyrgyz = stands(place, CATALOGUE)
    assert (template.broken, template.problems) == (0, ())
    assert (kyrgyz.broken, kyrgyz.broken_live, kyrgyz.missing) == (2, 2, 0)
    assert [str(one) for one in kyrgyz.problems] == place.problems()
    assert place.problems() == [
        f"{PATH}:10: a string that does not end",
        f"{PATH}:14: the placeholder m is not in the msgid",
    ]
    assert stands(place, CATALOGUE, "ky") == [kyrgyz]


def test_what_is_mended_in_a_draft_is_still_broken_in_what_is_live(place: Place) -> None:
    place.write(PATH, HEAD.format(STATUS) + MORE + BAD)
    place.sync()
    place.write(PATH.replace(".po", ".draft.po"), HEAD.format("") + MORE + BAD.replace("тар\n", 'тар"\n'))
    place.sync()
    (kyrgyz,) = stands(place, CATALOGUE, "ky")
    assert (kyrgyz.head, kyrgyz.live, kyrgyz.broken, kyrgyz.broken_live) == (2, 1, 1, 2)
    assert sorted({one.path for one in kyrgyz.problems}) == [PATH.replace(".po", ".draft.po"), PATH]


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


def test_withdrawn_is_what_was_live_once_and_a_translation_of_it_that_is_live_is_told(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("en")), Action.WITHDRAW)
    said = [(one.locale, one.withdrawn, one.source_withdrawn) for one in stands(place)]
    assert said == [("zxx", False, False), ("en", True, False), ("ru", False, True), ("ky", False, False)]
