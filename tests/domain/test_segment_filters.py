"""Filters are addresses that one can share, and say what of them they did not understand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rules import TooSlowError
from app.domain.segment_filters import LONGEST, Facts, read
from app.domain.segments import Key

NOTHING = {name: frozenset[str]() for name in ("state", "has", "origin", "check")}


def facts(source: str = "The centre opens.", target: str = "Борбор ачылды.", key: str = "a", **holds: str) -> Facts:
    held = NOTHING | {name: frozenset(words.split()) for name, words in holds.items()}
    return Facts(key=Key(key), source=source, target=target, holds=held)


def passes(written: str, one: Facts) -> bool:
    asked = read(written)
    assert asked.problems == ()
    return asked.passes(one, {})


@pytest.mark.parametrize(
    ("written", "one", "expected"),
    [
        ("", facts(), True),
        ("centre", facts(), True),
        ("CENTRE", facts(), True),
        ("борбор", facts(), True),
        ("source:борбор", facts(), False),
        ("target:ачыл", facts(), True),
        ('"centre opens"', facts(), True),
        ('"opens centre"', facts(), False),
        ("centre -ачылды", facts(), False),
        ("state:fuzzy", facts(state="fuzzy open"), True),
        ("-state:fuzzy", facts(state="fuzzy open"), False),
        ("state:open has:comment", facts(state="open"), False),
        ("origin:machine", facts(origin="machine"), True),
        ("check:any", facts(check="numbers"), True),
        ("check:numbers", facts(check="numbers"), True),
        ("check:links", facts(check="numbers"), False),
        ("check:any", facts(), False),
        (r"target:/ачыл\w+\./", facts(), True),
        ("/^the/", facts(), True),
        ("https://caricc.org", facts(source="See https://caricc.org/en"), True),
    ],
)
def test_a_filter_lets_through_what_it_asks_for(written: str, one: Facts, *, expected: bool) -> None:
    assert passes(written, one) is expected


def test_a_day_asks_for_what_reads_otherwise_since() -> None:
    day, changed = date(2026, 11, 1), {date(2026, 11, 1): frozenset({Key("a")})}
    assert read("changed:>2026-11-01").days == {day}
    assert read("changed:>2026-11-01").passes(facts(), changed)
    assert not read("changed:>2026-11-01").passes(facts(key="b"), changed)
    assert read("changed:<2026-11-01").passes(facts(key="b"), changed)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("state:finished", "state: is one of"),
        ("has:cake", "has: is one of comment, note, question, suggestion"),
        ("changed:yesterday", "“yesterday” is no day"),
        ("/(/", "/(/ is no regular expression"),
        (r"/\p{L}{10000000}/", "repeats more than may be looked for"),
        ("/((a{100}){100}){100}/", "repeats more than may be looked for"),
        ("/(?#[)((a{1000}){1000}){1000}(?#])/", "repeats more than may be looked for"),
        ("/(?x)#[\n((a{1000}){1000}){1000}#]/", "is no regular expression"),
        ("/a{1000}{1000}/", "repeats more than may be looked for"),
        ("a" * (LONGEST + 1), "500 letters at most"),
    ],
)
def test_what_is_not_understood_is_said_and_asks_for_nothing(written: str, said: str) -> None:
    asked = read(written)
    assert said in asked.problems[0]
    assert asked.passes(facts(source=written[:LONGEST], target=""), {})


def test_a_regular_expression_that_finds_no_end_is_given_up() -> None:
    with pytest.raises(TooSlowError):
        read(r"/(x+x+)+y/").passes(facts(source="x" * 5000), {})


def test_many_regular_expressions_together_take_no_longer_than_a_page_waits() -> None:
    """Each of them ends in time for one text, and there are many texts."""
    asked = read(" ".join(r"-/(x+x+)+y/" for _ in range(20)))
    segments = (facts(source="x" * 20 + str(number), target="") for number in range(10_000))
    with pytest.raises(TooSlowError):
        list(filter(lambda one: asked.passes(one, {}), segments))


@pytest.mark.parametrize(
    "rule", [r"\d{4}-\d{2}-\d{2}", r"\p{L}{3,20} \w{3,20}", r"[a-z{}(]{2,}", "(ab?){1,30}", r"\(\{9999\}"]
)
def test_what_people_look_for_is_never_too_large(rule: str) -> None:
    assert read(f"/{rule}/").problems == ()


@given(st.text())
def test_whatever_stands_in_an_address_is_a_filter(written: str) -> None:
    asked = read(written)
    assert asked.written == written[:LONGEST]
    asked.passes(facts(), {day: frozenset[Key]() for day in asked.days})
