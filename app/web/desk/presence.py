"""Who is there: sessions as rows that can be listed and ended, and what the journal hears of signing in."""

import logging
from datetime import UTC, datetime
from functools import partial

from flask import Flask, flash, g, request, session
from flask_babel import gettext
from flask_security import (
    Security,
    password_changed,
    tf_code_confirmed,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)
from flask_security import current_user as visitor
from sqlalchemy.orm import Session

from app.domain.people import Actor, Channel, Person
from app.queries import accounts as queries
from app.services import accounts as people
from app.services import links, sittings
from app.storage.accounts import DbAccount
from app.storage.database import Database
from app.storage.sign_ins import new_secret
from app.web.desk.gate import Gate
from app.web.desk.signed_in import Accounts, SignedIn
from app.web.desk.tongue import come_in

log = logging.getLogger(__name__)

_KEY, _PROVEN = "sitting", "proven"


class Presence:
    """One per application: it answers who is signed in, and follows what the library does."""

    def __init__(self, database: Database, accounts: Accounts, gate: Gate) -> None:
        self._database, self._accounts, self._gate = database, accounts, gate

    def install(self, app: Flask, security: Security) -> None:
        """Look sessions up in our table, and hear of each sign-in and change of a password."""
        security.login_manager.user_loader(self._load)
        user_authenticated.connect(self._begin, app, weak=False)
        password_changed.connect(self._changed, app, weak=False)
        user_failed_authn.connect(_failed, app, weak=False)
        tf_code_confirmed.connect(self._confirmed, app, weak=False)
        for signal, action in (
            (tf_profile_changed, "second-factor"), (tf_disabled, "no-second-factor"), (wan_registered, "passkey"),
            (wan_deleted, "no-passkey"),
        ):  # fmt: skip
            signal.connect(partial(self._told, action), app, weak=False)

    def person(self) -> Person | None:
        """Return who is signed in, None for a stranger."""
        return visitor.person if visitor.is_authenticated else None

    def secret(self) -> str:
        """Return the secret of this session, empty for a stranger's."""
        return str(session.get(_KEY, ""))

    def leave(self) -> None:
        """Have this session ended when the request's work is done."""
        if visitor.is_authenticated:
            self._accounts.later(partial(sittings.end, secret=self.secret()))
            self.tell(visitor.name, "sign-out")
        session.pop(_KEY, None)

    def tell(self, name: str, action: str, **details: str) -> None:
        """Have an event about somebody's own account written with the request's work."""
        actor = Actor(name=name, channel=Channel.DESK, roles=frozenset())

        def noted(writing: Session) -> None:
            people.note_event(writing, people.held(writing, name), action, actor, **details)

        self._accounts.later(noted)

    def _load(self, identity: str) -> SignedIn | None:
        """Return whose session this is; None if it was ended, has run out, or is of before a change of password."""
        secret, now = self.secret(), datetime.now(UTC)
        if not secret:
            return None
        with self._database.read() as reading:
            found = sittings.of(reading, secret, now=now)
            if found is None or found[0].fs_uniquifier != identity:
                return None
            account, sitting = found
            shown = self._accounts.shown(reading, account)
            if shown.must_prove and not session.get(_PROVEN):
                return None  # such a role was granted after they signed in without a second factor
            stale = sitting.id if sittings.is_stale(sitting, now=now) else None
        if stale is not None:
            with self._database.write() as writing:
                sittings.note_seen(writing, stale, now=now)
        g.fs_authn_via = "session"  # as the library's own loader does
        g.fs_paa = session.get("fs_paa", 0)
        return shown

    def _begin(self, _app: Flask, *, user: SignedIn, authn_via: list[str] | None = None, **_more: object) -> None:
        """Begin a session under a new secret, whatever was in the cookie before; the old one ends."""
        old, new = self.secret(), new_secret()
        come_in()
        session.pop("csrf_token", None)
        g.pop("csrf_token", None)
        session[_KEY] = new
        address, agent = request.remote_addr or "", request.user_agent.string
        begun = partial(
            sittings.begin, account_id=user.id, secret=new, address=address, agent=agent, now=datetime.now(UTC)
        )
        self._accounts.later(self._gate.welcome(user.name, user.fs_uniquifier))
        self._accounts.later(partial(sittings.end, secret=old))
        self._accounts.later(begun)
        how = "".join((authn_via or ["second factor"])[:1])
        if how != "change":
            session[_PROVEN] = how in {"second factor", "webauthn"}
            self.tell(user.name, "sign-in", how=how)

    def _confirmed(self, _app: Flask, *, user: SignedIn, **_more: object) -> None:
        """Hear of a second factor that was set up while signing in; a code that is only asked for is no change."""
        if session.get("tf_state") == "validating_profile":
            self._told("second-factor", _app, user=user)

    def _told(self, action: str, _app: Flask, *, user: SignedIn, **_more: object) -> None:
        self.tell(user.name, action)
        if action in {"second-factor", "passkey"}:
            self._offer_codes(user)

    def _offer_codes(self, user: SignedIn) -> None:
        """Lead who proves themselves by what can be lost to recovery codes, on the next page, unless they have some."""
        with self._database.read() as reading:
            if queries.recovery_codes_left(reading, user.name):
                return
        flash(gettext("Keep recovery codes as well, so that a lost phone or key does not shut you out."), "codes")

    def _changed(self, _app: Flask, *, user: SignedIn, **_more: object) -> None:
        """Whoever else has a session or a link of this account has it no more."""
        secret, number = self.secret(), user.id

        def ended(writing: Session) -> None:
            sittings.end_all(writing, number, but=secret)
            links.withdraw(writing, writing.get_one(DbAccount, number))

        self._accounts.later(ended)
        self.tell(user.name, "password")


def _failed(_app: Flask, *, user: SignedIn, auth_type: str, **_more: object) -> None:
    log.warning("a sign-in by %s failed for account %d", auth_type, user.id)
