"""The five guls, from the top: Teke, Yomut, Salyr, Chowdur, Ersary; each about its own centre, some 220 by 134."""

from docs.flags.carpet import (
    GOLD,
    GREEN,
    RED,
    WHITE,
    counterchanged,
    diamond,
    fill,
    in_quarters,
    line,
    medallion,
    moved,
    over_and_under,
)
from docs.flags.geometry import both, box, mapped, polygon, polyline

_BIRD = (-2 - 1j, 6 - 9j, 6 - 16j, 12 - 12j, 17 - 16j, 21 - 14j, 16 - 10j, 22 - 6j, 10 - 6j, 2 + 1j)
_ANCHOR = (-9j, 3 - 6j, 1 - 4j, 1 + 4j, 4 + 0j, 7 + 2j, 9j, -7 + 2j, -4 + 0j, -1 + 4j, -1 - 4j, -3 - 6j)
_TULIP = (-4 - 5j, -2 - 2j, -5j, 2 - 2j, 4 - 5j, 4 + 2j, 5j, -4 + 2j)
_CROSS = (-3j, 3 - 6j, 6 - 3j, 3, 6 + 3j, 3 + 6j, 3j, -3 + 6j, -6 + 3j, -3, -6 - 3j, -3 - 6j)
_LONG_CROSS = (-3j, 3 - 6j, 6 - 3j, 3, 6 + 3j, 3 + 6j, 3j, -15 + 8j, -15 + 5j, -6, -15 - 5j, -15 - 8j)
_LETTER_H = (
    *(-11 - 8j, -4 - 8j, -4 - 2j, 4 - 2j, 4 - 8j, 11 - 8j),
    *(11 + 8j, 4 + 8j, 4 + 2j, -4 + 2j, -4 + 8j, -11 + 8j),
)


def teke() -> list[str]:
    """Return the rounded medallion with counterchanged quarters, horns on its axes, and four birds in each quarter."""
    over = (1 - 60j, 12 - 60j, 18 - 54j, 30 - 54j, 39 - 50j, 37 - 45j, 29 - 49j, 25 - 49j, 13 - 35j, 1 - 42j)
    beside = (64, 64 - 11j, 70 - 11j, 71 - 12j, 71 - 17j, 68 - 19j, 73 - 21j, 80 - 16j, 80 - 14j, 92 + 0j)
    birds = [moved(_BIRD, at) for at in (26 - 28j, 48 - 28j, 50 - 14j)]
    frame = (
        *(-60j, 9 - 55j, 16 - 50j, 13 - 46j, 12 - 48j, 8 - 51j, 6 - 51j, 3 - 48j, 3 - 43j, 28 - 28j),
        *(50 - 28j, 50 - 10j, 59 - 3j, 70 - 3j, 75 - 8j, 72 - 8j, 77 - 12j, 81 - 9j, 87 + 0j),
    )
    return [
        medallion(GREEN, (29 - 66j, 57 - 51j, 71 - 51j, 89 - 40j, 89 - 25j, 108 - 14j)),
        counterchanged(GOLD, WHITE, (28 - 60j, 55 - 45j, 69 - 45j, 83 - 37j, 83 - 22j, 102 - 11j)),
        fill(RED, *map(in_quarters, [over, beside, *birds])),
        counterchanged(WHITE, GOLD, frame),
        counterchanged(GOLD, WHITE, (-56j, 4 - 53j, -50j), solid=False),
        counterchanged(GOLD, WHITE, (74, 78 - 4j, 82), solid=False),
        counterchanged(GREEN, RED, (-41j, 28 - 25j, 47 - 25j, 47 - 8j, 58 + 0j)),
        counterchanged(RED, GREEN, moved(_BIRD, 17 - 8j), solid=False),
        fill(WHITE, diamond(0, 28, 19)),
        medallion(RED, (8 - 12j, 8 - 6j, 18 - 6j)),
    ]


