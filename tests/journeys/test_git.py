"""`tilmash sync --git`: a translator with a text editor and a clone, and a desk that does not stand still meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import reading
from tests import databases
from tests.clones import ARTICLE, CATALOGUE, Clone, Site, assert_a_line, assert_in_step, bare, git, history
from tests.journeys.texts_of_every_kind import PHOTOS
from tests.trees import FACTS, FOLDER, article

MESSAGES = DocumentName(kind=Kind.CATALOGUE, name="messages")
PUBLISH = (Action.SUBMIT, Action.APPROVE, Action.PUBLISH)


def page(site: Site, locale: str, slug: str) -> str:
    with site.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
        assert isinstance(found, ItemPage)
        return found.html


def test_a_first_run_commits_the_tree_and_nothing_else_and_a_second_has_nothing_to_do(site: Site, remote: Path) -> None:
    files = git(remote, "ls-tree", "-r", "--name-only", "main").split()
    assert files == [
        ".gitignore", f"content/{FOLDER}/en.md", f"content/{FOLDER}/item.toml", ARTICLE, "content/site.toml",
        "translations/messages.pot", CATALOGUE,
    ]  # fmt: skip
    assert history(remote)[0] == ("Centre", "tilmash@noreply.news.example.org", "The tree: 6 files")
    assert_in_step(site, remote)


@pytest.fixture
def on_either(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """The site on SQLite and on PostgreSQL."""
    (tmp_path / "either").mkdir()
    site = Site(tmp_path / "either", database_url)
    site.begin(bare(tmp_path / "remote.git"))
    yield site
    site.database.dispose()


def test_a_translator_pushes_while_the_desk_goes_on_and_nothing_is_lost(on_either: Site, tmp_path: Path) -> None:
    """Three places of each file are changed in her clone; one of them at the desk as well, and another there alone."""
    site, remote = on_either, tmp_path / "remote.git"
    hers = Clone.of(remote, tmp_path / "hers", "Gulnora Rahimova")
    hers.edit(ARTICLE, "Ифтитоҳ", "Ифтитоҳи марказ")
    hers.edit(ARTICLE, "Марказ кушода мешавад.", "Марказ имрӯз кушода мешавад.")
    hers.edit(CATALOGUE, "Хона", "Асосӣ")
    hers.edit(CATALOGUE, "Ахбор", "Хабарҳо")
    hers.push("Better Tajik")
    site.at_desk("tg", "Марказ кушода мешавад.", "Марказ фардо кушода мешавад.", by="aziza")
    site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.", by="aziza")
    site.at_desk("tg", "Ахбор", "Навидҳо", by="aziza", document=MESSAGES)
    site.at_desk("tg", "Ҷустуҷӯ", "Кофтуков", by="bek", document=MESSAGES)

    site.exchange()

    assert_a_line(remote)
    assert ("Gulnora Rahimova", "gulnora@example.org", "Better Tajik") in history(remote)
    _, head, live = site.stand("tg")
    assert head is not None
    assert live is not None
    assert "Ифтитоҳи марказ" in live, "what she changed of the live text is a correction"
    assert "имрӯз" in live
    for words in ("Ифтитоҳи марказ", "Марказ фардо", "Барвақттар"):
        assert words in head, "the desk's draft has both"
    _, head, live = site.stand("tg", MESSAGES)
    assert live is not None
    assert head is not None
    for words in ("Асосӣ", "Хабарҳо"):
        assert words in live
    for words in ("Асосӣ", "Навидҳо", "Кофтуков"):
        assert words in head
    assert {one.strip() for one in site.suggestions()} >= {"Марказ имрӯз кушода мешавад."}
    assert any("Хабарҳо" in one for one in site.suggestions())
    assert "имрӯз" in page(site, "tg", "iftitoh")
    hers.pull()
    assert hers.read(ARTICLE) == site.read(ARTICLE)
    assert "Навидҳо" in hers.read(CATALOGUE.replace("messages.po", "messages.draft.po"))
    assert_in_step(site, remote)


def test_what_people_did_at_the_desk_is_committed_in_their_names_one_after_the_other(site: Site, remote: Path) -> None:
    site.at_desk("tg", "Ҳама даъватанд.", "Ҳама меҳмонанд.", by="aziza")
    site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.", *PUBLISH, by="bek")
    site.exchange()
    one, two = history(remote)[:2]
    assert one == (
        "Bek Asanov", "bek@users.noreply.news.example.org",
        "Tajik translation of news/2026-01-01-item: changed, submitted, approved and published",
    )  # fmt: skip
    assert two == (
        "Aziza Karimova", "aziza@users.noreply.news.example.org",
        "Tajik translation of news/2026-01-01-item: changed",
    )  # fmt: skip
    assert "меҳмонанд" in git(remote, "show", f"main~1:{ARTICLE}")
    assert "Барвақттар" not in git(remote, "show", f"main~1:{ARTICLE}")
    assert "aziza@example.org" not in git(remote, "log", "--format=%ae%ce%B", "main"), "a mail address is private"
    assert_in_step(site, remote)


def test_who_approves_and_publishes_what_another_wrote_is_named_in_the_message(site: Site, remote: Path) -> None:
    site.at_desk("tg", "Ҳама даъватанд.", "Ҳама меҳмонанд.", Action.SUBMIT, by="aziza")
    site.exchange()
    draft = ARTICLE.replace("tg.md", "tg.draft.md")
    assert "меҳмонанд" in git(remote, "show", f"main:{draft}")
    site.decide("tg", Action.APPROVE, Action.PUBLISH, by="bek")
    site.exchange()
    assert history(remote)[0][2] == "news/2026-01-01-item: 2 files"
    said = git(remote, "log", "-1", "--format=%an%n%B", "main").splitlines()
    assert said[0] == "Aziza Karimova"
    assert (
        "Tajik translation of news/2026-01-01-item: changed and submitted, approved and published by Bek <Asanov>"
        in said
    )
    assert draft not in git(remote, "ls-tree", "-r", "--name-only", "main")
    assert_in_step(site, remote)


def test_a_new_item_with_its_photo_and_a_new_language_come_by_a_push(site: Site, remote: Path, tmp_path: Path) -> None:
    hers = Clone.of(remote, tmp_path / "hers", "Gulnora Rahimova")
    folder = "content/news/2026-02-02-new"
    hers.write(f"{folder}/item.toml", f'{FACTS}photos = ["photos/a.jpg"]\n')
    hers.write(f"{folder}/en.md", article("New", "A new item.", slug="new"))
    hers.write(f"{folder}/photos/a.jpg", PHOTOS[0])
    hers.edit("content/site.toml", "[locales]\n", '[locales]\nuz = ["ru"]\n')
    hers.push("An item")
    site.exchange()
    assert site.problems() == []
    assert "A new item." in page(site, "en", "new")
    assert "A new item." in page(site, "uz", "new"), "the language is there, and shows its fallback"
    with site.database.read() as session:
        found = reading.item(session, Tag("en"), "new")
        assert isinstance(found, ItemPage)
        assert len(found.pictures) == 1
    assert history(remote)[0][2] == "An item", "nothing of it had to be written anew"
    assert_in_step(site, remote)


def test_two_sites_of_one_repository_have_each_others_words(
    site: Site, remote: Path, tmp_path: Path, sqlite_template: str
) -> None:
    root = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), "other")
    other = Site(root, databases.sqlite_copy(sqlite_template, root / "test.db"), fresh=False)
    try:
        other.exchange()
        other.at_desk("tg", "Ҳама даъватанд.", "Ҳама меҳмонанд.", *PUBLISH)
        site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.", *PUBLISH)
        other.exchange()
        site.exchange()
        site.decide("tg", *PUBLISH, by="desk")
        site.exchange()
        other.exchange()
        for one in (site, other):
            live = one.stand("tg")[2] or ""
            assert "меҳмонанд" in live
            assert "Барвақттар" in live
        assert_a_line(remote)
        assert_in_step(other, remote)
        assert_in_step(site, remote)
    finally:
        other.database.dispose()
