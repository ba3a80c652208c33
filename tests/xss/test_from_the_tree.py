"""Hostile texts on their whole way: a tree, synchroniser, database, pages. None runs, and none is lost unsaid."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from app.domain.tags import tag_slug
from app.factory import create_app
from app.web.read_model import ReadModel
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, Place, article
from tests.web.fakes import FakeCounter
from tests.xss.judge import faults, parsed
from tests.xss.payloads import payloads
from tests.xss.site import CATALOGUE
from tests.xss.test_parsed import flat, texts, values

HOSTILE = payloads()[::12]
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'


def quoted(text: str) -> str:
    """Write a text between double quotes, as TOML, YAML and gettext read it alike."""
    return json.dumps(text, ensure_ascii=False)


def site_of(words: Sequence[str]) -> str:
    names = dict(zip(("name", "full-name", "address"), map(quoted, words), strict=True))
    head = "\n".join(f"{name} = {text}" for name, text in names.items())
    return f'{head}\nseat = {{ city = {quoted(words[0])}, zone = "Asia/Almaty" }}\ndefault = "en"\n[locales]\nen = []\n'


def item_of(place: Place, number: int, words: str) -> None:
    folder = f"content/news/item-{number}"
    place.write(f"{folder}/photos/hall.jpg", encoded(halves(60, 40)))
    place.write(f"{folder}/item.toml", f'{FACTS}photos = ["photos/hall.jpg"]\ntags = [{quoted(words)}]\n')
    code = "\n".join(f"    {line}" for line in words.split("\n"))
    photo = f"\n  photos/hall.jpg: {quoted(words)}"
    place.write(
        f"{folder}/en.md",
        article(
            quoted(words), "The beginning.", code, words, summary=quoted(words), captions=photo, alt=photo,
            credits=photo, slug=f"item-{number}",
        ),
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def names_of() -> dict[str, str]:
    """Return what the catalogue calls each topic: by another hostile text."""
    return {words: HOSTILE[number - 1] for number, words in enumerate(HOSTILE)}


def interface() -> dict[str, str]:
    """Return each message of the interface that has neither placeholders nor forms with a hostile translation."""
    with CATALOGUE.open("rb") as file:
        plain = [one.id for one in read_po(file) if isinstance(one.id, str) and not one.context and "%" not in one.id]
    return {msgid: HOSTILE[number % len(HOSTILE)] for number, msgid in enumerate(filter(None, plain))}


def catalogue(words: dict[str, str]) -> str:
    return HEADER + "".join(f"\nmsgid {quoted(msgid)}\nmsgstr {quoted(msgstr)}\n" for msgid, msgstr in words.items())


def synchronised(place: Place) -> FlaskClient:
    place.write("content/site.toml", site_of(HOSTILE[:3]))
    for number, words in enumerate(HOSTILE):
        item_of(place, number, words)
    for domain, entries in (("site", names_of()), ("messages", interface())):
        place.write(f"translations/{domain}.pot", catalogue(dict.fromkeys(entries, "")))
        place.write(f"translations/en/LC_MESSAGES/{domain}.po", catalogue(entries))
    place.sync()
    return create_app(place.settings, reader=ReadModel(place.database), counter=FakeCounter()).test_client()


def page_of(client: FlaskClient, path: str) -> Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    tree = parsed(answer.get_data(as_text=True))
    assert list(faults(tree)) == [], path
    return tree


def test_hostile_texts_of_a_tree_reach_readers_as_texts_and_what_is_not_used_of_them_is_told(place: Place) -> None:
    client, names = synchronised(place), names_of()
    for number, words in enumerate(HOSTILE):
        page, text = page_of(client, f"/en/news/item-{number}"), flat(words)
        assert texts(page, ".//h1") == [text]
        assert list(map(flat, values(page, ".//meta[@name='description']", "content"))) == [text]
        assert texts(page, ".//ul[@class='tags']/li") == [flat(names[words])]
        (caption,) = texts(page, ".//figure[@class='lead']/figcaption")
        assert caption.startswith(f"{text} ")
        assert list(map(flat, values(page, ".//figure[@class='lead']//img", "alt"))) == [text]
        assert text in texts(page, ".//pre/code")
        assert texts(page, ".//a[@class='name']/strong") == [flat(names[HOSTILE[0]])]
    for path in ("/en/", "/en/news/", "/en/archive/", "/en/search?q=alert"):
        assert texts(page_of(client, path), ".//a[@class='skip']") == [flat(interface()["Skip to the text"])]
    topics = texts(page_of(client, "/en/tags/"), ".//main//li/a")
    assert len(topics) == len(set(map(tag_slug, HOSTILE)))
    assert set(topics) <= set(map(flat, names.values()))
    told = place.problems()
    assert [
        one for one in told if not re.fullmatch(r"(content|translations)/\S+\.(md|po|pot|toml):[1-9]\d*: .+", one)
    ] == []
    typed = {
        number for number, words in enumerate(HOSTILE) if words.startswith(("<script", "</script", "<svg", "<iframe"))
    }
    assert typed
    assert typed <= {int(found[1]) for one in told if (found := re.match(r"content/news/item-(\d+)/en\.md", one))}
