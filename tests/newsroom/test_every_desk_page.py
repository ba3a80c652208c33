"""Every page of the desk, as it stands in Russian and Kazakh, on a phone and on a desk, by day and by night."""

import pytest
from playwright.sync_api import Page

from tests.newsroom.room import PASSWORD, Newsroom
from tests.web.browser import axe_finds

pytestmark = pytest.mark.browser

ITEM = "/desk/news/2026-05-14-dog-handlers/"
PAGES = (
    "/desk/", "/desk/board", "/desk/board/bulk?text=news/2026-05-14-dog-handlers@ky", "/desk/new", "/desk/notices",
    "/desk/account/", "/desk/account/mail", "/desk/people/",
    "/desk/people/invite", "/desk/people/aigul", ITEM, f"{ITEM}ky/", f"{ITEM}ky/translate", f"{ITEM}en/edit",
    f"{ITEM}en/history", f"{ITEM}en/correct", "/desk/catalogue/messages/", "/desk/catalogue/messages/ky/translate",
    "/desk/memory/files", "/desk/glossary/", "/desk/glossary/?source=ru&target=ky&add=1",
    "/desk/catalogue/messages/template", "/desk/teams", "/desk/away", "/desk/account/calendar",
    "/desk/figures/", "/desk/report/", "/desk/board?view=list&language=ky", "/desk/board?view=calendar",
    "/desk/board/sums",
    f"{ITEM}ky/translate?at=summary", "/desk/catalogue/messages/ky/translate?q=/item/&at=%25(count)s item",
    "/desk/memory/?source=en&target=ky&words=training", f"{ITEM}ky/translate/replace?search=%D0%B0&instead=%D0%BE",
)  # fmt: skip
OF_THE_BOARD = ("/desk/board", "/desk/figures/", "/desk/report/")
WIDTHS = {390: 844, 1440: 900}


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(("language", "scheme"), [("ru", "light"), ("kk", "dark")])
def test_no_page_has_anything_for_axe_to_find_or_is_wider_than_its_screen(
    room: Newsroom, language: str, scheme: str
) -> None:
    name = f"chief-{language}"
    page = room.invite(
        name, "Нурлан", "coordinator", "administrator", "author", "translator:ky", "reviewer:en", language=language
    )
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's own values
    found, looked_at = list[str](), 390 if scheme == "light" else 1440
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for path in PAGES:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.locator("html").get_attribute("lang") == language
            # each page by axe on a phone and on a desk, by day and by night; those of the board on both in both
            if width == looked_at or path.startswith(OF_THE_BOARD):
                found += [f"{path} at {width}: {one}" for one in axe_finds(page)]
            if too_wide(page):
                found.append(f"{path} at {width} is too wide")
    assert found == []


def test_somebody_signs_in_and_reaches_their_first_text_by_keyboard_alone(room: Newsroom) -> None:
    page = room.browser()
    page.goto("/desk/")
    page.locator("#email").focus()
    page.keyboard.type("kamila")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD.format(name="kamila"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if "/kk/" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/kk/")
