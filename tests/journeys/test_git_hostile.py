"""What others push is not always what one would wish: told, nothing lost, and the rest goes on."""

import os
from pathlib import Path

import pytest

from app.storage import tree
from app.worker import pulling
from tests.clones import ARTICLE, CATALOGUE, Clone, Site, assert_a_line, assert_in_step, git, history
from tests.trees import FOLDER

FOLDER_IN_TREE = f"content/{FOLDER}"


@pytest.fixture
def hers(remote: Path, site: Site, tmp_path: Path) -> Clone:
    return Clone.of(remote, tmp_path / "hers", "Gulnora Rahimova")


def live(site: Site) -> str:
    return site.stand("tg")[2] or ""


def test_a_file_with_a_merges_marks_is_told_and_the_last_good_words_stay(site: Site, hers: Clone, remote: Path) -> None:
    both = "<<<<<<< HEAD\nМарказ имрӯз.\n=======\nМарказ фардо.\n>>>>>>> theirs"
    hers.edit(ARTICLE, "Марказ кушода мешавад.", both)
    hers.push("Half of a merge")
    site.exchange()
    (problem,) = site.problems()
    assert problem.startswith(f"{ARTICLE}:7: has the marks of a merge")
    assert "<<<<<<<" not in live(site)
    assert "Марказ кушода мешавад." in live(site)
    hers.edit(ARTICLE, both, "Марказ имрӯз.")
    hers.push("The whole of it")
    site.exchange()
    assert "Марказ имрӯз." in live(site)
    assert_in_step(site, remote)


def test_a_file_that_cannot_be_read_is_told_by_line_and_what_the_desk_does_meanwhile_is_kept(
    site: Site, hers: Clone
) -> None:
    hers.edit(CATALOGUE, 'msgstr "Хона"', 'msgstr "Хона')
    hers.edit(ARTICLE, "title: Ифтитоҳ", "title: [")
    hers.push("Broken")
    site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.")
    site.exchange()
    assert [one.partition(":")[0] for one in site.problems()] == [CATALOGUE, ARTICLE]
    head = site.stand("tg")[1] or ""
    assert "Барвақттар" in head
    hers.pull()
    hers.edit(ARTICLE, "title: [", "title: Ифтитоҳи марказ")
    hers.push("Mended")
    site.exchange()
    head = site.stand("tg")[1] or ""
    assert "Ифтитоҳи марказ" in head
    assert "Барвақттар" in head


def test_a_deleted_file_is_told_and_readers_see_what_they_saw(site: Site, hers: Clone, remote: Path) -> None:
    hers.git("rm", "--quiet", ARTICLE)
    hers.push("Gone")
    site.exchange()
    assert site.problems() == [f"{ARTICLE}:0: has vanished; its text is kept, and nothing is deleted"]
    assert "Марказ кушода мешавад." in live(site)
    assert_in_step(site, remote)
    site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.")
    site.exchange()
    assert "Барвақттар" in git(remote, "show", f"main:{FOLDER_IN_TREE}/tg.draft.md"), "work goes on"


def test_a_deleted_file_that_the_desk_changed_meanwhile_is_lost_on_neither_side(
    site: Site, hers: Clone, remote: Path
) -> None:
    draft = f"{FOLDER_IN_TREE}/tg.draft.md"
    site.at_desk("tg", "Барвақт оед.", "Барвақттар оед.")
    site.exchange()
    hers.pull()
    hers.git("rm", "--quiet", draft)
    hers.push("Gone")
    site.at_desk("tg", "Барвақттар", "Барвақттарин")
    site.exchange()
    assert "Барвақттарин" in git(remote, "show", f"main:{draft}")
    assert any("was deleted there and changed here" in one for one in site.problems())
    assert_in_step(site, remote)


