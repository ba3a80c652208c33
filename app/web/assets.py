"""Static files under addresses that name their content, so that a browser may keep them for ever.

One digest stands for the whole folder: scripts that import each other by relative paths then always match.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path

from flask import Flask, Response, send_from_directory

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
    """Return what names this build: the code, templates and static files of the package."""
    kinds = {".py", ".html", ".css", ".js", ".svg", ".xml"}
    return digest_of_files(package, (path for path in package.rglob("*") if path.suffix in kinds and path.is_file()))


def install(app: Flask) -> None:
    """Serve `static/` below its digest, and give templates `asset('css/base.css')`."""
    folder = Path(app.root_path) / "static"
    current = digest_of_files(folder, (path for path in folder.rglob("*") if path.is_file()))
    app.add_url_rule("/static/<digest>/<path:name>", "asset", partial(_serve, folder, current))
    app.jinja_env.globals["asset"] = lambda name: f"/static/{current}/{name}"


def _serve(folder: Path, current: str, digest: str, name: str) -> Response:
    """Send a file. A page of another build, still open or in a cache, gets today's file, but may not keep it."""
    response = send_from_directory(folder, name)
    response.headers["Cache-Control"] = FOR_EVER if digest == current else "no-cache"
    return response
