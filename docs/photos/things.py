"""Things from near by: charts on paper, a microscope, a headset, children's drawings, the Nowruz table."""

from math import cos, sin, tau

from sheet import Point, Sheet, across, mix, smooth


def _cup(sheet: Sheet, x: float, y: float, size: float, tint: str, drink: str) -> None:
    """Put a cup on its saucer, seen from above."""
    sheet.oval(x + 10, y + 14, size * 1.5, size * 1.5, "#00000050", blur=12)
    sheet.oval(x, y, size * 1.5, size * 1.5, (mix(tint, "#ffffff", 0.5), mix(tint, "#000000", 0.08)))
    sheet.oval(x, y, size * 1.2, size * 1.2, (mix(tint, "#000000", 0.1), mix(tint, "#ffffff", 0.3)))
    sheet.line(smooth([(x + size * 0.7, y - size * 0.2), (x + size * 1.35, y - size * 0.5),
        (x + size * 1.3, y - size * 0.9)], closed=False), size * 0.2, tint)  # fmt: skip
    sheet.oval(x, y, size, size, (mix(tint, "#ffffff", 0.6), tint))
    sheet.oval(x, y, size * 0.86, size * 0.86, (mix(drink, "#000000", 0.3), drink))
    sheet.oval(x - size * 0.25, y - size * 0.3, size * 0.35, size * 0.2, "#ffffff40", blur=6)


def charts(sheet: Sheet) -> None:
    """Show charts on paper on a desk, with a pencil, glasses and coffee."""
    sheet.wash("#d8b58c", "#c49a6c", "#a87d52")
    for i in range(46):
        y = i * 24 + sheet.rng.uniform(-8, 8)
        grain = smooth([(x, y + 5 * sin(x / 210 + i)) for x in range(-20, 1680, 90)], closed=False, steps=4)
        sheet.line(grain, sheet.rng.uniform(1, 3), "#7a5230", opacity=sheet.rng.uniform(0.04, 0.16))
    sheet.glow(300, 0, 1100, "#fff3d6", 0.5)
    for corners, draw in (
        (((150, 330), (790, 200), (930, 880), (290, 1010)), _bars), (((860, 120), (1450, 210), (1340, 920),
        (750, 830)), _curves),
    ):  # fmt: skip
        sheet.shape([(x + 14, y + 18) for x, y in corners], "#2a180c70", blur=14)
        sheet.shape(corners, ("#ffffff", "#f3efe6"))
        draw(sheet, Leaf(*corners))
    _cup(sheet, 1420, 860, 92, "#f0ece4", "#6a3f22")
    sheet.line([(646, 974), (1010, 1004)], 20, "#2a180c50", blur=6)
    sheet.line([(640, 960), (1000, 990)], 18, ("#f2c24a", "#d99a2a"))
    sheet.shape([(1000, 981), (1000, 999), (1046, 994)], "#efd3a8")
    sheet.shape([(1032, 990), (1034, 996), (1048, 994)], "#2a2a30")
    sheet.line([(612, 957), (640, 960)], 18, "#d9706a")
    _glasses(sheet, 250, 180)


class Leaf:
    """A sheet of paper that lies askew: turns shares of its width and height into points."""

    def __init__(self, top_left: Point, top_right: Point, low_right: Point, low_left: Point) -> None:
        self.corners = top_left, top_right, low_right, low_left

    def __call__(self, *points: Point) -> list[Point]:
        """Return points of the picture."""
        (ax, ay), (bx, by), _, (dx, dy) = self.corners
        return [(ax + (bx - ax) * u + (dx - ax) * v, ay + (by - ay) * u + (dy - ay) * v) for u, v in points]

    def disc(self, u: float, v: float, radius: float, start: float = 0, end: float = 1) -> list[Point]:
        """Return a sector around a point, as wide as its share of the paper."""
        rim = [tau * (start + (end - start) * i / 40) for i in range(41)]
        return self((u, v), *((u + radius * cos(a), v + radius * 0.93 * sin(a)) for a in rim))


