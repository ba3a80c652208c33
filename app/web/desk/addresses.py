"""What the addresses of the desk name."""

from werkzeug.exceptions import NotFound

from app.domain.documents import DocumentName
from app.domain.locales import parse_tag
from app.domain.segments import Tag


def document(kind: str, name: str) -> DocumentName:
    """Return the document that an address names; NotFound if it cannot be one."""
    try:
        return DocumentName.parse(f"{kind}/{name}")
    except ValueError:
        raise NotFound from None


def text(kind: str, name: str, locale: str) -> tuple[DocumentName, Tag]:
    """Return the document and the language that an address names; NotFound if it cannot be one."""
    try:
        return document(kind, name), parse_tag(locale)
    except ValueError:
        raise NotFound from None