def yomut() -> list[str]:
    """Return the stepped medallion of seven columns, green and gold by turns, round a red spindle."""
    columns = {
        GOLD: _column(-19, 19, -57) + both(_column(43, 66, -40)),
        GREEN: both(_column(19, 43, -49) + _column(66, 90, -31) + box(90 - 5j, 96 + 5j)),
    }
    figure = (-48j, 12 - 40j, 4 - 32j, 4 - 28j, 8 - 34j, 13 - 28j, 8 - 20j)
    lattice = polyline((-8 - 16j, 18 + 9j, 25 + 3j)) + polyline((-8 + 16j, 18 - 9j, 25 - 3j))
    return [
        medallion(GOLD, (26 - 64j, 26 - 55j, 49 - 55j, 49 - 46j, 73 - 46j, 73 - 38j, 96 - 38j)),
        medallion(RED, (19 - 57j, 19 - 49j, 43 - 49j, 43 - 40j, 66 - 40j, 66 - 31j, 90 - 31j)),
        *(fill(colour, outline) for colour, outline in columns.items()),
        fill(WHITE, in_quarters(moved(_ANCHOR, 31 - 28j)), in_quarters(moved(_TULIP, 78 - 15j))),
        fill(RED, in_quarters(moved(_ANCHOR, 54 - 20j)), over_and_under(_round_axis(figure))),
        medallion(RED, (19 - 22j, 39 - 9.5j, 39 - 7.5j, 73 - 7.5j, 73 - 3j, 83 - 3j)),
        line(GOLD, 2.4, both(lattice)),
        fill(GREEN, diamond(0, 6, 4), both(diamond(30, 6, 4)), diamond(-40j, 4, 3), diamond(40j, 4, 3)),
    ]


def salyr() -> list[str]:
    """Return the gold frame with crosses outside and in, about a quartered stepped star."""
    outside = "".join(polygon(moved(_CROSS, x - 60j)) for x in (-23, 0, 23))
    beside = "".join(polygon(moved(_LONG_CROSS, 95 + 1j * y)) for y in (-20, 0, 20))
    inside = "".join(polygon(moved(_CROSS, x - 30j)) for x in (-19, 0, 19))
    within = "".join(polygon(moved(_CROSS, 42 + 1j * y)) for y in (-15, 0, 15))
    high_step = (56 - 62j, 62 - 62j, 62 - 57j, 67 - 57j, 67 - 51j, 56 - 51j)
    low_step = (74 - 49j, 80 - 49j, 80 - 43j, 86 - 43j, 86 - 37j, 74 - 37j)
    gaps = "".join(polygon((x - 3 - 36j, x + 3 - 36j, x - 33j)) for x in (-19, 0, 19))
    side_gaps = "".join(polygon((48 + (y - 3) * 1j, 48 + (y + 3) * 1j, 45 + 1j * y)) for y in (-15, 0, 15))
    return [
        fill(GREEN, outside, _below(outside), both(beside), in_quarters(high_step), in_quarters(low_step)),
        medallion(GOLD, (62 - 54j, 62 - 41j, 80 - 41j)),
        medallion(RED, (53 - 49j, 53 - 32j, 75 - 32j)),
        medallion(GREEN, (36 - 49j, 53 - 36j, 53 - 32j, 58 - 32j, 75 - 20j)),
        *_tiles(),
        medallion(RED, (43 - 40j, 43 - 33j, 55 - 33j)),
        medallion(GREEN, (33 - 40j, 52 - 23j)),
        medallion(RED, (32 - 36j, 48 - 22j)),
        fill(GREEN, inside, _below(inside), both(within)),
        fill(WHITE, gaps, _below(gaps), both(side_gaps)),
        counterchanged(GOLD, WHITE, (10 - 16j, 10 - 11j, 16 - 11j, 16 - 5j, 24 - 5j)),
        counterchanged(GREEN, RED, (-10j, 9 - 5j)),
    ]


