"""What the figures know of a document and its texts, and what happens to them: the values that `figure_fold` folds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.figures import Band
from app.domain.segments import NO_LANGUAGE, Segment, SegmentMap, Tag
from app.domain.translations import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Of how many source words of what was submitted the memory had the same text, and of how many a near one.

    `submitted` (aware) is when, which is said where that is told afterwards.
    """

    words: int
    exact: int
    near: int
    submitted: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row of the journal about a text: what was done, by whose digest, and to which revision, by number."""

    locale: Tag
    action: str
    actor: str
    revision: int | None = None
    known: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a text stands: the status of its head, and the numbers of its head and of what is live."""

    status: Status = Status.MISSING
    head: int | None = None
    live: int | None = None


def written(stands: Mapping[Tag, Stand]) -> str:
    """Return where texts stand as the journal has it: `en:approved:3:3 kk:in review:2:`."""
    return " ".join(f"{tag}:{one.status}:{one.head or ''}:{one.live or ''}" for tag, one in sorted(stands.items()))


def read(said: str) -> Mapping[Tag, Stand]:
    """Return what `written` wrote."""
    return {
        Tag(one["tag"]): Stand(
            status=Status(one["status"]),
            head=int(one["head"]) if one["head"] else None,
            live=int(one["live"]) if one["live"] else None,
        )
        for one in _STAND.finditer(said)
    }


_STAND = re.compile(r"(?P<tag>\S+?):(?P<status>[^:]+):(?P<head>\d*):(?P<live>\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What one transaction did to a document, at an aware time; `stands` is where its texts stood afterwards.

    None where the journal does not say: that is then inferred from the deeds.
    """

    at: datetime
    deeds: tuple[Deed, ...]
    stands: Mapping[Tag, Stand] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A revision that went live, and whether it left translations current.

    What was counted of it, and for whom: its `words` (None: it is not counted) and its lead time in `minutes`. `taken`
    says that it was withdrawn in its week, and that nothing of it counts.
    """

    number: int
    minor: bool
    at: datetime
    person: str = ""
    words: int | None = None
    minutes: int | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as the figures see it. `person` is the digest of whose it is: who submitted it last, or wrote in it.

    `since` is when it came into its band; `lacks` since when it has not been live and current while its source was
    live, None where it is, or where nobody waits for it. `unread` counts words of a machine.
    """

    stand: Stand = Stand()
    person: str = ""
    submitted: bool = False
    since: datetime | None = None
    lacks: datetime | None = None
    published: tuple[Published, ...] = ()
    current: bool = False
    unread: int = 0

    @property
    def band(self) -> Band:
        """Return where it stands in the flow."""
        match self.stand.status:
            case Status.APPROVED:
                return Band.LIVE if self.stand.head == self.stand.live else Band.APPROVED
            case status:
                return Band(status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as the figures see it: its source has been live `since` then (None: is not), and has so many words."""

    source: Tag = NO_LANGUAGE
    texts: Mapping[Tag, Text] = field(default_factory=dict)
    since: datetime | None = None
    words: int = 0

    def languages(self) -> Iterable[tuple[Tag, Text]]:
        """Return its texts that are in a language."""
        return ((tag, text) for tag, text in self.texts.items() if tag != NO_LANGUAGE)

    def live(self, tag: Tag) -> int | None:
        """Return the number of the revision that readers have in a locale, None if they have none."""
        return self.texts[tag].stand.live if tag in self.texts else None


class Saved(Protocol):
    """A revision, which never changes: its number, that of what it was made from, its map, and its segments."""

    @property
    def parent(self) -> int | None:
        """Return the number of what it was made from."""
        ...

    @property
    def digest(self) -> str:
        """Return the digest of its canonical form."""
        ...

    @property
    def segment_map(self) -> SegmentMap:
        """Return what its segments were made from."""
        ...

    @property
    def segments(self) -> Sequence[Segment]:
        """Return its segments under their keys."""
        ...


class Texts(Protocol):
    """What is looked up of a document while it is folded: facts that never change, whenever they are asked for."""

    is_catalogue: bool

    def revision(self, locale: Tag, number: int) -> Saved:
        """Return a revision by its number."""
        ...

    def before(self, locale: Tag, other: Tag, number: int) -> Sequence[int]:
        """Return the numbers of the revisions in `locale` that were saved before that revision in the `other`."""
        ...

    def parents(self, locale: Tag) -> Mapping[int, int | None]:
        """Return what each revision in a locale was made from."""
        ...

    def minor(self, locale: Tag, number: int, at: datetime) -> bool:
        """Tell whether a revision that went live then left translations current."""
        ...

    def source(self, facts: int | None) -> Tag:
        """Return the language of the source text by a revision of the facts (None: before there were any)."""
        ...
