"""Nothing that somebody puts into the tree stops the rest: it is reported with file, line and reason."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats import mo
from app.queries import reading
from app.services import revisions
from app.services.sync.document import DocumentSync
from app.services.texts import find
from app.storage.media import MediaStore
from app.storage.texts import DbRevision
from app.storage.tree import Tree
from app.worker.synchroniser import Synchroniser
from tests import databases
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, SITE, Place, article, decide

EN = article("Opening", "The centre opens.", slug="opening")
OTHER = article("Closing", "The centre closes.", slug="closing")
CATALOGUE = DocumentName(kind=Kind.CATALOGUE, name="messages")
RUSSIAN = "translations/ru/LC_MESSAGES/messages.po"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-Status: published\\n"\n'
PLURALS = '"Plural-Forms: {}\\n"\n'


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield place
    place.database.dispose()


def is_live(place: Place, slug: str, words: str, locale: str = "en") -> bool:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
        return isinstance(found, ItemPage) and words in found.html


def other_item(place: Place) -> None:
    """An item that comes after the hostile one in every order, and has to go live all the same."""
    place.write("content/news/zz-other/item.toml", FACTS)
    place.write("content/news/zz-other/en.md", OTHER)
    place.write("content/pages/zz-about/item.toml", 'source = "en"\n')
    place.write("content/pages/zz-about/en.md", article("About", "Who we are.", slug="about"))


def survives(place: Place) -> list[str]:
    """Synchronise twice: the good item is live, and the report is the same both times. Return the report."""
    other_item(place)
    place.sync()
    assert is_live(place, "closing", "The centre closes.")
    said = place.problems()
    moves = place.sync()
    assert [move for move in moves if move.what != "problem"] == [], "a second run changes nothing"
    assert place.problems() == said
    assert str(place.root) not in "\n".join(said), "no path of this machine in a report"
    return said


TEXTS = {
    "NUL": (EN.encode().replace(b"opens", b"op\0ens"), 7, "NUL"),
    "not UTF-8": (EN.encode().replace(b"centre", b"cent\xe9"), 7, "is not UTF-8"),
    "half a letter at the end": (EN.encode() + b"\xd0", 8, "is not UTF-8"),
    "10 MB in one line": (EN.encode() + b"x" * 10_000_000, 0, "bytes"),
    "100,000 lines": (EN.encode() + b"x\n\n" * 100_000, 40_000, "lines"),
    "empty": (b"", 1, "front matter"),
    "YAML that names Python": (b"---\ntitle: !!python/object/apply:os.system [id]\n---\n", 2, ""),
    "YAML that grows": (b"---\na: &a [x]\nb: &b [*a,*a]\ntitle: *b\n---\n", 2, ""),
    "UTF-16": (EN.encode("utf-16"), 1, "is not UTF-8"),
    "a conflict of git": (b"<<<<<<< ours\n" + EN.encode(), 1, "front matter"),
    "a strange status": (EN.replace("published", "printed").encode(), 3, "status"),
}


@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_text_that_cannot_be_used_is_reported_with_its_line_and_the_others_go_on(place: Place, kind: str) -> None:
    raw, line, reason = TEXTS[kind]
    place.item(en=EN)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", raw)
    said = survives(place)
    assert [one for one in said if one.startswith(f"content/{FOLDER}/en.md:{line}: ") and reason in one], said
    assert is_live(place, "opening", "The centre opens."), "the last good text stays"
    assert place.path(f"content/{FOLDER}/en.md").read_bytes() == raw, "and the file is left alone"


def test_a_mended_text_that_checks_refuse_is_a_draft_beside_the_live_one_and_said_once(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    leading_away = EN.replace("slug: opening", "slug: ../../etc/passwd")
    place.write(f"content/{FOLDER}/en.md", leading_away)
    place.sync()
    (said,) = place.problems()
    assert said.startswith(f"content/{FOLDER}/en.md:0: is kept as a draft and not published: a slug is lower-case")
    assert survives(place) == []
    assert place.read(f"content/{FOLDER}/en.md") == EN
    assert "slug: ../../etc/passwd" in place.read(f"content/{FOLDER}/en.draft.md")
    assert leading_away in place.revisions()
    assert is_live(place, "opening", "The centre opens.")


def test_a_first_text_whose_slug_leads_away_stays_a_draft_and_is_reported_at_each_run(place: Place) -> None:
    place.item(en=EN.replace("slug: opening", "slug: ../../etc/passwd"))
    (said,) = survives(place)
    assert "asks to be published and stays draft: a slug is lower-case" in said


@pytest.mark.parametrize("kind", list(TEXTS))
def test_a_first_text_that_cannot_be_used_is_reported_too(place: Place, kind: str) -> None:
    place.item(en="")
    place.write(f"content/{FOLDER}/en.md", TEXTS[kind][0])
    assert any(one.startswith(f"content/{FOLDER}/en.md:") for one in survives(place))
    assert not is_live(place, "opening", "")


FACTS_THAT_ARE_NONE = {
    "NUL": 'source = "en"\0',
    "not TOML": "source = en",
    "no source": "date = 2026-01-01T10:00:00+05:00\n",
    "no date": 'source = "en"\n',
    "a date without an offset": 'date = 2026-01-01T10:00:00\nsource = "en"\n',
    "a source that is no language": 'date = 2026-01-01T10:00:00+05:00\nsource = "../ru"\n',
    "a photo outside": FACTS + 'photos = ["photos/../../../../etc/passwd"]\n',
    "a photo by an absolute path": FACTS + 'photos = ["/etc/passwd"]\n',
    "deep nesting": FACTS + "tags = " + "[" * 5000 + "]" * 5000 + "\n",
    "a huge number": FACTS + "x = " + "9" * 100_000 + "\n",
}


@pytest.mark.parametrize("kind", list(FACTS_THAT_ARE_NONE))
def test_facts_that_cannot_be_used_are_reported_and_the_last_good_ones_stay(place: Place, kind: str) -> None:
    place.item(en=EN)
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", FACTS_THAT_ARE_NONE[kind])
    said = survives(place)
    assert any(one.startswith(f"content/{FOLDER}/item.toml:") for one in said), said
    assert is_live(place, "opening", "The centre opens.")


@pytest.mark.parametrize("kind", list(FACTS_THAT_ARE_NONE))
def test_first_facts_that_cannot_be_used_keep_the_item_out_of_sight(place: Place, kind: str) -> None:
    place.item(item=FACTS_THAT_ARE_NONE[kind], en=EN)
    said = survives(place)
    assert any(one.startswith(f"content/{FOLDER}/item.toml:") for one in said), said
    assert not is_live(place, "opening", "")


SITES = {
    "NUL": SITE + "\0",
    "not TOML": "[locales\n",
    "a language that nobody knows": SITE + 'xx = ["en"]\n',
    "no zone of the world": SITE.replace("Asia/Almaty", "../../etc/passwd"),
    "no languages": SITE.partition("[locales]")[0],
}


@pytest.mark.parametrize("kind", list(SITES))
def test_settings_that_cannot_be_used_are_reported_and_the_last_good_ones_stay(place: Place, kind: str) -> None:
    place.item(en=EN)
    place.sync()
    place.write("content/site.toml", SITES[kind])
    assert any(one.startswith("content/site.toml:") for one in survives(place))
    with place.database.read() as session:
        site = reading.site(session)
    assert site is not None
    assert list(site.locales) == ["en", "ru", "ky"]


def test_what_means_nothing_in_the_settings_is_reported_with_its_line_and_the_rest_is_in_force(place: Place) -> None:
    place.item(en=EN)
    place.write(
        "content/site.toml", SITE.replace("default =", 'colour = "blue"\ndefault =') + '[tree]\nrole = "author"\n'
    )
    assert survives(place) == [
        "content/site.toml:5: has the unknown key 'colour', which is kept as it is",
        "content/site.toml:12: has the unknown key 'tree.role', which is kept as it is",
    ]
    assert is_live(place, "opening", "The centre opens.")


CATALOGUES = {
    "division by zero": HEADER + PLURALS.format("nplurals=2; plural=n/0;"),
    "a tower of powers": HEADER + PLURALS.format("nplurals=2; plural=9**9**9;"),
    "a billion forms": HEADER + PLURALS.format("nplurals=1000000000; plural=0;"),
    "code for a plural rule": HEADER + PLURALS.format("nplurals=1; plural=__import__('os').system('id');"),
    "a false charset": HEADER.replace("UTF-8", "ISO-8859-1") + '\nmsgid "News"\nmsgstr "Новости"\n',
    "a charset that runs code": HEADER.replace("UTF-8", "rot13"),
    "NUL": HEADER + '\nmsgid "News"\nmsgstr "Нов\0ости"\n',
    "10 MB": HEADER + '\nmsgid "News"\nmsgstr "' + "x" * 11_000_000 + '"\n',
    "an open quote": HEADER + '\nmsgid "News"\nmsgstr "Новости\n',
    "two headers": HEADER + "\n" + HEADER,
    "not PO": "<html></html>",
    "empty": "",
}


@pytest.mark.parametrize("kind", list(CATALOGUES))
def test_a_catalogue_that_turns_hostile_is_reported_and_the_last_good_one_stays_live(place: Place, kind: str) -> None:
    place.write(
        "translations/messages.pot",
        HEADER.replace("X-Tilmash-Status: published\\n", "") + '\nmsgid "News"\nmsgstr ""\n',
    )
    place.write(RUSSIAN, HEADER + '\nmsgid "News"\nmsgstr "Новости"\n')
    place.sync()
    place.write(RUSSIAN, CATALOGUES[kind])
    said = survives(place)
    assert any(one.startswith(f"{RUSSIAN}:") for one in said), said
    assert word(place, "News") == "Новости"
    assert place.read(RUSSIAN) == CATALOGUES[kind]


@pytest.mark.parametrize("kind", list(CATALOGUES))
def test_a_first_catalogue_that_is_hostile_is_reported_and_the_site_serves_its_msgids(place: Place, kind: str) -> None:
    place.write(RUSSIAN, CATALOGUES[kind])
    assert any(one.startswith(f"{RUSSIAN}:") for one in survives(place))
    assert word(place, "News") == "News"


def test_one_bad_message_does_not_block_a_thousand_good_ones(place: Place) -> None:
    good = "".join(f'\nmsgid "Word {number}"\nmsgstr "Слово {number}"\n' for number in range(1000))
    bad = '\n#, python-format\nmsgid "%(count)s views"\nmsgstr "%(cuont)s просмотров"\n'
    place.write(RUSSIAN, HEADER + good + bad)
    said = survives(place)
    assert [one.partition(": ")[0] for one in said] == [f"{RUSSIAN}:{HEADER.count(chr(10)) + 3000 + 4}"], said
    assert word(place, "Word 999") == "Слово 999"
    assert word(place, "%(count)s views") == "%(count)s views"


def word(place: Place, msgid: str, locale: str = "ru") -> str:
    with place.database.read() as session:
        compiled = reading.catalogue(session, "messages", Tag(locale))
    return msgid if compiled is None else mo.load(compiled).gettext(msgid)


def test_what_is_no_regular_file_inside_the_tree_is_not_read(place: Place, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "en.md").write_text(article("Secret", "A secret text.", slug="secret"))
    (outside / "item.toml").write_text(FACTS)
    (outside / "photo.jpg").write_bytes(b"secret")
    place.item(item=FACTS + 'photos = ["photos/link.jpg", "photos/folder.jpg"]\nfiles = ["files/pipe.pdf"]\n', en=EN)
    folder = place.path(f"content/{FOLDER}")
    (folder / "ru.md").symlink_to(outside / "en.md")
    os.mkfifo(folder / "ky.md")
    (folder / "photos" / "folder.jpg").mkdir(parents=True)
    (folder / "photos" / "link.jpg").symlink_to(outside / "photo.jpg")
    (folder / "files").mkdir()
    os.mkfifo(folder / "files" / "pipe.pdf")
    place.path("content/news/linked").symlink_to(outside, target_is_directory=True)
    place.write("content/news/folder-for-a-file/item.toml", FACTS)
    place.path("content/news/folder-for-a-file/en.md").mkdir()
    said = "\n".join(survives(place))
    for name in ("ru.md", "ky.md", "photos/link.jpg", "photos/folder.jpg", "files/pipe.pdf"):
        assert f"content/{FOLDER}/{name}:0: " in said, name
    assert "content/news/linked:0: leads out of the tree" in said
    assert "content/news/folder-for-a-file/en.md:0: is a folder" in said
    assert is_live(place, "opening", "The centre opens."), "the item's own good text"
    assert not any("A secret text." in text for text in place.revisions())
    assert sorted(path.name for path in outside.iterdir()) == ["en.md", "item.toml", "photo.jpg"]


def test_a_folder_that_becomes_a_link_out_of_the_tree_is_not_written_through(place: Place, tmp_path: Path) -> None:
    place.item(en=EN)
    place.sync()
    outside = tmp_path / "outside"
    place.path(f"content/{FOLDER}").rename(outside)
    place.path(f"content/{FOLDER}").symlink_to(outside, target_is_directory=True)
    before = (outside / "en.md").read_text()
    (outside / ".en.md.tilmash-new").write_text("somebody's")
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("en")), Action.REOPEN)
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
    assert any("leads out of the tree" in one for one in survives(place))
    assert (outside / "en.md").read_text() == before
    assert sorted(path.name for path in outside.iterdir()) == [".en.md.tilmash-new", "en.md", "item.toml"]


@pytest.mark.parametrize("name", ["with space", "новости", "-item", "x" * 130, "a\nb", "%2e%2e", "CON:"])
def test_a_folder_whose_name_cannot_be_an_address_is_reported(place: Place, name: str) -> None:
    place.path(f"content/news/{name}").mkdir(parents=True)
    (place.path(f"content/news/{name}") / "en.md").write_text(EN)
    said = survives(place)
    assert len(said) == 1
    assert "not a document's name" in said[0]


def test_names_that_are_no_text_are_reported(place: Place) -> None:
    place.item(en=EN)
    raw = os.fsencode(place.path("content/news"))
    Path(os.fsdecode(raw + b"/\xff\xfe")).mkdir()
    Path(os.fsdecode(raw + b"/" + FOLDER.partition("/")[2].encode() + b"/\xff.md")).write_text(EN)
    said = survives(place)
    assert len(said) == 2
    "\n".join(said).encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "EN.md",
        "Ru.MD",
        "zxx.md",
        "english.md",
        "en_US.md",
        "xx.md",
        "en.draft.draft.md",
        "Item.toml",
        "ky.markdown",
        "ky.docx",
    ],
)  # fmt: skip
def test_a_file_that_looks_like_a_text_and_is_none_is_reported(place: Place, name: str) -> None:
    place.item(en=EN)
    place.write(f"content/{FOLDER}/{name}", article("Other", "Other words.", slug="other"))
    said = survives(place)
    assert [one for one in said if one.startswith(f"content/{FOLDER}/{name}:0: ")], said
    assert is_live(place, "opening", "The centre opens.")
    assert not is_live(place, "other", "")


def test_a_text_in_a_language_that_the_site_lacks_is_kept_reported_and_shown_once_the_site_has_it(place: Place) -> None:
    place.item(en=EN, de=article("Eröffnung", "Das Zentrum öffnet.", slug="eroeffnung"))
    said = survives(place)
    assert said == [f"content/{FOLDER}/de.md:0: is in a language that site.toml does not name: nobody is shown it"]
    place.write("content/site.toml", SITE + 'de = ["en"]\n')
    assert survives(place) == []
    assert is_live(place, "eroeffnung", "Das Zentrum öffnet.", locale="de")


def test_a_source_in_a_language_that_the_site_lacks_is_reported_and_readers_get_what_there_is(place: Place) -> None:
    facts = FACTS.replace('"en"', '"de"')
    place.item(item=facts, de=article("Eröffnung", "Das Zentrum öffnet.", slug="eroeffnung"), en=EN)
    assert any("site.toml does not name" in one for one in survives(place))
    assert is_live(place, "opening", "The centre opens.")
    assert is_live(place, "opening", "The centre opens.", locale="ky"), "not the German"


def test_a_slug_that_belongs_to_another_item_is_refused_to_the_second_in_whatever_language(place: Place) -> None:
    place.item(en=EN)
    place.write("content/news/second/item.toml", FACTS)
    place.write("content/news/second/en.md", EN.replace("The centre opens.", "Another text."))
    said = survives(place)
    assert len(said) == 1
    assert "the slug 'opening' belongs to another document" in said[0]
    assert is_live(place, "opening", "The centre opens.")


def test_slugs_stay_apart_while_languages_leave_the_site_and_come_back(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="the-same"))
    place.sync()
    place.write("content/site.toml", SITE.replace('ru = ["en"]\n', "").replace('"ru", ', "").replace('["ru"]', "[]"))
    place.sync()
    place.write("content/news/second/item.toml", FACTS)
    place.write("content/news/second/en.md", article("Second", "A second text.", slug="the-same"))
    assert any("belongs to another document" in one for one in survives(place))
    place.write("content/site.toml", SITE)
    survives(place)
    assert is_live(place, "the-same", "Центр открывается.", locale="ru")


def test_a_time_of_publication_that_has_passed_publishes_at_once(place: Place) -> None:
    place.item(
        item=FACTS + "publish-at = 2020-01-01T00:00:00+05:00\n",
        en=article("Opening", "The centre opens.", status="approved", slug="opening"),
    )
    assert survives(place) == []
    assert is_live(place, "opening", "The centre opens.")


def test_another_source_in_the_facts_takes_nothing_off_the_site(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", FACTS.replace('"en"', '"ru"'))
    assert survives(place) == []
    assert is_live(place, "opening", "The centre opens.")
    assert is_live(place, "otkrytie", "Центр открывается.", locale="ru")
    place.write(f"content/{FOLDER}/item.toml", FACTS.replace('"en"', '"ky"'))
    survives(place)
    assert is_live(place, "opening", "The centre opens.", locale="en")


def test_a_file_that_vanishes_while_it_is_read_is_as_if_it_had_never_been(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    read = Tree.read

    def vanishing(tree: Tree, path: str) -> object:
        if path.endswith("ru.md"):
            place.path(path).unlink(missing_ok=True)
        return read(tree, path)

    monkeypatch.setattr(Tree, "read", vanishing)
    other_item(place)
    place.sync()
    assert is_live(place, "opening", "The centre opens.")
    assert is_live(place, "closing", "The centre closes.")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_an_unreadable_file_is_reported(place: Place, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    really = os.open

    def refusing(path: str | Path, flags: int, *rest: object, **others: object) -> int:
        if str(path).endswith("ru.md"):
            raise error
        return really(path, flags, *rest, **others)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(os, "open", refusing)
    assert survives(place) == [f"content/{FOLDER}/ru.md:0: cannot be read ({error.strerror})"]
    assert is_live(place, "opening", "The centre opens.")


def test_a_tree_that_cannot_be_written_is_reported_and_the_rest_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
    really = Path.open

    def refusing(path: Path, mode: str = "r", *rest: object, **others: object) -> object:
        if path.is_relative_to(place.root / "content") and "w" in mode:
            raise OSError(30, "Read-only file system", str(path))
        return really(path, mode, *rest, **others)  # type: ignore[call-overload]  # as it was called

    with monkeypatch.context() as patch:
        place.path("content/news/zz-other").mkdir(parents=True, exist_ok=True)
        patch.setattr(Path, "open", refusing)
        place.sync()
    assert place.problems() == [f"content/{FOLDER}/en.draft.md:0: cannot be written (Read-only file system)"]
    assert place.read(f"content/{FOLDER}/en.md") == EN
    place.sync()
    assert "shuts" in place.read(f"content/{FOLDER}/en.draft.md")


@pytest.mark.soak
def test_three_thousand_files_at_once_all_come_in(place: Place) -> None:
    count = 1000 if os.environ.get("TILMASH_SOAK") else 60
    for number in range(count):
        place.write(f"content/news/item-{number:04d}/item.toml", FACTS)
        place.write(f"content/news/item-{number:04d}/en.md", article("A", "Some words.", slug=f"en-{number}"))
        place.write(f"content/news/item-{number:04d}/ru.md", article("Б", "Немного слов.", slug=f"ru-{number}"))
    assert survives(place) == []
    for number in (0, count // 2, count - 1):
        assert is_live(place, f"en-{number}", "Some words.")
        assert is_live(place, f"ru-{number}", "Немного слов.", locale="ru")


def test_a_fault_of_ours_in_one_document_does_not_stop_the_others(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    place.item(en=EN)
    other_item(place)
    really = DocumentSync.take_in

    def failing(one: DocumentSync) -> None:
        if one.name == ITEM:
            raise ZeroDivisionError("a fault")
        really(one)

    monkeypatch.setattr(DocumentSync, "take_in", failing)
    synchroniser = Synchroniser(
        place.database, place.tree, MediaStore(place.settings.data / "media"), tell=place.moves.append
    )
    synchroniser.read_site()
    for name in synchroniser.documents():
        synchroniser.attempt(name)
    (said,) = place.problems()
    assert said.startswith("content/news/2026-01-01-item:0: was left as it is because of a fault of ours (ZeroDiv")
    assert "Traceback" in caplog.text
    assert is_live(place, "closing", "The centre closes.")


def test_a_file_of_a_hundred_megabytes_is_reported_unread(place: Place) -> None:
    place.item(item=FACTS + 'photos = ["photos/a.jpg"]\n', en=EN)
    for name in ("ru.md", "photos/a.jpg"):
        place.write(f"content/{FOLDER}/{name}", b"")
        os.truncate(place.path(f"content/{FOLDER}/{name}"), 100_000_000)
    said = survives(place)
    assert said == [f"content/{FOLDER}/{name}:0: is larger than 60 MB" for name in ("ru.md", "photos/a.jpg")]
    assert is_live(place, "opening", "The centre opens.")


def test_a_photo_whose_name_is_spelt_in_other_code_points_is_reported(place: Place) -> None:
    """A letter with its breve may be one code point or two (Unicode, annex 15): two files that look the same."""
    place.item(item=FACTS + 'photos = ["photos/\u0439.jpg"]\n', en=EN)
    place.write(f"content/{FOLDER}/photos/\u0438\u0306.jpg", encoded(halves(60, 40)))
    (said,) = survives(place)
    assert said.startswith(f"content/{FOLDER}/photos/\u0439.jpg:0: is named in item.toml, and is not there")
    assert is_live(place, "opening", "The centre opens.")


def test_folders_that_differ_by_case_alone_are_two_items_and_the_second_is_refused_the_first_ones_address(
    place: Place,
) -> None:
    for name, words in (("An-Item", "First words."), ("an-item", "Second words.")):
        place.write(f"content/news/{name}/item.toml", FACTS)
        place.write(f"content/news/{name}/en.md", article("Opening", words))
    (said,) = survives(place)
    assert said.startswith("content/news/an-item/en.md:0: ")
    assert "the slug 'an-item' belongs to another document" in said
    assert is_live(place, "an-item", "First words.")


@pytest.mark.parametrize("at", [4_000_000_000, 0])
def test_a_clock_that_jumps_holds_up_no_file(place: Place, at: int) -> None:
    """What a file says of its time may lie in the future: the clock was set back, or the camera's never right."""
    place.tree.quiet = 0.5
    place.item(en=EN)
    place.sync()
    mended = EN.replace("opens", "shuts")
    place.write(f"content/{FOLDER}/en.md", mended)
    os.utime(place.path(f"content/{FOLDER}/en.md"), (at, at))
    assert survives(place) == []
    assert is_live(place, "opening", "The centre shuts.")


def full(*_arguments: object, **_named: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_a_disk_without_room_for_photos_is_reported_and_the_texts_come_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(item=FACTS + 'photos = ["photos/a.jpg"]\n', en=EN)
    place.write(f"content/{FOLDER}/photos/a.jpg", encoded(halves(60, 40)))
    with monkeypatch.context() as patch:
        patch.setattr(MediaStore, "put", full)
        assert survives(place) == [f"content/{FOLDER}/photos/a.jpg:0: cannot be kept (No space left on device)"]
        assert is_live(place, "opening", "The centre opens.")
    place.sync()
    assert place.problems() == []


def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_the_old_one_in_its_place(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.item(en=EN)
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        base = session.get_one(DbRevision, translation.head_id)
        revisions.save(session, translation, EN.replace("opens", "shuts"), EDITOR, base=base, path="desk")
        decide(session, translation, Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        place.sync()
        assert place.problems() == [f"content/{FOLDER}/en.md:0: cannot be written (No space left on device)"]
        assert place.read(f"content/{FOLDER}/en.md") == EN
    assert survives(place) == []
    assert "shuts" in place.read(f"content/{FOLDER}/en.md")
