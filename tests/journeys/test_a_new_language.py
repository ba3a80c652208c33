"""A language that the sample site doesn't have, added by the steps of docs/adding-a-language.md and by nothing else.

The commands, the line and the file are cut out of that page, so that what it says is what works.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.storage.database import Database
from app.web.read_model import ReadModel
from tests.journeys.loaded import ROOT, Loaded
from tests.journeys.shell import LoadedShell
from tests.web.fakes import FakeCounter

STEPS = (ROOT / "docs/adding-a-language.md").read_text("utf-8")
FENCED = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ITEM = "news/2026-03-18-caricc-sco-memorandum"
WORDS = {"News": "Xəbərlər", "Flags of Member States": "Üzv dövlətlərin bayraqları"}
NAMES = {"CARICC": "MARİİKM", "Almaty": "Almatı"}
PAGE = "/az/news/mariikm-set-memorandum"
BROWSER = {"Accept-Language": "az-AZ,az;q=0.9,ru;q=0.5"}


def snippets(kind: str) -> list[str]:
    return [found["text"] for found in FENCED.finditer(STEPS) if found["kind"] == kind]


def commands(fence: int) -> list[list[str]]:
    """What one of the page's boxes tells to type, but for the comments."""
    return [line.partition("#")[0].split()[1:] for line in snippets("")[fence].splitlines()]


def translate(file: Path, words: dict[str, str]) -> None:
    """What a translator does in an editor."""
    text = file.read_text("utf-8")
    for msgid, msgstr in words.items():
        assert text.count(f'msgid "{msgid}"\nmsgstr ""\n') == 1, msgid
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""\n', f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, loaded: Loaded) -> LoadedShell:
    """The sample site with one item, on which all the steps have been done: by files and by commands."""
    shell = LoadedShell(tmp_path_factory.mktemp("az"), loaded)
    shutil.copytree(ROOT / "translations", shell.root / "translations")
    for folder in (ITEM, "pages/contacts"):
        shutil.copytree(ROOT / "content" / folder, shell.root / "content" / folder)

    [line] = [line for line in snippets("toml")[0].splitlines() if line.startswith("az = ")]
    settings = (ROOT / "content/site.toml").read_text("utf-8")
    shell.write("content/site.toml", settings.replace("\nuz = ", f"\n{line}\nuz = "))
    shell.ok("sync")

    catalogue, names = (shell.root / f"translations/az/LC_MESSAGES/{domain}.po" for domain in ("messages", "site"))
    assert not catalogue.exists()
    for command in commands(0):
        shell.run(*command)
    translate(catalogue, WORDS)
    translate(names, NAMES)
    names.write_text(
        names.read_text("utf-8").replace("X-Tilmash-Status: draft", "X-Tilmash-Status: published"), "utf-8"
    )
    assert shell.run("catalog", "check").returncode == 0
    shell.run("sync")
    for command in commands(1):
        assert shell.run(*command).returncode == 0, command

    [digest] = re.findall(r"`tilmash (digest content/\S+)` prints", STEPS)
    digits = shell.ok(*digest.split()).strip()[:8]
    [text] = snippets("markdown")
    assert text.count("based-on: en@") == 1
    shell.write(f"content/{ITEM}/az.md", re.sub(r"(?<=based-on: en@)\w+", digits, text))
    assert shell.run("sync").returncode == 0
    return shell


@pytest.fixture(scope="module")
def reader(site: LoadedShell) -> Iterator[FlaskClient]:
    settings = Settings.from_environment({"TILMASH_DATA": str(site.root / "var")})
    database = Database(settings.database_url)
    yield create_app(settings, reader=ReadModel(database), counter=FakeCounter()).test_client()
    database.dispose()


def page(reader: FlaskClient, path: str) -> Element:
    response = reader.get(path)
    assert response.status_code == 200, path
    tree: Element = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    return tree


def text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_the_steps_are_those_of_the_page(site: LoadedShell) -> None:
    assert commands(0)[0] == ["catalog", "add", "az"]
    assert [command[-1] for command in commands(1)] == ["submit", "approve", "publish"]
    header = (site.root / "translations/az/LC_MESSAGES/messages.po").read_text("utf-8")
    assert "X-Tilmash-Status: published" in header  # as the command said it
    assert "nplurals=2; plural=(n != 1);" in header


def test_a_browser_that_wants_the_language_gets_it(reader: FlaskClient) -> None:
    assert reader.get("/", headers=BROWSER).headers["Location"] == "/az/"


def test_the_item_is_there_in_the_language_and_its_dates_and_names_are_too(reader: FlaskClient) -> None:
    tree = page(reader, PAGE)
    assert (tree.get("lang"), tree.get("dir")) == ("az", "ltr")
    assert text(tree.find(".//h1")) == "MARİİKM ilə ŞƏT Katibliyi arasında anlaşma memorandumu imzalanıb"
    assert text(tree.find(".//article//time")) == "18 mart 2026, 19:25"
    assert text(tree.find(".//nav[@class='menu']//a")) == "Xəbərlər"
    assert text(tree.find(".//header//a[@rel='home']/strong")) == "MARİİKM"
    assert [notice.get("class") for notice in tree.iter("p") if "notice" in notice.get("class", "")] == []


def test_countries_stand_in_the_order_of_its_alphabet(reader: FlaskClient) -> None:
    flags = page(reader, "/az/").find(".//div[@class='flags']")
    assert flags is not None
    assert [flag.get("alt") for flag in flags.iter("img")] == [
        "Azərbaycan", "Qazaxıstan", "Qırğızıstan", "Özbəkistan", "Rusiya", "Tacikistan", "Türkmənistan",
    ]  # fmt: skip


def test_the_language_switch_of_every_page_leads_there(reader: FlaskClient) -> None:
    english = "/en/news/caricc-and-sco-secretariat-sign-memorandum"
    links = [link for link in page(reader, english).iter("a") if link.get("data-locale") == "az"]
    assert {(link.get("href"), text(link), link.get("lang")) for link in links} == {(PAGE, "Azərbaycanca", "az")}
    assert 'hreflang="az"' in reader.get(english).text


def test_a_text_that_is_missing_is_shown_in_the_fallback_and_said_to_be(reader: FlaskClient) -> None:
    [address] = {
        link.get("href")
        for link in page(reader, "/en/contacts").iter("a")
        if link.get("data-locale") == "az" and link.get("class") == "absent"
    }
    tree = page(reader, address or "")
    assert text(tree.find(".//h1")) == "Контакты"
    assert tree.find(".//p[@class='notice missing']") is not None


def test_a_search_in_the_language_finds_the_item(reader: FlaskClient) -> None:
    found = page(reader, "/az/search?q=anla%C5%9Fma")
    assert [link.get("href") for link in found.iter("a") if link.get("href") == PAGE] == [PAGE]


def test_the_feed_speaks_the_language(reader: FlaskClient) -> None:
    feed = reader.get("/az/feed.atom").text
    assert 'xml:lang="az"' in feed
    assert "anlaşma memorandumu imzalanıb" in feed
    assert "Xəbərlər" in feed
