"""Every letter of every language is drawn, by one font within a word: no boxes, no stranger among its neighbours."""

import pytest
from playwright.sync_api import Page

from app.domain.casing import titled
from app.domain.languages import LANGUAGES
from tests.browser.site import LOCALES

pytestmark = pytest.mark.browser

LISTED = "ҒғҚқҢңӨөҰұҮүҺһӢӣӮӯҲҳҶҷŇňŞşŽžʻ"
STYLES = ["", "font-weight: 600", "font-style: italic"]
SET = """async ([words, style]) => {
  const text = document.querySelector("main");
  text.replaceChildren(...words.map((word) => {
    const set = document.createElement("p");
    set.className = "letters";
    set.textContent = word;
    set.style.cssText = style;
    return set;
  }));
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
BOXES = """(letters) => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const drawn = (letter) => {
    pen.clearRect(0, 0, 99, 99);
    pen.font = `40px ${getComputedStyle(document.body).fontFamily}`;
    pen.fillText(letter, 9, 60);
    return pen.getImageData(0, 0, 99, 99).data.join();
  };
  const [empty, box] = [drawn(" "), drawn(String.fromCodePoint(0x10FFFF))];
  return [empty === box, [...letters].filter((letter) => [empty, box].includes(drawn(letter)))];
}"""
"""Whether a character without a glyph leaves no mark, and which letters look like one or leave none."""


def words(tag: str) -> list[str]:
    """An alphabet in small letters, and each letter as a capital: as one word, which a reader sees in one piece."""
    [language] = [row for row in LANGUAGES.values() if row.tag == tag]
    return ["".join(language.letters), "".join(titled(letter, language.tag) for letter in language.letters)]


def fonts(page: Page, style: str, told: list[str]) -> list[list[str]]:
    """Which fonts of this machine draw each word."""
    page.evaluate(SET, [told, style])
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    nodes = browser.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".letters"})["nodeIds"]
    used = [browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    return [[font["familyName"] for font in drawn] for drawn in used]


@pytest.mark.parametrize("style", STYLES)
def test_one_font_draws_the_whole_alphabet_of_each_language(page: Page, style: str) -> None:
    page.goto("/en/")
    for tag in (*LOCALES, "uz-Cyrl", "az"):
        drawn = fonts(page, style, words(tag))
        assert [len(families) for families in drawn] == [1, 1], (tag, drawn)


def test_no_letter_is_a_box(page: Page) -> None:
    page.goto("/en/")
    letters = sorted({*LISTED, *"".join(word for row in LANGUAGES for word in words(row))})
    assert len(letters) > 150
    unseen, boxes = page.evaluate(BOXES, letters)
    assert not unseen
    assert boxes == []
