"""A `based-on` that names nothing is told at each run while it stands, and the text comes in all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.formats.markdown import MARKDOWN
from tests.trees import FOLDER, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = f"content/{FOLDER}/ru.md"


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    yield place
    place.database.dispose()


def russian(based_on: str, word: str = "открывается") -> str:
    return article("Открытие", f"Центр {word}.", "Приглашены все.", slug="otkrytie", based_on=based_on)


@pytest.mark.parametrize(
    ("based_on", "reason"),
    [
        (
            "en@01234567",
            "no text in en ever had these digits: `tilmash digest en.md` prints those of what is there now",
        ),
        ("'en@01234567'  # mine", "no text in en ever had these digits"),
        ("de@01234567", "there is no text in de"),
        ("qqq@01234567", "there is no text in qqq"),
        ("EN@01234567", "there is no text in EN"),
        ("ru@01234567", "which would be itself"),
    ],
)
def test_a_base_that_nobody_knows_is_told_with_its_line_at_each_run(place: Place, based_on: str, reason: str) -> None:
    place.item(en=EN, ru=russian(based_on))
    for _ in range(3):
        place.sync()
        (said,) = place.problems()
        assert said.startswith(f"{RU}:5: is based on {based_on.split(maxsplit=1)[0].strip(chr(39))}, ")
        assert reason in said
    assert place.stand("ru") == ("approved", russian(based_on), russian(based_on)), "the text itself came in"


def test_what_is_mended_or_taken_back_is_told_no_longer(place: Place) -> None:
    place.item(en=EN, ru=russian("en@01234567"))
    place.sync()
    place.write(RU, russian(f"en@{MARKDOWN.digest(EN)[:8]}"))
    place.sync()
    assert place.problems() == []
    place.write(RU, russian("en@01234567"))
    place.sync()
    assert len(place.problems()) == 1
    place.write(RU, russian("en@01234567").replace("based-on: en@01234567\n", ""))
    place.sync()
    assert place.problems() == []


def test_a_base_is_known_once_its_text_came_in_be_it_a_draft_or_an_older_one(place: Place) -> None:
    later = EN.replace("opens.", "opens on Monday.")
    place.item(en=EN, ru=russian(f"en@{MARKDOWN.digest(later)[:8]}"))
    place.sync()
    assert len(place.problems()) == 1
    place.write(f"content/{FOLDER}/en.draft.md", later.replace("published", "draft"))
    place.sync()
    assert place.problems() == []
    place.write(f"content/{FOLDER}/en.draft.md", EN.replace("opens.", "opens on Friday.").replace("published", "draft"))
    place.sync()
    assert place.problems() == []


def test_a_draft_beside_a_live_text_and_a_draft_alone_are_looked_at_too(place: Place) -> None:
    digest = MARKDOWN.digest(EN)[:8]
    place.item(en=EN, ru=russian(f"en@{digest}"), ky=russian("tg@01234567").replace("published", "draft"))
    place.write(f"content/{FOLDER}/ru.draft.md", russian("en@89abcdef", "открылся").replace("published", "draft"))
    for _ in range(2):
        place.sync()
        assert [said.partition(": is")[0] for said in place.problems()] == [
            f"content/{FOLDER}/ky.md:5", f"content/{FOLDER}/ru.draft.md:5",
        ]  # fmt: skip


def test_the_source_text_is_based_on_nothing(place: Place) -> None:
    place.item(en=EN.replace("slug:", f"based-on: en@{MARKDOWN.digest(EN)[:8]}\nslug:"))
    for _ in range(2):
        place.sync()
        (said,) = place.problems()
        assert said.startswith(f"content/{FOLDER}/en.md:4: has a based-on, which means nothing here")


def test_a_text_that_only_speaks_of_based_on_is_no_problem(place: Place) -> None:
    place.item(en=EN, ru=article("Открытие", "Центр.", "based-on: de@01234567", slug="otkrytie"))
    place.sync()
    assert place.problems() == []
