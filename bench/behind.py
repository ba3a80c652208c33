"""nginx with the delivered configuration, in which nothing is changed but ports, folders and the host's name."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path

from bench.burst import Burst
from bench.runs import Ratio, paired
from bench.server import APPLICATION, Server, free_port, served, wait_for

DEPLOY = Path(__file__).parents[1] / "deploy"
HOST = "news.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

_UPSTREAM = "    server 127.0.0.1:{port} max_fails=0;\n"


def delivered(folder: Path, *, port: int, workers: Sequence[int]) -> str:
    """Return the delivered configuration for these ports, with its caches in a folder; ValueError if it is another."""
    text = (DEPLOY / "nginx/tilmash.conf").read_text(encoding="utf-8")
    changes = {
        "".join(_UPSTREAM.format(port=delivered) for delivered in (8001, 8002)): "".join(
            _UPSTREAM.format(port=worker) for worker in workers
        ),
        "/var/cache/nginx": str(folder),
        "/var/log/nginx": str(folder),
        "/var/www/certbot": str(folder / "certbot"),
        "/var/www/tilmash;": f"{DEPLOY}/nginx;",
    }
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"the delivered configuration has no {old!r}")
        text = text.replace(old, new)
    return listening(text, 80, port)


def listening(text: str, delivered: int, port: int) -> str:
    """Return a configuration that listens on this machine alone, on another port; ValueError if it does not on each."""
    for old, new in (
        (f"listen {delivered}", f"listen 127.0.0.1:{port}"),
        (f"listen [::]:{delivered}", f"listen [::1]:{port}"),
    ):
        if old not in text:
            raise ValueError(f"the delivered configuration has no {old!r}")
        text = text.replace(old, new)
    return text if has_ipv6() else re.sub(r".*listen \[::1\].*\n", "", text)


@cache
def has_ipv6() -> bool:
    """Tell whether this machine can listen on `::1`."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@contextmanager
def nginx(folder: Path, site: str, *, before: Sequence[str] = ()) -> Iterator[int]:
    """Run nginx with this configuration of a site until the block ends; give its process. Errors go to `error.log`."""
    if NGINX is None:
        raise FileNotFoundError("nginx")
    folder.mkdir(exist_ok=True)
    (folder / "tilmash.conf").write_text(site, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""  # what it writes stands in a folder of ours
    main = folder / "nginx.conf"
    main.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 512; }}\n"
        "http {\n    access_log off;\n    sendfile on;\n    tcp_nopush on;\n"
        f"{temporary}    include tilmash.conf;\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([*before, NGINX, "-e", str(folder / "error.log"), "-c", str(main)])
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def through(folder: Path, env: Mapping[str, str], path: str, *, requests: int, pairs: int) -> Iterator[Ratio]:
    """Yield what a page costs behind nginx against a file of the same bytes that the same nginx sends by itself."""
    what, against = "item page behind the delivered nginx", "a static file's speed"
    if NGINX is None:
        yield Ratio(what=what, against=against, ratio=0, detail="not measured: nginx is not installed")
        return
    port, files = free_port(), free_port()
    with ExitStack() as stack:
        workers = [stack.enter_context(served(APPLICATION, env, DEPLOY.parent)) for _ in range(2)]
        site = delivered(folder, port=port, workers=[worker.port for worker in workers])
        static = f"server {{ listen 127.0.0.1:{files}; root {folder}; default_type 'text/html; charset=utf-8'; }}\n"
        server = Server(port=port, process=stack.enter_context(nginx(folder, site + static)))
        wait_for(port)
        page, file = Burst(port, path, host=HOST), Burst(files, "/page", host=HOST)
        (folder / "page").write_bytes(page.first().body)
        timed = [partial(server.spent, partial(burst.ask, requests)) for burst in (file, page)]
        ratio, other, one_ = paired(*timed, pairs=pairs)
    detail = f"{requests / one_:.0f}, {requests / other:.0f} requests a second of a processor"
    yield Ratio(what=what, against=against, ratio=ratio, detail=detail)
