"""A text beside its source, as files for translators have it: what goes out (`Bitext`), what came back (`Returned`).

What a unit is called in a file follows from its key (`Unit.name`), so that a file that comes back is laid beside the
very sheet that it was made from, whatever became of the text since, and no key has to survive somebody's tool.
"""

import hashlib
from dataclasses import dataclass
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qs, quote, unquote, urlencode

from app.domain.documents import DocumentName
from app.domain.errors import Problem
from app.domain.inline_codes import Piece, Role, numbered_as, pieces_of
from app.domain.locales import parse_tag
from app.domain.segments import Key, State, Tag
from app.formats.text import LARGEST_NUMBER

_LETTERS: Final = 20


def name_of(key: Key) -> str:
    """Return what a segment is called in a file: a name of XML, the same one whenever it is asked for."""
    return f"u{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:_LETTERS]}"


def is_name(written: str) -> bool:
    """Tell whether a name is one of these, and not of somebody's bookmark."""
    return len(written) == _LETTERS + 1 and written[0] == "u" and set(written[1:]) <= set("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A segment and what it renders: a form of the translation for each number of the plural, one where there is none.

    `source` has for each of them what it renders. `place` says where it stands, `before` how the source read that the
    words were made of, if it reads otherwise now, `context` is the msgctxt of a message.
    """

    key: Key
    kind: str
    place: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    state: State
    before: str = ""
    context: str | None = None
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return how a file calls it."""
        return name_of(self.key)

    def pieces(self, form: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return source and target of a form, taken apart, with the same numbers for what both have."""
        source = pieces_of(self.source[form], self.kind, self.flags)
        return source, numbered_as(pieces_of(self.target[form], self.kind, self.flags), source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Which revisions a file was made from: the text's (0: there was none), and that of the source beside it."""

    document: DocumentName
    locale: Tag
    revision: int
    source: Tag
    source_revision: int | None = None

    def __str__(self) -> str:
        said: dict[str, object] = {"locale": self.locale, "revision": self.revision, "source": self.source}
        if self.source_revision is not None:
            said["source-revision"] = self.source_revision
        return f"{quote(str(self.document))}?{urlencode(said)}"

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """Read what `str` wrote; None of anything else, whatever somebody's tool has put there."""
        document, _, query = written[:_LONGEST].partition("?")
        try:
            said = {name: values[0] for name, values in parse_qs(query, max_num_fields=10).items()}
            return cls(
                document=DocumentName.parse(unquote(document)),
                locale=parse_tag(said["locale"]),
                revision=_number(said["revision"]),
                source=parse_tag(said["source"]),
                source_revision=_number(said["source-revision"]) if "source-revision" in said else None,
            )
        except (KeyError, ValueError):
            return None


def _number(written: str) -> int:
    number = int(written) if written.isascii() and len(written) < _DIGITS else LARGEST_NUMBER + 1
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(written)
    return number


_LONGEST: Final = 2_000
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bitext:
    """What goes out: units in their order, and of which text they are."""

    origins: Origins
    title: str
    units: tuple[Unit, ...]


class Ref(NamedTuple):
    """A code that came back: its number in the file, and its role; what is written there the sheet knows."""

    number: int
    role: Role


Words = tuple[str | Ref, ...]
"""A form that came back: words, and codes among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A unit that came back. `name` is empty where the file has none of ours: then `source` and `context` say which.

    A form without words is there and empty. `state` is None where the file says nothing of it. `line` is where it
    stands, `wrong` why nothing can be made of it. `kind` is of Word's paragraphs, as `placing.Given` has it; None of
    files that name what they have. `cells` are those of its row, where it is one of a table. `remarks` are what people
    say of it in the file; what we wrote there ourselves may be among them. `partial` tells that a tool divided it and
    some of its parts are not translated: `forms` has the others. `copied` are those that say what their source says.
    """

    name: str
    source: str
    forms: tuple[Words, ...]
    line: int
    context: str | None = None
    state: State | None = None
    wrong: str = ""
    kind: str | None = None
    cells: tuple[str, ...] = ()
    partial: bool = False
    copied: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back: from what it was made, if it says so, its languages, and its units in their order.

    `remarks` are what is said in it of no unit, `problems` what of it is not read.
    """

    origins: Origins | None
    source: Tag | None
    locale: Tag | None
    units: tuple[Came, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
