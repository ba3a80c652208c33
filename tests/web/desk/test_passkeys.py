"""Passkeys in Debian's chromium, with a made-up authenticator: it keeps keys, and asks for a finger."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from sqlalchemy import select

from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.sign_ins import DbPasskey
from tests.databases import on_both
from tests.desk import TestDesk
from tests.web.browser import served
from tests.web.desk.test_signing_in import PASSWORD, choose

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Person:
    """Somebody at a browser with an authenticator of their own."""

    def __init__(self, page: Page, devtools: CDPSession, base: str) -> None:
        self.page, self.base, self._devtools = page, base, devtools
        devtools.send("WebAuthn.enable")
        self.device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def reads(self, words: str) -> None:
        self.page.get_by_text(words).wait_for()

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def has_typed(self, name: str) -> None:
        """Sign in by password as far as it goes."""
        self.opens("/desk/sign-in")
        self.page.get_by_label("Name or e-mail address").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Sign in")

    def adds_a_passkey(self, called: str) -> None:
        self.opens("/desk/account/passkeys")
        self.page.get_by_label("What you call it").fill(called)
        self.presses("Add a passkey")
        self.page.wait_for_url("**/desk/account/")

    def leaves(self) -> None:
        self.opens("/desk/account/")
        self.presses("Sign out")

    def refuses(self, *, refuses: bool) -> None:
        """Let the device say no: the finger is not that of its owner."""
        options = {"authenticatorId": self.device, "isUserVerified": not refuses}
        self._devtools.send("WebAuthn.setUserVerified", options)


@contextmanager
def at(desk: TestDesk, browser: Browser) -> Iterator[Person]:
    desk.app.config["WTF_CSRF_ENABLED"] = True
    with served(desk.readers) as address:
        context = browser.new_context(locale="en")
        page = context.new_page()
        faults = list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if "Policy" in message.text else None)
        yield Person(page, context.new_cdp_session(page), address.replace("127.0.0.1", "localhost"))
        context.close()
        assert faults == []


def test_a_passkey_is_added_and_lets_in_without_a_password(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("My phone")
        assert (
            "You can sign in with the passkey “My phone”" in elena.page.content() or "My phone" in elena.page.content()
        )
        elena.leaves()
        elena.opens("/desk/sign-in?next=/desk/account/")
        elena.presses("Sign in with a passkey")
        elena.page.wait_for_url("**/desk/account/")
        assert "Elena Editor" in elena.page.inner_text("h1")
    with desk.place.database.read() as session:
        actions = session.scalars(select(DbEvent.action).where(DbEvent.subject.startswith("account/"))).all()
        assert [one for one in actions if one in {"passkey", "sign-in", "sign-out"}] == [
            "sign-in", "passkey", "sign-out", "sign-in",
        ]  # fmt: skip


@on_both
def test_who_coordinates_needs_nothing_but_a_passkey(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        grants = {"had": ["reviewer:en"], "grant": ["reviewer:en", "coordinator"]}
        desk.app.config["WTF_CSRF_ENABLED"] = False
        desk.signed_in("adil").post("/desk/people/elena/grant", data=grants)
        desk.app.config["WTF_CSRF_ENABLED"] = True
        elena.opens("/desk/")
        assert "/desk/sign-in" in elena.page.url, "the role takes more than the password they came in by"
        elena.presses("Sign in with a passkey")
        elena.page.wait_for_url("**/desk/")


def test_after_the_password_the_passkey_is_asked_for_and_no_app_is_set_up(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        elena.leaves()
        elena.has_typed("elena")
        elena.page.wait_for_url("**/desk/sign-in/passkey**")
        elena.opens("/desk/second-factor")
        assert "/desk/sign-in" in elena.page.url, "who knows the password alone cannot set up an app of their own"
        elena.has_typed("elena")
        elena.presses("Use a passkey")
        elena.page.wait_for_url("**/desk/")


@on_both
def test_somebody_elses_passkey_is_no_second_factor(desk: TestDesk, browser: Browser) -> None:
    for name in ("elena", "kanat"):
        choose(desk, name)
    with at(desk, browser) as thief:
        thief.has_typed("elena")
        thief.adds_a_passkey("key")
        with desk.place.database.write() as session:
            row = session.scalars(select(DbPasskey)).one()
            kanat = session.scalars(select(DbAccount).where(DbAccount.name == "kanat")).one()
            session.add(
                DbPasskey(
                    account_id=kanat.id, name="theirs", credential_id=b"theirs", public_key=row.public_key,
                    sign_count=0, transports="", device_type="single_device", backup_state=False, used_at=row.used_at,
                )
            )  # fmt: skip
        thief.leaves()
        thief.has_typed("kanat")
        thief.presses("Use a passkey")
        thief.reads("This passkey cannot be used here.")
        thief.opens("/desk/")
        assert "/desk/sign-in" in thief.page.url


def test_a_device_that_refuses_says_so_and_asks_again(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        elena.leaves()
        elena.refuses(refuses=True)
        elena.opens("/desk/sign-in")
        elena.presses("Sign in with a passkey")
        elena.reads("That did not work, or was broken off.")
        elena.refuses(refuses=False)
        elena.presses("Ask again")
        elena.page.wait_for_url("**/desk/")


@on_both
def test_a_passkey_that_was_taken_away_opens_nothing(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        elena.opens("/desk/account/passkeys")
        elena.presses("Take away “key”")
        elena.reads("opens nothing here any more")
        elena.leaves()
        elena.opens("/desk/sign-in")
        elena.presses("Sign in with a passkey")
        elena.reads("This passkey cannot be used here.")


def test_who_was_deactivated_is_not_let_in_by_a_passkey(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        desk.app.config["WTF_CSRF_ENABLED"] = False
        desk.signed_in("adil").post("/desk/people/elena/switch", data={"active": "no"})
        desk.app.config["WTF_CSRF_ENABLED"] = True
        elena.opens("/desk/sign-in")
        elena.presses("Sign in with a passkey")
        elena.reads("The sign-in failed")
        elena.opens("/desk/")
        assert "/desk/sign-in" in elena.page.url


def test_it_is_shown_again_by_a_passkey_that_one_is_oneself(desk: TestDesk, browser: Browser) -> None:
    choose(desk, "elena")
    with at(desk, browser) as elena:
        elena.has_typed("elena")
        elena.adds_a_passkey("key")
        elena.opens("/desk/account/confirm?next=/desk/second-factor")
        elena.presses("Use a passkey")
        elena.page.wait_for_url("**/desk/second-factor")
