"""What rooms are furnished with: walls, floors, tables, chairs, flags out of focus, lamps, plants, books."""

from collections.abc import Sequence
from math import cos, sin, tau
from typing import NamedTuple

from sheet import Paint, Sheet, across, mix, smooth


class Colours(NamedTuple):
    """A flag from far away: stripes from the top, a disc in the middle, a band at the hoist."""

    stripes: tuple[str, ...]
    disc: str = ""
    hoist: str = ""


FLAGS = (
    Colours(("#0092bc", "#e4002b", "#00ae65")),
    Colours(("#00abc2",), disc="#f5c400"),
    Colours(("#d8202c",), disc="#f7d117"),
    Colours(("#f4f4f4", "#0039a6", "#d52b1e")),
    Colours(("#c8102e", "#f4f4f4", "#1a8f4a")),
    Colours(("#00843d",), hoist="#b4292f"),
    Colours(("#0099b5", "#f4f4f4", "#1eb53a")),
)
"""Of the countries in the order of their codes: AZ KZ KG RU TJ TM UZ."""


def wall(sheet: Sheet, foot: float, paint: Paint, *, panels: int = 0, line: str = "#00000022") -> None:
    """Paint a wall down to its foot, with upright panels if asked."""
    sheet.box(0, 0, sheet.width, foot, paint)
    for i in range(1, panels):
        x = sheet.width * i / panels
        sheet.box(x - 1.5, 0, x + 1.5, foot, line)
        sheet.box(x + 1.5, 0, x + 14, foot, across("#ffffff14", "#ffffff00"))


def flag(sheet: Sheet, x: float, top: float, foot: float, colours: Colours, *, wide: float = 60) -> None:
    """Stand a flag by its pole: cloth that hangs in folds, in the country's colours and without its charge."""
    sheet.line([(x, top - 18), (x, foot)], 7, across("#f0e2b4", "#8f7638"))
    sheet.oval(x, top - 24, 8, 11, "#e9d08a")
    low = top + (foot - top) * 0.72
    hem = [(x + wide * (0.55 - 0.16 * i), low - (26 if i % 2 else 0) - 9 * i) for i in range(8)]
    right, left = (x + wide * 0.3, top + (low - top) * 0.3), (x - wide * 0.3, top + (low - top) * 0.35)
    cloth = smooth([(x - 5, top), (x + 7, top), right, *hem, left], steps=6)
    sheet.shape(cloth, across(*(tint for colour in colours.stripes for tint in (colour, colour))))
    with sheet.inside(cloth):
        if colours.disc:
            sheet.oval(x - wide * 0.05, top + (low - top) * 0.6, wide * 0.2, wide * 0.42, colours.disc)
        if colours.hoist:
            sheet.line([(x, top), (x + wide * 0.22, low)], wide * 0.2, colours.hoist)
        for i in range(4):
            at = x + wide * (0.42 - 0.27 * i)
            sheet.line([(x, top), (at, low)], wide * 0.09, "#00000058", blur=wide * 0.04)
            sheet.line([(x, top), (at + wide * 0.12, low)], wide * 0.07, "#ffffff48", blur=wide * 0.04)


def pennant(sheet: Sheet, x: float, y: float, colours: Colours, *, wide: float = 66, tall: float = 46) -> None:
    """Fly a flag from a pole at x, in a light wind."""
    step, share = wide / 8, tall / len(colours.stripes)
    for i, colour in enumerate(colours.stripes):
        top = y + share * i
        wave = [(x + 2 + step * k, top + tall * 0.07 * sin(k * 0.9)) for k in range(9)]
        stripe = [*wave, *((px, py + share + 1) for px, py in reversed(wave))]
        sheet.shape(stripe, across(colour, mix(colour, "#000000", 0.25), colour))
    if colours.disc:
        sheet.oval(x + wide * 0.5, y + tall * 0.48, tall * 0.2, tall * 0.2, colours.disc)
    if colours.hoist:
        sheet.box(x + wide * 0.16, y + 2, x + wide * 0.34, y + tall + 1, colours.hoist)


def bouquet(sheet: Sheet, x: float, y: float, size: float, petals: Sequence[str]) -> None:
    """Put a low arrangement on a table: leaves, then blossoms."""
    sheet.oval(x, y + size * 0.3, size * 1.15, size * 0.1, "#00000070", blur=size * 0.05)
    rng = sheet.rng
    for i in range(64):
        far, turn = rng.random() ** 0.6, rng.uniform(0, tau)
        px, py = x + cos(turn) * far * size, y + sin(turn) * far * size * 0.32
        leaf = mix("#244a30", "#6b9a5f", rng.random() * 0.7 + (0.3 if py < y else 0))
        tip = (px + cos(turn) * size * 0.28, py + sin(turn) * size * 0.1 - size * 0.06)
        bend = (px + (tip[0] - px) * 0.5, py + (tip[1] - py) * 0.5)
        if i % 2:
            wide = size * 0.06
            sheet.shape(smooth([(px, py), (bend[0], bend[1] - wide), tip, (bend[0], bend[1] + wide)]), leaf)
        else:
            blossom(sheet, px * 0.85 + x * 0.15, py - size * 0.12, size * rng.uniform(0.09, 0.15), rng.choice(petals))


