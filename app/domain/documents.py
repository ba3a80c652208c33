"""Documents: what there is to translate. Each has one source, and a translation per locale."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.domain.segments import Tag


class Kind(StrEnum):
    """What sort of document; everything above `formats` treats them alike."""

    NEWS = "news"
    PAGE = "page"
    CATALOGUE = "catalogue"


LONGEST_PATH: Final = 250
"""Letters of a photo's or attachment's path, counted from its item's folder: what its column takes."""

OWN_WORDS: Final = frozenset({"news", "archive", "tags", "search", "feed.atom", "opensearch.xml"})
"""What stands behind the locale in the site's own addresses: a standing page of that slug could not be reached."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DocumentName:
    """How people and commands name a document: `news/<folder>`, `page/<folder>`, `catalogue/<domain>`."""

    kind: Kind
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or ".." in self.name:
            raise ValueError(
                f"not a document's name: {self.name!r} (letters a to z, digits, dots, hyphens, underscores)"
            )

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read `kind/name`; ValueError says what is wrong with it."""
        kind, _, name = written.partition("/")
        if kind not in list(Kind):
            raise ValueError(f"a document is news/<folder>, page/<folder> or catalogue/<domain>, and not {written!r}")
        return cls(kind=Kind(kind), name=name)

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `item.toml` says of a news item or page: true in every language.

    `date` is aware, and None for a page. `photos` and `files` are paths relative to the item's folder, in order.
    """

    source: Tag
    date: datetime | None = None
    photos: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    publish_at: datetime | None = None
