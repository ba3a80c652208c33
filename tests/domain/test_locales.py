import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.languages import LANGUAGES, Direction, Quotes
from app.domain.locales import babel_identifier, kin, language, lookup, nearest, parse_tag, tag_of, with_country
from app.domain.segments import Tag

SITE = tuple(Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz"))
EN = Tag("en")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("ky", "ky"),
        ("UZ-cyrl-uz", "uz-Cyrl-UZ"),
        ("PT-br", "pt-BR"),
        ("es-419", "es-419"),
        ("ca-es-VALENCIA", "ca-ES-valencia"),
        ("de-CH-1901", "de-CH-1901"),
        ("zxx", "zxx"),
    ],
)
def test_a_tag_is_brought_into_its_canonical_case(written: str, canonical: str) -> None:
    assert parse_tag(written) == canonical


@pytest.mark.parametrize(
    "written",
    ["", "k", "root", "uz_Cyrl", "en-", "-en", "en--US", "i-klingon", "x-private", "de-1901-1901", "қаз", "en\n",
     "en-US-Cyrl", "en-a-bb", "../en", "a" * 10_000, "e" + "n-abcde" * 10],
)  # fmt: skip
def test_what_is_no_tag_is_refused_with_an_example_of_one(written: str) -> None:
    with pytest.raises(ValueError, match=r"not a language tag.*uz-Cyrl"):
        parse_tag(written)


@pytest.mark.parametrize(
    ("tag", "identifier"),
    [("ky", "ky"), ("uz-Cyrl", "uz_Cyrl"), ("zh-Hant-TW", "zh_Hant_TW"), ("ca-ES-valencia", "ca_ES_VALENCIA"),
     ("es-419", "es_419")],
)  # fmt: skip
def test_a_tag_and_the_name_of_its_folder_lead_to_each_other(tag: str, identifier: str) -> None:
    assert babel_identifier(Tag(tag)) == identifier
    assert tag_of(identifier) == tag


@pytest.mark.parametrize("identifier", ["uz-Cyrl", "sr@latin", "templates", "", "en_US.UTF-8"])
def test_a_folder_that_is_no_locale_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        tag_of(identifier)


@pytest.mark.parametrize(
    ("tag", "babel", "endonym", "script"),
    [
        ("en", "en", "English", "Latn"),
        ("ru", "ru", "Русский", "Cyrl"),
        ("kk", "kk", "Қазақша", "Cyrl"),
        ("ky", "ky", "Кыргызча", "Cyrl"),
        ("tg", "tg", "Тоҷикӣ", "Cyrl"),
        ("tk", "tk", "Türkmençe", "Latn"),
        ("uz", "uz", "Oʻzbekcha", "Latn"),
        ("uz-Cyrl", "uz_Cyrl", "Ўзбекча", "Cyrl"),
        ("az", "az", "Azərbaycanca", "Latn"),
    ],
)
def test_our_own_table_gives_the_spellings_of_a_language(tag: str, babel: str, endonym: str, script: str) -> None:
    known = language(Tag(tag))
    assert (known.tag, known.babel, known.endonym, known.script) == (tag, babel, endonym, script)
    assert known.direction is Direction.LTR


def test_quotation_marks_are_those_of_the_newsrooms() -> None:
    def marks(q: Quotes) -> str:
        return f"{q.opening}{q.closing}{q.inner_opening}{q.inner_closing}"

    assert {tag: marks(known.quotes) for tag, known in LANGUAGES.items()} == {
        "en": "“”‘’",
        "ru": "«»„“",
        "kk": "«»“”",
        "ky": "«»„“",
        "tg": "«»„“",
        "tk": "“”‘’",
        "uz": "“”‘’",
        "uz-Cyrl": "«»“”",
        "az": "“”‘’",
    }


def test_plural_headers_of_new_catalogues() -> None:
    russian = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    two = "nplurals=2; plural=(n != 1);"
    for tag, known in LANGUAGES.items():
        assert known.plural_forms == (russian if tag == "ru" else two)


@pytest.mark.parametrize(("tag", "count"), [("en", 26), ("ru", 33), ("kk", 42), ("ky", 36), ("tg", 35), ("tk", 30),
                                            ("uz", 29), ("uz-Cyrl", 35), ("az", 32)])  # fmt: skip
def test_alphabets_have_all_their_letters_once(tag: str, count: int) -> None:
    letters = language(Tag(tag)).letters
    assert len(letters) == len(set(letters)) == count
    assert all(letter == letter.lower() for letter in letters)


