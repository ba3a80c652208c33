"""The memory from a shell: out as TMX, files in, listed and taken out again."""

import json
from pathlib import Path

import pytest

from app.domain.people import Grant
from app.domain.segments import Tag
from app.domain.translations import Role
from tests.journeys.loaded import Loaded
from tests.journeys.shell import LoadedShell, Shell, with_a_site
from tests.trees import FOLDER, article

TMX = (
    '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header srclang="en-US"/><body>\n'
    '<tu><tuv xml:lang="en-US"><seg>The port was closed.</seg></tuv>'
    '<tuv xml:lang="ru-RU"><seg>Порт закрыт.</seg></tuv></tu>\n'
    '<tu><tuv xml:lang="en-US"><seg>Yes</seg></tuv><tuv xml:lang="fr"><seg>Oui</seg></tuv></tu>\n</body></tmx>'
)


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    shell = with_a_site(LoadedShell(tmp_path, loaded))
    shell.write(f"content/{FOLDER}/ru.md", article("Открытие", "Центр открывается.", "Все приглашены."))
    shell.ok("sync")
    shell.write("old.tmx", TMX)
    return shell


def test_a_file_comes_in_once_with_what_was_left_out_and_goes_out_again_as_one(shell: Shell) -> None:
    told = shell.ok("memory", "import", "old.tmx")
    assert told == (
        "new: 1, known: 0, left out: 1\ntaken back by: tilmash memory forget 1\n"
        "old.tmx:5: it has words in fewer than two of the site's languages\n"
    )
    again = json.loads(shell.ok("memory", "import", "old.tmx", "--json"))
    assert (again["taken"], again["known"], again["left_out"], again["number"]) == (0, 1, 1, None)
    assert again["left"] == {"it has words in fewer than two of the site's languages": {"count": 1, "lines": [5]}}
    (line,) = shell.ok("memory", "list").splitlines()
    assert line.startswith("1: old.tmx, 1 units into ru, shell, ")
    assert shell.ok("memory", "forget", "1") == "1 units\n"
    assert shell.ok("memory", "list") == ""
    assert shell.run("memory", "forget", "1").returncode == 1


def test_what_was_approved_goes_out_as_tmx_and_is_known_when_it_comes_back(shell: Shell) -> None:
    assert shell.ok("memory", "export", "en", "ru", "-o", "mine.tmx") == "3 units\n"
    raw = (shell.root / "mine.tmx").read_text(encoding="utf-8")
    assert shell.ok("memory", "export", "en", "ru") == raw
    assert "<seg>Центр открывается.</seg>" in raw
    assert shell.ok("memory", "import", "mine.tmx") == "new: 0, known: 3, left out: 0\n"


def test_what_cannot_be_done_is_refused_with_its_reason(shell: Shell) -> None:
    shell.write("broken.tmx", TMX.replace("</body>", ""))
    done = shell.run("memory", "import", "broken.tmx")
    assert (done.returncode, done.stderr) == (1, "broken.tmx:6: this is no sound XML: mismatched tag\n")
    shell.hire("aida", Grant(role=Role.TRANSLATOR, locale=Tag("ru")))
    done = shell.run("memory", "import", "old.tmx", "--as", "aida")
    assert (done.returncode, "takes one of these roles: coordinator, reviewer" in done.stderr) == (1, True)
    assert shell.run("memory", "export", "en", "fr").returncode == 1
    assert shell.ok("memory", "list") == ""
