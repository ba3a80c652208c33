"""An article's words as a form has them, and the same put into a file with no other byte changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.formats.front_matter import FrontMatter, read
from app.formats.front_matter_edits import Editor
from app.formats.lines import newline_of, unix
from app.formats.markdown import MARKDOWN

_FRESH = "---\ntitle: untitled\n---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that a person writes of a news item or page in one language; captions, alt texts and credits are by path.

    `minor` tells that the change of what is live leaves translations current. Texts have LF.
    """

    title: str
    slug: str = ""
    summary: str = ""
    body: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    minor: bool = False


def words_in(text: str) -> Words:
    """Return the words of a file. BadText if it cannot be read."""
    front = read(text)
    return Words(
        title=front.value("title"),
        slug=front.value("slug"),
        summary=front.value("summary"),
        body=_body(front),
        captions=_section(front, "captions"),
        alt=_section(front, "alt"),
        credits=_section(front, "credits"),
        minor=front.header.minor,
    )


def with_words(text: str, words: Words) -> str:
    """Return a file with these words in place of its own; an empty text begins one. BadText if it cannot be read.

    What is empty has no line; an equal body keeps its bytes.
    """
    front = read(text or _FRESH)
    values = {"title": words.title, "slug": words.slug or None, "summary": words.summary or None}
    sections = {
        name: {path: said for path, said in section.items() if said}
        for name, section in (("captions", words.captions), ("alt", words.alt), ("credits", words.credits))
    }
    source = Editor(front=front).with_values(values, sections)
    written = replace(front, source=source, body=_with_body(front, words.body)).with_source(source)
    header = replace(front.header, minor=words.minor)
    return written if header == front.header else MARKDOWN.with_header(written, header)


def _body(front: FrontMatter) -> str:
    return unix(front.body).strip("\n")


def _with_body(front: FrontMatter, body: str) -> str:
    body = unix(body).strip("\n")
    if body == _body(front):
        return front.body
    newline = newline_of(front.opening)
    return newline + body.replace("\n", newline) + newline if body.strip() else ""


def _section(front: FrontMatter, name: str) -> dict[str, str]:
    found = front.get(name)
    return {entry.name: entry.value for entry in found.entries} if found else {}