def test_a_renamed_file_is_one_that_vanished_and_a_new_one(site: Site, hers: Clone, remote: Path) -> None:
    hers.git("mv", ARTICLE, f"{FOLDER_IN_TREE}/ky.md")
    hers.push("It is Kyrgyz")
    site.exchange()
    assert "Марказ" in live(site)
    assert "Марказ" in (site.stand("ky")[1] or "")
    assert f"{ARTICLE}:0: has vanished; its text is kept, and nothing is deleted" in site.problems()
    assert_in_step(site, remote)


def test_history_that_was_written_anew_loses_nobodys_words(site: Site, hers: Clone, remote: Path) -> None:
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Earlier")
    site.exchange()
    site.at_desk("tg", "Ҳама даъватанд.", "Ҳама меҳмонанд.")
    site.exchange()
    pushed = git(remote, "rev-parse", "main").strip()
    hers.git("commit", "--quiet", "--amend", "-m", "Earlier, and said better")
    hers.edit(CATALOGUE, "Хона", "Асосӣ")
    hers.push("Home", "--force")
    site.exchange()
    assert any("history was written anew" in one and pushed in one for one in site.problems())
    assert git(site.root, "rev-parse", f"refs/tilmash/rewritten/{pushed}").strip() == pushed
    assert "меҳмонанд" in (site.stand("tg")[1] or "")
    assert "меҳмонанд" in git(remote, "show", f"main:{FOLDER_IN_TREE}/tg.draft.md")
    assert "Барвақттар" in live(site)
    assert "Асосӣ" in site.read(CATALOGUE)
    assert_a_line(remote)
    assert_in_step(site, remote)


def test_an_amended_commit_that_collides_is_a_suggestion(site: Site, hers: Clone, remote: Path) -> None:
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Earlier")
    site.exchange()
    hers.edit(ARTICLE, "Барвақттар оед.", "Хеле барвақт оед.")
    hers.git("commit", "--quiet", "--all", "--amend", "-m", "Much earlier")
    hers.git("push", "--quiet", "--force", "origin", "main")
    site.exchange()
    assert "Барвақттар" in (site.stand("tg")[1] or "")
    assert [one.strip() for one in site.suggestions()] == ["Хеле барвақт оед."]
    assert_a_line(remote)
    assert_in_step(site, remote)


