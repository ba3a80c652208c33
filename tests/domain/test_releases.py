"""Which texts an order lets go, and why the others wait."""

from dataclasses import replace
from itertools import product

import pytest

from app.domain.releases import Order, Policy, Standing, Wait, going, waits
from app.domain.segments import Tag

EN, RU, KY = Tag("en"), Tag("ru"), Tag("ky")
READY = Standing(approved=True, live=False, shown=False, behind=False)
LIVE = Standing(approved=True, live=True, shown=True, behind=False)
DRAFT = replace(READY, approved=False)
BEHIND = replace(READY, behind=True)
EACH = Order(policy=Policy.EACH)
ALL = Order(policy=Policy.TOGETHER, together=frozenset({EN, RU, KY}))
FIRST = Order(policy=Policy.GROUP_FIRST, together=frozenset({EN, RU}))


@pytest.mark.parametrize(
    ("order", "texts", "gone"),
    [
        (EACH, (READY, DRAFT, DRAFT), [(EN,)]),
        (EACH, (READY, READY, READY), [(EN,)]),  # the others are asked about again when the source is out
        (EACH, (LIVE, READY, READY), [(KY,), (RU,)]),
        (EACH, (LIVE, BEHIND, READY), [(KY,)]),
        (ALL, (READY, READY, READY), [(EN, KY, RU)]),
        (ALL, (READY, READY, DRAFT), []),
        (ALL, (READY, READY, BEHIND), []),
        (ALL, (LIVE, READY, READY), [(KY, RU)]),
        (FIRST, (READY, READY, DRAFT), [(EN, RU)]),
        (FIRST, (READY, READY, READY), [(EN, RU)]),
        (FIRST, (READY, DRAFT, READY), []),
        (FIRST, (READY, BEHIND, READY), []),
        (FIRST, (LIVE, LIVE, READY), [(KY,)]),
        (FIRST, (replace(DRAFT, shown=True), LIVE, READY), [(KY,)]),  # an edit later holds nobody back
    ],
)
def test_what_goes_goes_as_ordered(
    order: Order, texts: tuple[Standing, Standing, Standing], gone: list[tuple[Tag, ...]]
) -> None:
    assert list(going(order, dict(zip((EN, RU, KY), texts, strict=True)), source=EN)) == gone


def test_a_group_waits_for_a_language_that_nobody_has_begun() -> None:
    assert not going(ALL, {EN: READY, RU: READY}, source=EN)
    assert waits(ALL, {EN: READY, RU: READY}, source=EN) == {EN: Wait.GROUP, RU: Wait.GROUP}


def test_each_that_waits_is_told_why() -> None:
    texts = {EN: DRAFT, RU: READY, KY: BEHIND}
    assert waits(EACH, texts, source=EN) == {EN: Wait.UNAPPROVED, RU: Wait.SOURCE, KY: Wait.BEHIND}
    assert waits(FIRST, texts, source=EN) == {EN: Wait.UNAPPROVED, RU: Wait.GROUP, KY: Wait.BEHIND}
    two = Order(policy=Policy.TOGETHER, together=frozenset({EN, RU}))
    assert waits(two, {EN: LIVE, RU: LIVE, KY: READY}, source=EN) == {KY: Wait.LEFT_OUT}
    assert waits(FIRST, {EN: READY, RU: READY, KY: READY}, source=EN)[KY] is Wait.SOURCE


def test_whatever_stands_where_nothing_goes_that_is_not_approved_or_is_behind_and_no_group_goes_in_part() -> None:
    kinds = (READY, LIVE, DRAFT, BEHIND, replace(DRAFT, shown=True), replace(LIVE, behind=True))
    for order, standings in product((EACH, ALL, FIRST), product(kinds, repeat=3)):
        texts = dict(zip((EN, RU, KY), standings, strict=True))
        for group in going(order, texts, source=EN):
            assert all(texts[tag].approved and not texts[tag].behind and not texts[tag].live for tag in group)
            if set(group) & order.together:
                rest = [texts[tag] for tag in order.together - set(group)]
                assert all(text.live and text.approved and not text.behind for text in rest)
            if EN not in group:
                assert texts[EN].shown, "no translation goes before its source"
