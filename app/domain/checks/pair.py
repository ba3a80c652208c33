"""What a check looks at, and what it finds: a segment beside its source, and what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.glossary import Term
from app.domain.said import Said
from app.domain.segments import NO_LANGUAGE, Key, Tag, digest_of

Span = tuple[int, int]
"""Where in a form something stands: first letter, and the one after the last."""


class Severity(StrEnum):
    """An error keeps a text from being submitted; a warning may be dismissed with a reason."""

    ERROR = "error"
    WARNING = "warning"


class Check(StrEnum):
    """What is looked at."""

    EMPTY = "empty"
    PLURALS = "plurals"
    PLACEHOLDERS = "placeholders"
    FILLED = "filled"
    NEWLINES = "newlines"
    SIGNS = "signs"
    SAME = "same"
    NUMBERS = "numbers"
    DATES = "dates"
    NAMES = "names"
    LINKS = "links"
    STRUCTURE = "structure"
    EMPHASIS = "emphasis"
    TAGS = "tags"
    ENDS = "ends"
    SPACES = "spaces"
    BRACKETS = "brackets"
    QUOTES = "quotes"
    STOP = "stop"
    DOUBLED = "doubled"
    SCRIPT = "script"
    ALPHABET = "alphabet"
    APOSTROPHES = "apostrophes"
    LENGTH = "length"
    CONSISTENCY = "consistency"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A segment and what it renders.

    `source` is one text, or msgid and msgid_plural; `target` one text, or a form for each number of the plural. `forms`
    is how many those have to be, `one` which of them is that of one thing, and `rare` are the ones that serve a few
    numbers alone. `elsewhere` are other
    translations of the same source, `terms` what the glossary says of words that may be in it. `unfilled` are forms
    that a page could not be made with.
    """

    key: Key
    kind: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_tag: Tag = NO_LANGUAGE
    target_tag: Tag
    flags: tuple[str, ...] = ()
    forms: int = 1
    one: int = 0
    rare: frozenset[int] = frozenset()
    terms: tuple[Term, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unfilled: frozenset[str] = frozenset()

    @property
    def is_plural(self) -> bool:
        """Tell whether this is a message with plural forms."""
        return len(self.source) > 1

    @property
    def asked(self) -> str:
        """Return the source that a form is held against: of a plural the one for many, which says the number."""
        return self.source[-1] if self.source else ""


class Fault(NamedTuple):
    """What a check says of a form: the sentence, where, and the whole form mended if that can be done surely."""

    said: Said
    span: Span | None = None
    mend: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault of a form (the first is 0), and how grave it is."""

    check: Check
    severity: Severity
    said: Said
    form: int = 0
    span: Span | None = None
    mend: str | None = None

    def subject(self, pair: Pair) -> str:
        """Return the digest of what this is about: another one, and a dismissal of this says nothing any more.

        A sentence that names something is about that, wherever in the words it stands; any other is about all of them.
        """
        whole = () if self.said.values else (*pair.source, *pair.target[self.form : self.form + 1])
        return digest_of(self.check, self.said, *whole)
