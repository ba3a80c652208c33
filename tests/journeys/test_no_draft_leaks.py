"""Readers never see a word that nobody published: the whole site is searched for each kind of it."""

import hashlib
import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.domain.documents import DocumentName, Kind
from app.domain.segments import Tag
from app.domain.translations import Action
from app.factory import create_app
from app.services import revisions, transitions
from app.services.texts import find
from app.services.views import ViewCounter
from app.storage.texts import DbRevision
from app.web.errors import words_in
from app.web.read_model import ReadModel
from tests.copies import Copies
from tests.journeys.crawl import crawl
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, FOLDER, Place, article, decide

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "ru", "ky")
HIDDEN = "xq"
"""Every word that must not be seen begins with it, and no other word does."""

EN = (
    "---\ntitle: Opening\nslug: opening\nsummary: It opens.\nstatus: published\n"
    "captions:\n  photos/hall.jpg: The hall\n---\n\nThe centre opens.\n\nAll are invited.\n"
)
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie")
FACTS = 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\nphotos = ["photos/hall.jpg"]\ntags = ["cooperation"]\n'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: {}\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'

KINDS = (
    "draftitem", "review", "draftslug", "drafttranslation", "edittext", "edittitle", "editsummary", "editcaption",
    "edittag", "withdrawn", "withdrawnslug", "scheduled", "scheduledslug", "suggestion", "draftword", "editphoto",
)  # fmt: skip


def secret(kind: str) -> str:
    assert kind in KINDS
    return HIDDEN + kind


def photo_of(name: str) -> bytes:
    """Each item's is another."""
    return encoded(halves(400 + sum(name.encode()) % 100, 300))


def news(place: Place, name: str, text: str, facts: str = FACTS) -> None:
    """An item with a photo and an attachment of its own, shown in its text too."""
    place.write(f"content/news/{name}/item.toml", facts + 'files = ["files/memo.pdf"]\n')
    place.write(f"content/news/{name}/photos/hall.jpg", photo_of(name))
    place.write(f"content/news/{name}/files/memo.pdf", f"%PDF-1.7 {name}")
    place.write(f"content/news/{name}/en.md", f"{text}\n![hall](photos/hall.jpg) [memo](files/memo.pdf)\n")


def begin(place: Place) -> None:
    """A site with one of each thing that is not for readers."""
    place.write(f"content/{FOLDER}/photos/hall.jpg", encoded(halves()))
    place.item(
        item=FACTS, en=EN, ru=RU, ky=article("Ачылыш", secret("drafttranslation"), status="draft", slug="achylysh")
    )
    news(place, "draft", article(secret("draftitem"), secret("draftitem"), status="draft", slug=secret("draftslug")))
    news(place, "review", article(secret("review"), secret("review"), status="in review", slug="in-review"))
    news(place, "withdrawn", article(secret("withdrawn"), secret("withdrawn"), slug=secret("withdrawnslug")))
    news(
        place, "scheduled", article(secret("scheduled"), secret("scheduled"), slug=secret("scheduledslug")),
        FACTS + "publish-at = 2099-01-01T00:00:00+05:00\n",
    )  # fmt: skip
    place.write("translations/site.pot", PO.format("", "Centre", "").replace("X-Tilmash-Status: \\n", ""))
    place.write("translations/ru/LC_MESSAGES/site.po", PO.format("draft", "Centre", secret("draftword")))
    place.sync()
    withdraw(place, "withdrawn")
    conflict_about(place, secret("suggestion"))
    edit_without_publishing(place)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin, template, tmp_path) as place:
        yield place


def withdraw(place: Place, name: str) -> None:
    with place.database.write() as session:
        withdrawn = find(session, DocumentName(kind=Kind.NEWS, name=name), Tag("en"))
        assert withdrawn.live_id is not None, "it was seen before"
        decide(session, withdrawn, Action.WITHDRAW)


