"""Check a catalogue before anything else trusts it. Parsing is not validation.

What concerns the whole text is fatal: no header that can be read, or two, a charset or a plural rule that cannot be
used, sizes beyond reason. What concerns one message (a string that doesn't end, a duplicate, a wrong number of forms,
other placeholders than its msgid) costs that message alone, with its line and the reason; the good thousand stay. It
agrees with `msgfmt -c` on what it knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final, TypeVar

from app.domain.checks.placeholders import too_wide, wrong_placeholders
from app.domain.checks.plurals import wrong_number
from app.domain.checks.spacing import wrong_ends
from app.domain.errors import BadText, Problem
from app.formats.charset import LARGEST_FILE, charset_of, declared_charset, known_charset
from app.formats.encoding import unusable
from app.formats.plural_forms import GERMANIC, PluralRule, plural_rule
from app.formats.po_entry import Entry
from app.formats.po_header import fields_of, line_of
from app.formats.po_lexer import read

_MOST_PROBLEMS = 20
_TO_FILL_IN = "nplurals=INTEGER; plural=EXPRESSION;"


@dataclass(frozen=True, slots=True)
class Whole:
    """A catalogue that can be used as a whole, its messages not looked at.

    `entries` are all of the text after `lead`, `header` is one of them, `plurals` is None where nothing is said of it.
    `messages` are those in use, of a duplicate the first, in the file's order; `broken` says of entries why they cannot
    be read.
    """

    lead: str
    entries: tuple[Entry, ...]
    header: Entry
    plurals: PluralRule | None
    messages: tuple[Entry, ...]
    broken: tuple[Problem, ...]

    @property
    def forms(self) -> int:
        """Return how many forms a message with a plural has here."""
        return (self.plurals or GERMANIC).count


@dataclass(frozen=True, slots=True)
class Checked(Whole):
    """A catalogue that can be used, each message looked at.

    `usable` are those messages that nothing is wrong with, translated or not; `refused` says of the others why, and of
    the entries that cannot be read. `faults` are those of messages in use, by their keys.
    """

    usable: tuple[Entry, ...]
    refused: tuple[Problem, ...]
    faults: Mapping[str, Problem]

    @property
    def unusable(self) -> int:
        """Return how many entries are refused, those that cannot be read included."""
        return (
            len(self.broken) + sum(one.is_message for one in self.entries if one is not self.header) - len(self.usable)
        )


Some = TypeVar("Some", bound=Whole)

_SMALL: Final = 500_000
_LARGE: Final = 2_000_000
"""Characters up to which what was found is kept for the next look: one save has a dozen looks at a few texts.

