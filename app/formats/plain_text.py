"""The words of a rendered body, without its markup: what of it can be searched and quoted."""

from html.parser import HTMLParser

_APART = frozenset({
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "th", "td", "hr", "br",
})  # fmt: skip
"""Of what `formats.render` leaves: the tags that words on either side of do not belong together."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = list[str]()

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the standard library's signature
        if tag in _APART:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _APART:
            self.parts.append("\n")


def plain_text(html: str) -> str:
    """Return the text of HTML that `formats.render` made, a line for each block; what images stand for is left out."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
