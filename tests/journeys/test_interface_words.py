"""The interface's own words are drawn from the code, and there in all seven languages."""

from pathlib import Path

import pytest

from app.domain.languages import LANGUAGES
from app.domain.segments import Origin, State, Tag
from app.formats.charset import decode
from app.formats.mo import compile_catalogue
from app.formats.po import PO
from app.formats.po_check import check
from app.formats.po_update import update
from app.services.extraction import TEMPLATE, extract
from tests.catalogues import messages
from tests.formats import gnu
from tests.journeys.alphabets import strange_words

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")


def catalogue(locale: str) -> Path:
    return ROOT / f"translations/{locale}/LC_MESSAGES/messages.po"


def words_of(locale: str) -> str:
    file = catalogue(locale)
    return decode(file.read_bytes(), path=file.name)


def test_the_template_is_what_the_code_says() -> None:
    assert (ROOT / TEMPLATE).read_text("utf-8") == extract(ROOT), "run `make extract`, then translate what is new"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_catalogue_follows_the_template_and_can_be_used_as_a_whole(locale: str) -> None:
    text = words_of(locale)
    assert update(text, (ROOT / TEMPLATE).read_text("utf-8")) == text, "run `make extract`"
    assert check(text, path="messages.po").refused == ()
    assert gnu.accepts(catalogue(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_there_in_every_language(locale: str) -> None:
    text = words_of(locale)
    parsed = PO.parse(text, path="messages.po")
    assert [one.key for one in parsed.segments if one.state is not State.DONE] == []
    compiled = compile_catalogue(text, path="messages.po")
    assert compiled.translated == compiled.total == len(parsed.segments) > 40


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_says_that_it_is_published_and_was_made_by_a_machine_and_how_its_language_counts(
    locale: str,
) -> None:
    header = PO.parse(words_of(locale), path="messages.po").header
    assert (header.status, header.origin) == ("published", Origin.MACHINE)
    plurals = check(words_of(locale), path="messages.po").plurals
    assert plurals is not None
    assert plurals.written == LANGUAGES[Tag(locale)].plural_forms


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_written_in_the_letters_of_its_language(locale: str) -> None:
    said = "\n".join(words for one in messages(words_of(locale), path="messages.po") for words in one.msgstrs)
    plain = said.replace("%(count)s", "").replace("%(language)s", "").replace("%(name)s", "")
    assert strange_words(locale, plain.replace("%(date)s", "").replace("%(time)s", "")) == []


def test_english_is_said_as_it_is_written_in_the_code() -> None:
    for one in messages(words_of("en"), path="messages.po"):
        assert one.msgstrs == ((one.msgid,) if one.plural is None else (one.msgid, one.plural))


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_other_languages_are_translated_and_keep_the_punctuation_at_the_end(locale: str) -> None:
    for one in messages(words_of(locale), path="messages.po"):
        assert one.msgid not in one.msgstrs
        for words in one.msgstrs:
            assert (words[-1] in ".:…") == (one.msgid[-1] in ".:…"), words


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("domain", ["messages", "site"])
def test_quotation_marks_are_those_of_the_language(locale: str, domain: str) -> None:
    text = (ROOT / f"translations/{locale}/LC_MESSAGES/{domain}.po").read_text("utf-8")
    said = "".join(words for one in messages(text, path="x.po") for words in one.msgstrs)
    marks = LANGUAGES[Tag(locale)].quotes
    own = {marks.opening, marks.closing, marks.inner_opening, marks.inner_closing}
    assert set(said) & set('"“”„‟«»‹›') <= own
