"""Who may be given an account: what a name, an address and a role must look like, before anything is stored."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.errors import Refusal
from app.domain.people import Channel, Grant
from app.domain.permissions import PER_LOCALE
from app.domain.segments import Tag

NAME: Final = re.compile(r"[a-z][a-z0-9._-]{0,59}", re.ASCII)
RESERVED: Final = frozenset(channel.value for channel in Channel)
"""What stands in histories for no person: `tree`, `shell`, `worker`."""

_EMAIL: Final = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)
_LONGEST_EMAIL, _LONGEST_FULL_NAME = 254, 120


class Fault(StrEnum):
    """What is wrong with an account that somebody wants to make or change."""

    NAME = "a name begins with a small letter; small letters, digits, dots and hyphens follow, 60 at most"
    NAME_TAKEN = "somebody else has this name"
    FULL_NAME = "a full name has 1 to 120 letters"
    EMAIL = "this is no e-mail address"
    EMAIL_TAKEN = "somebody else has this e-mail address"
    LANGUAGE = "the site does not have this language"
    WITHOUT_LANGUAGE = "translators and reviewers have their role for a language"
    WITH_LANGUAGE = "this role is for the whole site, and not for a language"


class BadAccount(Refusal):
    """An account that cannot be made or changed so; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who is to get an account, and with which roles. `language` is that of their desk."""

    name: str
    full_name: str
    email: str
    language: Tag
    grants: frozenset[Grant] = frozenset()


def email_of(written: str) -> str:
    """Return an e-mail address as it is kept and compared: without spaces around it, in small letters."""
    return written.strip().lower()


def faults_of(invitation: Invitation, locales: frozenset[Tag]) -> list[Fault]:
    """Return all that is wrong with an invitation by itself, on a site with these languages."""
    found = faults_of_person(invitation.full_name, invitation.email, invitation.language, locales)
    if not NAME.fullmatch(invitation.name) or invitation.name in RESERVED:
        found.insert(0, Fault.NAME)
    for grant in sorted(invitation.grants, key=str):
        found += [fault for fault in faults_of_grant(grant, locales) if fault not in found]
    return found


def faults_of_person(full_name: str, email: str, language: Tag, locales: frozenset[Tag]) -> list[Fault]:
    """Return what is wrong with how somebody is called, reached and spoken to."""
    found = []
    if not full_name.strip() or not full_name.isprintable() or len(full_name) > _LONGEST_FULL_NAME:
        found.append(Fault.FULL_NAME)
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        found.append(Fault.EMAIL)
    if language not in locales:
        found.append(Fault.LANGUAGE)
    return found


def faults_of_grant(grant: Grant, locales: frozenset[Tag]) -> list[Fault]:
    """Return what is wrong with a role that is to be granted."""
    if grant.role in PER_LOCALE:
        if grant.locale is None:
            return [Fault.WITHOUT_LANGUAGE]
        return [] if grant.locale in locales else [Fault.LANGUAGE]
    return [] if grant.locale is None else [Fault.WITH_LANGUAGE]
