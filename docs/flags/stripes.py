"""Azerbaijan, Russia and Uzbekistan: horizontal stripes, crescents and stars, by the numbers of their laws."""

from docs.flags.geometry import crescent, star
from docs.flags.svg import flag, group, path, stripes

WHITE = "#FFFFFF"


def azerbaijan() -> str:
    """Return the flag; ten units are the sixtieth of the height in which the law gives crescent and star."""
    middle = complex(600, 300)
    moon = crescent(middle - 30, 90, middle - 10, 75)
    rays = star(middle + 70, 50, tips=8, inner=0.5)
    return flag(
        1200,
        600,
        stripes(1200, (200, "#00B5E2"), (200, "#EF3340"), (200, "#509E2F")),
        group(path(moon, id="az-crescent"), path(rays, id="az-star"), fill=WHITE),
    )


def russia() -> str:
    """Return the flag: three equal stripes."""
    return flag(900, 600, stripes(900, (200, WHITE), (200, "#0039A6"), (200, "#D52B1E")))


def uzbekistan() -> str:
    """Return the flag; the unit is a quarter of a centimetre of the law's flag of 250 by 125 cm."""
    moon = crescent(complex(140, 80), 60, complex(160, 80), 60)
    rows = ((32, 3), (80, 4), (128, 5))
    stars = [path(star(complex(368 - 48 * i, y), 12)) for y, count in rows for i in reversed(range(count))]
    return flag(
        1000,
        500,
        stripes(1000, (160, "#0099B5"), (10, "#CE1126"), (160, WHITE), (10, "#CE1126"), (160, "#1EB53A")),
        path(moon, id="uz-crescent", fill=WHITE),
        group(*stars, id="uz-stars", fill=WHITE),
    )
