"""Rooms of paper: a reading room, an archive."""

from itertools import pairwise

from sheet import Sheet, across, mix, smooth

SPINES = ("#7a2f35", "#2f4f6a", "#3f6a52", "#b58a4a", "#5a3f5e", "#8a4f2f", "#2a3a4f", "#a5604a", "#6a6f4a", "#c9b58a")


def _shelf(sheet: Sheet, x0: float, x1: float, y: float, tall: float, wood: str) -> None:
    """Fill one shelf with books that stand, and some that lean."""
    rng, x = sheet.rng, x0 + 4
    sheet.box(x0, y - tall - 18, x1, y, (mix(wood, "#000000", 0.62), mix(wood, "#000000", 0.45)))
    while x < x1 - 12:
        thick, high = rng.uniform(11, 27), tall * rng.uniform(0.66, 0.98)
        if rng.random() < 0.06:
            x += rng.uniform(14, 34)
            continue
        thick = min(thick, x1 - 4 - x)
        spine = mix(rng.choice(SPINES), "#e9d9b8", rng.uniform(0, 0.25))
        sheet.box(x, y - high, x + thick, y, across(mix(spine, "#ffffff", 0.2), spine, mix(spine, "#000000",
            0.3)), radius=1.5)  # fmt: skip
        for share in (0.14, 0.2, 0.82):
            if rng.random() < 0.7:
                sheet.box(x + 1, y - high * (1 - share), x + thick - 1, y - high * (1 - share) + 2.5,
                    "#e9cf8a", opacity=0.8)  # fmt: skip
        x += thick + 0.8
    sheet.box(x0 - 4, y, x1 + 4, y + 15, (mix(wood, "#ffffff", 0.25), mix(wood, "#000000", 0.1)))


def reading_room(sheet: Sheet) -> None:
    """Show a reading room: shelves to the ceiling, green lamps, open books."""
    wood = "#7a4f31"
    sheet.wash("#5a3a26", "#3f2819")
    for i, (x0, x1) in enumerate(((30, 380), (420, 780), (820, 1180), (1220, 1570))):
        for row in range(5):
            _shelf(sheet, x0, x1, 150 + 142 * row, 112, wood)
        sheet.box(x0 - 26, 0, x0 - 4, 760, across(mix(wood, "#ffffff", 0.25), wood, mix(wood, "#000000", 0.3)))
        if i == 3:
            sheet.box(x1 + 4, 0, x1 + 30, 760, across(mix(wood, "#ffffff", 0.2), mix(wood, "#000000", 0.3)))
    sheet.soften(1.6)
    sheet.box(0, 0, 1600, 800, ("#1a0f0880", "#1a0f0820"))
    for x in (330, 800, 1270):
        sheet.glow(x, 640, 430, "#ffd98a", 0.6)
    sheet.shape([(-80, 780), (1680, 780), (1760, 1067), (-160, 1067)], ("#a8744a", "#6b4329"))
    sheet.box(0, 774, 1600, 788, "#c9925f")
    for x in (330, 800, 1270):
        _green_lamp(sheet, x, 812)
    for x, tint in ((560, "#2f4f6a"), (1040, "#7a2f35")):
        _open_book(sheet, x, 930, 250, tint)
    for i, tint in enumerate(("#3f6a52", "#b58a4a", "#5a3f5e")):
        sheet.box(110 + 8 * i, 884 - 30 * i, 290 - 6 * i, 914 - 30 * i, across(mix(tint, "#ffffff", 0.15), tint),
            radius=4)  # fmt: skip
        sheet.box(120 + 8 * i, 906 - 30 * i, 288 - 6 * i, 911 - 30 * i, "#efe4cc")
    sheet.line([(1380, 950), (1500, 900)], 8, ("#d9b25a", "#8a6a2f"))


def _green_lamp(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x, y + 6, 64, 12, "#2a180c80", blur=4)
    sheet.oval(x, y, 52, 11, ("#e9cf8a", "#a8843f"))
    sheet.box(x - 6, y - 130, x + 6, y, across("#f4e2a8", "#a8843f"))
    sheet.shape([(x - 110, y - 116), (x + 110, y - 116), (x + 240, y + 60), (x - 240, y + 60)],
        ("#fff0b870", "#fff0b800"), blur=10)  # fmt: skip
    sheet.oval(x, y - 122, 96, 10, "#fff3c4")
    shade = smooth([(x - 104, y - 118), (x - 92, y - 168), (x - 50, y - 192), (x + 50, y - 192), (x + 92, y - 168),
        (x + 104, y - 118), (x, y - 112)])  # fmt: skip
    sheet.shape(shade, ("#4fae7f", "#1f6a4a"))
    sheet.line(smooth([(x - 78, y - 160), (x - 46, y - 180), (x + 10, y - 184)], closed=False), 7, "#c4f0d6",
        opacity=0.6, blur=2)  # fmt: skip


