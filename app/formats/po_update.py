"""A catalogue brought up to a newer template (GNU gettext manual, *Invoking msgmerge*), as with `--previous`.

Messages come in the template's order with its comments, references and flags. Translations, translators' comments and
what is fuzzy stay; what the template lacks becomes obsolete if it was translated, and is itself again when it returns.
A new message that reads like one that is gone has the words of that one, fuzzy, beside the msgid that they were made of
(`#| msgid`), which itself becomes obsolete: nobody reads the guess before a person looked at it, and no word is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import polib

from app.domain.languages import Language
from app.domain.nearest import nearest
from app.formats.po_check import Whole, whole
from app.formats.po_entries import Style, ended, native, obsolete, remembering, reread, revived, style_of, translated
from app.formats.po_entry import Entry
from app.formats.po_header import fields_of

_NEAR = 0.5
"""From here on two messages are thought to be one that was changed: half of their words."""


def update(text: str, template: str, *, path: str = "") -> str:
    """Return the catalogue `text` with the messages of `template`.

    BadText where either cannot be used or has an entry that cannot be read: a message would seem new, or gone, which is
    only broken.
    """
    own, new = whole(text, path=path), whole(template, path=path)
    style, both = style_of(text, own.entries), _beside(own, new)
    made = [own.header]
    for key, entry in both.wanted.items():
        known = both.mine.get(key) or (revived(both.old[key]) if key in both.old else None)
        if known is not None:
            made.append(_merged(known, entry, own.forms, style))
        elif key in both.near:
            made.append(_proposed(both.near[key], _fresh(entry, style), own.forms, style))
        else:
            made.append(_untranslated(_fresh(entry, style), own.forms, style))
    kept = [entry for key, entry in both.old.items() if key not in both.wanted]
    loose = [entry for entry in own.entries if not entry.fields]
    return own.lead + "".join(_joined([*made, *kept, *map(obsolete, both.gone.values()), *loose], style))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an update does to a catalogue: messages by their keys, each once, in the template's order.

    `kept` stay as they are, `near` come with words that a person has to look at, `revived` were obsolete, `added` have
    no words; `vanished` are not in the template, in the catalogue's order: those with words become obsolete.
    """

    kept: tuple[str, ...]
    near: tuple[str, ...]
    revived: tuple[str, ...]
    added: tuple[str, ...]
    vanished: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many there are of each."""
        return {
            "kept": len(self.kept), "near": len(self.near), "revived": len(self.revived), "added": len(self.added),
            "vanished": len(self.vanished),
        }  # fmt: skip

    @property
    def any(self) -> bool:
        """Tell whether the catalogue has other messages afterwards than before."""
        return bool(self.near or self.revived or self.added or self.vanished)


def changes(text: str, template: str, *, path: str = "") -> Changes:
    """Return what `update` would do with these texts; BadText as that."""
    both = _beside(whole(text, path=path), whole(template, path=path))
    told: dict[str, list[str]] = {"kept": [], "near": [], "revived": [], "added": []}
    for key, entry in both.wanted.items():
        known = both.mine.get(key) or both.old.get(key)
        if key in both.near or (known is not None and known.text and known.plural != entry.plural):
            told["near"].append(key)
        elif known is None:
            told["added"].append(key)
        else:
            told["kept" if key in both.mine else "revived"].append(key)
    origins = {entry.key for entry in both.near.values()}
    vanished = tuple(key for key in both.mine if key not in both.wanted and key not in origins)
    return Changes(**{name: tuple(keys) for name, keys in told.items()}, vanished=vanished)


class _Beside(NamedTuple):
    """A catalogue beside a template, by keys: what it has in use, as obsolete, what is asked for, what is gone.

    `near` has for new messages the one that is gone and reads most like it.
    """

    mine: Mapping[str, Entry]
    old: Mapping[str, Entry]
    wanted: Mapping[str, Entry]
    gone: Mapping[str, Entry]
    near: Mapping[str, Entry]


def _beside(own: Whole, new: Whole) -> _Beside:
    mine = {entry.key: entry for entry in own.messages}
    old = {entry.key: entry for entry in own.entries if entry.obsolete and entry.key not in mine}
    wanted = {entry.key: entry for entry in new.messages}
    gone = {key: entry for key, entry in mine.items() if key not in wanted and entry.text}
    fresh = [one for key, one in wanted.items() if key not in mine and key not in old]
    return _Beside(mine, old, wanted, gone, _near(fresh, list(gone.values())))


def begin(template: str, language: Language, *, path: str = "") -> str:
    """Return a new catalogue in a language: the template's messages, none translated, a draft; BadText as `update`."""
    new = whole(template, path=path)
    fields = {
        "Project-Id-Version": fields_of(new.header.msgstrs[0]).get("Project-Id-Version", ""),
        "Language": language.babel,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
        "X-Tilmash-Status": "draft",
    }
    lines = "".join(f'"{polib.escape(name)}: {polib.escape(value)}\\n"\n' for name, value in fields.items())
    return update(f'msgid ""\nmsgstr ""\n{lines}', template, path=path)