def _bars(sheet: Sheet, leaf: Leaf) -> None:
    sheet.line(leaf((0.1, 0.09), (0.52, 0.09)), 13, "#2f4f6a")
    sheet.line(leaf((0.1, 0.14), (0.38, 0.14)), 6, "#a9b3bb")
    for i in range(5):
        sheet.line(leaf((0.1, 0.24 + 0.08 * i), (0.9, 0.24 + 0.08 * i)), 1.5, "#dfe1e0")
    for i, tall in enumerate((0.12, 0.2, 0.16, 0.27, 0.23, 0.34)):
        u = 0.13 + 0.13 * i
        sheet.shape(leaf((u, 0.58), (u, 0.58 - tall), (u + 0.05, 0.58 - tall), (u + 0.05, 0.58)),
            ("#2f9aa6", "#1f6f86"))  # fmt: skip
        sheet.shape(leaf((u + 0.05, 0.58), (u + 0.05, 0.58 - tall * 0.7), (u + 0.1, 0.58 - tall * 0.7),
            (u + 0.1, 0.58)), ("#f2b45a", "#e0913f"))  # fmt: skip
    sheet.line(leaf((0.1, 0.58), (0.92, 0.58)), 3, "#5a6670")
    at = 0.0
    for share, tint in ((0.36, "#1f6f86"), (0.24, "#e0913f"), (0.22, "#7fb59a"), (0.18, "#c4574f")):
        sheet.shape(leaf.disc(0.28, 0.78, 0.16, at, at + share), tint)
        at += share
    sheet.shape(leaf.disc(0.28, 0.78, 0.075), "#faf8f2")
    for i in range(4):
        sheet.line(leaf((0.56, 0.7 + 0.05 * i), (0.86 - 0.06 * (i % 2), 0.7 + 0.05 * i)), 5, "#b4bcc2")


def _curves(sheet: Sheet, leaf: Leaf) -> None:
    sheet.line(leaf((0.1, 0.08), (0.6, 0.08)), 13, "#2f4f6a")
    for i in range(5):
        sheet.line(leaf((0.1, 0.18 + 0.08 * i), (0.9, 0.18 + 0.08 * i)), 1.5, "#dfe1e0")
    heights = ((0.42, 0.36, 0.39, 0.28, 0.3, 0.2, 0.17), (0.46, 0.44, 0.38, 0.4, 0.34, 0.35, 0.29))
    for tint, line in zip(("#1f6f86", "#e0913f"), heights, strict=True):
        course = [(0.11 + 0.13 * i, v) for i, v in enumerate(line)]
        curve = smooth(course, closed=False)
        sheet.shape(leaf(*curve, (0.89, 0.51), (0.11, 0.51)), (tint + "50", tint + "08"))
        sheet.line(leaf(*curve), 6, tint)
        for point in leaf(*course):
            sheet.oval(*point, 8, 8, "#ffffff")
            sheet.oval(*point, 5, 5, tint)
    sheet.line(leaf((0.1, 0.51), (0.92, 0.51)), 3, "#5a6670")
    for i in range(7):
        sheet.line(leaf((0.1, 0.6 + 0.035 * i), (0.9 - 0.09 * (i % 3), 0.6 + 0.035 * i)), 5, "#b9c0c6")
    for i, wide in enumerate((0.5, 0.36, 0.62)):
        sheet.line(leaf((0.1, 0.87 + 0.035 * i), (0.1 + wide, 0.87 + 0.035 * i)), 10,
            ("#7fb59a", "#c4574f", "#f2b45a")[i])  # fmt: skip


def _glasses(sheet: Sheet, x: float, y: float) -> None:
    for dx, dy, tint in ((10, 14, "#2a180c40"), (0, 0, "#2b2a30")):
        for at in (x - 78, x + 78):
            ring = [(at + dx + 62 * cos(tau * i / 40), y + dy + 52 * sin(tau * i / 40)) for i in range(41)]
            sheet.line(ring, 9, tint, blur=4 if dx else 0)
        sheet.line(smooth([(x - 18 + dx, y - 8 + dy), (x + dx, y - 20 + dy),
            (x + 18 + dx, y - 8 + dy)], closed=False), 8, tint)  # fmt: skip
        for sign in (-1, 1):
            sheet.line([(x + sign * 136 + dx, y - 14 + dy), (x + sign * 120 + dx, y - 130 + dy)], 8, tint)
    for at in (x - 78, x + 78):
        sheet.oval(at, y, 56, 47, "#d9ecf455")


