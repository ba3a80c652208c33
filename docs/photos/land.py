"""What landscapes are made of: skies, mountains with light and shadow, haze, trees, water, grass."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, sin
from random import Random

from sheet import Paint, Point, Sheet, mix, smooth


def broken(rng: Random, points: Sequence[Point], jag: float, rounds: int = 5) -> list[Point]:
    """Return a line through the points, broken like rock: each middle is moved by up to `jag` of its piece's length."""
    line = list(points)
    for _ in range(rounds):
        finer: list[Point] = []
        for (x0, y0), (x1, y1) in pairwise(line):
            away = rng.uniform(-jag, jag) * abs(x1 - x0)
            finer += [(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + away)]
        line = [*finer, line[-1]]
    return line


def skyline(rng: Random, sheet: Sheet, y: float, height: float, peaks: int) -> list[Point]:
    """Return valleys and peaks in turn, from left of the sheet to right of it; `y` is the valleys' level."""
    step = sheet.width * 1.3 / (2 * peaks)
    points: list[Point] = []
    for i in range(2 * peaks + 1):
        up = height * rng.uniform(0.55, 1) if i % 2 else height * rng.uniform(0, 0.18)
        points.append((-0.15 * sheet.width + i * step + rng.uniform(-0.25, 0.25) * step, y - up))
    return points


def mountains(
    sheet: Sheet, y: float, height: float, paint: Paint,
    *, peaks: int = 4, shade: str = "#20305060", snow: str = "", snowline: float = 0.5, jag: float = 0.22,
    turns: Sequence[Point] = (), base: float = 0,
) -> None:  # fmt: skip
    """Draw a range lit from the left: slopes, the shadow right of each peak, snow on top.

    `turns` are its valleys and peaks if they matter, `base` is where the paint ends (the sheet's foot if 0).
    """
    rng = sheet.rng
    turns = turns or skyline(rng, sheet, y, height, peaks)
    floor = base or sheet.height
    sides = [broken(rng, turns[i : i + 2], jag) for i in range(len(turns) - 1)]
    crest = [point for side in sides for point in side]
    outline = [*crest, (crest[-1][0], floor), (crest[0][0], floor)]
    sheet.shape(outline, paint)
    with sheet.inside(outline):
        for i in range(1, len(turns) - 1, 2):
            if snow:
                _snow(sheet, [*sides[i - 1], *sides[i]], turns[i], height * snowline, snow)
            _shadow(sheet, sides[i], turns[i], floor, shade)


def _snow(sheet: Sheet, crest: Sequence[Point], peak: Point, depth: float, snow: str) -> None:
    """Lay snow on a peak: deepest under it, with tongues."""
    reach = max(abs(x - peak[0]) for x, _ in crest)
    edge: list[Point] = []
    for i, (x, y) in enumerate(crest[::3]):
        near = max(0.0, 1 - abs(x - peak[0]) / reach * 1.15)
        tongue = 1.0 if i % 2 else 0.45
        edge.append((x, y - 2 + depth * near * tongue * sheet.rng.uniform(0.5, 1.1)))
    sheet.shape([*crest, *reversed(edge)], snow)


def _shadow(sheet: Sheet, side: Sequence[Point], peak: Point, floor: float, shade: str) -> None:
    """Shade what lies right of a spine that runs down from the peak in turns."""
    rng, (x, y) = sheet.rng, peak
    spine = [peak]
    step = max((floor - y) / 9, 12)
    while y < floor:
        y += step * rng.uniform(0.5, 1.2)
        x += step * rng.choice((-0.55, 0.3, 0.75)) * rng.uniform(0.5, 1)
        spine.append((x, y))
    foot = [(side[-1][0] + (floor - side[-1][1]) * 0.25, floor)]
    sheet.shape([*side, *foot, *reversed(spine)], (shade, shade[:7] + "10"))


def haze(sheet: Sheet, y0: float, y1: float, colour: str, strength: float = 0.8) -> None:
    """Lay mist that thickens from `y0` down to `y1` and thins out below."""
    thick = f"{colour}{round(strength * 255):02x}"
    sheet.box(0, y0, sheet.width, y1, (colour + "00", thick))
    sheet.box(0, y1, sheet.width, y1 + 120, (thick, colour + "00"))


