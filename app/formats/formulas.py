"""Text that a spreadsheet counts with: how a cell of CSV is kept from being a formula, and read back.

The signs are those of OWASP (*CSV Injection*): `=`, `+`, `-`, `@`, tab, carriage return, line feed, and the full width
forms that Excel in Chinese and Japanese takes for them. An apostrophe before them makes text of a cell everywhere.
"""

import re
from typing import Final

_FORMULA: Final = r"(?='*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])"  # a spreadsheet counts with a cell that begins so
_BEGINS: Final = r'(^|[,;\t\r\n])("*)'  # where it begins, for one that has other signs between cells than the table too
_BARE: Final = re.compile(_BEGINS + _FORMULA)
_SHIELDED: Final = re.compile(f"{_BEGINS}'{_FORMULA}")
_AT_THE_BEGINNING: Final = re.compile(_FORMULA)


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet may count with a cell of these letters."""
    return _AT_THE_BEGINNING.match(cell) is not None


def shielded(cell: str) -> str:
    """Return the text of a cell of CSV that no spreadsheet counts with, whatever it takes for the end of a cell."""
    return _BARE.sub(r"\1\2'", cell)


def unshielded(cell: str) -> str:
    """Return what `shielded` was given."""
    return _SHIELDED.sub(r"\1\2", cell)
