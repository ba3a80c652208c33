"""Inline codes: what stands in the words of a segment and is no word, as tools for translators show it (XLIFF).

A text is taken apart into words and codes and put together again without a letter lost: `"".join` of what the pieces
say is the text. In a block of an article a code is what Markdown (CommonMark) makes of a sign: `**`, `[`, `](address)`,
code, an image, HTML; in a message it is a tag or a placeholder; a title has none. A sign that nothing answers to
(`2 * 3`, an open bracket) is a word, so that pairs are always whole and one inside the other.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.checks.masking import TAG
from app.domain.segments import FIXED_KINDS


class Role(StrEnum):
    """Whether a code stands alone, or begins or ends something."""

    ALONE = "alone"
    OPEN = "open"
    CLOSE = "close"


class Sort(StrEnum):
    """What a code is, for who sees its number alone."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    DELETED = "deleted"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    BREAK = "break"
    TAG = "tag"
    PLACEHOLDER = "placeholder"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Code:
    """One code as it is written; both halves of a pair have one number, and `close` is what the other half says."""

    written: str
    sort: Sort
    role: Role = Role.ALONE
    number: int = 0

    def __str__(self) -> str:
        return self.written


Piece = str | Code
"""Words, or a code among them."""

CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff"
"""Letters that may not stand in XML 1.0 (2.2), and the carriage return, which nobody reads back (2.11)."""

_DEEPEST: Final = 20
"""Pairs inside each other; XML that is nested deeper than 256 no reader takes."""

_BREAK = r"\\\n|[ ]{2,}+\n"
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_END_OF_LINK = r"\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?:\s++\"[^\"\n]*+\")?\)"
_PERCENT = r"%(?:\([^()]*+\))?[#0 +-]*+[0-9*]*+(?:\.[0-9*]++)?[hlL]*+[diouxXeEfFgGcrsa%]"
_BRACES = r"\{[^{}\n]*+\}"
_MARKDOWN: Final = re.compile(
    rf"(?P<escaped>{_ESCAPED})|(?P<ticks>`++)|(?P<tag>{TAG})|(?P<open>!?\[)|(?P<close>{_END_OF_LINK})"
    rf"|(?P<run>\*++|_++|~++)|(?P<break>{_BREAK})|(?P<sign>[{CONTROLS}])"
)
_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "python-format": _PERCENT, "c-format": _PERCENT, "python-brace-format": _BRACES,
}  # fmt: skip
_RUNS: Final = {"*": Sort.EMPHASIS, "_": Sort.EMPHASIS, "**": Sort.STRONG, "__": Sort.STRONG, "~~": Sort.DELETED}


_WHOLE: Final = frozenset({"code", "html", "rule", "reference", "untranslated"})
"""Kinds of blocks in which no sign is looked for: they are all code, or nothing."""


def pieces_of(text: str, kind: str, flags: Sequence[str] = ()) -> tuple[Piece, ...]:
    """Return a segment's text (or one form of a message) taken apart; `flags` are the message's."""
    if kind == "message":
        signs = (f"(?P<tag>{TAG})", f"(?P<sign>[{CONTROLS}])", *_placeholders(flags))
        found = _alone(text, re.compile("|".join(signs)))
    elif kind in FIXED_KINDS | _WHOLE:
        found = _alone(text, re.compile(f"(?P<sign>[{CONTROLS}])"))
    else:
        found = _markdown(text)
    return tuple(_numbered(text, _whole_pairs(list(found))))


def written(pieces: Iterable[Piece]) -> str:
    """Return the text that pieces are of."""
    return "".join(map(str, pieces))


