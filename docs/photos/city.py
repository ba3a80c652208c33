"""A town and its visitors: Tashkent, students on an open day, a foyer."""

from land import bare_tree, clouds, haze, mountains, stars, tree, water
from people import Look, bust, standing
from rooms import FLAGS, chair_back, flag, lamp, plant, table_front, wall
from sheet import Sheet, across, mix, smooth

YOUNG = (
    Look(suit="#2f6f86", shirt="#f4f1ea", tie="", skin="#d9a883", hair="#1f1714"),
    Look(suit="#b5563f", shirt="#fbf3e4", tie="", skin="#e6bb9a", hair="#3a241a", cut="long"),
    Look(suit="#4f6a3f", shirt="#f2ecd9", tie="", skin="#c9956f", hair="#17110f", glasses=True),
    Look(suit="#6a4a7a", shirt="#f6eef4", tie="", skin="#dfb08c", hair="#2a1c17", cut="bun"),
    Look(suit="#2a3a56", shirt="#e9eef4", tie="", skin="#d2a07a", hair="#2f2420"),
    Look(suit="#c08a3a", shirt="#fffaf0", tie="", skin="#e3b798", hair="#241a17", cut="long"),
    Look(suit="#3f7f6a", shirt="#f4f1ea", tie="", skin="#cf9c76", hair="#17110f"),
)


def tashkent(sheet: Sheet) -> None:
    """Show Tashkent on a winter evening: domes, lit windows, street lamps, a pool that mirrors the sky."""
    sheet.wash("#1f2d5c", "#4f5490", "#a8708e", "#f0a584", "#f7c890")
    stars(sheet, 300, 60)
    clouds(sheet, 220, 100, "#f0a99a", 9, 0.45)
    mountains(sheet, 560, 150, ("#7a78a8", "#c99aa0"), peaks=5, snow="#f6d9d2", snowline=0.6, shade="#3f3f7a60")
    haze(sheet, 430, 620, "#f4bc94", 0.85)
    rng = sheet.rng
    for _ in range(30):
        x, tall, wide = rng.uniform(-40, 1600), rng.uniform(60, 190), rng.uniform(50, 110)
        _block(sheet, x, 700, wide, tall, rng.choice(("#6f7194", "#7f7890", "#646a92", "#8a7f92")))
    haze(sheet, 540, 700, "#e9ac90", 0.5)
    _tower(sheet, 1260, 700)
    for x, wide, tall, tint in ((90, 120, 330, "#4f5f8c"), (240, 96, 250, "#5f6690"), (1420, 130, 300, "#545f90")):
        _block(sheet, x, 720, wide, tall, tint)
    _madrasa(sheet, 720, 780)
    sheet.box(0, 0, 1600, 800, ("#1a1f4c30", "#3a285048"))
    _lit(sheet)
    for i in range(16):
        bare_tree(sheet, 30 + 104 * i, 806, rng.uniform(90, 140), "#3a3350")
    sheet.box(0, 790, 1600, 1067, ("#8a7690", "#4f4868"))
    sheet.box(0, 806, 1600, 816, "#e9e4f0a0")
    sheet.shape([(260, 850), (1340, 850), (1560, 1030), (40, 1030)], ("#b09cae", "#776c8c"))
    pool = [(300, 862), (1300, 862), (1490, 1012), (110, 1012)]
    with sheet.inside(pool):
        water(sheet, 862, ("#f0ac8a", "#a8708e", "#4a5490", "#2a3668"), "#ffe0b0", 160)
    for i in range(8):
        x = 120 + 194 * i
        _street_lamp(sheet, x, 846 if 300 < x < 1300 else 880, 150)
    for x, tall in ((64, 420), (1545, 440)):
        bare_tree(sheet, x, 1030, tall, "#2a2540")
    _street_lamp(sheet, 200, 1040, 330)
    _street_lamp(sheet, 1400, 1040, 330)


def _lit(sheet: Sheet) -> None:
    """Light the gate and the niches of the madrasa."""
    for x, y, far in ((720, 720, 240), (480, 740, 150), (960, 740, 150), (390, 620, 110), (1050, 620, 110)):
        sheet.glow(x, y, far, "#ffb860", 0.55)


