"""What children drew: eight crayon drawings on a string."""

from math import cos, pi, sin, tau

from sheet import Point, Sheet, across, mix, smooth

CRAYONS = ("#d9483b", "#f0a03f", "#f2cf4a", "#4fa35a", "#3f8fc4", "#7a5fb0", "#e07fa5")


def pegged(sheet: Sheet) -> None:
    """Show children's drawings pegged to strings."""
    sheet.wash("#f4ead6", "#ecdcc0", "#dcc6a2")
    sheet.glow(380, 60, 1000, "#fffaf0", 0.7)
    motifs = (_house, _suns, _blooms, _peaks, _family, _dove, _rainbow, _yurts)
    for row in range(2):
        y0 = 120 + 470 * row
        sag = [(x, y0 + 46 * sin(pi * x / 1600)) for x in range(-20, 1640, 40)]
        sheet.line([(x + 4, y + 10) for x, y in sag], 4, "#8a6a4030", blur=3)
        sheet.line(sag, 4, "#b08a58")
        for i in range(4):
            x = 212 + 392 * i
            top = y0 + 46 * sin(pi * x / 1600)
            lean = sheet.rng.uniform(-0.05, 0.05)
            page = Page(sheet, x, top + 174, lean)
            page.fill([(-1.12, -0.99), (1.12, -0.99), (1.12, 0.99), (-1.12, 0.99)], "#00000038", shift=12, blur=9)
            page.fill([(-1.12, -0.99), (1.12, -0.99), (1.12, 0.99), (-1.12, 0.99)], ("#ffffff", "#f7f2e8"))
            motifs[i + 4 * row](page)
            for dx in (-96, 96):
                py = top - 4 + dx * lean
                sheet.box(x + dx - 9, py - 22, x + dx + 9, py + 36, across("#e9c48a", "#b98a4f"), radius=4)
                sheet.box(x + dx - 9, py + 2, x + dx + 9, py + 8, "#8a8f96")


class Page:
    """A drawing paper of 168 pixels to one, (0, 0) in its middle, turned a little."""

    def __init__(self, sheet: Sheet, x: float, y: float, lean: float) -> None:
        self.sheet, self.x, self.y, self.lean = sheet, x, y, lean

    def at(self, points: list[Point], shift: float = 0) -> list[Point]:
        """Return points of the sheet."""
        c, s = cos(self.lean), sin(self.lean)
        return [(self.x + 168 * (u * c - v * s) + shift, self.y + 168 * (u * s + v * c) + shift) for u, v in points]

    def fill(self, points: list[Point], paint: str | tuple[str, ...], *, shift: float = 0, blur: float = 0) -> None:
        """Colour a shape in."""
        self.sheet.shape(self.at(points, shift), paint, blur=blur)

    def stroke(self, points: list[Point], colour: str, width: float = 8) -> None:
        """Draw with a crayon: an unsteady line, twice."""
        rng = self.sheet.rng
        for _ in range(2):
            shaky = [(u + rng.uniform(-0.012, 0.012), v + rng.uniform(-0.012, 0.012)) for u, v in points]
            self.sheet.line(smooth(self.at(shaky), closed=False, steps=5), width, colour, opacity=0.75)

    def hatch(self, u0: float, v0: float, u1: float, v1: float, colour: str) -> None:
        """Shade a field with crayon from left to right and back."""
        turns = 13
        zigzag = [(u0 if i % 2 else u1, v0 + (v1 - v0) * i / turns) for i in range(turns + 1)]
        self.sheet.line(self.at(zigzag), 15, colour, opacity=0.8)

    def ring(self, u: float, v: float, r: float, colour: str, *, full: bool = False) -> None:
        """Draw a circle, coloured in if `full`."""
        circle = [(u + r * cos(tau * i / 16), v + r * sin(tau * i / 16)) for i in range(17)]
        if full:
            self.fill(circle, mix(colour, "#ffffff", 0.15))
        self.stroke(circle, colour, 6)


def _sun(page: Page, u: float, v: float) -> None:
    page.ring(u, v, 0.16, CRAYONS[2], full=True)
    for i in range(9):
        turn = tau * i / 9
        page.stroke([(u + 0.21 * cos(turn), v + 0.21 * sin(turn)), (u + 0.31 * cos(turn), v + 0.31 * sin(turn))],
            CRAYONS[1], 6)  # fmt: skip


