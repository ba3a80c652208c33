"""Charts: documents that do nothing but look as they do, whatever they are told to show, the same each time."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.formats.charts import POLICY, SIZES, STYLE, Chart, Kind, Room, Series, draw, steps

HOSTILE = '"><script>alert(1)</script><image href="https://evil.example/x"/>&lt;\0\ud800'
NAMES = st.text(max_size=8) | st.just(HOSTILE)


def chart(kind: Kind = Kind.LINES, count: int = 3, **said: str) -> Chart:
    series = [Series(name=f"{said.get('name', 'Язык')} {one}", values=[one, None, 2.5]) for one in range(count)]
    labels = [said.get("label", "март"), "апрель", "май"]
    return Chart(
        kind=kind,
        title=said.get("title", "Поток"),
        said=said.get("said", "Стало больше."),
        labels=labels,
        series=series,
    )


def drawn(chart: Chart, room: Room = Room.WIDE) -> etree._Element:
    return etree.fromstring(draw(chart, room, lambda number: f"{number:g}"))


def words(root: etree._Element) -> list[str]:
    return [text.text or "" for text in root.iter("{*}text")]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("room", Room)
def test_nothing_of_a_chart_runs_or_comes_from_elsewhere_whatever_it_is_called(kind: Kind, room: Room) -> None:
    root = drawn(chart(kind, name=HOSTILE, title=HOSTILE, said=HOSTILE, label=HOSTILE), room)
    assert {etree.QName(one).localname for one in root.iter(etree.Element)} <= {
        "svg", "defs", "style", "pattern", "title", "desc", "g", "path", "rect", "circle", "text",
    }  # fmt: skip
    assert not list(root.iter(etree.Comment, etree.PI))
    attributes = {name for one in root.iter(etree.Element) for name in one.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}
    values = [STYLE, *(value for one in root.iter(etree.Element) for value in one.attrib.values())]
    assert re.findall(r"\w+:/|url\((?!#p\d+\))|@import", " ".join(values)) == []
    assert sum("<script>" in text for text in words(root)) >= 1, "it is shown as it is called"


@pytest.mark.parametrize("kind", Kind)
def test_each_row_of_numbers_differs_by_more_than_its_colour(kind: Kind) -> None:
    root = drawn(chart(kind, 7))
    if kind is Kind.LINES:
        looks = [re.search(rf"\.lines \.color-{at} \.line[^}}]*dasharray:([^}}]+)", STYLE) for at in range(7)]
        assert len({look and look[1] for look in looks}) == 7
        assert len(root.findall(".//{*}g[@class='legend reactive activate-serie']/{*}path")) == 7, (
            "the legend shows dashes"
        )
    else:
        marks = [mark.get("d") for mark in root.findall(".//{*}pattern/{*}path")]
        assert len(set(marks)) == 7


def test_who_hears_a_page_hears_what_a_chart_says() -> None:
    root = drawn(chart(title="Покрытие", said="У киргизского 80 %."))
    assert root.get("role") == "img"
    assert [one.text for one in root.iter("{*}title", "{*}desc")] == ["Покрытие", "У киргизского 80 %."]


def test_the_policy_of_charts_names_their_one_style_and_lets_nothing_else_be() -> None:
    (style,) = drawn(chart()).iter("{*}style")
    digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
    assert POLICY.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "sandbox" in POLICY


@pytest.mark.parametrize("room", Room)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 9])
def test_all_of_a_legend_is_within_the_drawing(room: Room, count: int) -> None:
    root = drawn(chart(Kind.AREAS, count), room)
    _, height = SIZES[room]
    for legends in root.iter("{*}g"):
        if legends.get("class") == "legends":
            top = float(legends.get("transform", "").split(",")[1].strip(" )"))
            assert max(top + float(text.get("y", 0)) for text in legends.iter("{*}text")) < height


@given(
    st.lists(st.lists(st.none() | st.floats(0, 1e9), min_size=2, max_size=2), max_size=3), NAMES, st.sampled_from(Kind)
)
@settings(max_examples=40)
def test_any_numbers_under_any_names_are_a_sound_document_the_same_each_time(
    rows: list[list[float | None]], name: str, kind: Kind
) -> None:
    series = [Series(name=name, values=row) for row in rows]
    one = Chart(kind=kind, title=name, said=name, labels=[name, name + "2"], series=series)
    assert etree.tostring(drawn(one)) == etree.tostring(drawn(one))


@given(st.floats(0, 1e12))
def test_an_axis_has_few_round_numbers_and_reaches_up_to_all_that_is_drawn(top: float) -> None:
    found = steps(top, whole=True)
    assert found[0] == 0
    assert found[-1] >= top
    assert 2 <= len(found) <= 6
    assert all(re.fullmatch("[125]0*", str(int(after - before))) for before, after in pairwise(found))


def test_shares_have_an_axis_up_to_the_whole() -> None:
    assert steps(0.3, whole=False) == [0, 0.25, 0.5, 0.75, 1]
