"""Files are read when they are quiet, and replaced without ever overwriting what somebody just saved."""

import os
import time
from pathlib import Path

import pytest

from app.domain.errors import BadText
from app.storage.tree import NEW, OLD, Tree, digest_of_bytes

FILE = "content/news/x/en.md"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "content/news/x").mkdir(parents=True)
    (tmp_path / "translations").mkdir()
    return Tree(content=tmp_path / "content", translations=tmp_path / "translations", quiet=0)


def put(tree: Tree, raw: bytes, path: str = FILE) -> str:
    tree.real(path).write_bytes(raw)
    return digest_of_bytes(raw)


def inside(tree: Tree) -> list[str]:
    return sorted(path.name for path in tree.real("content/news/x").iterdir())


def test_a_new_file_is_put_where_none_was(tree: Tree) -> None:
    done = tree.exchange("content/pages/new/en.md", b"new", agreed=None)
    assert (done.placed, done.aside) == (True, None)
    assert tree.real("content/pages/new/en.md").read_bytes() == b"new"


def test_the_file_that_was_agreed_on_is_replaced_and_leaves_nothing_behind(tree: Tree) -> None:
    agreed = put(tree, b"old")
    tree.real(FILE).chmod(0o640)
    done = tree.exchange(FILE, b"new", agreed=agreed)
    assert (done.placed, done.aside) == (True, None)
    assert (tree.real(FILE).read_bytes(), inside(tree)) == (b"new", ["en.md"])
    assert tree.real(FILE).stat().st_mode & 0o777 == 0o640, "who may read it stays"


def test_a_file_that_is_to_go_goes(tree: Tree) -> None:
    agreed = put(tree, b"old")
    done = tree.exchange(FILE, None, agreed=agreed)
    assert (done.placed, done.aside, inside(tree)) == (True, None, [])


@pytest.mark.parametrize("new", [b"new", None])
def test_what_nobody_had_agreed_on_is_handed_back_and_kept_until_it_is_settled(tree: Tree, new: bytes | None) -> None:
    agreed = put(tree, b"old")
    put(tree, b"an editor's save")
    done = tree.exchange(FILE, new, agreed=agreed)
    assert done.aside is not None
    assert (done.aside.raw, done.aside.path) == (b"an editor's save", FILE)
    assert f".en.md{OLD}" in inside(tree)
    tree.settle(FILE)
    assert inside(tree) == ([] if new is None else ["en.md"])


