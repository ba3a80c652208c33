"""Requests sent many at a time on one connection (RFC 9112, 9.3.2), so that the client costs next to nothing."""

import socket
from dataclasses import dataclass

from bench.load import Answer, one

_AT_A_TIME, _A_CONNECTION = 50, 800  # nginx closes a connection after 1,000


@dataclass(frozen=True, slots=True)
class Burst:
    """Asks one address of a server whose answers to it are all equally long, headers included."""

    port: int
    path: str
    host: str

    def first(self) -> Answer:
        """Return one answer by itself."""
        return one(self.port, self.path, host=self.host)

    def ask(self, requests: int) -> None:
        """Ask so many times; whatever isn't 200 raises RuntimeError."""
        for sent in range(0, requests, _A_CONNECTION):
            self._ask(min(_A_CONNECTION, requests - sent))

    def _ask(self, requests: int) -> None:
        request = f"GET {self.path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            length = self._length(connection)
            for sent in range(1, requests, _AT_A_TIME):
                more = min(_AT_A_TIME, requests - sent)
                connection.sendall(request * more)
                _take(connection, length * more)

    def _length(self, connection: socket.socket) -> int:
        """Read the first answer; return its length, headers included."""
        taken = b""
        while b"\r\n\r\n" not in taken:
            taken += connection.recv(65536)
        head, _, body = taken.partition(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise RuntimeError(head.decode("latin-1"))
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        _take(connection, length - len(body))
        return len(head) + 4 + length


def _take(connection: socket.socket, length: int) -> None:
    while length > 0:
        length -= len(connection.recv(min(length, 1 << 20))) or _ended()


def _ended() -> int:
    raise ConnectionError("the server closed the connection")
