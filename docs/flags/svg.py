"""The few SVG elements that a flag needs, as text."""

from docs.flags.geometry import number
from docs.flags.pathdata import shortened


def path(outline: str, **paint: str) -> str:
    """Return a path; `paint` holds attributes, with `_` for `-`."""
    return f'<path{_attributes(paint)} d="{shortened(outline)}"/>'


def disc(centre: complex, radius: float, **paint: str) -> str:
    """Return a filled circle."""
    place = f'cx="{number(centre.real)}" cy="{number(centre.imag)}" r="{number(radius)}"'
    return f"<circle{_attributes(paint)} {place}/>"


def group(*children: str, **paint: str) -> str:
    """Return a group; `id`, `fill`, `transform` and the like are keyword arguments."""
    return f"<g{_attributes(paint)}>\n" + "\n".join(children) + "\n</g>"


def defs(*children: str) -> str:
    """Return pieces that are only drawn where `use` repeats them."""
    return "<defs>\n" + "\n".join(children) + "\n</defs>"


def use(name: str, transform: str) -> str:
    """Return a repetition of the piece with that id."""
    return f'<use href="#{name}" transform="{transform}"/>'


def stripes(width: float, *bands: tuple[float, str]) -> str:
    """Return horizontal bands from the top: (height, colour)."""
    top = 0.0
    drawn = []
    for height, colour in bands:
        drawn.append(f'<path fill="{colour}" d="M0 {number(top)}h{number(width)}v{number(height)}H0z"/>')
        top += height
    return "\n".join(drawn)


def flag(width: int, height: int, *children: str) -> str:
    """Return the whole file; the size in the root is also the flag's proportion."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return "\n".join([head, *children, "</svg>"]) + "\n"


def at(point: complex) -> str:
    """Return the transform that puts a group's origin at a point."""
    return f"translate({number(point.real)} {number(point.imag)})"


def _attributes(paint: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in paint.items())
