"""`make serve`: one parent, the web server and the worker under it; none of them outlives it."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from types import FrameType

import click

from app.queries.reading import site as site_of
from app.services import accounts, links
from app.storage.tree_lock import only_synchroniser
from app.worker.progress import progress
from app.worker.synchroniser import Synchroniser
from app.worker.workplace import Workplace

_PATIENCE = 60  # seconds until the web server has to answer
_PAUSE = 5.0  # seconds before a worker that ended is started again
_PR_SET_PDEATHSIG = 1  # prctl(2)

_Process = subprocess.Popen[bytes]


def serve(place: Workplace, host: str, port: int) -> int:
    """Synchronise once, start the web server and a worker, and say the address when pages are served.

    Return an exit status, 1 where nothing can be served there. Ends when it is told to, or when the web server ends by
    itself; a worker that does is started again, since pages are served without one.
    """
    if not _is_free(host, port):
        return 1
    _synchronise(place)
    address = f"http://{_readable(host)}:{port}"
    first_link = _first_link(place, address)
    place.database.dispose()
    signal.signal(signal.SIGTERM, _told)
    web, worker = _web(host, port), _worker()
    try:
        if _answers(host, port, web):
            click.echo(f"Tilmash serves {address}/")
            if first_link is not None:
                click.echo(f"Sign in as its administrator, by a link for one use: {first_link}")
        while web.poll() is None:
            if worker.poll() is not None:
                click.echo(f"the worker ended with status {worker.returncode}; it is started again", err=True)
                time.sleep(_PAUSE)
                worker = _worker()
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(web, worker)
    return 1


def _first_link(place: Workplace, address: str) -> str | None:
    """Return the link by which the first administrator chooses a password; None where anybody has an account."""
    with place.database.write() as session:
        site = site_of(session)
        account = accounts.first(session, site.default) if site is not None else None
        if site is None or account is None:
            return None
        secret = links.issue(session, account, lasting=links.INVITATION, now=datetime.now(UTC))
        return links.address(site.url or address, secret)


def _is_free(host: str, port: int) -> bool:
    """Tell whether the address can be had; say so if not, before anybody waits for the first synchronisation."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = error.strerror or str(error)
        click.echo(f"{_readable(host)}:{port} cannot be served on ({reason}); PORT and HOST choose another", err=True)
        return False
    return True


def _told(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _web(host: str, port: int) -> _Process:
    return _start(
        "gunicorn", "app.factory:application()", "--config", "python:app.web.request_line", "--bind", f"{host}:{port}",
        "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "warning",
        "--no-control-socket",  # it would stand in the home folder
        "--forwarder-headers", "",  # or a reader behind a proxy could name another path than he asks for
    )  # fmt: skip


def _worker() -> _Process:
    return _start("app", "worker")


def _start(module: str, *arguments: str) -> _Process:
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(  # noqa: S603  # our own command
        command,
        env=environment,
        preexec_fn=_end_with_parent,  # noqa: PLW1509  # there are no threads here
    )


def _end_with_parent() -> None:
    """Let a child be told when its parent was killed outright and can tell it nothing (on Linux; nowhere else)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _readable(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _synchronise(place: Workplace) -> None:
    """Bring all in step before the first page; what there is to say of it the worker says, which looks at all again."""
    with only_synchroniser(place.database.engine, place.settings.data):
        synchroniser = Synchroniser(place.database, place.tree, place.store, tell=lambda _: None)
        synchroniser.read_site()
        for name in progress(synchroniser.documents(), "Reading content and translations"):
            synchroniser.attempt(name)


def _answers(host: str, port: int, web: _Process) -> bool:
    address = f"http://{_readable('127.0.0.1' if host == '0.0.0.0' else host)}:{port}/healthz"  # noqa: S104  # compared, not bound
    for _ in range(_PATIENCE * 10):
        if web.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(address, timeout=2):  # our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _end(*processes: _Process) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