def test_a_save_between_setting_aside_and_linking_in_is_not_overwritten(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = put(tree, b"old")
    rename = Path.rename

    def and_somebody_saves(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        path.write_bytes(b"an editor's save")
        return moved

    monkeypatch.setattr(Path, "rename", and_somebody_saves)
    done = tree.exchange(FILE, b"new", agreed=agreed)
    assert (done.placed, done.aside) == (False, None)
    assert (tree.real(FILE).read_bytes(), inside(tree)) == (b"an editor's save", ["en.md"])


@pytest.mark.parametrize("taken", [False, True])
def test_a_file_system_without_links_does_as_well(tree: Tree, monkeypatch: pytest.MonkeyPatch, *, taken: bool) -> None:
    agreed = put(tree, b"old")

    def no_links(_source: object, target: Path) -> None:
        if taken:
            target.write_bytes(b"an editor's save")
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert tree.exchange(FILE, b"new", agreed=agreed).placed is not taken
    assert tree.real(FILE).read_bytes() == (b"an editor's save" if taken else b"new")


def test_a_disk_that_cannot_be_written_is_a_refusal_and_the_file_stays(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = put(tree, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadText, match=r"^content/news/x/en.md:0: cannot be written \(No space left on device\)$"):
        tree.exchange(FILE, b"new", agreed=agreed)
    assert tree.real(FILE).read_bytes() == b"old"
    assert list(tree.leftovers("content/news/x")) == []
    assert inside(tree) == ["en.md"]


def test_after_a_kill_what_was_set_aside_goes_back_if_nothing_took_its_place(tree: Tree) -> None:
    put(tree, b"old", f"content/news/x/.en.md{OLD}")
    put(tree, b"half", f"content/news/x/.ru.md{NEW}")
    assert list(tree.leftovers("content/news/x")) == []
    assert (tree.real(FILE).read_bytes(), inside(tree)) == (b"old", ["en.md"])


def test_after_a_kill_what_was_set_aside_is_handed_over_if_its_place_was_taken(tree: Tree) -> None:
    put(tree, b"new")
    put(tree, b"an editor's save", f"content/news/x/.en.md{OLD}")
    (found,) = tree.leftovers("content/news/x")
    assert (found.path, found.raw) == (FILE, b"an editor's save")
    tree.settle(FILE)
    assert inside(tree) == ["en.md"]


def test_other_peoples_hidden_files_are_left_alone(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"outside")
    folder = tree.real("content/news/x")
    (folder / ".en.md.swp").write_bytes(b"vim")
    (folder / f".a{NEW}").mkdir()
    (folder / f".b{OLD}").symlink_to(tmp_path / "outside")
    assert list(tree.leftovers("content/news/x")) == []
    assert inside(tree) == [f".a{NEW}", f".b{OLD}", ".en.md.swp"]


def test_a_file_is_read_once_it_has_been_left_alone(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tree, b"text")
    patient, waited = (
        Tree(content=tree.roots["content"], translations=tree.roots["translations"], quiet=5),
        list[float](),
    )

    def older(seconds: float) -> None:
        waited.append(seconds)
        os.utime(tree.real(FILE), (0, 0))

    monkeypatch.setattr(time, "sleep", older)
    found = patient.read(FILE)
    assert found is not None
    assert (found.raw, len(waited)) == (b"text", 1)
    assert 0 < waited[0] <= 5


def test_a_file_that_is_never_left_alone_is_reported(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tree, b"text")
    patient = Tree(content=tree.roots["content"], translations=tree.roots["translations"], quiet=5)
    monkeypatch.setattr(time, "sleep", lambda _seconds: os.utime(tree.real(FILE)))
    with pytest.raises(BadText, match="is still being written"):
        patient.read(FILE)


def test_what_is_not_a_file_of_the_tree_is_not_read(tree: Tree, tmp_path: Path) -> None:
    assert tree.read("content/news/x/none.md") is None
    assert tree.read("content/news/none/en.md") is None
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/en.md").write_bytes(b"secret")
    tree.real(FILE).symlink_to(tmp_path / "secret/en.md")
    with pytest.raises(BadText, match="is a symbolic link"):
        tree.read(FILE)
    tree.real("content/news/y").symlink_to(tmp_path / "secret", target_is_directory=True)
    for reach in (
        lambda: tree.read("content/news/y/en.md"),
        lambda: tree.exchange("content/news/y/en.md", b"", agreed=""),
    ):
        with pytest.raises(BadText, match="leads out of the tree"):
            reach()
    assert (tmp_path / "secret/en.md").read_bytes() == b"secret"
    os.mkfifo(tree.real("content/news/x/ru.md"))
    tree.real("content/news/x/kk.md").mkdir()
    for name in ("ru.md", "kk.md"):
        with pytest.raises(BadText, match="is not a regular file"):
            tree.read(f"content/news/x/{name}")


@pytest.mark.parametrize("path", ["content/../../etc/passwd", "etc/passwd", "/etc/passwd", "content/a\0b", "", "."])
def test_no_path_leads_out_of_the_tree(tree: Tree, path: str) -> None:
    with pytest.raises(ValueError, match=r"not a path of the tree|unpack"):
        tree.real(path)


def test_names_are_sorted_and_files_and_folders_apart_and_hidden_ones_nobodys(tree: Tree) -> None:
    for name in ("ru.md", "en.md", ".hidden", "Қазақша.md"):
        put(tree, b"", f"content/news/x/{name}")
    tree.real("content/news/x/photos").mkdir()
    assert tree.names("content/news/x") == ["en.md", "ru.md", "Қазақша.md"]
    assert tree.names("content/news/x", folders=True) == ["photos"]
    assert tree.names("content/none") == []
    assert tree.names(FILE.replace("en.md", "ru.md")) == []


def test_a_photo_that_was_replaced_has_another_signature(tree: Tree) -> None:
    put(tree, b"one")
    first = tree.signature(FILE)
    put(tree, b"other")
    assert first is not None
    assert tree.signature(FILE) != first
    assert tree.signature("content/news/x/none.jpg") is None
