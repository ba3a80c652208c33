"""How often a stranger may try at the door: against names, addresses and second factors (`services/throttle.py`).

Who knows somebody's name can hold up others who guess at it, but not its owner: a device from which the owner signed in
before is counted apart, and a one-time link makes any device one of those.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from flask import Flask, Response, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from app.services import throttle
from app.services.throttle import ADDRESS, CODE, DEVICE, NAME, Limit
from app.storage.database import Database
from app.web.desk.cookies import cookie_name
from app.web.desk.signed_in import Deed

_COOKIE: Final = "desk_device"
_YEAR: Final = 365 * 24 * 3600

Bucket = tuple[str, Limit]


class Gate:
    """One per application; it counts an attempt before it is looked at, and forgets it where it was the owner's."""

    def __init__(self, database: Database, key: bytes, path: str) -> None:
        self._database, self._key, self._path = database, key, path
        self.clock: Callable[[], datetime] = utc_now
        self._signer = URLSafeSerializer(key, salt="device")

    def install(self, app: Flask) -> None:
        """Let a device be known from a sign-in on."""
        app.extensions["gate"] = self
        app.after_request(self._remembered)

    def of_name(self, name: str, typed: str) -> timedelta | None:
        """Count an attempt at what was `typed`; return how long to wait where there were too many, and none is made.

        A device of the owner's (`name`) is counted by itself, whatever comes from the same address. Any other is
        counted by what was typed: were it by the account, a name and an address would betray that they are one's.
        """
        device = self._device()
        if device is not None and device[0] == name:
            return self._take([(self._named("device", *device), DEVICE)])
        return self._take([self._here(), (self._named("name", typed), NAME)])

    def of_code(self, account: str) -> timedelta | None:
        """Count a code that is tried as somebody's second factor."""
        return self._take([self._here(), (self._named("code", account), CODE)])

    def of_address(self) -> timedelta | None:
        """Count what is tried against no name: a passkey, a link."""
        return self._take([self._here()])

    def welcome(self, name: str, identity: str) -> Deed:
        """Know this device from now on; return what forgets all that was held against somebody who has come in."""
        device = self._device()
        if device is None or device[0] != name:
            device = (name, secrets.token_urlsafe(12))
        g.device = self._signer.dumps(list(device))
        buckets = [self._named("device", *device), self._named("name", name), self._named("code", identity)]
        return partial(throttle.give_back, buckets=buckets)

    def _take(self, buckets: Sequence[Bucket]) -> timedelta | None:
        """Count in each bucket until one is full: behind an address that is, nothing is written of what was typed.

        Addresses come first, always: so two who try at once never wait for each other.
        """
        now = self.clock()
        with self._database.write() as session:
            waits = (throttle.take(session, key, limit, now=now) for key, limit in buckets)
            wait = next((wait for wait in waits if wait is not None), None)
            throttle.sweep(session, now=now)
        return wait

    def _here(self) -> Bucket:
        return self._named("address", throttle.network(request.remote_addr or "")), ADDRESS

    def _named(self, *parts: str) -> str:
        return throttle.key(self._key, *parts)

    def _device(self) -> tuple[str, str] | None:
        """Return whose device this is, and which; None where nobody has signed in yet."""
        try:
            name, number = self._signer.loads(request.cookies.get(cookie_name(_COOKIE), ""))
        except (BadSignature, TypeError, ValueError):
            return None
        return str(name), str(number)

    def _remembered(self, response: Response) -> Response:
        if "device" in g:
            response.set_cookie(
                cookie_name(_COOKIE), g.device, max_age=_YEAR, path=self._path, secure=request.is_secure, httponly=True,
                samesite="Strict",
            )  # fmt: skip
        return response


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
