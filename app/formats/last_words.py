"""The last good words of a message: what readers keep while its newest ones cannot be used.

A message that is broken or refused takes what it had in the newest earlier text in which it was neither, which may be
nothing. What was emptied, marked fuzzy, made obsolete or deleted is not damaged, and nothing comes back. Where an entry
is so broken that nobody can tell which message it was, every message that the text lacks may have been it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.formats.po_check import Checked

_OLD = re.compile(r"(?:[ \t]*+(?:#(?!~)[^\n]*+)?\n)*+[ \t]*+#~")


@dataclass(frozen=True, slots=True)
class Damage:
    """Which messages a text fails to show: those `named` by their originals and, if `any_lost`, all but those `there`.

    `there` are keys, obsolete ones among them.
    """

    named: frozenset[str]
    any_lost: bool
    there: frozenset[str]

    def __bool__(self) -> bool:
        return self.any_lost or bool(self.named)

    def covers(self, original: str) -> bool:
        """Tell whether a message is damaged."""
        return original in self.named or (self.any_lost and original.partition("\0")[0] not in self.there)

    def both(self, other: "Damage") -> "Damage":
        """Return what is damaged in the one and in the other."""
        named = {one for one in self.named | other.named if self.covers(one) and other.covers(one)}
        return Damage(frozenset(named), self.any_lost and other.any_lost, self.there | other.there)


NO_DAMAGE = Damage(frozenset(), False, frozenset())


@dataclass(frozen=True, slots=True)
class Words:
    """What a text shows, forms joined by NUL, `by_original`; the plural `rule` of its forms; what is damaged in it."""

    by_original: Mapping[str, str]
    rule: str
    damage: Damage


def words_of(checked: Checked) -> Words:
    """Return what can be shown of a text (translated in all forms, not fuzzy, not refused), and what is damaged."""
    shown = {one.original: one.text for one in checked.usable if all(one.msgstrs) and not one.fuzzy}
    return Words(shown, checked.plurals.written if checked.plurals else "", _damage(checked))


def _damage(checked: Checked) -> Damage:
    usable = {one.key for one in checked.usable}
    refused = {one.original for one in checked.messages if one.key not in usable and one.text and not one.fuzzy}
    lost = [one for one in checked.entries if one.broken and not one.fuzzy and not _OLD.match(one.raw)]
    in_use = {one.key for one in checked.messages}
    named = refused | {one.original for one in lost if one.key and one.key not in in_use}
    there = {one.key for one in checked.entries if one.fields}
    return Damage(frozenset(named), not all(one.key for one in lost), frozenset(there))


def last_words(now: Words, earlier: Iterable[Words]) -> dict[str, str]:
    """Return the last good words of what is damaged; `earlier` are from newest to oldest, no more than are needed.

    The originals are those of a MO file, with the rule that plural forms go by where it is not that of `now`.
    """
    kept: dict[str, str] = {}
    wanted = now.damage
    before = iter(earlier)
    while wanted and (words := next(before, None)):
        for original, forms in words.by_original.items():
            key, *rest = original.split("\0")
            message = "\0".join((key, *rest[:1]))
            if wanted.covers(message):
                rule = rest[1] if rest[1:] else words.rule
                kept[f"{message}\0{rule}" if rest and rule != now.rule else message] = forms
        wanted = wanted.both(words.damage)
    return kept
