"""The sample site holds what docs/sample-items.md promises; digests and letters are computed here once more."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.journeys.alphabets import strange_words

CONTENT = Path(__file__).parents[2] / "content"
ALL = "en ru kk ky tg tk uz"
# folder: (source, published, drafts by the stem of their file)
TABLE = {
    "news/2026-03-18-caricc-sco-memorandum": ("en", ALL, ""),
    "news/2026-06-26-international-day": ("ru", ALL, ""),
    "news/2026-05-14-dog-handlers": ("en", "en ru kk", "ru.draft ky"),
    "news/2026-04-22-precursors-workshop": ("ru", "ru en uz", "ky"),
    "news/2026-02-11-analytical-bulletin": ("en", "en ru kk ky", ""),
    "news/2026-01-20-council-tashkent": ("ru", "ru en uz tk", ""),
    "news/2025-12-09-mountain-roads": ("en", "en ru tg ky", ""),
    "news/2025-11-18-e-learning": ("ru", "ru kk en", ""),
    "news/2025-10-07-open-day": ("en", "en ru kk tg", ""),
    "news/2025-09-16-caspian-exercise": ("ru", "ru en tk kk", ""),
    "news/2025-07-03-annual-review": ("en", "en", ""),
    "news/2025-05-27-register-of-seizures": ("ru", "", "ru"),
    "news/2025-03-21-nowruz": ("ru", ALL, ""),
    "pages/about": ("en", ALL, ""),
    "pages/contacts": ("en", ALL, ""),
}
OUTDATED = {"news/2026-01-20-council-tashkent/uz.md", "news/2025-11-18-e-learning/en.md"}
THROUGH_RUSSIAN = {"news/2026-02-11-analytical-bulletin/ky.md"}
WITH_A_HOLE = {"news/2026-04-22-precursors-workshop/ky.md"}
Front = dict[str, str | dict[str, str]]

TEXTS = sorted(file for folder in TABLE for file in (CONTENT / folder).glob("*.md"))
"""What is beside the sample content, such as an item that somebody tries out, is none of our business."""
named = pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.relative_to(CONTENT).as_posix())


def name(file: Path) -> str:
    return file.relative_to(CONTENT).as_posix()


def locale(file: Path) -> str:
    return file.name.split(".")[0]


def taken_apart(file: Path) -> tuple[Front, str]:
    _, front, body = re.split(r"^---\n", file.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    values: Front = yaml.safe_load(front)
    return values, body.strip()


def facts(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "item.toml").read_text(encoding="utf-8"))


def canonical_digest(file: Path) -> str:
    front, body = taken_apart(file)
    form = {key: front.get(key, "") for key in ("title", "slug", "summary")}
    form |= {key: front.get(key, {}) for key in ("alt", "captions", "credits")} | {"body": body}
    form |= {"files": front["files"]} if "files" in front else {}
    written = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def prose(file: Path) -> str:
    front, body = taken_apart(file)
    lines = [str(front["title"]), str(front["summary"]), body]
    for key in ("alt", "captions", "credits", "files"):
        per_photo = front.get(key, {})
        assert isinstance(per_photo, dict)
        lines += per_photo.values()
    return re.sub(r"\]\([^)]*\)", "]", "\n".join(lines))


def test_each_folder_of_the_table_has_the_texts_it_promises_and_no_other() -> None:
    promised = {
        f"{folder}/{stem}.md"
        for folder, (_, published, drafts) in TABLE.items()
        for stem in (*published.split(), *drafts.split())
    }
    assert {name(file) for file in TEXTS} == promised
    assert {name(file.parent) for file in CONTENT.glob("*/*/item.toml")} >= set(TABLE)


def test_every_item_names_its_source_and_news_have_a_date_of_the_seat() -> None:
    for folder, (source, _, _) in TABLE.items():
        said = facts(CONTENT / folder)
        assert said["source"] == source, folder
        if folder.startswith("news/"):
            assert str(said["date"]).startswith(folder[5:15]), folder
            assert str(said["date"]).endswith("+05:00"), folder
        else:
            assert "date" not in said, folder


@named
def test_readers_see_what_is_published_and_that_a_machine_wrote_it(file: Path) -> None:
    front, body = taken_apart(file)
    _, published, _ = TABLE[name(file.parent)]
    assert front["status"] == ("published" if file.stem in published.split() else "draft")
    assert front["origin"] == "machine"
    assert front["title"]
    assert front["summary"]
    assert ("<!-- untranslated -->" in body) is (name(file) in WITH_A_HOLE)


@named
def test_every_translation_names_the_text_it_was_made_from(file: Path) -> None:
    front, _ = taken_apart(file)
    source, _, _ = TABLE[name(file.parent)]
    if locale(file) == source:
        assert "based-on" not in front
        return
    origin = "ru" if name(file) in THROUGH_RUSSIAN else source
    tag, digest = str(front["based-on"]).split("@")
    assert tag == origin
    assert re.fullmatch("[0-9a-f]{8}", digest)
    current = canonical_digest(file.with_name(f"{origin}.md"))[:8]
    assert (digest == current) is (name(file) not in OUTDATED)


@named
def test_every_word_is_in_the_letters_of_its_language_or_wholly_in_plain_latin(file: Path) -> None:
    assert strange_words(locale(file), prose(file)) == []


@named
def test_quotation_marks_and_apostrophes_are_those_of_the_newsroom(file: Path) -> None:
    marks = set(re.findall("[\"'`‘’“”„«»]", prose(file)))
    allowed = {"en": "“”‘’", "tk": "“”", "uz": "“”«»"}.get(locale(file), "«»")
    assert marks <= set(allowed)
    if locale(file) == "uz":
        assert re.findall("(?<![og])ʻ", prose(file).lower()) == []


@named
def test_every_photo_has_words_for_who_cannot_see_it_and_no_text_names_an_unknown_photo(file: Path) -> None:
    front, _ = taken_apart(file)
    photos = facts(file.parent).get("photos", [])
    assert isinstance(photos, list)
    for key in ("alt", "captions", "credits"):
        assert list(front.get(key, {})) == photos, key


def test_slugs_are_plain_and_name_one_document_in_each_language() -> None:
    owners: dict[tuple[str, str], str] = {}
    for file in TEXTS:
        slug = str(taken_apart(file)[0]["slug"])
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug), name(file)
        assert owners.setdefault((locale(file), slug), name(file.parent)) == name(file.parent), name(file)


def test_attachments_are_real_documents() -> None:
    for folder in TABLE:
        files = facts(CONTENT / folder).get("files", [])
        assert isinstance(files, list)
        for attachment in files:
            assert (CONTENT / folder / attachment).read_bytes().startswith(b"%PDF-"), attachment