def conflict_about(place: Place, word: str) -> None:
    """Two people change the same sentence of a draft; the second one's words become a suggestion."""
    draft = f"content/{FOLDER}/ru.draft.md"
    place.write(draft, RU.replace("Приглашены все.", "Приглашены многие.").replace("published", "draft"))
    place.sync()
    before = place.read(draft)
    place.write(draft, before.replace("Приглашены многие.", f"Приглашены {secret('edittext')}."))
    place.sync()
    place.write(f"content/{FOLDER}/ru.md", RU.replace("Приглашены все.", "Приглашены все-все."))
    place.sync()
    with place.database.read() as session:
        assert find(session, DocumentName.parse("news/2026-01-01-item"), Tag("ru")).live_id is not None
    suggest(place, word)


def suggest(place: Place, word: str) -> None:
    """The desk and the file change one sentence of the draft, each from the text before."""
    with place.database.write() as session:
        from_before = place.read(f"content/{FOLDER}/ru.draft.md")
        translation = find(session, DocumentName.parse("news/2026-01-01-item"), Tag("ru"))
        transitions.lock(session, translation)
        base = session.get_one(DbRevision, translation.head_id)
        newer = from_before.replace("Центр открывается.", "Центр открывается сегодня.")
        revisions.save(session, translation, newer, EDITOR, base=base, path="desk")
        other = from_before.replace("Центр открывается.", f"Центр открывается {word}.")
        revisions.save(session, translation, other, EDITOR, base=base, path="desk")
    assert any(word in text for text in place.suggestions())


def edit_without_publishing(place: Place) -> None:
    """Change everything that can be changed of a published item, in a draft beside it."""
    place.write(f"content/{FOLDER}/photos/new.jpg", encoded(halves(900, 600)))
    place.write(
        f"content/{FOLDER}/en.draft.md",
        EN.replace("published", "draft")
        .replace("title: Opening", f"title: {secret('edittitle')}")
        .replace("It opens.", secret("editsummary"))
        .replace("The hall", f"{secret('editcaption')}\n  photos/new.jpg: {secret('editphoto')}")
        .replace("All are invited.", secret("edittext")),
    )
    place.write(
        f"content/{FOLDER}/item.draft.toml",
        FACTS.replace('"cooperation"', f'"cooperation", "{secret("edittag")}"').replace(
            '"photos/hall.jpg"', '"photos/hall.jpg", "photos/new.jpg"'
        ),
    )


@pytest.fixture
def client(place: Place) -> FlaskClient:
    counter = ViewCounter(place.database, secret=b"secret")
    return create_app(place.settings, reader=ReadModel(place.database), counter=counter).test_client()


def guesses() -> Iterator[str]:
    """Addresses that somebody might try who knows how things are named."""
    names = ("draft", "review", "in-review", "scheduled", "withdrawn", "achylysh", *(secret(kind) for kind in KINDS))
    for locale, name in itertools.product((*LOCALES, "zxx", "kk"), names):
        yield from (f"/{locale}/news/{name}", f"/{locale}/{name}", f"/{locale}/news/{name}.draft")
    yield from (f"/{locale}/{page}" for locale in LOCALES for page in ("feed.atom", "news/", "search", "sitemap.xml"))
    yield from ("/sitemap.xml", "/healthz", "/content/site.toml", "/media/", "/views/1", "/news/draft", "/nothing")


def test_every_secret_is_in_the_database(place: Place) -> None:
    """So that the search below could find it."""
    kept = "".join((*place.revisions(), *place.suggestions()))
    assert [kind for kind in KINDS if secret(kind) not in kept] == []


def test_no_page_holds_a_word_that_nobody_published(client: FlaskClient) -> None:
    answers = crawl(client, ["/", *(f"/{locale}/" for locale in LOCALES)])
    read = [
        address for address, answer in answers.items() if answer.mimetype == "text/html" and answer.status_code == 200
    ]
    assert {"/en/news/opening", "/ru/news/otkrytie", "/ky/news/opening", "/en/news/"} <= set(read)
    for address, answer in answers.items():
        assert HIDDEN.encode() not in answer.data.lower(), address
        assert HIDDEN not in f"{address} {answer.headers}".lower()


