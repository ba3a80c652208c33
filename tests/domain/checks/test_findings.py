"""Checks find what damages a translation, in the words of its language, and leave alone what is right in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.pair import Check, Finding, Pair, Severity
from app.domain.checks.table import CHECKS, findings
from app.domain.glossary import Term
from app.domain.segments import Key, Tag

EN, KINDS = Tag("en"), ("title", "summary", "caption", "paragraph", "heading-2", "bullet", "message", "code", "table")


def pair(source: str, target: str, tag: str = "ru", kind: str = "paragraph", **more: object) -> Pair:
    made = Pair(key=Key("a"), kind=kind, source=(source,), target=(target,), source_tag=EN, target_tag=Tag(tag))
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a pair by their names


def found(one: Pair) -> dict[Check, Finding]:
    return {finding.check: finding for finding in findings(one)}


@pytest.mark.parametrize(
    ("source", "target", "tag", "check"),
    [
        ("Seven officers came.", "Seven officers came.", "ru", Check.SAME),
        ("It seized 1,200 kg.", "Изъято 1 300 кг.", "ru", Check.NUMBERS),
        ("On 18 March 2026.", "18 апреля 2026 года.", "ru", Check.DATES),
        ("See report.pdf now.", "Смотрите отчёт сейчас.", "ru", Check.NAMES),
        ("[Report](https://a.org/x)", "[Отчёт](https://b.org/x)", "ru", Check.LINKS),
        ("Some **bold** words.", "Некоторые **слова.", "ru", Check.STRUCTURE),
        ("Some **bold** words.", "Некоторые слова.", "ru", Check.EMPHASIS),
        ("Press <b>here</b>.", "Нажмите <i>здесь</i>.", "ru", Check.TAGS),
        ("Two words here.", "Два  слова тут.", "ru", Check.SPACES),
        ("As (they) said.", "Как (они сказали.", "ru", Check.BRACKETS),
        ("The “Centre” opens.", "“Центр” открывается.", "ru", Check.QUOTES),
        ("The centre opens.", "Центр открывается", "ru", Check.STOP),
        ("The centre opens.", "Центр центр открывается.", "ru", Check.DOUBLED),
        ("The centre opens.", "Цeнтр открывается.", "ru", Check.SCRIPT),
        ("The centre opens.", "Қала мәркезі ашылды.", "ru", Check.ALPHABET),
        ("Uzbekistan opens.", "O‘zbekiston ochiladi.", "uz", Check.APOSTROPHES),
        ("A short one.", "Здесь стоит очень длинное предложение, которого в исходном тексте совсем не было, " * 4, "ru",
         Check.LENGTH),
    ],
)  # fmt: skip
def test_each_check_finds_its_damage(source: str, target: str, tag: str, check: Check) -> None:
    assert check in found(pair(source, target, tag))


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("It seized 1,200 kg.", "Изъято 1 200 кг.", "ru"),
        ("It seized 1,200.5 kg.", "1 200,5 кг алынды.", "kk"),
        ("On 18 March 2026.", "18 марта 2026 года.", "ru"),
        ("On 18 March 2026.", "2026-жылдын 18-мартында.", "ky"),
        ("On 18 March 2026.", "2026-yil 18-mart.", "uz"),
        ("Three officers of NATO.", "Три офицера НАТО.", "ru"),
        ("IT companies.", "IT-компании.", "ru"),
        ("The “Centre” opens.", "«Центр» открывается.", "ru"),
        ("CARICC", "CARICC", "ru"),
        ("The 5th meeting.", "5-е заседание.", "ru"),
        ("It came in 2 files.", "Пришло в двух файлах.", "ru"),
        ("2 files and 3 folders.", "Два файла и три папки.", "ru"),
        ("Two folders, 3 times.", "2 папки, трижды.", "ru"),
        ("2 files and 3 folders.", "Екі файл мен үш қалта.", "kk"),
        ("2 files and 3 folders.", "Эки файл жана үч папка.", "ky"),
        ("2 files and 3 folders.", "Ду файл ва се ҷузвдон.", "tg"),
        ("2 files and 3 folders.", "Iki faýl we üç bukja.", "tk"),
        ("2 files and 3 folders.", "Ikkita fayl va uchta papka.", "uz"),
        ("2 files and 3 folders.", "Иккита файл ва учта папка.", "uz-Cyrl"),
        ("2,000 people.", "Две тысячи человек.", "ru"),
        ("1,500,000 people.", "1,5 млн человек.", "ru"),
        ("1.25 million people.", "1 250 000 kishi.", "uz"),
        ("Over 12,500,000 people.", "12,5 mln dan ortiq kishi.", "uz"),
        ("It begins at 11.30 p.m. today.", "Начало сегодня в 23.30.", "ru"),
        ("It begins at 10.30pm.", "Начало в 22:30.", "ru"),
        ("It begins at 10.30–11.30 p.m.", "Начало в 22.30–23.30.", "ru"),
        ("It begins at 3.00 pm.", "Начало в 15:00.", "ru"),
        ("It begins at 12:30 a.m.", "Начало в 00:30.", "ru"),
        ("It begins at 12 a.m.", "Начало в 0 часов.", "ru"),
        ("It begins at 12 a.m.", "Начало в 00:00.", "ru"),
        ("It begins at 12:30 p.m.", "Начало в 12:30.", "ru"),
        ("It ends at 24:00.", "Конец в 00:00.", "ru"),
        ("Different ones.", "Бат-баттан ар башка.", "ky"),
        ("Uzbekistan's meaning.", "Oʻzbekiston maʼnosi.", "uz"),
        ("[Report](https://caricc.org/en/x)", "[Отчёт](https://caricc.org/ru/x)", "ru"),
    ],
)
def test_what_a_newsroom_writes_is_left_alone(source: str, target: str, tag: str) -> None:
    assert found(pair(source, target, tag)) == {}


@pytest.mark.parametrize(
    ("target", "tag", "check", "mended"),
    [
        ("Два  слова тут.", "ru", Check.SPACES, "Два слова тут."),
        ("“Центр” тут.", "ru", Check.QUOTES, "«Центр» тут."),
        ("Цeнтр тут.", "ru", Check.SCRIPT, "Центр тут."),
        ("Markaz O‘zbekistonda.", "uz", Check.APOSTROPHES, "Markaz Oʻzbekistonda."),
    ],
)
def test_one_press_mends_what_can_be_mended_surely(target: str, tag: str, check: Check, mended: str) -> None:
    assert found(pair("The “Centre” is here.", target, tag))[check].mend == mended


@pytest.mark.parametrize(
    ("source", "target", "tag", "mended"),
    [
        ("It opens in 2026.", "Он откроется в 2025 году.", "ru", "Он откроется в 2026 году."),
        ("It seized 1,200 kg.", "Изъято 1 300 кг.", "ru", "Изъято 1 200 кг."),
        ("It seized 5.5 kg in 2026.", "5,4 кг, 2026 год.", "ru", "5,5 кг, 2026 год."),
        ("On 18.03.2026.", "18.04.2026.", "ru", "18.03.2026."),
        ("Seven men and 5 kg.", "7 человек и 6 кг.", "ru", "7 человек и 5 кг."),
        ("Thirty men in 2026.", "Тридцать человек в 2025.", "ru", "Тридцать человек в 2026."),
        ("Call +7 727 1234567 in 2026.", "+7 727 1234567, 2025 год.", "ru", "+7 727 1234567, 2026 год."),
        ("Resolution 1267 (1999).", "Резолюция 1267 (1998).", "ru", "Резолюция 1267 (1999)."),
        ("It seized 1,200,300 kg.", "Изъято 1 200 400 кг.", "ru", "Изъято 1 200 300 кг."),
        ("It opens in 2026.", "در ۲۰۲۵ باز می‌شود.", "fa", "در ۲۰۲۶ باز می‌شود."),
    ],
)
def test_one_press_puts_the_number_of_the_source_as_the_language_writes_it(
    source: str, target: str, tag: str, mended: str
) -> None:
    finding = found(pair(source, target, tag))[Check.NUMBERS]
    assert "stands here" in str(finding.said)
    assert finding.mend == mended


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It seized 5 kg and 6 kg.", "Изъято 7 кг и 8 кг."),  # which is which
        ("From 2026 to 2027.", "С 2025 по 2026 год."),  # every year is one too early, and not the first the last
        ("Nine of 12.5 kg.", "Девять по 1,25 кг."),
        ("It seized 9 kg.", "Изъято 12 кг."),
        ("Call 8 (727) 123-45-67.", "Звоните +7 727 123 45 67."),
        ("Call 8 727 123 45 67.", "Звоните 7 727 123 45 67."),
        ("Call (727) 123-45-67.", "Звоните (717) 123-45-67."),
        ("At 10 o'clock in the evening.", "В 22:00."),
        ("At 10 in the evening.", "В 22 часа."),
        ("At 11.30 in the evening.", "В 23.30."),
        ("At 11:30.", "В 11:40."),
        ("At 11.30 p.m.", "В 23.40."),
        ("Twelve states sent 30 officers.", "12 государств направили тридцать офицеров."),
        ("Eleven officers trained 25 people.", "11 сотрудников обучили двадцать пять человек."),
        ("Two hundred came, 300 left.", "Пришли 250, ушли триста."),
        ("Half of 30 officers.", "50 % из тридцати сотрудников."),
    ],
)  # fmt: skip
def test_of_numbers_of_which_nobody_can_tell_the_place_none_is_mended(source: str, target: str) -> None:
    said = [finding for finding in findings(pair(source, target)) if finding.check is Check.NUMBERS]
    assert len(said) > 1
    assert {finding.mend for finding in said} == {None}


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("The 2 doors in the yard.", "Дверь во двор.", "ru"),
        ("The 3 herbs.", "Трава, трибуна, тревога.", "ru"),
        ("It lasted 5 and 7 years.", "Длится с пятницы, семья.", "ru"),
        ("It is for 3 states.", "Бұл мемлекеттер үшін.", "kk"),
        ("It is for 3 states.", "Бул мамлекеттер үчүн.", "ky"),
        ("The 7 states.", "Давлатҳои ҳафта.", "tg"),
        ("It is for 3 states.", "Bu döwletler üçin.", "tk"),
        ("It is for 3 states.", "Bu davlatlar uchun.", "uz"),
        ("The 6 states.", "Oltin davlatlar.", "uz"),
        ("1,500,000 people.", "1,4 млн человек.", "ru"),
    ],
)
def test_words_that_only_begin_like_a_number_stand_for_none(source: str, target: str, tag: str) -> None:
    assert Check.NUMBERS in found(pair(source, target, tag))


def test_messages_have_their_placeholders_forms_and_newlines() -> None:
    wrong = Pair(
        key=Key("a"), kind="message", source=("%(count)s view", "%(count)s views\n"), target=("%(many)s просмотр", ""),
        source_tag=EN, target_tag=Tag("ru"), flags=("python-format",), forms=3,
    )  # fmt: skip
    errors = {one.check for one in findings(wrong) if one.severity is Severity.ERROR}
    assert {Check.PLURALS, Check.PLACEHOLDERS} <= errors


def test_the_same_source_translated_otherwise_elsewhere_is_told_and_so_is_a_term() -> None:
    assert Check.CONSISTENCY in found(pair("Search", "Поиск", elsewhere=("Искать",)))
    term = Term(source=EN, target=Tag("ru"), term="memorandum", translation="меморандум")
    assert Check.TERMS in found(pair("A memorandum came.", "Пришла бумага.", terms=(term,)))
    assert Check.TERMS not in found(pair("A memorandum came.", "Пришли два меморандума.", terms=(term,)))


def test_a_dismissal_is_about_what_was_named_and_outlives_a_change_elsewhere_in_the_words() -> None:
    one, later, other = (pair("It seized 5 kg.", f"Изъято {words}.") for words in ("7 кг", "целых 7 кг", "8 кг"))
    seven, still, eight = (found(each)[Check.NUMBERS].subject(each) for each in (one, later, other))
    assert seven == still
    assert seven != eight


@given(st.sampled_from(KINDS), st.text())
def test_a_source_compared_with_itself_has_no_error(kind: str, text: str) -> None:
    clean = "".join(letter for letter in text if letter.isprintable())
    errors = [one for one in findings(pair(clean, clean, "en", kind)) if one.severity is Severity.ERROR]
    assert errors == [] or not clean.strip()


@pytest.mark.parametrize("numbers", ["1,2,3", "1,2,3,4.5", "1'2'3", "1.2,3.4", "1" * 5_000, "1," * 9 + "1", "٣,٣,٣"])
def test_whatever_is_written_in_digits_is_looked_at(numbers: str) -> None:
    for words in (f"Articles {numbers} of the law", f"At {numbers} p.m.", f"{numbers} thousand", numbers):
        assert Check.NUMBERS not in found(pair(words, words, "en"))
        assert Check.NUMBERS in found(pair("Articles of the law", words))


@given(st.sampled_from(KINDS), st.text("0123456789.,:/'’ \u00a0-a", max_size=30), st.text("019.,'’ 3a", max_size=30))
def test_numbers_of_any_shape_are_looked_at_and_found_in_themselves(kind: str, source: str, target: str) -> None:
    findings(pair(source, target, "ru", kind))
    assert Check.NUMBERS not in found(pair(source, source, "ru", kind))


@given(st.sampled_from(KINDS), st.text(), st.text(), st.sampled_from(["ru", "uz", "kk", "tk", "fa"]))
def test_checks_look_at_any_text_and_their_mends_leave_nothing_of_what_they_mend(
    kind: str, source: str, target: str, tag: str
) -> None:
    one = pair(source, target, tag, kind)
    for finding in findings(one):
        if finding.mend is not None:
            after = pair(source, finding.mend, tag, kind)
            assert (finding.check, finding.said) not in {(each.check, each.said) for each in findings(after)}


def test_the_table_has_each_check_once() -> None:
    assert [row.check for row in CHECKS] == list(dict.fromkeys(row.check for row in CHECKS))
    assert {row.check for row in CHECKS} == set(Check)
