"""The secret key of a site: given, or made once and kept in the data folder."""

import secrets

from app.config import Settings
from app.storage.private import private_file, private_folder


def secret_key(settings: Settings) -> str:
    """Return `TILMASH_SECRET_KEY`, or the key in the data folder, which is made, for its owner alone, if missing."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / "secret.key"
    private_folder(settings.data)
    private_file(path, secrets.token_urlsafe(48).encode("ascii"))
    return path.read_text(encoding="ascii").strip()
