"""Where a link really leads, and whether what a reader sees of it says otherwise.

Browsers forgive much in an address (WHATWG URL, 4.4), and a reader looks at its words alone. So a link leads to a host
in the letters of the DNS, or nowhere; and where its words name another host, or the host's own letters can be taken for
others, the reader is told the host (`docs/decisions/0019-links-that-lie.md`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import unquote

from markdown_it.token import Token

LINK: Final = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\])|#)[^\x00-\x20\\<>\"]*", re.IGNORECASE)
"""What may stand in a page: http, https, mailto or tel, a path of this site (`/en/…`), or a place in the page."""

_WEB = re.compile(r"(https?://)([^/?#:\[]*|\[[^\]]*\])((?::\d{0,5})?)((?:[/?#].*)?)", re.IGNORECASE | re.ASCII)
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # those that are read as one (UTS 46, 4.5)
_NAMED = re.compile(r"(?<![\w-])(?<![\w-][.])(?:[\w-]++[.])+(xn--[\w-]+|[^\W\d_]{2,})(?![\w-])")
_FILES = frozenset({
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "xml", "json", "js", "htm", "html",
    "jpg", "jpeg", "png", "gif", "webp", "svg",
})  # fmt: skip
_LONG_ENDS = frozenset({"bank", "online", "info", "site", "store", "shop", "asia", "club", "live", "news", "media"})

_TWINS: Final = frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ")
"""Cyrillic letters that look like Latin ones: a name of nothing else (`аррӏе`) reads as a Latin one."""
_CYRILLIC_ENDS = frozenset({
    "рф", "қаз", "бел", "срб", "мкд", "укр", "бг", "ею", "рус", "орг", "ком", "сайт", "онлайн", "дети", "москва",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a link leads: the address to write, and the hosts in it in ASCII; a place of this site has none."""

    href: str
    hosts: tuple[str, ...] = ()


def lead(address: str) -> Lead | None:
    """Return where an address leads; None if that is nowhere, or not to be told from its letters.

    Not told: a name or password before the host, percent signs in it, letters that no host has.
    """
    if not LINK.fullmatch(address):
        return None
    if web := _WEB.fullmatch(address):
        host = _ascii(web[2])
        return Lead(f"{web[1]}{host}{web[3]}{web[4]}", (host,)) if host else None
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto" and "@" in rest:
        return _mail(*rest.partition("?"))
    return None if scheme.lower() in {"http", "https"} else Lead(address)


def told(link: Lead, words: str) -> str:
    """Return the host to show beside a link's words: empty where they and its own letters are honest about it."""
    named = {_bare(host) for host in _hosts_in(words)}
    honest = named in (set(), {_bare(host) for host in link.hosts})
    return "" if not link.hosts or (honest and all(map(_reads_as_itself, link.hosts))) else ", ".join(link.hosts)


def words_of(tokens: Iterable[Token]) -> str:
    """Return what is seen of a link whose opening token stands before these."""
    words = []
    for token in tokens:
        if token.type == "link_close":
            break
        if token.type != "html_inline" or not token.content.startswith("<!--"):
            words.append(" " if token.type.endswith("break") else token.content)
    return "".join(words)


def _mail(to: str, mark: str, rest: str) -> Lead | None:
    people = [one.rpartition("@") for one in to.split(",")]
    hosts = [_ascii(unquote(host)) for _, _, host in people]
    written = ",".join(f"{name}@{host}" for (name, _, _), host in zip(people, hosts, strict=True))
    return Lead(f"mailto:{written}{mark}{rest}", tuple(map(str, hosts))) if all(hosts) else None


def _ascii(host: str) -> str:
    """Return a host in the letters that the DNS knows, empty if it cannot be one (UTS 46, but for its tables)."""
    if host.startswith("["):
        try:
            return f"[{IPv6Address(host[1:-1].partition('%')[0])}]"
        except ValueError:
            return ""
    name = ".".join(_encoded(_letters(label)) for label in _DOTS.split(host.removesuffix(".")))
    return name if _HOST.fullmatch(name) else ""


def _encoded(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


def _letters(label: str) -> str:
    """Return a label of a host in the letters that it stands for; as it is where it stands for none."""
    if label[:4].lower() == "xn--":
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return label.lower()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())
    usual = all(letter.isalnum() or letter in "-_\u200c\u200d" or unicodedata.combining(letter) for letter in plain)
    return plain if usual else ""


def _reads_as_itself(host: str) -> bool:
    """Tell whether a host in ASCII is seen for what it is: all in one script, Latin without marks, Cyrillic, Arabic."""
    labels = [_letters(label) for label in host.split(".")] if "xn--" in host else []
    return all((label.isascii() and label[:4] != "xn--") or _one_script(label, labels[-1]) for label in labels)


def _one_script(label: str, end: str) -> bool:
    letters = set(label) - set("-0123456789")
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    native = end in _CYRILLIC_ENDS or not letters <= _TWINS
    return scripts == {"ARABIC"} or (scripts == {"CYRILLIC"} and native)


def _hosts_in(words: str) -> Iterator[str]:
    """Yield the hosts that words name: what reads like one, and is no file, no initial and no abbreviation."""
    seen = "".join(
        letter for letter in unicodedata.normalize("NFKC", words) if unicodedata.category(letter) not in {"Cf", "Mn"}
    )
    for word in _DOTS.sub(".", seen).split():
        before_path = re.split(r"[/?#\\]", word.partition("://")[2] if "://" in word[:10] else word, maxsplit=1)[0]
        for found in _NAMED.finditer(before_path):
            if _ends_a_host(found[1]):
                yield _ascii(found[0]) or found[0]


def _ends_a_host(end: str) -> bool:
    small = end.lower()
    if small in _LONG_ENDS:  # Kaspi.Bank
        return True
    if small in _FILES or (len(end) > 3 and end.istitle()):  # report.pdf, Sh.Mirziyoyev
        return False
    cyrillic = all(unicodedata.name(letter, "").startswith("CYRILLIC") for letter in small)
    return not cyrillic or small in _CYRILLIC_ENDS or _TWINS.union("мт").issuperset(small)  # no т.е., no г.Алматы


def _bare(host: str) -> str:
    return host.removeprefix("www.")
