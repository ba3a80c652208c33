"""A desk over a small tree, with six people who work there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select

from app.config import IdentityProvider
from app.domain.people import Grant
from app.domain.segments import Tag
from app.domain.translations import Role
from app.factory import create_app
from app.services import sittings
from app.storage.accounts import DbAccount, DbGrant
from app.storage.database import Database
from app.storage.sign_ins import new_secret
from app.web.desk.app import create_desk
from app.web.published import Published, Reader
from app.web.read_model import ReadModel
from tests.trees import Place
from tests.web.fakes import FakeCounter

STAFF: dict[str, tuple[str, str, tuple[Grant, ...]]] = {
    "aigul": ("Aigul Author", "en", (Grant(role=Role.AUTHOR),)),
    "kanat": ("Kanat Kyrgyz", "ky", (Grant(role=Role.TRANSLATOR, locale=Tag("ky")),)),
    "rustam": (
        "Rustam Reviewer", "ru",
        (Grant(role=Role.REVIEWER, locale=Tag("ru")), Grant(role=Role.REVIEWER, locale=Tag("ky"))),
    ),
    "elena": ("Elena Editor", "ru", (Grant(role=Role.REVIEWER, locale=Tag("en")),)),
    "carim": ("Carim Coordinator", "en", (Grant(role=Role.COORDINATOR),)),
    "adil": ("Adil Administrator", "en", (Grant(role=Role.ADMINISTRATOR),)),
}  # fmt: skip
"""Six people: their full name, the language of their desk, and what they may do."""


def hire(database: Database, name: str, full_name: str, language: str, grants: Iterable[Grant]) -> None:
    """Give somebody an account, as an invitation that was accepted leaves it."""
    with database.write() as session:
        account = DbAccount(
            name=name, email=f"{name}@example.org", full_name=full_name, language=Tag(language), active=True,
            created_at=datetime.now(UTC), fs_uniquifier=f"session of {name}",
        )  # fmt: skip
        account.grants = [DbGrant(role=grant.role, locale=grant.locale or "") for grant in grants]
        session.add(account)


def open_office(place: Place) -> None:
    """What a desk begins with: the tree in step, and the staff."""
    place.sync()
    for name, (full_name, language, grants) in STAFF.items():
        hire(place.database, name, full_name, language, grants)


class Compiled(BytecodeCache):
    """Templates compiled once, and not anew for every test's application."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


FOR_READERS, FOR_THE_DESK = Compiled(), Compiled()


@dataclass
class TestDesk:
    """The whole application over a small tree, which `place` has; addresses of the desk begin with `/desk/`."""

    __test__ = False
    root: Path
    url: str
    provider: IdentityProvider | None = None
    fresh: bool = True

    def __post_init__(self) -> None:
        self.place = Place(self.root, self.url, fresh=self.fresh)
        self.place.settings = replace(self.place.settings, provider=self.provider)
        if self.fresh:
            open_office(self.place)
        self.readers = create_app(
            self.place.settings, reader=ReadModel(self.place.database), counter=FakeCounter(), desk=self._desk
        )
        self.readers.jinja_env.bytecode_cache = FOR_READERS

    def _desk(self, published: Published) -> Flask:
        self.app = create_desk(self.place.settings, self.place.database, published, readers=self._shown)
        self.app.jinja_env.bytecode_cache = FOR_THE_DESK
        self.app.config["WTF_CSRF_ENABLED"] = False  # tests of forms switch it on
        return self.app

    def _shown(self, reader: Reader) -> Flask:
        return create_app(self.place.settings, reader=reader, counter=FakeCounter())

    def client(self) -> FlaskClient:
        """The browser of a stranger, who can ask readers' pages and the desk alike."""
        return self.readers.test_client()

    def signed_in(self, name: str, *, hours_ago: int = 0) -> FlaskClient:
        """The browser of somebody who signed in."""
        client, secret, now = self.client(), new_secret(), datetime.now(UTC) - timedelta(hours=hours_ago)
        with self.place.database.write() as session:
            account = session.scalars(select(DbAccount).where(DbAccount.name == name)).one()
            sittings.begin(session, account.id, secret, address="127.0.0.1", agent="a test", now=now)
            cookie = {"_user_id": account.fs_uniquifier, "sitting": secret, "proven": True, "fs_paa": now.timestamp()}
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        client.set_cookie("desk", str(signer.dumps(cookie)), path="/desk")
        return client
