"""Regular expressions that people write: whatever they are, no page waits for them long, and no memory is filled."""

from dataclasses import dataclass
from time import monotonic
from typing import Final

import regex

from app.domain.said import Said, saying

SECONDS: Final = 0.2
"""How long one may look at one text: some never end."""

LARGEST: Final = 5_000
"""Parts that one may have with its repetitions written out, as they are when compiled: `(a{50}){50}` has 2,500."""

_TOKEN = regex.compile(
    r"\(\?#[^)]*\)|\\[pPxuUN]\{[^}]*\}|\\.|\[(?:\\.|[^]\\])+\]|\{(?P<least>\d*)(?P<to>,?)(?P<most>\d*)\}|.",
    regex.DOTALL,
)


_VERBOSE = regex.compile(r"\(\?[a-zA-Z0-9]*x")  # in which comments end with lines, and may hide how large the rest is


class TooSlowError(Exception):
    """A regular expression took longer than it may."""


class NoRuleError(Exception):
    """This is no regular expression, or one that is larger than any that is meant; `said` tells which."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


@dataclass(slots=True)
class Patience:
    """The seconds that are left to look at all texts of a page."""

    left: float = 2.0

    def finds(self, rule: "regex.Pattern[str]", text: str) -> bool:
        """Tell whether there is such a place in a text. TooSlowError after `SECONDS`, or when none are left."""
        if self.left <= 0:
            raise TooSlowError
        begun = monotonic()
        try:
            return rule.search(text, timeout=min(SECONDS, self.left)) is not None
        except TimeoutError:
            raise TooSlowError from None
        finally:
            self.left -= monotonic() - begun


def compiled(written: str, *, exact: bool = False) -> "regex.Pattern[str]":
    """Return what somebody wrote as a rule, capitals and small letters alike if it is not `exact`. NoRuleError."""
    if _VERBOSE.search(written):
        raise NoRuleError(saying("/%(rule)s/ is no regular expression", rule=written))
    if _size(written) > LARGEST:
        raise NoRuleError(
            saying("/%(rule)s/ repeats more than may be looked for: %(most)s parts at most", rule=written, most=LARGEST)
        )
    try:
        return regex.compile(written, 0 if exact else regex.IGNORECASE)
    except (regex.error, RecursionError, OverflowError):
        raise NoRuleError(saying("/%(rule)s/ is no regular expression", rule=written)) from None


def _size(written: str) -> int:
    """Return how many parts there are with each repetition written out, as far as a look at it tells."""
    groups: list[list[int]] = [[]]
    for token in _TOKEN.finditer(written):
        if token[0] == "(":
            groups.append([])
        elif token[0] == ")" and len(groups) > 1:
            groups[-2].append(sum(groups.pop()))
        elif (counts := token["least"] or token["most"]) and groups[-1]:
            groups[-1].append(groups[-1].pop() * max(int(token["most"] or 0), int(counts), 1))
        else:
            groups[-1].append(1)
    return sum(map(sum, groups))
