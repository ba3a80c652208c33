"""Whose a text becomes: the first rule that fits, and somebody who is there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assigning import Absence, Rule, fault_of, fitting, stand_in
from app.domain.documents import Kind
from app.domain.segments import Tag

FIRST = date(2027, 7, 1)
KY, RU = Tag("ky"), Tag("ru")

people = st.sampled_from(["aida", "bolot", "cholpon", "dastan"])
some_days = st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))
absences = st.builds(Absence, person=people, substitute=people, first=some_days, last=some_days)
rules = st.builds(
    Rule, locale=st.sampled_from([None, KY, RU]), kind=st.sampled_from([None, *Kind]),
    tag=st.sampled_from(["", "training"]), person=people, number=st.integers(1, 9),
)  # fmt: skip


NAMES = {name: name.title() for name in ("aida", "bolot", "cholpon", "dastan")}


def away(person: str, substitute: str, first: int, last: int) -> Absence:
    return Absence(
        person=person, substitute=substitute, first=FIRST + timedelta(days=first), last=FIRST + timedelta(days=last)
    )


def test_the_first_rule_that_fits_counts_and_what_it_does_not_say_fits_all() -> None:
    kyrgyz_news = Rule(locale=KY, kind=Kind.NEWS, tag="training", person="aida")
    kyrgyz, any_language = Rule(locale=KY, person="bolot"), Rule(team="everybody")
    order = (kyrgyz_news, kyrgyz, any_language)
    assert next(fitting(order, locale=KY, kind=Kind.NEWS, tags=("training",))) is kyrgyz_news
    assert next(fitting(order, locale=KY, kind=Kind.NEWS, tags=())) is kyrgyz
    assert next(fitting(order, locale=RU, kind=Kind.PAGE, tags=())) is any_language


@given(st.lists(rules), st.lists(rules), st.sampled_from([KY, RU]), st.sampled_from(list(Kind)))
def test_a_rule_put_behind_others_changes_nothing_for_what_they_fit(
    before: list[Rule], behind: list[Rule], locale: Tag, kind: Kind
) -> None:
    found = list(fitting(before, locale=locale, kind=kind, tags=()))
    assert list(fitting([*before, *behind], locale=locale, kind=kind, tags=()))[: len(found)] == found
    assert all(one.locale in {None, locale} and one.kind in {None, kind} and not one.tag for one in found)


@given(people, some_days, st.lists(absences))
def test_who_stands_in_is_there_and_rings_lead_to_nobody(person: str, day: date, known: list[Absence]) -> None:
    found = stand_in(person, day, known)
    assert not any(one.person == found and one.covers(day) for one in known)
    if not any(one.person == person and one.covers(day) for one in known):
        assert found == person


def test_a_substitute_who_leaves_later_has_a_substitute_too() -> None:
    known = [away("aida", "bolot", 0, 9), away("bolot", "cholpon", 5, 6)]
    assert [stand_in("aida", FIRST + timedelta(days=day), known) for day in (0, 5, 7, 10)] == [
        "bolot", "cholpon", "bolot", "aida",
    ]  # fmt: skip


@given(st.lists(absences, max_size=12), people, some_days)
def test_by_absences_that_were_accepted_somebody_is_always_there(asked: list[Absence], person: str, day: date) -> None:
    known: list[Absence] = []
    for one in asked:
        if fault_of(one, known, NAMES) is None:
            known.append(one)
    assert stand_in(person, day, known)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (away("aida", "bolot", 3, 2), "the last day comes before the first"),
        (away("aida", "aida", 0, 1), "nobody stands in for themselves"),
        (away("aida", "bolot", 0, 400), "for longer than a year"),
        (away("dastan", "bolot", 4, 9), "Dastan is away in these days already"),
        (away("aida", "dastan", 4, 9), "Dastan is away in these days too"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(wanted: Absence, why: str) -> None:
    assert why in str(fault_of(wanted, [away("dastan", "cholpon", 3, 4)], NAMES))


def test_days_that_only_touch_do_not_overlap() -> None:
    assert fault_of(away("dastan", "bolot", 5, 9), [away("dastan", "cholpon", 3, 4)], NAMES) is None
