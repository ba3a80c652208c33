"""What every format promises to the floors above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

from app.domain.documents import DocumentName
from app.domain.errors import Problem
from app.domain.locales import parse_tag
from app.domain.segments import BasedOn, Origin, Segment, Tag

STATUSES: Final = ("draft", "in review", "approved", "published")

LABEL: Final = ("document", "locale", "revision")
"""What a file that was downloaded says of which text it is."""

LARGEST_NUMBER = 2**31 - 1
"""Of a revision: what every database takes for an integer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a file that was given out bears, and no stored text: the text and revision that it was made from."""

    document: DocumentName
    locale: Tag
    revision: int

    @classmethod
    def parse(cls, document: str, locale: str, revision: str) -> Self | None:
        """Read the three parts as written; None unless all are what they have to be."""
        try:
            label = cls(document=DocumentName.parse(document), locale=parse_tag(locale), revision=int(revision))
        except ValueError:
            return None
        return label if 0 < label.revision <= LARGEST_NUMBER else None

    def parts(self) -> tuple[str, str, str]:
        """Return document, locale and revision as they are written."""
        return str(self.document), self.locale, str(self.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says of itself.

    `status` is what was written (`draft`, `in review`, `approved`, `published`), None where nothing was; `origin` is
    human where nothing was written; `based_on` is None in a source text, and where it is unknown. `minor` marks one
    save: its publication leaves translations current. `label` is None in all files but those that were downloaded.
    """

    status: str | None = None
    origin: Origin = Origin.HUMAN
    based_on: BasedOn | None = None
    minor: bool = False
    label: Label | None = None

    @classmethod
    def read(cls, said: Mapping[str, str], fault: Callable[[str, str], None]) -> Self:
        """Return what is said under the names of front matter (empty: nothing).

        `fault` is told of what cannot be understood, by its name and what is wrong with it; it counts as not said.
        """

        def one_of(name: str, known: Sequence[str]) -> str:
            if (written := said.get(name, "")) and written not in known:
                fault(name, f"is one of {', '.join(known)}, and not {written[:40]!r}")
                return ""
            return written

        status, origin = one_of("status", STATUSES), one_of("origin", list(Origin))
        based_on, minor = None, said.get("minor") or "false"
        if written := said.get("based-on"):
            try:
                based_on = BasedOn.parse(written)
            except ValueError as error:
                fault("based-on", str(error))
        if minor not in ("true", "false"):
            fault("minor", f"is true or false, and not {minor[:40]!r}")
        return cls(
            status=status or None,
            origin=Origin(origin or Origin.HUMAN),
            based_on=based_on,
            minor=minor == "true",
            label=Label.parse(*(said.get(name, "") for name in LABEL)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A text taken apart. Blocks of Markdown come with the empty key, since a file has no place for keys.

    `broken` says, with lines, which parts could not be read and are no segments; `refused` says it of all that
    cannot be used, those included. Both are among the warnings; what else is there is a remark.
    """

    segments: tuple[Segment, ...]
    header: Header
    warnings: tuple[Problem, ...] = ()
    broken: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()


class TextFormat(Protocol):
    """A format reads and writes one kind of text. Functions are pure; texts are str with LF or CRLF as they came."""

    def parse(self, text: str, *, path: str) -> Parsed:
        """Take a text apart. BadText, with `path` and lines, where it cannot be used."""
        ...

    def compose(self, text: str, segments: Sequence[Segment], *, donor: str = "") -> str:
        """Return `text` with these segments, in this order, in place of its own.

        What is equal keeps its bytes, white space around it included; what is new is laid out as in `donor` (another
        text that has it) or else plainly. `parse(compose(t, s)).segments` equals `s` but for the keys of blocks.
        """
        ...

    def with_header(self, text: str, header: Header) -> str:
        """Return `text` with its header as given, and no other byte changed."""
        ...

    def digest(self, text: str) -> str:
        """Return the SHA-256 of the canonical form as 64 hexadecimal digits (docs/digest.md)."""
        ...
