"""Kyrgyzstan: the sun with forty straight rays and, since December 2023, a tunduk of four and four laths."""

import cmath
import math

from docs.flags.geometry import flipped, pair, turned
from docs.flags.svg import at, disc, flag, group, path, stripes

RED, GOLD = "#FF0000", "#FFFF00"
RAYS = 180.0  # radius of the rayed disc: three tenths of a flag 600 high
SUN = RAYS * 3 / 5
TUNDUK = RAYS / 2
_ROUND = 7.0  # radius of a ray's rounded foot


def kyrgyzstan() -> str:
    """Return the flag."""
    rays = group(*(path(_ray(9 * i)) for i in range(40)), id="kg-rays")
    laths = [_lath(i / 3) for i in range(4)]
    crossing = group(*map(path, [*laths, *map(flipped, laths)]), id="kg-laths")
    # The rim is a little heavier below: its opening is a circle that lies higher than the ring's own.
    tunduk = group(disc(0, TUNDUK), disc(-2j, TUNDUK - 10, fill=GOLD), crossing, id="kg-tunduk", fill=RED)
    sun = group(rays, disc(0, SUN, id="kg-sun"), tunduk, fill=GOLD, transform=at(complex(500, 300)))
    return flag(1000, 600, stripes(1000, (600, RED)), sun)


def _ray(degrees: float) -> str:
    """Return one ray: a needle whose rounded foot stands on the sun."""
    foot = SUN + _ROUND + 0.6
    length = RAYS - foot
    along = _ROUND**2 / length  # where the tangents from the tip touch the foot's circle
    across = math.sqrt(_ROUND**2 - along**2)
    tip, left, right = (
        turned(degrees, 1j * -point)
        for point in (complex(RAYS), complex(foot + along, across), complex(foot + along, -across))
    )
    return f"M{pair(tip)}L{pair(left)}A{_ROUND:g} {_ROUND:g} 0 1 1 {pair(right)}Z"


def _lath(share: float) -> str:
    """Return the lath that rises from the lower hoist to the upper fly: 0 is the outermost, 1 the innermost."""
    start = cmath.rect(TUNDUK - 5, math.radians(167 - 49 * share))
    end = cmath.rect(TUNDUK - 5, math.radians(-60 + 27 * share))
    middle = complex(0, -60 + 65 * share)
    part = abs(middle - start) / (abs(middle - start) + abs(end - middle))
    bend = (middle - (1 - part) ** 2 * start - part**2 * end) / (2 * part * (1 - part))
    # A lath is foreshortened as the dome rises: it tapers from the near rim to the far one.
    edges = []
    for side in (1, -1):
        normal = [_normal(bend - start) * 4.6 * side, _normal(end - start) * 4 * side, _normal(end - bend) * 3 * side]
        edges.append((start + normal[0], bend + normal[1], end + normal[2]))
    (a, b, c), (d, e, f) = edges
    return f"M{pair(a)}Q{pair(b)} {pair(c)}L{pair(f)}Q{pair(e)} {pair(d)}Z"


def _normal(direction: complex) -> complex:
    return 1j * direction / abs(direction)
