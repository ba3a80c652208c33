"""git as a program: what it is given arrives whole, and what it says is safe to show."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import branch
from app.storage.commits import Commit, Fresh, Signature, add
from app.storage.git import Git, GitError, c_quoted
from app.storage.repository import Repository

WHO = Signature(name="Aziza <b>\nKarimova", address="a>\nb", at=datetime(2026, 11, 30, tzinfo=UTC))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    subprocess.run(["git", "init", "--quiet", "-b", "main", tmp_path], check=True)
    return Repository(Git(tmp_path), "main", {"content": "content/", "translations": "translations/"})


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_a_quoted_path_is_one_line_and_says_each_byte(name: bytes) -> None:
    quoted = c_quoted(os.fsdecode(name))
    assert b"\n" not in quoted
    assert quoted[1:-1].decode("ascii").encode("ascii").decode("unicode_escape").encode("latin-1") == name


def test_commits_hold_any_bytes_under_any_name_and_the_names_of_people(repository: Repository) -> None:
    files = {os.fsdecode(name): Fresh(raw=name + b"\nM 100644 inline x\n") for name in (b"a\nb", b'"', b"\xff", b"\\")}
    first = add(repository, None, [Commit(author=WHO, message="Қазақша\n\nfrom x\n".encode(), files=files)], WHO)
    assert first is not None
    for name, fresh in files.items():
        assert repository.git.ask("cat-file", "blob", f"{first}:{name}") == fresh.raw
    assert repository.git.line("log", "-1", "--format=%an%ae", first) == "Aziza b Karimovaa b"
    gone = Commit(author=WHO, message=b"Gone", files=dict.fromkeys(files))
    second = add(repository, first, [gone], WHO)
    assert second is not None
    assert repository.git.ask("ls-tree", "-r", second) == b""
    assert repository.own_commits(first, second) == [second]
    assert add(repository, second, [], WHO) == second
    assert branch.head(repository) is None, "no branch has moved"


def test_what_git_complains_of_is_one_line_without_passwords(repository: Repository) -> None:
    with pytest.raises(GitError) as caught:
        repository.git.ask("fetch", "--", "https://user:secret@127.0.0.1:1/x", "main")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_variables_that_lead_git_elsewhere_do_not_count(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/elsewhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "touch ran")
    assert Git(repository.git.folder).line("rev-parse", "--show-toplevel") == str(tmp_path)


def test_a_repository_of_the_other_algorithm_is_understood(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--object-format=sha256", "-b", "main", tmp_path], check=True)
    repository = Repository(Git(tmp_path), "main", {"content": "content/", "translations": "translations/"})
    commit = add(repository, None, [Commit(author=WHO, message=b"One", files={"content/a": Fresh(raw=b"a")})], WHO)
    assert commit is not None
    branch.move(repository, None, commit)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a").write_bytes(b"a")
    assert repository.entries(branch.head(repository))["content/a"].blob == repository.names(["content/a"])["content/a"]


def test_files_are_compared_as_they_are_whatever_they_are_called(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    names = ["content/" + os.fsdecode(name) for name in (b"a\nb", b'"', b"\xff", b"\\", b" ", "т".encode())]
    for name in names:
        (tmp_path / name).write_bytes(b"text\r\n")
    (tmp_path / "content/zero").symlink_to("/dev/zero")
    (tmp_path / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
    found = repository.names([*names, "content/zero", "content/gone"])
    assert list(found) == names
    assert len(set(found.values())) == 1