def _street_lamp(sheet: Sheet, x: float, y: float, tall: float) -> None:
    sheet.oval(x, y, tall * 0.35, tall * 0.04, "#ffcf8a", opacity=0.4, blur=5)
    sheet.line([(x, y), (x, y - tall)], max(tall * 0.02, 3), "#2a2540")
    sheet.glow(x, y - tall, tall * 0.75, "#ffca80", 0.8)
    sheet.oval(x, y - tall, tall * 0.05, tall * 0.055, "#fff3d6")


def _block(sheet: Sheet, x: float, y: float, wide: float, tall: float, tint: str) -> None:
    """Build a block of flats or offices with rows of windows, its foot at y."""
    sheet.box(x, y - tall, x + wide, y, across(mix(tint, "#ffffff", 0.25), tint, mix(tint, "#2a3a5a", 0.2)))
    rows, columns = max(int(tall / 18), 2), max(int(wide / 16), 2)
    for row in range(rows):
        for k in range(columns):
            left, top = x + 6 + (wide - 8) * k / columns, y - tall + 8 + (tall - 8) * row / rows
            lit = sheet.rng.random() < 0.42
            sheet.box(left, top, left + 8, top + 10, "#ffd48a" if lit else mix(tint, "#1f2448", 0.45))


def _tower(sheet: Sheet, x: float, y: float) -> None:
    """Raise the television tower with its three legs."""
    for dx in (-62, 0, 62):
        sheet.shape([(x + dx - 7, y), (x + dx + 7, y), (x + dx * 0.1 + 5, y - 330),
            (x + dx * 0.1 - 5, y - 330)], across("#dfe6ec", "#9fb0c0"))  # fmt: skip
    sheet.shape([(x - 13, y), (x + 13, y), (x + 8, y - 430), (x - 8, y - 430)], across("#e9eef2", "#a3b2c1"))
    for level, wide in ((150, 34), (260, 40), (330, 26)):
        sheet.oval(x, y - level, wide, 11, ("#f4f7fa", "#8fa3b6"))
    sheet.line([(x, y - 430), (x, y - 560)], 5, "#b4c0cb")
    for i in range(3):
        sheet.line([(x, y - 440 - 40 * i), (x, y - 460 - 40 * i)], 6, "#d9564a")


def _madrasa(sheet: Sheet, x: float, y: float) -> None:
    """Build a gate with a pointed arch, two minarets and a ribbed turquoise dome."""
    brick = across("#f0d6a8", "#dcb880", "#b9925c")
    for dx in (-330, 330):
        sheet.box(x + dx - 26, y - 330, x + dx + 26, y, brick)
        for level in (60, 150, 240, 318):
            sheet.box(x + dx - 28, y - level - 12, x + dx + 28, y - level, across("#5fc4cf", "#2a8fa8", "#1f6f8a"))
        _dome(sheet, x + dx, y - 330, 34)
    sheet.box(x - 300, y - 190, x + 300, y, brick)
    sheet.box(x - 300, y - 200, x + 300, y - 184, across("#5fc4cf", "#2a8fa8", "#1f6f8a"))
    for i in range(8):
        at = x - 264 + 66 * i + (33 if i > 3 else 0)
        _niche(sheet, at, y - 10, 44, 140)
    sheet.box(x - 74, y - 330, x + 74, y - 240, across("#6fd0d8", "#2f96ac", "#1f6f8a"))
    _dome(sheet, x, y - 320, 110)
    sheet.box(x - 120, y - 300, x + 120, y, brick)
    sheet.box(x - 120, y - 312, x + 120, y - 296, across("#5fc4cf", "#2a8fa8", "#1f6f8a"))
    sheet.box(x - 104, y - 286, x + 104, y, across("#3fa8b8", "#2a86a0", "#1f6884"))
    for i in range(9):
        for k in range(12):
            px, py = x - 96 + 24 * i, y - 276 + 24 * k
            sheet.shape([(px, py - 8), (px + 8, py), (px, py + 8), (px - 8, py)],
                ("#f6e9c8", "#7fd4d9", "#f0c25a")[(i + k) % 3], opacity=0.8)  # fmt: skip
    _niche(sheet, x, y, 140, 240)


