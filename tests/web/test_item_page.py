from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from app.domain.pages import Attachment
from app.domain.segments import Origin, Tag
from app.storage.media import file_name
from tests.web.fakes import EN, KK, SLUGS, TG, TITLES, UZ, FakeReader, changed_since, item, photo

Fetch = Callable[..., Element]


def text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def links(tree: Element, rel: str) -> list[dict[str, str]]:
    return [link.attrib for link in tree.iter("link") if link.get("rel") == rel and not link.get("type")]


@pytest.mark.parametrize("locale", [EN, KK, TG, UZ])
def test_an_item_is_complete_without_a_script(fetch: Fetch, locale: str) -> None:
    tag = {EN: EN, KK: KK, TG: TG, UZ: UZ}[locale]  # type: ignore[index]  # parametrised with tags
    tree = fetch(f"/{tag}/news/{SLUGS[tag]}")
    assert tree.get("lang") == tag
    assert text(tree.find(".//h1")) == TITLES[tag]
    assert "The body." in text(tree.find(".//div[@class='body']"))
    assert [text(found) for found in tree.iter("h2")] == ["Photo Gallery", "Share:"]
    captions = [text(found) for found in tree.iter("figcaption")][:3]
    assert captions == [f"Caption {number} Photo: Press service" for number in (1, 2, 3)]
    large = [link.get("href") for link in tree.iter("a") if link.get("data-photo") is not None]
    assert large == [f"/media/{photo(number).widest}" for number in (1, 2, 3)]
    assert tree.find(f".//a[@href='/{tag}/news/#item-{SLUGS[tag]}']") is not None


def test_the_time_is_that_of_the_seat(fetch: Fetch) -> None:
    time = fetch(f"/en/news/{SLUGS[EN]}").find(".//article//time")
    assert time is not None
    assert (text(time), time.get("datetime")) == ("18 March 2026, 19:25", "2026-03-18T19:25+05:00")


def test_each_image_has_its_size_and_the_first_one_is_wanted_first(fetch: Fetch) -> None:
    tree = fetch(f"/en/news/{SLUGS[EN]}")
    images = [image for image in tree.iter("img") if image.get("srcset")]
    assert [image.get("fetchpriority") for image in images] == ["high", None, None]
    assert {(image.get("width"), image.get("height")) for image in images} == {("1600", "1067")}
    assert images[0].get("srcset", "").endswith("-1600.webp 1600w")


def test_the_language_switch_keeps_the_reader_on_the_item(fetch: Fetch) -> None:
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    switch = [link for link in tree.iter("a") if link.get("data-locale")]
    seen = {link.get("hreflang"): (link.get("href"), link.get("lang"), text(link)) for link in switch}
    assert seen[TG] == (f"/tg/news/{SLUGS[TG]}", "tg", "Тоҷикӣ")
    assert seen[UZ] == (f"/uz/news/{SLUGS[UZ]}", "uz", "Oʻzbekcha")
    assert {link.get("hreflang") for link in switch if link.get("aria-current")} == {KK}


def test_a_missing_language_says_so_in_words_and_in_place(fetch: Fetch) -> None:
    tree = fetch("/kk/news/open-day")
    absent = {text(mark) for mark in tree.iter("li") if "(not translated)" in text(mark)}
    assert absent == {f"{name} (not translated)" for name in ("Қазақша", "Тоҷикӣ", "Oʻzbekcha")}


def test_a_fallback_is_shown_with_a_notice_in_the_readers_language(fetch: Fetch) -> None:
    tree = fetch("/kk/news/open-day")
    notice = tree.find(".//p[@class='notice missing']")
    assert text(notice).startswith("This text has not been translated into this language yet.")
    assert "ағылшын" in text(notice)
    assert tree.get("lang") == KK
    foreign = {name: [found.get("lang") for found in tree.iter(name)] for name in ("h1", "title")}
    assert foreign == {"h1": [EN], "title": [EN]}
    body = tree.find(".//div[@class='body']")
    assert body is not None
    assert (body.get("lang"), body.get("dir")) == (EN, "ltr")


