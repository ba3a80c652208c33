"""A run that is killed is simply run again: before any write of the worker's, and before any call of git's."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.git import Git
from tests.clones import ARTICLE, CATALOGUE, Clone, Site, assert_a_line, assert_in_step, git
from tests.journeys import killed
from tests.journeys.histories import LONG
from tests.trees import FOLDER

WRITES = ("update-ref", "read-tree", "update-index", "write-tree", "fast-import", "fetch", "push")


def in_turn(site: Site, acts: tuple[killed.Act, ...] = (), call: int = 0) -> int:
    """Exchange in a process that is killed before the write of an act, or before or after a call of git that writes."""

    def look() -> None:
        mine = Site(site.root, site.url, fresh=False)
        killed.Writes(acts).stand_in_the_way()
        calls, really = 0, Git.run

        def run(self: Git, words: tuple[str, ...], **more: object) -> tuple[int, bytes, str]:
            nonlocal calls
            calls += words[0] in WRITES
            if call and calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(self, words, **more)  # type: ignore[arg-type]  # as it was called

        Git.run = run  # type: ignore[method-assign, assignment]  # in this process alone
        mine.exchange()

    ended = killed.in_a_process(look)
    assert ended in {0, -signal.SIGKILL}, "a fault: see what the process printed"
    return ended


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, begun: Path) -> Path:
    """A site with work on both sides, a commit of its own that was never pushed, and code of others beside the tree."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copytree(begun, folder, dirs_exist_ok=True)
    remote = folder / "remote.git"
    site = Site(folder / "site", f"sqlite:///{folder / 'site/test.db'}", fresh=False)
    hers = Clone.of(remote, folder / "hers", "Gulnora Rahimova")
    hers.write("app.py", "print(1)\n")
    hers.push("Code")
    site.exchange()
    site.git("remote", "set-url", "origin", "../away.git")
    site.at_desk("tg", "Ҳама даъватанд.", "Ҳама меҳмонанд.", by="aziza")
    site.exchange()
    site.git("remote", "set-url", "origin", "../remote.git")
    hers.pull()
    hers.edit(ARTICLE, "Барвақт оед.", "Барвақттар оед.")
    hers.edit(ARTICLE, "Ҳама даъватанд.", "Ҳамагон даъватанд.")
    hers.edit(CATALOGUE, "Хона", "Асосӣ")
    hers.write("app.py", "print(2)\n")
    hers.write(f"content/{FOLDER}/photos/new.jpg", b"photo")
    hers.push("Work")
    site.at_desk("tg", "Марказ кушода мешавад.", "Марказ имрӯз кушода мешавад.", by="aziza")
    site.database.dispose()
    return folder


@pytest.fixture
def busy(made: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of that, to be killed."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    site = Site(tmp_path / "site", f"sqlite:///{tmp_path / 'site/test.db'}", fresh=False)
    yield site
    site.database.dispose()


@pytest.fixture
def remote(busy: Site) -> Path:
    return busy.root.parent / "remote.git"


def assert_all_of_it(site: Site, remote: Path) -> None:
    for _ in range(2):
        site.exchange()
    _, head, live = site.stand("tg")
    for words in ("меҳмонанд", "имрӯз", "Барвақттар"):
        assert words in (head or "")
    assert "Барвақттар" in (live or "")
    assert "имрӯз" not in (live or "")
    assert [one.strip() for one in site.suggestions()] == ["Ҳамагон даъватанд."]
    assert "Асосӣ" in site.read(CATALOGUE)
    assert site.read("app.py") == "print(2)\n"
    assert site.path(f"content/{FOLDER}/photos/new.jpg").read_bytes() == b"photo"
    assert "имрӯз" in git(remote, "show", f"main:content/{FOLDER}/tg.draft.md")
    assert sum("Aziza" in line for line in git(remote, "log", "--format=%an", "main").splitlines()) == 2
    assert_a_line(remote)
    assert_in_step(site, remote)


LAST = 20  # calls of git's that write, of such a run


@pytest.mark.soak
@pytest.mark.parametrize("call", range(1, LAST + 1) if LONG else (2, 8, 11, 13, 15, 17, LAST))
def test_a_run_that_is_killed_before_a_call_of_git_is_gone_on_with(busy: Site, remote: Path, call: int) -> None:
    assert in_turn(busy, call=call) == -signal.SIGKILL
    assert_all_of_it(busy, remote)


@pytest.mark.soak
@pytest.mark.parametrize("point", range(1, 60) if LONG else (4, 9, 14, 22))
def test_a_run_that_is_killed_before_a_write_is_gone_on_with(busy: Site, remote: Path, point: int) -> None:
    in_turn(busy, (killed.Act(at=point, do=killed.die),))
    assert_all_of_it(busy, remote)
