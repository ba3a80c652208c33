import json
from gettext import c2py

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.plural_forms import PluralRule, plural_rule, tokens_of

RUSSIAN = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
WELSH = "(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3"


def rule(count: int, expression: str) -> PluralRule:
    return plural_rule(f"nplurals={count}; plural={expression};")


@pytest.mark.parametrize(
    ("count", "expression"),
    [(3, RUSSIAN), (6, ARABIC), (4, WELSH), (1, "0"), (2, "n!=1"), (2, "n>1"), (2, "!(n==1)"), (3, "n%3")],
)
def test_a_real_rule_counts_as_python_s_own_gettext_does(count: int, expression: str) -> None:
    ours, theirs = rule(count, expression), c2py(expression)
    assert ours.count == count
    assert [ours.form(n) for n in range(1200)] == [theirs(n) for n in range(1200)]


def test_a_rule_without_its_last_semicolon_and_with_spaces_is_fine() -> None:
    assert plural_rule(" nplurals = 2 ;  plural = n != 1 ").form(1) == 0


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("nplurals=2; plural=n/0;", "divides by zero for n = 0"),
        ("nplurals=2; plural=1%n;", "divides by zero for n = 0"),
        ("nplurals=2; plural=1/(n-1000);", "divides by zero for n = 1000"),
        ("nplurals=2; plural=9**9**9;", "lacks a number or n before"),
        ("nplurals=1000000000; plural=n;", "nplurals is a number from 1 to 6"),
        (f"nplurals={'9' * 5000}; plural=n;", "nplurals is a number from 1 to 6"),
        ("nplurals=0; plural=0;", "nplurals is a number from 1 to 6"),
        ("nplurals=2; plural=n;", "gives form 2 for n = 2"),
        ("nplurals=2; plural=0-1;", "gives form"),
        (f"nplurals=2; plural={'(' * 30}n{')' * 30};", "nested deeper than 20"),
        (f"nplurals=2; plural={'!' * 30}n;", "nested deeper than 20"),
        (f"nplurals=2; plural={'(' * 100_000};", "longer than 500"),
        (f"nplurals=2; plural={'n+' * 150}n;", "more than 200 parts"),
        ("nplurals=2; plural=__import__('os');", "does not belong"),
        ("nplurals=2; plural=n if n else 0;", "does not belong"),
        ("nplurals=2; plural=-1;", "lacks a number or n"),
        ("nplurals=2; plural=n==1 ? 0;", "lacks ':'"),
        ("nplurals=2; plural=(n;", "lacks ')'"),
        ("nplurals=2; plural=n n;", "does not belong in this place"),
        ("nplurals=2; plural=99999999999;", "does not belong"),
        ("nplurals=2; plural=;", "lacks a number"),
        ("nplurals=٢; plural=n;", "Plural-Forms is"),
        ("plural=n; nplurals=2;", "Plural-Forms is"),
        ("", "Plural-Forms is"),
    ],
)
def test_a_hostile_or_mistaken_rule_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"plural|Plural|divides") as refusal:
        plural_rule(written)
    assert reason in str(refusal.value)
    assert len(str(refusal.value)) < 120


def test_a_rule_that_fails_beyond_what_was_tried_answers_with_the_first_form() -> None:
    assert rule(2, "1/(n-4321)").form(4321) == 0
    assert rule(2, "n==1002 ? 7 : 0").form(1002) == 0


def test_forms_that_few_numbers_take_are_known() -> None:
    assert rule(2, "n!=1").rare == {0}
    assert rule(6, ARABIC).rare == {0, 1, 2}
    assert rule(3, RUSSIAN).rare == set()


operators = st.sampled_from(["==", "!=", "<", ">", "<=", ">=", "+", "*"])
expressions = st.recursive(
    st.sampled_from(["n", "0", "1", "10", "n%10", "n/2"]),
    lambda inner: (
        st.tuples(inner, operators, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} ? {p[1]} : {p[2]})")
        | st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]} ? 1 : 0)")
        | inner.map(lambda one: f"(!({one}) ? 1 : 0)")
    ),
    max_leaves=8,
)


@given(expressions)
def test_any_expression_gives_what_c_gives(expression: str) -> None:
    ours = plural_rule(f"nplurals=6; plural=({expression})%6;")
    theirs = c2py(f"({expression})%6")
    assert [ours.form(n) for n in range(200)] == [theirs(n) for n in range(200)]


@given(st.text("n0123456789 ()!?:&|=<>+-*/%", max_size=60))
def test_any_text_is_a_rule_or_a_refusal(expression: str) -> None:
    try:
        found = plural_rule(f"nplurals=3; plural={expression};")
    except ValueError:
        return
    assert all(0 <= found.form(n) < 3 for n in range(1001))
    assert json.dumps(tokens_of(expression))
