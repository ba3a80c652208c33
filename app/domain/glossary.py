"""Terms of a pair of languages, and where a text has them: in whatever endings, as far as beginnings of words tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.folding import fold, stemmed, words
from app.domain.segments import Tag

# What a last letter becomes before an ending that begins with a vowel: мамлекеттик, мамлекеттиги; kitap, kitaby.
_SOFTENED = dict(zip("кқпkqptçӣ", "гғбgğbdjи", strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a glossary says of one term of `source`, to whoever writes `target`; `keep` is not to be translated."""

    source: Tag
    target: Tag
    term: str
    translation: str
    note: str = ""
    forbidden: tuple[str, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A term, and where a text has it."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    written: str
    start: int
    end: int

    def is_form_of(self, other: "_Word", *, by_stem: bool) -> bool:
        """Tell whether this may be that word with an ending; a short word has short ones, and SCO is no word `sco`."""
        if len(other.written) > 1 and other.written.isupper() and not self.written.startswith(other.written):
            return False
        part, room = other.folded, 3 * max(len(other.folded) - 2, 0)
        if by_stem or not room or self.folded == part:
            return self.folded == part
        return self.folded.startswith((part, _softened(part))) and len(self.folded) <= len(part) + room


class Glossary:
    """Terms that are looked for in many texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_start = defaultdict[Tag, dict[str, list[tuple[list[_Word], Term]]]](dict)
        for term in terms:
            if phrase := _words(term.term, term.source):
                starts = self._by_start[term.source]
                for start in {phrase[0].folded, _softened(phrase[0].folded)}:
                    starts.setdefault(start, []).append((phrase, term))

    def found_in(self, text: str) -> tuple[Found, ...]:
        """Return the terms that a text has, in its order: at a place the longest, and none inside of another.

        Terms that stand at one place in the same words are all returned, since each may be the one that is meant.
        """
        found = [place for tag in self._by_start for place in self._places(text, tag)]
        found.sort(key=lambda place: (place.start, -place.end))
        result, end = list[Found](), 0
        for (start, stop), same in groupby(found, key=lambda place: (place.start, place.end)):
            if start >= end:
                result.extend(same)
                end = stop
        return tuple(result)

    def _places(self, text: str, tag: Tag) -> Iterable[Found]:
        written, starts, by_stem = _words(text, tag), self._by_start[tag], stemmed(tag)
        for at, word in enumerate(written):
            for length in range(len(word.folded) if by_stem else 1, len(word.folded) + 1):
                for phrase, term in starts.get(word.folded[:length], ()):
                    if _begins(written[at : at + len(phrase)], phrase, tag):
                        yield Found(term, word.start, written[at + len(phrase) - 1].end)


def found_in(text: str, terms: Iterable[Term]) -> tuple[Found, ...]:
    """Return where a text has terms; see `Glossary.found_in`, which is for many texts."""
    return Glossary(terms).found_in(text)


def places(text: str, phrase: str, tag: Tag) -> tuple[tuple[int, int], ...]:
    """Return where a text of a language has a phrase in whatever endings: a translation, or one that is forbidden."""
    written, sought = _words(text, tag), _words(phrase, tag)
    return tuple(
        (word.start, written[at + len(sought) - 1].end)
        for at, word in enumerate(written)
        if sought and _begins(written[at : at + len(sought)], sought, tag)
    )


def _softened(part: str) -> str:
    return part[:-1] + _SOFTENED.get(part[-1], part[-1])


def _begins(written: Sequence[_Word], phrase: Sequence[_Word], tag: Tag) -> bool:
    by_stem = stemmed(tag)
    return len(written) >= len(phrase) and all(
        word.is_form_of(part, by_stem=by_stem) for word, part in zip(written, phrase, strict=False)
    )


def _words(text: str, tag: Tag) -> list[_Word]:
    by_stem = stemmed(tag)
    return [
        _Word(folds.loose if by_stem else folds.exact, word[0], word.start(), word.end())
        for word in words(text)
        if (folds := fold(word[0], tag))
    ]
