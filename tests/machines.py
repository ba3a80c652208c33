"""Servers on this machine that speak LibreTranslate's and DeepL's protocols, and can be told to say anything else."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from app.config import MachineService

KEY = "a-secret-key"
PAIRS = {"en": ["ky", "ru", "pt-BR"], "ru": ["ky"]}


@dataclass
class FakeMachine:
    """What it was asked, and what it says: `instead` is an answer of its own, `words` its translation of a text."""

    protocol: str
    port: int = 0
    words: Callable[[str], str] = lambda text: f"Мына {text}"
    instead: tuple[int, bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, list[str]] = field(default_factory=lambda: dict(PAIRS))
    asked: list[dict[str, object]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def service(self, *, key: str = KEY, timeout: float = 5.0, budget: int = 100_000, port: int = 0) -> MachineService:
        address = f"http://127.0.0.1:{port or self.port}"
        return MachineService(protocol=self.protocol, address=address, key=key, timeout=timeout, budget=budget)

    def texts(self) -> list[str]:
        """Everything that it was given to translate."""
        return [text for said in self.asked for text in self.texts_in(said)]

    def texts_in(self, said: dict[str, object]) -> list[str]:
        """What one request gives it to translate."""
        texts = said["q" if self.protocol == "libretranslate" else "text"]
        assert isinstance(texts, list)
        return texts

    def answer(self, path: str, said: dict[str, object] | None) -> tuple[int, bytes]:
        if self.instead is not None:
            return self.instead
        if path == "/languages":
            return _json([{"code": one, "name": one, "targets": targets} for one, targets in self.pairs.items()])
        if path.startswith("/v2/languages"):
            every = (
                self.pairs if path.endswith("source") else {one for targets in self.pairs.values() for one in targets}
            )
            return _json([{"language": one.upper(), "name": one} for one in every])
        assert said is not None
        self.asked.append(said)
        if path == "/translate":
            return _json({"translatedText": [self.words(text) for text in self.texts_in(said)]})
        texts = (self.words(text) for text in self.texts_in(said))
        return _json({"translations": [{"text": text, "detected_source_language": "EN"} for text in texts]})


def _json(said: object) -> tuple[int, bytes]:
    return 200, json.dumps(said).encode()


@contextmanager
def machine(protocol: str = "libretranslate") -> Iterator[FakeMachine]:
    """Run such a server."""
    fake = FakeMachine(protocol)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the server calls
            self._answer(None)

        def do_POST(self) -> None:  # as above
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, said: dict[str, object] | None) -> None:
            fake.paths.append(self.path)
            fake.keys.append(self.headers["Authorization"])
            status, body = fake.answer(self.path, said)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **fake.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Say nothing of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silence(protocol: str = "libretranslate") -> Iterator[MachineService]:
    """Where somebody listens who never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield MachineService(protocol=protocol, address=address, key=KEY, timeout=0.05)
