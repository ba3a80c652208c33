"""The line to a machine: one request with JSON in it, one answer of bounded size and time. No redirect is followed."""

import json
import ssl
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from app.config import MachineService
from app.domain.said import saying
from app.worker.machine import MachineError

LARGEST = 4_000_000
"""Bytes of an answer that are read; what is larger is refused."""

_LONGEST_WAIT = 3600
_CHUNK = 65_536

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    wait: timedelta | None

    def read(self, shape: msgspec.json.Decoder[Shape]) -> Shape:
        """Return what it says; MachineError if it says something else."""
        try:
            return shape.decode(self.body)
        except (msgspec.MsgspecError, UnicodeError):
            raise MachineError(saying("the machine's answer cannot be understood")) from None


def ask(service: MachineService, path: str, *, said: object = None, key: str = "") -> Answer:
    """Send `said` as JSON (or nothing: GET) and return the answer. `key` is the header that says who we are.

    MachineError if there is none in time, it is too large, or its status is one that all protocols share. No error
    quotes what was sent or received.
    """
    until = monotonic() + service.timeout
    there = urlsplit(service.address)
    connection = _connection(service)
    try:
        headers = {"Accept": "application/json", **({"Authorization": key} if key else {})}
        if said is None:
            connection.request("GET", there.path + path, headers=headers)
        else:
            body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
            connection.request("POST", there.path + path, body, {"Content-Type": "application/json", **headers})
        with connection.getresponse() as response:
            answer = Answer(status=response.status, body=_read(response, until), wait=_wait(response))
    except (OSError, HTTPException):
        raise MachineError(saying("the machine does not answer")) from None
    finally:
        connection.close()
    return _well(answer)


def _connection(service: MachineService) -> HTTPConnection:
    there = urlsplit(service.address)
    if there.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(there.hostname or "", there.port, timeout=service.timeout, context=context)
    return HTTPConnection(there.hostname or "", there.port, timeout=service.timeout)


def _read(response: HTTPResponse, until: float) -> bytes:
    found = bytearray()
    while chunk := response.read1(_CHUNK):
        found += chunk
        if len(found) > LARGEST:
            raise MachineError(saying("the machine's answer is too large"), for_good=True)
        if monotonic() > until:
            raise TimeoutError
    return bytes(found)


def _wait(response: HTTPResponse) -> timedelta | None:
    written = response.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(written[:6]), _LONGEST_WAIT)) if written.isascii() and written.isdigit() else None


def _well(answer: Answer) -> Answer:
    match answer.status:
        case 200:
            return answer
        case 401 | 403:
            raise MachineError(saying("the machine does not accept our key"), for_good=True)
        case 413:
            raise MachineError(saying("this is too long for the machine"), for_good=True, of_text=True)
        case 429:
            raise MachineError(saying("the machine was asked too often"), wait=answer.wait)
        case 456:
            raise MachineError(saying("what the machine may translate for us is used up"), for_good=True)
        case 400:
            raise MachineError(saying("the machine refuses this text, or its language"), for_good=True, of_text=True)
    reason = saying("the machine answered with error %(number)s", number=answer.status)
    raise MachineError(reason, for_good=answer.status < 500, wait=answer.wait)
