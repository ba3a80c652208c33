"""Letters that a keyboard often lacks, and which plain letter people type in their place."""

from collections.abc import Sequence
from typing import Final

from app.domain.languages import Language

_PLAIN: Final = (
    dict(zip("ңғқөәүұһіӣӯҳҷёўҝ", "нгкоауухииухчеук", strict=True))
    | dict(zip("çäžňöşüýğəı", "caznosuygei", strict=True))
)  # fmt: skip
"""The letter of a Russian or English keyboard that stands where another belongs."""

_SIGNS: Final = "–—"
_UZBEK: Final = ("oʻ", "gʻ")


def special(language: Language) -> tuple[str, ...]:
    """Return what is worth a button: letters that a plain keyboard lacks, in both cases, quotation marks, dashes."""
    small = [letter for letter in language.letters if letter in _PLAIN or "ʻ" in letter]
    small += ["ʼ"] if "oʻ" in language.letters else []
    both = dict.fromkeys(one for letter in small for one in (letter, letter[0].upper() + letter[1:]))
    quotes = language.quotes
    marks = (quotes.opening, quotes.closing, quotes.inner_opening, quotes.inner_closing, *_SIGNS)
    return tuple(dict.fromkeys((*both, *marks)))


def kin(language: Language) -> Sequence[Sequence[str]]:
    """Return circles of letters of which a key turns one into the next: `у ү ұ` in Kazakh."""
    circles: dict[str, list[str]] = {}
    for letter in language.letters:
        if letter in _PLAIN:
            circles.setdefault(_PLAIN[letter], [_PLAIN[letter]]).append(letter)
    if "oʻ" in language.letters:
        circles["'"] = ["'", "ʻ", "ʼ"]
    return list(circles.values())
