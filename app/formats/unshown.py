"""What of a body readers are not shown as its author meant it, so that it does not vanish without a word.

The other side of `formats.render`, which leaves the words of links and images that lead nowhere, shows HTML as its
letters, and says where a link leads whose words say otherwise.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from markdown_it.token import Token

from app.domain.errors import Problem
from app.formats.front_matter import TOLD, FrontMatter, read
from app.formats.lines import line_at
from app.formats.links import lead, told, words_of
from app.formats.own_media import path_of
from app.formats.render import parsed, without_comments
from app.formats.signs import first_sign

_ELSEWHERE = rb"(?!https?://|mailto:|tel:|/[^/\\]|#)"
_SUSPECT: Final = re.compile(
    rb"!\[|\]\(\s*+<?+" + _ELSEWHERE + rb"|\]:\s*+<?+" + _ELSEWHERE + rb"|<(?!https?://|!-- untranslated -->)[a-z/?!]"
    rb"|(?:https?:/*+|@)[^/?#)>\s]*?(?:[\x80-\xff%@]|xn--|:\D)"  # a host that may not be what it looks like
    rb"|&#|\\u|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xaf]|\xef\xbb\xbf|\xef\xbf[\xb9-\xbb]|\xf3\xa0[\x80\x81]",  # signs
    re.IGNORECASE,
)
_WORDS: Final = re.compile(rb"(?<=[\[\]\n])[^\[\]\n]*+\](?:\[|[(:]\s*+<?+(?:https?|mailto):)", re.IGNORECASE)
_DOT: Final = re.compile(rb"\S(?:[.&\\]|\xe3\x80\x82|\xef[\xbc\xbd][\x8e\xa1]|\xe2\x80\xa4)[^\s\]]")
_AS_LETTERS: Final = re.compile(r"!?\[[^\[\]\n]*+\]\((?:photos|files)/[^()\n]*+\)")
_LONGEST = 80  # letters of what an author typed that a report repeats


def may_hide(raw: bytes) -> bool:
    """Tell, without parsing it, whether a file may hold anything that `unshown` would tell of: most hold nothing."""
    return bool(_SUSPECT.search(raw)) or any(_DOT.search(found[0]) for found in _WORDS.finditer(raw))


def unshown(text: str, *, path: str, photos: Collection[str], files: Collection[str]) -> Iterator[Problem]:
    """Yield what readers will not find, with its line: links and images to nothing, and HTML.

    `photos` and `files` are those of the item's facts. BadText if the text cannot be read.
    """
    front = read(text, path=path)
    first = line_at(text, len(text) - len(front.body))
    own = _Own(frozenset(photos), frozenset(files))
    within = ((first + line, reason) for line, reason in own.faults(_tokens(front.body)))
    for _, (line, reason) in zip(range(TOLD), chain(_signs(front), within), strict=False):
        yield Problem(path=path, line=line, reason=reason)


def _signs(front: FrontMatter) -> Iterator[tuple[int, str]]:
    """Yield the line within the file, and what is not shown there, of each value above the body."""
    for field in front.fields:
        for one in field.entries or (field,):
            if sign := first_sign(one.value):
                yield front.line_at(one.start), _sign(sign)


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
            if (sign := first_sign(token.content)) and not token.children:
                yield line, _sign(sign)
            if token.type == "html_block" and (shown := without_comments(token.content).strip()):
                yield line, _html(shown)
            yield from self._within(token.children or [], line)

    def _within(self, tokens: list[Token], line: int) -> Iterator[tuple[int, str]]:
        for place, token in enumerate(tokens):
            if sign := first_sign(f"{token.content}{token.attrs.get('title', '')}"):
                yield line, _sign(sign)
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
            elif token.type == "link_open" and (fault := self._led(token, words_of(tokens[place + 1 :]))):
                yield line, fault

    def _led(self, link: Token, words: str) -> str:
        """Return what is wrong with a link, empty where it leads where it says."""
        address = str(link.attrs["href"])
        path = path_of(address)
        written = _short(f"[{words}]({path})")
        if path in self._photos or path in self._files:
            return ""
        led = lead(address)
        if led is not None:
            host = told(led, f"{words} {link.attrs.get('title', '')}")
            return host and f"{written} can be taken for another address: readers see ({host}) after it"
        if address.lower().startswith(("http:", "https:", "mailto:")):
            return f"{written} does not say plainly where it leads: readers see its words and no link"
        return f"{written} names no photo or file of item.toml: readers see its words and no link"


def _html(written: str) -> str:
    return f"{_short(written.strip())} is shown as it is typed: HTML means nothing here"


def _sign(sign: str) -> str:
    return f"{sign}, which hides or turns letters, is not shown"


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