def test_a_history_of_something_else_is_left_to_a_person(site: Site, remote: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet", "-b", "main")
    git(other, "commit", "--quiet", "--allow-empty", "-m", "Something else")
    git(other, "push", "--quiet", "--force", str(remote), "main")
    before = site.files()
    site.exchange()
    assert site.problems() == [
        "origin/main:0: what is there and what is here have no commit in common: that is for a person"
    ]
    assert site.files() == before
    assert len(history(remote)) == 1


def test_a_symbolic_link_is_not_followed_and_not_put_into_the_tree(site: Site, hers: Clone, remote: Path) -> None:
    secret = site.root.parent / "secret"
    secret.write_text("hidden", encoding="utf-8")
    for name in (ARTICLE, f"{FOLDER_IN_TREE}/ru.md"):
        (hers.root / name).unlink(missing_ok=True)
        (hers.root / name).symlink_to(secret)
    (hers.root / "content/pages").symlink_to("/etc")
    hers.push("Links")
    site.exchange()
    assert not (site.root / FOLDER_IN_TREE / "ru.md").is_symlink()
    assert not (site.root / "content/pages").is_symlink()
    assert not (site.root / ARTICLE).is_symlink()
    assert "Марказ кушода мешавад." in live(site)
    assert sum("symbolic link" in one for one in site.problems()) >= 3
    assert git(remote, "ls-tree", "main", ARTICLE).startswith("100644"), "the text goes back where it was"
    assert "hidden" not in "".join(site.revisions())


def test_another_repository_inside_is_left_where_it_is(site: Site, hers: Clone, remote: Path) -> None:
    commit = hers.git("rev-parse", "HEAD").strip()
    hers.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{FOLDER_IN_TREE}/photos")
    hers.git("commit", "--quiet", "-m", "A submodule")
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.git("add", ARTICLE)
    hers.git("commit", "--quiet", "-m", "Earlier")
    hers.git("push", "--quiet", "origin", "main")
    site.exchange()
    assert any("another repository" in one for one in site.problems())
    assert "Барвақттар" in live(site)
    assert git(remote, "ls-tree", "main", f"{FOLDER_IN_TREE}/photos").startswith("160000 commit")


def test_a_huge_file_is_not_read_and_not_put_into_the_tree(
    site: Site, hers: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "LARGEST", 100_000)
    monkeypatch.setattr(pulling, "LARGEST", 100_000)
    hers.write(f"{FOLDER_IN_TREE}/files/huge.pdf", b"%PDF" + bytes(100_000))
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("A film")
    site.exchange()
    assert any("huge.pdf:0: is larger than" in one for one in site.problems())
    assert not site.path(f"{FOLDER_IN_TREE}/files/huge.pdf").exists()
    assert "Барвақттар" in live(site)


def test_names_with_newlines_and_bytes_that_are_no_text_come_and_go_whole(
    site: Site, hers: Clone, remote: Path
) -> None:
    names = ["a\nb.jpg", 'q"uo\\te.jpg', "тоҷ\tикӣ.jpg", os.fsdecode(b"caf\xe9.jpg")]
    for name in names:
        hers.write(f"{FOLDER_IN_TREE}/photos/{name}", name.encode("utf-8", "surrogateescape"))
    hers.push("Odd names")
    site.exchange()
    for name in names:
        assert site.path(f"{FOLDER_IN_TREE}/photos/{name}").read_bytes() == name.encode("utf-8", "surrogateescape")
    site.write(f"{FOLDER_IN_TREE}/photos/c\nd.jpg", b"here")
    site.exchange()
    assert "c\nd.jpg" in git(remote, "ls-tree", "-r", "-z", "--name-only", "main")
    assert_in_step(site, remote)


def test_a_name_that_would_write_into_gits_own_folder_is_refused(site: Site, hers: Clone) -> None:
    blob = git(hers.root, "hash-object", "-w", "--stdin", given=b"[core]\n\tfsmonitor = touch pwned\n").strip()
    inner = git(hers.root, "mktree", given=f"100644 blob {blob}\tconfig\n".encode()).strip()
    content = hers.git("ls-tree", "HEAD:content") + f"040000 tree {inner}\t.git\n"
    tree_of_content = git(hers.root, "mktree", given=content.encode()).strip()
    top = "".join(line + "\n" for line in hers.git("ls-tree", "HEAD").splitlines() if not line.endswith("\tcontent"))
    root = git(hers.root, "mktree", given=f"{top}040000 tree {tree_of_content}\tcontent\n".encode()).strip()
    commit = hers.git("commit-tree", root, "-p", "HEAD", "-m", "A trap").strip()
    hers.git("push", "--quiet", "origin", f"{commit}:main")
    site.exchange()
    assert not site.path("content/.git").exists()
    assert any("a name of git's own" in one for one in site.problems())


def test_a_photo_that_both_replaced_stays_and_the_other_is_named(site: Site, hers: Clone, remote: Path) -> None:
    photo = f"{FOLDER_IN_TREE}/photos/a.jpg"
    site.write(photo, b"first")
    site.exchange()
    hers.pull()
    hers.write(photo, b"hers")
    hers.push("Another photo")
    site.write(photo, b"ours")
    site.exchange()
    theirs = hers.git("rev-parse", "HEAD").strip()
    assert any(
        one.startswith(f"{photo}:0: was changed here and there") and theirs[:12] in one for one in site.problems()
    )
    assert site.read(photo) == "ours"
    assert git(remote, "show", f"main:{photo}") == "ours"
    assert git(remote, "show", f"main~1:{photo}") == "hers"
    assert_in_step(site, remote)
