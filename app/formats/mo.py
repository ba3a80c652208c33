"""Catalogues as a running site uses them: compiled to GNU MO, and read back without trusting them.

The layout is that of the GNU gettext manual, *The Format of GNU MO Files*. The same text always gives the same bytes.
Words that were kept from a text with another plural rule have that rule after a further NUL in their original, which
gettext itself does not look at.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from app.domain.errors import BadText, Problem
from app.formats.last_words import NO_DAMAGE, Words, last_words, words_of
from app.formats.plural_forms import GERMANIC, PluralRule, plural_rule
from app.formats.po_check import Checked, check
from app.formats.po_header import fields_of

_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")
_KEPT = ("Project-Id-Version", "Language", "MIME-Version", "Content-Transfer-Encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledCatalogue:
    """A catalogue ready for use: its MO file, what of it was refused, and how many of how many messages it has."""

    mo: bytes
    refused: tuple[Problem, ...]
    translated: int
    total: int


def compile_catalogue(text: str, *, path: str, earlier: Iterable[str | bytes] = ()) -> CompiledCatalogue:
    """Return the MO file of the messages that can be shown: translated in all forms, not fuzzy, not refused.

    `earlier` are the texts that were shown before, newest first, or the MO file of one and of all before it; they are
    looked at only as far as damaged messages need them (`last_words`). BadText where the text as a whole cannot be used
    (`po_check`); an earlier one like that was never shown.
    """
    checked = check(text, path=path)
    now = words_of(checked)
    pairs = {**last_words(now, _before(earlier)), **now.by_original, "": _header(checked)}
    return CompiledCatalogue(
        mo=_written(pairs), refused=checked.refused, translated=len(now.by_original), total=len(checked.messages)
    )


def _before(earlier: Iterable[str | bytes]) -> Iterator[Words]:
    for one in earlier:
        if isinstance(one, bytes):
            pairs = _read(one)
            yield Words(pairs, fields_of(pairs.pop("", "")).get("Plural-Forms", ""), NO_DAMAGE)
            continue
        try:
            words = words_of(check(one, path=""))
        except BadText:
            continue
        yield words


def _header(checked: Checked) -> str:
    """Return the fields that a reader of MO files needs; no dates and no names, so that they change no byte."""
    fields = fields_of(checked.header.msgstrs[0])
    kept = {name: fields[name] for name in _KEPT if name in fields}
    kept["Content-Type"] = "text/plain; charset=UTF-8"
    if checked.plurals is not None:
        kept["Plural-Forms"] = checked.plurals.written
    return "".join(f"{name}: {value}\n" for name, value in sorted(kept.items()))


def _written(pairs: Mapping[str, str]) -> bytes:
    rows = sorted((original.encode(), translation.encode()) for original, translation in pairs.items())
    offset = _HEAD.size + 16 * len(rows)
    tables: list[bytes] = []
    for column in (0, 1):
        for row in rows:
            tables.append(struct.pack("<2I", len(row[column]), offset))
            offset += len(row[column]) + 1
    head = _HEAD.pack(_MAGIC, 0, len(rows), _HEAD.size, _HEAD.size + 8 * len(rows), 0, _HEAD.size + 16 * len(rows))
    words = b"".join(row[column] + b"\0" for column in (0, 1) for row in rows)
    return head + b"".join(tables) + words


def _read(mo: bytes) -> dict[str, str]:
    """Return originals and translations; ValueError where the bytes are no MO file that was written here."""
    try:
        magic, _, count, originals, translations, _, _ = _HEAD.unpack_from(mo)
        if magic != _MAGIC:
            raise ValueError("not a MO file of this machine's making")
        first = struct.unpack_from(f"<{2 * count}I", mo, originals)
        second = struct.unpack_from(f"<{2 * count}I", mo, translations)
    except struct.error:
        raise ValueError("a MO file that is cut off") from None
    pairs = zip(zip(*[iter(first)] * 2, strict=True), zip(*[iter(second)] * 2, strict=True), strict=True)
    return {str(mo[at : at + size], "utf-8"): str(mo[to : to + long], "utf-8") for (size, at), (long, to) in pairs}


class SafeTranslations(NullTranslations):
    """A catalogue in use. What it lacks is asked of the fallback, and is the msgid in the end; nothing here raises.

    The methods with a `u` in front are the names under which Flask-Babel calls them.
    """

    def __init__(
        self, words: Mapping[str, str], plurals: PluralRule = GERMANIC, fallback: NullTranslations | None = None
    ) -> None:
        super().__init__()
        self._words: dict[str, tuple[list[str], PluralRule]] = {}
        for original, forms in words.items():
            key, _, rest = original.partition("\0")
            own = rest.partition("\0")[2]
            self._words[key] = forms.split("\0"), plural_rule(own) if own else plurals
        self._next = fallback or NullTranslations()

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        found = self._words.get(message)
        return found[0][0] if found else self._next.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation in the form that goes with a number."""
        found = self._words.get(msgid1)
        return _form(*found, n) if found else self._next.ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message in a context."""
        found = self._words.get(f"{context}\x04{message}")
        return found[0][0] if found else self._next.pgettext(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation in a context, in the form that goes with a number."""
        found = self._words.get(f"{context}\x04{msgid1}")
        return _form(*found, n) if found else self._next.npgettext(context, msgid1, msgid2, n)

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext
    unpgettext = npgettext


def _form(forms: list[str], rule: PluralRule, number: float) -> str:
    try:
        index = rule.form(abs(int(number)))
    except (OverflowError, TypeError, ValueError):  # infinity, None, or whatever else a template passes
        index = len(forms) - 1
    return forms[min(index, len(forms) - 1)]


def load(mo: bytes, *, fallback: NullTranslations | None = None) -> SafeTranslations:
    """Return the catalogue of a MO file that `compile_catalogue` wrote; ValueError for other bytes."""
    words = _read(mo)
    written = fields_of(words.pop("", "")).get("Plural-Forms")
    return SafeTranslations(words, GERMANIC if written is None else plural_rule(written), fallback)


def format_or_msgid(translated: str, msgid: str, variables: Mapping[str, object]) -> str:
    """Return `translated % variables`; if that fails, the msgid with them; if that fails too, the msgid as it is."""
    if not variables:
        return translated
    for text in (translated, msgid):
        try:
            return text % variables
        except (KeyError, OverflowError, TypeError, ValueError):
            continue
    return msgid
