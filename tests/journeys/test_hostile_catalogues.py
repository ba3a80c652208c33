"""A catalogue that is broken or means harm is reported with file, line and reason, and takes no word off a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.segments import Tag
from app.formats import mo
from app.queries import reading
from tests import databases
from tests.journeys.hostile import survives
from tests.trees import Place


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield place
    place.database.dispose()


RUSSIAN = "translations/ru/LC_MESSAGES/messages.po"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'
PLURALS = '"Plural-Forms: {}\\n"\n'


CATALOGUES = {
    "division by zero": HEADER + PLURALS.format("nplurals=2; plural=n/0;"),
    "a tower of powers": HEADER + PLURALS.format("nplurals=2; plural=9**9**9;"),
    "a billion forms": HEADER + PLURALS.format("nplurals=1000000000; plural=0;"),
    "code for a plural rule": HEADER + PLURALS.format("nplurals=1; plural=__import__('os').system('id');"),
    "a false charset": HEADER.replace("UTF-8", "ISO-8859-1") + '\nmsgid "News"\nmsgstr "Новости"\n',
    "a charset that runs code": HEADER.replace("UTF-8", "rot13"),
    "NUL": HEADER + '\nmsgid "News"\nmsgstr "Нов\0ости"\n',
    "10 MB": HEADER + '\nmsgid "News"\nmsgstr "' + "x" * 11_000_000 + '"\n',
    "an open quote": HEADER + '\nmsgid "News"\nmsgstr "Новости\n',
    "two headers": HEADER + "\n" + HEADER,
    "not PO": "<html></html>",
    "empty": "",
}


@pytest.mark.parametrize("kind", list(CATALOGUES))
def test_a_catalogue_that_turns_hostile_is_reported_and_the_last_good_one_stays_live(place: Place, kind: str) -> None:
    place.write(
        "translations/messages.pot",
        HEADER.replace("X-Tilmash-Status: published\\n", "") + '\nmsgid "News"\nmsgstr ""\n',
    )
    place.write(RUSSIAN, HEADER + '\nmsgid "News"\nmsgstr "Новости"\n')
    place.sync()
    place.write(RUSSIAN, CATALOGUES[kind])
    said = survives(place)
    assert any(one.startswith(f"{RUSSIAN}:") for one in said), said
    assert word(place, "News") == "Новости"
    assert place.read(RUSSIAN) == CATALOGUES[kind]


@pytest.mark.parametrize("kind", list(CATALOGUES))
def test_a_first_catalogue_that_is_hostile_is_reported_and_the_site_serves_its_msgids(place: Place, kind: str) -> None:
    place.write(RUSSIAN, CATALOGUES[kind])
    assert any(one.startswith(f"{RUSSIAN}:") for one in survives(place))
    assert word(place, "News") == "News"


def test_one_bad_message_does_not_block_a_thousand_good_ones(place: Place) -> None:
    good = "".join(f'\nmsgid "Word {number}"\nmsgstr "Слово {number}"\n' for number in range(1000))
    bad = '\n#, python-format\nmsgid "%(count)s views"\nmsgstr "%(cuont)s просмотров"\n'
    place.write(RUSSIAN, HEADER + good + bad)
    said = survives(place)
    assert [one.partition(": ")[0] for one in said] == [f"{RUSSIAN}:{HEADER.count(chr(10)) + 3000 + 4}"], said
    assert word(place, "Word 999") == "Слово 999"
    assert word(place, "%(count)s views") == "%(count)s views"


def test_a_control_character_in_one_message_takes_no_feed_from_readers(place: Place) -> None:
    good = '\nmsgid "Search"\nmsgstr "Поиск"\n'
    place.write(RUSSIAN, HEADER + '\nmsgid "News"\nmsgstr "Ново\\bсти"\n' + good)
    (said,) = survives(place)
    assert said.startswith(f"{RUSSIAN}:7: holds a control character (U+0008)")
    assert (word(place, "News"), word(place, "Search")) == ("News", "Поиск")


def word(place: Place, msgid: str, locale: str = "ru") -> str:
    with place.database.read() as session:
        compiled = reading.catalogue(session, "messages", Tag(locale))
    return msgid if compiled is None else mo.load(compiled).gettext(msgid)
