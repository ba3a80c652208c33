"""What an editor saves in the instant in which a catalogue is written anew is not overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import BadText
from app.services.rewriting import rewrite
from app.storage.tree import OLD


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "messages.po").write_bytes(b"old")
    return tmp_path / "messages.po"


def there(file: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in file.parent.iterdir()}


def saving(file: Path, *saves: bytes) -> Callable[[bytes | None], bytes]:
    """Make new bytes of old ones, while somebody saves each time until there is nothing more to save."""
    left = list(saves)

    def make(raw: bytes | None) -> bytes:
        if left:
            file.write_bytes(left.pop(0))
        return (raw or b"").removesuffix(b" new") + b" new"

    return make


def test_what_is_saved_between_reading_and_replacing_is_written_anew_too(file: Path) -> None:
    assert rewrite(file.parent, file, saving(file, b"mended", b"mended twice"))
    assert there(file) == {"messages.po": b"mended twice new"}
    assert not rewrite(file.parent, file, saving(file))


def test_what_is_saved_between_setting_aside_and_linking_in_is_written_anew_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, saves = Path.rename, [b"mended"]

    def and_somebody_saves(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        if saves:
            path.write_bytes(saves.pop())
        return moved

    monkeypatch.setattr(Path, "rename", and_somebody_saves)
    assert rewrite(file.parent, file, saving(file))
    assert there(file) == {"messages.po": b"mended new"}


def test_what_is_saved_twice_in_that_instant_is_kept_in_sight_and_named(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def and_somebody_saves(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        path.write_bytes(b"mended twice")
        return moved

    monkeypatch.setattr(Path, "rename", and_somebody_saves)
    with pytest.raises(BadText, match=r"messages.po:0: was saved twice .* kept as messages.po.kept-1"):
        rewrite(file.parent, file, saving(file, b"mended"))
    assert {b"mended", b"mended twice"} <= set(there(file).values())


def test_who_saves_at_every_try_is_told_and_keeps_the_file(file: Path) -> None:
    with pytest.raises(BadText, match="is saved again and again"):
        rewrite(file.parent, file, saving(file, *(b"%d" % number for number in range(9))))
    assert there(file) == {"messages.po": b"4"}


def test_what_a_killed_run_had_set_aside_goes_back_or_is_kept_in_sight(file: Path) -> None:
    file.rename(file.with_name(f".messages.po{OLD}"))
    assert rewrite(file.parent, file, saving(file))
    assert there(file) == {"messages.po": b"old new"}
    file.with_name(f".messages.po{OLD}").write_bytes(b"mended")
    with pytest.raises(BadText, match=r"what was saved is kept as messages.po.kept-1"):
        rewrite(file.parent, file, saving(file))
    assert there(file) == {"messages.po": b"old new", "messages.po.kept-1": b"mended"}
