"""Days that are kept: lanterns at dusk, the Nowruz table."""

from math import cos, pi, sin, tau

from land import clouds, haze, mountains, stars, water
from rooms import bouquet
from sheet import Sheet, across, mix, smooth

PAINTS = ("#d9483b", "#f0a03f", "#f2cf4a", "#4fa35a", "#3f8fc4", "#7a5fb0", "#e07fa5")


def lanterns(sheet: Sheet) -> None:
    """Show dozens of paper lanterns that rise above a lake at dusk. An upright picture."""
    sheet.wash("#141c44", "#2b3168", "#5f4a80", "#b06a78", "#eeae80")
    stars(sheet, 700, 170)
    clouds(sheet, 900, 80, "#f0a080", 8, 0.4)
    mountains(sheet, 1120, 240, ("#4a4578", "#9a6a80"), peaks=3, snow="#d9a8b0", snowline=0.5, shade="#221f4e70")
    haze(sheet, 960, 1140, "#e9a080", 0.7)
    water(sheet, 1140, ("#c98a80", "#6a4f80", "#2b2d62", "#171b44"), "#ffc98a", 260)
    rng = sheet.rng
    aloft = [(rng.uniform(30, 1040), rng.uniform(110, 1010) - 60 * near, 13 + 54 * near) for near in _growing(34)]
    afloat = [(rng.uniform(30, 1040), 1180 + 330 * near, 10 + 40 * near) for near in _growing(20)]
    for x, y, size in (*aloft, (250, 500, 92), (760, 320, 104), (560, 790, 84), *afloat):
        _mirrored(sheet, x, 1150 + (1140 - y) * 0.42 if y < 1140 else y + size * 1.1, size)
        _lantern(sheet, x, y, size)
    sheet.box(0, 1440, 1067, 1600, ("#10143200", "#101432a0"))


def _growing(count: int) -> list[float]:
    """Return numbers from 0 to 1, most of them small: how near things are."""
    return [(i / (count - 1)) ** 1.7 for i in range(count)]


