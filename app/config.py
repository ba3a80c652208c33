"""Settings of one process: read once from the environment, frozen, validated, failing loudly."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

Networks = tuple[IPv4Network | IPv6Network, ...]
Proxies = Networks | int
"""Whom to believe about where a request came from: those of some networks, or so many proxies in a row."""

_DATABASE = "tilmash.db"

_HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)

_REMOTE = re.compile(r"\.|[\w][\w-]*(\.[\w-]+)*", re.ASCII)
_BRANCH = re.compile(r"\w[\w./+-]*", re.ASCII)
_NO_BRANCH = re.compile(r"\.\.|//|/\.|\.lock(/|$)|[/.]$", re.ASCII)
"""What git allows in no name of a branch (git-check-ref-format(1)), as far as `_BRANCH` lets it pass."""

THIS_MACHINE: Networks = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """By which server mail goes out, and from whom; `tls` from the first byte, else as soon as the server offers it."""

    host: str
    port: int
    tls: bool
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """Where people of an organisation sign in (OpenID Connect), as what we are known there, and what it is called."""

    issuer: str
    client: str
    secret: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineService:
    """By which protocol and where a machine translates, how long it is waited for, and its characters of a day."""

    protocol: str
    address: str
    key: str = field(default="", repr=False)
    timeout: float = 20.0
    budget: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GitBranch:
    """The branch that the tree is kept on, the remote it is exchanged with (empty: none), and how often (minutes)."""

    remote: str
    branch: str
    every: int = 10

    def __str__(self) -> str:
        return f"{self.remote or '.'}/{self.branch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are. Everything is written below `data`, but for the two folders of the tree.

    `database_url` is an SQLAlchemy address; `secret_key` is None until it is made or read in the data folder. `hosts`
    are those that are answered for, `.example.org` with all below it; any where there are none. Without `mail`
    none goes out, without `machine` nobody is offered its words, without `git` nothing is committed.
    """

    data: Path
    content: Path
    translations: Path
    database_url: str
    secret_key: str | None = None
    proxies: Proxies = THIS_MACHINE
    hosts: tuple[str, ...] = ()
    mail: MailServer | None = None
    provider: IdentityProvider | None = None
    machine: MachineService | None = None
    git: GitBranch | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the `TILMASH_…` variables and `DATABASE_URL`; ValueError says what is wrong with one."""
        data = Path(environment.get("TILMASH_DATA") or "var").resolve()
        url = environment.get("DATABASE_URL") or _own_database(data)
        scheme, _, rest = url.partition("://")
        if scheme in {"postgres", "postgresql"}:
            url = f"postgresql+psycopg://{rest}"
        elif scheme not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError(f"DATABASE_URL begins with sqlite: or postgresql:, and not with {scheme!r}")
        return cls(
            data=data,
            content=Path(environment.get("TILMASH_CONTENT") or "content").resolve(),
            translations=Path(environment.get("TILMASH_TRANSLATIONS") or "translations").resolve(),
            database_url=url,
            secret_key=environment.get("TILMASH_SECRET_KEY") or None,
            proxies=_proxies(environment.get("TILMASH_PROXIES", "")),
            hosts=tuple(_host(part) for part in environment.get("TILMASH_HOSTS", "").replace(",", " ").split()),
            mail=_mail(environment.get("TILMASH_SMTP", ""), environment.get("TILMASH_MAIL_FROM", "")),
            provider=_provider(environment),
            machine=_machine(environment),
            git=_git(environment),
        )

    @property
    def is_begun(self) -> bool:
        """Tell whether there is a site: its settings, or a database; one that `DATABASE_URL` names may hold one."""
        own = self.database_url == _own_database(self.data)
        return not own or (self.content / "site.toml").exists() or (self.data / _DATABASE).exists()


def _own_database(data: Path) -> str:
    return f"sqlite:///{data / _DATABASE}"


def _proxies(written: str) -> Proxies:
    """Return what `TILMASH_PROXIES` says: `2`, or `10.0.0.7, 10.1.0.0/16`; those of this machine if it says nothing."""
    parts = written.replace(",", " ").split()
    if len(parts) == 1 and parts[0].isdecimal():
        return int(parts[0])
    try:
        return tuple(ip_network(part) for part in parts) or THIS_MACHINE
    except ValueError:
        hint = "a number of proxies or their addresses, as in 10.0.0.7, 10.1.0.0/16"
        raise ValueError(f"TILMASH_PROXIES is {hint}, and not {written!r}") from None


def _host(written: str) -> str:
    """Return a name of `TILMASH_HOSTS` in the letters that a request names it by: small ones that the DNS knows."""
    dot = "." if written.startswith(".") else ""
    try:
        name = dot + written.removeprefix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ValueError(f"TILMASH_HOSTS holds names as in news.example.org, .example.org, and not {written!r}")
    return name


def _provider(environment: Mapping[str, str]) -> IdentityProvider | None:
    """Return what `TILMASH_OIDC_…` says; None unless there is an issuer."""
    issuer = environment.get("TILMASH_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    client, secret = environment.get("TILMASH_OIDC_CLIENT", ""), environment.get("TILMASH_OIDC_SECRET", "")
    there = urlsplit(issuer)
    if not _nobody_overhears(issuer) or not there.hostname or not client or not secret:
        hint = "TILMASH_OIDC_ISSUER is as in https://id.example.org, with TILMASH_OIDC_CLIENT and TILMASH_OIDC_SECRET"
        raise ValueError(hint)  # what they say is a secret
    name = environment.get("TILMASH_OIDC_NAME") or there.hostname
    return IdentityProvider(issuer=issuer, client=client, secret=secret, name=name)


def _nobody_overhears(address: str) -> bool:
    """Tell whether an address is one of TLS, or of this machine."""
    there = urlsplit(address)
    return there.scheme == "https" or (there.scheme == "http" and there.hostname in {"127.0.0.1", "localhost"})


def _machine(environment: Mapping[str, str]) -> MachineService | None:
    """Return what `TILMASH_MT…` says: `libretranslate:https://…` or `deepl:https://…`; None if it says nothing."""
    written = environment.get("TILMASH_MT", "")
    if not written:
        return None
    protocol, _, address = written.partition(":")
    try:
        there = urlsplit(address)
        known = there.hostname and there.port != 0 and not (there.username or there.query or there.fragment)
        known = protocol in {"libretranslate", "deepl"} and _nobody_overhears(address) and known
    except ValueError:
        known = False
    if not known or not address.isascii() or not address.isprintable() or " " in address:
        hint = "libretranslate:https://translate.example.org or deepl:https://api.deepl.com, the key in TILMASH_MT_KEY"
        raise ValueError(f"TILMASH_MT is as in {hint}")  # what it says may hold a password
    key = environment.get("TILMASH_MT_KEY", "")
    if not key.isascii() or not key.isprintable() or (protocol == "deepl" and not key):
        raise ValueError("TILMASH_MT_KEY is the key that the service gave out; DeepL answers nobody without one")
    return MachineService(
        protocol=protocol, address=address.rstrip("/"), key=key,
        timeout=_whole(environment, "TILMASH_MT_TIMEOUT", 20, most=30),
        budget=_whole(environment, "TILMASH_MT_BUDGET", 100_000, most=1_000_000_000),
    )  # fmt: skip


def _git(environment: Mapping[str, str]) -> GitBranch | None:
    """Return what `TILMASH_GIT` says: `origin/main`, or `./main` without a remote; None if it says nothing."""
    written = environment.get("TILMASH_GIT", "")
    if not written:
        return None
    remote, _, branch = written.partition("/")
    if not _REMOTE.fullmatch(remote) or not _BRANCH.fullmatch(branch) or _NO_BRANCH.search(branch):
        hint = "a remote and a branch, as in origin/main (./main to commit alone)"
        raise ValueError(f"TILMASH_GIT is {hint}, and not {written[:80]!r}")
    every = _whole(environment, "TILMASH_GIT_EVERY", 10, most=1440)
    return GitBranch(remote="" if remote == "." else remote, branch=branch, every=every)


def _whole(environment: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    """Return a whole number of the environment between 1 and `most`."""
    written = environment.get(name) or str(usual)
    if not (written.isascii() and written.isdecimal()) or not 1 <= int(written[:12]) <= most or len(written) > 12:
        raise ValueError(f"{name} is a whole number from 1 to {most}, and not {written[:40]!r}")
    return int(written)


def _mail(server: str, sender: str) -> MailServer | None:
    """Return what `TILMASH_SMTP` and `TILMASH_MAIL_FROM` say; None unless both do."""
    if not (server and sender):
        return None
    try:
        there, (name, address) = urlsplit(server), parseaddr(sender)
        port, known = there.port, there.scheme in {"smtp", "smtps"} and there.hostname
        sent_by = Address(name, addr_spec=address)
    except ValueError:
        known = None
    if not known or not sent_by.domain or not sender.isprintable():
        hint = "smtp://user:password@host:587 or smtps://…, TILMASH_MAIL_FROM as in Desk <desk@example.org>"
        raise ValueError(f"TILMASH_SMTP is as in {hint}")  # what it says holds a password
    tls = there.scheme == "smtps"
    return MailServer(
        host=known, port=port or (465 if tls else 587), tls=tls, sender=sent_by,
        user=unquote(there.username or ""), password=unquote(there.password or ""),
    )  # fmt: skip
