"""The site's own names stand in each language's catalogue of the domain `site`."""

import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.journeys.alphabets import strange_words

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
TAGS = {"cooperation", "training", "analysis", "prevention", "operations", "events", "borders"}


def said(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        catalog: Catalog = read_po(file, abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalog if message.id}


def names_of_the_site() -> list[str]:
    site = tomllib.loads((ROOT / "content/site.toml").read_text(encoding="utf-8"))
    return [site["name"], site["full-name"], site["address"], site["seat"]["city"]]


def test_the_template_has_the_names_of_the_site_and_the_tags_of_all_items_and_nothing_else() -> None:
    files = ROOT.glob("content/*/*/item.toml")
    used = {tag for file in files for tag in tomllib.loads(file.read_text(encoding="utf-8")).get("tags", [])}
    assert used == TAGS
    assert set(said(ROOT / "translations/site.pot")) == {*names_of_the_site(), *TAGS}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_name_is_said_in_the_letters_of_each_language(locale: str) -> None:
    names = said(ROOT / f"translations/{locale}/LC_MESSAGES/site.po")
    assert list(names) == list(said(ROOT / "translations/site.pot"))
    assert all(names.values())
    assert strange_words(locale, "\n".join(names.values())) == []


def test_english_says_the_names_as_they_are_and_tags_begin_with_a_capital() -> None:
    names = said(ROOT / "translations/en/LC_MESSAGES/site.po")
    assert {tag: names[tag] for tag in TAGS} == {tag: tag.capitalize() for tag in TAGS}
    assert [names[name] for name in names_of_the_site()] == names_of_the_site()
