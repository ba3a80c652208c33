"""`make serve`: one parent, the web server and the worker under it; none of them outlives it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

import click

from app.services.sync.moves import Move
from app.storage.tree_lock import only_synchroniser
from app.worker.progress import progress
from app.worker.synchroniser import Synchroniser
from app.worker.workplace import Workplace

_PATIENCE = 60  # seconds until the web server has to answer


def serve(place: Workplace, host: str, port: int) -> int:
    """Synchronise once, start the web server and a worker, and say the address when pages are served.

    Return an exit status. Ends when it is told to, or when one of the two ends by itself.
    """
    _synchronise(place)
    place.database.dispose()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    web = [
        sys.executable, "-m", "gunicorn", "app.factory:application()", "--bind", f"{host}:{port}",
        "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "warning",
        "--no-control-socket",  # it would stand in the home folder
    ]  # fmt: skip
    worker = [sys.executable, "-m", "app", "worker"]
    processes = [subprocess.Popen(command, env=environment) for command in (web, worker)]  # noqa: S603  # our own commands

    def told(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, told)
    try:
        if _answers(host, port, processes[0]):
            click.echo(f"Tilmash serves http://{_readable(host)}:{port}/")
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(processes)
    return 1


def _readable(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _synchronise(place: Workplace) -> None:
    def tell(move: Move) -> None:
        if move.problem is not None:
            click.echo(str(move.problem), err=True)

    with only_synchroniser(place.database.engine, place.settings.data):
        synchroniser = Synchroniser(place.database, place.tree, place.store, tell=tell)
        synchroniser.read_site()
        for name in progress(synchroniser.documents(), "Reading content and translations"):
            synchroniser.attempt(name)


def _answers(host: str, port: int, web: subprocess.Popen[bytes]) -> bool:
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


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
