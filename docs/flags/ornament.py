"""The ram's-horn band of Kazakhstan's flag: small and great horns, drawn once and repeated along the hoist."""

from docs.flags.geometry import both, mapped
from docs.flags.svg import defs, group, path, use

_AXIS = 96  # of the band, from the hoist
_KNOTS = (116, 400, 684)  # where small horns meet back to back; the great horns meet half way between

# For the fly side of the axis, with a knot as origin. As lines: a small horn and its curl, an arm that runs
# down into a great horn, and the heart that ends the band.
_SMALL_HORN = "M6.7 36C1.5 25 1.5 18 4.5 13.5C8 7 14 4.5 20 4.5C30 4.5 38 11 38.5 22"
_SMALL_CURL = "M35.5 29C32 33 28 35 23 34.5C16 34 13 29 13.5 24.5C14 20 18 18 21.5 19.5"
_GREAT_HORN = "M-3 15.7L40.5 106.5C42.5 110.5 43.6 114 43.6 118.5C43.6 130 35 137.4 24.5 137.4C14 137.4 6 132 2 123"
_HEART = "M-3 -17L14.5 -51C18.5 -60 16.5 -66 9.8 -66C5.5 -66 2 -64.2 -2.5 -60.8"
# As surfaces: the leaf into which a small horn runs out, and the buds in the curls.
_LEAF = (
    "M34 18L42.9 20C43 35 36.5 48 37 60C37.5 66 40 70 44 73.5C34 70 28.5 64 29.5 55L24 50.5L28 47L26 42.5"
    "C31 39 32 33 32 27Z"
)
_SMALL_BUD = (
    "M19 18.5C22 17 24 16 22.5 12.5C26 14.5 26 17 26.5 18C28 18 29.5 19 31 21C29.5 23 28 23.5 26.5 23.5"
    "C26 25 26 28 22.5 29.5C24 26 22 24 19 22Z"
)
_GREAT_BUD = (
    "M3 122C5 113 9 109.5 15 109C20 108.5 23.5 106 22.5 100C27 102 28 106 28 109.5C31 109.5 33.5 111 35.5 113.5"
    "C33.5 116.5 31 118 28 118C28 122 27 125 22.5 127C23.5 121 20 118 16 118C11 118 8 122 7 127Z"
)
# The pointed side of a knot; and, on the axis itself, the stem with its cross and bud.
_KNOT = "M14 0C18 -1 22 -3 26 -4C32 -5 38 -3.5 42 0C38 3.5 32 5 26 4C22 3 18 1 14 0Z"
_STEM = (
    "M0 54.5C4 58 8 63 8 68C8 73 5.5 76.5 3.5 77L8 77C14 77 18.5 81 19.8 88C14 85.5 6.5 85.5 5.5 92L6 124L-6 124"
    "L-5.5 92C-6.5 85.5 -14 85.5 -19.8 88C-18.5 81 -14 77 -8 77L-3.5 77C-5.5 76.5 -8 73 -8 68C-8 63 -4 58 0 54.5Z"
)


def band(colour: str) -> str:
    """Return the band: between the knots great horns, at each end a heart."""
    pens = {"fill": "none", "stroke": colour, "stroke_width": "8.8"}
    small = group(path(both(_SMALL_HORN + _SMALL_CURL), **pens), path(both(_LEAF + _SMALL_BUD)), id="kz-small-horns")
    great = group(path(both(_GREAT_HORN), **pens), path(both(_GREAT_BUD)), path(_STEM), id="kz-great-horns")
    heart = path(mapped(both(_HEART), complex.conjugate), id="kz-heart", **pens)
    downwards = [(_KNOTS[0], 1), (_KNOTS[1], -1), (_KNOTS[1], 1), (_KNOTS[2], -1)]
    outwards = [(_KNOTS[0], -1), (_KNOTS[2], 1)]
    pieces = [use("kz-small-horns", _placed(*place)) for place in downwards + outwards]
    pieces += [use("kz-great-horns", _placed(*place)) for place in downwards]
    pieces += [use("kz-heart", _placed(*place)) for place in outwards]
    pieces += [path(both(_KNOT), transform=_placed(knot, 1)) for knot in _KNOTS]
    return group(defs(small, great, heart), *pieces, id="kz-ornament", fill=colour)


def _placed(knot: int, down: int) -> str:
    """Return the transform of a piece that lies below its knot (`down` = 1) or above it (-1)."""
    return f"matrix(1 0 0 {down} {_AXIS} {knot})"
