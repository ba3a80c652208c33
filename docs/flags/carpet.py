"""What the five carpet guls have in common: four colours, a dark outline, and symmetry in four quarters."""

from collections.abc import Iterable, Sequence

from docs.flags.geometry import mapped, mirrored_round, polygon, quarters, turned
from docs.flags.svg import path

GREEN, RED, GOLD, WHITE, DARK = "#00853A", "#D22630", "#FFC72C", "#FFFFFF", "#383739"

Quarter = Sequence[complex]  # corners in the upper fly quarter, from the top round to the fly


def fill(colour: str, *outlines: str) -> str:
    """Return the outlines as one surface."""
    return path("".join(outlines), fill=colour)


def line(colour: str, width: float, *outlines: str) -> str:
    """Return the outlines as lines without a dark edge."""
    return path("".join(outlines), fill="none", stroke=colour, stroke_width=f"{width:g}")


def medallion(colour: str, quarter: Quarter) -> str:
    """Return a surface that is the same in all four quarters."""
    return fill(colour, polygon(mirrored_round(quarter)))


def counterchanged(hoist: str, fly: str, quarter: Quarter, *, solid: bool = True) -> str:
    """Return a figure in two colours that change places across both axes; `hoist` and `fly` are those above.

    A solid figure fills its quarter to the axes; another stands free in it.
    """
    corners = [0, complex(0, quarter[0].imag), *quarter, complex(quarter[-1].real, 0)] if solid else list(quarter)
    upper_hoist, upper_fly, lower_hoist, lower_fly = quarters(polygon(corners))
    return fill(hoist, upper_hoist, lower_fly) + fill(fly, upper_fly, lower_hoist)


def in_quarters(corners: Iterable[complex]) -> str:
    """Return a free figure of the upper fly quarter in all four."""
    return "".join(quarters(polygon(corners)))


def over_and_under(corners: Iterable[complex]) -> str:
    """Return a figure on the vertical axis, or on the fly side, and its image below."""
    outline = polygon(corners)
    return outline + mapped(outline, complex.conjugate)


def diamond(centre: complex, wide: float, high: float) -> str:
    """Return a lozenge by its half width and half height."""
    return polygon((centre - wide, centre - 1j * high, centre + wide, centre + 1j * high))


def moved(corners: Iterable[complex], to: complex, degrees: float = 0) -> list[complex]:
    """Return the corners turned about their origin and then set down at a point."""
    return [to + turned(degrees, corner) for corner in corners]
