"""`docs/data.md` names every table, key, connection and limit that there is, and no other."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import app.storage
from app.storage.base import Base

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
CHAPTERS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
SOURCES = {
    str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "app").rglob("*.py")
}
UNITS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
}


def rows(chapter: str) -> Iterator[list[str]]:
    for line in CHAPTERS[chapter].splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_every_table_has_its_class_and_who_may_read_it_and_for_how_long() -> None:
    for module in pkgutil.iter_modules(app.storage.__path__):
        importlib.import_module(f"app.storage.{module.name}")
    told = [name for cells in rows("Data") for name in re.findall(r"`(\w+)`", cells[0])]
    assert sorted(told) == sorted(Base.metadata.tables)
    classes = {one for cells in list(rows("Data"))[1:] for one in cells[1].split(", ")}
    assert classes == {"public", "internal", "personal", "secret"}


def test_every_key_is_told() -> None:
    derived = {
        str(node.args[1].value)
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        if (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "derived"
        if isinstance(node.args[1], ast.Constant)
    }
    assert derived == set(re.findall(r"derived: `(\w+)`", CHAPTERS["Keys"]))
    config = (ROOT / "app/config.py").read_text(encoding="utf-8")
    secrets = {name for name in re.findall(r'"(\w+)"', config) if name.endswith(("SECRET", "_KEY", "SMTP", "_URL"))}
    assert secrets == {name for name in re.findall(r"`([A-Z_]+)`", CHAPTERS["Keys"]) if name in config}


def test_digests_are_sha_256_and_chance_is_the_systems() -> None:
    used = {
        node.attr
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "hashlib"
    }
    assert used == {"sha256"}
    assert not [name for name, tree in SOURCES.items() if "random" in set(imported(tree))]


def test_nobody_is_talked_to_but_who_is_told() -> None:
    speaking = {
        "smtplib",
        "subprocess",  # a program that we start may talk to anybody
        "socket",
        "urllib.request",
        "http.client",
        "ftplib",
        "httpx",
        "requests",
        "urllib3",
        "aiohttp",
    }
    modules = {name for name, tree in SOURCES.items() if speaking & set(imported(tree))}
    assert modules == set(re.findall(r"`(app/[\w/]+\.py)`", CHAPTERS["Connections"]))


@pytest.mark.parametrize(
    ("told", "where"), [(cells[1], cells[2]) for chapter in ("Sessions", "Limits") for cells in list(rows(chapter))[1:]]
)
def test_every_limit_is_that_of_the_code(told: str, where: str) -> None:
    module, _, name = where.strip("`").rpartition(".")
    found: int | timedelta = getattr(importlib.import_module(module), name)
    number, _, unit = told.partition(" ")
    assert (int(number) * UNITS[unit] if unit else int(number)) == found


def test_there_is_one_way_to_the_log() -> None:
    """Whatever is said goes through `app/logs.py`, which writes in UTC and lets nothing begin a line of its own."""
    handlers = {
        name
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (node.attr.endswith("Handler") or node.attr in {"basicConfig", "dictConfig"})
        if isinstance(node.value, ast.Name) and node.value.id == "logging"
    }
    assert handlers == {"app/logs.py"}