def numbered_as(pieces: Sequence[Piece], source: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a translation's pieces, its codes with the numbers that they have in its source.

    Equal ones are the same one, in their order; what the source does not have is numbered behind all that it has.
    """
    known: dict[tuple[str, str], deque[int]] = {}
    for first, last in _pairs(source):
        known.setdefault((first.written, last.written), deque()).append(first.number)
    numbers: dict[int, int] = {}
    more = max((one.number for one in source if isinstance(one, Code)), default=0)
    for first, last in _pairs(pieces):
        if waiting := known.get((first.written, last.written)):
            numbers[first.number] = waiting.popleft()
        else:
            numbers[first.number] = more = more + 1
    return tuple(replace(one, number=numbers[one.number]) if isinstance(one, Code) else one for one in pieces)


def _pairs(pieces: Iterable[Piece]) -> list[tuple[Code, Code]]:
    """Return the codes in the order in which they begin, each with its other half; one that stands alone twice."""
    codes = [one for one in pieces if isinstance(one, Code)]
    ends = {one.number: one for one in codes if one.role is Role.CLOSE}
    return [(one, ends.get(one.number, one)) for one in codes if one.role is not Role.CLOSE]


@dataclass(frozen=True, slots=True)
class _Found:
    """A sign that may be a code: where it stands, and what it would be with another half."""

    start: int
    end: int
    sort: Sort
    role: Role = Role.ALONE
    answers: str = ""
    either: bool = False
    """Tells that a sign may begin as well as end (`*` between letters)."""


def _placeholders(flags: Sequence[str]) -> Iterator[str]:
    for pattern in dict.fromkeys(_PLACEHOLDERS[flag] for flag in flags if flag in _PLACEHOLDERS):
        yield pattern if pattern == _BRACES else f"(?P<placeholder>{pattern})"


def _alone(text: str, signs: re.Pattern[str]) -> Iterator[_Found]:
    for found in signs.finditer(text):
        if found.lastgroup == "tag":
            yield _tag(found)
        else:
            yield _Found(*found.span(), Sort(found.lastgroup or Sort.PLACEHOLDER))


def _tag(found: re.Match[str]) -> _Found:
    """Return a tag of HTML, which another one answers to if it has the same name."""
    name = re.match(r"<(/?)([a-zA-Z][^\s/>]*+)", found[0])
    if name is None or found[0].endswith("/>") or ":" in name[2] or "@" in name[2]:
        return _Found(*found.span(), Sort.TAG)  # a comment, an address
    return _Found(*found.span(), Sort.TAG, Role.CLOSE if name[1] else Role.OPEN, f"<{name[2].lower()}>")


def _markdown(text: str) -> Iterator[_Found]:
    """Yield what signs of Markdown there are outside code, in their order."""
    fences = _code(text)
    end = 0
    for found in _MARKDOWN.finditer(text):
        start = found.start()
        if start < end:
            continue
        match found.lastgroup:
            case "ticks" if start in fences:
                end = fences[start]
                yield _Found(start, end, Sort.CODE)
            case "tag":
                yield _tag(found)
            case "open":
                sort = Sort.IMAGE if found[0][0] == "!" else Sort.LINK
                yield _Found(*found.span(), sort, Role.OPEN, "]")
            case "close":
                yield _Found(*found.span(), Sort.LINK, Role.CLOSE, "]")
            case "run" if found[0] in _RUNS:
                yield from _emphasis(text, found)
            case "break":
                yield _Found(*found.span(), Sort.BREAK)
            case "sign":
                yield _Found(*found.span(), Sort.SIGN)
            case _:
                pass  # an escaped sign, more of them than mean anything, code that does not end


def _code(text: str) -> Mapping[int, int]:
    """Return where pieces of code begin and end: a run of backticks is ended by the next as long (CommonMark, 6.1)."""
    runs = [found.span() for found in re.finditer("`++", text)]
    later: dict[int, deque[tuple[int, int]]] = {}
    for start, end in runs:
        later.setdefault(end - start, deque()).append((start, end))
    found: dict[int, int] = {}
    last = 0
    for start, end in runs:
        same = later[end - start]
        while same and same[0][0] <= max(start, last - 1):
            same.popleft()
        if start >= last and same:
            last = found[start] = same[0][1]
    return found


def _emphasis(text: str, run: re.Match[str]) -> Iterator[_Found]:
    """Yield a run of `*`, `_` or `~` where it can begin or end something (CommonMark, 6.2, without its rarer rules)."""
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    begins, ends = bool(after.strip()), bool(before.strip())
    if run[0][0] == "_":
        begins, ends = begins and not before.isalnum(), ends and not after.isalnum()
    if begins or ends:
        role = Role.OPEN if begins else Role.CLOSE
        yield _Found(*run.span(), _RUNS[run[0]], role, run[0], either=begins and ends)


def _whole_pairs(found: list[_Found]) -> Iterator[tuple[_Found, int]]:
    """Yield what is a code, and which other one it belongs to by its start (its own, or that of its first half)."""
    open_: list[int] = []
    partner: dict[int, int] = {}
    waiting: dict[str, int] = {}
    for at, one in enumerate(found):
        answered = one.role is Role.CLOSE or one.either
        if answered and waiting.get(one.answers):
            while found[open_[-1]].answers != one.answers:
                waiting[found[open_.pop()].answers] -= 1
            first = open_.pop()
            waiting[one.answers] -= 1
            if found[first].start + len(one.answers) < one.start or one.sort is Sort.TAG or one.answers == "]":
                partner[first] = partner[at] = first
        elif one.role is Role.OPEN and len(open_) < _DEEPEST:
            open_.append(at)
            waiting[one.answers] = waiting.get(one.answers, 0) + 1
    for at, one in enumerate(found):
        if at in partner:
            sort = found[partner[at]].sort
            role = Role.OPEN if partner[at] == at else Role.CLOSE
            yield replace(one, role=role, sort=sort), partner[at]
        elif one.role is Role.ALONE or one.sort is Sort.TAG:
            yield replace(one, role=Role.ALONE), at


def _numbered(text: str, codes: Iterable[tuple[_Found, int]]) -> Iterator[Piece]:
    numbers: dict[int, int] = {}
    end = 0
    for one, belongs in codes:
        if one.start > end:
            yield text[end : one.start]
        number = numbers.setdefault(belongs, len(numbers) + 1)
        yield Code(text[one.start : one.end], one.sort, one.role, number)
        end = one.end
    if end < len(text):
        yield text[end:]
