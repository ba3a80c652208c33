"""Searching as a reader meets it: the form, the answers, what is said where there are none."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from app.domain.searching import Hit, Question, Results
from app.domain.segments import Tag
from app.domain.snippets import Piece
from tests.web.fakes import EN, KK, TG, UZ, FakeReader

Fetch = Callable[..., Element]
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def hit(number: int, locale: Tag = KK, snippet: str = "Мәтін") -> Hit:
    return Hit(
        locale=locale,
        path=f"news/item-{number}",
        title=(Piece(f"{number}-"), Piece("қазақ", found=True), Piece(" <елі>")),
        snippet=(Piece(f"{snippet} <b>&amp; "), Piece("Қазақстан", found=True)),
        date=datetime(2026, 3, 18, 20, 0, tzinfo=UTC) if number else None,
    )


def answers(reader: FakeReader, asked: str, count: int, *, more: bool = False, elsewhere: tuple[Hit, ...] = ()) -> None:
    reader.answers[KK, asked] = Results(
        question=Question.of(asked, KK),
        hits=tuple(hit(number) for number in range(min(count, 10))),
        count=count,
        more=more,
        elsewhere=elsewhere,
    )


def text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_the_menu_of_every_page_leads_to_the_search_of_its_language(fetch: Fetch) -> None:
    for path in ("/kk/", "/kk/about", "/kk/news/memorandumga-qol-qoyyldy"):
        links = [link.get("href") for link in fetch(path).findall(".//nav[@class='menu']//a")]
        assert links[:2] == ["/kk/news/", "/kk/search"]
    current = fetch("/kk/search?q=a").find(".//nav[@class='menu']//a[@aria-current='page']")
    assert current is not None
    assert current.get("href") == "/kk/search"


def test_the_form_can_be_used_by_ear_and_keeps_what_was_asked_for(fetch: Fetch) -> None:
    page = fetch("/kk/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    form = page.find(".//form[@role='search']")
    assert form is not None
    field, label = form.find(".//input"), form.find(".//label")
    assert field is not None
    assert label is not None
    assert form.get("action") == "/kk/search"
    assert (field.get("name"), field.get("type"), field.get("value")) == ("q", "search", '"><script>alert(1)</script>')
    assert label.get("for") == field.get("id")
    assert [script.get("src") is not None for script in page.findall(".//script")] == [True, True]


def test_an_answer_has_title_date_and_snippet_with_its_found_words_marked_and_nothing_else_as_markup(
    reader: FakeReader, fetch: Fetch
) -> None:
    answers(reader, "қазақ", 2)
    page = fetch("/kk/search?q=қазақ")
    second = page.findall(".//ol/li")[1]
    link = second.find("h2/a")
    assert link is not None
    assert link.get("href") == "/kk/news/item-1"
    assert text(link) == "1-қазақ <елі>"
    assert [mark.text for mark in second.findall(".//mark")] == ["қазақ", "Қазақстан"]
    assert text(second.find("p[@class='snippet']")) == "Мәтін <b>&amp; Қазақстан"
    assert [time.text for time in second.findall(".//time")] == ["2026\u202fж. 19 наурыз"]
    assert page.findall(".//ol/li")[0].findall(".//time") == [], "a standing page has no date"
    assert text(page.find(".//p[@class='count']")) == "2 results"


def test_the_title_says_what_was_asked_for_and_no_search_engine_keeps_the_page(fetch: Fetch) -> None:
    assert text(fetch("/kk/search").find(".//title")) == "Search · CARICC"
    page = fetch("/kk/search?q=%3Ci%3E100%25%20%25(x)s")
    assert text(page.find(".//title")) == "Search: <i>100% %(x)s · CARICC"
    robots = page.find(".//meta[@name='robots']")
    assert robots is not None
    assert robots.get("content") == "noindex"
    assert page.find(".//link[@rel='canonical']") is None


def test_headings_are_in_order_and_other_languages_stand_apart_each_in_its_own(
    reader: FakeReader, fetch: Fetch
) -> None:
    answers(reader, "қазақ", 1, elsewhere=(hit(5, EN), hit(6, UZ)))
    page = fetch("/kk/search?q=қазақ")
    headings = [element.tag for element in page.iter() if element.tag in {"h1", "h2", "h3"}]
    assert headings[-5:] == ["h1", "h2", "h2", "h3", "h3"]
    apart = page.find(".//section[@class='abroad']")
    assert apart is not None
    assert [link.get("href") for link in apart.findall(".//h3/a")] == ["/en/news/item-5", "/uz/news/item-6"]
    assert [heading.get("lang") for heading in apart.findall(".//h3")] == ["en", "uz"]
    assert [snippet.get("lang") for snippet in apart.findall(".//p[@class='snippet']")] == ["en", "uz"]
    assert [text(name) for name in apart.findall(".//span")] == ["ағылшын тілі", "өзбек тілі"]


def test_the_languages_are_asked_in_the_order_in_which_they_stand_in_for_one_another(
    reader: FakeReader, client: FlaskClient
) -> None:
    client.get("/tg/search?q=a")
    assert reader.questions == [(TG, "a", 1, (EN, KK, UZ))]


def test_who_changes_the_language_takes_the_question_along(fetch: Fetch) -> None:
    link = fetch("/kk/search?q=a+%26b").find(".//nav[@class='languages unfolded']//a")
    assert link is not None
    assert link.get("href") == "/en/search?q=a%20%26b"


def test_answers_come_ten_at_a_time(reader: FakeReader, fetch: Fetch) -> None:
    answers(reader, "a&b", 23)
    page = fetch("/kk/search?q=a%26b&page=2")
    assert [link.get("href") for link in page.findall(".//nav[@class='paging']/a")] == [
        "/kk/search?q=a%26b",
        "/kk/search?q=a%26b&page=3",
    ]
    assert page.findall(".//ol")[-1].get("start") == "11"
    assert reader.questions == [(KK, "a&b", 2, (EN, TG, UZ))]


def test_where_there_are_very_many_that_is_said(reader: FakeReader, fetch: Fetch) -> None:
    answers(reader, "a", 100, more=True)
    assert text(fetch("/kk/search?q=a").find(".//p[@class='count']")) == "More than 100 results"


@pytest.mark.parametrize("page", ["0", "11", "1000000", "-1", "x", "", "２"])
def test_a_page_of_answers_that_cannot_be_does_not_exist(reader: FakeReader, client: FlaskClient, page: str) -> None:
    answers(reader, "a", 100)
    assert client.get(f"/kk/search?q=a&page={page}").status_code == 404


def test_a_page_behind_the_last_answer_does_not_exist(client: FlaskClient) -> None:
    assert client.get("/kk/search?q=a&page=2").status_code == 404
    assert client.get("/kk/search?q=a&page=1").status_code == 200


def test_where_nothing_is_asked_the_page_says_what_can_be(fetch: Fetch) -> None:
    for asked in ("", "?q=", "?q=%22", "?q=*", "?q=%20", "?page=1"):
        advice = fetch(f"/kk/search{asked}").findall(".//p[@class='advice']")
        assert [text(one).split(":")[0] for one in advice] == ["Write one or more words"]


def test_where_nothing_is_found_the_page_says_so_and_what_to_do(fetch: Fetch) -> None:
    page = fetch("/kk/search?q=nothing")
    assert text(page.find(".//p[@class='count']")) == "Nothing was found in this language."
    assert text(page.find(".//p[@class='advice']")).startswith("Try fewer words")


@pytest.mark.parametrize(
    "asked",
    [
        "%00", "%ED%A0%80", "%FF%FE", "%F0%9F%99%82", "%E2%80%AE", "NEAR(", "a" * 10_000, "%D2%9B+" * 3000,
        "'%22)%20OR%201", "%0d%0aX:%20y",
    ],
)  # fmt: skip
def test_whatever_is_asked_there_is_a_page(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/kk/search?q={asked}")
    assert response.status_code == 200
    assert len(response.data) < 20_000
    assert "X" not in response.headers


def test_a_page_of_answers_is_kept_under_its_question_and_pushes_out_no_other(
    reader: FakeReader, client: FlaskClient
) -> None:
    client.get("/kk/about")
    first = client.get("/kk/search?q=a")
    assert client.get("/kk/search?q=b").headers["ETag"] != first.headers["ETag"]
    assert client.get("/kk/search?q=a&utm_source=x").headers["ETag"] == first.headers["ETag"]
    assert client.get("/kk/search?q=a", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    for number in range(500):
        client.get(f"/kk/search?q={number}")
    asked = reader.asked
    client.get("/kk/about")
    assert reader.asked == asked


def test_browsers_are_told_how_to_search_in_each_language(client: FlaskClient, fetch: Fetch) -> None:
    for locale in ("en", "kk"):
        link = fetch(f"/{locale}/").find(".//link[@rel='search']")
        assert link is not None
        assert link.get("type") == "application/opensearchdescription+xml"
        response = client.get(link.get("href") or "")
        assert response.mimetype == "application/opensearchdescription+xml"
        told = ET.fromstring(response.data)  # noqa: S314  # our own page
        assert told.tag == f"{OPENSEARCH}OpenSearchDescription"
        assert told.findtext(f"{OPENSEARCH}ShortName") == f"CARICC {locale}"
        assert told.findtext(f"{OPENSEARCH}Language") == locale
        address = told.find(f"{OPENSEARCH}Url[@type='text/html']")
        assert address is not None
        assert address.get("template") == f"http://localhost/{locale}/search?q={{searchTerms}}"
    assert client.get("/xx/opensearch.xml").status_code == 404
    assert client.get("/xx/search").status_code == 404
