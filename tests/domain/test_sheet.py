import os
import re
from gettext import NullTranslations
from pathlib import Path

from app.domain.dates import number
from app.domain.languages import LANGUAGES
from app.domain.locales import catalogue_path
from app.domain.segments import Tag
from app.formats import mo
from tests.catalogues import messages
from tests.domain.sheet import COUNTS, Rows, sheet

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "languages.md"


def counted(tag: Tag) -> Rows:
    """Give what the interface counts, as its published catalogue in a language says it; nothing where there is none."""
    catalogue = ROOT / catalogue_path("messages", tag, draft=False)
    if not catalogue.exists():
        return
    words = mo.load(
        mo.compile_catalogue(catalogue.read_text("utf-8"), path=catalogue.name).mo, fallback=NullTranslations()
    )
    for message in messages((ROOT / "translations/messages.pot").read_text("utf-8"), path="messages.pot"):
        if message.plural is not None:
            others = dict.fromkeys(re.findall(r"%\((\w+)\)s", message.plural), "…")
            said = [
                words.ngettext(message.msgid, message.plural, n) % (others | {"count": number(n, tag), "num": n})
                for n in COUNTS
            ]
            yield f"“{message.plural}”", " · ".join(said)


def test_the_page_for_native_readers_shows_what_the_code_writes() -> None:
    drawn = sheet(LANGUAGES, counted)
    if os.environ.get("TILMASH_REWRITE"):
        PAGE.write_text(drawn, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == drawn, "draw it again: TILMASH_REWRITE=1 make test"


def test_the_page_has_a_chapter_for_every_language_and_names_all_seven_countries_in_each() -> None:
    chapters = sheet(LANGUAGES, counted).split("\n## ")[1:]
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
