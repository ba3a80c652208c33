"""What is decided from a shell, transition by transition, and what `digest`, `journal` and `rebuild` say of a text."""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.loaded import ROOT, Loaded
from tests.journeys.shell import EN, LoadedShell, Shell, with_a_site
from tests.trees import FOLDER


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    return with_a_site(LoadedShell(tmp_path, loaded))


def vectors() -> list[tuple[str, str, str]]:
    """The examples of docs/digest.md: kind, text and digest."""
    written = (ROOT / "docs/digest.md").read_text(encoding="utf-8")
    found = re.findall(r"```(markdown|toml|po)\n(.*?)```\n\n`([0-9a-f]{64})`", written, re.DOTALL)
    assert len(found) == 10
    return [(kind, text, digest) for kind, text, digest in found]


@pytest.mark.parametrize(("kind", "text", "digest"), vectors())
def test_digests_are_as_the_documentation_says(shell: Shell, kind: str, text: str, digest: str) -> None:
    shell.write(f"file.{kind.replace('markdown', 'md')}", text)
    assert shell.ok("digest", f"file.{kind.replace('markdown', 'md')}") == f"{digest}\n"


def test_the_journal_is_whole_and_a_head_kept_elsewhere_finds_a_cut_tail(shell: Shell) -> None:
    shell.ok("sync")
    head = shell.ok("journal", "verify").strip()
    assert re.fullmatch("[0-9a-f]{64}", head)
    assert shell.ok("journal", "verify", "--head", head).strip() == head
    done = shell.run("journal", "verify", "--head", "1" * 64)
    assert done.returncode == 1
    assert "cut off" in done.stderr


def test_transitions_are_taken_or_refused_with_the_reason(shell: Shell) -> None:
    shell.ok("sync")
    shell.ok("transition", "news/2026-01-01-item", "en", "withdraw")
    told = shell.ok("status", "news/2026-01-01-item", "--locale", "en", "--json")
    assert json.loads(told)["live"] is None
    done = shell.run("transition", "news/2026-01-01-item", "en", "withdraw")
    assert (done.returncode, done.stderr) == (1, "nothing is live\n")
    done = shell.run("transition", "news/2026-01-01-item", "en", "approve")
    assert (done.returncode, done.stderr) == (1, "a text that is approved cannot be asked to approve\n")
    assert shell.run("transition", "news/none", "en", "publish").returncode == 1
    assert shell.run("transition", "nonsense", "en", "publish").returncode == 1


def test_a_transition_means_the_newest_revision_or_the_one_that_is_named(shell: Shell) -> None:
    item = ("news/2026-01-01-item", "en")
    shell.ok("sync")
    shell.write(f"content/{FOLDER}/en.draft.md", EN.replace("opens", "opens in May").replace("published", "in review"))
    shell.ok("sync")
    done = shell.run("transition", *item, "approve", "--revision", "1")
    assert (done.returncode, done.stderr) == (1, "revision 1 is not the newest any more\n")
    done = shell.run("transition", *item, "approve", "--revision", "7")
    assert (done.returncode, done.stderr) == (1, "news/2026-01-01-item@en has no revision 7\n")
    shell.ok("transition", *item, "approve")
    shell.ok("transition", *item, "publish", "--revision", "2")
    assert shell.ok("status", *item[:1], "--locale", "en").split()[-4:] == ["en", "approved", "2", "2"]


def test_a_correction_always_names_its_revision_and_is_one_of_the_live_text(shell: Shell) -> None:
    item = ("news/2026-01-01-item", "en")
    shell.ok("sync")
    for words in ("opens in May", "opens in June"):
        shell.write(f"content/{FOLDER}/en.draft.md", EN.replace("opens", words).replace("published", "draft"))
        shell.ok("sync")
    done = shell.run("transition", *item, "correct")
    assert (done.returncode, done.stderr) == (1, "a correction needs the number of the revision that is meant\n")
    done = shell.run("transition", *item, "correct", "--revision", "3")
    assert (done.returncode, "was not made from the live revision" in done.stderr) == (1, True)
    shell.ok("transition", *item, "correct", "--revision", "2")
    assert shell.ok("status", *item[:1], "--locale", "en").split()[-4:] == ["en", "draft", "3", "2"]
    assert shell.run("transition", *item, "correct", "--revision", "0").returncode == 2


def test_what_was_published_and_then_made_anew_is_the_same(shell: Shell) -> None:
    shell.ok("sync")
    assert shell.ok("rebuild") == "1 documents\n"
    assert shell.ok("sync", "--check") == "in step\n"
