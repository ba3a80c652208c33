"""Numbers and dates: each of the source stands in the translation, as that language writes it, and no other does."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.checks.masking import prose
from app.domain.checks.number_words import month_of, named, scale_of, spoken
from app.domain.checks.pair import Fault, Pair, Span
from app.domain.said import saying
from app.domain.segments import Tag

_SPACES = " \u00a0\u2009\u202f"
_RUN = re.compile(rf"(?<![^\W_])\d++(?:[.,:/'’{_SPACES}]\d++)*+")
_PIECE = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))++(?:[.,]\d++)?+|\d++(?:[.,'’]\d++)*+")
_AFTERNOON = re.compile(r"\s?p\.?m\b", re.IGNORECASE)
_BEHIND = re.compile(r"[\s\u00a0-]?([^\W\d_]{2,12})")
_WORD = re.compile(r"[^\W\d_][^\W\d_ʻʼ’'-]*+[ʻʼ’']?+[^\W\d_]*+")
_DATED = re.compile(
    r"(?<!\d)\d{1,4}(?:-?[^\W\d_]{1,4})?+[-.,\s\u00a0]{1,3}(?P<after>[^\W\d_]{3,}+)"
    r"|(?<![^\W_])(?P<before>[^\W\d_]{3,20})[.,\s\u00a0]{1,3}\d"
)
_MOST = 3  # of one kind that are told of a form: the others are seen when these are mended


@dataclass(frozen=True, slots=True)
class Number:
    """One number: as it is written, what it may mean (`1,200` is two numbers), and its digits taken one by one."""

    written: str
    span: Span
    values: tuple[str, ...]
    parts: tuple[str, ...]


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers of a text; a date in digits is three, a time of day two."""
    for run in _RUN.finditer(text):
        clock = ":" in run[0]
        for piece in _PIECE.finditer(run[0]):
            start, end = run.start() + piece.start(), run.start() + piece.end()
            parts = tuple(_whole(part) for part in re.findall(r"\d+", piece[0]))
            values = _values(piece[0])
            if clock and piece[0] == "00" and piece.start():
                continue  # 15:00 is 3 p.m.
            if int(parts[0]) < 12 and _AFTERNOON.match(text, run.end()) and not piece.start():
                values = (*values, str(int(parts[0]) + 12))
            if behind := _BEHIND.match(text, end):
                values += tuple(str(int(one) * scale_of(behind[1])) for one in values if "." not in one)
            yield Number(piece[0], (start, end), values, parts)


def _whole(digits: str) -> str:
    return str(int(digits)) if len(digits) < 1000 else digits


def _values(written: str) -> tuple[str, ...]:
    """Return what a number may mean; as languages differ in what a comma is, `1,200` is two."""
    plain = re.sub(rf"[{_SPACES}'’]", "", written)
    signs = re.findall(r"[.,]", plain)
    if not signs:
        return (_whole(plain),)
    groups = re.split(r"[.,]", plain)
    joined = _whole("".join(groups))
    decimal = _decimal("".join(groups[:-1]), groups[-1])
    in_threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if len(set(signs)) > 1:
        return (decimal,)
    if len(signs) > 1:
        return (joined,) if in_threes else (written,)
    return (joined, decimal) if in_threes and groups[0] != "0" else (decimal,)


def _decimal(whole: str, rest: str) -> str:
    rest = rest.rstrip("0")
    return f"{_whole(whole)}.{rest}" if rest else _whole(whole)


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
    told = 0
    if missing:
        there = _named(texts[-1], pair.target_tag)
        lacking = [one for one in missing if there.isdisjoint(one.values)]
        for one in lacking[:_MOST]:
            told += 1
            yield Fault(saying("the number %(digits)s of the source is missing", digits=one.written))
    if invented:
        there = set().union(*(_named(text, pair.source_tag) for text in texts[:-1]))
        for one in [one for one in invented if there.isdisjoint(one.values)][: _MOST - told]:
            yield Fault(saying("the number %(digits)s is not in the source", digits=one.written), one.span)


def _apart(asked: Sequence[Number], given: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """Return which numbers the other text has not: first as they are meant, then digits by digits."""
    missing, invented = _unmatched(asked, given)
    return _unmatched(_split(missing), _split(invented)) if missing and invented else (missing, invented)


def _split(found: Iterable[Number]) -> list[Number]:
    return [
        one if len(one.parts) == 1 else replace(one, written=part, values=(part,), parts=(part,))
        for one in found
        for part in one.parts
    ]


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