def _mirrored(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Break the light of a lantern on the water."""
    sheet.glow(x, y, size * 2.2, "#ff9a4a", 0.35)
    for i in range(7):
        wide = size * (0.7 - 0.08 * i) * sheet.rng.uniform(0.6, 1.1)
        at, level = x + sheet.rng.uniform(-0.14, 0.14) * size, y + size * 0.2 * i
        sheet.oval(at, level, wide, size * 0.05 + 1, "#ffc880", opacity=0.75 - 0.09 * i, blur=1)


def _lantern(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Let a paper lantern glow around (x, y)."""
    sheet.glow(x, y, size * 4.2, "#ff9a4a", 0.75)
    paper = smooth(
        [(x - size * 0.46, y + size), (x - size * 0.72, y - size * 0.3), (x - size * 0.5, y - size * 0.95),
        (x, y - size * 1.1),
         (x + size * 0.5, y - size * 0.95), (x + size * 0.72, y - size * 0.3), (x + size * 0.46, y + size)], steps=6,
    )  # fmt: skip
    sheet.shape(paper, ("#f2803f", "#ffb45a", "#fff0c0"))
    with sheet.inside(paper):
        for dx in (-0.36, 0.05, 0.42):
            sheet.line([(x + dx * size, y - size), (x + dx * size * 0.8, y + size)], size * 0.04,
                "#c45a2a", opacity=0.5)  # fmt: skip
        sheet.oval(x, y + size * 0.7, size * 0.4, size * 0.5, "#fffbe0", blur=size * 0.2)
    sheet.oval(x, y + size * 1.03, size * 0.48, size * 0.1, "#b5582a")


def table(sheet: Sheet) -> None:
    """Show the Nowruz table: sprouted wheat with a ribbon, painted eggs, apples, bread, nuts, tea."""
    sheet.wash("#e9d3b0", "#d9bb90", "#b8925f")
    sheet.box(180, 40, 700, 500, ("#a9d3ee", "#e6f2e6", "#b9d9a0"))
    sheet.box(900, 40, 1420, 500, ("#a9d3ee", "#e6f2e6", "#b9d9a0"))
    for _ in range(120):
        x = sheet.rng.choice((180, 900)) + sheet.rng.uniform(0, 520)
        sheet.oval(x, sheet.rng.uniform(60, 330), 15, 12, sheet.rng.choice(("#fbd5dc", "#f6b9c6", "#fff2f2")))
    for x in (170, 430, 690, 890, 1150, 1410):
        sheet.box(x, 30, x + 20, 530, "#faf3e4")
    sheet.soften(9)
    sheet.glow(800, 200, 900, "#fff6da", 0.4)
    sheet.oval(800, 880, 900, 330, "#5a381880", blur=16)
    sheet.oval(800, 862, 880, 318, "#c9b48f")
    sheet.oval(800, 845, 880, 312, ("#fbf5e8", "#e9dcc4"))
    _cloth(sheet)
    _samovar(sheet, 1200, 720)
    _wheat(sheet, 780, 770, 180)
    for x, y, size, what in ((380, 760, 140, "apples"), (1060, 900, 120, "nuts"), (520, 930, 130, "eggs"),
        (1400, 920, 110, "dates")):  # fmt: skip
        _bowl(sheet, x, y, size, what)
    _bread(sheet, 245, 885, 130)
    for x, y in ((1070, 790), (800, 1000)):
        _bowl(sheet, x, y, 62, "tea")
    for x, y, colour in ((640, 800, "#d9483b"), (690, 830, "#f2cf4a"), (960, 800, "#3f8fc4"), (700, 990, "#7a5fb0"),
        (940, 1010, "#e0762f")):  # fmt: skip
        _egg(sheet, x, y, 34, colour)
    bouquet(sheet, 260, 720, 110, ("#f6b9c6", "#fbd5dc", "#fff2f2"))


def _cloth(sheet: Sheet) -> None:
    """Lay a round embroidered cloth on the table."""
    sheet.oval(800, 848, 770, 262, ("#a8383a", "#8a2a30"))
    sheet.oval(800, 848, 726, 244, ("#c24a44", "#a03238"))
    for i in range(64):
        x, y = 800 + 748 * cos(tau * i / 64), 848 + 253 * sin(tau * i / 64)
        r = 8 + 4 * sin(tau * i / 64)
        sheet.shape([(x - r, y), (x, y - r * 0.8), (x + r, y), (x, y + r * 0.8)], ("#f2cf7a", "#f6efe2")[i % 2])


def _samovar(sheet: Sheet, x: float, y: float) -> None:
    gold = across("#8a5f24", "#f6dc94", "#c9973f", "#7a5220")
    sheet.oval(x, y + 6, 150, 20, "#3a18107a", blur=8)
    sheet.box(x - 82, y - 26, x + 82, y, gold, radius=8)
    sheet.box(x - 42, y - 80, x + 42, y - 20, gold)
    body = [(x - 54, y - 70), (x - 120, y - 200), (x - 110, y - 300), (x - 70, y - 350), (x + 70, y - 350),
        (x + 110, y - 300), (x + 120, y - 200), (x + 54, y - 70)]  # fmt: skip
    sheet.shape(smooth(body), gold)
    sheet.box(x - 88, y - 366, x + 88, y - 340, gold, radius=10)
    sheet.box(x - 34, y - 410, x + 34, y - 360, gold, radius=6)
    sheet.box(x - 48, y - 420, x + 48, y - 404, gold, radius=6)
    sheet.shape(smooth([(x - 50, y - 418), (x - 66, y - 470), (x - 30, y - 500), (x + 30, y - 500),
        (x + 66, y - 470), (x + 50, y - 418)]), across("#f6f1e8", "#ffffff", "#c9c0b0"))  # fmt: skip
    sheet.oval(x, y - 506, 13, 10, "#c24a44")
    for sign in (-1, 1):
        sheet.line(smooth([(x + sign * 112, y - 260), (x + sign * 156, y - 270), (x + sign * 150, y - 320),
            (x + sign * 108, y - 312)], closed=False), 11, gold)  # fmt: skip
    sheet.line([(x - 60, y - 140), (x - 112, y - 120), (x - 116, y - 96)], 17, gold)
    sheet.box(x - 104, y - 156, x - 90, y - 116, gold, radius=4)
    sheet.line(smooth([(x - 84, y - 290), (x - 92, y - 220), (x - 66, y - 140)], closed=False), 12, "#fff8e0",
        opacity=0.6, blur=4)  # fmt: skip


def _wheat(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Set a plate of sprouted wheat, tied with a red ribbon."""
    sheet.oval(x, y + size * 0.3, size * 1.1, size * 0.2, "#3a181080", blur=10)
    sheet.oval(x, y + size * 0.2, size * 1.05, size * 0.26, ("#ffffff", "#d9d2c4"))
    sheet.oval(x, y + size * 0.16, size * 0.9, size * 0.2, "#e9e2d4")
    rng = sheet.rng
    for i in range(520):
        depth = i / 520
        px = rng.uniform(-0.74, 0.74)
        foot = (x + px * size, y + size * (0.1 * (1 - px * px) * (2 * depth - 1) + 0.1))
        tall = size * rng.uniform(0.75, 1.15)
        lean = (px * 0.32 + rng.uniform(-0.14, 0.14)) * size
        tint = mix("#3f8a3a", "#a5d95f", rng.random() * 0.6 + depth * 0.3)
        sheet.line(smooth([foot, (foot[0] + lean * 0.3, foot[1] - tall * 0.6),
            (foot[0] + lean, foot[1] - tall)], closed=False, steps=4), 3.4, tint)  # fmt: skip
    band = smooth([(x - size * 0.84, y - size * 0.22), (x, y - size * 0.04), (x + size * 0.84, y - size * 0.22),
        (x + size * 0.83, y - size * 0.06), (x, y + size * 0.13),
        (x - size * 0.83, y - size * 0.06)], steps=8)  # fmt: skip
    sheet.shape(band, across("#8f1f28", "#e0483f", "#c9302f", "#8f1f28"))
    for sign in (-1, 1):
        sheet.shape(smooth([(x, y + size * 0.04), (x + sign * size * 0.26, y - size * 0.14),
            (x + sign * size * 0.36, y + size * 0.02), (x + sign * size * 0.2, y + size * 0.12)]),
            ("#ee5a4a", "#a82830"))  # fmt: skip
        sheet.shape([(x, y + size * 0.06), (x + sign * size * 0.1, y + size * 0.08),
            (x + sign * size * 0.22, y + size * 0.36), (x + sign * size * 0.1, y + size * 0.34)],
            ("#d93f3a", "#9a2430"))  # fmt: skip
    sheet.oval(x, y + size * 0.05, size * 0.07, size * 0.07, "#c9302f")


def _bowl(sheet: Sheet, x: float, y: float, size: float, what: str) -> None:
    """Set a painted bowl of apples, nuts, eggs, dates or tea."""
    sheet.oval(x, y + size * 0.62, size * 0.9, size * 0.16, "#3a181070", blur=8)
    rim = size * 0.3
    sheet.shape(smooth([(x - size, y), (x - size * 0.8, y + size * 0.4), (x - size * 0.4, y + size * 0.64),
        (x + size * 0.4, y + size * 0.64), (x + size * 0.8, y + size * 0.4), (x + size, y), (x, y + rim)]),
                across("#1f4f8a", "#3f7fc0", "#2a5f9f", "#163a6a"))  # fmt: skip
    sheet.oval(x, y, size, rim, ("#f4f1e8", "#d9e4ee"))
    sheet.oval(x, y + 2, size * 0.92, rim * 0.84, "#1f3f6a" if what != "tea" else "#a85a24")
    for i in range(7):
        at = (i - 3) / 3.6
        px, py = x + at * size * 0.84, y + size * (0.42 - 0.22 * at * at)
        r = size * 0.075
        sheet.shape([(px, py - r), (px + r, py), (px, py + r), (px - r, py)], "#f6f1e4")
    rng = sheet.rng
    if what == "tea":
        sheet.oval(x - size * 0.2, y - 2, size * 0.4, rim * 0.3, "#e0a05a", blur=5)
        return
    count, r, tints = {
        "apples": (9, 0.34, ("#d9483b", "#e0663f", "#b8cf4f", "#c9302f")), "nuts": (34, 0.13,
        ("#b98450", "#9a6a3a", "#d0a068")),
        "eggs": (9, 0.28, PAINTS), "dates": (30, 0.15, ("#7a4424", "#5f3018", "#94582c")),
    }[what]  # fmt: skip
    for i in range(count):
        share = i / max(count - 1, 1)
        px = x + rng.uniform(-0.66, 0.66) * size * (1 - 0.2 * share)
        py = y - size * 0.26 + share * size * 0.28 + rng.uniform(-0.06, 0.06) * size
        tint = tints[i % len(tints)]
        if what == "eggs":
            _egg(sheet, px, py, r * size * 0.8, tint)
        else:
            sheet.oval(px, py, r * size, r * size * 0.92, (mix(tint, "#fff2d0", 0.3), tint, mix(tint, "#000000", 0.3)))
            sheet.oval(px - r * size * 0.3, py - r * size * 0.35, r * size * 0.28, r * size * 0.2, "#ffffff70", blur=2)
    for sign in (-1, 1):
        edge = [(x + size * 0.96 * cos(a), y + rim * 0.92 * sin(a)) for a in (pi * k / 24 for k in range(25))]
        sheet.line(edge, 5 if sign < 0 else 2, "#f4f1e8")


def _egg(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Lay a painted egg."""
    sheet.oval(x + 3, y + size * 0.8, size * 0.9, size * 0.22, "#3a181070", blur=4)
    shell = smooth([(x, y - size * 1.15), (x + size * 0.66, y - size * 0.4), (x + size * 0.8, y + size * 0.3),
        (x, y + size * 0.95), (x - size * 0.8, y + size * 0.3), (x - size * 0.66, y - size * 0.4)])  # fmt: skip
    sheet.shape(shell, across(mix(colour, "#ffffff", 0.35), colour, mix(colour, "#000000", 0.3)))
    with sheet.inside(shell):
        wave = [(x - size + size * 0.25 * i, y + (size * 0.16 if i % 2 else -size * 0.08)) for i in range(9)]
        sheet.line(wave, size * 0.12, "#fff6e0", opacity=0.9)
        for i in range(5):
            sheet.oval(x - size * 0.7 + size * 0.35 * i, y - size * 0.42, size * 0.08, size * 0.08, "#fff6e0")
            sheet.oval(x - size * 0.7 + size * 0.35 * i, y + size * 0.5, size * 0.08, size * 0.08, "#fff6e0")
        sheet.oval(x - size * 0.3, y - size * 0.6, size * 0.2, size * 0.3, "#ffffff60", blur=4)


def _bread(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Lay two rounds of flat bread, stamped and strewn with sesame."""
    for dx, dy in ((size * 0.3, -size * 0.3), (0.0, 0.0)):
        sheet.oval(x + dx, y + dy + size * 0.2, size, size * 0.44, "#3a181070", blur=8)
        sheet.oval(x + dx, y + dy + 9, size, size * 0.46, "#8a5424")
        sheet.oval(x + dx, y + dy, size, size * 0.46, ("#f0c27a", "#c98a44"))
        sheet.oval(x + dx, y + dy, size * 0.7, size * 0.3, ("#c98a44", "#e9b870"))
        for ring in range(3):
            for i in range(6 + 5 * ring):
                turn = tau * i / (6 + 5 * ring)
                reach = size * (0.14 + 0.2 * ring)
                sheet.oval(x + dx + reach * cos(turn), y + dy + reach * 0.43 * sin(turn), 3.6, 2.2, "#7a4a20")
        for _ in range(46):
            turn, reach = sheet.rng.uniform(0, tau), size * sheet.rng.uniform(0.1, 0.92)
            sheet.oval(x + dx + reach * cos(turn), y + dy + reach * 0.44 * sin(turn), 3, 2, "#fff2d4")
