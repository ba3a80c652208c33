"""What scripts, packagers and translators are promised, from outside: processes, files, statuses, addresses."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.journeys.loaded import ROOT
from tests.journeys.shell import EN, PATIENCE, PO, TILMASH, Shell
from tests.processes import WITH_US, free_port, moments
from tests.sample import TREE
from tests.storage.photographs import encoded, halves
from tests.trees import FOLDER, article


@contextmanager
def serving(shell: Shell, **environment: str) -> Iterator[str]:
    """`make serve`, as far as it is ours: the command that it ends with. Gives the address that it prints."""
    with free_port() as port:
        process = subprocess.Popen(
            [*WITH_US, TILMASH, "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=shell.root, env=shell.environment | environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            said = next(line for line in process.stdout if "serves" in line)
            assert f"http://127.0.0.1:{port}/" in said
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            rest = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == 0, rest


def opened(address: str) -> http.client.HTTPResponse:
    answer: http.client.HTTPResponse = urllib.request.urlopen(address, timeout=30)  # noqa: S310  # our own address
    return answer


def get(address: str) -> tuple[int, str]:
    try:
        with opened(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_for(address: str, words: str) -> str:
    """Ask until the words are on the page."""
    for _ in moments(PATIENCE):
        if words in (page := get(address)[1]):
            return page
    pytest.fail(f"{words!r} never came to {address}")


# --- another organisation


def other_organisation(shell: Shell) -> None:
    shutil.rmtree(shell.root / "content")
    shell.write(
        "elsewhere/words/site.toml",
        'name = "Observatory"\nseat = { city = "Paris", zone = "Europe/Paris" }\ncountries = ["FR", "DE"]\n'
        'default = "fr"\n[locales]\nfr = ["de"]\nde = ["fr"]\nfa = ["fr"]\n',
    )
    folder = "elsewhere/words/news/2026-07-14-fete"
    shell.write(f"{folder}/item.toml", 'date = 2026-07-14T12:00:00Z\nsource = "fr"\nphotos = ["photos/a.jpg"]\n')
    shell.write(f"{folder}/photos/a.jpg", encoded(halves()))
    photo = "---\nalt:\n  photos/a.jpg: Un drapeau\n"
    shell.write(f"{folder}/fr.md", article("Fête", "Une fête.", slug="fete").replace("---\n", photo, 1))
    shell.write(f"{folder}/de.md", article("Fest", "Ein Fest.", slug="fest"))
    shell.write("elsewhere/catalogues/fr/LC_MESSAGES/messages.po", PO + '\nmsgid "News"\nmsgstr "Actualités"\n')
    shell.write("elsewhere/catalogues/de/LC_MESSAGES/more.po", PO + '\nmsgid "Word"\nmsgstr "Wort"\n')
    shell.environment |= {
        "TILMASH_CONTENT": str(shell.root / "elsewhere/words"),
        "TILMASH_TRANSLATIONS": str(shell.root / "elsewhere/catalogues"),
        "TILMASH_DATA": str(shell.root / "data"),
    }


def test_another_organisations_folder_is_its_site_without_a_change_of_code(shell: Shell) -> None:
    other_organisation(shell)
    with serving(shell) as address:
        french = get(f"{address}/fr/news/fete")[1]
        assert "Une fête." in french
        assert "14 juillet 2026" in french
        assert "14:00" in french, "summer time in Paris"
        assert "Un drapeau" in french
        photo = re.search(r'/media/[^" ]+\.webp', french)
        assert photo is not None
        with opened(address + photo[0]) as image:
            assert image.headers["Content-Type"] == "image/webp"
        for endonym in ("Français", "Deutsch", "فارسی"):
            assert endonym in french
        german = get(f"{address}/de/news/fest")[1]
        assert "Ein Fest." in german
        assert "14. Juli 2026" in german
        persian = get(f"{address}/fa/news/fete")[1]
        assert 'dir="rtl"' in persian
        assert "Une fête." in persian, "a missing language shows the fallback"
        assert "Actualités" in persian, "and so does the interface, which has no Persian catalogue"
        assert "Actualités" in german
        assert get(f"{address}/en/")[0] == 404
        with opened(f"{address}/") as home:
            assert home.url.endswith("/fr/")
        clock = json.loads(get(f"{address}/now")[1])
        assert clock["offset"] in {3600, 7200}


def test_nothing_is_written_but_the_data_folder_and_the_tree(shell: Shell) -> None:
    other_organisation(shell)
    before = set(shell.root.rglob("*"))
    with serving(shell) as address:
        assert get(f"{address}/fr/")[0] == 200
    new = set(shell.root.rglob("*")) - before
    assert new
    assert [path for path in new if not path.is_relative_to(shell.root / "data")] == []


def test_a_further_gettext_domain_is_a_second_catalogue(shell: Shell) -> None:
    other_organisation(shell)
    shell.ok("sync")
    told = shell.ok("status", "catalogue/more", "--locale", "de", "--json")
    row = json.loads(told)
    assert (row["document"], row["locale"], row["status"]) == ("catalogue/more", "de", "approved")
    assert row["live"] == row["head"] == 1


# --- serving


def test_a_healthy_site_says_so_and_one_without_a_database_says_503(shell: Shell) -> None:
    with serving(shell) as address:
        status, told = get(f"{address}/healthz")
        assert status == 200
        assert set(json.loads(told)) == {"status", "database", "revision"}
    (shell.root / "empty").mkdir()
    ask = (
        "from app.factory import application as a; r = a().test_client().get('/healthz'); print(r.status_code, r.text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=shell.root, env=shell.environment | {"TILMASH_DATA": "empty"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, _, told = done.stdout.partition(" ")
    assert code == "503"
    assert set(json.loads(told)) == {"status", "database", "revision"}


def test_a_word_mended_in_a_file_is_on_the_page_and_broken_files_stop_nothing(shell: Shell) -> None:
    with serving(shell) as address:
        assert "The centre opens." in get(f"{address}/en/news/opening")[1]
        (shell.root / f"content/{FOLDER}/ru.md").write_bytes(b"\0\xff")
        os.mkfifo(shell.root / f"content/{FOLDER}/ky.md")
        (shell.root / "content/news/with space").mkdir()
        (shell.root / "content/site.toml").write_text("[[[")
        mended = EN.replace("The centre opens.", "The centre opens today.")
        (shell.root / f"content/{FOLDER}/en.md").write_text(mended)
        wait_for(f"{address}/en/news/opening", "The centre opens today.")


def test_what_is_scheduled_is_published_by_the_worker_also_after_a_restart(shell: Shell) -> None:
    shell.write(f"content/{FOLDER}/en.md", EN.replace("published", "approved"))
    shell.ok("sync")
    at = time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(time.time() + 10))
    shell.ok("transition", "news/2026-01-01-item", "en", "schedule", "--at", at)
    with serving(shell) as address:
        wait_for(f"{address}/en/news/opening", "The centre opens.")


@pytest.mark.postgresql
def test_postgresql_is_one_address_away_and_may_be_away_for_a_while(shell: Shell) -> None:
    databases.postgresql_or_skip()
    with databases.postgresql_database() as url:
        shell.environment["DATABASE_URL"] = url.replace("postgresql+psycopg:", "postgresql:")
        with serving(shell) as address:
            assert "The centre opens." in get(f"{address}/en/news/opening")[1]
            with databases.out_of_reach(url):
                assert get(f"{address}/healthz")[0] == 503
                mended = EN.replace("The centre opens.", "The centre opens today.")
                (shell.root / f"content/{FOLDER}/en.md").write_text(mended)
                for _ in moments(3):  # the worker looks each second, and fails
                    assert get(f"{address}/healthz")[0] == 503
            wait_for(f"{address}/en/news/opening", "The centre opens today.")
    assert not (shell.root / "var/tilmash.db").exists()


# --- commands


def test_a_check_changes_nothing_and_its_status_says_whether_anything_would(shell: Shell) -> None:
    done = shell.run("sync", "--check")
    assert done.returncode == 1
    assert f"taken: content/{FOLDER}/en.md" in done.stdout
    assert shell.ok("status") == ""
    shell.ok("sync")
    assert shell.ok("sync", "--check") == "in step\n"


def test_a_refusal_is_status_1_and_a_line_with_file_line_and_reason_on_standard_error(shell: Shell) -> None:
    shell.write(f"content/{FOLDER}/ru.md", "---\ntitle: A\nstatus: printed\n---\n")
    done = shell.run("sync")
    assert done.returncode == 1
    assert done.stderr.startswith(f"content/{FOLDER}/ru.md:3: status is one of ")
    told = [json.loads(line) for line in shell.run("sync", "--json").stdout.splitlines()]
    assert [(row["what"], row["path"], row["line"]) for row in told] == [("problem", f"content/{FOLDER}/ru.md", 3)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("sync", "--nonsense"),
        ("transition", "news/x", "en", "fly"),
        ("digest", "no-such-file"),
        ("digest",),
    ],
)
def test_wrong_usage_is_status_2(shell: Shell, arguments: tuple[str, ...]) -> None:
    assert shell.run(*arguments).returncode == 2


def test_a_setting_that_cannot_be_is_wrong_usage(shell: Shell) -> None:
    shell.environment["DATABASE_URL"] = "mysql://localhost/x"
    done = shell.run("status")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr


def test_a_site_without_settings_is_refused_with_what_to_write(shell: Shell) -> None:
    (shell.root / "content/site.toml").unlink()
    done = shell.run("sync")
    assert (done.returncode, done.stderr.partition(": ")[0]) == (1, "content/site.toml:0")
    assert shell.run("serve", "--port", "0").returncode == 1


def test_a_fresh_clone_is_clean_after_its_first_synchronisation(shell: Shell, sample: Path) -> None:
    """Of which the sample is one that was synchronised once."""
    for folder in TREE:
        assert files(sample / folder) == files(ROOT / folder)
        shutil.rmtree(shell.root / folder)
    shutil.copytree(sample, shell.root, dirs_exist_ok=True)
    done = shell.run("sync")
    assert "Traceback" not in done.stderr
    assert "taken" not in done.stdout
    for folder in TREE:
        assert files(shell.root / folder) == files(ROOT / folder)


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "app", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "tilmash" in done.stdout.lower() or "translation" in done.stdout
    for command in ("catalog", "digest", "download", "journal", "rebuild", "serve", "status", "sync", "transition"):
        assert command in done.stdout
