"""Whose a text becomes by itself: rules in an order, and who stands in for whom while they are away."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.documents import Kind
from app.domain.said import Said, saying
from app.domain.segments import Tag

URGENT: Final = 1
USUAL: Final = 0
CAN_WAIT: Final = -1

PRIORITIES: Final = (URGENT, USUAL, CAN_WAIT)

MOST_DAYS: Final = 250
"""Working days that a rule may give: a year."""

LONGEST_ABSENCE: Final = timedelta(days=366)
LAST_DAY: Final = date(2999, 12, 31)
"""Of an absence: what is done on the day after it has to have a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Texts of a language (None: of any), kind (None: any) and tag (empty: any) become a person's, or else a team's.

    They are due `days` working days after the publication of their source (None: as many as the site says), by the
    holidays of `country` (ISO 3166; empty: that of the language).
    """

    locale: Tag | None = None
    kind: Kind | None = None
    tag: str = ""
    person: str = ""
    team: str = ""
    priority: int = USUAL
    days: int | None = None
    country: str = ""
    number: int = 0

    def fits(self, locale: Tag, kind: Kind, tags: Collection[str]) -> bool:
        """Tell whether it is about a text of a document that has these tags."""
        return self.locale in {None, locale} and self.kind in {None, kind} and (not self.tag or self.tag in tags)


def fitting(rules: Iterable[Rule], *, locale: Tag, kind: Kind, tags: Collection[str]) -> Iterator[Rule]:
    """Yield the rules about a text, in their order: the first counts of which somebody is there."""
    return (rule for rule in rules if rule.fits(locale, kind, tags))


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away from `first` to `last`, both days among them, and `substitute` does their work meanwhile."""

    person: str
    substitute: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether they are away on a day."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Absence") -> bool:
        """Tell whether there is a day of both."""
        return self.first <= other.last and other.first <= self.last


def stand_in(person: str, day: date, absences: Collection[Absence]) -> str:
    """Return who does somebody's work on a day: they themselves, or who stands in for them, and so on.

    Empty where that leads to nobody: where it leads back to somebody who is away.
    """
    asked: set[str] = set()
    while (away := next((one for one in absences if one.person == person and one.covers(day)), None)) is not None:
        asked.add(person)
        person = away.substitute
        if person in asked:
            return ""
    return person


def fault_of(wanted: Absence, others: Iterable[Absence], names: Mapping[str, str]) -> Said | None:
    """Return why somebody cannot be away so, None if they can; `others` are the absences that are known already.

    `names` are the full names by which people are called in it, by those of their accounts.
    By those that are accepted `stand_in` leads to somebody on every day.
    """
    if wanted.last < wanted.first:
        return saying("the last day comes before the first")
    if wanted.last - wanted.first > LONGEST_ABSENCE:
        return saying("nobody is away for longer than a year")
    if wanted.substitute == wanted.person:
        return saying("nobody stands in for themselves")
    meanwhile = [one for one in others if one.overlaps(wanted)]
    if any(one.person == wanted.person for one in meanwhile):
        return saying("%(name)s is away in these days already", name=names[wanted.person])
    if any(one.person == wanted.substitute for one in meanwhile):
        return saying("%(name)s is away in these days too", name=names[wanted.substitute])
    return None