Of large ones only the last few are: one of a million characters takes some 12 MB.
"""


def check(text: str, *, path: str) -> Checked:
    """Take a catalogue apart and check it. BadText where the text as a whole cannot be used."""
    look = _remembered if len(text) <= _SMALL else _remembered_large if len(text) <= _LARGE else _checked
    try:
        found = look(text)
    except BadText as fault:
        raise BadText(*_at(path, fault.problems)) from None
    if not path or not found.refused:
        return found
    faults = {key: replace(problem, path=path) for key, problem in found.faults.items()}
    return replace(found, broken=_at(path, found.broken), refused=_at(path, found.refused), faults=faults)


def _at(path: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(one, path=path) for one in problems)


def _checked(text: str, path: str = "") -> Checked:
    own = _whole(text, path)
    broken = iter(own.broken[:_MOST_PROBLEMS])
    first = {entry.key: entry for entry in own.messages}
    refused: list[Problem] = []
    faults: dict[str, Problem] = {}
    usable: list[Entry] = []
    for entry in own.entries:
        if entry.broken:
            refused += islice(broken, 1)
        elif entry.is_message and entry is not own.header:
            if (other := first[entry.key]) is not entry:
                refused.append(Problem(path=path, line=entry.line, reason=f"the same message as in line {other.line}"))
            elif fault := next(_faults(entry, own.plurals), None):
                faults[entry.key] = Problem(path=path, line=fault[0], reason=fault[1])
                refused.append(faults[entry.key])
            else:
                usable.append(entry)
    if more := len(own.broken[_MOST_PROBLEMS:]):
        refused.append(Problem(path=path, line=0, reason=f"{more} more entries cannot be read"))
    return Checked(
        own.lead, own.entries, own.header, own.plurals, own.messages, own.broken, tuple(usable),
        tuple(refused), faults,
    )  # fmt: skip


_remembered: Final = lru_cache(maxsize=6)(_checked)
_remembered_large: Final = lru_cache(maxsize=4)(_checked)


def _whole(text: str, path: str) -> Whole:
    _check_size(text, path)
    lead, entries = read(text, path=path)
    broken = tuple(Problem(path=path, line=one.line, reason=one.broken) for one in entries if one.broken)
    header = _header(entries, path, broken)
    _check_charset(text, header, path)
    plurals = _plurals(header, path)
    messages: dict[str, Entry] = {}
    for entry in entries:
        if entry.is_message and entry is not header:
            messages.setdefault(entry.key, entry)
    return Whole(lead, entries, header, plurals, tuple(messages.values()), broken)


def whole(text: str, *, path: str) -> Whole:
    """Take a catalogue apart of which every entry has to be readable: BadText also where one is broken.

    Its messages are not looked at: one that is refused is no less the message that it is.
    """
    return _unbroken(_whole(text, path))


def check_whole(text: str, *, path: str) -> Checked:
    """Check a catalogue of which every entry has to be readable: BadText also where one is broken."""
    return _unbroken(check(text, path=path))


def _unbroken(read: Some) -> Some:
    if read.broken:
        raise BadText(*read.broken[:_MOST_PROBLEMS])
    return read


def _check_size(text: str, path: str) -> None:
    if len(text) > LARGEST_FILE:
        raise BadText(Problem(path=path, line=0, reason=f"larger than {LARGEST_FILE // 1024 // 1024} MB"))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadText(Problem(path=path, line=line, reason="a NUL byte"))


def _check_charset(text: str, header: Entry, path: str) -> None:
    """Refuse a charset that is none, and a header that is not what the bytes were decoded by."""
    line = line_of("Content-Type", header)
    said = charset_of(fields_of(header.msgstrs[0]).get("Content-Type", ""))
    known_charset(said, path=path, line=line)
    if said != (decoded := declared_charset(text)):
        reason = f"the header says {said}, and a message before it pretends to {decoded}"
        raise BadText(Problem(path=path, line=line, reason=reason))


def _header(entries: tuple[Entry, ...], path: str, broken: tuple[Problem, ...]) -> Entry:
    """Return the header. What is broken is said first where there is none: it may have been that."""
    headers = [entry for entry in entries if entry.is_header]
    if not headers:
        none = Problem(path=path, line=1, reason="no header (the message with an empty msgid) that can be read")
        raise BadText(*broken[: _MOST_PROBLEMS - 1], none)
    if len(headers) > 1:
        reason = f"a second header; the first is in line {headers[0].line}"
        raise BadText(Problem(path=path, line=headers[1].line, reason=reason))
    if len(headers[0].msgstrs) > 1 or headers[0].plural is not None:
        raise BadText(Problem(path=path, line=headers[0].line, reason="a header with plural forms"))
    return headers[0]


def _plurals(header: Entry, path: str) -> PluralRule | None:
    """Return the file's own rule; None where it has none yet, as in a template."""
    written = fields_of(header.msgstrs[0]).get("Plural-Forms")
    if written is None or written == _TO_FILL_IN:
        return None
    try:
        return plural_rule(written)
    except ValueError as error:
        raise BadText(Problem(path=path, line=line_of("Plural-Forms", header), reason=str(error))) from None


def _faults(entry: Entry, plurals: PluralRule | None) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with one message, the gravest first; a fuzzy or empty translation may be anything."""
    yield from entry.faults
    for one in entry.fields:
        if found := unusable(one.value):
            yield one.line, f"holds {found[1]}, which no feed and no MO file may hold"
    plural = entry.plural
    indices = [one.form for one in entry.fields if one.name == "msgstr"]
    if plural is None and indices != [None]:
        yield entry.line, "msgstr[n] without msgid_plural, or several msgstr"
    elif plural is not None and indices != list(range(len(indices))):
        yield entry.line, "a message with msgid_plural has msgstr[0], msgstr[1] … in order"
    elif any(entry.msgstrs) and not entry.fuzzy:
        yield from _wrong_translations(entry, plurals)


def _wrong_translations(entry: Entry, rule: PluralRule | None) -> Iterator[tuple[int, str]]:
    msgid, plural, plurals = entry.msgid, entry.plural, rule or GERMANIC
    if plural is not None and rule is None:
        yield entry.line, "plural forms, and no Plural-Forms in the header"
    if plural is not None and (wrong := wrong_number(len(entry.msgstrs), plurals.count)):
        yield entry.line, wrong
        return
    for fault in wrong_ends(msgid, msgid if plural is None else plural):
        yield entry.line, f"msgid and msgid_plural: {fault.said}"
    for one in entry.fields:
        if one.name == "msgstr" and one.value:
            if wrong := too_wide(one.value):
                yield one.line, wrong
            yield from ((one.line, fault.said) for fault in wrong_ends(msgid, one.value))
            may_omit = plural is not None and one.form in plurals.rare
            asked = msgid if plural is None else plural
            if wrong := wrong_placeholders(entry.flags, asked, one.value, may_omit=may_omit):
                yield one.line, wrong
