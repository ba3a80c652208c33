import pytest

from app.domain.countries import alphabetical, country_name
from app.domain.segments import Tag

CODES = ("AZ", "KZ", "KG", "RU", "TJ", "TM", "UZ")

NAMES = {
    "en": "Azerbaijan Kazakhstan Kyrgyzstan Russia Tajikistan Turkmenistan Uzbekistan",
    "ru": "Азербайджан Казахстан Кыргызстан Россия Таджикистан Туркменистан Узбекистан",
    "kk": "Әзербайжан Қазақстан Қырғызстан Өзбекстан Ресей Тәжікстан Түрікменстан",
    "ky": "Азербайжан Казакстан Кыргызстан Өзбекстан Россия Тажикстан Түркмөнстан",
    "tg": "Қазоқистон Қирғизистон Озарбойҷон Россия Тоҷикистон Туркманистон Ӯзбекистон",
    "tk": "Azerbaýjan Gazagystan Gyrgyzystan Özbegistan Russiýa Täjigistan Türkmenistan",
    "uz": "Ozarbayjon Qirgʻiziston Qozogʻiston Rossiya Tojikiston Turkmaniston Oʻzbekiston",
    "uz-Cyrl": "Озарбайжон Россия Тожикистон Туркманистон Ўзбекистон Қирғизистон Қозоғистон",
    "az": "Azərbaycan Qazaxıstan Qırğızıstan Özbəkistan Rusiya Tacikistan Türkmənistan",
}

ORDERS = {
    "en": "AZ KZ KG RU TJ TM UZ",
    "ru": "AZ KZ KG RU TJ TM UZ",
    "kk": "AZ KZ KG UZ RU TJ TM",
    "ky": "AZ KZ KG UZ RU TJ TM",
    "tg": "KZ KG AZ RU TJ TM UZ",
    "tk": "AZ KZ KG UZ RU TJ TM",
    "uz": "AZ KG KZ RU TJ TM UZ",
    "uz-Cyrl": "AZ RU TJ TM UZ KG KZ",
    "az": "AZ KZ KG UZ RU TJ TM",
}


@pytest.mark.parametrize(("tag", "order"), ORDERS.items())
def test_countries_stand_in_the_alphabetical_order_of_the_reader(tag: str, order: str) -> None:
    assert alphabetical(CODES, Tag(tag)) == tuple(order.split())
    assert alphabetical(reversed(CODES), Tag(tag)) == tuple(order.split())


@pytest.mark.parametrize(("tag", "names"), NAMES.items())
def test_countries_have_the_names_that_a_newsroom_of_the_language_prints(tag: str, names: str) -> None:
    assert " ".join(country_name(code, Tag(tag)) for code in ORDERS[tag].split()) == names


def test_a_region_of_a_language_keeps_its_corrections() -> None:
    assert country_name("KG", Tag("ru-KZ")) == "Кыргызстан"


def test_countries_outside_the_table_have_the_names_of_cldr() -> None:
    assert country_name("KG", Tag("de")) == "Kirgisistan"
    assert country_name("DE", Tag("kk")) == "Германия"


@pytest.mark.parametrize("code", ["", "kz", "XX1", "ZZ", "001", "419", "Kazakhstan", "ZZZ"])
def test_a_country_that_nobody_knows_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="no country: "):
        country_name(code, Tag("ru"))


def test_a_language_that_lacks_a_countrys_name_has_the_english_one() -> None:
    assert country_name("KZ", Tag("sah")) == "Kazakhstan"