def _near(new: Sequence[Entry], gone: Sequence[Entry]) -> Mapping[str, Entry]:
    """Return, for new messages, the translated one that is gone and reads most like it; each of those once."""
    found: dict[str, Entry] = {}
    for kind in dict.fromkeys(map(_sort, new)):
        ours, theirs = ([one for one in some if _sort(one) == kind] for some in (new, gone))
        told = [one for one in theirs if not one.fuzzy]
        for near in nearest([one.msgid for one in ours], [one.msgid for one in told], least=_NEAR):
            found[ours[near.one].key] = told[near.other]
    return found


def _sort(entry: Entry) -> tuple[str | None, bool]:
    """Return what two messages have in common of which one may become the other: context, and whether they count."""
    return entry.context, entry.plural is None


def _fresh(entry: Entry, style: Style) -> Entry:
    """Return the template's entry as one of this file."""
    return replace(native(entry, style), gap=style.newline)


def _proposed(known: Entry, entry: Entry, forms: int, style: Style) -> Entry:
    """Return a new message with the words of one that it seems to be, for a person to look at."""
    made = _with_other_plural(known, entry, forms, style)
    return replace(remembering(made, known, style), gap=entry.gap)


def _untranslated(entry: Entry, forms: int, style: Style) -> Entry:
    return entry if entry.plural is None else translated(entry, [""] * forms, fuzzy=entry.fuzzy, style=style)


def _merged(known: Entry, entry: Entry, forms: int, style: Style) -> Entry:
    """Return the template's entry with what translators have given to it."""
    if known.plural != entry.plural:
        return _with_other_plural(known, native(entry, style), forms, style)
    if known.raw[: known.fields[0].start] == entry.raw[: entry.fields[0].start]:
        return known
    marks = ("#.", "#:")
    same = all(known.comments(mark) == entry.comments(mark) for mark in marks)
    if same and set(known.flags) - {"fuzzy"} == set(entry.flags) - {"fuzzy"}:
        return known
    entry = native(entry, style)
    flags = [*(["fuzzy"] if known.fuzzy else []), *(flag for flag in entry.flags if flag != "fuzzy")]
    lines = [
        *known.lines_of("#", "#~"),
        *entry.lines_of(*marks),
        *([f"#, {', '.join(flags)}{style.newline}"] if flags else []),
        *known.lines_of("#|"),
        known.raw[known.fields[0].start :],
    ]
    return reread("".join(lines), known)


def _with_other_plural(known: Entry, entry: Entry, forms: int, style: Style) -> Entry:
    """Return a message that gained, lost or changed its plural: its words are a proposal, and fuzzy."""
    words = known.msgstrs or ("",)
    if entry.plural is None:
        msgstrs: Sequence[str] = words[:1]
    else:
        msgstrs = words if len(words) == forms else [words[0]] * forms
    return replace(translated(entry, msgstrs, fuzzy=bool(known.text), style=style), gap=known.gap)


def _joined(entries: Sequence[Entry], style: Style) -> Iterator[str]:
    for at, entry in enumerate(entries):
        last = at == len(entries) - 1
        yield ended(entry.raw, style)
        yield "" if last else entry.gap or style.newline
