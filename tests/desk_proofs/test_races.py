"""Twenty people press the eight buttons of one text at once: real processes, real sockets, both databases.

Whoever is slower is told so; the journal stays whole, each state was reached by a legal path, and nobody saw a 5xx.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.texts import find
from app.storage import journal
from app.storage.database import Database
from tests.desk import TestDesk
from tests.desk_proofs.race import BUTTONS, CREW, RACED, TEXT, paths, pressed, told, wrong
from tests.journeys.test_serve import Served
from tests.processes import free_port
from tests.trees import ITEM, article

SECONDS, MOST = (60.0, 1_000_000) if os.environ.get("TILMASH_SOAK") else (30.0, 12)
EN = article("Opening", "The centre opens.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", slug="achylysh")


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path, database_url)
    desk.place.item(en=EN, ky=KY)
    desk.place.sync()
    yield desk
    desk.place.database.dispose()


@pytest.fixture
def served(desk: TestDesk) -> Iterator[Served]:
    with free_port() as port:
        served = Served(desk.place, port)
        yield served
        if served.process.poll() is None:
            served.process.send_signal(signal.SIGTERM)
            assert served.process.wait(30) == 0


def cookies(desk: TestDesk) -> list[str]:
    """A session for each browser."""
    found = []
    for name, count in CREW.items():
        for _ in range(count):
            cookie = desk.signed_in(name).get_cookie("desk", path="/desk")
            assert cookie is not None
            found.append(f"desk={cookie.value}")
    return found


@pytest.mark.soak
def test_of_people_who_press_at_once_one_wins_and_the_others_are_told(desk: TestDesk, served: Served) -> None:
    browsers = cookies(desk)
    assert len(browsers) == 20
    served.eventually(lambda: served.get("/healthz")[0] == 200, "it never became ready")
    assert served.get(TEXT, Cookie=browsers[0])[0] == 200
    answers = pressed(served.port, browsers, seconds=SECONDS, most=MOST)
    assert wrong(answers) == {}, served.log.read_text()
    done = {action for action in BUTTONS if answers[str(action), 303]}
    assert len(done) >= 3, answers  # which of them had their turn is chance, and a busy machine has fewer of them
    assert sum(answers[str(action), 409] for action in BUTTONS), "somebody was too late"
    assert "Traceback" not in served.log.read_text()
    holds_together(desk.place.database)


def holds_together(database: Database) -> None:
    """The journal is whole, and what it tells is what there is."""
    with database.read() as session:
        assert list(journal.verify(session)) == []
        text = find(session, ITEM, RACED)
        status, live = text.status, text.live.number if text.live else None
    can, shown, illegal = paths(told(database))
    assert illegal == []
    assert status in can
    assert live == shown
