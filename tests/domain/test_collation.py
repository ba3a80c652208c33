from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.collation import sort_key
from app.domain.languages import LANGUAGES
from app.domain.segments import Tag


def in_order(words: str, tag: str) -> str:
    return " ".join(sorted(words.split(), key=lambda word: sort_key(word, Tag(tag))))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "abbey Abbey able cafe café Cafe cafes zebra"),
        ("ru", "ёлка ель ерш жук й югра"),
        ("kk", "азамат әке бала ғалым дала кітап қала нан ңа орман өзен тау ұл үй фото хат һа ыдыс іні эра"),
        ("ky", "алма нан ңа ооз өзөн таш унаа үй фото"),
        ("tg", "гул ғор ид ӣд йод кор қанд улуғ ӯ фил хона ҳаво чор ҷавон шаб"),
        ("tk", "at çaga daş el ädik fakt jaň žurnal nan ňa ot öý suw şa ur üzüm wagt ylym ýaş zat"),
        ("uz", "ayol bola davlat gul hayot non olma qor suv tosh uy zamon oʻzbek gʻoz shahar choy"),
        ("uz-Cyrl", "аёл она яхши ўқ қор ғор ҳаёт"),
        ("az", "at cib çay dağ ev əl fil göz ğa hava xan ıldırım iş kənd qız lalə nar ot öd sal şah ud üz vaz"),
    ],
)
def test_words_stand_in_the_order_of_the_alphabet(tag: str, words: str) -> None:
    assert in_order(" ".join(reversed(words.split())), tag) == words


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_of_an_alphabet_comes_after_the_one_before_it(tag: Tag) -> None:
    apart = {"ng"} | ({"ё"} if tag == "ru" else set())
    letters = [letter for letter in LANGUAGES[tag].letters if letter not in apart]
    for earlier, later in pairwise(letters):
        assert sort_key(earlier + "z", tag) < sort_key(later, tag), (earlier, later)


def test_russian_keeps_yo_with_ye_because_it_may_be_written_so() -> None:
    assert in_order("ёлка елки ёлки елка", "ru") == "елка ёлка елки ёлки"
    assert in_order("ёлка ерш", "ru-KZ") == "ёлка ерш"
    assert in_order("ёлка ерш", "ky") == "ерш ёлка"


def test_uzbek_letters_of_two_signs_are_one_letter_each() -> None:
    assert in_order("shahar suv sovun", "uz") == "sovun suv shahar"
    assert in_order("choʻl zar", "uz") == "zar choʻl"
    assert in_order("Shahar SHAHAR shahar", "uz") == "shahar Shahar SHAHAR"
    assert in_order("tong toʻn tosh", "uz") == "tong tosh toʻn"
    assert in_order("Isʼhoq ishq iskana", "uz") == "Isʼhoq iskana ishq"


@pytest.mark.parametrize("sign", ["ʻ", "ʼ", "'", "‘", "’", "`", "´"])
def test_uzbek_sorts_the_same_whatever_the_keyboard_gave_for_an_apostrophe(sign: str) -> None:
    assert sort_key(f"o{sign}zbek", Tag("uz"))[0] == sort_key("oʻzbek", Tag("uz"))[0]
    assert sort_key(f"ma{sign}no", Tag("uz"))[0] == sort_key("mano", Tag("uz"))[0]
    assert sort_key("mano", Tag("uz")) < sort_key(f"ma{sign}no", Tag("uz")) < sort_key("manoviy", Tag("uz"))


def test_azerbaijani_pairs_dotted_and_dotless_i_and_turkmen_does_not() -> None:
    assert in_order("İş iş Isti ısti", "az") == "ısti Isti iş İş"
    assert sort_key("Iş", Tag("tk"))[0] == sort_key("iş", Tag("tk"))[0]


def test_signs_come_before_digits_before_letters_before_other_scripts() -> None:
    assert in_order("жук apple 9 -a ä", "en") == "-a 9 ä apple жук"
    assert in_order("apple жук 9 «а»", "ru") == "«а» 9 жук apple"


def test_a_space_sorts_before_any_letter_so_that_short_names_come_first() -> None:
    names = ["New Yorker", "New York", "Newark", "New"]
    assert sorted(names, key=lambda name: sort_key(name, Tag("en"))) == ["New", "New York", "New Yorker", "Newark"]


def test_foreign_letters_of_the_same_script_have_a_sensible_place() -> None:
    assert in_order("web vazir xabar", "uz") == "vazir web xabar"
    assert in_order("ҳаво чор цирк хона", "tg") == "хона цирк ҳаво чор"
    assert in_order("Çelik Celsius Düzce Dubai", "en") == "Çelik Celsius Dubai Düzce"


@pytest.mark.parametrize("tag", [*LANGUAGES, Tag("de"), Tag("fa"), Tag("zh-Hant")])
def test_case_decides_only_between_words_of_the_same_letters(tag: Tag) -> None:
    assert sort_key("b", tag) < sort_key("B", tag) < sort_key("ba", tag)


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(list(LANGUAGES)))
def test_two_texts_have_equal_keys_only_if_they_are_equal(one: str, other: str, tag: Tag) -> None:
    assert (sort_key(one, tag) == sort_key(other, tag)) == (one == other)