def laboratory(sheet: Sheet) -> None:
    """Show a laboratory bench with a microscope, flasks and test tubes."""
    sheet.wash("#e4eef2", "#cfdfe6", "#b4c9d2")
    for i in range(4):
        x = 60 + 390 * i
        sheet.box(x, 60, x + 330, 470, ("#f7fbfc", "#e4eef1"), radius=4)
        for row in range(2):
            level = 250 + 190 * row
            sheet.box(x + 10, level, x + 320, level + 10, "#a9bcc6")
            for k in range(6):
                tall, at = sheet.rng.uniform(50, 120), x + 26 + 50 * k
                tint = sheet.rng.choice(("#8fc0d0", "#c98a5a", "#e9d49a", "#9ac0a4", "#b9a0c8"))
                sheet.box(at, level - tall, at + 34, level, across(mix(tint, "#ffffff", 0.4), tint), radius=6)
                sheet.box(at + 6, level - tall - 16, at + 28, level - tall + 2, "#5a6a74", radius=3)
    sheet.soften(6)
    sheet.glow(420, 120, 700, "#ffffff", 0.6)
    sheet.box(0, 780, 1600, 1067, ("#f4f6f7", "#c9d3d8"))
    sheet.box(0, 776, 1600, 790, "#ffffff")
    sheet.box(0, 960, 1600, 1067, ("#9fb3bd", "#7d939e"))
    _microscope(sheet, 560, 900)
    for x, y, size, tint in ((990, 890, 150, "#3fa0b4"), (1180, 920, 118, "#f0a94a")):
        _flask(sheet, x, y, size, tint)
    _tubes(sheet, 1280, 890)
    _dish(sheet, 240, 910, 96, "#8fd0b4")
    _dish(sheet, 330, 940, 70, "#f2b9a0")


def _microscope(sheet: Sheet, x: float, y: float) -> None:
    white, dark = ("#ffffff", "#c4d0d8"), across("#4a5a66", "#2a3640")
    sheet.oval(x + 10, y + 4, 240, 24, "#2a3a4660", blur=10)
    sheet.shape(smooth([(x - 190, y), (x - 180, y - 46), (x - 60, y - 66), (x + 150, y - 66), (x + 190, y - 40),
        (x + 196, y)]), white)  # fmt: skip
    arm = smooth([(x + 60, y - 50), (x + 180, y - 60), (x + 196, y - 260), (x + 150, y - 430), (x + 50, y - 480),
        (x + 20, y - 420), (x + 90, y - 370), (x + 116, y - 240), (x + 90, y - 120)])  # fmt: skip
    sheet.shape(arm, across("#ffffff", "#e4ecf0", "#aab9c3"))
    sheet.box(x - 150, y - 190, x + 110, y - 166, dark, radius=5)
    sheet.box(x - 84, y - 198, x + 6, y - 190, "#bfe6f0")
    sheet.box(x - 60, y - 166, x - 20, y - 110, dark, radius=5)
    sheet.oval(x - 40, y - 74, 50, 14, ("#fff6cf", "#e9d08a"))
    sheet.glow(x - 40, y - 120, 130, "#fff2b8", 0.7)
    tube = [(x - 96, y - 640), (x - 20, y - 664), (x + 40, y - 380), (x - 28, y - 360)]
    sheet.shape(tube, across("#eef3f5", "#ffffff", "#a9b8c2"))
    sheet.shape([(x - 112, y - 690), (x - 26, y - 718), (x - 10, y - 656), (x - 102, y - 630)], dark)
    sheet.box(x - 84, y - 380, x + 50, y - 330, across("#dfe7eb", "#9fb0bb"), radius=10)
    for dx, tall in ((-64, 100), (-14, 74), (30, 60)):
        sheet.box(x + dx - 15, y - 332, x + dx + 15, y - 332 + tall, across("#f4f8fa", "#7f919c"), radius=4)
        sheet.box(x + dx - 15, y - 332 + tall * 0.5, x + dx + 15, y - 332 + tall * 0.6,
            ("#e0913f", "#3fa0b4", "#c4574f")[dx % 3])  # fmt: skip
    for ry, r in ((y - 150, 40), (y - 250, 26)):
        sheet.oval(x + 176, ry, r, r, ("#6a7a86", "#2a3640"))
        sheet.oval(x + 170, ry - 5, r * 0.6, r * 0.6, ("#8f9fab", "#4a5a66"))


