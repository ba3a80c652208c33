"""The flags are what docs/flags.md says of them, and nothing but shapes."""

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from docs.flags.draw import FLAGS, FOLDER
from docs.flags.pathdata import shortened

SVG = "{http://www.w3.org/2000/svg}"
RATIOS = {"az": "1/2", "kz": "1/2", "kg": "3/5", "ru": "2/3", "tj": "1/2", "tm": "2/3", "uz": "1/2"}
COLOURS = {
    "az": {"#00B5E2", "#EF3340", "#509E2F", "#FFFFFF"},
    "kz": {"#00AFCA", "#FEC50C"},
    "kg": {"#FF0000", "#FFFF00"},
    "ru": {"#FFFFFF", "#0039A6", "#D52B1E"},
    "tj": {"#CC0000", "#FFFFFF", "#006600", "#F8C300"},
    "tm": {"#00853A", "#D22630", "#FFC72C", "#FFFFFF", "#383739"},
    "uz": {"#0099B5", "#CE1126", "#FFFFFF", "#1EB53A"},
}
LARGEST = {"tm": 13_500, "kz": 9_000}
SHAPES = {"svg", "g", "defs", "use", "path", "circle"}
ATTRIBUTES = {
    *("width", "height", "viewBox", "id", "fill", "fill-rule", "stroke", "stroke-width", "transform"),
    *("d", "cx", "cy", "r", "href"),
}

every_flag = pytest.mark.parametrize("code", RATIOS)


def text(code: str) -> str:
    return (FOLDER / f"{code}.svg").read_text(encoding="utf-8")


def root(code: str) -> ET.Element:
    return ET.fromstring(text(code))  # noqa: S314  # our own file, in the repository


def part(code: str, name: str) -> ET.Element:
    (found,) = (element for element in root(code).iter() if element.get("id") == f"{code}-{name}")
    return found


def paths(element: ET.Element) -> list[str]:
    return [path.get("d", "") for path in element.iter(f"{SVG}path")]


def stripes(code: str) -> Iterator[tuple[str, int]]:
    for element in root(code).findall(f"{SVG}path"):
        band = re.fullmatch(r"M0 \d+h\d+v(\d+)H0z", element.get("d", ""))
        if band:
            yield element.get("fill", ""), int(band[1])


def test_each_of_the_seven_countries_has_its_flag_and_no_other_file_lies_there() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{code}.svg" for code in RATIOS)


@every_flag
def test_the_file_is_what_the_script_draws(code: str) -> None:
    assert text(code) == FLAGS[code]()


@every_flag
def test_size_and_view_box_have_the_proportions_of_the_law(code: str) -> None:
    svg = root(code)
    width, height = int(svg.attrib["width"]), int(svg.attrib["height"])
    assert Fraction(height, width) == Fraction(RATIOS[code])
    assert svg.attrib["viewBox"] == f"0 0 {width} {height}"


@every_flag
def test_the_colours_are_the_published_ones_and_no_others(code: str) -> None:
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", text(code))) == COLOURS[code]
    assert set(re.findall(r'(?:fill|stroke)="([^#"]*)"', text(code))) <= {"none"}


@every_flag
def test_a_flag_is_shapes_alone_and_refers_to_nothing_outside_itself(code: str) -> None:
    elements = list(root(code).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} <= SHAPES
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    names = {element.get("id") for element in elements}
    references = [element.get("href", "") for element in elements if element.tag == f"{SVG}use"]
    assert all(reference.startswith("#") and reference[1:] in names for reference in references)
    assert text(code).count("://") == 1
    assert not any((element.text or "").strip() or (element.tail or "").strip() for element in elements)


@every_flag
def test_ids_are_unique_and_begin_with_the_country(code: str) -> None:
    names = [name for element in root(code).iter() if (name := element.get("id"))]
    assert len(names) == len(set(names))
    assert all(name.startswith(f"{code}-") for name in names)


@every_flag
def test_a_flag_is_small(code: str) -> None:
    assert len(text(code).encode()) <= LARGEST.get(code, 4_000)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("az", [("#00B5E2", 200), ("#EF3340", 200), ("#509E2F", 200)]),
        ("ru", [("#FFFFFF", 200), ("#0039A6", 200), ("#D52B1E", 200)]),
        ("tj", [("#CC0000", 200), ("#FFFFFF", 300), ("#006600", 200)]),
        ("uz", [("#0099B5", 160), ("#CE1126", 10), ("#FFFFFF", 160), ("#CE1126", 10), ("#1EB53A", 160)]),
        ("kz", [("#00AFCA", 800)]),
        ("kg", [("#FF0000", 600)]),
    ],
)
def test_stripes_stand_in_their_order_and_share_the_height(code: str, expected: list[tuple[str, int]]) -> None:
    assert list(stripes(code)) == expected


