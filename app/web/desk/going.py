"""Where a press in the editor leads to: without scripts the sheet is sent first, with all that was typed.

What leads on there is a button of the form of the sheet, which names an address (`go`), or fields of it, which make one
(`go q`). Scripts keep what is typed by themselves, and make links and forms of their own of them (editor-going.js).
"""

from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

from flask import request, url_for

from app.web.desk.address import Address

_EDITOR: Final = "translating.form"
_PAGES: Final = (_EDITOR, "reviewing.text", "replacing.form")
_FIELDS: Final = ("q", "source", "beside")


def going(at: Address) -> str | None:
    """Return where the form of a sheet leads to when it is saved; None if it does not say.

    That is a page about this text, whatever was sent. Enter in a field above the sheet, which stays in the editor,
    leads to what was asked for there.
    """
    said = request.form
    if said.get("go"):
        return _page(at, said["go"])
    asked, shown = _asked(), {name: value for name in _FIELDS if (value := request.args.get(name, "").strip())}
    return at.url(_EDITOR, asked=asked) if "go" in said or ("stay" in said and asked != shown) else None


def _page(at: Address, address: str) -> str:
    """Return an address of a page about this text, put together anew; that of the editor for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return at.url(_EDITOR)
    asked, part = dict(parse_qsl(parts.query)), quote(parts.fragment)
    pages = {at.url(one): at.url(one, part=part, asked=asked) for one in _PAGES}
    whole = url_for("documents.document", kind=at.name.kind.value, name=at.name.name)
    return {whole: whole, **pages}.get(parts.path, at.url(_EDITOR))


def _asked() -> dict[str, str]:
    """Return what the fields above the sheet ask for; the source that is shown is asked for by the address alone."""
    said, given = request.form, request.args
    asked = {name: value for name in _FIELDS if (value := said.get(f"go {name}", given.get(name, "")).strip())}
    if "source" not in given and asked.get("source") == said.get("source"):
        asked.pop("source", None)
    return asked