def _flask(sheet: Sheet, x: float, y: float, size: float, tint: str) -> None:
    sheet.oval(x, y + 2, size * 0.8, size * 0.1, mix(tint, "#2a3a46", 0.4), blur=8, opacity=0.44)
    glass = smooth([(x - size * 0.16, y - size * 1.7), (x - size * 0.16, y - size),
        (x - size * 0.72, y - size * 0.12), (x - size * 0.6, y), (x + size * 0.6, y),
        (x + size * 0.72, y - size * 0.12), (x + size * 0.16, y - size),
        (x + size * 0.16, y - size * 1.7)], steps=6)  # fmt: skip
    sheet.shape(glass, across("#ffffffc0", "#d5e6ee70", "#ffffffa0"))
    with sheet.inside(glass):
        sheet.box(x - size, y - size * 0.56, x + size, y, (mix(tint, "#ffffff", 0.35), tint), opacity=0.9)
        sheet.oval(x, y - size * 0.56, size * 0.5, size * 0.06, mix(tint, "#ffffff", 0.55))
        for _ in range(9):
            r = sheet.rng.uniform(3, 8)
            sheet.oval(x + sheet.rng.uniform(-0.4, 0.4) * size, y - sheet.rng.uniform(0.05,
                0.45) * size, r, r, "#ffffff66")  # fmt: skip
        sheet.line([(x - size * 0.26, y - size * 0.78), (x - size * 0.56, y - size * 0.16)], 8, "#ffffff90", blur=2)
    sheet.box(x - size * 0.2, y - size * 1.74, x + size * 0.2, y - size * 1.64, "#eef5f8", radius=5)


def _tubes(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x + 130, y + 4, 190, 16, "#2a3a4650", blur=8)
    for i, tint in enumerate(("#c4574f", "#f2b45a", "#7fb59a", "#3fa0b4", "#8f7fc0")):
        at = x + 12 + 56 * i
        sheet.box(at, y - 250, at + 34, y - 20, across("#ffffffd0", "#cfe2eaa0", "#ffffffb0"), radius=17)
        sheet.box(at + 3, y - 110 - 22 * ((i * 3) % 5), at + 31, y - 23, across(mix(tint, "#ffffff", 0.3), tint),
            radius=14)  # fmt: skip
        sheet.box(at - 3, y - 258, at + 37, y - 246, "#f4f9fb", radius=4)
    for level in (y - 180, y - 40):
        sheet.box(x - 14, level, x + 290, level + 22, ("#d9a870", "#a87845"), radius=4)
    for at in (x - 14, x + 272):
        sheet.box(at, y - 200, at + 18, y, across("#d9a870", "#a87845"), radius=3)


def _dish(sheet: Sheet, x: float, y: float, size: float, tint: str) -> None:
    sheet.oval(x, y + size * 0.18, size * 1.05, size * 0.26, "#2a3a4650", blur=6)
    sheet.oval(x, y + size * 0.08, size, size * 0.26, "#d5e4ea")
    sheet.oval(x, y, size, size * 0.26, ("#ffffff", "#e4eff3"))
    sheet.oval(x, y, size * 0.9, size * 0.21, (mix(tint, "#ffffff", 0.4), tint))
    for i in range(7):
        sheet.oval(x + size * 0.6 * cos(i * 2.4) * i / 7, y + size * 0.14 * sin(i * 2.4) * i / 7, size * 0.07,
            size * 0.03, "#ffffffb0")  # fmt: skip


