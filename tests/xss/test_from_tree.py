"""Hostile texts on their whole way: written as files, synchronised into a database, and read as pages."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import polib
import pytest

from tests.journeys.crawl import crawl, links
from tests.journeys.loaded import ROOT
from tests.journeys.sample_site import client_of
from tests.storage.photographs import encoded, halves
from tests.trees import Place
from tests.xss.judge import faults, parsed
from tests.xss.payloads import payloads
from tests.xss.site import body

WRITTEN = payloads()[::24]
LOCALES = ("en", "kk")
SITE = """
name = {words}
full-name = {words}
address = {words}
seat = {{ city = {words}, zone = "Asia/Almaty" }}
countries = ["KZ", "KG"]
default = "en"
[locales]
en = []
kk = ["en"]
"""


def quoted(words: str) -> str:
    """Return a string as TOML and YAML read it alike."""
    return json.dumps(words, ensure_ascii=False)


def article(words: str) -> str:
    photo = f"{{photos/hall.jpg: {quoted(words)}}}"
    header = {"title": quoted(words), "summary": quoted(words), "captions": photo, "alt": photo, "credits": photo}
    header |= {"files": f"{{files/memo.txt: {quoted(words)}}}", "status": "published"}
    lines = "\n".join(f"{key}: {value}" for key, value in header.items())
    return f"---\n{lines}\n---\n\n{body(words)}\n"


def write_item(place: Place, number: int, words: str) -> None:
    folder = f"content/news/item-{number:03}"
    place.write(
        f"{folder}/item.toml",
        f'date = 2026-05-01T{number // 60:02}:{number % 60:02}:00+05:00\nsource = "en"\n'
        f'photos = ["photos/hall.jpg"]\nfiles = ["files/memo.txt"]\ntags = [{quoted(words)}]\n',
    )
    place.write(f"{folder}/photos/hall.jpg", PHOTO)
    place.write(f"{folder}/files/memo.txt", "A memo.\n")
    for locale in LOCALES:
        place.write(f"{folder}/{locale}.md", article(words))


PHOTO = encoded(halves(600, 400))


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    shutil.copytree(ROOT / "translations", tmp_path / "translations")
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def translate(place: Place) -> None:
    """Let each word of the interface be hostile in one language, wherever a message takes it as it is."""
    path = place.path("translations/kk/LC_MESSAGES/messages.po")
    catalogue = polib.pofile(str(path))
    for number, entry in enumerate(catalogue):
        if not entry.msgid_plural and "python-format" not in entry.flags:
            entry.msgstr = WRITTEN[number % len(WRITTEN)]
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    catalogue.save()


def test_what_is_written_into_the_tree_is_read_as_a_text_or_refused_with_its_file(place: Place) -> None:
    place.write("content/site.toml", SITE.format(words=quoted(WRITTEN[0])))
    translate(place)
    for number, words in enumerate(WRITTEN):
        write_item(place, number, words)
    place.sync()
    told = "\n".join(place.problems())
    answers = crawl(client_of(place), ["/", "/sitemap.xml", "/kk/nowhere"], links)
    shown = set[str]()
    for address, answer in answers.items():
        assert answer.status_code < 500, address
        if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 308}:
            tree = parsed(answer.get_data(as_text=True))
            assert list(faults(tree)) == [], address
            shown |= {" ".join("".join(one.itertext()).split()) for one in tree.iterfind(".//main//h1")}
        elif (answer.mimetype or "").endswith("xml"):
            ET.fromstring(answer.data)  # noqa: S314  # what our own server wrote
    missing = [number for number, words in enumerate(WRITTEN) if " ".join(words.split()) not in shown]
    assert all(f"item-{number:03}/" in told for number in missing)
    assert len(missing) < len(WRITTEN) // 10, [WRITTEN[number] for number in missing]
