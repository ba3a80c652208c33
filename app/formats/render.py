"""The body of a text as HTML that can be put on a page as it is.

CommonMark with tables (`formats.commonmark`) in which HTML is shown as it was typed, then an allowlist by nh3: two
walls. What cannot be rendered is shown as it was typed, and costs its own block alone. Of photos and files a body shows
its item's own (`formats.own_media`); beside a link that says something else than where it leads stands its host
(`formats.links`). `formats.unshown` tells an author what is not shown as it was meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

import nh3
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from app.formats.blocks import read_body
from app.formats.commonmark import dialect
from app.formats.links import LINK, lead, told, words_of
from app.formats.own_media import OwnMedia, show
from app.formats.signs import plainly

LIMIT: Final = 400_000
"""Characters of a body that are rendered; a longer one is shown as it was typed. A report of 60 pages has 150,000."""

MARKS: Final = 2_000
"""Brackets, stars and the like in one paragraph; one with more of them is no prose, and is shown as it was typed."""

ALL_MARKS: Final = 20_000
"""The same in a whole body: paragraphs beyond them are shown as they were typed. A list of 1,000 links has 2,000."""

NO_MEDIA: Final = OwnMedia()
"""Of an item that has none."""

_MARK = re.compile(r"[\[\]!*_`<&\\]")
_COMMENT = re.compile(r"<!--.*?(?:(-->)|\Z)", re.DOTALL)  # one without end takes the rest: nothing is read twice

_PHOTO = r"/media/[0-9a-f]{2}/[0-9a-f]{64}-[0-9]{1,5}\.webp"
_PHOTOS = {"src": re.compile(_PHOTO, re.ASCII), "srcset": re.compile(rf"{_PHOTO} \d+w(, {_PHOTO} \d+w)*", re.ASCII)}

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "img", "bdi",
}  # fmt: skip


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute may say; None for an address that leads nowhere here."""
    pattern = {"a": {"href": LINK}, "img": _PHOTOS}.get(tag, {}).get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=set(),
    attributes={
        "a": {"href", "title", "rel"},
        "bdi": {"dir"},
        "ol": {"start"},
        "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    },
    attribute_filter=_allowed,
    allowed_classes={"ul": {"dashes"}, "bdi": {"host"}},
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


Bind = Callable[[str], str]
"""Makes no-break spaces of those where a line may not end."""


def render(body: str, media: OwnMedia = NO_MEDIA, bind: Bind = str) -> str:
    """Return a body as safe HTML; headings begin at the second level, since the first is the page's title.

    `media` are the item's photos and attachments. An image that is none of them leaves its words, and so does a link
    that leads nowhere. `bind` is given the running text: no code, no address.
    """
    if len(body) > LIMIT:
        return _as_typed(body)
    try:
        return _html(body, {}, media, bind)
    except Exception:  # noqa: BLE001  # whatever a parser stumbles over, the reader gets the other blocks
        return _block_by_block(body, media)


def without_comments(html: str) -> str:
    """Return HTML without its comments (HTML, 13.1.6), which readers are not shown; what nothing ends is none."""
    return _COMMENT.sub(lambda found: "" if found[1] else found[0], html)


def _block_by_block(body: str, media: OwnMedia) -> str:
    try:
        blocks = read_body(body).blocks
    except Exception:  # noqa: BLE001  # as above
        return _as_typed(body)
    references = "\n\n".join(block.text for block in blocks if block.kind == "reference")
    env: EnvType = {}  # one for all of them: it keeps the references, and what the body has already cost
    first = _one_block(references, env, media)
    return first + "".join(_one_block(block.text, env, media) for block in blocks if block.kind != "reference")


def _one_block(text: str, env: EnvType, media: OwnMedia) -> str:
    try:
        return _html(text, env, media)
    except Exception:  # noqa: BLE001  # as above
        return _as_typed(text)


def _as_typed(text: str) -> str:
    parts = re.split(r"\n[ \t]*\n", plainly(text))
    return "".join(f"<p>{escape(part.strip())}</p>\n" for part in parts if part.strip())


def _html(body: str, env: EnvType, media: OwnMedia, bind: Bind = str) -> str:
    tokens = parsed(body, env)
    _shift_headings(tokens)
    shown = [*_shown(tokens, media)]
    for token in shown:
        if token.children:
            token.children = [*_bound(token.children, bind)]
    html: str = _PARSER.renderer.render(shown, _PARSER.options, env)
    return _CLEANER.clean(html)


def _bound(inline: Sequence[Token], bind: Bind) -> Iterator[Token]:
    """Yield the parts of a paragraph, its text bound across the ends of lines, which are spaces."""
    for is_text, run in groupby(inline, key=lambda token: token.type in ("text", "softbreak")):
        if is_text:
            yield Token("text", "", 0, content=bind("".join(map(_typed, run))))
        else:
            yield from run


def _typed(text: Token) -> str:
    return "\n" if text.type == "softbreak" else text.content


def parsed(body: str, env: EnvType) -> list[Token]:
    """Return a body as tokens, in which what only a program would write is plain text."""
    return _PARSER.parse(body, env)


def _shift_headings(tokens: Sequence[Token]) -> None:
    """Let the headings begin at the second level and skip none, whatever levels an author took."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(4, levels.index(token.tag) + 2)}"


def _shown(tokens: Sequence[Token], media: OwnMedia) -> Iterator[Token]:
    """Yield tokens without comments, images of elsewhere (their words stay) and links to nowhere.

    HTML becomes its letters, and signs that would turn or hide them are gone.
    """
    dropped, host = False, ""
    for place, token in enumerate(tokens):
        token.content = plainly(token.content)
        if token.type == "link_open":
            dropped, host = _led(token, words_of(tokens[place + 1 :]), media)
        elif token.type == "image" and (picture := media.picture(str(token.attrGet("src")))):
            words = _shown(token.children or [], media)
            token.children = [
                word for word in words if word.type != "html_inline"
            ]  # no hosts: a photo's words lead nowhere
            show(token, picture)
            yield token
            continue
        elif token.type.startswith("html_") and not _as_letters(token):
            continue
        if token.children:
            token.children = [*_shown(token.children, media)]
        if token.type == "image":
            yield from token.children or ()
        elif not (dropped and token.type in ("link_open", "link_close")):
            yield token
        if token.type == "link_close" and host:
            yield Token("html_inline", "", 0, content=f' <bdi class="host" dir="ltr">({escape(host)})</bdi>')


def _as_letters(html: Token) -> bool:
    """Let HTML be shown as it was typed, but for comments; tell whether anything is left."""
    html.content = without_comments(html.content)
    html.type = "code_block" if html.type == "html_block" else "text"
    return bool(html.content.strip())


def _led(link: Token, words: str, media: OwnMedia) -> tuple[bool, str]:
    """Let a link lead where it can; tell whether it is to be dropped, and the host to show after it."""
    title = plainly(str(link.attrGet("title") or ""))
    if title:
        link.attrSet("title", title)
    address = str(link.attrGet("href"))
    own = media.link(address)
    led = None if own is not None else lead(address)
    link.attrSet("href", led.href if led else own or "")
    if led and led.href.lower().startswith("http"):
        link.attrSet("rel", "noopener")
    return not (own or led), told(led, f"{words} {title}") if led else ""


def _inline(state: StateCore) -> None:
    """Take paragraphs apart, but for those that only a program would write."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            used = state.env.get("marks", 0)
            marks = len(_MARK.findall(token.content))
            if marks > min(MARKS, ALL_MARKS - used):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.env["marks"] = used + marks
                state.md.inline.parse(token.content, state.md, state.env, token.children)


_PARSER = dialect()
_PARSER.core.ruler.at("inline", _inline)