def chowdur() -> list[str]:
    """Return the stepped green field in a knotted gold line, with four flowers of seven squares."""
    rim = [-17 - 59j, -41 - 59j, -33 - 66.5j, -9 - 66.5j, 17 - 51j, 72 - 51j, 72 - 34j, 88 - 34j, 88 - 18j, 105 - 18j]
    return [
        line(GOLD, 5.5, both(polyline(rim + [corner.conjugate() for corner in reversed(rim)]))),
        medallion(GREEN, (0 - 53j, 17 - 43j, 63 - 43j, 63 - 26j, 80 - 26j, 80 - 10j, 96 - 10j)),
        fill(RED, in_quarters((32 - 36j, 57 - 36j, 57 - 20j))),
        *_flower(-22j, RED, RED, GOLD),
        *_flower(22j, RED, RED, GOLD),
        *_flower(-41, GOLD, RED, RED),
        *_flower(41, GOLD, RED, RED),
    ]


def ersary() -> list[str]:
    """Return the octagon with counterchanged quarters, two signs in each, and a red heart with white scrolls."""
    scrolls = polyline((0, 16 - 9.5j, 16 - 18j, 4.5 - 18j, 4.5 - 12j, 9.5 - 12j))
    scrolls += polyline((15 - 9.5j, 26 - 9.5j, 26 - 3j, 19.5 - 3j))
    return [
        medallion(GREEN, (28 - 60j, 90 - 27j)),
        counterchanged(GOLD, WHITE, (27 - 55j, 85 - 24j)),
        counterchanged(WHITE, GOLD, (5 - 51j, 20 - 51j, 10 - 44j, 10 - 30j, 5 - 33j), solid=False),
        counterchanged(WHITE, GOLD, (-39j, 27 - 22j, 38 - 22j)),
        counterchanged(WHITE, GOLD, (51 - 37j, 73 - 25j, 51 - 25j), solid=False),
        medallion(RED, (-33j, 26 - 17j, 34 - 17j)),
        fill(RED, in_quarters(moved(_LETTER_H, 34 - 34j)), in_quarters(moved(_LETTER_H, 61 - 12j))),
        line(WHITE, 3.6, both(scrolls + _below(scrolls))),
    ]


def _below(outline: str) -> str:
    return mapped(outline, complex.conjugate)


def _round_axis(half: tuple[complex, ...]) -> list[complex]:
    return [*half, *(-corner.conjugate() for corner in reversed(half))]


def _column(left: float, right: float, top: float) -> str:
    """Return a column from `top` down to its image below the axis, with three teeth at either end."""
    width = right - left
    upper = [complex(round(left + width * i / 6), top + (2 if i % 2 else 8)) for i in range(7)]
    return polygon([*upper, *(corner.conjugate() for corner in reversed(upper))])


def _tiles() -> list[str]:
    """Return the pointed tiles along the inside of the Salyr frame, gold and red by turns."""
    top = [[x - 5 - 40j, x - 5 - 43j, x - 47j, x + 5 - 43j, x + 5 - 40j] for x in (-20, -10, 0, 10, 20)]
    side = [moved((55 - 5j, 64 - 5j, 69, 64 + 5j, 55 + 5j), 1j * y) for y in (-20, -10, 0, 10, 20)]
    gold = "".join(map(over_and_under, top[1::2])) + both("".join(map(polygon, side[0::2])))
    red = "".join(map(over_and_under, top[0::2])) + both("".join(map(polygon, side[1::2])))
    return [fill(GOLD, gold), fill(RED, red)]


def _flower(centre: complex, colour: str, heart: str, cap: str) -> list[str]:
    """Return rows of two, three and two squares, each with a white window, between two caps."""
    cells = [centre + complex(x, y) for y, row in ((-8, (-8, 8)), (0, (-16, 0, 16)), (8, (-8, 8))) for x in row]
    squares = [box(cell - 8 - 4j, cell + 8 + 4j) for cell in cells]
    windows = [box(cell - 3 - 2j, cell + 3 + 2j) for cell in cells]
    caps = [polygon((centre - 13 + 12j * s, centre + 13 + 12j * s, centre + 20j * s)) for s in (-1, 1)]
    return [fill(cap, *caps), fill(colour, *squares), fill(heart, squares[3]), fill(WHITE, *windows)]
