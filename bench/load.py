"""A client that asks one address over several kept connections, on loopback: HTTP by hand, so that it costs little."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import count

CONNECTIONS = 4

_NUMBERS = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers (names in lower case) and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.stream = self.socket.makefile("rb")

    def close(self) -> None:
        self.stream.close()
        self.socket.close()

    def answer(self) -> Answer:
        status = int(self.stream.readline().split()[1])
        headers: dict[str, str] = {}
        while (line := self.stream.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        length = 0 if status == 304 else int(headers["content-length"])
        return Answer(status=status, headers=headers, body=self.stream.read(length))


class Client:
    """Asks for `path` as often as it is told. With `fresh` each request names another host: no page is kept for it."""

    def __init__(self, port: int, path: str, *, held: str = "", accepted: str = "", fresh: bool = False) -> None:
        self._connections = [_Connection(port) for _ in range(CONNECTIONS)]
        self._path, self._held, self._accepted, self._fresh = path, held, accepted, fresh

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._connections:
            connection.close()

    def ask(self, times: int) -> Iterator[Answer]:
        """Yield the answers to so many requests, as many at a time as there are connections."""
        for begun in range(0, times, CONNECTIONS):
            busy = self._connections[: times - begun]
            for connection in busy:
                connection.socket.sendall(self._request(self._path, self._accepted))
            for connection in busy:
                yield connection.answer()

    def visit(self, path: str, *, accepted: str) -> Answer:
        """Return the answer to one request for another path, on each connection in turn."""
        connection = self._connections[next(_NUMBERS) % CONNECTIONS]
        connection.socket.sendall(self._request(path, accepted))
        return connection.answer()

    def _request(self, path: str, accepted: str) -> bytes:
        host = f"host{next(_NUMBERS)}.example" if self._fresh else "127.0.0.1"
        held = f"If-None-Match: {self._held}\r\n" if self._held else ""
        coding = f"Accept-Encoding: {accepted}\r\n" if accepted else ""
        return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{held}{coding}\r\n".encode()


def one(port: int, path: str, *, host: str = "127.0.0.1") -> Answer:
    """Return the answer to a single request."""
    connection = _Connection(port)
    with closing(connection):
        connection.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        return connection.answer()
