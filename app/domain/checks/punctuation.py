"""Brackets, quotation marks and the sign at the end."""

import re
from collections.abc import Iterator
from typing import Final

from app.domain.checks.masking import prose
from app.domain.checks.pair import Fault, Pair
from app.domain.languages import LANGUAGES, Quotes
from app.domain.locales import nearest
from app.domain.said import saying
from app.domain.segments import Tag

_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_CLOSING: Final = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = re.compile(r"[(){}\[\]]")
_COUNTED = re.compile(r"(?<![^\s(])[^\W_]{1,3}\)|[:;]-?[()]")


def brackets(pair: Pair, at: int) -> Iterator[Fault]:
    """Find brackets without their other half, unless the source has such."""
    text = prose(pair.target[at], pair.flags)
    if (lone := _unpaired(text)) and not _unpaired(prose(pair.asked, pair.flags)):
        sign, place = lone
        if sign in _PAIRS:
            yield Fault(saying("%(sign)s is opened and not closed", sign=sign), (place, place + 1))
        else:
            yield Fault(saying("%(sign)s is closed and not opened", sign=sign), (place, place + 1))


def _unpaired(text: str) -> tuple[str, int] | None:
    """Return the first bracket that has no other half; `a)` in a list and a smile are none."""
    skipped = {found.end() - 1 for found in _COUNTED.finditer(text)} if ")" in text or "(" in text else set()
    opened = list[tuple[str, int]]()
    for found in _BRACKET.finditer(text):
        sign, place = found[0], found.start()
        if sign in _PAIRS:
            opened += [(sign, place)] if place not in skipped else []
        elif opened and opened[-1][0] == _CLOSING[sign]:
            opened.pop()
        elif place not in skipped:
            return sign, place
    return opened[0] if opened else None


# What newsrooms write besides the marks of the table of languages.
_ALSO: Final = {
    Tag("en"): "‘’", Tag("kk"): "„“", Tag("ky"): "“”", Tag("tg"): "“”", Tag("tk"): "«»", Tag("uz"): "«»",
    Tag("uz-Cyrl"): "„“", Tag("az"): "«»",
}  # fmt: skip
_MARK = re.compile('["“”„‟«»]')
_INCHES = re.compile(r"\d\"")


def quotes(pair: Pair, at: int) -> Iterator[Fault]:
    """Find quotation marks that are not those of the language; all are mended where each has its other half."""
    form, row = pair.target[at], nearest_row(pair.target_tag)
    if row is None or not _MARK.search(form):
        return
    marks = _paired(prose(form, pair.flags))
    own = LANGUAGES[row].quotes
    known = {(own.opening, own.closing), (own.inner_opening, own.inner_closing), (*_ALSO.get(row, "  "),)}
    halves = [half for one in known for half in one]
    wrong = [(place, sign) for place, sign, _, _ in marks if sign not in halves]
    by_twos = _together(marks)
    if by_twos is not None:
        wrong += [(one[0], one[1]) for one, other in by_twos if (one[1], other[1]) not in known]
    if not wrong:
        return
    place, sign = min(wrong)
    mend = None if by_twos is None else _in_marks(form, marks, own)
    said = saying("%(sign)s is no quotation mark of this language; it has %(marks)s", sign=sign, marks=_shown(own))
    yield Fault(said, (place, place + 1), mend)


Mark = tuple[int, str, bool, int]
"""Where a quotation mark stands, which it is, whether it opens, and how deep it is."""


def _paired(text: str) -> list[Mark]:
    """Return the quotation marks; what opens stands behind white space or a sign and before a letter."""
    found, depth = list[Mark](), 0
    for one in _MARK.finditer(text):
        place, sign = one.start(), one[0]
        if sign == '"' and not depth and _INCHES.match(text, place - 1):
            continue
        before, behind = text[place - 1 : place], text[place + 1 : place + 2]
        opens = sign in "«„" or (sign != "»" and (not depth or _opens(before, behind)))
        depth += opens
        found.append((place, sign, opens, depth))
        depth -= not opens
    return found


def _opens(before: str, behind: str) -> bool:
    return (not before or before.isspace() or before in '([«„“"—–-') and bool(behind) and not behind.isspace()


def _together(marks: list[Mark]) -> list[tuple[Mark, Mark]] | None:
    """Return opening marks with their closing ones; None if one is alone."""
    opened, pairs = list[Mark](), list[tuple[Mark, Mark]]()
    for mark in marks:
        if mark[2]:
            opened.append(mark)
        elif not opened:
            return None
        else:
            pairs.append((opened.pop(), mark))
    return None if opened else pairs


def _in_marks(form: str, marks: list[Mark], own: Quotes) -> str:
    letters = list(form)
    for place, _, opens, depth in marks:
        outer = depth < 2
        if opens:
            letters[place] = own.opening if outer else own.inner_opening
        else:
            letters[place] = own.closing if outer else own.inner_closing
    return "".join(letters)


def _shown(own: Quotes) -> str:
    return f"{own.opening} {own.closing} {own.inner_opening} {own.inner_closing}"


def nearest_row(tag: Tag) -> Tag | None:
    """Return which row of the table of languages a language has, if any."""
    if tag in LANGUAGES:
        return tag
    try:
        return nearest(tag, LANGUAGES)
    except ValueError:
        return None


_WRAPPED = '*_~`"”“»’)]｣」 \t\u00a0\n'
_CLASSES: Final = {"…": ".", "。": ".", "؟": "?", "؛": ";", "।": ".", "！": "!", "？": "?", "：": ":"}
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.|(?<![^\W\d_])[^\W\d_]{1,3}|(?<![^\W\d_])(?:etc|inc|ltd))\.\Z", re.IGNORECASE)
_ITEMS: Final = frozenset({"bullet", "ordered"})


def stop(pair: Pair, at: int) -> Iterator[Fault]:
    """Find another sign at the end than the source has; in an article a full stop, ! and … are one."""
    source, form = pair.asked.rstrip(_WRAPPED), pair.target[at].rstrip(_WRAPPED)
    asked, given = _end(source), _end(form)
    if pair.kind != "message":
        asked, given = (sign.translate(_ALIKE) for sign in (asked, given))
        if pair.kind in _ITEMS:  # one language ends what is listed with ; and another with nothing
            asked, given = (sign if sign in "?:" else "" for sign in (asked, given))
    if asked == given or not form or _abbreviated(source, asked, given) or _abbreviated(form, given, asked):
        return
    rest = pair.target[at][len(form) :]
    bare = form.rstrip(".…") if given == "." else form[: len(form) - bool(given)]
    whole = rest.strip("\n") == "" and (not given or not asked or pair.kind == "message")
    if asked:
        said = saying("the source ends with %(sign)s and this does not", sign=_sign(source))
        yield Fault(said, None, bare + _sign(source) + rest if whole else None)
    else:
        said = saying("this ends with %(sign)s and the source does not", sign=_sign(form))
        yield Fault(said, (len(form) - 1, len(form)), bare + rest if whole else None)


_ALIKE: Final = {ord("!"): "."}


def _end(text: str) -> str:
    sign = _CLASSES.get(text[-1:], text[-1:])
    return sign if sign in {".", "?", "!", ":", ";", ","} else ""


def _sign(text: str) -> str:
    return "..." if text.endswith("...") else text[-1:]


def _abbreviated(text: str, sign: str, other: str) -> bool:
    return sign == "." and not other and _ABBREVIATED.search(text[-12:]) is not None
