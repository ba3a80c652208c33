"""Servers that tests start: each on a port of its own, and waited for without taking the processor from them."""

import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

_SETPRIV = shutil.which("setpriv")  # of util-linux, which every Debian has
WITH_US = [_SETPRIV, "--pdeathsig", "TERM"] if _SETPRIV else []
"""Put before a command: it is told to end also when the tests are killed and can tell it nothing."""


@contextmanager
def free_port() -> Iterator[int]:
    """Give a port that nobody else is given meanwhile, and that a server with SO_REUSEADDR may listen on.

    Linux lets two sockets have one address as long as one of them does not listen; other systems may refuse the second,
    so that there the port can only be found, and not kept.
    """
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        port: int = keeper.getsockname()[1]
        if sys.platform != "linux":
            keeper.close()
        yield port


def moments(seconds: float) -> Iterator[None]:
    """Come round again and again until so many seconds have passed, for what another process does in its own time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        Event().wait(0.05)