def blossom(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a flower of rounded petals in two rings."""
    for ring, tint in ((1.0, mix(colour, "#7a3040", 0.16)), (0.62, colour), (0.3, mix(colour, "#ffffff", 0.35))):
        for i in range(6):
            turn = i * tau / 6 + ring * 2
            reach = size * ring * 0.55
            sheet.oval(x + cos(turn) * reach, y + sin(turn) * reach * 0.8, size * ring * 0.5, size * ring * 0.42, tint)


def lamp(sheet: Sheet, x: float, y: float, radius: float, warm: str = "#ffd9a0") -> None:
    """Hang a round lamp from the ceiling."""
    sheet.line([(x, 0), (x, y)], 2, "#00000055")
    sheet.glow(x, y, radius * 5, warm, 0.55)
    sheet.oval(x, y, radius, radius, ("#fff8e8", warm))


def table_front(sheet: Sheet, x0: float, x1: float, top: float, depth: float, foot: float, wood: str) -> None:
    """Set a long table seen from the front: its top in perspective, then the panel towards us."""
    lean = depth * 0.55
    sheet.shape([(x0 + lean, top), (x1 - lean, top), (x1, top + depth), (x0, top + depth)],
                (mix(wood, "#ffffff", 0.28), mix(wood, "#ffffff", 0.06)))  # fmt: skip
    sheet.box(x0, top + depth, x1, top + depth + 12, mix(wood, "#ffffff", 0.2))
    sheet.box(x0, top + depth + 12, x1, foot, (wood, mix(wood, "#000000", 0.45)))
    for i in range(1, 5):
        x = x0 + (x1 - x0) * i / 5
        sheet.box(x - 1.5, top + depth + 12, x + 1.5, foot, "#00000038")
        sheet.box(x + 1.5, top + depth + 12, x + 5, foot, "#ffffff12")


def chair_back(sheet: Sheet, x: float, y: float, wide: float, tall: float, leather: str) -> None:
    """Stand the padded back of a chair, its top middle at (x, y)."""
    light, dark = mix(leather, "#ffffff", 0.2), mix(leather, "#000000", 0.2)
    sheet.box(x - wide / 2, y, x + wide / 2, y + tall, (light, leather), radius=wide * 0.18)
    inner = (mix(leather, "#ffffff", 0.1), dark)
    sheet.box(x - wide * 0.4, y + wide * 0.1, x + wide * 0.4, y + tall, inner, radius=wide * 0.13)


def paper(sheet: Sheet, x: float, y: float, wide: float, tall: float, *, lean: float = 0.25, lines: int = 5) -> None:
    """Lay a sheet of paper on a table, its near edge at y, with grey lines for writing."""
    shift = tall * lean
    left, right = x - wide / 2, x + wide / 2
    leaf = [(left, y), (right, y), (right - shift, y - tall), (left + shift, y - tall)]
    sheet.shape([(px + 5, py + 5) for px, py in leaf], "#00000040", blur=3)
    sheet.shape(leaf, ("#f4f1ea", "#ffffff"))
    for i in range(lines):
        level = y - tall * (0.82 - 0.14 * i)
        inset = wide * 0.14 + shift * (0.82 - 0.14 * i)
        sheet.line(
            [(x - wide / 2 + inset, level), (x + wide / 2 - inset - (18 if i % 2 else 0), level)], 1.6, "#9aa3ad"
        )


def bottle(sheet: Sheet, x: float, y: float) -> None:
    """Put a bottle of water on a table, its foot at (x, y)."""
    sheet.oval(x, y, 26, 6, "#00000040", blur=4)
    sheet.box(x - 15, y - 92, x + 15, y, across("#d7e9ef", "#8fb4c2", "#e8f4f8"), radius=8, opacity=0.85)
    sheet.box(x - 7, y - 118, x + 7, y - 86, across("#c8dde4", "#8fb4c2"), radius=3)
    sheet.box(x - 9, y - 126, x + 9, y - 112, "#2b5f8a", radius=3)


def plant(sheet: Sheet, x: float, y: float, tall: float) -> None:
    """Stand a plant in a pot, its foot at (x, y)."""
    sheet.oval(x, y, tall * 0.22, tall * 0.04, "#00000055", blur=5)
    for i in range(15):
        turn = (i - 7) * 0.17 + sheet.rng.uniform(-0.08, 0.08)
        reach = tall * sheet.rng.uniform(0.55, 0.8)
        foot, tip = (x, y - tall * 0.25), (x + sin(turn) * reach, y - tall * 0.25 - cos(turn) * reach)
        side = (cos(turn) * tall * 0.05, sin(turn) * tall * 0.05)
        bend = ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2 - tall * 0.04)
        leaf = smooth([foot, (bend[0] - side[0], bend[1] - side[1]), tip, (bend[0] + side[0], bend[1] + side[1])])
        sheet.shape(leaf, (mix("#5f9a5a", "#d9e8a0", sheet.rng.uniform(0, 0.3)), "#2f6a48"))
    sheet.shape([(x - tall * 0.17, y - tall * 0.3), (x + tall * 0.17, y - tall * 0.3), (x + tall * 0.12, y),
        (x - tall * 0.12, y)],
                across("#f4efe4", "#d9cfbe", "#a89c8a"))  # fmt: skip
