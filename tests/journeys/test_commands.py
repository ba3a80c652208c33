"""What translators and coordinators do from a shell: each command by a process of its own, wrong input included."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from app.cli import main
from app.domain.documents import DocumentName
from app.domain.people import Channel, Grant
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Role
from app.services import people
from app.services.sheets import Bases
from app.services.working_copies import Words, keep
from app.storage.database import Database
from tests.formats import gnu
from tests.journeys.loaded import Loaded
from tests.journeys.shell import EN, PO, TILMASH, LoadedShell, Shell, with_a_site
from tests.trees import FOLDER, article

ITEM = "news/2026-01-01-item"


@pytest.fixture
def shell(tmp_path: Path, loaded: Loaded) -> Shell:
    return with_a_site(LoadedShell(tmp_path, loaded))


def rows(shell: Shell, *arguments: str) -> list[dict[str, str | int | None]]:
    return [json.loads(line) for line in shell.ok(*arguments, "--json").splitlines()]


def edit(shell: Shell, file: str, old: str, new: str) -> None:
    text = (shell.root / file).read_text(encoding="utf-8")
    assert old in text
    shell.write(file, text.replace(old, new))


# --- a text out, and back in


def test_a_text_goes_out_and_comes_back_as_a_draft(shell: Shell) -> None:
    shell.write("translations/ru/LC_MESSAGES/messages.po", PO + '\nmsgid "News"\nmsgstr "Новости"\n')
    shell.ok("sync")
    for document, locale, file, old, new in (
        ("news/2026-01-01-item", "en", "mine.md", "All are invited.", "Everybody is invited."),
        ("catalogue/messages", "ru", "mine.po", "Новости", "Вести"),
    ):
        assert shell.run("download", document, locale, "-o", file).returncode == 0
        edit(shell, file, old, new)
        assert shell.ok("upload", file) == "revision 2\n", "the file says what it is"
        row = json.loads(shell.ok("status", document, "--locale", locale, "--json"))
        assert (row["status"], row["live"], row["head"]) == ("draft", 1, 2)
        done = shell.run("download", document, locale)
        assert new in done.stdout
        assert done.stderr == "revision 2\n"
    shell.run("sync")
    assert "Everybody is invited." in (shell.root / f"content/{FOLDER}/en.draft.md").read_text()


def test_what_was_changed_meanwhile_is_merged_with_an_upload_and_not_overwritten(shell: Shell) -> None:
    shell.ok("sync")
    upload = ("upload", "mine.md", "--document", "news/2026-01-01-item", "--locale", "en", "--base", "1")
    shell.write("mine.md", EN.replace("The centre opens.", "The centre opens today."))
    shell.ok(*upload)
    shell.write("mine.md", EN.replace("All are invited.", "All are invited again."))
    shell.ok(*upload)
    text = shell.run("download", "news/2026-01-01-item", "en").stdout
    assert "The centre opens today." in text
    assert "All are invited again." in text
    shell.write("mine.md", EN.replace("All are invited.", "All are invited too."))
    done = shell.run(*upload)
    assert done.returncode == 0
    assert "1 segments were changed by others too" in done.stderr


def test_comments_of_a_file_are_told_by_check_and_kept_once_by_upload(shell: Shell) -> None:
    shell.write(f"content/{FOLDER}/ky.md", article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft"))
    shell.ok("sync")
    shell.run("download", ITEM, "ky", "--format", "po", "-o", "mine.po")
    edit(shell, "mine.po", "#. title\n", "#. title\n# Is it\n# short enough?\n")
    line = 1 + (shell.root / "mine.po").read_text(encoding="utf-8").splitlines().index('msgctxt "title"')
    assert shell.ok("upload", "mine.po", "--check").splitlines()[1:] == [
        "1 comments:", f"  line {line}, Ачылыш: Is it short enough?"
    ]  # fmt: skip
    assert shell.ok("upload", "mine.po").splitlines()[1:] == ["1 comments of the file are kept with their segments"]
    (again,) = rows(shell, "upload", "mine.po")
    assert (again["revision"], again["comments"]) == (1, 0)
    assert "#. shell: Is it\n#. short enough?\n" in shell.run("download", ITEM, "ky", "--format", "po").stdout


def test_an_upload_that_cannot_be_used_is_refused_with_its_line(shell: Shell) -> None:
    shell.ok("sync")
    shell.write("mine.md", "---\ntitle: [\n---\n")
    done = shell.run("upload", "mine.md", "--document", "news/2026-01-01-item", "--locale", "en")
    assert done.returncode == 1
    assert done.stderr.startswith("mine.md:3: ")
    shell.write("mine.md", EN)
    for document, locale, more in (
        ("news/none", "en", ()),
        ("news/2026-01-01-item", "no tag", ()),
        ("news/2026-01-01-item", "en", ("--base", "9")),
    ):  # fmt: skip
        assert shell.run("upload", "mine.md", "--document", document, "--locale", locale, *more).returncode == 1


def test_a_file_that_does_not_say_what_it_is_is_refused_with_the_options_to_give(shell: Shell) -> None:
    shell.ok("sync")
    shell.write("mine.md", EN)
    done = shell.run("upload", "mine.md")
    assert (done.returncode, done.stderr) == (
        1, "mine.md:0: does not say which text it is: give --document and --locale\n",
    )  # fmt: skip
    done = shell.run("upload", "mine.md", "--document", ITEM)
    assert done.stderr == "mine.md:0: does not say which text it is: give --locale\n"
    shell.write("mine.po", PO.replace("Content", 'Language: ru\\n"\n"Content'))
    assert shell.run("upload", "mine.po").stderr == "mine.po:0: does not say which text it is: give --document\n"


def test_a_file_names_the_revision_it_was_made_from_and_is_merged_with_what_came_later(shell: Shell) -> None:
    shell.ok("sync")
    for file in ("one.md", "two.md"):
        assert shell.run("download", ITEM, "en", "-o", file).returncode == 0
    edit(shell, "one.md", "The centre opens.", "The centre opens today.")
    edit(shell, "two.md", "All are invited.", "All are invited again.")
    shell.ok("upload", "one.md")
    shell.ok("upload", "two.md")
    text = shell.run("download", ITEM, "en").stdout
    assert "The centre opens today." in text
    assert "All are invited again." in text


def test_a_translation_is_handed_in_for_review_or_stays_a_draft_with_the_reason(shell: Shell) -> None:
    shell.ok("sync")
    shell.hire("aida", Grant(role=Role.TRANSLATOR, locale=Tag("ru")))
    hole = article("Открытие", "Центр открывается.", "<!-- untranslated -->", status="draft")
    shell.write("mine.md", hole)
    upload = ("upload", "mine.md", "--document", ITEM, "--locale", "ru", "--by", "aida")
    done = shell.run(*upload, "--as", "translated")
    assert done.returncode == 1
    assert done.stderr.startswith("mine.md:0: is kept as a draft and not submitted\nnot translated yet: ")
    assert [row["status"] for row in rows(shell, "status", ITEM, "--locale", "ru")] == ["draft"]
    edit(shell, "mine.md", "<!-- untranslated -->", "Все приглашены.")
    assert shell.ok(*upload, "--as", "translated") == "revision 2\n"
    assert shell.ok(*upload, "--as", "translated") == "revision 2\n", "a second time changes nothing"
    assert [row["status"] for row in rows(shell, "status", ITEM, "--locale", "ru")] == ["in review"]


SHOWN = f"""{PO}
msgid "News"
msgstr "Новости"

