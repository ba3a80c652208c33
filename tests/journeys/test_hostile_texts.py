"""A text, facts or settings that cannot be used stop nothing else: each is reported with file, line and reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.queries import reading
from tests import databases
from tests.journeys.hostile import EN, is_live, survives
from tests.trees import FACTS, FOLDER, SITE, Place, article


@pytest.fixture
def place(tmp_path: Path, sqlite_template: str) -> Iterator[Place]:
    place = Place(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield place
    place.database.dispose()


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
    "a control character": (EN.encode().replace(b"opens", b"op\bens"), 7, "a control character (U+0008)"),
    "a bell by an escape": (EN.replace("Opening", r'"Bell \a"').encode(), 2, "a control character (U+0007)"),
    "NUL by an escape": (EN.replace("Opening", r'"Nul \0"').encode(), 2, "NUL"),
    "half an emoji by an escape": (EN.replace("Opening", r'"Half \uD83D"').encode(), 2, "a lone surrogate (U+D83D)"),
    "no character by an escape": (EN.replace("Opening", r'"\UFFFFFFFFF"').encode(), 2, "beyond the last character"),
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


def test_a_good_edit_comes_in_although_another_text_of_its_item_cannot_be_used(
    tmp_path: Path, database_url: str
) -> None:
    place = Place(tmp_path, database_url)
    place.item(en=EN, ru=article("Открытие", "Центр открывается.", slug="otkrytie"))
    place.sync()
    for title in (r'"Half \uD83D"', r'"Nul \0"', r'"\UFFFFFFFFF"', r'"Bell \a"'):
        place.write(f"content/{FOLDER}/en.md", EN.replace("Opening", title))
        place.write(f"content/{FOLDER}/ru.md", article("Открытие", f"Центр: {title}", slug="otkrytie"))
        (said,) = survives(place)
        assert said.startswith(f"content/{FOLDER}/en.md:2: holds ")
        assert place.stand("ru")[2] == place.read(f"content/{FOLDER}/ru.md")
        assert is_live(place, "opening", "The centre opens.")
    place.database.dispose()


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
    "a control character by an escape": FACTS + r'tags = ["Bell \u0007"]' + "\n",
    "half an emoji by an escape": FACTS + r'tags = ["Half \uD83D"]' + "\n",
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
    "a control character by an escape": SITE.replace('"Centre"', r'"Bell \u0007"'),
    "a noncharacter by an escape": SITE.replace('"Almaty"', r'"\uFFFF"'),
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
        "content/site.toml:12: has the unknown key 'tree.role', which is kept as it is; did you mean `roles`?",
    ]
    assert is_live(place, "opening", "The centre opens.")


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
