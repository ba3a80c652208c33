import gettext
import io
import struct
from pathlib import Path

import pytest

from app.domain.errors import BadText
from app.formats.mo import compile_catalogue, format_or_msgid, load
from app.formats.po import PO
from app.formats.text import Header
from tests.formats import gnu

CATALOGUE = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=KOI8-R\\n"
"PO-Revision-Date: 2026-03-18 19:25+0500\\n"
"Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\\n"

msgid "News"
msgstr "Новости"

msgctxt "menu"
msgid "News"
msgstr "К новостям"

#, python-format
msgid "%(num)d view"
msgid_plural "%(num)d views"
msgstr[0] "%(num)d просмотр"
msgstr[1] "%(num)d просмотра"
msgstr[2] "%(num)d просмотров"

msgctxt "menu"
msgid "page"
msgid_plural "pages"
msgstr[0] "страница"
msgstr[1] "страницы"
msgstr[2] "страниц"

#, fuzzy
msgid "Search"
msgstr "Искать"

msgid "Share:"
msgstr ""

msgid "half"
msgid_plural "halves"
msgstr[0] "половина"
msgstr[1] ""
msgstr[2] ""

#, python-format
msgid "By %(name)s"
msgstr "Автор %(nom)s"

#~ msgid "Old"
#~ msgstr "Старое"
"""


def test_what_is_translated_and_right_is_compiled_and_the_rest_is_told() -> None:
    compiled = compile_catalogue(CATALOGUE, path="ru.po")
    assert (compiled.translated, compiled.total) == (4, 8)
    assert [str(one) for one in compiled.refused] == ["ru.po:44: the placeholder nom is not in the msgid"]
    words = load(compiled.mo)
    assert words.gettext("News") == "Новости"
    assert words.pgettext("menu", "News") == "К новостям"
    assert [words.ngettext("%(num)d view", "%(num)d views", n) for n in (1, 3, 11)] == [
        "%(num)d просмотр",
        "%(num)d просмотра",
        "%(num)d просмотров",
    ]
    assert [words.npgettext("menu", "page", "pages", n) for n in (21, 22, 5)] == ["страница", "страницы", "страниц"]


@pytest.mark.parametrize("msgid", ["Search", "Share:", "By %(name)s", "Old", "half", "unknown"])
def test_what_cannot_be_shown_is_the_msgid(msgid: str) -> None:
    words = load(compile_catalogue(CATALOGUE, path="ru.po").mo)
    assert words.gettext(msgid) == msgid
    assert words.pgettext("menu", msgid) == msgid
    assert [words.ngettext(msgid, "many", n) for n in (1, 2)] == [msgid, "many"]
    assert [words.npgettext("menu", msgid, "many", n) for n in (1, 2)] == [msgid, "many"]


def test_what_one_catalogue_lacks_is_asked_of_the_next() -> None:
    kazakh = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n!=1;\\n"\n\nmsgid "News"\nmsgstr "Жаңалықтар"\n'
    russian = load(compile_catalogue(CATALOGUE, path="ru.po").mo)
    words = load(compile_catalogue(kazakh, path="kk.po").mo, fallback=russian)
    assert words.gettext("News") == "Жаңалықтар"
    assert words.pgettext("menu", "News") == "К новостям"
    assert words.ngettext("%(num)d view", "%(num)d views", 5) == "%(num)d просмотров"
    assert words.npgettext("menu", "page", "pages", 5) == "страниц"


def test_python_s_own_gettext_reads_the_same() -> None:
    mo = compile_catalogue(CATALOGUE, path="ru.po").mo
    theirs, ours = gettext.GNUTranslations(io.BytesIO(mo)), load(mo)
    assert theirs.gettext("News") == ours.gettext("News")
    assert theirs.pgettext("menu", "News") == ours.pgettext("menu", "News")
    assert [theirs.npgettext("menu", "page", "pages", n) for n in range(30)] == [
        ours.npgettext("menu", "page", "pages", n) for n in range(30)
    ]


def test_gnu_gettext_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "ru.mo"
    file.write_bytes(compile_catalogue(CATALOGUE, path="ru.po").mo)
    read = gnu.unformatted(file).decode()
    assert 'msgctxt "menu"\nmsgid "News"\nmsgstr "К новостям"\n' in read
    assert 'msgstr[2] "%(num)d просмотров"\n' in read


def test_the_same_words_give_the_same_bytes_whatever_order_dates_and_comments() -> None:
    other = PO.compose(CATALOGUE, PO.parse(CATALOGUE, path="ru.po").segments[::-1])
    other = PO.with_header(other, Header(status="published")).replace("2026-03-18", "2027-01-01")
    assert compile_catalogue(other, path="x").mo == compile_catalogue(CATALOGUE, path="ru.po").mo


def test_an_unusable_catalogue_is_not_compiled() -> None:
    with pytest.raises(BadText, match="divides by zero"):
        compile_catalogue('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=1/n;\\n"\n', path="x.po")


def test_a_number_that_is_none_does_not_take_the_page_down() -> None:
    words = load(compile_catalogue(CATALOGUE, path="ru.po").mo)
    numbers: list[float] = [1.5, -1, 1e300, float("inf"), float("nan")]
    assert {words.npgettext("menu", "page", "pages", n) for n in numbers} <= {"страница", "страницы", "страниц"}  # type: ignore[arg-type]  # a template can pass anything


@pytest.mark.parametrize("mo", [b"", b"x" * 100, struct.pack("<7I", 0x950412DE, 0, 9, 28, 100, 0, 0)])
def test_bytes_that_are_no_mo_file_are_refused(mo: bytes) -> None:
    with pytest.raises(ValueError, match="MO file"):
        load(mo)


def test_a_placeholder_that_fails_shows_the_msgid_instead() -> None:
    assert format_or_msgid("Салом, %(name)s", "Hello, %(name)s", {"name": "Ali"}) == "Салом, Ali"
    assert format_or_msgid("Салом, %(nom)s", "Hello, %(name)s", {"name": "Ali"}) == "Hello, Ali"
    assert format_or_msgid("Салом, %(name)", "Hello, %(name)s", {"name": "Ali"}) == "Hello, Ali"
    assert format_or_msgid("Салом, %(name)d", "Hello, %(name)s", {"name": "Ali"}) == "Hello, Ali"
    assert format_or_msgid("Салом, %(nom)s", "Hello, %(nomen)s", {"name": "Ali"}) == "Hello, %(nomen)s"
    assert format_or_msgid("Салом, %(n)c", "Hello, %(n)s", {"n": 10**12}) == "Hello, 1000000000000"
    assert format_or_msgid("100 %", "100 %", {}) == "100 %"
