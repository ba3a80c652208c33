"""A new template (POT) is a new revision of what catalogues are made from: whoever has to translate it, sees that."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.queries.asked import Asked, Wanted
from app.queries.board import board
from app.services.catalogs import update_catalogs
from app.services.exchange import give_out
from tests.taking_back import take_back
from tests.trees import EDITOR, Place

SHOP = DocumentName.parse("catalogue/shop")
POT = """\
# The words of a shop, which is no program of ours.
msgid ""
msgstr ""
"Project-Id-Version: shop 2.1\\n"
"POT-Creation-Date: 2026-11-30 10:00+0500\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"

#: src/till.c:40
#, c-format
msgid "%d item in the basket"
msgid_plural "%d items in the basket"
msgstr[0] ""
msgstr[1] ""

#: src/menu.py:7
#, python-brace-format
msgctxt "menu"
msgid "Open {name}"
msgstr ""

#: src/menu.py:9
msgid "Close the till"
msgstr ""
"""
RU = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
"X-Generator: Poedit 3.4\\n"

#: src/till.c:40
#, c-format
msgid "%d item in the basket"
msgid_plural "%d items in the basket"
msgstr[0] "%d товар в корзине"
msgstr[1] "%d товара в корзине"
msgstr[2] "%d товаров в корзине"

#: src/menu.py:7
#, python-brace-format
msgctxt "menu"
msgid "Open {name}"
msgstr "Открыть {name}"

#: src/menu.py:9
msgid "Close the till"
msgstr "Закрыть"
"""
KY = RU.replace('"Language: ru\\n"', '"Language: ky\\n"\n"X-Tilmash-Status: published\\n"').replace("Закрыть", "Жабуу")
RU_FILE, KY_FILE = (f"translations/{locale}/LC_MESSAGES/shop.po" for locale in ("ru", "ky"))


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.write("translations/shop.pot", POT)
    place.write(RU_FILE, RU)
    place.write(KY_FILE, KY)
    place.sync()
    assert place.problems() == []
    yield place
    place.database.dispose()


def behind(place: Place) -> dict[str, str]:
    """What the board says of each language that is there: what it is behind, if it is."""
    with place.database.read() as session:
        (line,) = board(session, Asked(words="shop"), reader=Tag("en")).lines
        return {tag: str(cell.behind or "") for tag, cell in line.cells.items() if cell.head is not None}


def filtered(place: Place) -> list[str]:
    with place.database.read() as session:
        lines = board(session, Asked(wanted=Wanted.BEHIND), reader=Tag("en")).lines
        return [str(line.name) for line in lines]


def test_a_new_template_puts_every_language_with_a_message_that_changed_behind_until_it_is_brought_up(
    place: Place,
) -> None:
    assert behind(place) == {"ru": "", "ky": ""}
    place.write("translations/shop.pot", POT.replace("Close the till", "Close the till now"))
    place.sync()
    assert behind(place) == {"ru": "zxx", "ky": "zxx"}
    assert filtered(place) == ["catalogue/shop"]
    changed = list(update_catalogs(place.settings.translations, "shop"))
    assert [file.parent.parent.name for file in changed] == ["ky", "ru"]
    place.sync()
    assert place.problems() == []
    assert (behind(place), filtered(place)) == ({"ru": "", "ky": ""}, [])
    proposed = '#, fuzzy\n#| msgid "Close the till"\nmsgid "Close the till now"\nmsgstr "Закрыть"\n'
    assert proposed in place.read(RU_FILE)
    status, head, live = place.stand("ky", SHOP)
    assert (status, head) == ("approved", live)
    assert proposed.replace("Закрыть", "Жабуу") in (live or ""), "and no reader sees a guess"


def test_a_template_that_says_the_same_in_another_order_and_with_other_lines_puts_nobody_behind(place: Place) -> None:
    place.write("translations/shop.pot", POT.replace("till.c:40", "till.c:41").replace("10:00", "11:00"))
    place.sync()
    assert behind(place) == {"ru": "", "ky": ""}


def test_a_project_that_knows_nothing_of_us_goes_out_comes_back_and_keeps_what_it_says_of_itself(place: Place) -> None:
    with place.database.write() as session:
        given = give_out(session, SHOP, Tag("ru"))
        back = given.raw.replace("Закрыть".encode(), "Выйти".encode())
        taken = take_back(session, SHOP, Tag("ru"), back, EDITOR, base=given.number, path="shop.po")
    assert (taken.problems, taken.suggestions) == ((), 0)
    place.sync()
    assert place.read(RU_FILE) == RU.replace("Закрыть", "Выйти")
    assert place.read("translations/shop.pot") == POT
