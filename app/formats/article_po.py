"""An article as a PO file: its segments as messages, for who works in Poedit (GNU gettext manual, *PO Files*).

The msgctxt says what a segment is (`title`, `caption:photos/signing.jpg`, `block` and its name), the msgid is the
source's words, and the header says of which revisions the file was made. What people said goes out as extracted
comments (`#.`), so that a translator's own (`# `) are what they say in the file.
"""

from collections.abc import Iterator
from typing import Final

import polib

from app.domain.errors import Problem
from app.domain.locales import language, tag_of
from app.domain.said import saying
from app.domain.segments import FIXED_KINDS, Key, State, Tag
from app.formats import front_matter
from app.formats.bitext import Bitext, Came, Origins, Returned, Unit, name_of
from app.formats.charset import decode
from app.formats.po_check import Checked, check_whole
from app.formats.po_entries import Style, laid_out
from app.formats.po_entry import Entry
from app.formats.po_header import fields_of

_STYLE: Final = Style(width=78, newline="\n")
_BLOCK: Final = "block "
_MADE_FROM: Final = "X-Tilmash-Made-From"
_TOLD: Final = 500
"""Letters of what is not read that are told."""


def write(bitext: Bitext) -> bytes:
    """Return the file. What renders nothing of the source, and so has no msgid, is not in it."""
    origins = bitext.origins
    fields = {
        "Project-Id-Version": " ".join(bitext.title.split()),
        "Language": language(origins.locale).babel,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": language(origins.source).babel,
        _MADE_FROM: str(origins),
    }
    head = "".join(f'"{polib.escape(name)}: {polib.escape(value)}\\n"\n' for name, value in fields.items())
    entries = (_entry(unit) for unit in bitext.units if unit.source[0])
    return "\n".join((f'msgid ""\nmsgstr ""\n{head}', *entries)).encode()


def _entry(unit: Unit) -> str:
    return "".join(
        (
            *(f"#. {line}\n" for note in (unit.place, *unit.notes) for line in note.splitlines()),
            *(f"#: {reference}\n" for reference in unit.references),
            "#, fuzzy\n" if unit.state is State.NEEDS_WORK else "",
            *(f"#| {line}\n" for line in _previous(unit)),
            laid_out("msgctxt", _context(unit), _STYLE),
            laid_out("msgid", unit.source[0], _STYLE),
            laid_out("msgstr", unit.target[0], _STYLE),
        )
    )


def _previous(unit: Unit) -> Iterator[str]:
    """Yield what the words were made of as `msgmerge --previous` writes it: with its msgctxt, the same one or not.

    (GNU gettext manual, *The Format of PO Files* and *Invoking msgmerge*.)
    """
    if unit.before:
        yield from laid_out("msgctxt", _context(unit), _STYLE).splitlines()
        yield from laid_out("msgid", unit.before, _STYLE).splitlines()


def _context(unit: Unit) -> str:
    return unit.key if unit.kind in FIXED_KINDS else f"{_BLOCK}{unit.name}"


def is_article(raw: bytes) -> bool:
    """Tell whether a PO file says that it is one of these, and no catalogue."""
    return _MADE_FROM.encode() in raw


def is_po(raw: bytes) -> bool:
    """Tell whether a file is a PO file at all, and no text of an article (which begins with its front matter)."""
    return b"msgid" in raw and not front_matter.begins(raw)


def read(raw: bytes, *, path: str) -> Returned:
    """Return what came back; of which text, where its header says so. BadText as `po_check.check_whole`."""
    checked = check_whole(decode(raw, path=path), path=path)
    fields = fields_of(checked.header.msgstrs[0])
    origins = Origins.parse(fields.get(_MADE_FROM, ""))
    source, locale = (_language(fields.get(name, "")) for name in ("X-Source-Language", "Language"))
    return Returned(
        origins=origins, source=source, locale=locale, units=tuple(_units(checked)),
        problems=tuple(_not_read(checked, path)),
        remarks=tuple(said for one in checked.entries if one.is_header or not one.fields for said in _remarks(one)),
    )  # fmt: skip


def _remarks(entry: Entry) -> tuple[str, ...]:
    """Return what a translator says of a message: their lines are one remark."""
    said = "\n".join(entry.comments("#")).strip()
    return (said,) if said else ()


def _not_read(checked: Checked, path: str) -> Iterator[Problem]:
    """Tell the words of messages that some tool has put aside (GNU gettext manual, *Obsolete Entries*)."""
    for entry in checked.entries:
        words = " ".join(" ".join((*entry.msgstrs, *_remarks(entry))).split())
        if entry.obsolete and words:
            reason = saying("an obsolete message (#~) is not read: %(words)s", words=words[:_TOLD])
            yield Problem(path=path, line=entry.line, reason=reason)


def _language(written: str) -> Tag | None:
    try:
        return tag_of(written)
    except ValueError:
        return None


def _units(checked: Checked) -> Iterator[Came]:
    """Yield each message, one that stands there a second time too, with what is wrong with it.

    One without words is untranslated (GNU gettext manual, *Untranslated Entries*), so nobody took words out of it.
    """
    for entry in checked.entries:
        if entry.is_message and not entry.is_header:
            fault = checked.faults.get(entry.key)
            state = State.NEEDS_WORK if entry.fuzzy else State.DONE
            yield Came(
                name=_name(entry), source=entry.msgid, line=entry.line, context=entry.context,
                forms=tuple((words,) if words else () for words in entry.msgstrs[:1]),
                state=state if any(entry.msgstrs[:1]) else None,
                wrong=fault.reason if fault is not None else "", remarks=_remarks(entry),
            )  # fmt: skip


def _name(entry: Entry) -> str:
    context = entry.context or ""
    return context.removeprefix(_BLOCK) if context.startswith(_BLOCK) else name_of(Key(context))
