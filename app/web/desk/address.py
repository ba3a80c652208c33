"""What an address of the desk names."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound
from app.domain.locales import parse_tag
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.site import Site
from app.services.texts import find

ADDRESS: Final = "/desk"
"""Where the desk is, beside the readers' site."""

TEXT = "/<kind>/<name>/<locale>/"
"""The route of a text; what is below it is done with it."""


def root(site: Site) -> str:
    """Return what absolute addresses begin with: the site's own, else that which was asked."""
    return site.url or request.host_url.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address names: a document's text in a language."""

    name: DocumentName
    locale: Tag

    @classmethod
    def of(cls, kind: str, name: str, locale: str, *, facts: bool = False) -> "Address":
        """Read the parts of an address; NotFound if they name nothing that people write.

        With `facts` they may name those of a document, or a catalogue's template, which have a history and no page.
        """
        try:
            there = cls(name=named(kind, name), locale=parse_tag(locale))
        except ValueError:
            raise NotFound(saying("there is no such text")) from None
        if there.locale == NO_LANGUAGE and not facts:
            raise NotFound(saying("facts and templates have no page of their own"))
        return there

    def require_place(self, session: Session, languages: Container[Tag]) -> None:
        """Raise NotFound for a language that the site does not have, unless there is a text in it."""
        if self.locale not in languages:
            find(session, self.name, self.locale)

    def url(self, endpoint: str, *, part: str = "", asked: Mapping[str, str] | None = None) -> str:
        """Return the address of a page about this text, or of a part of it."""
        there = url_for(endpoint, kind=self.name.kind.value, name=self.name.name, locale=self.locale)
        return there + (f"?{urlencode(asked)}" if asked else "") + (f"#{part}" if part else "")


def named(kind: str, name: str) -> DocumentName:
    """Return the document that an address names; NotFound if it can name none."""
    try:
        return DocumentName(kind=Kind(kind), name=name)
    except ValueError:
        raise NotFound(saying("there is no such document")) from None


def text_address(name: DocumentName, locale: Tag | None = None) -> str:
    """Return where the desk shows a document, or its text in a language."""
    return f"{ADDRESS}/{name}/{locale}/" if locale else f"{ADDRESS}/{name}/"
