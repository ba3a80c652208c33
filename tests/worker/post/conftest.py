"""What the tests of mail begin from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import Copies
from tests.mail import MailBox, mail_server
from tests.people import COORDINATOR, invite, translator
from tests.trees import FACTS, SITE, Place, article
from tests.worker.post.office import PO, URL


def begin(place: Place) -> None:
    place.write("content/site.toml", SITE.replace('name = "Centre"', f'name = "Centre"\nurl = "{URL}"'))
    place.write("translations/ru/LC_MESSAGES/messages.po", PO)
    place.item(item=FACTS, en=article("Opening", "The centre opens.", slug="opening"))
    place.sync()
    with place.database.write() as session:
        invite(session, "rita", translator("ru"), language="ru")
        invite(session, "kanat", translator("ky"))
        invite(session, "dana", COORDINATOR)


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin, template, tmp_path) as place:
        yield place


@pytest.fixture
def box() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box