def test_our_own_words_about_a_fallbacks_photo_are_read_aloud_in_the_readers_language(
    reader: FakeReader, fetch: Fetch
) -> None:
    nameless = replace(photo(1), alt="", caption="")
    reader.items[KK, "open-day"] = item(EN, 2, locale=KK, slug="open-day", pictures=(nameless,))
    figure = fetch("/kk/news/open-day").find(".//figure[@class='lead']")
    assert figure is not None
    assert figure.get("lang") == EN
    assert [one.get("lang") for name in ("a", "span") for one in figure.iter(name)] == [KK, KK]


def test_a_fallback_is_not_indexed_and_points_to_the_real_page(fetch: Fetch) -> None:
    missing = fetch("/kk/news/open-day")
    assert missing.find(".//meta[@name='robots'][@content='noindex']") is not None
    assert links(missing, "canonical") == [{"rel": "canonical", "href": "http://localhost/en/news/open-day"}]
    assert links(missing, "alternate") == []
    real = fetch("/en/news/open-day")
    assert real.find(".//meta[@name='robots']") is None
    assert [link["hreflang"] for link in links(real, "alternate")] == [EN, "x-default"]


def test_real_translations_name_each_other(fetch: Fetch) -> None:
    alternates = links(fetch(f"/tg/news/{SLUGS[TG]}"), "alternate")
    assert [link["hreflang"] for link in alternates] == [EN, KK, TG, UZ, "x-default"]
    assert alternates[1]["href"] == f"http://localhost/kk/news/{SLUGS[KK]}"


def test_a_machine_translation_is_labelled_and_a_persons_is_not(fetch: Fetch) -> None:
    label = fetch(f"/kk/news/{SLUGS[KK]}").find(".//p[@class='notice machine']")
    assert text(label).startswith("Machine translation. Original: ағылшын")
    assert fetch(f"/en/news/{SLUGS[EN]}").find(".//p[@class='notice machine']") is None


def test_a_converted_script_is_labelled(reader: FakeReader, fetch: Fetch) -> None:
    reader.items[UZ, "kirill"] = item(UZ, slug="kirill", origin=Origin.DERIVED)
    assert "converted from another script" in text(fetch("/uz/news/kirill").find(".//p[@class='notice machine']"))


def test_an_outdated_text_says_since_when_and_leads_to_the_newer_one(fetch: Fetch) -> None:
    notice = fetch("/kk/news/zhyldyq-sholu").find(".//p[@class='notice outdated']")
    assert notice is not None
    assert "2026 ж. 1 сәуір" in text(notice)
    assert [link.get("href") for link in notice.iter("a")] == ["/en/news/annual-review"]


def test_a_fallback_that_is_out_of_date_says_both_and_leads_to_the_newer_text(fetch: Fetch, reader: FakeReader) -> None:
    reader.items[TG, "annual-review"] = replace(changed_since(), locale=TG, slug="annual-review")
    tree = fetch("/tg/news/annual-review")
    missing, old = (tree.find(f".//p[@class='notice {kind}']") for kind in ("missing", "outdated"))
    assert missing is not None
    assert old is not None
    assert [link.get("href") for link in missing.iter("a")] == ["/kk/news/zhyldyq-sholu"]
    assert text(old).startswith("The original was changed after this translation was made")
    assert [link.get("href") for link in old.iter("a")] == ["/en/news/annual-review"]


def test_documents_have_a_name_and_a_size(fetch: Fetch) -> None:
    tree = fetch("/kk/news/zhyldyq-sholu")
    link = tree.find(".//section[@class='attachments']//a")
    assert link is not None
    assert (link.get("href"), link.get("download"), link.get("hreflang")) == (f"/media/{file_name('9' * 64)}", "", None)
    assert text(tree.find(".//section[@class='attachments']//li")).startswith("Шолу 2025.pdf 348")
    assert "19 наурыз, 10:00" in text(tree.find(".//p[@class='facts updated']"))


