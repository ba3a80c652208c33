"""What a screen reader says, and in which order: each outline below is a page as its listener moves through it."""

from textwrap import dedent

import pytest
from playwright.sync_api import Page, expect

from tests.browser.outline import REPEATED, UNSPOKEN, outline
from tests.browser.site import ITEM, LOCALES, NOWHERE, WAYS, translated

pytestmark = pytest.mark.browser

KAZAKH_TOP = """
    link Мәтінге өту
    banner
      navigation Тілдер
        group
      region Қатысушы мемлекеттердің тулары
      navigation Негізгі мәзір
"""
KAZAKH_ITEM = """
    main
      article
        h1 ЦАРИКЦ пен ШЫҰ Хатшылығы өзара түсіністік туралы меморандумға қол қойды
        list Тақырыптар
        figure Махмуд Хамидов пен Нұрлан Ермекбаев меморандумға қол қойып отыр Фото: Tilmash (иллюстрация)
        region Фотогалерея
          h2 Фотогалерея
          figure Екі ұйымның делегациялары келіссөз үстелінде Фото: Tilmash (иллюстрация)
          figure Тараптар қол қойылған даналармен алмасты Фото: Tilmash (иллюстрация)
          figure ЦАРИКЦ-тің Алматыдағы штаб-пәтері Фото: Tilmash (иллюстрация)
        region Бөлісу:
          h2 Бөлісу:
          status
        region Тақырыптас жаңалықтар
          h2 Тақырыптас жаңалықтар
        navigation Бұрынғы және кейінгі
"""
KAZAKH_404 = """
    main
      h1 Мұндай бет жоқ
      search
      region Соңғы жаңалықтар
        h2 Соңғы жаңалықтар
"""
KAZAKH_SEARCH = """
    main
      h1 Іздеу
      search
      h2 ЦАРИКЦ пен ШЫҰ Хатшылығы өзара түсіністік туралы меморандумға қол қойды
"""
KAZAKH_FOOT = """
    contentinfo
      group Көрініс
"""
TAJIK_TOP = """
    link Гузаштан ба матн
    banner
      navigation Забонҳо
        group
      region Парчамҳои давлатҳои иштирокчӣ
      navigation Менюи асосӣ
"""
TAJIK_ARCHIVE = """
    main
      h1 Бойгонӣ
      h2 2026 2 хабар
      h2 2025 3 хабар
"""
TAJIK_TOPICS = """
    main
      h1 Ҳамаи мавзуъҳо
"""
TAJIK_LIST = """
    main
      h1 Хабарҳо
      article
        h2 26 июн – рӯзе, ки дар бораи маводи мухаддир ошкоро сухан меронанд
      h2 Марти соли 2026
      h3 CARICC ва Котиботи СҲШ ёддошти тафоҳум имзо карданд
      h2 Декабри соли 2025
      h3 Дар роҳҳои кӯҳии зимистон
      h2 Октябри соли 2025
      h3 Донишҷӯён бо кори Марказ аз наздик шинос шуданд
      h2 Марти соли 2025
      h3 Наврӯз муборак бод!
      region Хабарҳои бештар бо забонҳои дигар
        h2 Хабарҳои бештар бо забонҳои дигар
"""
TAJIK_FOOT = """
    contentinfo
      group Намуди зоҳирӣ
"""


def lines(*parts: str) -> list[str]:
    return [line for part in parts for line in dedent(part).strip().splitlines()]


def heard(page: Page, path: str) -> list[str]:
    """What a page is to its listener when its scripts have run; no-break spaces are spaces to the ear."""
    page.goto(path)
    expect(page.locator(".clock .hours")).not_to_be_empty()
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in outline(page)]


def test_an_item_is_heard_in_order(page: Page) -> None:
    assert heard(page, translated(page, ITEM, "kk")) == lines(KAZAKH_TOP, KAZAKH_ITEM, KAZAKH_FOOT)


def test_a_page_that_is_not_there_says_so_in_its_heading(page: Page) -> None:
    assert heard(page, f"/kk/{NOWHERE}") == lines(KAZAKH_TOP, KAZAKH_404, KAZAKH_FOOT)


def test_the_list_is_heard_month_by_month(page: Page) -> None:
    assert heard(page, "/tg/news/") == lines(TAJIK_TOP, TAJIK_LIST, TAJIK_FOOT)


def test_the_archive_and_the_topics_are_heard_in_order(page: Page) -> None:
    assert heard(page, "/tg/archive/") == lines(TAJIK_TOP, TAJIK_ARCHIVE, TAJIK_FOOT)
    assert heard(page, "/tg/tags/") == lines(TAJIK_TOP, TAJIK_TOPICS, TAJIK_FOOT)


def test_what_a_search_found_is_heard_after_the_form(page: Page) -> None:
    assert heard(page, "/kk/search?q=меморандум") == lines(KAZAKH_TOP, KAZAKH_SEARCH, KAZAKH_FOOT)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_landmarks_sound_alike_and_each_language_says_its_name_in_itself(
    page: Page, locale: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    ways = [f"/{locale}/{way}" for way in WAYS]
    for path in (translated(page, ITEM, locale), f"/{locale}/", *ways, f"/{locale}/{NOWHERE}"):
        page.goto(path)
        assert page.evaluate(REPEATED) == [], path
        assert page.evaluate(UNSPOKEN) == [], path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
