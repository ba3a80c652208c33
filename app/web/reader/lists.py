"""What all lists of items have in common: where the cursors are, and how a part of a list is shown."""

from itertools import groupby
from typing import Final

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import NotFound

from app.domain.pages import NewsList
from app.web.reader.frame import Frame

SIZE: Final = 20
CURSORS: Final = ("older", "newer")
"""The parameters that a page of a list depends on."""

_LONGEST_CURSOR = 100


def cursors() -> dict[str, str | None]:
    """Return where the part of the list begins that is asked for; NotFound if a cursor cannot be one."""
    return {name: _cursor(name) for name in CURSORS}


def is_first() -> bool:
    """Tell whether the beginning of a list is asked for.

    What a cursor shows shifts with every new item, so search engines are given the first page and the items alone.
    """
    return not any(request.args.get(name) for name in CURSORS)


def list_page(template: str, around: Frame, items: NewsList, *, newest: bool = False, **values: object) -> Response:
    """Return a page that shows a part of a list under its months; `newest` puts the first item above them."""
    first, rest = (items.entries[:1], items.entries[1:]) if newest else ((), items.entries)
    months = [
        (heading, list(entries)) for heading, entries in groupby(rest, lambda entry: around.write.month(entry.date))
    ]
    return rendered(template, around, news=items, newest=next(iter(first), None), months=months, **values)


def rendered(template: str, around: Frame, **values: object) -> Response:
    """Return a page in the language of its address."""
    response = make_response(render_template(template, frame=around, **values))
    response.headers["Content-Language"] = around.locale
    return response


def _cursor(name: str) -> str | None:
    cursor = request.args.get(name) or None
    if cursor is not None and not (len(cursor) <= _LONGEST_CURSOR and cursor.isascii() and cursor.isprintable()):
        raise NotFound
    return cursor
