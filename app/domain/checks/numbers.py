"""Numbers and dates: each of the source stands in the translation, as that language writes it, and no other does."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.domain.checks.masking import prose
from app.domain.checks.number_words import may_count, month_of, named, spoken
from app.domain.checks.numerals import Number, half_a_day_apart, is_clear, numbers_in
from app.domain.checks.pair import Fault, Pair
from app.domain.said import saying
from app.domain.segments import Tag

_WORD = re.compile(r"[^\W\d_][^\W\d_ʻʼ’'-]*+[ʻʼ’']?+[^\W\d_]*+")
_DATED = re.compile(
    r"(?<!\d)\d{1,4}(?:-?[^\W\d_]{1,4})?+[-.,\s\u00a0]{1,3}(?P<after>[^\W\d_]{3,}+)"
    r"|(?<![^\W_])(?P<before>[^\W\d_]{3,20})[.,\s\u00a0]{1,3}\d"
)
_YEAR = 4  # digits
_MOST = 3  # of one kind that are told of a form: the others are seen when these are mended


def numbers(pair: Pair, at: int) -> Iterator[Fault]:
    """Find numbers of the source that a form lacks, and those that it has invented."""
    form, sources = pair.target[at], pair.source[-1:] if not pair.is_plural else pair.source
    texts = [prose(text, pair.flags) for text in (*sources, form)]
    every = [list(numbers_in(text)) for text in texts]
    if not any(every):
        return
    missing, invented = _apart(every[-2], every[-1])
    if len(sources) > 1:
        missing = [one for one in missing if at not in pair.rare]
        invented = [one for one in invented if not set(one.values) & {v for n in every[0] for v in n.values}]
    if missing:
        there = _named(texts[-1], pair.target_tag)
        missing = [one for one in missing if there.isdisjoint(one.values)]
    if invented:
        there = set().union(*(_named(text, pair.source_tag) for text in texts[:-1]))
        invented = [one for one in invented if there.isdisjoint(one.values)]
    instead = _instead(_shared(*every[-2:]), missing, invented) if missing and invented else ()
    sure = [two for two in instead if _is_sure(pair, texts[-2:], two)]
    yield from islice(_told(missing, invented, sure, form), _MOST)


def _told(
    missing: Iterable[Number], invented: Iterable[Number], instead: Sequence[tuple[Number, Number]], form: str
) -> Iterator[Fault]:
    """Yield what to say: of a number in place of the source's both in one sentence, with that one put there."""
    for asked, given in instead:
        start, end = given.span
        said = saying("%(given)s stands here, and %(asked)s in the source", given=given.written, asked=asked.written)
        yield Fault(said, given.span, form[:start] + asked.written_like(given) + form[end:])
    for one in missing:
        if all(one is not asked for asked, _ in instead):
            yield Fault(saying("the number %(digits)s of the source is missing", digits=one.written))
    for one in invented:
        if all(one is not given for _, given in instead):
            yield Fault(saying("the number %(digits)s is not in the source", digits=one.written), one.span)


def _instead(
    shared: tuple[Sequence[Number], Sequence[Number]], missing: Iterable[Number], invented: Iterable[Number]
) -> Iterator[tuple[Number, Number]]:
    """Yield missing numbers with the one that stands in the place of each.

    Each alone is as many digits long, and has as many such before it of those that both texts have: of 2026–2027 and
    2025–2026 nobody can tell.
    """
    by_length = defaultdict[int, tuple[list[Number], list[Number]]](lambda: ([], []))
    for place, found in enumerate((missing, invented)):
        for one in found:
            by_length[one.length][place].append(one)
    for ours, theirs in by_length.values():
        alone = len(ours) == len(theirs) == 1
        if alone and _before(ours[0], shared[0]) == _before(theirs[0], shared[1]) and ours[0].written_like(theirs[0]):
            yield ours[0], theirs[0]


def _is_sure(pair: Pair, texts: Sequence[str], two: tuple[Number, Number]) -> bool:
    """Tell whether nothing but a mistake makes two numbers differ.

    Either may stand in words in the other text, but for a year of four digits, which nobody writes so.
    """
    if half_a_day_apart(*two) or not all(map(is_clear, texts, two)):
        return False
    if two[0].length == _YEAR == len(two[0].written):
        return True
    words = ((word[0] for word in _WORD.finditer(text)) for text in texts)
    return not any(map(may_count, words, map(spoken, (pair.source_tag, pair.target_tag))))


def _shared(asked: Sequence[Number], given: Sequence[Number]) -> tuple[Sequence[Number], Sequence[Number]]:
    """Return, of the numbers of two texts, those that the other has as well."""
    ours, theirs = ({value for one in found for value in one.values} for found in (asked, given))
    return (
        [one for one in asked if not theirs.isdisjoint(one.values)],
        [one for one in given if not ours.isdisjoint(one.values)],
    )


def _before(one: Number, others: Iterable[Number]) -> int:
    return sum(other.span < one.span and other.length == one.length for other in others)


def _apart(asked: Sequence[Number], given: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """Return which numbers the other text has not: as they are meant, or else digits by digits."""
    missing, invented = _unmatched(asked, given)
    if not (missing and invented):
        return missing, invented
    parts = _unmatched(*([part for one in found for part in one.split()] for found in (missing, invented)))
    return (missing, invented) if all(parts) and len(missing) == len(invented) == 1 else parts


def _unmatched(asked: Sequence[Number], given: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    places = defaultdict[str, list[int]](list)
    for at in reversed(range(len(given))):
        for value in given[at].values:
            places[value].append(at)
    free, missing = set(range(len(given))), list[Number]()
    for one in asked:
        for value in one.values:
            while places[value] and places[value][-1] not in free:
                places[value].pop()
            if places[value]:
                free.discard(places[value].pop())
                break
        else:
            missing.append(one)
    return missing, [given[at] for at in sorted(free)]


def _named(text: str, tag: Tag) -> set[str]:
    return {str(one) for one in named((word[0] for word in _WORD.finditer(text)), spoken(tag))}


def dates(pair: Pair, at: int) -> Iterator[Fault]:
    """Find a date of the source whose month is another one in a form."""
    source, form = (prose(text, pair.flags) for text in (pair.asked, pair.target[at]))
    asked = _months(source, pair.source_tag)
    if not asked:
        return
    there = {month_of(word[0], pair.target_tag) for word in _WORD.finditer(form)}
    there |= {int(value) for one in numbers_in(form) for value in one.parts if len(value) < 3}
    for month, word in asked.items():
        if month not in there:
            yield Fault(saying("the date is in the month %(month)s in the source, and not here", month=word))
            return


def _months(text: str, tag: Tag) -> dict[int, str]:
    """Return the months that stand beside a number, with their words."""
    words = (found["after"] or found["before"] for found in _DATED.finditer(text))
    return {month: word for word in words if (month := month_of(word, tag))}
