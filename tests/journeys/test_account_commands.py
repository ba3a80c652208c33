"""Accounts from the shell, by a process of its own each."""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.loaded import Loaded
from tests.journeys.shell import LoadedShell, Shell, with_a_site

LINK = re.compile(r"http://127\.0\.0\.1:8000/desk/link/[\w-]{43}\n")


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    shell = with_a_site(LoadedShell(tmp_path, loaded))
    shell.run("sync")
    return shell


def people(shell: Shell) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in map(json.loads, shell.ok("account", "list", "--json").splitlines())}


def invite(shell: Shell, name: str, *more: str) -> str:
    return shell.ok("account", "invite", name, "--email", f"{name}@example.org", *more)


def test_somebody_is_invited_and_gets_roles_and_loses_them(shell: Shell) -> None:
    assert LINK.fullmatch(invite(shell, "ana", "--full-name", "Ana Ivanova", "--role", "translator:ru"))
    assert shell.ok("account", "grant", "ana", "author") == "ana: author, translator:ru\n"
    assert shell.ok("account", "revoke", "ana", "translator:ru") == "ana: author\n"
    assert people(shell)["ana"] == {
        "name": "ana", "full_name": "Ana Ivanova", "email": "ana@example.org", "language": "en", "roles": ["author"],
        "active": True, "password": False, "second_factor": False, "passkeys": 0,
    }  # fmt: skip
    assert shell.ok("account", "list") == "ana  ana@example.org  author  invited\n"


def test_another_link_is_printed_for_who_lost_theirs(shell: Shell) -> None:
    first = invite(shell, "ana")
    second = shell.ok("account", "link", "ana", "--site", "https://news.example.kz/")
    assert re.fullmatch(r"https://news\.example\.kz/desk/link/[\w-]{43}\n", second)
    assert first.strip()[-43:] != second.strip()[-43:]


def test_who_left_is_deactivated_and_may_come_back(shell: Shell) -> None:
    invite(shell, "ana")
    shell.ok("account", "deactivate", "ana")
    assert people(shell)["ana"]["active"] is False
    refused = shell.run("account", "link", "ana")
    assert (refused.returncode, refused.stderr) == (1, "ana was deactivated: tilmash account activate ana\n")
    shell.ok("account", "activate", "ana")
    assert LINK.fullmatch(shell.ok("account", "link", "ana"))


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (("invite", "Ana", "--email", "ana"), 1, "a name begins with a small letter"),
        (("invite", "ana", "--email", "bek@example.org"), 1, "somebody else has this e-mail address"),
        (("grant", "bek", "translator"), 1, "for a language"),
        (("grant", "bek", "coordinator:ru"), 1, "for the whole site"),
        (("grant", "bek", "king"), 2, "a role is one of translator, reviewer"),
        (("grant", "nobody", "author"), 1, "there is no account nobody"),
        (("grant", "bek", "author", "--as", "bek"), 1, "takes one of these roles: administrator"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    shell: Shell, arguments: tuple[str, ...], status: int, why: str
) -> None:
    invite(shell, "bek", "--role", "author")
    done = shell.run("account", *arguments)
    assert done.returncode == status
    assert why in done.stderr
    assert people(shell)["bek"]["roles"] == ["author"]


def test_the_journal_verifies_after_all_of_it(shell: Shell) -> None:
    invite(shell, "ana", "--role", "author")
    shell.ok("account", "revoke", "ana", "author")
    shell.ok("journal", "verify")