def _house(page: Page) -> None:
    page.hatch(-1.0, 0.62, 1.0, 0.9, CRAYONS[3])
    page.hatch(-0.55, -0.02, 0.3, 0.62, "#f2d9a0")
    page.stroke([(-0.58, 0.64), (-0.58, 0), (0.32, 0), (0.32, 0.64)], CRAYONS[0])
    page.fill([(-0.72, 0.0), (-0.13, -0.5), (0.46, 0.0)], CRAYONS[0])
    page.fill([(-0.22, 0.64), (-0.22, 0.24), (0.02, 0.24), (0.02, 0.64)], "#8a5a34")
    page.fill([(-0.5, 0.14), (-0.3, 0.14), (-0.3, 0.34), (-0.5, 0.34)], CRAYONS[4])
    page.stroke([(0.74, 0.66), (0.74, 0.2)], "#8a5a34", 14)
    page.ring(0.74, 0.04, 0.2, CRAYONS[3], full=True)
    _sun(page, 0.7, -0.62)


def _suns(page: Page) -> None:
    page.hatch(-1.0, 0.5, 1.0, 0.9, CRAYONS[4])
    _sun(page, 0.0, -0.2)
    for u in (-0.6, 0.55):
        page.fill([(u - 0.3, 0.48), (u + 0.3, 0.48), (u + 0.2, 0.66), (u - 0.2, 0.66)], CRAYONS[0])
        page.stroke([(u, 0.48), (u, 0.0)], "#8a5a34", 6)
        page.fill([(u + 0.02, 0.0), (u + 0.3, 0.38), (u + 0.02, 0.38)], CRAYONS[6])
    for u in (-0.75, -0.45, 0.62):
        page.stroke([(u - 0.12, -0.62), (u - 0.05, -0.7), (u, -0.62), (u + 0.05, -0.7),
            (u + 0.12, -0.62)], "#5a6470", 5)  # fmt: skip


def _blooms(page: Page) -> None:
    page.hatch(-1.0, 0.72, 1.0, 0.9, CRAYONS[3])
    for i, u in enumerate((-0.66, -0.05, 0.6)):
        tall = (0.1, -0.25, 0.0)[i]
        page.stroke([(u, 0.74), (u + 0.03, 0.4), (u, tall)], CRAYONS[3], 9)
        page.stroke([(u, 0.5), (u + 0.2, 0.34), (u + 0.04, 0.46)], CRAYONS[3], 9)
        for k in range(6):
            page.ring(u + 0.17 * cos(tau * k / 6), tall + 0.17 * sin(tau * k / 6), 0.09, CRAYONS[(0,
                6, 5)[i]], full=True)  # fmt: skip
        page.ring(u, tall, 0.09, CRAYONS[2], full=True)
    _sun(page, -0.72, -0.62)


def _peaks(page: Page) -> None:
    page.fill([(-1.0, 0.5), (-0.5, -0.35), (-0.1, 0.5)], "#8f9fc4")
    page.fill([(-0.35, 0.5), (0.3, -0.55), (0.95, 0.5)], "#6f86b4")
    page.fill([(-0.59, -0.2), (-0.5, -0.35), (-0.41, -0.16), (-0.5, -0.22)], "#ffffff")
    page.fill([(0.14, -0.3), (0.3, -0.55), (0.46, -0.29), (0.36, -0.34), (0.28, -0.24), (0.22, -0.33)], "#ffffff")
    page.hatch(-1.0, 0.5, 1.0, 0.88, CRAYONS[3])
    for u in (-0.7, -0.4, 0.6):
        page.fill([(u, 0.16), (u - 0.14, 0.6), (u + 0.14, 0.6)], "#2f7a4a")
    _sun(page, -0.1, -0.66)


