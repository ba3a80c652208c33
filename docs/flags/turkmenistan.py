"""Turkmenistan: the carpet stripe with five guls and two olive branches; crescent and five stars on green."""

from docs.flags.carpet import DARK, GOLD, GREEN, RED, WHITE, diamond
from docs.flags.geometry import box, crescent, pair, polygon, star
from docs.flags.guls import chowdur, ersary, salyr, teke, yomut
from docs.flags.svg import at, defs, flag, group, path, use

HEIGHT, LENGTH = 880, 1320  # 22 by 33 parts; the stripe takes the fifth to the tenth of them from the hoist
_AXIS = 280
_GULS = {
    "teke": (78, teke),
    "yomut": (243, yomut),
    "salyr": (408, salyr),
    "chowdur": (573, chowdur),
    "ersary": (730, ersary),
}
_MOON, _RADIUS, _SHIFT = complex(613, 198), 109, complex(-28, -17)
_STARS = (551 + 102j, 606 + 129.5j, 551 + 157j, 496 + 184.5j, 551 + 212j)

_BETWEEN = (
    -5,
    160,
    325,
    490,
    656,
)  # heights of the edging: over the first gul, cut by the flag's edge, and between guls

# Leaves of the hoist branch from the axis upwards: foot, point, and how far it bulges (below zero: to the inside).
_LEAVES = (
    (0 + 854.5j, -66 + 859j, 6),
    (-39 + 853.5j, -78 + 847j, 6),
    (-42 + 850j, -60 + 833j, -5),
    (-61 + 844j, -95 + 824j, 7),
    (-63.5 + 839j, -70 + 821j, -5),
    (-80 + 828j, -101 + 806j, 7),
    (-83 + 821j, -80 + 803j, -5),
    (-88 + 810j, -105 + 787j, 7),
    (-90.5 + 803.5j, -83 + 788j, -5),
    (-93 + 792j, -96 + 765j, 7),
)


# The lower half of one of the points that come in from the edge: round its outside to the edge, and back inside.
_HOOKS = (
    *(57 + 0j, 35 + 21j, 25 + 11j, 19 + 16j, 27 + 24j, 18 + 33j, 22 + 37j, -2 + 60j),
    *(-2 + 52j, 14 + 37j, 9 + 33j, 19 + 24j, 14 + 19j, 14 + 25j, 6 + 25j, 6 + 19j),
    *(24 + 3j, 33 + 3j, 34 + 8j, 29 + 8j, 35 + 14j, 50 + 0j),
)


def turkmenistan() -> str:
    """Return the flag."""
    guls = [group(*draw(), id=f"tm-{name}", transform=at(complex(_AXIS, y))) for name, (y, draw) in _GULS.items()]
    stars = [path(star(place, 20.5, first=90)) for place in _STARS]
    moon = crescent(_MOON, _RADIUS, _MOON + _SHIFT, _RADIUS)
    return flag(
        LENGTH,
        HEIGHT,
        path(_upright(160, 400), id="tm-stripe", fill=RED),
        _edging(),
        path(_upright(0, 160) + _upright(400, LENGTH), id="tm-field", fill=GREEN),
        group(*guls, id="tm-guls", stroke=DARK, stroke_width=".7"),
        group(*_branches(), fill=GOLD, transform=at(complex(_AXIS, 0))),
        path(moon, id="tm-crescent", fill=WHITE),
        group(*stars, id="tm-stars", fill=WHITE),
    )


def _upright(left: float, right: float) -> str:
    return box(complex(left), complex(right, HEIGHT))


def _edging() -> str:
    """Return the hooked points that the carpet's border sends in from both edges, between the guls."""
    root = (-2 - 18j, 5 - 11j, 5 - 4j, 10 - 4j, 15, 10 + 4j, 5 + 4j, 5 + 11j, -2 + 18j)
    point = [*_HOOKS, *(corner.conjugate() for corner in reversed(_HOOKS))]
    outline = polygon(point) + polygon(root) + diamond(40, 2.5, 4)
    piece = path(outline, id="tm-edge", fill=GOLD, stroke=DARK, stroke_width=".7")
    places = [(side, edge, y) for y in _BETWEEN for side, edge in ((1, 160), (-1, 400))]
    return group(defs(piece), *(use("tm-edge", f"matrix({side} 0 0 1 {edge} {y})") for side, edge, y in places))


def _branches() -> tuple[str, str]:
    """Return ten leaves and a stem, and their mirror image; the stems cross under the Ersary gul."""
    stem = "M10 853C-6 852 -18 859 -27 867L-23 871C-15 863 -4 857 10 853Z"
    leaves = group(*(path(_leaf(*leaf)) for leaf in _LEAVES), id="tm-leaves")
    return group(leaves, path(stem), id="tm-branch"), use("tm-branch", "scale(-1 1)")


def _leaf(foot: complex, point: complex, bulge: float) -> str:
    """Return a leaf that swings a little: one edge runs straight into the point, the other has the belly."""
    along = point - foot
    out = 1j * along / abs(along) * bulge
    inner = f"{pair(foot + along * 0.3 + out * 1.1)} {pair(foot + along * 0.6 + out * 0.3)}"
    outer = f"{pair(foot + along * 0.75 - out)} {pair(foot + along * 0.35 - out * 0.5)}"
    return f"M{pair(foot)}C{inner} {pair(point)}C{outer} {pair(foot)}Z"
