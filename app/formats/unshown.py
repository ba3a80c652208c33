"""What of a body readers are not shown as its author meant it, so that it does not vanish without a word.

The other side of `formats.render`, which leaves the words of links and images that lead nowhere, and shows HTML as its
letters.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from markdown_it.token import Token

from app.domain.errors import Problem
from app.formats.front_matter import TOLD, read
from app.formats.lines import line_at
from app.formats.own_media import path_of
from app.formats.render import is_link, parsed, without_comments

_ELSEWHERE = rb"(?!https?://|mailto:|tel:|/[^/\\]|#)"
_SUSPECT: Final = re.compile(
    rb"!\[|\]\(\s*+<?+" + _ELSEWHERE + rb"|\]:\s*+<?+" + _ELSEWHERE + rb"|<(?!https?://|!-- untranslated -->)[a-z/?!]",
    re.IGNORECASE,
)
_AS_LETTERS: Final = re.compile(r"!?\[[^\[\]\n]*+\]\((?:photos|files)/[^()\n]*+\)")
_LONGEST = 80  # letters of what an author typed that a report repeats


def may_hide(raw: bytes) -> bool:
    """Tell, without parsing it, whether a file may hold anything that `unshown` would tell of: most hold nothing."""
    return bool(_SUSPECT.search(raw))


def unshown(text: str, *, path: str, photos: Collection[str], files: Collection[str]) -> Iterator[Problem]:
    """Yield what readers will not find, with its line: links and images to nothing, and HTML.

    `photos` and `files` are those of the item's facts. BadText if the text cannot be read.
    """
    body = read(text, path=path).body
    first = line_at(text, len(text) - len(body))
    own = _Own(frozenset(photos), frozenset(files))
    for _, (line, reason) in zip(range(TOLD), own.faults(_tokens(body)), strict=False):
        yield Problem(path=path, line=first + line, reason=reason)


def _tokens(body: str) -> list[Token]:
    try:
        return parsed(body, {})
    except Exception:  # noqa: BLE001  # as in `render`: what a parser stumbles over is shown as it was typed
        return []


class _Own:
    """Finds what is not shown; faults are lines, counted from 0 within the body, and reasons."""

    def __init__(self, photos: frozenset[str], files: frozenset[str]) -> None:
        self._photos, self._files = photos, files

    def faults(self, tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
        line = 0
        for token in tokens:
            line = token.map[0] if token.map else line
            if token.type == "html_block" and (shown := without_comments(token.content).strip()):
                yield line, _html(shown)
            yield from self._within(token.children or [], line)

    def _within(self, tokens: list[Token], line: int) -> Iterator[tuple[int, str]]:
        for place, token in enumerate(tokens):
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "html_inline" and not token.content.startswith(("</", "<!--")):
                yield line, _html(token.content)
            elif token.type == "text" and (letters := _AS_LETTERS.search(token.content)):
                yield (
                    line,
                    f"{_short(letters[0])} is shown as it is typed: a path with spaces stands in <angle brackets>",
                )
            elif token.type == "image" and path_of(str(token.attrGet("src"))) not in self._photos:
                written = f"![{token.content}]({path_of(str(token.attrGet('src')))})"
                yield line, f"{_short(written)} names no photo of item.toml: readers see its words alone"
            elif token.type == "link_open" and not self._leads(str(token.attrGet("href"))):
                written = f"[{_words(tokens[place + 1 :])}]({path_of(str(token.attrGet('href')))})"
                yield line, f"{_short(written)} names no photo or file of item.toml: readers see its words and no link"

    def _leads(self, address: str) -> bool:
        path = path_of(address)
        return path in self._photos or path in self._files or is_link(address)


def _words(tokens: Iterable[Token]) -> str:
    """Return the words of a link whose opening token stands before these."""
    words = []
    for token in tokens:
        if token.type == "link_close":
            break
        words.append(" " if token.type == "softbreak" else token.content)
    return "".join(words)


def _html(written: str) -> str:
    return f"{_short(written.strip())} is shown as it is typed: HTML means nothing here"


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
