"""`tilmash worker` as it is run: mail goes out of it, and a worker that is killed in the middle loses none."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.notices import Notice, NoticeKind
from app.domain.segments import Tag
from app.services import notices
from tests.mail import TAKEN, MailBox, mail_server
from tests.people import invite, translator
from tests.processes import WITH_US, moments
from tests.trees import FACTS, ITEM, SITE, Place, article
from tests.worker.post.office import let_time_pass, works


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    """An item, and a notice to its translator that is due."""
    place = Place(tmp_path, database_url)
    place.write(
        "content/site.toml", SITE.replace('name = "Centre"', 'name = "Centre"\nurl = "https://news.example.org"')
    )
    place.item(item=FACTS, en=article("Opening", "The centre opens.", slug="opening"))
    place.sync()
    with place.database.write() as session:
        invite(session, "rita", translator("ru"))
        notices.tell(
            session, Notice(kind=NoticeKind.ASSIGNED, to="rita", by="dana", document=ITEM, locale=Tag("ru"), text="!")
        )
    yield place
    place.database.dispose()


@contextmanager
def worker(place: Place, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker until the block ends; whatever it says is in the file `log`."""
    environment = {
        **os.environ, "TILMASH_DATA": str(place.settings.data), "TILMASH_CONTENT": str(place.settings.content),
        "TILMASH_TRANSLATIONS": str(place.settings.translations), "DATABASE_URL": place.url,
        "TILMASH_SMTP": address, "TILMASH_MAIL_FROM": "desk@example.org",
    }  # fmt: skip
    with (place.root / "log").open("ab") as log:
        process = subprocess.Popen([*WITH_US, sys.executable, "-m", "app", "worker"], env=environment, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(place: Place, holds: Callable[[], bool]) -> None:
    """Ask until it holds; a minute is for the slowest machine, and no promise."""
    if not any(holds() for _ in moments(60)):
        pytest.fail((place.root / "log").read_text())


def killed_at_the_letter(place: Place, box: MailBox) -> None:
    """Run a worker that dies when the mail server has its letter and has not said so yet."""
    with worker(place, box.address) as process:

        def taken() -> str:
            process.send_signal(signal.SIGKILL)
            return TAKEN

        box.answer = taken
        assert process.wait(60) == -signal.SIGKILL
    box.answer = lambda: TAKEN
    let_time_pass(place)


def test_the_worker_sends_what_is_due_and_notes_it(place: Place) -> None:
    with mail_server() as box, worker(place, box.address):
        eventually(place, lambda: works(place) == [] and len(box.raw) == 1)
        assert box.letters[0]["Subject"] == "dana assigned “Opening” (Russian) to you"


def test_a_worker_killed_between_sending_and_noting_is_followed_by_one_repeat_under_the_same_name(
    place: Place,
) -> None:
    with mail_server() as box:
        killed_at_the_letter(place, box)
        with worker(place, box.address):
            eventually(place, lambda: works(place) == [])
        assert len(box.raw) == 2
        assert len({letter["Message-ID"] for letter in box.letters}) == 1


def test_and_by_no_third_however_often_workers_die(place: Place) -> None:
    with mail_server() as box:
        killed_at_the_letter(place, box)
        killed_at_the_letter(place, box)
        with worker(place, box.address):
            eventually(place, lambda: works(place)[0].refusal.startswith("it was handed over twice"))
        assert len(box.raw) == 2


def test_a_worker_that_is_killed_before_it_reaches_the_mail_server_loses_nothing(place: Place) -> None:
    with mail_server() as box:
        for _ in range(3):
            with worker(place, box.address) as process:

                def reached(process: subprocess.Popen[bytes] = process) -> str:
                    process.send_signal(signal.SIGKILL)
                    return "451 gone"

                box.to = reached
                assert process.wait(60) == -signal.SIGKILL
            let_time_pass(place)
        box.to = lambda: TAKEN
        with worker(place, box.address):
            eventually(place, lambda: works(place) == [])
        assert len(box.raw) == 1


def test_a_worker_without_settings_for_mail_says_so(place: Place) -> None:
    with worker(place, ""):
        eventually(place, lambda: "no mail goes out" in (place.root / "log").read_text())
