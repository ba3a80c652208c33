"""Links into the desk that come by mail: whoever forgot the password, and who is invited."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.errors import NotFound
from app.services import link_letters, links
from app.services.link_letters import Why
from app.storage.accounts import DbAccount
from app.storage.outbox import DbWork
from tests.mail import MailBox, body, mail_server
from tests.trees import Place
from tests.worker.post.office import URL, office


def wish(place: Place, typed: str, why: Why = Why.FORGOTTEN) -> None:
    with place.database.write() as session:
        link_letters.ask(session, typed, why, now=datetime.now(UTC))


@pytest.mark.parametrize("typed", ["rita", " RITA@example.org "])
def test_who_forgot_the_password_gets_a_link_in_their_language_that_works_once(
    place: Place, box: MailBox, typed: str
) -> None:
    wish(place, typed)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert box.recipients == [["rita@example.org"]]
    assert letter["List-Unsubscribe"] is None
    (secret,) = set(re.findall(rf"{URL}/desk/link/(\S+)", body(letter, "plain")))
    with place.database.write() as session:
        assert links.redeem(session, secret, "a hash", now=datetime.now(UTC)).name == "rita"
    with place.database.read() as session, pytest.raises(NotFound):
        links.owner(session, secret, now=datetime.now(UTC))


@pytest.mark.parametrize("typed", ["nobody", "nobody@example.org", "", "%", "x" * 5000])
def test_a_wish_for_a_link_of_nobody_sends_nothing_and_leaves_nothing(place: Place, box: MailBox, typed: str) -> None:
    wish(place, typed)
    assert office(place, box.address).look() == 0
    assert box.letters == []
    with place.database.read() as session:
        assert session.scalars(select(DbWork).where(DbWork.kind == Why.FORGOTTEN)).all() == []


def test_a_stranger_who_asks_for_somebodys_link_does_not_end_their_invitation(place: Place, box: MailBox) -> None:
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        invitation = links.issue(session, rita, lasting=links.INVITATION, now=datetime.now(UTC))
    wish(place, "rita")
    assert office(place, "smtp://127.0.0.1:1").look() == 0
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    assert office(place, box.address).look() == 1
    with place.database.read() as session:
        assert links.owner(session, invitation, now=datetime.now(UTC)).name == "rita"


def test_who_asks_for_others_again_and_again_does_not_fill_their_mailbox(place: Place, box: MailBox) -> None:
    for _ in range(5):
        wish(place, "rita")
    assert office(place, box.address).look() == 1
    assert len(box.letters) == 1


def test_who_is_invited_gets_a_letter_in_their_language_whose_link_replaces_those_before(
    place: Place, box: MailBox
) -> None:
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        older = links.issue(session, rita, lasting=links.INVITATION, now=datetime.now(UTC))
    wish(place, "rita", Why.INVITED)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    (secret,) = set(re.findall(rf"{URL}/desk/link/(\S+)", body(letter, "plain")))
    assert "rita" in body(letter, "plain")
    with place.database.read() as session:
        assert links.owner(session, secret, now=datetime.now(UTC) + timedelta(days=6)).name == "rita"
        with pytest.raises(NotFound):
            links.owner(session, older, now=datetime.now(UTC))


def test_an_invitation_waits_for_a_mail_server_that_is_away(place: Place, box: MailBox) -> None:
    wish(place, "rita", Why.INVITED)
    for _ in range(10):
        assert office(place, "smtp://127.0.0.1:1").look() == 0
        with place.database.write() as session:
            session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    assert office(place, box.address).look() == 1
    assert len(box.letters) == 1


def test_somebody_who_was_deactivated_gets_no_link(place: Place, box: MailBox) -> None:
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(active=False))
    wish(place, "rita")
    assert office(place, box.address).look() == 0


def test_a_link_that_the_mail_server_did_not_take_is_sent_when_it_does(place: Place) -> None:
    wish(place, "rita")
    assert office(place, "smtp://127.0.0.1:1").look() == 0
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    with mail_server() as box:
        assert office(place, box.address).look() == 1
        assert len(box.letters) == 1