def _open_book(sheet: Sheet, x: float, y: float, wide: float, cover: str) -> None:
    sheet.oval(x, y + 12, wide * 0.6, 16, "#2a180c80", blur=6)
    sheet.shape([(x - wide * 0.56, y + 10), (x - wide * 0.46, y - 86), (x + wide * 0.46, y - 86),
        (x + wide * 0.56, y + 10)], cover)  # fmt: skip
    for sign in (-1, 1):
        page = smooth([(x, y - 84), (x + sign * wide * 0.2, y - 98), (x + sign * wide * 0.44, y - 88)], closed=False)
        foot = smooth([(x + sign * wide * 0.53, y), (x + sign * wide * 0.26, y - 14), (x, y + 4)], closed=False)
        sheet.shape([*page, *foot], across("#fbf5e6", "#e9dec6") if sign < 0 else across("#e4d8be", "#fdf8ec"))
        for i in range(6):
            level = y - 74 + 11 * i
            sheet.line([(x + sign * wide * 0.07, level), (x + sign * wide * (0.38 + 0.012 * i), level - 5)],
                2, "#a89a84")  # fmt: skip


def archive(sheet: Sheet) -> None:
    """Show the aisle of an archive, boxes and folders on both sides."""
    sheet.wash("#dfe3e0", "#b9bfbc", "#8f9896")
    middle, horizon = 800.0, 470.0
    sheet.shape([(0, 1067), (1600, 1067), (930, 620), (670, 620)], ("#a9aaa4", "#6f736f"))
    sheet.shape([(0, 0), (1600, 0), (930, 330), (670, 330)], ("#f2f4f2", "#cfd5d2"))
    sheet.box(670, 330, 930, 620, ("#cfe3ee", "#eef6f8"))
    sheet.glow(800, 460, 520, "#f6fbff", 0.8)
    for side in (-1, 1):
        bays = 7
        for bay in range(bays, 0, -1):
            near, far = 0.16 + 0.84 * (bay / bays) ** 1.9, 0.16 + 0.84 * ((bay - 1) / bays) ** 1.9
            _bay(sheet, middle, horizon, side, near, far)
    for i in range(5):
        share = 0.16 + 0.84 * (i / 5) ** 1.8
        y = horizon - 470 * share
        sheet.box(middle - 190 * share, y + 20 * share, middle + 190 * share, y + 38 * share,
            "#fffbe8", radius=6 * share)  # fmt: skip
        sheet.glow(middle, y + 30 * share, 330 * share, "#fff6d8", 0.5)


def _bay(sheet: Sheet, middle: float, horizon: float, side: int, near: float, far: float) -> None:
    """Draw one bay of shelves in perspective: five shelves of boxes between two uprights."""
    rng = sheet.rng

    def at(share: float, level: float) -> tuple[float, float]:
        return middle + side * 810 * share, horizon + level * share

    sheet.shape([at(far, -500), at(near, -500), at(near, 640), at(far, 640)], ("#8f9a9c", "#6a7476"))
    levels = (-440, -235, -30, 175, 380, 585)
    for top, low in pairwise(levels):
        count = 4
        for i in range(count):
            a = far + (near - far) * (i + 0.06) / count
            b = far + (near - far) * (i + 0.94) / count
            rise = low - (low - top) * rng.uniform(0.6, 0.84)
            tint = rng.choice(("#c9a878", "#b58f62", "#d6bd94", "#7f98a8", "#9a6a52", "#8aa08a"))
            sheet.shape([at(a, rise), at(b, rise), at(b, low), at(a, low)],
                (mix(tint, "#ffffff", 0.18), mix(tint, "#000000", 0.22)))  # fmt: skip
            c, d = a + (b - a) * 0.25, a + (b - a) * 0.75
            mid = rise + (low - rise) * 0.35
            sheet.shape([at(c, mid), at(d, mid), at(d, mid + 36), at(c, mid + 36)], "#f6f1e4")
        sheet.shape([at(far, low), at(near, low), at(near, low + 20), at(far, low + 20)], ("#dfe5e6", "#98a3a6"))
    sheet.shape([at(near, -500), at(near * 0.975, -500), at(near * 0.975,
        640), at(near, 640)], across("#c9d1d3", "#78848a"))  # fmt: skip
