"""The walk through two sequences: always a best one, and its margins tell how much better it is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.beads import common, gaps, walk

SCORES = st.integers(0, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.none() | st.integers(-3, 5), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)
Table = list[list[int | None]]


def best(table: Table, without: tuple[int, int] | None = None) -> int:
    """Return the best sum by trying every way, in the plainest way there is."""

    def from_here(row: int, column: int) -> int:
        if row == len(table) or column == len(table[0]):
            return 0
        ways = [from_here(row + 1, column), from_here(row, column + 1)]
        score = table[row][column]
        if score is not None and (row, column) != without:
            ways.append(score + from_here(row + 1, column + 1))
        return max(ways)

    return from_here(0, 0)


@given(SCORES)
def test_the_walk_is_a_best_one_in_order_and_its_margins_are_true(table: Table) -> None:
    beads = walk(len(table), len(table[0]), lambda rows, columns: table[rows[0]][columns[0]])
    assert sum(table[bead.sources[0]][bead.targets[0]] or 0 for bead in beads) == best(table)
    for one, two in pairwise(beads):
        assert one.sources[0] < two.sources[0]
        assert one.targets[0] < two.targets[0]
    for bead in beads:
        assert bead.margin == best(table) - best(table, without=(bead.sources[0], bead.targets[0]))


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_what_is_common_is_equal_and_in_order_and_gaps_are_the_rest(one: str, other: str) -> None:
    pairs = common(one, other)
    assert [other[column] for column in pairs] == [one[row] for row in pairs.values()]
    assert list(pairs) == sorted(pairs)
    assert list(pairs.values()) == sorted(pairs.values())
    rest = list(gaps(pairs, len(one), len(other)))
    assert sorted([*pairs, *(column for _, columns in rest for column in columns)]) == list(range(len(other)))
    assert sorted([*pairs.values(), *(row for rows, _ in rest for row in rows)]) == list(range(len(one)))
