"""People are invited, get roles, lose them; the journal hears of it and holds no name."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.errors import Forbidden, NotAllowed, NotFound
from app.domain.invitations import BadAccount, Fault, Invitation
from app.domain.people import Actor, Channel, Grant
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Role
from app.queries import accounts as queries
from app.services import accounts, links, sittings
from app.storage.accounts import DbAccount
from app.storage.database import Database
from app.storage.journal import DbEvent, verify
from app.storage.sign_ins import DbLink, DbSitting, new_secret

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SITE = Site(
    name="CARICC", full_name="", address="", city="Almaty", zone=ZoneInfo("Asia/Almaty"), countries=(),
    default=Tag("en"), locales={Tag("en"): (), Tag("kk"): ()},
)  # fmt: skip
ADMIN = Actor(name="adil", channel=Channel.DESK, roles=frozenset({Role.ADMINISTRATOR}))
NOBODY = Actor(name="ana", channel=Channel.DESK, roles=frozenset(set(Role) - {Role.ADMINISTRATOR}))
ANA = Invitation(
    name="ana", full_name="Ana Ivanova", email="ana@example.org", language=Tag("kk"),
    grants=frozenset({Grant(role=Role.AUTHOR)}),
)  # fmt: skip
TRANSLATOR = Grant(role=Role.TRANSLATOR, locale=Tag("kk"))


def invite(database: Database, invitation: Invitation = ANA) -> str:
    with database.write() as session:
        account = accounts.invite(session, invitation, ADMIN, SITE)
        return links.issue(session, account, lasting=links.INVITATION, now=NOW)


def roles(database: Database, name: str = "ana") -> set[Grant]:
    with database.read() as session:
        found = queries.one(session, name)
        assert found is not None
        return set(found.person.grants)


def test_only_who_administrates_invites_grants_revokes_and_deactivates(database: Database) -> None:
    invite(database)
    with database.read() as session:
        for deed in (
            lambda: accounts.invite(session, ANA, NOBODY, SITE),
            lambda: accounts.grant(session, "ana", TRANSLATOR, NOBODY, SITE),
            lambda: accounts.revoke(session, "ana", Grant(role=Role.AUTHOR), NOBODY),
            lambda: accounts.set_active(session, "ana", NOBODY, active=False),
            lambda: accounts.describe(session, "adil", NOBODY, SITE, full_name="x", email="x@example.org"),
        ):
            with pytest.raises(Forbidden):
                deed()


def test_a_role_counts_from_its_grant_to_its_revocation(database: Database) -> None:
    invite(database)
    with database.write() as session:
        accounts.grant(session, "ana", TRANSLATOR, ADMIN, SITE)
        accounts.grant(session, "ana", TRANSLATOR, ADMIN, SITE)
    assert roles(database) == {Grant(role=Role.AUTHOR), TRANSLATOR}
    with database.write() as session:
        accounts.revoke(session, "ana", TRANSLATOR, ADMIN)
        accounts.revoke(session, "ana", TRANSLATOR, ADMIN)
    assert roles(database) == {Grant(role=Role.AUTHOR)}


def test_two_people_never_share_a_name_or_an_address(database: Database) -> None:
    invite(database)
    with database.read() as session, pytest.raises(BadAccount) as refused:
        accounts.invite(session, ANA, ADMIN, SITE)
    assert refused.value.faults == (Fault.NAME_TAKEN, Fault.EMAIL_TAKEN)


def test_the_journal_hears_of_it_all_and_holds_no_name_or_address(database: Database) -> None:
    invite(database)
    with database.write() as session:
        accounts.grant(session, "ana", TRANSLATOR, ADMIN, SITE)
        accounts.revoke(session, "ana", TRANSLATOR, ADMIN)
        accounts.set_active(session, "ana", ADMIN, active=False)
    with database.read() as session:
        rows = session.scalars(select(DbEvent).order_by(DbEvent.number)).all()
        assert [(row.source, row.action) for row in rows] == [
            ("desk", action) for action in ("invite", "grant", "grant", "revoke", "deactivate")
        ]
        assert len({row.subject for row in rows}) == 1
        written = " ".join(f"{row.subject} {row.actor} {row.details}" for row in rows)
        assert not [word for word in ("ana", "Ivanova", "example.org", "adil") if word in written]
        assert '"locale": "kk", "role": "translator"' in rows[2].details
        assert list(verify(session)) == []


def test_somebody_always_administrates(database: Database) -> None:
    with database.write() as session:
        first = accounts.first(session, Tag("en"))
        assert first is not None
        assert accounts.first(session, Tag("en")) is None
    last = Grant(role=Role.ADMINISTRATOR)
    with database.write() as session:
        with pytest.raises(NotAllowed, match="somebody has to administrate"):
            accounts.revoke(session, accounts.FIRST, last, ADMIN)
        with pytest.raises(NotAllowed, match="somebody has to administrate"):
            accounts.set_active(session, accounts.FIRST, ADMIN, active=False)
    invite(database)
    with database.write() as session:
        accounts.grant(session, "ana", last, ADMIN, SITE)
        accounts.revoke(session, accounts.FIRST, last, ADMIN)


def test_who_is_deactivated_has_no_session_and_no_link(database: Database) -> None:
    secret = invite(database)
    with database.write() as session:
        account = accounts.held(session, "ana")
        sittings.begin(session, account.id, new_secret(), address="192.0.2.1", agent="Firefox", now=NOW)
        accounts.set_active(session, "ana", ADMIN, active=False)
    with database.read() as session:
        assert [*session.scalars(select(DbSitting.id)), *session.scalars(select(DbLink.id))] == []
        with pytest.raises(NotFound):
            links.owner(session, secret, now=NOW)


def test_a_link_counts_once_until_it_expires_or_a_newer_one_is_made(database: Database) -> None:
    old = invite(database)
    with database.write() as session:
        new = links.issue(session, accounts.held(session, "ana"), lasting=links.RESET, now=NOW)
    with database.read() as session:
        for secret, now in ((old, NOW), (new, NOW + links.RESET), ("", NOW), ("x", NOW)):
            with pytest.raises(NotFound):
                links.owner(session, secret, now=now)
        assert links.owner(session, new, now=NOW).name == "ana"
    with database.write() as session:
        links.redeem(session, new, "a hash", now=NOW)
    with database.read() as session, pytest.raises(NotFound):
        links.redeem(session, new, "another hash", now=NOW)
    with database.read() as session:
        assert session.scalars(select(DbAccount.password)).one() == "a hash"


def test_no_secret_that_is_handed_out_stands_in_the_database(database: Database) -> None:
    secret, cookie = invite(database), new_secret()
    with database.write() as session:
        sittings.begin(session, accounts.held(session, "ana").id, cookie, address="", agent="", now=NOW)
    with database.read() as session:
        kept = {*session.scalars(select(DbLink.digest)), *session.scalars(select(DbSitting.digest))}
    assert len(kept) == 2
    assert not any(given in one for one in kept for given in (secret, cookie))


def test_a_session_ends_by_itself(database: Database) -> None:
    invite(database)
    secret = new_secret()
    with database.write() as session:
        sittings.begin(session, accounts.held(session, "ana").id, secret, address="", agent="", now=NOW)
    with database.write() as session:
        used = NOW
        while used + sittings.IDLE / 2 < NOW + sittings.LONGEST:
            used += sittings.IDLE / 2
            found = sittings.of(session, secret, now=used)
            assert found is not None
            sittings.note_seen(session, found[1].id, now=used)
        assert sittings.of(session, secret, now=NOW + sittings.LONGEST) is None
    with database.read() as session:
        assert sittings.of(session, secret, now=used + sittings.IDLE) is None
