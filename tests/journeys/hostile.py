"""What the tests of hostile trees have in common: a good item beside the hostile thing, and a look at the site."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.queries import reading
from tests.trees import FACTS, Place, article

EN = article("Opening", "The centre opens.", slug="opening")
OTHER = article("Closing", "The centre closes.", slug="closing")


def is_live(place: Place, slug: str, words: str, locale: str = "en") -> bool:
    with place.database.read() as session:
        found = reading.item(session, Tag(locale), slug)
        return isinstance(found, ItemPage) and words in found.html


def other_item(place: Place) -> None:
    """An item that comes after the hostile one in every order, and has to go live all the same."""
    place.write("content/news/zz-other/item.toml", FACTS)
    place.write("content/news/zz-other/en.md", OTHER)
    place.write("content/pages/zz-about/item.toml", 'source = "en"\n')
    place.write("content/pages/zz-about/en.md", article("About", "Who we are.", slug="about"))


def survives(place: Place) -> list[str]:
    """Synchronise twice: the good item is live, and the report is the same both times. Return the report."""
    other_item(place)
    place.sync()
    assert is_live(place, "closing", "The centre closes.")
    said = place.problems()
    moves = place.sync()
    assert [move for move in moves if move.what != "problem"] == [], "a second run changes nothing"
    assert place.problems() == said
    assert str(place.root) not in "\n".join(said), "no path of this machine in a report"
    return said


def forbid(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder be one of somebody else, with mode 0700: tests may run as root, whom nothing is forbidden."""

    def forbidding(name: str, *, below: bool) -> Callable[..., object]:
        really = getattr(os, name)

        def call(path: object, *rest: object, **others: object) -> object:
            where = Path(path) if isinstance(path, str | Path) else Path()
            if folder in where.parents or (where == folder and not below):
                raise PermissionError(13, "Permission denied", str(path))
            return really(path, *rest, **others)

        return call

    for name in ("scandir", "listdir", "open", "stat", "lstat"):
        monkeypatch.setattr(os, name, forbidding(name, below=name.endswith("stat")))