def _family(page: Page) -> None:
    page.hatch(-1.0, 0.74, 1.0, 0.9, CRAYONS[3])
    for i, (u, size) in enumerate(((-0.6, 1.0), (-0.08, 0.7), (0.42, 1.06))):
        top = 0.72 - 1.05 * size
        tint = CRAYONS[(4, 1, 0)[i]]
        page.fill([(u, top + 0.2 * size), (u - 0.24 * size, 0.52), (u + 0.24 * size, 0.52)], tint)
        page.ring(u, top + 0.06 * size, 0.15 * size, "#e0a878", full=True)
        for sign in (-1, 1):
            page.stroke([(u + sign * 0.09 * size, 0.52), (u + sign * 0.09 * size, 0.74)], "#5a4a40", 7)
            page.stroke([(u + sign * 0.08 * size, top + 0.36 * size),
                (u + sign * 0.28, top + 0.52 * size)], "#e0a878", 7)  # fmt: skip
    page.fill([(0.8, -0.4), (0.68, -0.54), (0.72, -0.66), (0.8, -0.6), (0.88, -0.66), (0.92, -0.54)], CRAYONS[0])
    _sun(page, -0.72, -0.7)


def _dove(page: Page) -> None:
    page.hatch(-1.0, -0.86, 1.0, 0.86, "#a9d0ea")
    body = smooth([(-0.6, 0.0), (-0.3, -0.14), (0.1, -0.1), (0.36, -0.3), (0.56, -0.26), (0.5, -0.06), (0.2, 0.26),
        (-0.2, 0.24)])  # fmt: skip
    page.fill(body, "#ffffff")
    page.fill([(-0.14, -0.06), (-0.1, -0.66), (0.24, -0.02)], "#f4f7fa")
    page.fill([(-0.5, 0.02), (-0.92, -0.16), (-0.86, 0.2)], "#f4f7fa")
    page.stroke([*body, body[0]], "#5a7a94", 4)
    page.stroke([(-0.14, -0.06), (-0.1, -0.66), (0.24, -0.02)], "#5a7a94", 5)
    page.stroke([(0.56, -0.22), (0.72, -0.12), (0.84, -0.16)], CRAYONS[3], 6)
    for u, v in ((0.7, -0.08), (0.8, -0.06), (0.78, -0.24)):
        page.ring(u, v, 0.04, CRAYONS[3], full=True)
    page.ring(0.47, -0.2, 0.02, "#2a2a30", full=True)


def _rainbow(page: Page) -> None:
    for i, colour in enumerate(CRAYONS[:6]):
        r = 0.8 - 0.085 * i
        page.stroke([(r * cos(pi + pi * k / 12), 0.42 + r * sin(pi + pi * k / 12)) for k in range(13)], colour, 13)
    page.hatch(-1.0, 0.46, 1.0, 0.88, CRAYONS[3])
    for u in (-0.66, 0.66):
        for k in range(5):
            page.ring(u + 0.1 * (k - 2), 0.42 - 0.05 * (k % 2), 0.1, "#cfe0ea", full=True)


def _yurts(page: Page) -> None:
    page.hatch(-1.0, 0.5, 1.0, 0.88, "#8fbf5a")
    for u, size in ((-0.3, 0.5), (0.55, 0.36)):
        page.fill([(u - size, 0.56), (u - size, 0.56 - size * 0.7), (u, 0.56 - size * 1.5),
            (u + size, 0.56 - size * 0.7), (u + size, 0.56)], "#f2e8d4")  # fmt: skip
        page.stroke([(u - size, 0.56), (u - size, 0.56 - size * 0.7), (u, 0.56 - size * 1.5),
            (u + size, 0.56 - size * 0.7), (u + size, 0.56)], "#a8543a", 5)  # fmt: skip
        page.hatch(u - size, 0.56 - size * 0.74, u + size, 0.56 - size * 0.6, CRAYONS[0])
        page.fill([(u - 0.12 * size * 2, 0.56), (u - 0.24 * size, 0.56 - size * 0.5),
            (u + 0.24 * size, 0.56 - size * 0.5), (u + 0.24 * size, 0.56)], "#a8543a")  # fmt: skip
    _sun(page, 0.66, -0.62)
    page.stroke([(-0.9, -0.5), (-0.7, -0.6), (-0.5, -0.5), (-0.3, -0.6), (-0.1, -0.5)], CRAYONS[4], 9)
