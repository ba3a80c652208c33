"""A clone in which somebody is at work, a remote that is away, nothing that is configured: what is done and said."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.storage import remotes
from app.storage.git import Git
from app.storage.remotes import Overtaken
from app.storage.repository import Repository
from app.storage.tree import Tree
from app.worker.repository import Exchange, Rounds
from tests.clones import ARTICLE, CATALOGUE, Clone, Site, assert_a_line, assert_in_step, git, history
from tests.journeys.loaded import Loaded
from tests.journeys.shell import LoadedShell
from tests.trees import FOLDER

DRAFT = f"content/{FOLDER}/tg.draft.md"


@pytest.fixture
def hers(remote: Path, site: Site, tmp_path: Path) -> Clone:
    return Clone.of(remote, tmp_path / "hers", "Gulnora Rahimova")


def change(site: Site, words: str = "Барвақттар оед.") -> None:
    site.at_desk("tg", "Барвақт оед.", words)


def test_a_remote_that_is_away_is_told_and_the_words_are_committed_and_go_out_next_time(
    site: Site, hers: Clone, remote: Path, tmp_path: Path
) -> None:
    remote.rename(tmp_path / "away")
    change(site)
    site.exchange()
    (said,) = site.problems()
    assert said.startswith("origin/main:0: the remote cannot be reached, and what is committed here goes out next time")
    assert "Барвақттар" in site.git("show", f"HEAD:{DRAFT}")
    (tmp_path / "away").rename(remote)
    hers.edit(ARTICLE, "Ҳама даъватанд.", "Ҳама меҳмонанд.")
    hers.push("Guests")
    site.exchange()
    assert "Барвақттар" in git(remote, "show", f"main:{DRAFT}")
    assert "меҳмонанд" in git(remote, "show", f"main:{DRAFT}")
    assert_a_line(remote)
    assert_in_step(site, remote)


def test_without_a_remote_everything_is_committed_here(site: Site, remote: Path) -> None:
    site.meant = replace(site.meant, remote="")
    change(site)
    site.exchange()
    assert site.problems() == []
    assert "Барвақттар" in site.git("show", f"HEAD:{DRAFT}")
    assert len(history(remote)) == 2


def test_a_push_of_somebody_else_in_between_is_taken_in_and_the_push_tried_again(
    site: Site, hers: Clone, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, others = remotes.push, ["Ҳама меҳмонанд.", "Ҳамагон меҳмонанд."]

    def push(repository: Repository, there: str, commit: str) -> None:
        if others:
            hers.pull()
            hers.edit(ARTICLE, hers.read(ARTICLE).splitlines()[8], others.pop())
            hers.push("In between")
        really(repository, there, commit)

    monkeypatch.setattr(remotes, "push", push)
    change(site)
    site.exchange()
    assert site.problems() == []
    assert [subject for _, _, subject in history(remote)].count("In between") == 2
    assert_a_line(remote)
    assert "Ҳама меҳмонанд." in site.read(ARTICLE)
    assert_in_step(site, remote)


def test_who_is_overtaken_again_and_again_gives_way_until_next_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def push(_repository: Repository, _there: str, commit: str) -> None:
        tries.append(commit)
        raise Overtaken("[rejected] (fetch first)")

    monkeypatch.setattr(remotes, "push", push)
    change(site)
    site.exchange()
    assert len(tries) == 5
    assert site.problems() == [
        "origin/main:0: others pushed again and again in between; what is committed here goes out next time"
    ]


def test_a_remote_that_takes_nothing_is_told_with_its_reason(site: Site, remote: Path) -> None:
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    change(site)
    site.exchange()
    (said,) = site.problems()
    assert "was not taken, and goes out next time: [remote rejected] (pre-receive hook declined)" in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (["checkout", "--quiet", "--detach"], "no branch is checked out there (HEAD is detached)"),
        (["checkout", "--quiet", "-b", "other"], "the branch other is checked out there, and TILMASH_GIT names main"),
        (["update-ref", "MERGE_HEAD", "HEAD"], "somebody is in the middle of a merge there"),
        (["update-ref", "CHERRY_PICK_HEAD", "HEAD"], "somebody is in the middle of a pick there"),
    ],
)
def test_who_is_in_the_middle_of_something_is_not_disturbed(site: Site, state: list[str], said: str) -> None:
    site.git(*state)
    head = site.git("rev-parse", "HEAD")
    change(site)
    before = site.files()
    site.exchange()
    assert any(said in one for one in site.problems()), site.problems()
    assert site.git("rev-parse", "HEAD") == head
    assert DRAFT in site.files().keys() - before.keys(), "tree and database are in step all the same"


def test_what_somebody_staged_or_changed_beside_the_tree_stays_theirs(site: Site, hers: Clone, remote: Path) -> None:
    site.write("notes.txt", "staged")
    site.git("add", "notes.txt")
    site.write("content/README.md", "not ours")
    site.write(f"content/{FOLDER}/en.md~", "an editor's")
    hers.write("app.py", "print(1)\n")
    hers.push("Code")
    change(site)
    site.exchange()
    assert site.problems() == []
    assert site.read("app.py") == "print(1)\n"
    assert sorted(site.git("status", "--porcelain").splitlines()) == [
        "?? content/README.md", f"?? content/{FOLDER}/en.md~", "A  notes.txt"
    ]  # fmt: skip
    assert "notes.txt" not in git(remote, "ls-tree", "-r", "--name-only", "main")


def test_code_that_somebody_is_changing_is_not_overwritten(site: Site, hers: Clone, remote: Path) -> None:
    hers.write("app.py", "print(1)\n")
    hers.push("Code")
    site.exchange()
    site.write("app.py", "print('mine')\n")
    hers.write("app.py", "print(2)\n")
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Code and words")
    site.exchange()
    (said,) = site.problems()
    assert "app.py" in said
    assert site.read("app.py") == "print('mine')\n"
    assert "Барвақттар" in (site.stand("tg")[2] or ""), "the words are in"
    site.git("checkout", "--quiet", "app.py")
    site.exchange()
    assert site.problems() == []
    assert site.read("app.py") == "print(2)\n"
    assert_in_step(site, remote)


def test_commits_that_a_person_made_in_the_sites_clone_go_out_under_their_name(
    site: Site, hers: Clone, remote: Path
) -> None:
    mine = Clone(site.root, "Ivan Petrov")
    mine.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    mine.write("app.py", "print(1)\n")
    mine.git("add", ARTICLE, "app.py")
    mine.git("commit", "--quiet", "-m", "By hand")
    hers.edit(ARTICLE, "Ҳама даъватанд.", "Ҳама меҳмонанд.")
    hers.push("Guests")
    site.exchange()
    assert ("Ivan Petrov", "ivan@example.org", "By hand") in history(remote)
    assert "меҳмонанд" in git(remote, "show", f"main:{ARTICLE}") + git(remote, "show", f"main:{DRAFT}")
    by_hand = git(remote, "log", "--format=%H", "--author=Ivan", "main").strip()
    text = git(remote, "show", f"{by_hand}:{ARTICLE}")
    assert "Барвақттар" in text
    assert "меҳмонанд" in text
    assert_a_line(remote)
    assert_in_step(site, remote)


def test_code_that_both_sides_changed_is_left_to_a_person(site: Site, hers: Clone, remote: Path) -> None:
    mine = Clone(site.root, "Ivan Petrov")
    mine.write("app.py", "print(1)\n")
    mine.git("add", "app.py")
    mine.git("commit", "--quiet", "-m", "One")
    hers.write("app.py", "print(2)\n")
    hers.push("Two")
    head = site.git("rev-parse", "HEAD")
    site.exchange()
    both = "app.py was changed here and at the remote, and is no file of the tree"
    assert site.problems() == [f"origin/main:0: {both}: `git pull --rebase` lets a person settle that"]
    assert site.git("rev-parse", "HEAD") == head


def test_drafts_stay_out_of_a_repository_that_ignores_them(site: Site, remote: Path) -> None:
    site.write(".git/info/exclude", "*.draft.*\n")
    change(site)
    site.exchange()
    assert DRAFT not in git(remote, "ls-tree", "-r", "--name-only", "main")
    assert len(history(remote)) == 2


def test_hooks_and_settings_of_the_repository_do_not_run(site: Site) -> None:
    for name in ("pre-commit", "pre-push", "post-checkout", "reference-transaction", "post-index-change"):
        hook = site.path(f".git/hooks/{name}")
        hook.write_text(f"#!/bin/sh\ntouch {site.root}/ran\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    site.git("config", "commit.gpgSign", "true")
    change(site)
    site.exchange()
    assert site.problems() == []
    assert not site.path("ran").exists()


def test_a_file_that_is_not_there_any_more_is_not_deleted_in_the_repository(site: Site, remote: Path) -> None:
    site.path(ARTICLE).unlink()
    site.path(CATALOGUE).unlink()
    site.exchange()
    assert ARTICLE in git(remote, "ls-tree", "-r", "--name-only", "main")
    assert len(history(remote)) == 2


def test_check_says_what_would_come_and_go_and_changes_nothing(site: Site, hers: Clone, remote: Path) -> None:
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Earlier")
    site.write(f"content/{FOLDER}/photos/new.jpg", b"photo")
    files, head, revisions = site.files(), site.git("rev-parse", "HEAD"), site.revisions()
    told = [(move.what, move.path) for move in site.exchange(check=True)]
    assert told == [
        ("pulled", ARTICLE), ("committed", f"content/{FOLDER}/photos/new.jpg"), ("pushed", "origin/main")
    ]  # fmt: skip
    assert (site.files(), site.git("rev-parse", "HEAD"), site.revisions()) == (files, head, revisions)
    assert "new.jpg" not in git(remote, "ls-tree", "-r", "--name-only", "main")


def test_where_there_is_no_git_or_no_repository_it_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    site.exchange()
    assert site.problems() == ["origin/main:0: there is no git on this machine"]
    monkeypatch.undo()
    site.path(".git").rename(tmp_path / "elsewhere")
    site.exchange()
    (said,) = site.problems()
    assert "not a git repository" in said


def test_content_and_translations_may_lie_anywhere_in_one_repository(site: Site, remote: Path) -> None:
    """As beside code: paths in reports are those of the tree all the same."""
    site.git("mv", "content", "words")
    site.git("commit", "--quiet", "-m", "Move")
    tree = Tree(content=site.root / "words", translations=site.root / "translations", quiet=0)
    repository = Repository.open(tree, "main")
    assert repository.own(ARTICLE) == ARTICLE.replace("content/", "words/")
    assert repository.logical(f"words/{FOLDER}/tg.md") == ARTICLE
    assert repository.logical("app.py") is None
    assert repository.logical("wordsmith.py") is None
    inner = Repository.open(Tree(content=site.root, translations=site.root / "translations"), "main")
    assert inner.logical("translations/messages.pot") == "translations/messages.pot"
    assert inner.logical("site.toml") == "content/site.toml"


def test_git_that_does_not_end_is_ended_with_all_it_started(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.git.PATIENCE", 0.3)
    with pytest.raises(Exception, match="did not end within"):
        Git(site.root).ask("-c", "alias.wait=!sleep 60", "wait")
    assert b"sleep 60" not in subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True).stdout


def test_the_worker_does_it_every_so_often(site: Site, remote: Path) -> None:
    change(site)
    site.sync()

    class Once(Rounds):
        rounds = 0

        def is_set(self) -> bool:
            self.rounds += 1
            return self.rounds > 1

        def wait(self, _seconds: float) -> None:
            assert _seconds == 600

    once = Once(site.workplace(), site.meant)
    once.run(once)  # type: ignore[arg-type]  # it stops itself
    assert "Барвақттар" in git(remote, "show", f"main:{DRAFT}")


def test_what_somebody_saved_an_instant_before_is_merged_with_what_comes(site: Site, hers: Clone, remote: Path) -> None:
    """The worker exchanges without looking at each file before: nothing says that they are in step."""
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Earlier")
    site.write(ARTICLE, site.read(ARTICLE).replace("Ҳама даъватанд.", "Ҳама меҳмонанд."))
    Exchange(site.workplace(), site.meant, tell=site.moves.append).run()
    head = site.stand("tg")[1] or ""
    assert "Барвақттар" in head
    assert "меҳмонанд" in head
    assert_in_step(site, remote)


def test_the_command_says_what_it_did_and_is_off_unless_configured(
    site: Site, hers: Clone, remote: Path, loaded: Loaded
) -> None:
    shell = LoadedShell(site.root, loaded)
    shell.environment["DATABASE_URL"] = site.url
    site.database.dispose()
    done = shell.run("sync", "--git")
    assert done.returncode == 2
    assert "TILMASH_GIT does not say" in done.stderr
    shell.environment["TILMASH_GIT"] = "origin/main"
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.push("Earlier")
    shell.write("content/site.toml", site.read("content/site.toml") + "\n# a remark\n")
    done = shell.run("sync", "--git", "--check")
    assert done.returncode == 1
    assert f"pulled: {ARTICLE}" in done.stdout
    assert shell.ok("sync", "--git") == "committed: 1, pulled: 1, pushed: 1, taken: 2\n"
    assert shell.ok("sync", "--git") == "in step\n"
    remote.rename(remote.with_name("away"))
    done = shell.run("sync", "--git", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["path"] == "origin/main"
