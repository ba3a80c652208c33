"""Several texts go out by one command and come home by one, each to its text, whatever becomes of the others."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.documents import DocumentName
from app.domain.people import Actor, Channel, Grant
from app.domain.segments import Tag
from app.domain.translations import Role
from app.services import assignments, standings
from app.services.texts import require_document
from app.storage.database import Database
from tests.formats.hostile_files import WORD_PACKAGES
from tests.journeys.loaded import Loaded
from tests.journeys.shell import PO, LoadedShell, Shell, with_a_site
from tests.trees import FACTS, FOLDER, article

ITEM, OTHER = f"{FOLDER}", "news/2026-02-02-other"
KY = article("Ачылыш", "Борбор ачылат.", "Баары чакырылган.", slug="achylysh", status="draft")
CARIM = Actor(name="carim", channel=Channel.DESK, roles=frozenset({Role.COORDINATOR}))


def begun(shell: Shell) -> Shell:
    """A site of two items and a catalogue."""
    with_a_site(shell)
    shell.write(f"content/{FOLDER}/ky.md", KY)
    shell.write(f"content/{OTHER}/item.toml", FACTS)
    shell.write(f"content/{OTHER}/en.md", article("Closing", "The centre closes.", slug="closing"))
    shell.write(f"content/{OTHER}/ky.md", article("Жабылыш", "Борбор жабылат.", slug="zhabylysh", status="draft"))
    shell.write("translations/ru/LC_MESSAGES/messages.po", PO + '\nmsgid "News"\nmsgstr "Новости"\n')
    shell.ok("sync")
    return shell


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    return begun(LoadedShell(tmp_path, loaded))


@pytest.fixture
def either(tmp_path: Path, loaded: Loaded, database_url: str) -> Shell:
    """A terminal on either database; on PostgreSQL its commands are started as people start them."""
    if database_url.startswith("sqlite"):
        return begun(LoadedShell(tmp_path, loaded))
    shell = Shell(tmp_path, database_url)
    shell.environment["PYTHONWARNINGS"] = "ignore"  # psycopg warns of what the end of a process closes
    return begun(shell)


def names(shell: Shell, *filters: str) -> list[str]:
    done = shell.run("download", "--all", *filters, "-o", "out.zip")
    assert done.returncode == 0, done
    with zipfile.ZipFile(shell.root / "out.zip") as package:
        found = sorted(package.namelist())
    assert done.stderr == f"{len(found)} texts\n"
    return found


def changed(shell: Shell, old: str, new: str, **more: bytes) -> None:
    """Write `back.zip`: what went out with other words, and some files more."""
    with zipfile.ZipFile(shell.root / "out.zip") as out, zipfile.ZipFile(shell.root / "back.zip", "w") as back:
        for name in out.namelist():
            back.writestr(name, out.read(name).replace(old.encode(), new.encode()))
        for name, raw in more.items():
            back.writestr(name.replace("_", "."), raw)


def text(shell: Shell, document: str, locale: str = "ky") -> str:
    return shell.run("download", document, locale).stdout


def test_the_drafts_of_a_language_go_out_by_filter_and_come_home_text_by_text(either: Shell) -> None:
    shell = either
    drafts = ("--locale", "ky", "--status", "draft", "--kind", "news", "--format", "xliff20")
    assert names(shell, *drafts) == [f"{ITEM}/ky.xlf", f"{OTHER}/ky.xlf"]
    changed(shell, "Борбор", "Биздин борбор")
    told = shell.ok("upload", "back.zip", "--check")
    assert [line for line in told.splitlines() if ": 1 taken, " in line] == told.splitlines()
    assert "Биздин" not in text(shell, ITEM), "what only tells stores nothing"
    assert shell.ok("upload", "back.zip") == f"{OTHER} in ky: revision 2\n{ITEM} in ky: revision 2\n"
    assert "Биздин борбор ачылат." in text(shell, ITEM)
    assert "Биздин борбор жабылат." in text(shell, OTHER)


def test_what_somebody_was_asked_for_within_a_week_goes_out(shell: Shell) -> None:
    shell.hire("kanat", Grant(role=Role.TRANSLATOR, locale=Tag("ky")))
    database = Database(f"sqlite:///{shell.root / 'var/tilmash.db'}", follow=standings.follow)
    with database.write() as session:
        document, soon = require_document(session, DocumentName.parse(ITEM)), datetime.now(UTC) + timedelta(days=3)
        assignments.assign(session, document, Tag("ky"), CARIM, person="kanat", due=soon)
    database.dispose()
    assert names(shell, "--due", "week", "--format", "docx") == [f"{ITEM}/ky.docx"]
    assert names(shell, "--words", "closing") == [f"{OTHER}/en.md", f"{OTHER}/ky.md"], (
        "found by the title of its source too"
    )
    late = shell.run("download", "--all", "--due", "late", "-o", "none.zip")
    assert (late.returncode, late.stderr) == (1, "the filters leave no text\n")
    assert not (shell.root / "none.zip").exists()


def test_a_text_that_has_no_such_form_goes_out_as_it_is_kept_and_each_is_told_to_machines(shell: Shell) -> None:
    done = shell.ok("download", "--all", "--format", "docx", "-o", "out.zip", "--json")
    told = {
        row["path"]: (row["document"], row["locale"], row["revision"]) for row in map(json.loads, done.splitlines())
    }
    assert told[f"{ITEM}/ky.docx"] == (ITEM, "ky", 1)
    assert told[f"{ITEM}/en.md"] == (ITEM, "en", 1)
    assert told["catalogue/messages/ru.po"] == ("catalogue/messages", "ru", 1)


def test_a_file_that_cannot_be_used_holds_up_none_of_the_others_and_leaves_nothing(shell: Shell) -> None:
    names(shell, "--locale", "ky", "--kind", "news", "--format", "po")
    changed(
        shell, "Борбор", "Биздин борбор", notes_txt=b"call me", cut_xlf=b"<xliff", unnamed_po=PO.encode(),
        none_xlf=b"<xliff version='2.0' srcLang='en' trgLang='ky'><file original='news/none?locale=ky&amp;revision=1"
        b"&amp;source=en'><unit id='a'/></file></xliff>",
    )  # fmt: skip
    done = shell.run("upload", "back.zip")
    assert (done.returncode, done.stdout) == (1, f"{OTHER} in ky: revision 2\n{ITEM} in ky: revision 2\n")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "notes.txt", "cut.xlf", "unnamed.po", "none.xlf",
    ]  # fmt: skip
    assert str(shell.root) not in done.stderr
    assert {json.loads(line)["document"] for line in shell.ok("status", "--json").splitlines()} == {
        ITEM, OTHER, "catalogue/messages",
    }  # fmt: skip


def test_the_texts_of_one_xliff_file_come_home_each_by_itself(shell: Shell) -> None:
    names(shell, "--locale", "ky", "--kind", "news", "--format", "xliff12")
    with zipfile.ZipFile(shell.root / "out.zip") as package:
        one, other = (package.read(f"{name}/ky.xlf").decode() for name in (ITEM, OTHER))
    begun, _, rest = one.partition("<file")
    lost = other.replace(OTHER, "news/none")
    inside = [f"<file{some.partition('<file')[2].rpartition('</file>')[0]}</file>" for some in (one, lost, other)]
    assert rest.endswith("</xliff>\n")
    shell.write("mine.xlf", f"{begun}{''.join(inside)}</xliff>".replace("Борбор", "Биздин борбор"))
    done = shell.run("upload", "mine.xlf")
    assert (done.returncode, done.stdout) == (1, f"{ITEM} in ky: revision 2\n{OTHER} in ky: revision 2\n")
    assert done.stderr == "mine.xlf:0: there is no document news/none\n"
    assert "Биздин борбор жабылат." in text(shell, OTHER)


def test_what_cannot_be_handed_in_is_told_by_its_file_and_the_others_are(shell: Shell) -> None:
    names(shell, "--locale", "ky", "--kind", "news", "--format", "md")
    changed(shell, "Борбор ачылат.", "<!-- untranslated -->")
    done = shell.run("upload", "back.zip", "--as", "translated")
    assert done.returncode == 1
    refused = f"{ITEM}/ky.md:0: "
    assert [line for line in done.stderr.splitlines() if not line.startswith(refused)] == []
    statuses = {
        row["document"]: row["status"]
        for row in map(json.loads, shell.ok("status", "--locale", "ky", "--json").splitlines())
    }
    assert (statuses[ITEM], statuses[OTHER]) == ("draft", "in review")


def test_wrong_usage_is_told(shell: Shell) -> None:
    names(shell, "--locale", "ky")
    for wrong in (
        ("download", "--all"),
        ("download", ITEM, "ky", "--all", "-o", "x.zip"),
        ("download", ITEM, "ky", "--due", "week"),
        ("download", ITEM),
        ("download", "--all", "--due", "month", "-o", "x.zip"),
        ("upload", "out.zip", "--document", ITEM),
    ):
        assert shell.run(*wrong).returncode == 2, wrong
    shell.write("bad.zip", b"PK\x03\x04 and noise")
    done = shell.run("upload", "bad.zip")
    assert (done.returncode, done.stderr) == (1, "bad.zip:0: this package cannot be opened\n")


def test_word_files_that_would_fill_the_memory_are_refused_by_name_and_the_others_come_home(shell: Shell) -> None:
    assert shell.run("download", "--all", "--locale", "ky", "--format", "docx", "-o", "out.zip").returncode == 0
    with zipfile.ZipFile(io.BytesIO(WORD_PACKAGES["thirty Word files of spaces"]())) as bombs:
        changed(shell, "", "", **{name.replace(".", "_"): bombs.read(name) for name in bombs.namelist()})
    done = shell.run("upload", "back.zip", "--check")
    assert done.returncode == 1
    assert done.stderr.count("60 MB unpacked: send it by itself") == 29
    assert [name in done.stdout for name in (ITEM, OTHER)] == [True, True]
