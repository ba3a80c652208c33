from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.domain.locales import language
from app.domain.segments import Tag
from app.services.catalogs import CatalogReport, add_language, domains, look, update_catalogs

TEMPLATE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "News"
msgstr ""

msgid "Search"
msgstr ""

#, python-format
msgid "By %(name)s"
msgstr ""
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for domain in ("messages", "site"):
        (tmp_path / f"{domain}.pot").write_text(TEMPLATE, "utf-8")
    return tmp_path


def test_a_language_is_begun_in_every_domain_and_once(folder: Path) -> None:
    uzbek = folder / "uz_Cyrl" / "LC_MESSAGES"
    assert domains(folder) == ("messages", "site")
    assert add_language(folder, language(Tag("uz-Cyrl"))) == (uzbek / "messages.po", uzbek / "site.po")
    (uzbek / "site.po").write_text("mine", "utf-8")
    assert add_language(folder, language(Tag("uz-Cyrl"))) == ()
    assert (uzbek / "site.po").read_text("utf-8") == "mine"
    begun = uzbek / "messages.po"
    assert look(begun) == CatalogReport(path=str(begun), untranslated=3)


def test_where_there_is_no_template_nothing_is_begun(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        add_language(tmp_path, language(Tag("ru")))
    assert list(tmp_path.iterdir()) == []


def test_catalogues_follow_their_own_template(folder: Path) -> None:
    add_language(folder, language(Tag("ru")))
    (folder / "site.pot").write_text(TEMPLATE.replace("Search", "Find"), "utf-8")
    assert tuple(update_catalogs(folder, "messages")) == ()
    assert tuple(update_catalogs(folder, "site")) == (folder / "ru" / "LC_MESSAGES" / "site.po",)
    assert tuple(update_catalogs(folder, "site")) == ()
    assert not list(folder.rglob("*.new"))


def test_each_message_of_a_catalogue_is_counted_once_and_what_is_wrong_is_told(folder: Path) -> None:
    add_language(folder, language(Tag("ru")))
    russian = folder / "ru" / "LC_MESSAGES" / "messages.po"
    text = russian.read_text("utf-8").replace('"News"\nmsgstr ""', '"News"\nmsgstr "Новости"')
    text = text.replace('msgid "Search"\nmsgstr ""', '#, fuzzy\nmsgid "Search"\nmsgstr "Искать"')
    text = text.replace('"By %(name)s"\nmsgstr ""', '"By %(name)s"\nmsgstr "%(nom)s"')
    russian.write_text(f'{text}\nmsgid "News"\nmsgstr "Опять"\n\nmsgid "Share\nmsgstr ""\n', "utf-8")
    report = look(russian)
    assert (report.translated, report.fuzzy, report.untranslated, report.broken) == (1, 1, 0, 3)
    assert [str(one).removeprefix(f"{russian}:") for one in report.problems] == [
        "20: the placeholder nom is not in the msgid",
        "22: the same message as in line 11",
        "25: a string that does not end",
    ]
