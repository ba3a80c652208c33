"""The address of a site on the web, up to the first slash of a path: what every absolute link begins with."""

import re
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import urlsplit

_PORTS: Final = {"http": 80, "https": 443}
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LONGEST: Final = 253  # characters of a name in the DNS, without the last dot (RFC 1035, section 2.3.4)


def web_address(written: str) -> str:
    """Return `https://news.example.org` in its one spelling (RFC 6454): small letters, no port that is usual.

    A name in other letters is turned into those that the DNS knows (IDNA). ValueError says what is wrong.
    """
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), 0
    if port == 0 or not written.isprintable():
        raise ValueError("cannot be read as an address")
    if parts.scheme not in _PORTS:
        raise ValueError("does not begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a name or a password")
    if parts.path not in {"", "/"} or "?" in written or "#" in written:
        raise ValueError("goes on after the name of the host: it has neither path nor query")
    shown = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    name = parts.hostname or ""
    return f"{parts.scheme}://{_bracketed(name) if '[' in written else _host(name)}{shown}"


def _bracketed(name: str) -> str:
    try:
        return f"[{IPv6Address(name.partition('%')[0])}]"
    except ValueError:
        raise ValueError("has brackets round what is no IPv6 address") from None


def _host(name: str) -> str:
    try:
        plain = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        plain = ""
    if len(plain) > _LONGEST or not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        raise ValueError("has no name of a host, as news.example.org is one")
    return plain
