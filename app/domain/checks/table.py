"""The table of checks: one row each, and no other rule about how grave it is, for what it is, and what it asks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.checks import (
    letters,
    likeness,
    markup,
    names,
    numbers,
    placeholders,
    plurals,
    punctuation,
    signs,
    spacing,
)
from app.domain.checks.pair import Check, Fault, Finding, Pair, Severity
from app.domain.checks.repetition import doubled
from app.domain.segments import FIXED_KINDS


class For(StrEnum):
    """For which kinds of segments a check is."""

    EVERY = "everything"
    WORDS = "what is read as words"
    BLOCKS = "blocks of an article"
    MESSAGES = "messages of a catalogue"


_NO_WORDS: Final = frozenset({"slug", "file", "fact", "code", "html", "rule", "reference", "untranslated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One check: it finds faults of a whole segment, or of each of its forms; `mends` tells that it may mend them."""

    check: Check
    severity: Severity
    kinds: For
    asks: str
    mends: bool = False
    whole: Callable[[Pair], Iterator[Fault]] | None = None
    each: Callable[[Pair, int], Iterator[Fault]] | None = None

    def is_for(self, kind: str) -> bool:
        """Tell whether a segment of this kind is looked at."""
        match self.kinds:
            case For.EVERY:
                return True
            case For.WORDS:
                return kind not in _NO_WORDS
            case For.BLOCKS:
                return kind not in _NO_WORDS | FIXED_KINDS
            case For.MESSAGES:
                return kind == "message"


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CHECKS: Final = (
    Row(check=Check.EMPTY, severity=_ERROR, kinds=For.EVERY, whole=plurals.empty,
        asks="something is written"),
    Row(check=Check.PLURALS, severity=_ERROR, kinds=For.MESSAGES, whole=plurals.plurals,
        asks="there are as many plural forms as the catalogue's rule has, and none is empty"),
    Row(check=Check.PLACEHOLDERS, severity=_ERROR, kinds=For.MESSAGES, each=placeholders.placeholders, mends=True,
        asks="python-format and python-brace-format: the placeholders of the msgid, of the same kinds, and no others"),
    Row(check=Check.FILLED, severity=_ERROR, kinds=For.MESSAGES, each=placeholders.filled,
        asks="no page failed that was made with it: what a page puts in place of its placeholders fits them"),
    Row(check=Check.NEWLINES, severity=_ERROR, kinds=For.MESSAGES, each=spacing.newlines, mends=True,
        asks="it begins and ends with a newline where the msgid does, and nowhere else"),
    Row(check=Check.SIGNS, severity=_ERROR, kinds=For.EVERY, each=signs.unusable_signs, mends=True,
        asks="no control characters, which no feed and no MO file may hold"),
    Row(check=Check.SAME, severity=_WARNING, kinds=For.WORDS, each=likeness.same,
        asks="it is not the source itself, unless that is a name, a number, an address or code"),
    Row(check=Check.NUMBERS, severity=_WARNING, kinds=For.WORDS, each=numbers.numbers, mends=True,
        asks="the numbers of the source, in digits as the language groups them or up to ten in words, and no others"),
    Row(check=Check.DATES, severity=_WARNING, kinds=For.WORDS, each=numbers.dates,
        asks="dates are in the same months"),
    Row(check=Check.NAMES, severity=_WARNING, kinds=For.WORDS, each=names.names,
        asks="the files and addresses of the source, and no others; what says the language may differ"),
    Row(check=Check.LINKS, severity=_WARNING, kinds=For.BLOCKS, each=names.links,
        asks="links, images and footnotes lead where those of the source do; what says the language may differ"),
    Row(check=Check.STRUCTURE, severity=_WARNING, kinds=For.BLOCKS, each=markup.structure,
        asks="as many cells, images, pieces of code, broken lines and levels of heading as the source has, and no "
             "marks of emphasis that readers would see"),
    Row(check=Check.EMPHASIS, severity=_WARNING, kinds=For.BLOCKS, each=markup.emphasis,
        asks="as much in bold and in italics as in the source"),
    Row(check=Check.TAGS, severity=_WARNING, kinds=For.WORDS, each=names.tags,
        asks="the HTML tags of the source, and no others"),
    Row(check=Check.ENDS, severity=_WARNING, kinds=For.MESSAGES, each=spacing.ends, mends=True,
        asks="white space at both ends is that of the source"),
    Row(check=Check.SPACES, severity=_WARNING, kinds=For.WORDS, each=spacing.spaces, mends=True,
        asks="one space between words, and none before a comma"),
    Row(check=Check.BRACKETS, severity=_WARNING, kinds=For.WORDS, each=punctuation.brackets,
        asks="each bracket has its other half"),
    Row(check=Check.QUOTES, severity=_WARNING, kinds=For.WORDS, each=punctuation.quotes, mends=True,
        asks="quotation marks are those of the language"),
    Row(check=Check.STOP, severity=_WARNING, kinds=For.WORDS, each=punctuation.stop, mends=True,
        asks="it ends with the sign that the source ends with; in an article ! and a full stop are one"),
    Row(check=Check.DOUBLED, severity=_WARNING, kinds=For.WORDS, each=doubled, mends=True,
        asks="no word stands twice in a row; where languages say a word twice and mean it, no little word"),
    Row(check=Check.SCRIPT, severity=_WARNING, kinds=For.WORDS, each=letters.script, mends=True,
        asks="the letters of a word are of one script"),
    Row(check=Check.ALPHABET, severity=_WARNING, kinds=For.WORDS, each=letters.alphabet,
        asks="the letters of a word that is no name are in the alphabet"),
    Row(check=Check.APOSTROPHES, severity=_WARNING, kinds=For.WORDS, each=letters.apostrophes, mends=True,
        asks="Uzbek: ʻ in oʻ and gʻ, ʼ elsewhere"),
    Row(check=Check.LENGTH, severity=_WARNING, kinds=For.WORDS, each=likeness.length,
        asks="it is not several times longer or shorter than the source"),
    Row(check=Check.CONSISTENCY, severity=_WARNING, kinds=For.WORDS, whole=likeness.consistency,
        asks="the same source is translated the same elsewhere"),
    Row(check=Check.TERMS, severity=_WARNING, kinds=For.WORDS, each=likeness.terms,
        asks="terms are translated as the glossary has them"),
)  # fmt: skip


