"""Columns of a table are told apart by what they say, and not by where somebody put them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.nearest import Near, nearest
from app.formats import columns as format_columns
from app.formats.bitext import Came, Returned
from app.formats.columns import MOST_COLUMNS, told_apart

SOURCES = ["Opening", "The centre opens on 12 March.", "All are invited.", "Interpol came with 14 experts."]
TARGETS = ["Ачылыш", "Борбор 12-мартта ачылат.", "Баары чакырылган.", "Interpol 14 эксперт менен келди."]
NUMBERS = ["1", "2", "3", "4"]
REMARKS = ["", "Is that the right date? I would say 13 March.", "", "?"]
EMPTY = [""] * 4


def table(*columns: list[str], names: bool = False) -> Returned:
    units = tuple(
        Came(name="u" + "0" * 20 if names else "", source=cells[0], forms=((cells[1],),), line=line, kind="",
             cells=cells)
        for line, cells in enumerate(zip(*columns, strict=True), 1)
    )  # fmt: skip
    return Returned(origins=None, source=None, locale=None, units=units)


def read(returned: Returned) -> list[tuple[str, str]]:
    return [(one.source, "".join(map(str, one.forms[0]))) for one in told_apart(returned, SOURCES, path="a").units]


@pytest.mark.parametrize(
    "columns",
    [
        (SOURCES, TARGETS), (TARGETS, SOURCES), (NUMBERS, SOURCES, TARGETS), (NUMBERS, TARGETS, SOURCES),
        (SOURCES, TARGETS, REMARKS), (TARGETS, SOURCES, REMARKS), (NUMBERS, SOURCES, TARGETS, REMARKS),
    ],
)  # fmt: skip
def test_source_and_translation_are_told_wherever_they_stand(columns: tuple[list[str], ...]) -> None:
    assert read(table(*columns)) == list(zip(SOURCES, TARGETS, strict=True))


def test_nothing_but_the_translation_is_one_though_it_is_empty() -> None:
    for columns in ((NUMBERS, SOURCES, EMPTY), (SOURCES, EMPTY, REMARKS)):
        assert read(table(*columns)) == [(source, "") for source in SOURCES]


def test_a_source_that_somebody_mended_is_still_one() -> None:
    mended = ["Opening", "The centre opens on 13 March.", "All are invited!", "Interpol came with 15 experts."]
    assert read(table(TARGETS, mended)) == list(zip(mended, TARGETS, strict=True))


def test_where_no_column_is_the_source_the_first_two_are_taken() -> None:
    other = ["Ашуу", "Орталық 12 наурызда ашылады.", "Барлығы шақырылған.", "Interpol келді."]
    assert read(table(other, TARGETS)) == list(zip(other, TARGETS, strict=True))
    assert [one.source for one in told_apart(table(other, TARGETS), (), path="a").units] == other


def test_our_mark_tells_the_source_also_of_a_revision_that_is_no_more() -> None:
    old = ["Begin", "Long ago", "Nobody", "Never mind this"]
    moved = table(TARGETS, old, names=True)
    moved = replace(moved, units=tuple(replace(one, source=one.cells[1]) for one in moved.units))
    assert read(moved) == list(zip(old, TARGETS, strict=True))


def test_what_stands_in_other_columns_is_told_with_its_row() -> None:
    told = told_apart(table(NUMBERS, SOURCES, TARGETS, REMARKS), SOURCES, path="a").problems
    assert [(one.line, "right date" in one.reason) for one in told if one.reason[-1] not in "1234"] == [
        (2, True), (4, False),
    ]  # fmt: skip


def test_rows_of_all_widths_are_judged_at_once_few_of_them_and_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = list[Sequence[str]]()

    def counting(ones: Sequence[str], others: Sequence[str], *, least: float) -> tuple[Near, ...]:
        judged.append(ones)
        return nearest(ones, others, least=least)

    monkeypatch.setattr(format_columns, "nearest", counting)
    widths = [*range(2, MOST_COLUMNS + 1)] * 100
    for texts in (1, 1_000_000):
        units = tuple(
            Came(name="", source="", forms=((),), line=line, kind="",
                 cells=tuple(f"words {(line * 100 + cell) % texts}" for cell in range(width)))
            for line, width in enumerate(widths, 1)
        )  # fmt: skip
        told_apart(Returned(origins=None, source=None, locale=None, units=units), SOURCES, path="a")
    few, many = judged
    assert (len(few), len(set(many)) == len(many)) == (1, True)
    assert len(many) <= 2_000


def test_a_table_is_read_by_its_own_rows_whatever_others_stand_beside_it() -> None:
    main, other = table(TARGETS, SOURCES), table(NUMBERS, SOURCES, TARGETS)
    both = replace(main, units=(*other.units * 300, *main.units))
    assert read(both)[-4:] == list(zip(SOURCES, TARGETS, strict=True))
    assert read(both)[:4] == list(zip(SOURCES, TARGETS, strict=True))
