"""White space: at the ends as the source has it, and inside one space between words and none before a comma."""

import re
from collections.abc import Iterator

from app.domain.checks.masking import prose
from app.domain.checks.pair import Fault, Pair
from app.domain.languages import LANGUAGES
from app.domain.said import saying

_DOUBLED = re.compile(r"(?<=[^\s|])[ \u00a0]{2,}+(?=[^\s|])")
_BEFORE = re.compile(r"(?<=[^\W_]) (?=[,;!?](?:\s|$))")


def wrong_ends(source: str, text: str) -> Iterator[Fault]:
    """Find newlines at the ends which only one of two texts has: `msgfmt -c` refuses those."""
    if source.startswith("\n") != text.startswith("\n"):
        mend = text.lstrip("\n") if text.startswith("\n") else "\n" + text
        yield Fault(saying("msgid and msgstr do not both begin with a newline"), None, mend)
    if source.endswith("\n") != text.endswith("\n"):
        mend = text.rstrip("\n") if text.endswith("\n") else text + "\n"
        yield Fault(saying("msgid and msgstr do not both end with a newline"), None, mend)


def newlines(pair: Pair, at: int) -> Iterator[Fault]:
    """Find newlines at the ends of a form that its msgid has not, and the reverse."""
    return wrong_ends(pair.source[0], pair.target[at])


def ends(pair: Pair, at: int) -> Iterator[Fault]:
    """Find spaces at the ends of a message that differ from the source's."""
    source, form = pair.source[0], pair.target[at]
    if not source.strip() or not form.strip():
        return
    asked, given = _outside(source), _outside(form)
    start, end = len(given[0]), len(form) - len(given[1])
    if asked[0].strip("\n") != given[0].strip("\n"):
        yield Fault(saying("white space at the beginning is not as in the source"), (0, start), asked[0] + form[start:])
    if asked[1].strip("\n") != given[1].strip("\n"):
        yield Fault(saying("white space at the end is not as in the source"), (end, len(form)), form[:end] + asked[1])


def _outside(text: str) -> tuple[str, str]:
    bare = text.strip(" \t\u00a0\n")
    start = text.find(bare)
    return text[:start], text[start + len(bare) :]


def spaces(pair: Pair, at: int) -> Iterator[Fault]:
    """Find several spaces side by side, and one before a comma or another sign."""
    form, text = pair.target[at], prose(pair.target[at], pair.flags)
    if "  " in text or "\u00a0" in text:
        found = _DOUBLED.search(text)
        if found and not _DOUBLED.search(prose(pair.asked, pair.flags)):
            yield Fault(saying("several spaces stand side by side"), found.span(), _replaced(_DOUBLED, text, form, " "))
    found = _BEFORE.search(text)
    if found and pair.target_tag in LANGUAGES and not _BEFORE.search(pair.asked):
        said = saying("a space stands before %(sign)s", sign=form[found.end()])
        yield Fault(said, found.span(), _replaced(_BEFORE, text, form, ""))


def _replaced(pattern: re.Pattern[str], text: str, form: str, by: str) -> str:
    """Return a form with something in place of what a pattern finds in its masked text."""
    at, parts = 0, list[str]()
    for found in pattern.finditer(text):
        parts += [form[at : found.start()], by]
        at = found.end()
    return "".join((*parts, form[at:]))