def test_a_document_in_another_language_than_the_page_says_in_which(reader: FakeReader, fetch: Fetch) -> None:
    files = tuple(
        Attachment(path=file_name(digit * 64), name="Шолу.pdf", size=1000, locale=locale)
        for digit, locale in (("1", Tag("ru")), ("2", KK), ("3", None))
    )
    reader.items[KK, "sholu"] = item(KK, slug="sholu", attachments=files)
    section = fetch("/kk/news/sholu").find(".//section[@class='attachments']")
    assert section is not None
    assert [link.get("hreflang") for link in section.iter("a")] == ["ru", None, None]
    assert [text(one) for one in section.iter("li")] == [
        "Шолу.pdf 1 кБ Language: орыс тілі",
        "Шолу.pdf 1 кБ",
        "Шолу.pdf 1 кБ",
    ]


HOSTILE = "</title><script>alert(1)</script>\"'%(x)s{{ 7*7 }}"


def test_hostile_words_stay_words(reader: FakeReader, client: FlaskClient, fetch: Fetch) -> None:
    picture = replace(photo(1), alt=HOSTILE, caption=HOSTILE, credit=HOSTILE)
    reader.items[EN, "evil"] = item(
        EN, slug="evil", title=HOSTILE, summary=HOSTILE, tags=(HOSTILE,), pictures=(picture, picture)
    )
    assert b"<script>" not in client.get("/en/news/evil").data
    tree = fetch("/en/news/evil")
    assert text(tree.find(".//h1")) == HOSTILE
    assert text(tree.find(".//ul[@class='tags']/li")) == HOSTILE
    assert [image.get("alt") for image in tree.iter("img") if image.get("srcset")] == [HOSTILE, HOSTILE]
    addresses = [link.get("href", "") for link in tree.findall(".//section[@class='share']//a")]
    assert not [address for address in addresses if "<" in address or '"' in address or "alert(1)" in address]


def test_no_script_or_style_stands_in_the_page(client: FlaskClient, fetch: Fetch) -> None:
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    run = [script for script in tree.iter("script") if script.get("type") != "application/ld+json"]
    assert {script.get("src") is not None for script in run} == {True}
    assert not list(tree.iter("style"))
    assert not [
        found for found in tree.iter() if any(name == "style" or name.startswith("on") for name in found.attrib)
    ]


def test_a_slug_of_another_language_leads_to_the_right_one(client: FlaskClient) -> None:
    response = client.get(f"/kk/news/{SLUGS[UZ]}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/kk/news/{SLUGS[KK]}")


def test_an_item_with_its_neighbours_costs_two_questions_and_none_the_next_time(
    reader: FakeReader, fetch: Fetch
) -> None:
    fetch("/kk/news/")
    for questions in (2, 0):
        before = reader.asked
        fetch(f"/kk/news/{SLUGS[KK]}")
        assert reader.asked == before + questions


def test_every_photo_is_a_link_with_a_name_also_where_nobody_wrote_one(reader: FakeReader, fetch: Fetch) -> None:
    bare = replace(photo(1), alt="", caption="")
    pictures = (bare, replace(bare, caption="The signing"), replace(bare, alt="Two men sign papers"), bare)
    reader.items[EN, "photos"] = item(EN, slug="photos", pictures=pictures)
    names = [link.get("aria-label") for link in fetch("/en/news/photos").findall(".//a[@data-photo]")]
    assert names == ["Photo 1 of 4", "The signing", None, "Photo 4 of 4"]


def test_a_menu_entry_in_another_language_says_which(reader: FakeReader, fetch: Fetch) -> None:
    reader.pages[TG, "contacts"] = item(TG, slug="contacts", shown=KK)
    said = {link.get("href"): link.get("lang") for link in fetch("/tg/about").findall(".//nav[@class='menu']//a")}
    assert said == {"/tg/news/": None, "/tg/search": None, "/tg/about": None, "/tg/contacts": KK}


def test_a_standing_page_has_no_date_and_no_way_back_to_the_list(fetch: Fetch) -> None:
    tree = fetch("/kk/about")
    assert tree.find(".//article//time") is None
    assert tree.find(".//a[@data-back]") is None
    current = tree.find(".//nav[@class='menu']//a[@aria-current='page']")
    assert current is not None
    assert current.get("href") == "/kk/about"
