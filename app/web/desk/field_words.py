"""What fields are called on the pages that have them, for pages that show what was typed away from its form."""

from collections.abc import Mapping
from typing import Final


def _(msgid: str) -> str:
    return msgid


_LABELS: Final[Mapping[str, str]] = {
    "title": _("Title"),
    "slug": _("Address of the page"),
    "summary": _("Summary"),
    "body": _("Text"),
    "captions": _("Caption"),
    "alt": _("Description for people who cannot see it"),
    "credits": _("Photographer"),
    "date": _("Date and time"),
    "publish_at": _("Publish at"),
    "more_tags": _("Other topics, with commas between them"),
    "note": _("Note"),
    "term": _("Term"),
    "translation": _("Translation"),
    "term_translation": _("Translation"),
    "term_note": _("Note"),
    "forbidden": _("Not to be written"),
    "comment": _("Your comment"),
    "full_name": _("Full name"),
    "email": _("E-mail address"),
    "name": _("Short name"),
}
_SEGMENT: Final = _LABELS["body"]


def label(field: str) -> str:
    """Return the msgid of a field's label; empty for what nobody types, such as a revision's number or a button.

    `captions:photos/hall.jpg` is of a photo, and `s3.0` the words of a segment.
    """
    if field[:1] == "s" and field[1:].replace(".", "", 1).isdecimal():
        return _SEGMENT
    return _LABELS.get(field.partition(":")[0], "")
