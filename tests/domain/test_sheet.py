import os
from pathlib import Path

from app.domain.languages import LANGUAGES
from app.domain.sheet import sheet

PAGE = Path(__file__).parents[2] / "docs" / "languages.md"


def test_the_page_for_native_readers_shows_what_the_code_writes() -> None:
    drawn = sheet(LANGUAGES)
    if os.environ.get("TILMASH_REWRITE"):
        PAGE.write_text(drawn, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == drawn, "draw it again: TILMASH_REWRITE=1 make test"


def test_the_page_has_a_chapter_for_every_language_and_names_all_seven_countries_in_each() -> None:
    chapters = sheet(LANGUAGES).split("\n## ")[1:]
    assert [chapter.splitlines()[0] for chapter in chapters] == [
        "English (`en`)",
        "Русский (`ru`)",
        "Қазақша (`kk`)",
        "Кыргызча (`ky`)",
        "Тоҷикӣ (`tg`)",
        "Türkmençe (`tk`)",
        "Oʻzbekcha (`uz`)",
        "Ўзбекча (`uz-Cyrl`)",
        "Azərbaycanca (`az`)",
    ]
    for chapter in chapters:
        [countries] = [line for line in chapter.splitlines() if line.startswith("| countries")]
        assert countries.count("·") == 6