#, python-format
msgid "%(count)s shown"
msgstr "Показано %(count)s"
"""


@pytest.mark.parametrize("machine", [(), ("--json",)], ids=["people", "machines"])
def test_a_message_that_cannot_be_used_is_a_suggestion_with_its_line_and_reason_and_the_others_come_in(
    shell: Shell, machine: tuple[str, ...]
) -> None:
    shell.write("translations/ru/LC_MESSAGES/messages.po", SHOWN)
    shell.ok("sync")
    shell.run("download", "catalogue/messages", "ru", "-o", "mine.po")
    spoilt = 'msgstr "Показано %(number)s"'
    edit(shell, "mine.po", 'msgstr "Показано %(count)s"', spoilt)
    edit(shell, "mine.po", "Новости", "Вести")
    line = (shell.root / "mine.po").read_text(encoding="utf-8").splitlines().index(spoilt) + 1
    reason = "the placeholder number is not in the msgid"
    done = shell.run("upload", "mine.po", "--as", "translated", *machine)
    assert (done.returncode, done.stderr.splitlines()) == (
        0, [f"mine.po:{line}: {reason}", "1 segments cannot be part of the text and are kept as suggestions"],
    )  # fmt: skip
    if machine:
        assert json.loads(done.stdout)["problems"] == [{"path": "mine.po", "line": line, "reason": reason}]
    (row,) = rows(shell, "status", "catalogue/messages", "--locale", "ru")
    assert (row["status"], row["head"], row["live"]) == ("in review", 2, 1)
    text = shell.run("download", "catalogue/messages", "ru").stdout
    assert "Вести" in text
    assert "Показано %(count)s" in text
    assert "Показано %(number)s" in shell.ok("suggestions"), "nothing that was typed is lost"


def test_a_file_that_is_broken_is_refused_with_its_line_and_nothing_is_stored(shell: Shell) -> None:
    shell.write("translations/ru/LC_MESSAGES/messages.po", SHOWN)
    shell.ok("sync")
    shell.run("download", "catalogue/messages", "ru", "-o", "mine.po")
    edit(shell, "mine.po", 'msgstr "Показано %(count)s"', 'msgstr "Показано %(count)s')
    done = shell.run("upload", "mine.po")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(": a string that does not end\n")
    (row,) = rows(shell, "status", "catalogue/messages", "--locale", "ru")
    assert (row["status"], row["head"], row["live"]) == ("approved", 1, 1)


def test_a_remark_on_what_is_uploaded_is_told_and_holds_nothing_up(shell: Shell) -> None:
    shell.ok("sync")
    shell.write("mine.md", EN.replace("slug:", "sulg: x\nslug:").replace("opens.", "opens today."))
    done = shell.run("upload", "mine.md", "--document", ITEM, "--locale", "en", "--as", "translated")
    assert (done.returncode, done.stdout) == (0, "revision 2\n")
    (told,) = done.stderr.splitlines()
    assert told.startswith("mine.md:4: ")
    assert "sulg" in told
    po = PO.replace("published", "draft") + '\nmsgid "News"\nmsgstr "Новости %(n)s"\n'
    shell.write("translations/messages.pot", PO + '\nmsgid "News"\nmsgstr ""\n')
    shell.ok("sync")
    shell.write("mine.po", po)
    done = shell.run("upload", "mine.po", "--document", "catalogue/messages", "--locale", "ru", "--as", "translated")
    assert (done.returncode, done.stdout) == (0, "revision 1\n")
    assert done.stderr == "mine.po:7: readers may see %(n)s as it stands: the msgid has no placeholder\n"


def test_who_is_named_has_the_roles_of_their_account_and_no_others(shell: Shell) -> None:
    shell.ok("sync")
    shell.write("mine.md", article("Открытие", "Центр открывается.", status="draft", slug="otkrytie"))
    upload = ("upload", "mine.md", "--document", ITEM, "--locale", "ru", "--as", "translated", "--by", "aida")
    assert shell.run(*upload).stderr == "there is no account aida\n"
    shell.hire("aida", Grant(role=Role.TRANSLATOR, locale=Tag("ky")), Grant(role=Role.AUTHOR))
    reason = "to start takes one of these roles: coordinator, reviewer, translator"
    assert shell.run(*upload).stderr == f"{reason}\n"
    shell.hire("berik", Grant(role=Role.TRANSLATOR, locale=Tag("ru")), Grant(role=Role.REVIEWER, locale=Tag("ru")))
    shell.ok(*upload[:-1], "berik")
    approve = ("transition", ITEM, "ru", "approve", "--as")
    assert "(four eyes)" in shell.run(*approve, "berik").stderr
    shell.hire("chynar", Grant(role=Role.REVIEWER, locale=Tag("ru")))
    shell.ok(*approve, "chynar")
    done = shell.run("transition", ITEM, "ru", "publish", "--as", "chynar")
    assert (done.returncode, done.stderr) == (1, "to publish takes one of these roles: coordinator\n")
    shell.ok("transition", ITEM, "ru", "publish")


def test_what_somebody_typed_in_the_editor_is_in_the_file_that_they_download(shell: Shell) -> None:
    shell.ok("sync")
    shell.hire("aida", Grant(role=Role.TRANSLATOR, locale=Tag("ru")))
    words = Words(
        key=Key("title"), typed=Typed(forms=("Открытие",)), bases=Bases(revision=0, source=Tag("en")), serial=1
    )
    database = Database(f"sqlite:///{shell.root / 'var/tilmash.db'}")
    with database.write() as session:
        actor = people.actor(session, "aida", Tag("ru"), channel=Channel.DESK)
        keep(session, DocumentName.parse(ITEM), Tag("ru"), actor, words=[words], tab="one")
    database.dispose()
    assert "Открытие" not in shell.run("download", ITEM, "ru").stdout
    done = shell.run("download", ITEM, "ru", "--by", "aida")
    assert (done.returncode, "title: Открытие" in done.stdout) == (0, True)


def test_suggestions_move_nothing_until_somebody_takes_them(shell: Shell) -> None:
    shell.ok("sync")
    shell.hire("aida", Grant(role=Role.AUTHOR))
    shell.run("download", ITEM, "en", "-o", "mine.md")
    edit(shell, "mine.md", "The centre opens.", "The centre opens today.")
    edit(shell, "mine.md", "All are invited.", "Everybody is invited.")
    assert shell.ok("upload", "mine.md", "--as", "suggestion", "--by", "aida") == "revision 1\n2 suggestions\n"
    assert [
        (row["status"], row["head"], row["suggestions"]) for row in rows(shell, "status", ITEM, "--locale", "en")
    ] == [("approved", 1, 2)]
    first, second = rows(shell, "suggestions")
    assert {key: first[key] for key in ("number", "document", "locale", "now", "text", "author", "channel")} == {
        "number": 1, "document": ITEM, "locale": "en", "now": "The centre opens.", "text": "The centre opens today.",
        "author": "aida", "channel": "upload",
    }  # fmt: skip
    told = shell.ok("suggestions", ITEM, "--locale", "en")
    assert f"2  {ITEM} en  {second['key']}  by aida (upload), " in told
    assert "  now:       All are invited.\n  suggested: Everybody is invited.\n" in told
    assert shell.ok("suggestions", "take", "1") == "revision 3\n"
    assert shell.ok("suggestions", "decline", "2", "--note", "Too familiar") == "suggestion 2 declined\n"
    assert rows(shell, "suggestions") == []
    done = shell.run("suggestions", "take", "2")
    assert (done.returncode, done.stderr) == (1, "suggestion 2 was declined before\n")
    assert shell.run("suggestions", "decline", "9").stderr == "there is no suggestion 9\n"
    text = shell.run("download", ITEM, "en").stdout
    assert "The centre opens today." in text
    assert "All are invited." in text
    assert [(row["status"], row["head"], row["live"]) for row in rows(shell, "status", ITEM, "--locale", "en")] == [
        ("draft", 3, 1)
    ]
    assert shell.run("journal", "verify").returncode == 0


def test_a_suggestion_whose_segment_was_rewritten_can_be_seen_and_taken(shell: Shell) -> None:
    shell.ok("sync")
    shell.run("download", ITEM, "en", "-o", "mine.md")
    edit(shell, "mine.md", "All are invited.", "Everybody is invited.")
    assert shell.ok("upload", "mine.md", "--as", "suggestion") == "revision 1\n1 suggestions\n"
    assert shell.ok("upload", "mine.md", "--as", "suggestion") == "revision 1\n1 suggestions, 1 of them open before\n"
    shell.write("new.md", EN.replace("All are invited.", "Come in great numbers, whoever you may be."))
    shell.ok("upload", "new.md", "--document", ITEM, "--locale", "en")
    (there,) = json.loads(shell.ok("suggestions", "--json"))["instead"]
    assert shell.ok("suggestions").splitlines()[1:] == [
        "  made for:  All are invited.",
        "  now:       (there is no such segment)",
        f"  in place:  {there['key']}  Come in great numbers, whoever you may be.",
        "  suggested: Everybody is invited.",
    ]
    done = shell.run("suggestions", "take", "1", "--onto", "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert shell.ok("suggestions", "take", "1", "--onto", there["key"]) == "revision 5\n"
    assert "Everybody is invited." in shell.run("download", ITEM, "en").stdout


def test_an_upload_that_others_came_before_says_what_stands_there(shell: Shell) -> None:
    shell.ok("sync")
    shell.run("download", ITEM, "en", "-o", "mine.md")
    shell.write("theirs.md", EN.replace("The centre opens.", "The centre opens today."))
    shell.ok("upload", "theirs.md", "--document", ITEM, "--locale", "en", "--as", "translated")
    edit(shell, "mine.md", "The centre opens.", "The centre opens soon.")
    done = shell.run("upload", "mine.md", "--as", "translated")
    assert (done.returncode, done.stdout) == (1, "revision 2\n")
    assert done.stderr.splitlines() == [
        "1 segments were changed by others too and are kept as suggestions",
        "mine.md:0: is not submitted",
        "others changed the text meanwhile, and the file has added nothing to revision 2, which is in review",
    ]
    assert [row["status"] for row in rows(shell, "status", ITEM, "--locale", "en")] == ["in review"]


@pytest.mark.parametrize("form", ["po", "xliff12", "xliff20", "docx"])
def test_a_text_beside_its_source_goes_out_and_comes_home_merged(shell: Shell, form: str) -> None:
    shell.write(
        f"content/{FOLDER}/ky.md", EN.replace("The centre opens.", "Борбор ачылат.").replace("published", "draft")
    )
    shell.ok("sync")
    assert shell.run("download", ITEM, "ky", "--format", form, "-o", "mine").stderr == "revision 1\n"

    assert shell.ok("upload", "mine") == "revision 1\n", "nothing was changed, and nothing is new"
    theirs = shell.run("download", ITEM, "ky").stdout.replace("Борбор ачылат.", "Борбор бүгүн ачылат.")
    shell.write("theirs.md", theirs)
    assert shell.ok("upload", "theirs.md") == "revision 2\n"
    assert shell.ok("upload", "mine", "--check").startswith(f"{ITEM} in ky: 0 taken, ")
    done = shell.run("upload", "mine")
    assert (done.returncode, done.stdout) == (0, "revision 2\n"), "what somebody else changed stays changed"
    assert "Борбор бүгүн ачылат." in shell.run("download", ITEM, "ky").stdout


@pytest.mark.parametrize(
    ("document", "locale", "asked", "reason"),
    [
        (ITEM, "en", "po", f"{ITEM} is written in en"),
        (ITEM, "en", "xliff20", f"{ITEM} is written in en"),
        (ITEM, "zxx", "po", "this is no text in a language"),
        ("catalogue/messages", "ru", "md", "a catalogue is not given out as Markdown"),
    ],
)
def test_a_format_that_a_text_does_not_have_is_refused_with_the_reason(
    shell: Shell, document: str, locale: str, asked: str, reason: str
) -> None:
    shell.ok("sync")
    done = shell.run("download", document, locale, "--format", asked)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{reason}\n")


# --- what stands where


def test_the_status_of_everything_is_one_table_with_what_is_missing_and_out_of_date(shell: Shell) -> None:
    shell.write("translations/messages.pot", PO + '\nmsgid "News"\nmsgstr ""\n')
    digest = shell.ok("digest", f"content/{FOLDER}/en.md")[:8]
    russian = article("Открытие", "Центр открывается.", "Все приглашены.", slug="otkrytie", based_on=f"en@{digest}")
    shell.write(f"content/{FOLDER}/ru.md", russian)
    shell.ok("sync")
    edit(shell, f"content/{FOLDER}/en.md", "The centre opens.", "The centre opens on Monday.")
    shell.ok("sync")
    told = shell.ok("status")
    assert told.splitlines() == [
        "  LOCALE    STATUS      HEAD  LIVE  REMARKS",
        "catalogue/messages",
        "  template  approved       1     1",
        "  en        missing        -     -",
        "  ru        missing        -     -",
        "  ky        missing        -     -",
        ITEM,
        "  facts     approved       1     1",
        "  en        approved       2     2",
        "  ru        approved       1     1  out of date (en)",
        "  ky        missing        -     -",
    ]
    assert shell.ok("status", "--outdated").splitlines()[1:] == [ITEM, told.splitlines()[9]]
    assert [row["document"] for row in rows(shell, "status", "--missing", "-l", "ky")] == ["catalogue/messages", ITEM]
    (row,) = rows(shell, "status", ITEM, "--locale", "ru")
    assert row == {
        "document": ITEM, "locale": "ru", "status": "approved", "head": 1, "live": 1, "outdated": "en", "through": None,
        "origin": "human", "missing": 0, "needs_work": 0, "suggestions": 0, "due": None,
        "refused": None, "broken": 0, "broken_live": 0, "problems": [], "withdrawn": False, "source_withdrawn": False,
    }  # fmt: skip
    done = shell.run("status", "news/none")
    assert (done.returncode, done.stderr) == (1, "there is no document news/none\n")


def test_what_is_scheduled_is_seen(shell: Shell) -> None:
    shell.write(f"content/{FOLDER}/en.md", EN.replace("published", "approved"))
    shell.ok("sync")
    assert shell.ok("transition", ITEM, "en", "schedule", "--at", "2099-01-01T04:00:00Z") == (
        f"{ITEM} [en]: approved → approved, goes live 2099-01-01 09:00 (Asia/Almaty)\n"
    )
    assert "goes live 2099-01-01 09:00 (Asia/Almaty)" in shell.ok("status", ITEM, "--locale", "en")
    (row,) = rows(shell, "status", ITEM, "--locale", "en")
    assert row["due"] == "2099-01-01T04:00:00Z"
    assert (
        shell.ok("transition", ITEM, "en", "withdraw") == f"{ITEM} [en]: approved → approved, and goes live no more\n"
    )


def test_a_mistyped_year_does_not_end_an_embargo(shell: Shell) -> None:
    shell.write(f"content/{FOLDER}/en.md", EN.replace("published", "approved"))
    shell.ok("sync")
    shell.ok("transition", ITEM, "en", "schedule", "--at", "2099-01-01T04:00:00Z")
    done = shell.run("transition", ITEM, "en", "schedule", "--at", "2009-01-01T04:00:00Z")
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "2009-01-01 10:00 (Asia/Almaty) has passed: what is to go live now is asked for by publish\n",
    )  # fmt: skip
    (row,) = rows(shell, "status", ITEM, "--locale", "en")
    assert (row["due"], row["live"]) == ("2099-01-01T04:00:00Z", None)


def test_what_is_live_already_is_not_said_to_go_live_later(shell: Shell) -> None:
    shell.ok("sync")
    done = shell.run("transition", ITEM, "en", "schedule", "--at", "2099-01-01T04:00:00Z")
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "revision 1 is live already, and has nothing to wait for\n",
    )  # fmt: skip
    (row,) = rows(shell, "status", ITEM, "--locale", "en")
    assert (row["due"], row["live"]) == (None, 1)


def test_what_is_withdrawn_says_so_and_translations_that_are_still_live_are_named(shell: Shell) -> None:
    for locale, slug in (("ru", "otkrytie"), ("ky", "achylysh")):
        shell.write(f"content/{FOLDER}/{locale}.md", EN.replace("slug: opening", f"slug: {slug}"))
    shell.run("sync")
    assert shell.ok("transition", ITEM, "ky", "withdraw") == f"{ITEM} [ky]: published → withdrawn (approved)\n"
    assert shell.ok("transition", ITEM, "en", "withdraw").splitlines() == [
        f"{ITEM} [en]: published → withdrawn (approved)", "still live, and their source is withdrawn: ru",
    ]  # fmt: skip
    assert shell.ok("status", ITEM).splitlines()[2:] == [
        "  facts     approved       1     1",
        "  en        approved       1     -  withdrawn",
        "  ru        approved       1     1  live, and its source is withdrawn",
        "  ky        approved       1     -  withdrawn",
    ]
    assert [(row["withdrawn"], row["source_withdrawn"]) for row in rows(shell, "status", "-l", "ru")] == [(False, True)]
    assert shell.ok("transition", ITEM, "en", "publish") == f"{ITEM} [en]: approved → published\n"
    assert shell.ok("transition", ITEM, "en", "edit") == f"{ITEM} [en]: published → draft beside what is live\n"
    assert "withdrawn" not in shell.ok("status", ITEM, "-l", "ru")


def test_files_that_are_refused_now_are_named_with_the_reason(shell: Shell) -> None:
    shell.ok("sync")
    shell.write(f"content/{FOLDER}/en.md", EN.replace("title: Opening", 'title: "Opening'))
    shell.write("translations/ru/LC_MESSAGES/messages.po", "nonsense\n")
    shell.write("content/news/2026-01-02-new/item.toml", "source = en\n")
    shell.run("sync")
    told = [line for line in shell.ok("status").splitlines() if line.startswith("refused: ")]
    assert list(dict.fromkeys(line.partition(": ")[2].partition(":")[0] for line in told)) == [
        f"content/{FOLDER}/en.md", "content/news/2026-01-02-new/item.toml", "translations/ru/LC_MESSAGES/messages.po",
    ]  # fmt: skip
    assert told[0].endswith("en.md:2: the quotation mark that opens here is never closed")
    for arguments, count in (((ITEM,), 1), (("-l", "en"), 1), (("-l", "ru"), 2), ((ITEM, "-l", "ru"), 0)):
        assert shell.run("status", *arguments).stdout.count("refused: ") == count, arguments
    done = shell.run("status", "news/2026-01-02-new")
    assert (done.returncode, done.stderr) == (1, "there is no document news/2026-01-02-new\n")
    assert done.stdout.startswith("refused: content/news/2026-01-02-new/item.toml:1: ")
    assert rows(shell, "status", ITEM)[0] == {
        "path": f"content/{FOLDER}/en.md", "line": 2, "reason": "the quotation mark that opens here is never closed",
    }  # fmt: skip
    shell.write(f"content/{FOLDER}/en.md", EN)
    assert "refused: " not in shell.ok("status", ITEM), "mended, though nothing was synchronised yet"


def test_a_language_that_the_site_does_not_have_is_refused_with_those_it_has(shell: Shell) -> None:
    shell.ok("sync")
    done = shell.run("status", "-l", "de")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "the site has no language de; it has en, ru, ky\n")


def test_what_only_reads_is_answered_while_somebody_else_writes(shell: Shell) -> None:
    shell.ok("sync")
    writer = sqlite3.connect(shell.root / "var" / "tilmash.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert "approved" in shell.ok("status")
    assert shell.ok("suggestions") == ""
    assert "The centre opens." in shell.run("download", ITEM, "en").stdout
    shell.ok("journal", "verify")
    writer.close()


# --- for machines


def test_every_command_that_does_one_thing_and_ends_speaks_to_machines(shell: Shell) -> None:
    def leaves(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
        if isinstance(command, click.Group):
            for name, one in command.commands.items():
                yield from leaves(one, *path, name)
        else:
            yield path, command

    silent = {path for path, one in leaves(main) if "--json" not in {opt for param in one.params for opt in param.opts}}
    assert silent == {("serve",), ("worker",)}
    shell.ok("sync")
    assert rows(shell, "rebuild") == [{"documents": 1}]
    assert rows(shell, "download", ITEM, "en", "-o", "mine.md") == [
        {"document": ITEM, "locale": "en", "revision": 1, "path": "mine.md"}
    ]
    assert shell.run("download", ITEM, "en", "--json").returncode == 2
    edit(shell, "mine.md", "All are invited.", "Everybody is invited.")
    said = {"document": ITEM, "locale": "en", "revision": 1, "suggestions": 1, "comments": 0, "problems": []}
    assert rows(shell, "upload", "mine.md", "--as", "suggestion") == [said]
    assert rows(shell, "suggestions", "take", "1") == [{"revision": 3}]
    assert rows(shell, "transition", ITEM, "en", "withdraw", "--note", "Not so.") == [
        {
            "document": ITEM, "locale": "en", "action": "withdraw", "status": "draft", "live": None,
            "live_without_source": [],
        }
    ]  # fmt: skip


def test_digest_and_journal_speak_to_machines_too(shell: Shell) -> None:
    shell.ok("sync")
    (told,) = rows(shell, "digest", f"content/{FOLDER}/en.md")
    assert told["digest"] == shell.ok("digest", f"content/{FOLDER}/en.md").strip()
    (told,) = rows(shell, "journal", "verify")
    assert told == {"head": shell.ok("journal", "verify").strip(), "breaks": []}


# --- catalogues


def test_catalogues_are_brought_up_to_their_template_and_broken_ones_do_not_hold_up_the_others(shell: Shell) -> None:
    shell.write("translations/messages.pot", PO + '\nmsgid "News"\nmsgstr ""\n\nmsgid "Search"\nmsgstr ""\n')
    russian = PO + '\n# mine\nmsgid  "News"\nmsgstr "Новости"\n\nmsgid "Old"\nmsgstr "Старое"\n'
    shell.write("translations/ru/LC_MESSAGES/messages.po", russian)
    shell.write("translations/ky/LC_MESSAGES/messages.po", "nonsense\n")
    done = shell.run("catalog", "update")
    assert (done.returncode, done.stdout) == (1, "translations/ru/LC_MESSAGES/messages.po\n")
    assert done.stderr.startswith("translations/ky/LC_MESSAGES/messages.po:1: ")
    text = (shell.root / "translations/ru/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert '# mine\nmsgid  "News"\nmsgstr "Новости"\n\nmsgid "Search"\nmsgstr ""\n' in text
    assert '#~ msgid "Old"\n#~ msgstr "Старое"\n' in text
    assert shell.run("catalog", "update", "nothing").stderr == (
        "there is no template of nothing (.pot); there are: messages\n"
    )


def test_a_catalogue_is_compiled_beside_itself_as_msgfmt_would_and_a_bad_message_is_left_out(shell: Shell) -> None:
    text = PO + '\nmsgid "News"\nmsgstr "Новости"\n\n#, fuzzy\nmsgid "A"\nmsgstr "Б"\n\nmsgid "C"\nmsgstr ""\n'
    shell.write("good.po", text)
    assert shell.ok("catalog", "compile", "good.po") == "good.mo: 1 of 3 messages\n"
    msgfmt = gnu.program_or_skip("msgfmt")
    subprocess.run([msgfmt, "-o", shell.root / "theirs.mo", shell.root / "good.po"], check=True)
    ours, theirs = (gnu.unformatted(shell.root / f"{name}.mo").partition(b"\n\n")[2] for name in ("good", "theirs"))
    assert ours == theirs
    shell.write("bad.po", text + '\n#, python-format\nmsgid "%(n)s"\nmsgstr "%(m)s"\n')
    done = shell.run("catalog", "compile", "bad.po", "--json")
    assert done.returncode == 1
    assert done.stderr.startswith("bad.po:18: ")
    assert json.loads(done.stdout) == {"path": "bad.mo", "translated": 1, "total": 4}
    assert (shell.root / "bad.mo").read_bytes() == (shell.root / "good.mo").read_bytes()
    shell.write("worse.po", "nonsense\n")
    assert shell.run("catalog", "compile", "worse.po").returncode == 1
    assert not (shell.root / "worse.mo").exists()


def test_catalogues_are_checked_and_counted_without_a_database(shell: Shell) -> None:
    shell.write(
        "translations/ru/LC_MESSAGES/good.po", PO + '\nmsgid "News"\nmsgstr "Новости"\n\nmsgid "A"\nmsgstr ""\n'
    )
    assert shell.ok("catalog", "check") == ""
    told = json.loads(shell.ok("catalog", "stats", "--json"))
    assert (told["translated"], told["fuzzy"], told["untranslated"]) == (1, 0, 1)
    shell.write("bad.po", PO + '\n#, python-format\nmsgid "%(n)s"\nmsgstr "%(m)s"\n')
    done = shell.run("catalog", "check", "bad.po")
    assert done.returncode == 1
    assert done.stderr.startswith("bad.po:8: ")
    assert shell.run("catalog", "extract").returncode == 1, "there is no code here"
    assert not (shell.root / "var").exists()


def test_how_much_of_a_catalogue_is_broken_is_told_with_file_line_and_reason(shell: Shell) -> None:
    file = "translations/ru/LC_MESSAGES/messages.po"
    shell.write(file, PO + '\nmsgid "News"\nmsgstr "Новости\n\nmsgid "More"\nmsgstr "Ещё"\n')
    reason = f"{file}:7: a string that does not end"
    done = shell.run("sync")
    assert (done.returncode, done.stderr) == (1, f"{reason}\n")
    assert shell.ok("status", "catalogue/messages", "-l", "ru").splitlines()[2:] == [
        "  ru        approved       1     1  1 broken",
        f"    {reason}",
    ]
    row = json.loads(shell.ok("status", "catalogue/messages", "-l", "ru", "--json"))
    problem = {"path": file, "line": 7, "reason": "a string that does not end"}
    assert (row["broken"], row["broken_live"], row["problems"]) == (1, 1, [problem])
    done = shell.run("catalog", "stats")
    counts = "1 translated, 0 fuzzy, 0 untranslated, 1 broken"
    assert (done.returncode, done.stdout, done.stderr) == (1, f"{file}: {counts}\n", f"{reason}\n")
    told = json.loads(shell.run("catalog", "stats", "--json").stdout)
    assert (told["translated"], told["broken"], told["problems"]) == (1, 1, [problem])


def test_the_template_is_drawn_from_the_code(shell: Shell) -> None:
    shell.write("babel.cfg", "[python: **.py]\n")
    shell.write("words.py", 'gettext("A word of ours")\n')
    assert shell.ok("catalog", "extract") == "changed\n"
    assert 'msgid "A word of ours"' in (shell.root / "translations/messages.pot").read_text()
    assert shell.ok("catalog", "extract") == "unchanged\n"


def test_a_check_of_the_tree_tells_what_the_code_says_and_nobody_can_translate_yet(shell: Shell) -> None:
    shell.write("babel.cfg", "[python: **.py]\n")
    shell.write("words.py", 'gettext("A word of ours")\n')
    shell.ok("catalog", "extract")
    shell.write("translations/ru/LC_MESSAGES/messages.po", PO + '\nmsgid "News"\nmsgstr "Новости"\n')
    lacking = "messages of the template that are not here: 1, the first “A word of ours”\n"
    assert shell.run("catalog", "check").stderr == f"translations/ru/LC_MESSAGES/messages.po:0: {lacking}"
    shell.run("catalog", "update")
    assert shell.ok("catalog", "check") == ""
    shell.write("words.py", 'gettext("A word of ours")\nngettext("%(n)s word", "%(n)s words", 3)\n')
    done = shell.run("catalog", "check")
    reason = "“%(n)s word” is in words.py and not in the template"
    assert (done.returncode, done.stderr) == (1, f"translations/messages.pot:0: {reason}\n")
    assert shell.ok("catalog", "check", "translations/ru/LC_MESSAGES/messages.po") == ""


def test_a_template_is_sent_in_and_each_language_is_brought_up_to_it(shell: Shell) -> None:
    shell.write("translations/shop.pot", PO + '\nmsgid "Close"\nmsgstr ""\n')
    shell.write("translations/ru/LC_MESSAGES/shop.po", PO + '\nmsgid "Close"\nmsgstr "Закрыть"\n')
    shell.ok("sync")
    shell.write("shop.pot", PO + '\nmsgid "Close"\nmsgstr ""\n\nmsgid "Help"\nmsgstr ""\n')
    assert shell.ok("upload", "shop.pot") == "ru: 1 kept, 0 near, 0 revived, 1 added, 0 vanished\n"
    assert 'msgid "Help"' in shell.run("download", "catalogue/shop", "ru").stdout
    done = shell.run("upload", "shop.pot")
    assert (done.returncode, done.stderr) == (1, "nothing was changed\n")
    told = "catalogue/stock: in no language yet (tilmash catalog add)\n"
    assert shell.ok("upload", "shop.pot", "--document", "catalogue/stock") == told
    assert "  template  approved       1     1" in shell.ok("status", "catalogue/stock")
    shell.write("broken.pot", PO + '\nmsgid "Close\nmsgstr ""\n')
    done = shell.run("upload", "broken.pot")
    assert (done.returncode, done.stderr) == (1, "broken.pot:6: a string that does not end\n")


# --- before there is a site


@pytest.mark.parametrize(
    "arguments",
    [
        ("sync",),
        ("sync", "--check"),
        ("status",),
        ("suggestions",),
        ("suggestions", "take", "1"),
        ("download", "news/x", "en"),
        ("transition", "news/x", "en", "publish"),
        ("journal", "verify"),
        ("rebuild",),
        ("serve", "--port", "0"),
    ],
)
def test_where_no_site_was_begun_each_command_says_so_and_makes_no_database(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    (shell.root / "content/site.toml").unlink()
    done = shell.run(*arguments)
    missing = "content/site.toml:0: is missing: it says which languages the site has\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", missing)
    assert not (shell.root / "var").exists()


def test_a_site_that_is_in_the_database_already_is_shown_without_its_file(shell: Shell) -> None:
    shell.ok("sync")
    (shell.root / "content/site.toml").unlink()
    assert "news/2026-01-01-item" in shell.ok("status")


def test_a_database_that_was_named_is_opened_without_a_site_file(shell: Shell) -> None:
    (shell.root / "content/site.toml").unlink()
    shell.environment["DATABASE_URL"] = f"sqlite:///{shell.root / 'other.db'}"
    assert shell.ok("status") == ""


def test_the_version_is_the_packages(shell: Shell) -> None:
    assert shell.ok("--version") == f"tilmash, version {version('tilmash')}\n"


# --- wrong input


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("status", "news/a\nb"), 1),
        (("status", "--locale", "no tag"), 1),
        (("status", "--locale", "\udcff"), 1),
        (("download", ITEM, "e\nn"), 1),
        (("download", ITEM, "en", "-o", "/nowhere/else.md"), 1),
        (("download", ITEM, "en", "-o", "content"), 2),
        (("upload", "content"), 2),
        (("upload", "noise.md", "--document", ITEM, "--locale", "en"), 1),
        (("upload", "noise.md"), 1),
        (("upload", "pipe.md"), 2),
        (("digest", "/dev/zero"), 2),
        (("transition", ITEM, "\udcff", "publish"), 1),
        (("transition", ITEM, "en", "withdraw", "--as", "a" * 121), 2),
        (("transition", ITEM, "en", "withdraw", "--as", "\udcff"), 2),
        (("upload", "noise.md", "--document", ITEM, "--locale", "qqq"), 1),
        (("upload", "mine.md", "--document", ITEM, "--locale", "qqq"), 1),
        (("upload", "mine.md", "--document", ITEM, "--locale", "en", "--base", "9" * 30), 2),
        (("upload", "mine.md", "--document", ITEM, "--locale", "en", "--base", "-1"), 2),
        (("upload", "mine.md", "--document", ITEM, "--locale", "en", "--by", "a" * 200), 2),
        (("upload", "mine.md", "--document", ITEM, "--locale", "en", "--by", "a\nb"), 2),
        (("upload", "mine.md", "--document", ITEM, "--locale", "ru", "--as", "suggestion"), 1),
        (("suggestions", "take", "9" * 30), 2),
        (("suggestions", "take", "0"), 2),
        (("suggestions", "news/none\n"), 1),
        (("digest", "noise.md"), 1),
        (("catalog", "check", "noise.md"), 1),
        (("catalog", "compile", "noise.md"), 1),
        (("catalog", "add", "\udcff"), 1),
        (("catalog", "add", "qqq"), 1),
        (("catalog", "update", "../x"), 1),
        (("journal", "verify", "--head", "\udcff"), 1),
        (("serve", "--port", "99999"), 2),
    ],
)
def test_wrong_input_is_a_sentence_and_never_a_traceback(
    synchronised: Shell, arguments: tuple[str, ...], status: int
) -> None:
    done = synchronised.run(*arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done
    assert done.stderr


@pytest.fixture(scope="module")
def synchronised(tmp_path_factory: pytest.TempPathFactory, loaded: Loaded) -> Shell:
    """A site in step, for commands that change nothing."""
    shell = with_a_site(LoadedShell(tmp_path_factory.mktemp("shell"), loaded))
    shell.ok("sync")
    shell.write("mine.md", EN)
    shell.write("noise.md", bytes(range(256)) * 100)
    os.mkfifo(shell.root / "pipe.md")
    return shell


def test_a_reader_that_has_seen_enough_is_no_fault(synchronised: Shell) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{TILMASH}' status | head -1"],
        cwd=synchronised.root, env=synchronised.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("  LOCALE    STATUS      HEAD  LIVE  REMARKS\n", "")


def test_a_database_that_cannot_be_opened_is_told(synchronised: Shell) -> None:
    other = Shell(synchronised.root, "sqlite:////nowhere/x.db")
    done = other.run("status")
    assert (done.returncode, done.stderr) == (1, "the database refused: unable to open database file\n")


def test_check_names_text_segment_check_and_reason_and_ends_with_1_where_there_is_an_error(shell: Shell) -> None:
    good = '#, python-format\nmsgid "%(count)s shown"\nmsgstr "Показано %(count)s"\n'
    shell.write("translations/ru/LC_MESSAGES/messages.po", f'{PO}\nmsgid "Two words"\nmsgstr "Два  слова"\n\n{good}')
    shell.ok("sync")
    warned = shell.run("check", "catalogue/messages")
    told = "catalogue/messages@ru: Two words: spaces: several spaces stand side by side\n"
    assert (warned.returncode, warned.stdout) == (0, told)
    (row,) = rows(shell, "check", "catalogue/messages")
    assert (row["check"], row["severity"], row["dismissed"]) == ("spaces", "warning", None)
    edited = good.replace("Показано %(count)s", "Показано %(number)s")
    shell.write("translations/ru/LC_MESSAGES/messages.po", f"{PO}\n{edited}")
    shell.run("sync")
    assert shell.run("check", "catalogue/messages").returncode == 1


def test_the_glossary_goes_out_as_a_table_and_comes_in_whole_or_not_at_all(shell: Shell) -> None:
    shell.ok("sync")
    shell.write("terms.csv", "term,translation,forbidden,keep\ncentre,борбор,орто | центр,\nSCO,,,yes\n")
    assert shell.ok("glossary", "import", "terms.csv", "en", "ky") == "new: 2, changed: 0, as before: 0\n"
    assert shell.ok("glossary", "list", "en", "ky") == "centre: борбор (not: орто, центр)\nSCO: not translated\n"
    assert [one["keep"] for one in rows(shell, "glossary", "list", "en", "ky", "sco")] == [True]
    assert rows(shell, "glossary", "export", "en", "ky", "-o", "out.csv") == [{"terms": 2, "path": "out.csv"}]
    assert rows(shell, "glossary", "import", "out.csv", "en", "ky") == [{"added": 0, "changed": 0, "same": 2}]
    assert shell.ok("glossary", "export", "en", "ky", "--format", "tbx", "-o", "out.tbx") == "2 terms\n"
    assert shell.ok("glossary", "import", "out.tbx", "en", "ky") == "new: 0, changed: 0, as before: 2\n"
    shell.write("terms.csv", "term,translation\nborder,чек ара\n,x\n")
    done = shell.run("glossary", "import", "terms.csv", "en", "ky")
    assert (done.returncode, done.stderr) == (1, "terms.csv:3: the term is missing\n")
    assert shell.ok("glossary", "list", "en", "ky", "border") == ""
    assert shell.run("glossary", "list", "en", "de").stderr == "the site has no language de; it has en, ru, ky\n"
    shell.write(f"content/{FOLDER}/ky.md", article("Ачылыш", "Ошол жер ачылат.", "Баары чакырылат.", slug="achylysh"))
    shell.ok("sync")
    assert "terms: the glossary has “борбор” for “centre”" in shell.run("check", "-l", "ky").stdout