def test_a_language_that_is_not_in_our_table_comes_from_cldr() -> None:
    persian = language(Tag("fa"))
    assert (persian.endonym, persian.script, persian.direction) == ("فارسی", "Arab", Direction.RTL)
    assert persian.plural_forms == "nplurals=1; plural=0;"
    german = language(Tag("de"))
    assert (german.endonym, german.script, german.direction) == ("Deutsch", "Latn", Direction.LTR)
    assert (german.letters, german.quotes) == ((), Quotes())
    assert german.plural_forms == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize(
    ("tag", "endonym"),
    [("fr", "Français"), ("pt-BR", "Português (Brasil)"), ("zu", "isiZulu"), ("ka", "ქართული"), ("tr", "Türkçe")],
)
def test_an_endonym_begins_with_a_capital_where_the_script_has_them(tag: str, endonym: str) -> None:
    assert language(Tag(tag)).endonym == endonym


def test_a_region_keeps_what_we_know_of_the_language() -> None:
    there = language(Tag("ru-KZ"))
    assert (there.tag, there.babel, there.endonym, len(there.letters)) == ("ru-KZ", "ru_KZ", "Русский", 33)
    assert language(Tag("uz-Latn-UZ")).letters == language(Tag("uz")).letters


def test_another_script_is_another_row() -> None:
    assert nearest(Tag("uz-Cyrl"), [Tag("uz")]) is None
    assert nearest(Tag("uz-Cyrl-UZ"), [Tag("uz"), Tag("uz-Cyrl")]) == "uz-Cyrl"
    assert nearest(Tag("uz-Latn"), [Tag("uz"), Tag("uz-Cyrl")]) == "uz"
    assert nearest(Tag("az-Arab"), [Tag("az")]) is None
    assert language(Tag("az-Arab")).direction is Direction.RTL


@pytest.mark.parametrize(
    ("asked", "locales", "led"),
    [
        ("en", "en-GB pt-BR", "en-GB"),
        ("pt-PT", "en-GB pt-BR pt-AO", "pt-BR pt-AO"),
        ("zh-TW", "zh zh-Hans zh-CN zh-Hant-HK zh-Hant-TW", "zh-Hant-HK zh-Hant-TW"),
        ("zh-TW", "zh zh-Hans-CN", ""),
        ("zh", "zh-Hant-TW zh-CN", "zh-CN zh-Hant-TW"),
        ("sr", "sr-Latn sr-Cyrl-RS", "sr-Cyrl-RS sr-Latn"),
        ("SR", "sr-Latn", "sr-Latn"),
        ("uz-Cyrl", "uz uz-Latn-UZ", ""),
        ("uz-Cyrl", "uz uz-Cyrl-UZ", "uz-Cyrl-UZ"),
        ("english", "en en-GB", ""),
    ],
)
def test_a_language_leads_to_its_regions_and_never_from_a_script_that_is_named_to_another(
    asked: str, locales: str, led: str
) -> None:
    assert kin(asked, [Tag(tag) for tag in locales.split()]) == led.split()


@pytest.mark.parametrize("tag", ["xx", "zxx", "und", "tlh", "en-Cyrl", "qaa"])
def test_a_language_that_nobody_knows_is_refused_by_name(tag: str) -> None:
    with pytest.raises(ValueError, match=f"neither we nor CLDR know: {tag}"):
        language(Tag(tag))