def _niche(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    half = wide / 2
    for grow, paint in ((7, ("#f6e9c8", "#e0c490")), (0, ("#8a6238", "#5f4024"))):
        w, top = half + grow, y - tall - grow
        arch = [(x - w, y), (x - w, y - tall * 0.58), (x - w * 0.72, y - tall * 0.82), (x, top),
            (x + w * 0.72, y - tall * 0.82), (x + w, y - tall * 0.58), (x + w, y)]  # fmt: skip
        sheet.shape(arch, paint)


def _dome(sheet: Sheet, x: float, y: float, size: float) -> None:
    bulb = smooth([(x - size * 0.86, y), (x - size, y - size * 0.5), (x - size * 0.66, y - size * 1.05),
        (x, y - size * 1.5), (x + size * 0.66, y - size * 1.05), (x + size, y - size * 0.5),
        (x + size * 0.86, y)], closed=False)  # fmt: skip
    sheet.shape(bulb, across("#8fe0e4", "#3fb4c4", "#2a93ac", "#1a6a88"))
    with sheet.inside(bulb):
        for i in range(-4, 5):
            rib = [(x + i * size * 0.2, y), (x + i * size * 0.24, y - size * 0.5), (x, y - size * 1.5)]
            sheet.line(smooth(rib, closed=False), max(size * 0.035, 1.2), "#1a6a88", opacity=0.5)
    sheet.line([(x, y - size * 1.48), (x, y - size * 1.78)], max(size * 0.04, 2), "#d9b25a")
    sheet.oval(x, y - size * 1.66, size * 0.06, size * 0.06, "#e9c86a")


def _glass_hall(sheet: Sheet) -> None:
    """Paint a bright hall with a wall of glass and trees outside."""
    sheet.wash("#cfe4f2", "#e9f1ee", "#dfe6d4")
    for i in range(12):
        tree(sheet, 60 + 140 * i, 690, sheet.rng.uniform(220, 340), sheet.rng.choice(("#7fb068", "#6a9f60", "#94b872")))
    sheet.soften(7)
    sheet.box(0, 0, 1600, 700, ("#ffffff70", "#ffffff30"))
    for x in range(0, 1700, 200):
        sheet.box(x - 6, 0, x + 6, 700, across("#f7f9fa", "#b4c2ca"))
    for y in (40, 330):
        sheet.box(0, y, 1600, y + 9, "#e4ebee")
    sheet.box(0, 690, 1600, 1067, ("#e4ddd0", "#c4b8a4", "#a89a84"))
    for i in range(8):
        x = 100 + 200 * i
        sheet.shape([(x - 60, 700), (x + 60, 700), (x + (x - 800) * 0.7 + 110, 1067),
            (x + (x - 800) * 0.7 - 110, 1067)], ("#ffffff50", "#ffffff10"), blur=6)  # fmt: skip


def students(sheet: Sheet) -> None:
    """Show students in a hall, notebooks before them, who look towards a speaker."""
    wall(sheet, 1067, ("#d9e2e4", "#c2cfd2", "#93a5aa"), panels=10, line="#00000012")
    for x in (200, 800, 1400):
        sheet.glow(x, -30, 520, "#fff2d4", 0.7)
        sheet.box(x - 120, 36, x + 120, 48, "#fffaf0", radius=6)
    sheet.soften(5)
    rows = (
        (210, 62, (150, 420, 690, 960, 1230, 1490), (3, 0, 1, 4, 2, 6)),
        (400, 86, (30, 360, 700, 1040, 1390), (6, 5, 4, 3, 0)),
        (650, 122, (190, 640, 1080, 1500), (1, 0, 5, 2)),
    )
    for y, unit, places, who in rows:
        for x, one in zip(places, who, strict=True):
            chair_back(sheet, x, y - unit * 0.35, unit * 2.5, unit * 2.4, "#2f6f7a")
            bust(sheet, x, y, unit, YOUNG[one], turn=0.75)
        desk = y + unit * 1.75
        table_front(sheet, -80, 1680, desk, unit * 0.42, desk + unit * 3, "#b98a5e")
        for i, x in enumerate(places):
            _notebook(sheet, x, desk + unit * 0.36, unit, ("#e0a23f", "#c4574f", "#3f8fa6", "#5f9a5a")[i % 4])


def _notebook(sheet: Sheet, x: float, y: float, unit: float, cover: str) -> None:
    """Lay an open notebook and a pen on a desk."""
    wide, deep = unit * 0.8, unit * 0.26
    sheet.shape([(x - wide, y + 3), (x + wide, y + 3), (x + wide * 0.9, y - deep), (x - wide * 0.9, y - deep)], cover)
    for sign in (-1, 1):
        near, far = x + sign * wide * 0.94, x + sign * wide * 0.85
        sheet.shape([(x, y), (near, y - 2), (far, y - deep), (x, y - deep * 0.94)], across("#ffffff", "#efe9dc"))
        for i in range(3):
            level = y - deep * (0.25 + 0.22 * i)
            sheet.line([(x + sign * wide * 0.12, level), (x + sign * wide * 0.75, level)], 1.5, "#a9b3bb")
    sheet.line([(x + wide * 1.1, y - deep * 0.1), (x + wide * 1.35, y - deep * 0.9)], unit * 0.06, "#2f4f6a")


def foyer(sheet: Sheet) -> None:
    """Show visitors in a bright foyer with seven flags and a staircase."""
    _glass_hall(sheet)
    for i, colours in enumerate(FLAGS):
        flag(sheet, 500 + 92 * i, 330, 730, colours, wide=66)
    sheet.soften(1.5)
    for x in (200, 800):
        lamp(sheet, x, 110, 38, "#ffe6bc")
    _stand(sheet, 60, 420, ("#1f6f86", "#e0913f", "#7fb59a"))
    _stairs(sheet)
    plant(sheet, 460, 800, 230)
    plant(sheet, 1130, 800, 220)
    for x, y, unit, who, turn in ((210, 960, 62, 0, 0.8), (400, 990, 64, 1, -0.8), (1260, 985, 64, 2, 0.6),
        (1430, 955, 61, 3, -0.6)):  # fmt: skip
        sheet.oval(x, y + 6, 90, 12, "#3a2f1a60", blur=6)
        standing(sheet, x, y, unit, YOUNG[who], turn=turn)
    for x, y, unit, who, turn in ((600, 900, 54, 4, 0.7), (740, 914, 55, 5, -0.7)):
        sheet.oval(x, y + 6, 84, 11, "#3a2f1a60", blur=6)
        standing(sheet, x, y, unit, YOUNG[who], turn=turn)


def _stairs(sheet: Sheet) -> None:
    """Build a staircase that rises to the right, with a glass balustrade."""
    sheet.box(1540, 300, 1600, 900, ("#efe9dc", "#cfc4b0"))
    steps = 15
    for i in range(steps):
        x, y = 1190 + 28 * i, 886 - 39 * i
        sheet.shape([(x, y), (1620, y), (1620, y + 40), (x, y + 40)], ("#d9cdb8", "#b9a98f"))
        sheet.box(x - 4, y - 7, 1620, y + 2, "#f7f1e4")
    low, high = (1176, 880), (1620, 262)
    sheet.shape([low, high, (high[0], high[1] - 130), (low[0], low[1] - 130)], "#bfe0ea66")
    for i in range(6):
        x, y = 1176 + 84 * i, 880 - 117 * i
        sheet.line([(x, y), (x, y - 130)], 6, across("#eef2f4", "#9aa8b0"))
    sheet.line([(low[0] - 6, low[1] - 130), (high[0], high[1] - 130)], 13, ("#c99a64", "#8a5f38"))


def _stand(sheet: Sheet, x: float, y: float, tints: tuple[str, str, str]) -> None:
    """Put up a board with pictures."""
    for dx in (24, 256):
        sheet.box(x + dx, y + 300, x + dx + 12, y + 420, "#8a949c")
        sheet.oval(x + dx + 6, y + 420, 36, 7, "#78828a")
    sheet.box(x, y, x + 290, y + 310, ("#ffffff", "#eef1f0"), radius=4)
    sheet.box(x, y, x + 290, y + 34, tints[0], radius=4)
    for i in range(4):
        left, top = x + 18 + 134 * (i % 2), y + 52 + 126 * (i // 2)
        sheet.box(left, top, left + 120, top + 82, (mix(tints[i % 3], "#ffffff", 0.6), tints[i % 3]))
        sheet.shape([(left, top + 82), (left + 40, top + 34), (left + 66, top + 62), (left + 90, top + 26),
            (left + 120, top + 82)], "#ffffff66")  # fmt: skip
        sheet.box(left, top + 92, left + 96, top + 98, "#b9c2c6")
        sheet.box(left, top + 104, left + 70, top + 109, "#cfd6d8")