def test_who_guesses_the_address_of_an_unpublished_text_finds_nothing(client: FlaskClient) -> None:
    for address in guesses():
        answer = client.get(address)
        asked = f'<input id="question" name="q" type="search" value="{words_in(address)}"'  # his own words
        assert HIDDEN not in answer.get_data(as_text=True).replace(asked, "").lower(), address
        if "/news/" in address and not address.endswith("/news/"):
            once = address.endswith(secret("withdrawnslug")) and answer.status_code == 410
            assert once or answer.status_code in {302, 404}, address


def test_no_page_names_a_photo_that_is_in_no_published_text(place: Place, client: FlaskClient) -> None:
    kept = {path.relative_to(place.settings.data / "media").as_posix().partition("-")[0]
            for path in (place.settings.data / "media").rglob("*.webp")}  # fmt: skip
    named = {
        address.removeprefix("/media/").partition("-")[0]
        for address in crawl(client, [f"/{locale}/" for locale in LOCALES])
        if address.startswith("/media/")
    }
    assert len(named) == 1, "the photo of the hall"
    assert len(kept - named) == 5, "those of four items and of a draft of the facts came in and are shown nowhere"


def media_of(place: Place) -> set[str]:
    """The name of everything in the media store."""
    folder = place.settings.data / "media"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_who_guesses_the_address_of_a_photo_or_file_gets_only_what_a_page_names(
    place: Place, client: FlaskClient
) -> None:
    named = {
        address.removeprefix("/media/")
        for address, answer in crawl(client, [f"/{locale}/" for locale in LOCALES]).items()
        if address.startswith("/media/") and answer.status_code == 200
    }
    given = {name for name in media_of(place) if client.get(f"/media/{name}", buffered=True).status_code == 200}
    assert given == named
    digests = {name[3:67] for name in media_of(place)}
    assert (len(digests), len({name[3:67] for name in given})) == (10, 1), "four items hide a photo and a file each"


def test_what_an_item_shows_is_given_out_from_its_publication_to_its_withdrawal(
    place: Place, client: FlaskClient
) -> None:
    own = photo_of("withdrawn"), b"%PDF-1.7 withdrawn"
    digests = {hashlib.sha256(raw).hexdigest() for raw in own}
    names = {name for name in media_of(place) if name[3:67] in digests}
    assert len(names) == 4, "a photo at two widths and as a share picture, and a file"

    def answers() -> set[int]:
        return {client.get(f"/media/{name}", buffered=True).status_code for name in names}

    assert answers() == {404}
    with place.database.write() as session:
        decide(session, find(session, DocumentName.parse("news/withdrawn"), Tag("en")), Action.PUBLISH)
    assert answers() == {200}
    page = client.get(f"/en/news/{secret('withdrawnslug')}").get_data(as_text=True)
    assert all(f"/media/{name}" in page for name in names)
    withdraw(place, "withdrawn")
    assert answers() == {404}


def test_what_was_withdrawn_was_to_be_read_before(place: Place, client: FlaskClient) -> None:
    """So that its absence above says something."""
    with place.database.write() as session:
        withdrawn = find(session, DocumentName(kind=Kind.NEWS, name="withdrawn"), Tag("en"))
        decide(session, withdrawn, Action.PUBLISH)
    assert secret("withdrawn") in client.get(f"/en/news/{secret('withdrawnslug')}").get_data(as_text=True)


@pytest.mark.parametrize(
    "module", ["app.queries.reading", "app.web.read_model", "app.web.reader.routes", "app.services.views"]
)
def test_a_module_that_serves_readers_does_not_even_load_the_tables_of_drafts(module: str) -> None:
    """The import contract, by what is really imported: a process that loads it knows no draft."""
    script = (
        f"import sys, {module}\n"
        "found = {'app.storage.texts', 'app.storage.tree_files', 'app.storage.folder_media'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(found)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
