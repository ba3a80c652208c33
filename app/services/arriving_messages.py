"""What of a catalogue that came back can be used, message by message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.documents import Kind
from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Segment
from app.domain.side_by_side import FORMS
from app.formats.choice import format_of
from app.formats.po_check import Checked, check
from app.services.bitexts import Refused


def usable(
    file: str, known: str, before: Sequence[Segment], *, is_sure: bool, salvage: bool, path: str
) -> tuple[str, tuple[Refused, ...], tuple[Problem, ...]]:
    """Return a catalogue with the messages that it was made from, no others; what of it cannot be used; and remarks.

    The template says which messages there are: one that the file lacks reads as before. So does one that cannot be
    used, and where the file does not say what it was made from, one that it has left empty. BadText, unless what can be
    is to be salvaged, for a file with another number of plural forms: none of those can be.
    """
    checked, own = check(file, path=path), check(known, path=path)
    faults = {key: problem for key, problem in checked.faults.items() if key not in own.faults}
    others = checked.plurals is not None and own.plurals is not None and checked.forms != own.forms
    wrong = _other_forms(checked.forms, own.forms, path)
    if others:
        if not salvage:
            raise BadText(wrong)
        faults |= {one.key: replace(wrong, line=one.line) for one in checked.messages if one.plural is not None}
    text_format = format_of(Kind.CATALOGUE, NO_LANGUAGE)
    theirs = {one.key: one for one in text_format.parse(file, path=path).segments}
    segments = [
        one if one.key in faults or one.key not in theirs or not (is_sure or theirs[one.key].text.strip(FORMS))
        else theirs[one.key]
        for one in before
    ]  # fmt: skip
    refused = tuple(_refused_messages(checked, own, faults))
    if segments == list(theirs.values()) and not refused:
        return file, (), ()
    twice = sum(one.is_message and not one.is_header for one in checked.entries) > len(checked.messages)
    onto = known if others or twice else file  # what stands in a file twice would stay there twice
    return text_format.compose(onto, segments, donor=known), refused, (wrong,) if others else ()


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


def _other_forms(given: int, asked: int, path: str) -> Problem:
    reason = saying(
        "its header counts in %(given)s plural forms, and the language here in %(asked)s: put the words into a file "
        "that is downloaded anew",
        given=given, asked=asked,
    )  # fmt: skip
    return Problem(path=path, line=0, reason=reason)
