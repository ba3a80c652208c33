"""An article as its parts: what a page is made of, out of a Markdown text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.formats.choice import parse
from app.formats.markdown import body_of
from app.formats.signs import plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Title, slug (the document's folder where none is given), summary, the words of photos by path, and the body.

    `files` are the titles of attachments, by path. All but the body is what readers are shown (`formats.signs`).
    """

    title: str
    slug: str
    summary: str
    captions: Mapping[str, str]
    alt: Mapping[str, str]
    credits: Mapping[str, str]
    files: Mapping[str, str]
    body: str


@lru_cache(maxsize=64)
def article(document: DocumentName, locale: Tag, text: str) -> Article:
    """Take a text apart that has been saved, and so can be parsed."""
    segments = parse(document.kind, locale, text, path=f"{document}@{locale}").segments
    words = {str(segment.key): plainly(segment.text) for segment in segments if segment.key}

    def under(prefix: str) -> dict[str, str]:
        return {key.removeprefix(prefix): text for key, text in words.items() if key.startswith(prefix)}

    return Article(
        title=words["title"],
        slug=words.get("slug") or document.name.lower(),
        summary=words.get("summary", ""),
        captions=under("caption:"),
        alt=under("alt:"),
        credits=under("credit:"),
        files=under("file:"),
        body=body_of(text),
    )
