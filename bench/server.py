"""Applications served by gunicorn with one worker of four threads, as long as a block runs."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

APPLICATION: Final = "app.factory:application()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server of one worker: its port, and the process that began it."""

    port: int
    process: int

    def memory(self) -> int:
        """Return the bytes that the worker has in memory (Linux; elsewhere 0)."""
        status = "".join((worker / "status").read_text() for worker in _workers(self.process))
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024 if status else 0

    def spent(self, work: Callable[[], object]) -> float:
        """Return how many seconds of a processor the worker needs for some work, which others hardly change.

        Elsewhere than on Linux: how long it takes on the clock.
        """
        before, begun = self._processor(), time.perf_counter()
        work()
        after, ended = self._processor(), time.perf_counter()
        return (after - before) / 1e9 if after else ended - begun

    def _processor(self) -> int:
        """Return the nanoseconds that the worker's threads have run (proc(5) of the kernel: schedstat)."""
        threads = (thread for worker in _workers(self.process) for thread in worker.glob("task/*/schedstat"))
        return sum(int(thread.read_text().split()[0]) for thread in threads)


def _workers(process: int) -> list[Path]:
    children = Path(f"/proc/{process}/task/{process}/children")
    return [Path(f"/proc/{child}") for child in children.read_text().split()] if children.exists() else []


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens, for twenty seconds at most."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@contextmanager
def served(application: str, env: Mapping[str, str], cwd: Path) -> Iterator[Server]:
    """Serve an application until the block ends."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--threads", "4", "--worker-class", "gthread", "--keep-alive", "60", "--log-level", "error",
        "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=cwd)
    try:
        wait_for(port)
        yield Server(port=port, process=server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