@pytest.mark.parametrize(
    ("header", "served"),
    [
        ("kk", "kk"),
        ("KK-kz", "kk"),
        ("uz-Latn-UZ", "uz"),
        ("uz-Cyrl-UZ", "uz"),
        ("fr-FR, tg;q=0.8, ru;q=0.7", "tg"),
        ("ru;q=0.5, kk;q=0.9, en;q=0.7", "kk"),
        ("ru, kk", "ru"),
        ("ky-KG,ky;q=0.9,ru-RU;q=0.8,ru;q=0.7,en-US;q=0.6,en;q=0.5", "ky"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("kk;q=0.000, ru;q=0.001", "ru"),
        ("en-x-secret", "en"),
        ("tk-a-x-b", "tk"),
        ("tuk", "en"),
        ("k", "en"),
    ],
)
def test_a_browsers_wishes_lead_to_a_language_of_the_site(header: str, served: str) -> None:
    assert lookup(header, SITE, EN) == served


def test_a_script_is_served_where_the_site_has_it() -> None:
    both = (*SITE, Tag("uz-Cyrl"))
    assert lookup("uz-Cyrl-UZ", both, EN) == "uz-Cyrl"
    assert lookup("uz-UZ", both, EN) == "uz"
    assert lookup("uz-cyrl;q=0, uz", both, EN) == "uz"
    assert lookup("zh-Hant-TW", [Tag("zh"), Tag("zh-Hant")], EN) == "zh-Hant"


@pytest.mark.parametrize(
    ("header", "available", "served"),
    [
        ("zh-TW", "zh-Hans zh-Hant", "zh-Hant"),
        ("zh-TW", "zh zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-TW zh-Hant", "zh-TW"),
        ("zh", "zh-Hant zh-Hans", "zh-Hans"),
        ("sr-ME", "sr-Cyrl sr-Latn", "sr-Latn"),
        ("uz-UZ", "uz-Cyrl uz-Latn", "uz-Latn"),
        ("uz-Cyrl-UZ", "uz-Latn", "en"),
        ("xx-YY", "uz-Latn", "en"),
        ("pt", "zh-Hant-TW pt-BR", "pt-BR"),
        ("pt-PT,pt;q=0.9,en;q=0.8", "pt-BR", "pt-BR"),
        ("zh-TW", "zh-Hant-TW", "zh-Hant-TW"),
        ("zh-TW", "zh zh-Hans zh-Hant-HK", "zh-Hant-HK"),
        ("zh-TW, zh;q=0.9", "zh-CN zh-Hant-TW", "zh-Hant-TW"),
        ("zh-TW", "zh", "zh"),
        ("zh", "zh-Hant-TW", "zh-Hant-TW"),
        ("sr", "sr-Latn", "sr-Latn"),
        ("pt-PT, pt-AO;q=0.9", "pt-BR pt-AO", "pt-AO"),
        ("pt-BR;q=0, pt", "pt-BR pt-AO", "pt-AO"),
        ("en-AU", "en-GB", "en"),
    ],
)
def test_a_region_or_language_stands_for_its_script(header: str, available: str, served: str) -> None:
    assert lookup(header, [Tag(tag) for tag in available.split()], EN) == served


@pytest.mark.parametrize(
    ("header", "served"),
    [
        ("en;q=0", "ru"),
        ("en;q=0, *", "ru"),
        ("en;q=0, ru;q=0, *;q=0.1", "kk"),
        ("*;q=0", "en"),
        ("kk, *;q=0", "kk"),
        ("en;q=0, en-GB", "ru"),
        ("*;q=0.5, en;q=0.1", "ru"),
        ("fr, *;q=0.5, kk;q=0.1", "en"),
        ("en;q=0,ru;q=0,kk;q=0,ky;q=0,tg;q=0,tk;q=0,uz;q=0", "en"),
    ],
)
def test_what_a_browser_refuses_is_served_only_if_nothing_else_is_left(header: str, served: str) -> None:
    assert lookup(header, SITE, EN) == served


@pytest.mark.parametrize(
    "header",
    [
        "ru;q=2, kk", "ru;q=-1, kk", "ru;q=0.1234, kk", "ru;q=, kk", "ru;level=1, kk", "ru q=1, kk", "русский, kk",
        ",,, ,kk", "\x00, kk", "ru-, kk", "-ru, kk", "**, kk", "ru;q=NaN, kk", "ru;;q=1, kk", "\tkk\t;\tq=1.000\t",
    ],
)  # fmt: skip
def test_malformed_parts_of_a_header_are_as_if_they_were_not_there(header: str) -> None:
    assert lookup(header, SITE, EN) == "kk"


def test_a_header_is_read_to_a_limit_and_a_tag_is_not_cut_in_two() -> None:
    assert lookup("fr," * 49 + "kk", SITE, EN) == "kk"
    assert lookup("fr," * 50 + "kk", SITE, EN) == "en"
    assert lookup(" " * 997 + ",kk-KZ", SITE, EN) == "en"
    assert lookup("kk" * 1_000_000, SITE, EN) == "en"


def test_the_default_is_served_even_if_the_list_lacks_it() -> None:
    assert lookup("fr", [Tag("ru")], EN) == "en"
    assert lookup("fr", [], EN) == "en"


PARTS = st.sampled_from(
    ["en", "ru-RU", "uz-Latn-UZ", "uz-Cyrl", "kk", "*", "x", ";", "q=0", ";q=0.3", ",", " ", "-", "ё"]
)


@given(st.lists(PARTS, max_size=12).map("".join) | st.text(max_size=40))
def test_whatever_a_browser_sends_it_gets_a_language_of_the_site(header: str) -> None:
    assert lookup(header, SITE, EN) in SITE


@given(st.from_regex(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?(-[0-9][a-z]{3})?", fullmatch=True))
def test_canonical_case_is_reached_in_one_step_and_survives_the_way_through_a_folders_name(written: str) -> None:
    tag = parse_tag(written)
    assert parse_tag(tag) == tag
    assert parse_tag(written.swapcase()) == tag
    assert tag_of(babel_identifier(tag)) == tag


@pytest.mark.parametrize(
    ("tag", "spelled"),
    [
        ("en", "en_US"), ("ru", "ru_RU"), ("kk", "kk_KZ"), ("ky", "ky_KG"), ("tg", "tg_TJ"), ("tk", "tk_TM"),
        ("uz", "uz_UZ"), ("uz-Cyrl", "uz_UZ"), ("az", "az_AZ"), ("fa", "fa_IR"), ("pt-PT", "pt_PT"), ("en-GB", "en_GB"),
    ],
)  # fmt: skip
def test_networks_know_a_language_with_a_country(tag: str, spelled: str) -> None:
    assert with_country(Tag(tag)) == spelled
