"""The structure of a block of Markdown: as many marks of each sort as the source has, and none that readers see."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from app.domain.checks.emphasis import emphasis_in
from app.domain.checks.pair import Fault, Pair
from app.domain.said import saying

_HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})(?=\s)")
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"(?:(?<! ) {2,}+|\\)\n[ \t>]*+(?=\S)")


def structure(pair: Pair, at: int) -> Iterator[Fault]:
    """Find marks of Markdown that differ in number from the source's, and marks of emphasis that mark nothing."""
    source, form = pair.asked, pair.target[at]
    for mark, count in _MARKS.items():
        asked, given = count(source), count(form)
        if asked != given:
            said = saying(
                "marks %(mark)s: here %(given)s, and in the source %(asked)s", mark=mark, given=given, asked=asked
            )
            yield Fault(said)
    asked, given = _breaks(source), _breaks(form)
    if asked != given:
        said = saying(
            "lines that end on purpose: here %(given)s, and in the source %(asked)s", given=given, asked=asked
        )
        yield Fault(said)
    for mark, start in _seen(pair, at).values():
        said = saying(
            "readers see %(mark)s here: it has no other half, or there is a space or a sign between it and the word",
            mark=mark,
        )
        yield Fault(said, (start, start + len(mark)))


def emphasis(pair: Pair, at: int) -> Iterator[Fault]:
    """Find that more or fewer pieces are bold or in italics than in the source; nothing of marks that are seen."""
    wanted, there = (emphasis_in(text, table=pair.kind == "table") for text in (pair.asked, pair.target[at]))
    if _seen(pair, at):
        return
    for length, asked, given in ((2, wanted.bold, there.bold), (1, wanted.italics, there.italics)):
        marks = asked or given
        if len(asked) == len(given):
            continue
        if length > 1:
            said = saying(
                "pieces in bold (%(mark)s): here %(given)s, and in the source %(asked)s",
                mark=marks[0], given=len(given), asked=len(asked),
            )  # fmt: skip
        else:
            said = saying(
                "pieces in italics (%(mark)s): here %(given)s, and in the source %(asked)s",
                mark=marks[0], given=len(given), asked=len(asked),
            )  # fmt: skip
        yield Fault(said)


def _seen(pair: Pair, at: int) -> dict[str, tuple[str, int]]:
    """Return, by their sign, the first marks that a form lets readers see, if it has more of them than the source."""
    counts, found = list[Counter[str]](), dict[str, tuple[str, int]]()
    for text in (pair.asked, pair.target[at]):
        seen = emphasis_in(text, table=pair.kind == "table").seen
        counts.append(Counter(text[start] for start, _ in seen))
        found = {text[start]: (text[start:end], start) for start, end in reversed(seen)}
    more = counts[1] - counts[0]
    return {sign: marks for sign, marks in found.items() if sign in more}


def _level(text: str) -> int:
    found = _HEADING.match(text)
    return len(found[1]) if found else 0


def _cells(text: str) -> int:
    return len(_CELL.findall(text)) if "|" in text else 0


def _breaks(text: str) -> int:
    return len(_BREAK.findall(text)) if "\n" in text else 0


def _counted(mark: str) -> Callable[[str], int]:
    return lambda text: text.count(mark)


_MARKS: dict[str, Callable[[str], int]] = {
    "`": _counted("`"), "#": _level, "![": _counted("!["), "|": _cells, "~~": _counted("~~")
}  # fmt: skip
