"""The secret key of a site: given, or made once and kept in the data folder."""

import os
import secrets
from pathlib import Path

from app.config import Settings


def secret_key(settings: Settings) -> str:
    """Return `TILMASH_SECRET_KEY`, or the key in the data folder, which is made, for its owner alone, if missing."""
    if settings.secret_key:
        return settings.secret_key
    path: Path = settings.data / "secret.key"
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