def sun(sheet: Sheet, x: float, y: float, radius: float, colour: str, halo: str) -> None:
    """Hang the sun or the moon with its halo."""
    sheet.glow(x, y, radius * 9, halo, 0.75)
    sheet.oval(x, y, radius, radius, colour, blur=1)


def clouds(sheet: Sheet, y: float, spread: float, colour: str, count: int = 7, opacity: float = 0.5) -> None:
    """Draw long soft clouds around a height, made of many thin wisps."""
    rng = sheet.rng
    for _ in range(count):
        x, level, length = rng.uniform(0, sheet.width), y + rng.uniform(-spread, spread), rng.uniform(140, 420)
        for _ in range(14):
            dx = min(max(rng.gauss(0, 0.45), -1.0), 1.0)
            sheet.oval(
                x + dx * length, level + rng.gauss(0, 10), length * rng.uniform(0.12, 0.4) * (1.2 - abs(dx)),
                rng.uniform(3, 11), colour, blur=7, opacity=opacity * rng.uniform(0.3, 0.8),
            )  # fmt: skip


def stars(sheet: Sheet, y1: float, count: int = 160) -> None:
    """Strew stars above a height."""
    for _ in range(count):
        x, y, size = sheet.rng.uniform(0, sheet.width), sheet.rng.uniform(0, y1), sheet.rng.uniform(0.5, 1.5)
        sheet.oval(x, y, size, size, "#ffffff", opacity=sheet.rng.uniform(0.2, 0.8))


def fir(sheet: Sheet, x: float, y: float, height: float, colour: str) -> None:
    """Plant a Tian Shan spruce: narrow, in tiers, lit from the left."""
    rng = sheet.rng
    tiers = 7
    left: list[Point] = []
    right: list[Point] = []
    for i in range(tiers):
        top, wide = y - height * (1 - i / tiers), height * 0.17 * (i + 1) / tiers
        low = top + height * 1.25 / tiers
        for side, sign in ((left, -1), (right, 1)):
            side += [(x + sign * wide * 0.35, top), (x + sign * wide * rng.uniform(0.85, 1.15), low)]
    sheet.shape([(x, y - height * 1.04), *right, *reversed(left)], colour)
    sheet.shape([(x, y - height * 1.04), *right, (x, y)], "#00000028")


def forest(sheet: Sheet, ground: Sequence[Point], height: float, colour: str, density: float = 0.5) -> None:
    """Plant firs along a line of the ground."""
    for (x0, y0), (x1, y1) in pairwise(ground):
        for _ in range(max(1, round((x1 - x0) / height * density * 4))):
            share, tall = sheet.rng.random(), height * sheet.rng.uniform(0.5, 1.1)
            fir(sheet, x0 + (x1 - x0) * share, y0 + (y1 - y0) * share + tall * 0.1, tall, colour)


def crown(sheet: Sheet, x: float, y: float, size: float, colour: str, leaves: int = 80) -> None:
    """Draw the leaves of a broad tree or bush as many soft discs, lighter to the upper left."""
    rng = sheet.rng
    for i in range(leaves):
        dx, dy = rng.gauss(0, 0.42) * size, rng.gauss(0, 0.32) * size
        light = 0.5 - (dx + dy) / size * 0.45 + i / leaves * 0.15
        tint = mix(mix(colour, "#000000", 0.35), mix(colour, "#fff4c8", 0.25), min(max(light, 0), 1))
        sheet.oval(x + dx, y + dy, size * rng.uniform(0.1, 0.22), size * rng.uniform(0.08, 0.18), tint)


def tree(sheet: Sheet, x: float, y: float, height: float, colour: str) -> None:
    """Plant a broad tree with its trunk."""
    sheet.shape(
        [(x - height * 0.035, y), (x - height * 0.02, y - height * 0.55), (x + height * 0.02, y - height * 0.55),
         (x + height * 0.035, y)], mix(colour, "#2a1a14", 0.75),
    )  # fmt: skip
    crown(sheet, x, y - height * 0.66, height * 0.42, colour)


