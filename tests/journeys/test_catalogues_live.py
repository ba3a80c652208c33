"""What readers see of catalogues that translators save, whatever stands in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Tag
from app.factory import create_app
from app.web.read_model import ReadModel
from tests.catalogues import messages
from tests.copies import Copies
from tests.databases import on_sqlite
from tests.readers import assert_as_computed_afresh
from tests.taking_back import take_back
from tests.trees import EDITOR, Place, article
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


def begin(place: Place) -> None:
    place.item(en=article("Opening", "The centre opens.", slug="opening"))
    place.write("translations/messages.pot", TEMPLATE)
    place.write(FILE, HEAD + NEWS + CLOSE)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin, template, tmp_path) as place:
        yield place


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


@on_sqlite
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


RUSSIAN = (HEAD + NEWS + CLOSE).replace("Жаңылыктар", "Новости").replace("Башкы меню", "Главное меню")

DAMAGED = {
    "a quotation mark lost": NEWS.replace('р"', "р"),
    "a quotation mark lost in the msgid": NEWS.replace('s"', "s"),
    "other placeholders": NEWS.replace("\n", "\n#, python-format\n", 1).replace("Ж", "%(x)s Ж"),
    "plural forms of a message that has none": NEWS.replace("msgstr", "msgstr[0]"),
    "a message beyond all limits": NEWS.replace("р", "р" * 70_000),
}


@on_sqlite
@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_message_keeps_its_own_last_words_and_not_those_of_another_language(
    kind: str, place: Place, client: FlaskClient
) -> None:
    place.write("translations/ru/LC_MESSAGES/messages.po", RUSSIAN)
    for text in (DAMAGED[kind], DAMAGED[kind] + "\n# a remark\n"):
        place.write(FILE, HEAD + text + CLOSE.replace("Башкы меню", "Меню"))
        place.sync()
        assert "<h1>Жаңылыктар</h1>" in shown(client)
        assert 'aria-label="Меню"' in shown(client)
        assert len(place.problems()) == 1
        assert_as_computed_afresh(place)
    place.write(FILE, HEAD + MENDED + CLOSE)
    place.sync()
    assert "<h1>Кабарлар</h1>" in shown(client)


@pytest.mark.parametrize("taken_away", ["", NEWS.replace("Жаңылыктар", ""), f"\n#, fuzzy{NEWS}"])
def test_what_was_taken_away_is_asked_of_the_fallbacks_and_stays_away_when_it_is_damaged_later(
    taken_away: str, place: Place, client: FlaskClient
) -> None:
    place.write("translations/ru/LC_MESSAGES/messages.po", RUSSIAN)
    for text in (taken_away, DAMAGED["a quotation mark lost"]):
        place.write(FILE, HEAD + text + CLOSE)
        place.sync()
        assert "<h1>Новости</h1>" in shown(client)
    assert_as_computed_afresh(place)


PHOTO = '\nmsgid "Photo"\nmsgstr "Сүрөт"\n'
MENDED = NEWS.replace("Жаңылыктар", "Кабарлар")

BROKEN: dict[str, tuple[str, str]] = {
    "a string without an end": (PHOTO.replace('т"', "т"), "11: a string that does not end"),
    "a garbage line": (PHOTO + "Сүрөттөр\n", "12: neither a comment nor a keyword"),
    "a merge conflict": ("\n<<<<<<< ours" + PHOTO + ">>>>>>> theirs\n", "10: neither a comment nor a keyword"),
    "NUL": (PHOTO.replace("р", "\0"), "11: a NUL byte"),
    "70 kB": (PHOTO.replace("р", "р" * 70_000), "10: a message of more than 64 kB"),
    "no msgstr": ('\nmsgid "Photo"\n', "10: a message without msgstr"),
}


@on_sqlite
@pytest.mark.parametrize("kind", BROKEN)
def test_a_message_mended_beside_one_that_cannot_be_read_is_live_and_the_line_of_that_one_is_told(
    kind: str, place: Place, client: FlaskClient
) -> None:
    place.write(FILE, HEAD + NEWS + PHOTO + CLOSE)
    place.sync()
    broken, problem = BROKEN[kind]
    raw = (HEAD + MENDED + broken + CLOSE).encode()
    place.write(FILE, raw)
    for _ in range(2):  # a further run has nothing to do, and says it again
        place.sync()
        page = shown(client)
        assert "<h1>Кабарлар</h1>" in page
        assert 'aria-label="Башкы меню"' in page
        assert [one.startswith(f"{FILE}:{problem}") for one in place.problems()] == [True], place.problems()
        assert place.path(FILE).read_bytes() == raw
    place.write(FILE, HEAD + MENDED + PHOTO + CLOSE)
    place.sync()
    assert place.problems() == []
    assert place.stand("ky", DocumentName(kind=Kind.CATALOGUE, name="messages"))[2] == HEAD + MENDED + PHOTO + CLOSE


def test_a_file_that_was_cut_off_is_refused_as_a_whole(place: Place, client: FlaskClient) -> None:
    whole = HEAD + NEWS + PHOTO + CLOSE + '\nmsgid "More"\nmsgstr "Дагы"\n'
    place.write(FILE, whole)
    place.sync()
    place.write(FILE, whole.replace("Жаңылыктар", "Кабарлар")[: whole.index("Башкы")])
    place.sync()
    assert place.problems() == [
        f"{FILE}:14: a string that does not end",
        f"{FILE}:0: lacks 2 messages of the last good text, and 1 is broken here: is the file cut off?",
    ]
    assert "<h1>Жаңылыктар</h1>" in shown(client)


def test_what_a_damaged_file_lacks_is_not_deleted_from_somebody_s_draft(place: Place, client: FlaskClient) -> None:
    name = DocumentName(kind=Kind.CATALOGUE, name="messages")
    draft = HEAD + NEWS + CLOSE.replace("Башкы меню", "Меню")
    with place.database.write() as session:
        take_back(session, name, Tag("ky"), draft.encode(), EDITOR, base=None, path="ky.po")
    place.sync()
    place.write(FILE, HEAD + MENDED + CLOSE.replace('ю"', "ю"))
    place.sync()
    assert "<h1>Кабарлар</h1>" in shown(client)
    _, head, _ = place.stand("ky", name)
    assert head is not None
    assert [one.msgstrs for one in messages(head, path="ky.po")] == [("Кабарлар",), ("Меню",)]


def test_a_catalogue_of_another_language_than_its_folder_s_is_used_and_said(place: Place, client: FlaskClient) -> None:
    head = HEAD.replace('"Plural', '"Language: ru\\n"\n"Plural')
    place.write(FILE, head + MENDED + CLOSE)
    place.sync()
    assert place.problems() == [f"{FILE}:4: the header says Language: ru, and the file is in the folder of ky"]
    assert "<h1>Кабарлар</h1>" in shown(client)


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
