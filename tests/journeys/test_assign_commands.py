"""Whose a text is, from the shell."""

import json
from pathlib import Path

import pytest

from tests.journeys.loaded import Loaded
from tests.journeys.shell import LoadedShell, Shell, with_a_site
from tests.trees import FOLDER


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    shell = with_a_site(LoadedShell(tmp_path, loaded))
    shell.run("sync")
    for name, role in (("kanat", "translator:ky"), ("carim", "coordinator")):
        shell.ok("account", "invite", name, "--email", f"{name}@example.org", "--role", role)
    return shell


def test_somebody_is_asked_for_a_text_by_a_day_and_nobody_any_more(shell: Shell) -> None:
    said = shell.ok("assign", FOLDER, "ky", "kanat", "--due", "2098-03-06", "--priority", "urgent", "--as", "carim")
    assert said == f"{FOLDER} [ky]: kanat until 2098-03-06 18:00 (Asia/Almaty)\n"
    told = json.loads(shell.ok("assign", FOLDER, "ky", "kanat", "--due", "2098-03-06T09:30", "--json"))
    assert told == {"document": FOLDER, "locale": "ky", "who": "kanat", "due": "2098-03-06T04:30:00Z", "changed": True}
    assert shell.ok("assign", FOLDER, "ky") == f"{FOLDER} [ky]: nobody\n"


def test_day_and_urgency_stay_where_none_is_named_until_they_are_taken_away(shell: Shell) -> None:
    asked = "assign", FOLDER, "ky"
    shell.ok(*asked, "kanat", "--due", "2098-03-06", "--priority", "urgent")
    again = json.loads(shell.ok(*asked, "kanat", "--json"))
    assert (again["due"], again["changed"]) == ("2098-03-06T13:00:00Z", False), "nothing that was said is new"
    assert shell.ok(*asked, "kanat", "--no-due") == f"{FOLDER} [ky]: kanat\n"
    assert json.loads(shell.ok(*asked, "kanat", "--priority", "urgent", "--json"))["changed"] is False
    assert "different things" in shell.run(*asked, "kanat", "--due", "2098-03-06", "--no-due").stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("ky", "nobody"), "nobody has no role in which to write this text"),
        (("ky", "--team", "none"), "there is no team none"),
        (("fr", "kanat"), "the site has no language fr"),
        (("ky", "kanat", "--as", "kanat"), "to assign texts and set due dates takes one of these roles: coordinator"),
    ],
)
def test_what_cannot_be_assigned_is_refused_with_its_reason(shell: Shell, arguments: tuple[str, ...], why: str) -> None:
    refused = shell.run("assign", FOLDER, *arguments)
    assert refused.returncode == 1
    assert why in refused.stderr


def test_teams_and_rules_are_listed(shell: Shell) -> None:
    assert (shell.ok("teams"), shell.ok("rules")) == ("", "")