@pytest.mark.parametrize(
    ("code", "name", "count"),
    [
        ("kz", "rays", 32),
        ("kg", "rays", 40),
        ("kg", "laths", 8),
        ("tj", "stars", 7),
        ("tm", "stars", 5),
        ("uz", "stars", 12),
    ],
)
def test_rays_laths_and_stars_are_as_many_as_the_law_says(code: str, name: str, count: int) -> None:
    drawn = paths(part(code, name))
    assert len(drawn) == len(set(drawn)) == count


def corners(outline: str) -> list[complex]:
    """Return the points of one closed path of straight relative steps."""
    here, found = 0j, []
    for command, numbers in re.findall(r"([mlhv])([^a-z]*)", outline):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", numbers)]
        across = values if command == "h" else [0.0] * len(values) if command == "v" else values[::2]
        down = values if command == "v" else [0.0] * len(values) if command == "h" else values[1::2]
        for x, y in zip(across, down, strict=True):
            here += complex(x, y)
            found.append(here)
    return found


@pytest.mark.parametrize(
    ("code", "name", "tips"), [("az", "star", 8), ("tj", "stars", 5), ("tm", "stars", 5), ("uz", "stars", 5)]
)
def test_each_star_has_its_number_of_points_all_on_one_circle(code: str, name: str, tips: int) -> None:
    element = part(code, name)
    for outline in paths(element) or [element.attrib["d"]]:
        points = corners(outline)
        centre = sum(points) / len(points)
        reach = [abs(point - centre) for point in points]
        assert len(points) == 2 * tips
        assert max(reach[::2]) - min(reach[::2]) < 0.5
        assert max(reach[1::2]) < 0.6 * min(reach[::2])


def test_the_stars_of_uzbekistan_stand_in_rows_of_three_four_and_five_flush_to_the_fly() -> None:
    centres = [sum(corners(outline)) / 10 for outline in paths(part("uz", "stars"))]
    rows = {y: sorted(round(c.real) for c in centres if round(c.imag) == y) for y in (32, 80, 128)}
    assert [len(row) for row in rows.values()] == [3, 4, 5]
    assert {row[-1] for row in rows.values()} == {368}


def test_the_stars_of_turkmenistan_stand_on_two_straight_lines_points_down() -> None:
    stars = [corners(outline) for outline in paths(part("tm", "stars"))]
    assert all(max(points, key=lambda point: point.imag) == points[0] for points in stars)
    centres = [sum(points) / 10 for points in stars]
    upright, slanted = [0, 2, 4], [1, 2, 3]
    assert len({round(centres[i].real) for i in upright}) == 1
    first, middle, last = (centres[i] for i in slanted)
    assert abs((middle - first) - (last - middle)) < 0.5


def test_the_stars_of_tajikistan_stand_on_half_a_circle_of_the_white_stripes_width() -> None:
    centres = [sum(corners(outline)) / 10 for outline in paths(part("tj", "stars"))]
    assert [round(abs(centre)) for centre in centres] == [150] * 7
    assert [round(math.degrees(math.atan2(-c.imag, c.real))) for c in centres] == [180, 150, 120, 90, 60, 30, 0]


def test_the_carpet_stripe_has_five_guls_in_the_order_of_the_law_over_branches_of_ten_leaves_each() -> None:
    guls = [gul.get("id") for gul in part("tm", "guls")]
    assert guls == ["tm-teke", "tm-yomut", "tm-salyr", "tm-chowdur", "tm-ersary"]
    assert len(set(paths(part("tm", "leaves")))) == 10
    assert [use.get("transform") for use in root("tm").iter(f"{SVG}use") if use.get("href") == "#tm-branch"] == [
        "scale(-1 1)"
    ]


def test_kazakhstan_has_sun_eagle_and_ornament() -> None:
    for name in ("sun", "eagle", "ornament", "small-horns", "great-horns"):
        part("kz", name)


@pytest.mark.parametrize(
    ("absolute", "relative"),
    [
        ("M1 2 3 2 3 4 1 4Z", "m1 2h2v2h-2z"),
        ("M0 0L5.5-2C1 1 2 2 5.5-2.5Q0 0 .5 0Z", "m0 0 5.5-2c-4.5 3-3.5 4 0-.5q-5.5 2.5-5 2.5z"),
        ("M1 1L2 3ZM4 4L5 6Z", "m1 1 1 2zm3 3 1 2z"),
        ("M0 0A5 5 0 0 1 9 9", "M0 0A5 5 0 0 1 9 9"),
    ],
)
def test_short_path_data_means_the_same_outline(absolute: str, relative: str) -> None:
    assert shortened(absolute) == relative
