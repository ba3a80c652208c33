"""A message of a catalogue beside its msgid, as checks look at it."""

from collections.abc import Iterator
from typing import Final

from app.domain.checks.pair import Finding, Pair
from app.domain.checks.table import errors
from app.domain.segments import Key, Tag
from app.domain.site import MSGIDS
from app.formats.plural_forms import GERMANIC, PluralRule
from app.formats.po_check import check
from app.formats.po_entry import Entry


def msgids(entry: Entry) -> tuple[str, ...]:
    """Return what is translated: the msgid, and the plural one."""
    return (entry.msgid,) if entry.plural is None else (entry.msgid, entry.plural)


def by_form(entry: Entry, plurals: PluralRule | None) -> tuple[tuple[str, str], ...]:
    """Return each form of a message's translation beside what it renders: the msgid where it is the form of one thing.

    A language that has one form for all numbers has it for the plural one.
    """
    if entry.plural is None:
        return ((entry.msgid, entry.msgstrs[0]),)
    rule = plurals or GERMANIC
    one = rule.form(1) if rule.count > 1 else None
    return tuple((entry.msgid if form == one else entry.plural, text) for form, text in enumerate(entry.msgstrs))


_NONE: Final[frozenset[tuple[str, str]]] = frozenset()


def message_pair(
    entry: Entry,
    forms: tuple[str, ...],
    plurals: PluralRule,
    locale: Tag,
    unfilled: frozenset[tuple[str, str]] = _NONE,
) -> Pair:
    """Return a message with these forms in a language that counts so; `unfilled` are key and form of what failed."""
    return Pair(
        key=Key(entry.key), kind="message", source=msgids(entry), target=forms, source_tag=MSGIDS, target_tag=locale,
        flags=entry.flags, forms=1 if entry.plural is None else plurals.count, one=plurals.form(1),
        rare=plurals.rare, unfilled=frozenset(form for form in forms if (entry.key, form) in unfilled),
    )  # fmt: skip


def errors_in(
    text: str, locale: Tag, *, path: str, unfilled: frozenset[tuple[str, str]] = _NONE
) -> Iterator[tuple[Entry, Finding]]:
    """Yield what keeps a catalogue from being handed in: errors of messages that are translated and not fuzzy.

    `unfilled` are key and form of what a page could not be made with.
    """
    catalogue = check(text, path=path)
    for entry in catalogue.messages:
        forms = tuple(entry.msgstrs)
        if any(form.strip() for form in forms) and not entry.fuzzy:
            for found in errors(message_pair(entry, forms, catalogue.plurals or GERMANIC, locale, unfilled)):
                yield entry, found


def forms_of(text: str, *, path: str) -> Iterator[tuple[str, str]]:
    """Yield key and words of each form that a catalogue has for a message; it is read when the first is asked for."""
    for entry in check(text, path=path).messages:
        yield from ((entry.key, form) for form in entry.msgstrs if form)
