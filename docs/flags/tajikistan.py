"""Tajikistan: a crown under an arc of seven stars, in parts of the white stripe's width."""

from docs.flags.geometry import star, turned
from docs.flags.svg import at, flag, group, path, stripes

GOLD = "#F8C300"
WHITE_STRIPE = 300
# The crown's outline with the arc's centre as origin: dome, stem, and four hanging crescents; then the dome's opening.
_CROWN = (
    "M-28.6-36A30 30 0 1 1 28.6-36A14.5 14.5 0 0 0 4.5-24V-6A38.5 38.5 0 0 0 68.5 20A38 38 0 0 0 128 37"
    "A31.5 31.5 0 0 1 66 31A35.2 35.2 0 0 1 0 15A35.2 35.2 0 0 1-66 31A31.5 31.5 0 0 1-128 37"
    "A38 38 0 0 0-68.5 20A38.5 38.5 0 0 0-4.5-6V-24A14.5 14.5 0 0 0-28.6-36Z"
    "M-21.5-48.5A22 22 0 0 1 21.5-48.5A21 21 0 0 0 0-38.5A21 21 0 0 0-21.5-48.5Z"
)
_BASE = "M-99 89.5A351 351 0 0 1 99 89.5L95 104A336 336 0 0 0-95 104Z"
_BUD = "M-18-9Q-10-14-6-12.5Q-8-20 0-27Q8-20 6-12.5Q10-14 18-9Q10 1 0 1Q-10 1-18-9Z"


def tajikistan() -> str:
    """Return the flag."""
    stars = [path(star(turned(180 + 30 * i, WHITE_STRIPE / 2), WHITE_STRIPE * 0.075)) for i in range(7)]
    buds = [
        path(_BUD, transform="translate(-59 74)rotate(-9.5)"),
        path(_BUD, transform=at(68j)),
        path(_BUD, transform="translate(59 74)rotate(9.5)"),
    ]
    crown = group(path(_CROWN, fill_rule="evenodd"), path(_BASE), *buds, id="tj-crown")
    charge = group(group(*stars, id="tj-stars"), crown, fill=GOLD, transform=at(complex(700, 385)))
    return flag(1400, 700, stripes(1400, (200, "#CC0000"), (WHITE_STRIPE, "#FFFFFF"), (200, "#006600")), charge)
