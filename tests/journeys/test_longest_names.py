"""What may be long is kept on every database, and what is longer is refused with its reason: neither differs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.locales import babel_identifier
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.formats import mo
from app.queries import reading
from tests.journeys.hostile import EN, is_live, survives
from tests.storage.photographs import encoded, halves
from tests.taking_back import take_back
from tests.trees import FACTS, FOLDER, SITE, Place, article

LOCALE = Tag("en-Latn-US-abcdefg1-abcdefg2-abcde3")
NAME = DocumentName(kind=Kind.NEWS, name="n" * 120)
PHOTO = f"photos/{'я' * 120}/{'я' * 118}.jpg"
FILE = f"files/{'f' * 240}.pdf"
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'
EDITOR = Actor(name="я" * 120, channel=Channel.UPLOAD, roles=frozenset(Role), four_eyes=False)


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def test_the_longest_names_and_words_are_kept_and_shown(place: Place) -> None:
    assert (len(LOCALE), len(PHOTO), len(FILE)) == (35, 250, 250)
    folder, catalogue = f"content/news/{NAME.name}", f"translations/{babel_identifier(LOCALE)}/LC_MESSAGES"
    place.write("content/site.toml", f'{SITE}{LOCALE} = ["en"]\n')
    place.write(f"{folder}/item.toml", f'{FACTS}photos = ["{PHOTO}"]\nfiles = ["{FILE}"]\ntags = ["{"t" * 5000}"]\n')
    place.write(f"{folder}/{PHOTO}", encoded(halves(60, 40)))
    place.write(f"{folder}/{FILE}", b"%PDF-1.7\n")
    place.write(f"{folder}/en.md", article("T" * 5000, "Words.", slug="s" * 120, summary="S" * 5000))
    place.write(f"{folder}/{LOCALE}.md", article("Long", "Others.", slug="я" * 120))
    place.write(f"{catalogue}/{'d' * 120}.po", f'{PO}\nmsgid "{"m" * 30_000}"\nmsgstr "{"w" * 30_000}"\n')
    assert survives(place) == []
    assert is_live(place, "s" * 120, "Words.")
    assert is_live(place, "я" * 120, "Others.", locale=LOCALE)
    with place.database.write() as session:
        compiled = reading.catalogue(session, "d" * 120, LOCALE)
        raw = article("Long", "Mended.", slug="я" * 120).encode()
        taken = take_back(session, NAME, LOCALE, raw, EDITOR, base=1, path="mine.md")
    assert compiled is not None
    assert mo.load(compiled).gettext("m" * 30_000) == "w" * 30_000
    assert taken.head == 2
    assert survives(place) == [], "the draft stands beside the live text under its long name"
    assert place.path(f"{folder}/{LOCALE}.draft.md").exists()


ITEM = f"content/{FOLDER}/item.toml"
ONE_MORE = {
    "a photo": (ITEM, f'{FACTS}photos = ["{PHOTO[:-4]}я.jpg"]\n', "which has 251 letters, and 250 are the most"),
    "an attachment": (ITEM, f'{FACTS}files = ["{FILE[:-4]}f.pdf"]\n', "which has 251 letters, and 250 are the most"),
    "a slug": (f"content/{FOLDER}/en.md", EN.replace("opening", "s" * 121), "joined by hyphens, 120 at most, and not"),
    "a folder": (f"content/news/{'n' * 121}/en.md", EN, "not a document's name"),
    "a domain": (f"translations/ru/LC_MESSAGES/{'d' * 121}.po", PO, "not a document's name"),
    "a language": (f"content/{FOLDER}/{LOCALE}x.md", EN, "is no text: a text is called after its language"),
}


@pytest.mark.parametrize("kind", list(ONE_MORE))
def test_one_letter_more_is_refused_with_the_reason(place: Place, kind: str) -> None:
    path, text, reason = ONE_MORE[kind]
    place.item(en=EN)
    place.write(path, text)
    (said,) = survives(place)
    assert reason in said
