from collections.abc import Iterator
from dataclasses import replace
from email.headerregistry import Address
from functools import cache
from pathlib import Path

import pytest

from app.config import MailServer
from tests import databases
from tests.copies import Copies, Make
from tests.desk import TestDesk, open_office
from tests.machines import FakeMachine, machine
from tests.trees import SITE, Place
from tests.web.browser import served
from tests.web.desk import at_the_machine, in_browser, one_text


@pytest.fixture(params=["sqlite"])
def template(request: pytest.FixtureRequest) -> str:
    """Pages are the same whatever the database: what they ask it is asked of both by tests of services and queries.

    Where it is not (`databases.on_both`), tests of pages run on both.
    """
    return databases.template_of(request)


@cache
def _filled(office: Make) -> Make:
    def make(place: Place) -> None:
        open_office(place)
        office(place)

    return make


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, template: str, copies: Copies) -> Iterator[TestDesk]:
    """A desk with the texts that the test's module has in its office, where it says so: made once, and copied."""
    office: Make | None = getattr(request.module, "office", None)
    with copies.of(_filled(office) if office else open_office, template, tmp_path) as place:
        desk = TestDesk(tmp_path, place.url, fresh=False)
        yield desk
        desk.place.database.dispose()


@pytest.fixture
def small_desk(tmp_path: Path, sqlite_template: str) -> Iterator[TestDesk]:
    """A desk over SQLite, for tests of what a browser does: that is the same whatever the database."""
    desk = TestDesk(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    yield desk
    desk.place.database.dispose()


@pytest.fixture(autouse=True)
def pages_without_a_fault() -> Iterator[None]:
    in_browser.heard.clear()
    yield
    assert in_browser.heard == []


@pytest.fixture
def address(desk: TestDesk) -> Iterator[str]:
    """Where a server serves the desk of the test."""
    with served(desk.readers) as address:
        yield address


@pytest.fixture
def mailing(desk: TestDesk) -> TestDesk:
    """The desk of a site that sends mail, and says where it is."""
    place = desk.app.extensions["desk"]
    mail = MailServer(host="127.0.0.1", port=1, tls=False, sender=Address(addr_spec="desk@example.org"))
    place.settings = replace(place.settings, mail=mail)
    desk.place.write(
        "content/site.toml", SITE.replace('name = "Centre"', 'name = "Centre"\nurl = "https://example.org"')
    )
    desk.place.sync()
    return desk


@pytest.fixture
def opening(desk: TestDesk) -> None:
    """An article that readers have in English, with a draft in Russian."""
    one_text.begin(desk)


@pytest.fixture
def with_a_list(desk: TestDesk) -> None:
    """An article that readers have in English, with a list and a link."""
    at_the_machine.begin(desk)


@pytest.fixture
def fake(desk: TestDesk) -> Iterator[FakeMachine]:
    """The machine that the desk asks."""
    with machine() as fake:
        at_the_machine.has(desk, fake.service())
        yield fake
