"""Static files under addresses that name their content, so that a browser may keep them for ever.

One digest stands for the whole folder: scripts that import each other by relative paths then always match.
"""

import hashlib
import mimetypes
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import NotFound

from app.web.codings import AT_LEISURE, Coding, chosen, coded

FOR_EVER = "public, max-age=31536000, immutable"


def digest_of_files(folder: Path, paths: Iterable[Path]) -> str:
    """Return 12 hexadecimal digits that change when a file's name or content does."""
    summary = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        summary.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        summary.update(content)
    return summary.hexdigest()[:12]


@lru_cache(maxsize=1)
def build_id(package: Path) -> str:
    """Return what names this build: code, templates and static files, and the libraries: another CLDR, other dates."""
    kinds = {".py", ".html", ".css", ".js", ".svg", ".xml"}
    own = digest_of_files(package, (path for path in package.rglob("*") if path.suffix in kinds and path.is_file()))
    libraries = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    return hashlib.sha256("\n".join((own, sys.version, *libraries)).encode()).hexdigest()[:12]


def install(app: Flask) -> None:
    """Serve `static/` below its digest, and give templates `asset('css/base.css')`. The files are held in memory.

    What asks for an icon by the oldest of addresses, without having read a page, is led to it.
    """
    current = name_them(app)
    app.add_url_rule("/static/<digest>/<path:name>", "asset", partial(_serve, Assets(_static(app)[1]), current))
    app.add_url_rule("/favicon.ico", "icon", partial(redirect, f"/static/{current}/icon.svg"))


def name_them(app: Flask) -> str:
    """Give templates `asset('css/base.css')`, whichever application serves the files; return the folder's digest."""
    current = _static(app)[0]
    app.jinja_env.globals["asset"] = lambda name: f"/static/{current}/{name}"
    return current


def _static(app: Flask) -> tuple[str, Mapping[str, bytes]]:
    return _read(Path(app.root_path) / "static")


@lru_cache(maxsize=1)
def _read(folder: Path) -> tuple[str, Mapping[str, bytes]]:
    """Return a folder's digest and files, which are read once for the applications that stand side by side."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return digest_of_files(folder, paths), {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Assets:
    """Files and what they are in each coding, made when somebody first asks for it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._coded: dict[tuple[str, Coding], bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def coded(self, name: str, kind: str, coding: Coding) -> tuple[bytes, Coding]:
        """Return a file's bytes in this coding, or plain where that is no use."""
        if (name, coding) not in self._coded:
            plain = self._files[name]
            self._coded[name, coding] = coded(plain, kind, coding, AT_LEISURE) or plain
        body = self._coded[name, coding]
        return body, coding if len(body) < len(self._files[name]) else Coding.PLAIN


def _serve(assets: Assets, current: str, digest: str, name: str) -> Response:
    """Send a file. A page of another build, still open or in a cache, gets today's file, but may not keep it."""
    if name not in assets:
        raise NotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    body, coding = assets.coded(name, kind, chosen(request.headers.get("Accept-Encoding", "")))
    response = Response(body, mimetype=kind)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = FOR_EVER if digest == current else "no-cache"
    response.vary.add("Accept-Encoding")
    response.set_etag(current, weak=True)  # of all files; the address says which
    response.make_conditional(request)
    return response
