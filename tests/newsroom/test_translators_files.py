"""A translator's work that is done elsewhere: a file goes out, two things change here meanwhile, and it comes home.

It was changed in three places, of which one collides; nothing is lost, and the reader sees the result.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import polib
import pytest
from playwright.sync_api import Page, expect
from translate.storage.xliff import xlifffile

from tests.databases import required
from tests.newsroom.editing import editor, field, state, type_at_the_end
from tests.newsroom.room import Newsroom
from tests.web.browser import DESK, PHONE, axe_finds

pytestmark = pytest.mark.browser

Edit = Callable[[Path, dict[str, str], str], Path]
"""Changes words of a file, each to others, as somebody does with a program of their own; gives what they send back.

What is said of the last of them stands beside it, where that program has people say such a thing.
"""

NOTED = "Ин калима дуруст аст?"

PLAIN = "fields => fields.map((one) => one.value).filter((words) => /^[^*_`#>\\[\\]<|-]{60,}$/.test(words))"
"""What stands in fields without any mark."""


@pytest.fixture(scope="module", autouse=True)
def translators(room: Newsroom) -> None:
    room.invite("zarina", "Zarina Tajik", "translator:tg", language="tg")
    room.invite("bahrom", "Bahrom Tajik", "translator:tg", language="ru")
    room.invite("nigora", "Nigora Reviewer", "reviewer:tg", language="tg")


def in_poedit(file: Path, words: dict[str, str], said: str = "") -> Path:
    """As Poedit does: it reads the catalogue, lays it out its own way and names itself in the header."""
    catalogue = polib.pofile(str(file), wrapwidth=60)
    for entry in catalogue:
        if said and entry.msgstr == [*words][-1]:
            entry.tcomment = said
        entry.msgstr = words.get(entry.msgstr, entry.msgstr)
    catalogue.metadata["X-Generator"] = "Poedit 3.6"
    catalogue.save()
    return file


def by_translate_toolkit(file: Path, words: dict[str, str], said: str) -> Path:
    store = xlifffile.parsefile(str(file))  # type: ignore[no-untyped-call]  # as its makers left it
    for unit in store.units:
        if unit.target == [*words][-1]:
            unit.addnote(said, origin="translator")
        if unit.target in words:
            unit.target = words[unit.target]
            unit.markapproved()
    store.savefile(str(file))
    return file


def in_libreoffice(file: Path, words: dict[str, str], said: str) -> Path:
    """Changed in its cells, and read and written by LibreOffice, which lays out the whole document anew."""
    program = shutil.which("soffice")
    if program is None:
        if required("libreoffice"):
            pytest.fail("TILMASH_REQUIRE names libreoffice, and there is no soffice")
        pytest.skip("LibreOffice is not installed")
    document = docx.Document(str(file))
    for row in document.tables[0].rows:
        for run in row.cells[1].paragraphs[0].runs:
            if run.text == [*words][-1]:
                document.add_comment(run, text=said, author="Zarina")
            run.text = words.get(run.text, run.text)
    document.save(str(file))
    out = file.parent / "saved"
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / file.name


def downloaded(page: Page, at: str, form: str, folder: Path) -> Path:
    page.goto(f"{at}/files")
    assert axe_finds(page) == []
    with page.expect_download() as begun:
        page.locator(f"button[name=form][value={form}]").click()
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    return file


def brought_back(page: Page, at: str, file: Path) -> list[int]:
    """Bring a file, see what it would change, and return how much of it is taken, collides and is refused."""
    page.goto(f"{at}/files")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form.drop button").click()
    expect(page.locator("ul.counts")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert axe_finds(page) == []
    return [int(re.sub(r"\D", "", words)) for words in page.locator("ul.counts strong").all_inner_texts()][:3]


def pressed(page: Page, at: str, action: str) -> None:
    page.goto(f"{at}/")
    page.locator(f"button[name=action][value={action}]").click()
    expect(page.locator(".said.error")).to_have_count(0)


@pytest.mark.parametrize(
    ("item", "form", "edit"),
    [
        ("2026-06-26-international-day", "po", in_poedit),
        ("2025-10-07-open-day", "xliff12", by_translate_toolkit),
        ("2025-12-09-mountain-roads", "docx", in_libreoffice),
    ],
    ids=["PO", "XLIFF by translate-toolkit", "Word by LibreOffice"],
)
def test_a_file_of_an_article_comes_home_whole_whatever_was_done_here_meanwhile(
    room: Newsroom, tmp_path: Path, item: str, form: str, edit: Edit
) -> None:
    zarina, bahrom, at = room.pages["zarina"], room.pages["bahrom"], f"/desk/news/{item}/tg"
    file = downloaded(zarina, at, form, tmp_path)
    editor(bahrom, f"{at}/translate")
    title, summary = field(bahrom, "title").input_value(), field(bahrom, "summary").input_value()
    blocks = ".segment:not([data-key*=':'], [data-key=title], [data-key=summary]) textarea[data-form]"
    mine, theirs = bahrom.locator(blocks).evaluate_all(PLAIN)[-2:]
    type_at_the_end(bahrom, "title", " имрӯз")
    other = bahrom.locator("textarea[data-form]").filter(has_text=theirs)
    other.click()
    bahrom.keyboard.press("Control+End")
    bahrom.keyboard.type(" Баҳром.")
    bahrom.keyboard.press("Control+s")
    state(bahrom, "saved")

    back = edit(file, {title: f"{title} фардо", summary: f"{summary} Зарина.", mine: f"{mine} Зарина."}, NOTED)
    assert brought_back(zarina, at, back) == [2, 1, 0]
    expect(zarina.locator("#comments li")).to_have_count(1)
    expect(zarina.locator("#comments li")).to_contain_text(mine)
    zarina.locator("button[name=wish][value=draft]").click()
    expect(zarina.locator("#talk")).to_contain_text(NOTED)
    expect(zarina.locator("#suggestions")).to_contain_text("фардо")
    expect(zarina.locator("#suggestions")).to_contain_text("имрӯз")
    zarina.locator("#suggestions button[value=take]").click()
    expect(zarina.locator("#suggestions")).to_have_count(0)
    for who, action in (("zarina", "submit"), ("nigora", "approve"), ("carim", "publish")):
        pressed(room.pages[who], at, action)

    reader = room.browser()
    zarina.goto(f"{at}/")
    reader.goto(zarina.locator(".ways a[href^='/tg/news/']").get_attribute("href") or "")
    expect(reader.locator("h1")).to_have_text(f"{title} фардо")
    expect(reader.locator("main")).to_contain_text(f"{mine} Зарина.")
    expect(reader.locator("main")).to_contain_text(f"{theirs} Баҳром.")
    reader.close()


def test_a_catalogue_comes_home_whole_and_the_site_speaks_its_new_words(room: Newsroom, tmp_path: Path) -> None:
    zarina, bahrom, at = room.pages["zarina"], room.pages["bahrom"], "/desk/catalogue/messages/tg"
    file = downloaded(zarina, at, "po", tmp_path)
    words = {entry.msgid: entry.msgstr for entry in polib.pofile(str(file)) if not entry.msgid_plural}
    for number, msgid in enumerate(("Share:", "Newsletter") if "Newsletter" in words else ("Share:", "Search")):
        editor(bahrom, f"{at}/translate?at={msgid}")
        type_at_the_end(bahrom, msgid, f" {number}")
        bahrom.keyboard.press("Control+s")
        state(bahrom, "saved")
    share, about = words["Share:"], words["Skip to the text"]
    alone = sum(entry.msgstr in {about, words["Menu"]} for entry in polib.pofile(str(file)))
    back = in_poedit(file, {share: f"{share} Зарина", about: f"{about} Зарина", words["Menu"]: f"{words['Menu']} З"})
    assert brought_back(zarina, at, back) == [alone, 1, 0]
    zarina.locator("button[name=wish][value=translated]").click()
    expect(zarina.locator("#suggestions")).to_contain_text("Зарина")
    zarina.locator("#suggestions button[value=decline]").click()
    expect(zarina.locator("#suggestions")).to_have_count(0)
    for who, action in (("zarina", "submit"), ("nigora", "approve"), ("carim", "publish")):
        pressed(room.pages[who], at, action)
    reader = room.browser()
    reader.goto("/tg/")
    expect(reader.locator("body")).to_contain_text(f"{about} Зарина")
    reader.close()
