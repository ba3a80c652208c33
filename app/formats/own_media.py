"""An item's own photos and attachments in its body: `![…](photos/hall.jpg)` and `[…](files/memo.pdf)`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.token import Token

from app.domain.pages import Picture

_SIZES = "(min-width: 48rem) 44rem, 100vw"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMedia:
    """What a body may show, by path beside the text: photos, and of attachments the path below `/media/`."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def picture(self, address: str) -> Picture | None:
        """Return the photo that an image shows, None if it is none of this item's."""
        return self.pictures.get(path_of(address))

    def link(self, address: str) -> str | None:
        """Return where a link to a photo or attachment of this item leads, None if it is to neither."""
        path = path_of(address)
        picture, file = self.pictures.get(path), self.files.get(path)
        if picture is not None:
            return f"/media/{picture.widest}"
        return f"/media/{file}" if file is not None else None


def path_of(address: str) -> str:
    """Return the path that an address in a body means: as it is named in `item.toml`, and not as URLs spell it."""
    return unquote(address).removeprefix("./")


def show(token: Token, picture: Picture) -> None:
    """Make of an image a photo at the sizes it has; its words are the author's, else the photo's alternative text."""
    if not any(child.content for child in _words(token)):
        token.children = [Token("text", "", 0, content=picture.alt)]
    token.attrs = {
        "src": f"/media/{picture.sources[0][0]}",
        "srcset": ", ".join(f"/media/{path} {width}w" for path, width in picture.sources),
        "sizes": _SIZES,
        "width": picture.width,
        "height": picture.height,
        "alt": "",  # the renderer fills in the words
        "loading": "lazy",
        "decoding": "async",
    }


def _words(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        yield child
        yield from _words(child)
