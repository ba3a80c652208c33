"""What readers see of catalogues that translators save, whatever stands in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.domain.documents import DocumentName, Kind
from app.factory import create_app
from app.web.read_model import ReadModel
from tests.trees import Place, article
from tests.web.fakes import FakeCounter

FILE = "translations/ky/LC_MESSAGES/messages.po"
HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Tilmash-Status: published\\n"
"""
NEWS = '\nmsgid "News"\nmsgstr "Жаңылыктар"\n'
CLOSE = '\nmsgid "Main menu"\nmsgstr "Башкы меню"\n'
TEMPLATE = "".join(
    (
        HEAD.replace('"X-Tilmash-Status: published\\n"\n', ""),
        '\nmsgid "News"\nmsgstr ""\n',
        '\nmsgid "Main menu"\nmsgstr ""\n',
    )
)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.item(en=article("Opening", "The centre opens.", slug="opening"))
    place.write("translations/messages.pot", TEMPLATE)
    place.write(FILE, HEAD + NEWS + CLOSE)
    place.sync()
    yield place
    place.database.dispose()


@pytest.fixture
def client(place: Place, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """One application for the whole test: nothing is restarted."""
    monkeypatch.setattr("app.web.published.FRESH", 0.0)
    return create_app(place.settings, reader=ReadModel(place.database), counter=FakeCounter()).test_client()


def shown(client: FlaskClient) -> str:
    response = client.get("/ky/news/")
    assert response.status_code == 200
    return response.text


def test_a_word_mended_in_poedit_is_on_the_page_without_a_restart(place: Place, client: FlaskClient) -> None:
    assert "<h1>Жаңылыктар</h1>" in shown(client)
    place.write(FILE, HEAD + NEWS.replace("Жаңылыктар", "Кабарлар") + CLOSE)
    place.sync()
    assert "<h1>Кабарлар</h1>" in shown(client)
    assert place.problems() == []


HOSTILE: dict[str, tuple[bytes, str]] = {
    "divides by zero": (HEAD.replace("(n != 1)", "n/0").encode(), "4: the plural expression divides by zero"),
    "a power of powers": (HEAD.replace("(n != 1)", "9**9**9").encode(), "4: the plural expression lacks a number"),
    "a billion forms": (HEAD.replace("nplurals=2", "nplurals=1000000000").encode(), "4: nplurals is a number from"),
    "code": (HEAD.replace("(n != 1)", "__import__('os')").encode(), '4: "__import__('),
    "deep brackets": (HEAD.replace("(n != 1)", "(" * 99 + "n" + ")" * 99).encode(), "4: the plural expression is nes"),
    "a string of 10 MB": ((HEAD + f'msgid "a"\nmsgstr "{"b" * 10_000_000}"\n').encode(), "6: a message of more than"),
    "NUL": ((HEAD + "\0").encode(), "6: a NUL byte"),
    "a false charset": ((HEAD + NEWS).encode("cp1251", "replace"), "8: a byte that is not utf-8"),
    "another false charset": (
        (HEAD + NEWS).replace("UTF-8", "KOI8-R").encode(),
        "3: the header says koi8-r, and the text is in UTF-8",
    ),
    "no charset at all": (HEAD.replace("UTF-8", "zip").encode(), "3: the charset 'zip' is not one"),
    "UTF-16": ((HEAD + NEWS).encode("utf-16"), "1: a NUL byte"),
    "a string without an end": ((HEAD + NEWS.replace('"Ж', "Ж")).encode(), "8: "),
    "not PO": (b"<html>", "1: neither a comment nor a keyword"),
    "half a file": ((HEAD + NEWS).encode()[:-9], "8: "),
    "no header": (NEWS.encode(), "1: no header"),
    "two headers": ((HEAD + HEAD).encode(), "6: a second header"),
    "a million messages": ((HEAD + 'msgid ""\nmsgstr ""\n' * 300_000).encode(), ""),
    "a merge conflict": ((HEAD + "<<<<<<< ours\n" + NEWS + "=======\n").encode(), "6: neither a comment"),
    "nothing": (b"", "1: no header"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_catalogue_is_refused_with_its_line_and_the_last_good_words_stay(
    kind: str, place: Place, client: FlaskClient
) -> None:
    raw, problem = HOSTILE[kind]
    place.write(FILE, raw)
    place.sync()
    assert [one.startswith(f"{FILE}:{problem}") for one in place.problems()[:1]] == [True], place.problems()
    assert str(place.root) not in "".join(place.problems())
    assert "<h1>Жаңылыктар</h1>" in shown(client)
    assert place.path(FILE).read_bytes() == raw
    place.write(FILE, HEAD + NEWS.replace("Жаңылыктар", "Кабарлар"))
    place.sync()
    assert "<h1>Кабарлар</h1>" in shown(client)


def test_one_bad_message_costs_itself_alone(place: Place, client: FlaskClient) -> None:
    bad = '\n#, python-format\nmsgid "Photo: %(name)s"\nmsgstr "Сүрөт: %(name)d"\n'
    place.write(FILE, HEAD + NEWS.replace("Жаңылыктар", "Кабарлар") + bad + CLOSE)
    place.sync()
    page = shown(client)
    assert "<h1>Кабарлар</h1>" in page
    assert 'aria-label="Башкы меню"' in page
    assert any(one.startswith(f"{FILE}:12: the placeholder name stands for") for one in place.problems())


def test_a_file_in_an_old_charset_is_understood_and_stays_in_it(place: Place, client: FlaskClient) -> None:
    raw = (HEAD.replace("UTF-8", "CP1251") + NEWS.replace("Жаңылыктар", "Кабарлар")).encode("cp1251")
    place.write(FILE, raw)
    place.sync()
    assert "<h1>Кабарлар</h1>" in shown(client)
    assert place.path(FILE).read_bytes() == raw


def test_a_further_domain_is_a_document_of_its_own(place: Place) -> None:
    place.write("translations/other.pot", TEMPLATE)
    place.write("translations/ky/LC_MESSAGES/other.po", HEAD + NEWS)
    place.sync()
    assert place.problems() == []
    status, head, live = place.stand("ky", DocumentName(kind=Kind.CATALOGUE, name="other"))
    assert (status, head, live) == ("approved", HEAD + NEWS, HEAD + NEWS)
