"""Which format a text has: it follows from the kind of document and from whether the text is in a language."""

from app.domain.documents import Kind
from app.domain.segments import NO_LANGUAGE, Tag
from app.formats.facts import FACTS
from app.formats.markdown import MARKDOWN
from app.formats.po import PO
from app.formats.text import TextFormat


def format_of(kind: Kind, locale: Tag) -> TextFormat:
    """Return the format of a document's text in a locale: PO for catalogues, else Markdown, or TOML for facts."""
    if kind is Kind.CATALOGUE:
        return PO
    return FACTS if locale == NO_LANGUAGE else MARKDOWN
