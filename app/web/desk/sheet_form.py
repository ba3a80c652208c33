"""What the form of a sheet sends: what was typed, and what the sheet was made from."""

import re

from flask import request

from app.domain.locales import parse_tag
from app.domain.side_by_side import Typed
from app.formats.lines import unix
from app.services.sheets import Bases
from app.web.desk.odd_values import whole

_FIELD = re.compile(r"s(\d{1,6})\.(\d{1,2})")


def typed_sent() -> dict[int, Typed]:
    """Return what was typed, by the places of the lines that the form had."""
    forms: dict[int, dict[int, str]] = {}
    for field, text in request.form.items():
        if found := _FIELD.fullmatch(field):
            forms.setdefault(int(found[1]), {})[int(found[2])] = unix(text)
    said = request.form
    return {
        place: Typed(
            forms=tuple(parts[number] for number in sorted(parts)),
            unsure=f"w{place}" in said,
            out=f"o{place}" in said,
            current=f"c{place}" in said,
        )
        for place, parts in forms.items()
    }


def bases_sent() -> Bases:
    """Return what the sheet in a form was made from."""
    said = request.form
    return Bases(
        revision=said.get("base", 0, type=whole),
        source=said.get("source", type=parse_tag),
        source_revision=said.get("source_revision", type=whole),
    )