def findings(pair: Pair) -> tuple[Finding, ...]:
    """Return what is wrong with a segment, the gravest first; of nothing but its emptiness if it is a hole.

    A mend is offered only if with it the finding is gone and no other has come.
    """
    found = tuple(_found(pair))
    return tuple(one if one.mend is None or _mends(one, pair, found) else replace(one, mend=None) for one in found)


def errors(pair: Pair) -> tuple[Finding, ...]:
    """Return what of it keeps a text from being handed in."""
    return tuple(_found(pair, _GRAVE))


_GRAVE: Final = tuple(row for row in CHECKS if row.severity is Severity.ERROR)


def _found(pair: Pair, checks: Iterable[Row] = CHECKS) -> Iterator[Finding]:
    for row in checks:
        if not row.is_for(pair.kind):
            continue
        if row.whole is not None:
            faults = [_finding(row, fault, 0) for fault in row.whole(pair)]
            yield from faults
            if faults and row.check is Check.EMPTY:
                return
        for at, form in enumerate(pair.target) if row.each is not None else ():
            if form.strip() and row.each is not None:
                yield from (_finding(row, fault, at) for fault in row.each(pair, at))


def _finding(row: Row, fault: Fault, at: int) -> Finding:
    return Finding(
        check=row.check, severity=row.severity, said=fault.said, form=at, span=fault.span, mend=fault.mend
    )  # fmt: skip


def _mends(finding: Finding, pair: Pair, found: tuple[Finding, ...]) -> bool:
    if finding.mend is None or not finding.mend.strip():
        return False
    forms = (*pair.target[: finding.form], finding.mend, *pair.target[finding.form + 1 :])
    before = Counter((one.check, one.form, one.said) for one in found)
    after = Counter((one.check, one.form, one.said) for one in _found(replace(pair, target=forms)))
    own = (finding.check, finding.form, finding.said)
    return after[own] < before[own] and not after - before
