"""Points, outlines and what is done to them. A point is a complex number: x to the fly, y downwards."""

import cmath
import math
import re
from collections.abc import Callable, Iterable

_PAIR = re.compile(r"(-?[\d.]+)(?: |(?=-))(-?[\d.]+)")
_GOLDEN = (3 - math.sqrt(5)) / 2  # inner to outer radius of a star whose edges are the lines of a pentagram


def number(value: float) -> str:
    """Return a coordinate to a tenth, without needless characters; drawings are a thousand units long."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def pair(point: complex) -> str:
    """Return a point as path data."""
    x, y = number(point.real), number(point.imag)
    return x + y if y.startswith("-") else f"{x} {y}"


def polygon(points: Iterable[complex]) -> str:
    """Return the closed outline through the points."""
    return f"{polyline(points)}Z"


def polyline(points: Iterable[complex]) -> str:
    """Return the open line through the points."""
    return "M" + " ".join(pair(point) for point in points)


def box(corner: complex, opposite: complex) -> str:
    """Return the upright rectangle between two opposite corners."""
    return polygon((corner, complex(opposite.real, corner.imag), opposite, complex(corner.real, opposite.imag)))


def turned(degrees: float, point: complex) -> complex:
    """Return the point turned clockwise, as seen, about the origin."""
    return point * cmath.rect(1, math.radians(degrees))


def star(centre: complex, radius: float, *, tips: int = 5, inner: float = _GOLDEN, first: float = -90) -> str:
    """Return a star; `inner` is the ratio of its notches' circle to its tips', `first` a tip's direction."""
    step = 180 / tips
    arms = (radius, radius * inner)
    return polygon(centre + turned(first + step * i, complex(arms[i % 2])) for i in range(2 * tips))


def crescent(outer: complex, radius: float, inner: complex, inner_radius: float) -> str:
    """Return the outer disc less the inner one; the two circles must cut each other."""
    across = inner - outer
    distance = abs(across)
    along = (distance**2 + radius**2 - inner_radius**2) / (2 * distance)
    half_chord = math.sqrt(radius**2 - along**2)
    unit = across / distance
    horns = [outer + unit * complex(along, side * half_chord) for side in (-1, 1)]
    # An arc goes round the side away from the other centre; it is the long one if the horns lie beyond its own centre.
    long_outside, long_inside = int(along > 0), int(along > distance)
    return (
        f"M{pair(horns[0])}A{number(radius)} {number(radius)} 0 {long_outside} 0 {pair(horns[1])}"
        f"A{number(inner_radius)} {number(inner_radius)} 0 {long_inside} 1 {pair(horns[0])}Z"
    )


def mapped(outline: str, move: Callable[[complex], complex]) -> str:
    """Return the outline with each point moved; the outline has absolute commands and no arcs."""
    if set(outline) & set("AHVahvlcqm"):
        raise ValueError(outline)
    return _PAIR.sub(lambda found: pair(move(complex(float(found[1]), float(found[2])))), outline)


def flipped(outline: str) -> str:
    """Return the outline as a mirror on the vertical axis shows it."""
    return mapped(outline, lambda point: -point.conjugate())


def both(outline: str) -> str:
    """Return the outline and its mirror image on the vertical axis."""
    return outline + flipped(outline)


def quarters(outline: str) -> tuple[str, str, str, str]:
    """Return the outline, drawn for the upper fly quarter, for upper hoist, upper fly, lower hoist and lower fly."""
    lower = mapped(outline, complex.conjugate)
    return flipped(outline), outline, flipped(lower), lower


def mirrored_round(points: Iterable[complex]) -> list[complex]:
    """Return the closed ring made of a quarter's points (top to fly) and their three mirror images, in order."""
    quarter = list(points)
    right = quarter + [point.conjugate() for point in reversed(quarter)]
    return right + [-point.conjugate() for point in reversed(right)]
