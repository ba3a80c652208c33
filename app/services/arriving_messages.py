"""What of a catalogue that came back can be used, message by message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.documents import Kind
from app.domain.errors import BadText, Problem
from app.domain.likeness import plainly
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Segment, Tag
from app.domain.side_by_side import FORMS
from app.domain.site import MSGIDS
from app.formats.choice import format_of
from app.formats.plural_forms import PluralRule
from app.formats.po_check import Checked, check
from app.services.bitexts import COPIED, Refused
from app.services.file_remarks import Remark

_COUNTED: Final = (*range(1001), 1_000_000)
"""The numbers that two rules are told apart by: those of CLDR's samples are among them."""


def usable(
    file: str, known: str, before: Sequence[Segment], locale: Tag, *, salvage: bool, path: str
) -> tuple[str, tuple[Refused, ...], tuple[Problem, ...]]:
    """Return a catalogue with the messages that it was made from, no others; what of it cannot be used; and remarks.

    The template says which messages there are: one that the file lacks reads as before. So does one that cannot be
    used, and one that it has empty, which is gettext's word for *untranslated*. BadText, unless what can be is to be
    salvaged, for a file that counts in other plural forms: no message that has some can be used.
    """
    checked, own = check(file, path=path), check(known, path=path)
    faults = {key: problem for key, problem in checked.faults.items() if key not in own.faults}
    if locale.partition("-")[0] != MSGIDS:  # whose words are the source's
        faults |= {key: problem for key, problem in _copies(checked, own, path) if key not in faults}
    wrong = _other_forms(checked.plurals, own.plurals, path)
    if wrong is not None:
        if not salvage:
            raise BadText(wrong)
        faults |= {one.key: replace(wrong, line=one.line) for one in checked.messages if one.plural is not None}
    text_format = format_of(Kind.CATALOGUE, NO_LANGUAGE)
    theirs = {one.key: one for one in text_format.parse(file, path=path).segments}
    segments = [
        one if one.key in faults or one.key not in theirs or not theirs[one.key].text.strip(FORMS)
        else theirs[one.key]
        for one in before
    ]  # fmt: skip
    refused = tuple(_refused_messages(checked, own, faults))
    if segments == list(theirs.values()) and not refused and wrong is None:
        return file, (), ()
    onto = known if wrong is not None else _once(checked)
    return text_format.compose(onto, segments, donor=known), refused, (wrong,) if wrong is not None else ()


def remarks_of(file: str, known: str) -> tuple[Remark, ...]:
    """Return what translators note in a catalogue (`# …`) that the one it was made from does not have.

    It stands in the file too, but what others wrote meanwhile is merged message by message, and has no place for it.
    """
    stood = {one.key: set(one.comments("#")) for one in check(known, path="").messages}
    found = (
        (one, [line for line in one.comments("#") if line.strip() and line not in stood[one.key]])
        for one in check(file, path="").messages
        if one.key in stood
    )
    return tuple(Remark(key=Key(one.key), words="\n".join(lines), line=one.line) for one, lines in found if lines)


def _once(checked: Checked) -> str:
    """Return a catalogue without the messages that it has already, which would stay there twice."""
    own = {id(one) for one in checked.messages}
    return checked.lead + "".join(
        one.raw + one.gap
        for one in checked.entries
        if not one.is_message or one.is_header or one.obsolete or id(one) in own
    )


def _copies(checked: Checked, own: Checked, path: str) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with messages whose source a tool has put in the place of a translation."""
    stood = {one.key: one.msgstrs for one in own.messages}
    for one in checked.messages:
        sources = {plainly(one.msgid), plainly(one.plural or one.msgid)}
        pairs = zip(one.msgstrs, stood.get(one.key, ()), strict=False)
        if any(plainly(given) in sources and old and plainly(old) not in sources for given, old in pairs):
            yield one.key, Problem(path=path, line=one.line, reason=COPIED)


def _refused_messages(checked: Checked, own: Checked, faults: Mapping[str, Problem]) -> Iterator[Refused]:
    """Yield what of a catalogue cannot be used and says something new: broken, of no message, or there already."""
    stood, seen = {one.key: set(one.msgstrs) for one in own.messages}, set[str]()
    for one in checked.entries:
        if not one.is_message or one.is_header or one.obsolete:
            continue
        reason = (
            saying("the segment stands in the file more than once") if one.key in seen else
            saying("the text has no such segment") if one.key not in stood else
            faults[one.key].reason if one.key in faults else ""
        )  # fmt: skip
        seen.add(one.key)
        if reason and any(one.msgstrs) and not set(one.msgstrs) <= stood.get(one.key, set()):
            line = faults[one.key].line if one.key in faults else one.line
            key = Key(one.key) if one.key in stood else None
            yield Refused(line=line, text=FORMS.join(one.msgstrs), reason=reason, key=key)


def _counts_alike(one: PluralRule, other: PluralRule) -> bool:
    return one.count == other.count and all(one.form(number) == other.form(number) for number in _COUNTED)


def _other_forms(given: PluralRule | None, asked: PluralRule | None, path: str) -> Problem | None:
    """Return what is wrong with how a file counts; nothing where it counts as the language does here, or not at all."""
    if given is None or asked is None or _counts_alike(given, asked):
        return None
    reason = saying(
        "its header counts in %(given)s plural forms, and the language here in %(asked)s: put the words into a file "
        "that is downloaded anew",
        given=given.count, asked=asked.count,
    ) if given.count != asked.count else saying(
        "its header says by another rule which number takes which plural form: put the words into a file that is "
        "downloaded anew"
    )  # fmt: skip
    return Problem(path=path, line=0, reason=reason)
