"""Plural forms: as many as the catalogue's rule wants, and none of them empty."""

from collections.abc import Iterator

from app.domain.checks.pair import Fault, Pair
from app.domain.said import Said, saying


def wrong_number(given: int, wanted: int) -> Said | None:
    """Return a complaint if a message has not as many forms as the header says."""
    if given == wanted:
        return None
    return saying("%(given)s plural forms, and the header says nplurals=%(wanted)s", given=given, wanted=wanted)


def plurals(pair: Pair) -> Iterator[Fault]:
    """Find a wrong number of forms, and forms that were left empty."""
    if pair.is_plural and (wrong := wrong_number(len(pair.target), pair.forms)):
        yield Fault(wrong)
    for number, form in enumerate(pair.target, 1):
        if pair.is_plural and not form.strip():
            yield Fault(saying("form %(form)s of the plural is empty", form=number))


def empty(pair: Pair) -> Iterator[Fault]:
    """Find that nothing was written."""
    if "".join(pair.source).strip() and not "".join(pair.target).strip():
        yield Fault(saying("nothing is written here yet"))