def headset(sheet: Sheet) -> None:
    """Show a headset before a laptop on which a course is open."""
    sheet.wash("#dfe6ea", "#c4d0d8", "#a9b8c4")
    sheet.box(0, 0, 560, 620, ("#f4f9fb", "#dbe8ee"))
    for i in range(6):
        sheet.box(0, 60 + 92 * i, 560, 72 + 92 * i, "#c9d8e0")
    sheet.oval(1420, 330, 130, 190, "#5f9a6a")
    sheet.oval(1320, 400, 110, 150, "#4d8458")
    sheet.box(1300, 500, 1480, 680, across("#f0e9dc", "#c9bca8"), radius=16)
    sheet.soften(14)
    sheet.box(0, 690, 1600, 1067, ("#d9b58a", "#b98a5e", "#96683f"))
    sheet.oval(800, 930, 560, 50, "#3a200c70", blur=18)
    sheet.box(400, 210, 1200, 750, across("#4a525a", "#2a3036"), radius=22)
    sheet.box(424, 234, 1176, 726, ("#f7fafb", "#e2edf1"))
    _course(sheet)
    sheet.shape([(400, 750), (1200, 750), (1310, 930), (290, 930)], ("#c9d0d5", "#aab3ba"))
    sheet.shape([(450, 766), (1150, 766), (1200, 860), (400, 860)], ("#3a4249", "#2a3036"))
    for row in range(4):
        for k in range(13):
            x0 = 446 - 10 * row + (54.6 + 1.4 * row) * k
            sheet.box(x0 + 10, 771 + 22 * row, x0 + 56, 788 + 22 * row, "#59636c", radius=4)
    sheet.shape([(680, 872), (920, 872), (934, 922), (666, 922)], "#9aa4ac")
    sheet.box(290, 930, 1310, 950, ("#dfe4e7", "#8f99a1"), radius=8)
    _phones(sheet, 1240, 940)


def _course(sheet: Sheet) -> None:
    sheet.box(424, 234, 1176, 282, "#0b5c6b")
    sheet.box(444, 250, 600, 266, "#cfe6ea", radius=4)
    sheet.box(444, 304, 880, 560, ("#2f8fa3", "#0b5c6b"), radius=6)
    sheet.shape([(444, 560), (560, 430), (640, 500), (740, 390), (880, 560)], "#ffffff38")
    sheet.oval(770, 380, 34, 34, "#ffe09a")
    sheet.oval(662, 440, 46, 46, "#ffffffd8")
    sheet.shape([(648, 414), (648, 466), (692, 440)], "#0b5c6b")
    for i in range(5):
        y = 310 + 52 * i
        sheet.oval(922, y + 16, 14, 14, "#7fb59a" if i < 3 else "#cfd8dc")
        sheet.box(950, y + 4, 1140 - 24 * (i % 2), y + 14, "#8fa0aa", radius=4)
        sheet.box(950, y + 22, 1070, y + 29, "#c4ced4", radius=3)
    sheet.box(444, 584, 1150, 598, "#d5dfe4", radius=7)
    sheet.box(444, 584, 860, 598, "#e0913f", radius=7)
    for i in range(3):
        sheet.box(444 + 240 * i, 620, 664 + 240 * i, 704, ("#e9f1f3", "#d9e6ea"), radius=6)
        sheet.oval(486 + 240 * i, 662, 24, 24, ("#7fb59a", "#f2b45a", "#c4574f")[i])
        sheet.box(524 + 240 * i, 646, 640 + 240 * i, 656, "#8fa0aa", radius=4)
        sheet.box(524 + 240 * i, 668, 610 + 240 * i, 676, "#b9c6cd", radius=4)


def _phones(sheet: Sheet, x: float, y: float) -> None:
    """Lay the headset beside the laptop."""
    sheet.oval(x, y + 20, 230, 26, "#3a200c80", blur=12)
    band = smooth([(x - 176, y - 110), (x - 150, y - 280), (x, y - 360), (x + 150, y - 280),
        (x + 176, y - 110)], closed=False)  # fmt: skip
    sheet.line(band, 40, ("#3a434b", "#20262c"))
    sheet.line(band, 16, ("#6a7680", "#3a434b"))
    for sign in (-1, 1):
        at = x + sign * 170
        sheet.box(at - 62, y - 160, at + 62, y + 16, across("#2a3138", "#4a555f", "#20262c"), radius=56)
        sheet.box(at - 40, y - 140, at + 40, y - 4, ("#1f8a9c", "#0b5c6b"), radius=38)
        sheet.oval(at - 10, y - 96, 13, 22, "#ffffff40", blur=4)
    sheet.line(smooth([(x - 180, y - 30), (x - 210, y + 40), (x - 120, y + 70),
        (x - 40, y + 50)], closed=False), 10, "#2a3138")  # fmt: skip
    sheet.oval(x - 34, y + 48, 26, 16, "#2a3138")
