"""Searching: what a text is found by, what a question asks for, and in which order the answers come.

A question is answered in tiers, and the newest comes first in each: all its words in the title, first as they are
written and then as a keyboard without the language's letters writes them; then all of them anywhere; then words that
only begin alike. Where a language has no stemmer a word is found by its beginning, since its endings follow it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.folding import Fold, folds, little, stemmed
from app.domain.segments import Tag
from app.domain.snippets import Piece

LONGEST_QUESTION: Final = 200
"""Letters of a question; what follows is not asked."""

MOST_WORDS: Final = 10
"""Words of a question; all of them are required, so that each one more costs another look."""

LARGEST: Final = 900_000
"""Bytes of all that one text is found by: PostgreSQL takes a megabyte. A book's rarest words would not be found."""

PAGE: Final = 10
PAGES: Final = 10
"""Answers on a page, and pages of answers: who would leaf further is better served by another word."""

_SHORTEST_BEGINNING = 3
_LEFT_OF_A_WORD = 5
_NEVER = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what would turn the words around a shown question


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What is looked up in a database: letters, digits and underscores, whole or as a beginning."""

    text: str
    beginning: bool


Wanted = tuple[tuple[Term, ...], ...]
"""Of each of these groups, one term at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """How well a text has to answer: in its title or anywhere, as it is written or loosely, or nearly."""

    title: bool = False
    loose: bool = False
    near: bool = False


TIERS: Final = (
    Tier(title=True),
    Tier(title=True, loose=True),
    Tier(),
    Tier(loose=True),
    Tier(loose=True, near=True),
)
"""From the best to the last; whatever is in a tier of `loose` holds what is in its counterpart without."""

ELSEWHERE: Final = Tier(loose=True)
"""How other languages are asked, once each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asked for, in the language of the page: the text as it is shown again, and its words.

    A word of a `co-operation` may also be found in the `joined` form, which stands for each of its words.
    """

    text: str
    locale: Tag
    folds: tuple[Fold, ...]
    joined: Mapping[Fold, Fold] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: str, locale: Tag) -> "Question":
        """Read a question: cut, without what cannot be shown, each word once. Nothing that is typed is an error.

        Its little words need not be in a text, unless there are no others.
        """
        text = shown(asked)
        found = dict[Fold, Fold | None]()
        for word, joined, _ in folds(text, locale):
            found[word] = found.get(word, joined) and joined  # a word that stands alone too has to be there itself
        asked_for = tuple([word for word in found if not little(word, locale)] or found)[:MOST_WORDS]
        forms = {word: joined for word in asked_for if (joined := found[word])}
        return cls(text=text, locale=locale, folds=asked_for, joined=forms)

    def wanted(self, tier: Tier) -> Wanted:
        """Return what a text of this tier has to be found by."""
        return tuple(
            tuple(term for word, beginning in forms for term in self._terms(tier, word, beginning))
            for forms in self._words(tier)
        )

    def sought(self, tier: Tier) -> tuple[str, ...]:
        """Return how this tier's words begin in a line of `snippets.folded_places`, in which a colon ends a word."""
        forms = (form for either in self._words(tier) for form in either)
        return tuple(dict.fromkeys(f" {word.loose}{'' if beginning else ':'}" for word, beginning in forms))

    def _words(self, tier: Tier) -> Iterator[list[tuple[Fold, bool]]]:
        """Yield the forms of each word and whether they are asked for as a beginning.

        A joined form isn't shortened: what is left of `kyrgyztajik` would be one of its words without the other.
        """
        open_ended = tier.near or not stemmed(self.locale)

        def form(word: Fold, *, near: bool) -> tuple[Fold, bool]:
            beginning = open_ended and len(word.loose) >= _SHORTEST_BEGINNING and not word.loose.isdigit()
            return (_shortened(word) if near and beginning else word), beginning

        for word in self.folds:
            joined = self.joined.get(word)
            yield [form(word, near=tier.near), *([form(joined, near=False)] if joined else ())]

    def _terms(self, tier: Tier, word: Fold, beginning: bool) -> tuple[Term, ...]:
        where = "t" if tier.title else "a"
        if not tier.loose:
            return (Term(text=_named(f"{where}e", self.locale, word.exact), beginning=beginning),)
        # a word whose folds are one stands under its exact one alone
        names = (_named(where + how, self.locale, word.loose) for how in "el")
        return tuple(Term(text=name, beginning=beginning) for name in names)


def shown(asked: str) -> str:
    """Return a question as it is shown in the page: cut, in one line, without what no letter is made of."""
    kept = (
        letter if unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"} and not _NEVER.match(letter) else " "
        for letter in asked[:LONGEST_QUESTION]
    )
    return " ".join("".join(kept).split())


def _shortened(word: Fold) -> Fold:
    """Return five letters, or three fifths of a longer word: what is left of it without endings is mostly more."""
    kept = max(_LEFT_OF_A_WORD, len(word.loose) * 3 // 5)
    return Fold(exact=word.exact[:kept], loose=word.loose[:kept])


def terms(locale: Tag, *, title: Iterable[Fold], text: Iterable[Fold]) -> str:
    """Return all that a text is found by, once each, in a line: `tekk_орталық aekk_орталық alkk_орталык …`.

    `text` has the words of the title too. What stands first is kept where it is too much.
    """
    kept, size = list[str](), 0
    for term in dict.fromkeys((*_forms("t", locale, title), *_forms("a", locale, text))):
        size += len(term.encode()) + 1
        if size > LARGEST:
            break
        kept.append(term)
    return " ".join(kept)


def _forms(where: str, locale: Tag, folds: Iterable[Fold]) -> Iterator[str]:
    for one in folds:
        yield _named(f"{where}e", locale, one.exact)
        if one.loose != one.exact:
            yield _named(f"{where}l", locale, one.loose)


def _named(kind: str, locale: Tag, word: str) -> str:
    """Name a word of a language, so that a common one of another language costs nothing."""
    return f"{kind}{locale.replace('-', '').lower()}_{word}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One answer: its language, where it is below `/<locale>/`, and its words, the found ones apart."""

    locale: Tag
    path: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of answers. `count` is their number, or where there are `more` the number that is looked at.

    `elsewhere` are a few of other languages, whose documents are not among the answers.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    count: int = 0
    more: bool = False
    elsewhere: tuple[Hit, ...] = ()
