"""Settings of a site, `site.toml` (design, *Where the truth is*)."""

import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.countries import is_country
from app.domain.errors import BadText, Problem
from app.domain.locales import language
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Role
from app.domain.web_address import web_address
from app.formats.toml_reader import TomlReader, parse_toml

KNOWN: Final = frozenset(
    {"name", "full-name", "address", "url", "seat", "countries", "default", "locales", "tree", "desk"}
)

_MOST_DAYS = 60
"""Working days that the desk's settings may name: a quarter of a year."""

_ALL_ROLES = (Role.AUTHOR, Role.TRANSLATOR, Role.REVIEWER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """What a `site.toml` says, and what in it was not understood and left alone."""

    site: Site
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The rules of the desk, as `Site` has them."""

    four_eyes: bool
    second_factor: bool
    due_days: int
    remind_before: int
    remind_after: int
    escalate_after: int


def read_site(text: str, *, path: str) -> SiteFile:
    """Read a `site.toml`. BadText with every problem of its values, each with its line where there is one."""
    plain = text.removeprefix("\ufeff")
    reader = TomlReader(plain, parse_toml(plain, path=path).unwrap(), path=path)
    reader.warn_of_others(KNOWN)
    locales = _locales(reader)
    default = Tag(reader.words("default", required=True) or "")
    if "default" in reader and default and default not in locales:
        reader.problem("default", f"is {default!r}, which is not in [locales]")
    name = reader.words("name", required=True) or ""
    city, zone = _seat(reader.table("seat"))
    roles, tree_four_eyes = _tree(reader.table("tree"))
    desk = _desk(reader.table("desk"))
    countries = _countries(reader)
    full_name, address, url = reader.words("full-name") or "", _postal(reader), _url(reader)
    if reader.problems or zone is None:
        raise BadText(*sorted(reader.problems))
    site = Site(
        name=name,
        full_name=full_name,
        address=address,
        url=url,
        city=city,
        zone=zone,
        countries=countries,
        default=default,
        locales=locales,
        tree_roles=roles,
        tree_four_eyes=tree_four_eyes,
        four_eyes=desk.four_eyes,
        second_factor=desk.second_factor,
        due_days=desk.due_days,
        remind_before=desk.remind_before,
        remind_after=desk.remind_after,
        escalate_after=desk.escalate_after,
    )
    return SiteFile(site=site, warnings=tuple(sorted(reader.warnings)))


def _url(reader: TomlReader) -> str:
    written = reader.words("url") or ""
    try:
        return web_address(written) if written else ""
    except ValueError as error:
        reader.problem("url", f'is {written!r}, which {error}; it is written as in "https://news.example.org"')
        return ""


def _postal(reader: TomlReader) -> str:
    address = reader.words("address") or ""
    if re.match("https?:", address, re.IGNORECASE):
        reader.problem("address", "is what stands on an envelope; the site's address on the web is called url")
    return address


def _locales(reader: TomlReader) -> dict[Tag, tuple[Tag, ...]]:
    table = reader.table("locales")
    if not table.names():
        reader.problem("locales", 'is missing or empty: it has a line for each language, as in kk = ["ru", "en"]')
    locales = {
        table.tag(name, name): tuple(table.tag(name, entry) for entry in table.list(name)) for name in table.names()
    }
    for locale, fallbacks in locales.items():
        if not _known(locale):
            table.problem(locale, "is a language that CLDR does not know, so nothing can be dated in it")
        for fallback in fallbacks:
            if fallback not in locales or fallback == locale:
                table.problem(locale, f"falls back to {fallback!r}, which is no other locale of this table")
    return locales


def _known(locale: Tag) -> bool:
    try:
        return bool(language(locale))
    except ValueError:
        return False


def _seat(table: TomlReader) -> tuple[str, ZoneInfo | None]:
    table.warn_of_others(frozenset({"city", "zone"}))
    city, zone = table.words("city", required=True) or "", table.words("zone", required=True)
    try:
        return city, ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):
        table.problem("zone", f"is {zone!r}, which is no zone of the IANA database, as Asia/Almaty is")
        return city, None


def _countries(reader: TomlReader) -> tuple[str, ...]:
    countries = reader.list("countries")
    for code in countries:
        if not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
            reader.problem("countries", f"has {code!r}, which is not two capital letters of ISO 3166, as KG is")
        elif not is_country(code):
            reader.problem("countries", f"has {code!r}, which is no country of ISO 3166")
    return countries


def _tree(table: TomlReader) -> tuple[frozenset[Role], bool]:
    table.warn_of_others(frozenset({"roles", "four_eyes", "four-eyes"}))
    written = table.list("roles") if "roles" in table else _ALL_ROLES
    for role in written:
        if role not in list(Role):
            table.problem("roles", f"has {role!r}, which is none of {', '.join(Role)}")
    roles = frozenset(role for role in Role if role in written)
    name = "four-eyes" if "four-eyes" in table else "four_eyes"
    return roles, table.flag(name, default=False)


def _desk(table: TomlReader) -> _Desk:
    table.warn_of_others(
        frozenset({"four-eyes", "second-factor", "due-days", "remind-before", "remind-after", "escalate-after"})
    )
    return _Desk(
        four_eyes=table.flag("four-eyes", default=True),
        second_factor=table.flag("second-factor", default=True),
        due_days=table.whole("due-days", default=2, most=_MOST_DAYS),
        remind_before=table.whole("remind-before", default=1, most=_MOST_DAYS),
        remind_after=table.whole("remind-after", default=1, most=_MOST_DAYS),
        escalate_after=table.whole("escalate-after", default=3, most=_MOST_DAYS),
    )
