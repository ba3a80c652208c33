"""What in a catalogue can be used and is probably not meant."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from app.domain.errors import Problem
from app.formats.po_check import Checked
from app.formats.po_entry import Entry
from app.formats.po_header import fields_of, line_of

_NAMED = re.compile(r"(?<!%)%\(\w++\)[#0 +-]*+[0-9]*+(?:\.[0-9]*+)?[diouxXeEfFgGcrsa]")
_SAID = frozenset({"python-format", "no-python-format"})


def warned(checked: Checked, *, path: str) -> tuple[Problem, ...]:
    """Return what to look at: a header of another language than the folder's, placeholders that nothing will fill."""
    return (*_language(checked.header, path), *(one for entry in checked.usable for one in _placeholders(entry, path)))


def _language(header: Entry, path: str) -> Iterator[Problem]:
    """Compare with `kk/LC_MESSAGES/messages.po`; a template, and a file that stands elsewhere, may say anything."""
    folder, category = (["", *PurePosixPath(path).parts[:-1]])[-2:] if "/" in path else ("", "")
    said = fields_of(header.msgstrs[0]).get("Language", "")
    if category == "LC_MESSAGES" and said and not _alike(said, folder):
        reason = f"the header says Language: {said[:40]}, and the file is in the folder of {folder[:40]}"
        yield Problem(path=path, line=line_of("Language", header), reason=reason)


def _alike(one: str, other: str) -> bool:
    """Tell whether two locale identifiers name one language, and one script if both name one."""
    (first, *more), (second, *others) = (re.split("[-_@.]", tag.lower()) for tag in (one, other))
    scripts = [{part for part in parts if len(part) == len("Cyrl")} for parts in (more, others)]
    return first == second and not (all(scripts) and scripts[0].isdisjoint(scripts[1]))


def _placeholders(entry: Entry, path: str) -> Iterator[Problem]:
    """Yield the translations with `%(name)s` whose msgid has none and isn't marked: nobody fills them."""
    if entry.fuzzy or _SAID.intersection(entry.flags):
        return
    if _NAMED.search(entry.msgid) or _NAMED.search(entry.plural or ""):
        return
    for one in entry.fields:
        if one.name == "msgstr" and (found := _NAMED.search(one.value)):
            reason = f"readers may see {found[0][:40]} as it stands: the msgid has no placeholder"
            yield Problem(path=path, line=one.line, reason=reason)
