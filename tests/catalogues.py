"""A catalogue's messages, as the tests look at them."""

from app.formats.po_check import check
from app.formats.po_entry import Entry


def messages(text: str, *, path: str) -> tuple[Entry, ...]:
    """Return the messages in use in the file's order, of a duplicate the first. BadText as `check` does."""
    return check(text, path=path).messages
