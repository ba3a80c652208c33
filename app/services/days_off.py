"""Which days count for a text: those that its language's country works, by the site's clocks."""

from functools import lru_cache

from holidays import country_holidays

from app.domain.countries import country_of_zone, likely_country
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.working_days import WorkCalendar

_YEARS = 3
"""Years after this one that a calendar knows: a rule gives a year of working days at most."""


def calendar(site: Site, locale: Tag, year: int, *, country: str = "") -> WorkCalendar:
    """Return the working days of a language around a year: by a rule's `country` (ISO 3166), if one is named.

    Else by the country that CLDR holds likely for the language, if the site works there, else by that of its seat.
    """
    return _of(country or country_of(site, locale), year)


def country_of(site: Site, locale: Tag) -> str:
    """Return the country whose holidays count for a language; empty where none is known."""
    likely = likely_country(locale)
    return likely if likely in site.countries else country_of_zone(site.zone.key)


@lru_cache(maxsize=64)
def _of(country: str, year: int) -> WorkCalendar:
    """Return a country's days off, by the library; of one that it does not know, weekends alone."""
    try:
        found = country_holidays(country, years=range(year - 1, year + _YEARS))
    except NotImplementedError:
        return WorkCalendar()
    return WorkCalendar(
        holidays=frozenset(found), weekend=frozenset(found.weekend), worked=frozenset(found.weekend_workdays)
    )
