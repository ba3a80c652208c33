"""Content codings (RFC 9110, section 8.4): which one a browser takes, and bytes in it."""

import gzip
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

import brotli


class Coding(StrEnum):
    """What a body can be sent in; `PLAIN` is no coding at all."""

    PLAIN = ""
    GZIP = "gzip"
    BROTLI = "br"


AT_ONCE: Final = 5
"""Brotli's quality while somebody waits: smaller than gzip's best, at a twentieth of what making the page costs."""

AT_LEISURE: Final = 11
"""Brotli's quality for what is compressed once in the life of a process."""

_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


@lru_cache(maxsize=256)
def chosen(accepted: str) -> Coding:
    """Return the coding that an `Accept-Encoding` likes best (RFC 9110, section 12.5.3), of two the smaller one.

    Whoever refuses every coding, `identity` too, is answered without one, which the RFC leaves to the server.
    """
    wishes = dict(_wish(part) for part in accepted.lower().split(",") if part.strip())
    others = wishes.get("*", 0.0)
    best = max(Coding.BROTLI, Coding.GZIP, key=lambda coding: wishes.get(coding, others))
    liked = wishes.get(best, others)
    return best if liked > 0 and liked >= wishes.get("identity", 0.0) else Coding.PLAIN


def _wish(part: str) -> tuple[str, float]:
    """Return a coding and its weight; what cannot be read as a weight is one of nothing."""
    name, semicolon, weight = (word.strip() for word in part.partition(";"))
    found = _QUALITY.fullmatch(weight.replace(" ", ""))
    name = "gzip" if name == "x-gzip" else name
    return name, float(found[1]) if found else 0.0 if semicolon else 1.0


def coded(body: bytes, kind: str, coding: Coding, quality: int = AT_ONCE) -> bytes | None:
    """Return a body of this media type in a coding; None where that is no use: photos, archives, a few bytes."""
    if coding is Coding.PLAIN or not _is_text(kind):
        return None
    if coding is Coding.BROTLI:
        made: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)
    else:
        made = gzip.compress(body, mtime=0)
    return made if len(made) < len(body) else None


def _is_text(kind: str) -> bool:
    essence = kind.partition(";")[0].strip().lower()
    return essence.startswith("text/") or essence.endswith(("+xml", "+json", "/xml", "/json", "/javascript"))
