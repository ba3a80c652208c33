"""A desk with a machine, for tests: what it was asked, what came of that, and what people did there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.config import MachineService
from app.domain.people import Channel
from app.domain.segments import Key, Origin, State, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.queries.people import person
from app.services import sheets, transitions
from app.services.sheets import Bases, Sheet
from app.services.texts import find
from app.storage.machine import MACHINE
from app.storage.outbox import DbWork
from app.worker.interpreter import Interpreter
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM, article
from tests.web.desk.pages import Page

INVITED = "All are invited to [see](https://example.org) it."
EN = article("Opening", "The centre opens.", "- one\n- two", INVITED, slug="opening")
AT = f"/desk/{FOLDER}/ky/translate"
KY = Tag("ky")
LABEL = "Machine translation. Original:"


def begin(desk: TestDesk) -> None:
    """Give the site an article that readers have in English, with a list and a link."""
    desk.place.item(en=EN)
    desk.place.sync()


def has(desk: TestDesk, service: MachineService | None) -> None:
    there = desk.app.extensions["desk"]
    there.settings = replace(there.settings, machine=service)


def work(desk: TestDesk) -> int:
    """Let the worker look once; return how many segments came in."""
    service = desk.app.extensions["desk"].settings.machine
    return Interpreter(desk.place.database, service).look()


def ask(client: FlaskClient, **said: str) -> str:
    return Page(client.post(f"{AT}/machine?source=en", data=said, follow_redirects=True)).html


def sheet(desk: TestDesk) -> Sheet:
    with desk.place.database.read() as session:
        return sheets.sheet(session, ITEM, KY)


def stands(desk: TestDesk) -> dict[str, tuple[str, State, Origin]]:
    """What stands there, by the source's words."""
    return {
        row.sources[0].text: (row.text, row.rendering.state, row.origin)
        for row in sheet(desk).rows if row.rendering and row.sources
    }  # fmt: skip


def orders(desk: TestDesk) -> list[DbWork]:
    with desk.place.database.read() as session:
        return list(session.scalars(select(DbWork).where(DbWork.kind == MACHINE)))


def let_time_pass(desk: TestDesk) -> None:
    with desk.place.database.write() as session:
        before = datetime.now(UTC) - timedelta(days=1)
        session.execute(update(DbWork).where(DbWork.kind == MACHINE).values(due_at=before, leased_until=None))


def take(desk: TestDesk, name: str, *actions: Action) -> None:
    for action in actions:
        with desk.place.database.write() as session:
            found = person(session, name)
            assert found is not None
            text = find(session, ITEM, KY)
            transitions.take(
                session, text, action, found.actor(KY, channel=Channel.DESK), revision=text.head, comment="a note"
            )  # fmt: skip


def save(desk: TestDesk, name: str, typed: dict[Key, Typed], bases: Bases | None = None) -> int:
    with desk.place.database.write() as session:
        found = person(session, name)
        assert found is not None
        actor = found.actor(KY, channel=Channel.DESK)
        bases = bases or sheets.sheet(session, ITEM, KY).bases
        return sheets.save(session, ITEM, KY, actor, bases=bases, typed=typed).suggestions


def read(desk: TestDesk) -> str:
    return desk.client().get("/ky/news/opening", follow_redirects=True).text
