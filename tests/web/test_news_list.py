from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from tests.web.fakes import KK, SITE, SLUGS, TITLES, FakeReader
from tests.web.test_item_page import text

Fetch = Callable[..., Element]


def test_the_list_shows_date_title_summary_and_photo(fetch: Fetch) -> None:
    tree = fetch("/kk/news/")
    newest = tree.find(".//article[@class='newest pictured']")
    assert newest is not None
    assert text(newest.find(".//h2/a")) == TITLES[KK]
    assert text(newest.find(".//time")) == "2026 ж. 18 наурыз"
    assert newest.find(".//img") is not None
    assert text(newest.find(".//p[@class='summary']")) == "Summary of 1"


def test_older_and_newer_pages_hang_together(fetch: Fetch) -> None:
    older = fetch("/kk/news/").find(".//a[@rel='next']")
    assert older is not None
    assert older.get("href") == "/kk/news/?older=2"
    newer = fetch("/kk/news/?older=2").find(".//a[@rel='prev']")
    assert newer is not None
    assert newer.get("href") == "/kk/news/?newer=1"


def test_search_engines_are_given_the_first_page_alone(fetch: Fetch) -> None:
    first, second = fetch("/kk/news/"), fetch("/kk/news/?older=2")
    assert first.find(".//link[@rel='canonical'][@href='http://localhost/kk/news/']") is not None
    assert first.find(".//meta[@name='robots']") is None
    assert second.find(".//link[@rel='canonical']") is None
    assert second.find(".//meta[@name='robots'][@content='noindex']") is not None


def test_an_item_can_be_found_again_in_its_list(fetch: Fetch) -> None:
    assert fetch("/kk/news/").find(f".//*[@id='item-{SLUGS[KK]}']") is not None


def test_the_list_says_what_other_languages_have_besides(fetch: Fetch) -> None:
    more = fetch("/kk/news/").find(".//section[@class='elsewhere']")
    assert more is not None
    assert text(more.find(".//li")) == "English 1 item"
    link = more.find(".//a")
    assert link is not None
    assert (link.get("href"), link.get("hreflang"), link.get("lang")) == ("/en/news/", "en", "en")


def test_the_home_page_leads_to_the_whole_list(fetch: Fetch) -> None:
    tree = fetch("/kk/")
    assert tree.find(".//p[@class='paging']/a[@href='/kk/news/']") is not None
    assert text(tree.find(".//h1")) == "News"


def test_an_empty_list_says_so(fetch: Fetch) -> None:
    assert "no news in this language" in text(fetch("/uz/news/").find(".//main"))


@pytest.mark.parametrize("query", ["older=0", "older=%00", "older=" + "a" * 101, "newer=%D1%84", "older=nothing-there"])
def test_a_cursor_that_leads_nowhere_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/kk/news/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["older=", "newer=", "older=&newer=", "older[]=1", "page=2"])
def test_what_names_no_cursor_is_the_first_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/kk/news/?{query}").data == client.get("/kk/news/").data


def test_the_clock_carries_names_but_no_time(fetch: Fetch) -> None:
    clock = fetch("/kk/news/").find(".//p[@class='clock']")
    assert clock is not None
    assert clock.get("data-weekdays", "").split("|")[5] == "сенбі"
    assert clock.get("data-months", "").split("|")[2] == "наурыз"
    assert text(clock.find(".//span[@class='hours']")) == ""


def test_a_country_without_a_flag_of_ours_stands_by_its_name(reader: FakeReader, fetch: Fetch) -> None:
    reader.settings = replace(SITE, countries=("FR", "KZ", "DE"))
    countries = fetch("/kk/news/").find(".//div[@class='flags']")
    assert countries is not None
    assert text(countries.find("p")) == "Member States"
    assert [text(name) for name in countries.iter("span")] == ["Германия", "Франция"]
    assert [image.get("alt") for image in countries.iter("img")] == ["Қазақстан"]
    assert [len(entry) for entry in countries.iter("li")] == [1, 1, 1]


def test_flags_stand_in_the_alphabetical_order_of_the_language(fetch: Fetch) -> None:
    flags = fetch("/kk/news/").find(".//div[@class='flags']")
    assert flags is not None
    names = [image.get("alt") or text(image) for image in flags.iter("img")] or [
        text(entry) for entry in flags.iter("li")
    ]
    assert text(flags.find("p")) == "Flags of Member States"
    assert names == ["Әзербайжан", "Қазақстан", "Қырғызстан", "Өзбекстан", "Ресей", "Тәжікстан", "Түрікменстан"]
