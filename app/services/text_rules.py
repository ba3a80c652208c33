"""The rules that are about a text, and whose holidays its days are counted by: one answer for all who ask."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.domain.assigning import Rule, fitting
from app.domain.segments import Tag
from app.domain.working_days import WorkCalendar
from app.services import facts, site
from app.services.days_off import calendar
from app.storage.assigning import rules_in_order
from app.storage.texts import DbDocument


def rules_about(session: Session, document: DbDocument, locale: Tag) -> Iterator[Rule]:
    """Yield the rules about a text, the first that is asked first."""
    rules, said = rules_in_order(session), facts.in_force(session, document)
    tags = said.tags if said is not None else ()
    return fitting(rules, locale=locale, kind=document.kind, tags=tags)


def calendar_of(session: Session, document: DbDocument, locale: Tag, year: int) -> WorkCalendar:
    """Return the working days of a text around a year: of the country that the first rule about it names.

    Else of that of its language (`days_off`). Whoever has the text and whoever gave it to them, they are the same.
    """
    first = next(rules_about(session, document, locale), Rule())
    return calendar(site.settings(session), locale, year, country=first.country)