def bare_tree(sheet: Sheet, x: float, y: float, height: float, colour: str) -> None:
    """Plant a tree in winter: a trunk that forks until the twigs are thin."""

    def grow(foot: Point, turn: float, long: float, thick: float) -> None:
        tip = (foot[0] + sin(turn) * long, foot[1] - cos(turn) * long)
        sheet.line([foot, tip], max(thick, 1), colour)
        if long > height * 0.07:
            for sign in (-1, 1):
                grow(tip, turn + sign * sheet.rng.uniform(0.2, 0.55), long * sheet.rng.uniform(0.66, 0.8), thick * 0.62)

    grow((x, y), sheet.rng.uniform(-0.05, 0.05), height * 0.3, height * 0.05)


def poplar(sheet: Sheet, x: float, y: float, height: float, colour: str) -> None:
    """Plant a poplar: a slim flame."""
    for share, tint in ((1.0, mix(colour, "#000000", 0.2)), (0.6, colour)):
        wide = height * 0.1 * share
        for i in range(14):
            at = i / 13
            swell = (1 - (at - 0.45) ** 2 * 3.2) * wide
            dx = sheet.rng.uniform(-0.3, 0.3) * wide - (1 - share) * wide
            sheet.oval(x + dx, y - height * (0.1 + at * 0.88), max(swell, 2), height * 0.07, tint)


def water(sheet: Sheet, y: float, paint: Paint, glint: str, sparkle: int = 240, centre: float = 0.5) -> None:
    """Fill the sheet below `y` with water, glints narrow at the horizon and wide in front."""
    sheet.box(0, y, sheet.width, sheet.height, paint)
    rng = sheet.rng
    for _ in range(sparkle):
        near = rng.random() ** 1.6
        level = y + 3 + (sheet.height - y) * near
        spread = sheet.width * (0.10 + 0.35 * near)
        x, length = sheet.width * centre + rng.gauss(0, 1) * spread, 6 + 90 * near * rng.uniform(0.4, 1)
        sheet.oval(x, level, length, 0.8 + 3.2 * near, glint, opacity=rng.uniform(0.15, 0.6), blur=0.4)


def grass(sheet: Sheet, y0: float, y1: float, colours: Sequence[str], blades: int = 900) -> None:
    """Grow blades of grass, small ones behind and large ones in front."""
    rng = sheet.rng
    for i in range(blades):
        near = i / blades
        x, y, tall = rng.uniform(0, sheet.width), y0 + (y1 - y0) * near, 8 + 70 * near**1.5
        lean = rng.uniform(-0.4, 0.4) * tall
        thick = 0.8 + 2.6 * near
        sheet.shape(
            [(x - thick, y), (x + lean * 0.4, y - tall * 0.6), (x + lean, y - tall), (x + thick, y)],
            rng.choice(colours), opacity=0.85,
        )  # fmt: skip


def road(sheet: Sheet, course: Sequence[tuple[float, float, float]], paint: Paint, *, dashes: str = "#f3ead0") -> None:
    """Lay a road along (x, y, width), from the front to the back, with a dashed middle line."""
    middle = smooth([(x, y) for x, y, _ in course], closed=False, steps=24)
    wide = [
        width for _, width in smooth([(i, width) for i, (_, _, width) in enumerate(course)], closed=False, steps=24)
    ]
    for swell, tint in ((1.22, "#b9a888"), (1.0, paint)):
        left: list[Point] = []
        right: list[Point] = []
        for i, (x, y) in enumerate(middle):
            (x0, y0), (x1, y1) = middle[max(i - 1, 0)], middle[min(i + 1, len(middle) - 1)]
            far = max(hypot(x1 - x0, y1 - y0), 0.01)
            dx, dy = -(y1 - y0) / far * wide[i] * swell / 2, (x1 - x0) / far * wide[i] * swell / 4
            left.append((x - dx, y - dy))
            right.append((x + dx, y + dy))
        sheet.shape([*left, *reversed(right)], tint)
    for i in range(0, len(middle) - 4, 8):
        if wide[i] > 14:
            sheet.line(middle[i : i + 4], max(wide[i] * 0.028, 1), dashes)
