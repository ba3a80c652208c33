"""What would change is told before it does, and nothing else changes."""

import pytest

from app.domain.errors import NotAllowed
from app.domain.replacing import Place, Wanted, places, typed_of
from app.domain.segments import Key, Origin, Rendering, Segment, SegmentMap, State
from app.domain.side_by_side import rows

TARGET = (
    Segment(key=Key("slug"), kind="slug", text="kun"),
    Segment(key=Key("a"), kind="paragraph", text="Күн ачык, күн жылуу."),
    Segment(key=Key("b"), kind="message", text="бир күн\0көп күн\0жыл", state=State.NEEDS_WORK),
    Segment(key=Key("c"), kind="paragraph", text="Түн."),
)
MAP = SegmentMap(rows=tuple(Rendering(key=one.key, origin=Origin.MACHINE) for one in TARGET[:2]))
SHOWN = rows((), TARGET, MAP)


def found(search: str, instead: str = "", *, exact: bool = False, rule: bool = False) -> list[Place]:
    return list(places(SHOWN, Wanted(search=search, instead=instead, exact=exact, rule=rule)))


def test_each_form_that_would_change_is_a_place_and_capitals_count_where_that_is_asked_for() -> None:
    assert [(one.row.key, one.form, one.new) for one in found("күн", "түн")] == [
        ("a", 0, "түн ачык, түн жылуу."), ("b", 0, "бир түн"), ("b", 1, "көп түн"),
    ]  # fmt: skip
    assert [one.new for one in found("Күн", "Түн", exact=True)] == ["Түн ачык, күн жылуу."]
    assert found("kun", "tun") == [], "an address is no prose"
    assert found("күн", "күн", exact=True) == []
    assert found("") == []


def test_what_is_chosen_is_typed_and_the_other_forms_stay_and_so_does_who_made_the_words() -> None:
    typed = typed_of([one for one in found("күн", "түн") if one.form == 0])
    assert (typed[Key("a")].forms, typed[Key("a")].origin) == (("түн ачык, түн жылуу.",), Origin.MACHINE)
    assert (typed[Key("b")].forms, typed[Key("b")].unsure) == (("бир түн", "көп күн", "жыл"), True)


def test_a_regular_expression_may_use_what_it_found_and_what_is_no_such_is_refused_with_the_reason() -> None:
    assert [one.new for one in found(r"(бир|көп) (күн)", r"\2 \1", rule=True)] == ["күн бир", "күн көп"]
    assert [one.new for one in found("а.", r"\1")] == []
    for search, instead in (("(", ""), ("к", r"\1"), ("к", r"\g<none>")):
        with pytest.raises(NotAllowed, match="no regular expression"):
            found(search, instead, rule=True)
    with pytest.raises(NotAllowed, match="letters at most"):
        found("x" * 501)


def test_a_regular_expression_that_finds_no_end_is_given_up() -> None:
    shown = rows((), (Segment(key=Key("a"), kind="paragraph", text="x" * 5000),), SegmentMap(rows=()))
    with pytest.raises(NotAllowed, match="too long"):
        list(places(shown, Wanted(search="(x+x+)+y", rule=True)))


def test_what_would_make_a_segment_longer_than_one_may_be_is_refused() -> None:
    shown = rows((), (Segment(key=Key("a"), kind="paragraph", text="x" * 5000),), SegmentMap(rows=()))
    with pytest.raises(NotAllowed, match="letters at most"):
        list(places(shown, Wanted(search="(?s)(.+)", instead=r"\1" * 250, rule=True)))
