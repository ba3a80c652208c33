"""`docs/security.md` says something of each requirement of the standard, and names tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LEVEL_2 = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1
5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1
8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3
12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3
16.5:3 17.1:1 17.2:4 17.3:2
"""
"""How many requirements each section of ASVS 5.0 has at levels 1 and 2; they are numbered from 1."""

ROWS = [
    (cells[0].split(", "), cells[1], cells[2])
    for line in PAGE.splitlines()
    if re.match(r"\| \d", line)
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
]


def test_it_says_of_each_requirement_of_level_2_once_what_is_true() -> None:
    wanted = [
        f"{section}.{number}"
        for section, _, count in (one.partition(":") for one in LEVEL_2.split())
        for number in range(1, int(count) + 1)
    ]
    assert sorted(one for named, _, _ in ROWS for one in named) == sorted(wanted)
    assert {state for _, state, _ in ROWS} == {"met", "not met", "not applicable"}


def test_what_it_calls_met_is_shown_by_a_test_and_what_it_does_not_has_a_reason() -> None:
    for named, state, why in ROWS:
        assert ("::test_" in why) == (state == "met"), named
        assert why, named


def test_the_numbers_it_begins_with_are_those_of_its_rows() -> None:
    counts = [
        sum(len(named) for named, state, _ in ROWS if state == wanted)
        for wanted in ("met", "not met", "not applicable")
    ]
    assert f"{counts[0]} are met, {counts[1]} are not, {counts[2]} are about what Tilmash has not." in PAGE


@pytest.mark.parametrize("test", sorted(set(re.findall(r"`([\w/]+\.py::\w+)`", PAGE))))
def test_each_test_that_it_names_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
