"""Names that people call one another by in what they write: `@aigul`."""

import re

_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)", re.IGNORECASE)


def mentioned(text: str) -> tuple[str, ...]:
    """Return the names behind an @, in small letters, each once, in order; addresses of e-mail mention nobody."""
    return tuple(dict.fromkeys(found.lower() for found in _MENTION.findall(text)))
