"""What others wrote: named, locked by its bytes, and no more of it than a site needs."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(requirement: str) -> str:
    """Return the name in a requirement, as PEP 503 spells it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " "))
    return {named(entry): entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_each_package_is_of_one_version_and_of_known_bytes_and_from_no_named_place(name: str) -> None:
    packages = locked(name)
    assert len(packages) >= 20
    for entry in packages.values():
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[\w.]+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
        assert "://" not in entry, entry


def test_each_package_that_we_chose_has_its_reason_in_the_documentation() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower().replace("_", "-")
    assert [name for name in map(named, PROJECT["dependencies"]) if name not in page] == []


def test_a_site_runs_on_what_is_locked_for_it_and_on_nothing_for_tests() -> None:
    allowed, owners = set(locked("run")), packages_distributions()
    chosen = set(map(named, PROJECT["dependencies"]))
    strange = set()
    for file in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for top in {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names) - {"app"}:
                if not {named(owner) for owner in owners.get(top, [])} & allowed:
                    strange.add(top)
    assert strange == set()
    assert chosen <= allowed
    assert not {"pytest", "hypothesis", "playwright", "mypy", "ruff", "aiosmtpd"} & allowed
