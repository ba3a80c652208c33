"""What can be done to a selection of texts at once: looked at before, done text by text, and undone."""

from enum import StrEnum
from typing import Final


class BulkKind(StrEnum):
    """What is done."""

    ASSIGN = "assign"
    DUE = "due"
    REMIND = "remind"
    PUBLISH = "publish"
    TRANSLATE = "translate"
    EXPORT = "export"


MOST: Final = 500
"""Texts of one selection."""
