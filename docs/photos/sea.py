"""Ships and boats on the Caspian Sea."""

from math import sin

from land import clouds, haze, mountains, sun, water
from sheet import Paint, Sheet, across, mix, smooth


def caspian(sheet: Sheet) -> None:
    """Show ships on the Caspian Sea at sunset."""
    sheet.wash("#27407a", "#7a78ac", "#ee9f86", "#fbd39a", "#fbd39a")
    sun(sheet, 760, 440, 52, "#fff1cc", "#ffc07a")
    clouds(sheet, 150, 90, "#f5b59c", 11, 0.6)
    clouds(sheet, 330, 50, "#fbd0a8", 7, 0.5)
    water(sheet, 500, ("#e8a888", "#a9809a", "#4f5a90", "#22346a"), "#ffe3b4", 420, 0.48)
    _ship(sheet, 1180, 520, 150, "#3a4270")
    _ship(sheet, 330, 510, 90, "#6a6490")
    _ship(sheet, 500, 506, 60, "#8a789a")
    for x, y in ((560, 230), (620, 200), (690, 250), (960, 180), (1020, 214)):
        for sign in (-1, 1):
            sheet.line(smooth([(x, y), (x + sign * 14, y - 10), (x + sign * 30, y - 4)], closed=False), 3, "#3a3f66")
    for i in range(9):
        y = 640 + 34 * i
        wave = [(x, y + 8 * sin(x / (60 + 14 * i) + i * 2) + 2 * sin(x / 17 + i)) for x in range(-10, 1630, 20)]
        sheet.shape([*wave, (1620, y + 60), (-10, y + 60)], (f"#1a2a5c{40 + 4 * i:02x}", "#1a2a5c00"))


def _ship(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a patrol ship from the side, its waterline at y."""
    hull = [(x - size, y), (x - size * 1.06, y - size * 0.2), (x + size * 0.8, y - size * 0.22),
        (x + size * 1.2, y - size * 0.34), (x + size * 0.96, y)]  # fmt: skip
    sheet.shape(hull, (mix(colour, "#ffffff", 0.1), colour))
    sheet.box(x - size * 0.5, y - size * 0.42, x + size * 0.35, y - size * 0.2, mix(colour, "#ffffff", 0.16))
    sheet.box(x - size * 0.2, y - size * 0.62, x + size * 0.2, y - size * 0.4, mix(colour, "#ffffff", 0.1))
    sheet.line([(x - size * 0.05, y - size * 0.6), (x - size * 0.05, y - size * 1.08)], max(size * 0.03, 1.5), colour)
    sheet.line([(x - size * 0.2, y - size * 0.86), (x + size * 0.1, y - size * 0.86)], max(size * 0.02, 1), colour)
    sheet.oval(x, y + 4, size * 1.1, size * 0.05, "#20285a80", blur=3)


def patrol_boat(sheet: Sheet) -> None:
    """Show a patrol boat at speed, close by."""
    sheet.wash("#5f9fd6", "#a6cfe8", "#f3ead6")
    clouds(sheet, 180, 110, "#ffffff", 10, 0.75)
    mountains(sheet, 560, 90, ("#b4bfcb", "#c9cec9"), peaks=5, shade="#7f90a850", jag=0.1)
    haze(sheet, 460, 560, "#eee8da", 0.7)
    water(sheet, 560, ("#8fc0cf", "#3f88a8", "#1f5a80", "#123f62"), "#e9f6f8", 300)
    for i in range(5):
        _swell(sheet, 640 + 50 * i, 10 + 3 * i, 90 + 22 * i, "#1a4f74")
    _boat(sheet)
    _spray(sheet)
    for i in range(4):
        _swell(sheet, 880 + 60 * i, 14 + 4 * i, 150 + 30 * i, "#0f3a5c")


def _swell(sheet: Sheet, y: float, tall: float, long: float, colour: str) -> None:
    wave = [(x, y + tall * sin(x / long * 3 + y) + tall * 0.3 * sin(x / long * 9)) for x in range(-10, 1630, 16)]
    sheet.shape([*wave, (1620, y + 130), (-10, y + 130)], (colour + "90", colour + "00"))
    sheet.line(wave, 2, "#d9eef2", opacity=0.14)


def _boat(sheet: Sheet) -> None:
    white: Paint = ("#ffffff", "#d5dde2")
    sheet.box(640, 470, 1010, 610, white, radius=10)
    sheet.shape([(690, 400), (930, 400), (985, 480), (660, 480)], ("#ffffff", "#dfe5e9"))
    sheet.shape([(716, 418), (800, 418), (800, 468), (704, 468)], ("#24405a", "#5a86a4"))
    sheet.shape([(816, 418), (916, 418), (950, 468), (816, 468)], ("#24405a", "#5a86a4"))
    for x in (690, 770, 850, 930):
        sheet.oval(x, 540, 19, 19, "#b4c0c8")
        sheet.oval(x, 540, 14, 14, ("#24405a", "#4f7a98"))
    sheet.line([(800, 400), (786, 220)], 9, across("#ffffff", "#b5bfc6"))
    sheet.line([(742, 300), (846, 300)], 6, "#d5dde2")
    sheet.box(752, 270, 832, 286, "#f4f6f7", radius=6)
    sheet.oval(786, 216, 8, 8, "#e0483a")
    sheet.line([(900, 400), (930, 300)], 3, "#8f9ba4")
    hull = smooth([(330, 604), (700, 606), (1080, 600), (1330, 560), (1260, 680), (1150, 780), (800, 800),
        (400, 790), (348, 740)], steps=8)  # fmt: skip
    sheet.shape(hull, ("#f6f8f9", "#c9d4db", "#8ea3b2"))
    with sheet.inside(hull):
        sheet.shape([(300, 720), (1400, 700), (1400, 860), (300, 860)], ("#1f4f7c", "#143a60"))
        sheet.shape([(1010, 560), (1070, 560), (980, 860), (920, 860)], "#c9342f")
        sheet.shape([(1084, 560), (1104, 560), (1014, 860), (994, 860)], "#1f4f7c")
    sheet.line([(1010, 590), (1120, 560), (1320, 540)], 4, "#d9e0e4")
    for x, y in ((1040, 585), (1120, 562), (1220, 550), (1310, 542)):
        sheet.line([(x, y), (x + 2, y + 34)], 4, "#d9e0e4")
    sheet.line([(340, 604), (340, 520)], 4, "#d9e0e4")
    for i, x in enumerate((420, 500, 580)):
        sheet.box(x - 26, 566 - 4 * i, x + 26, 606, ("#e9eef1", "#b8c4cc"), radius=5)


def _spray(sheet: Sheet) -> None:
    """Throw up white water at the bow and leave a wake."""
    rng = sheet.rng
    for _ in range(420):
        back = rng.random() ** 0.8
        x = 1230 - 980 * back + rng.gauss(0, 30)
        y = 770 + 46 * back + rng.gauss(0, 14 + 12 * back)
        size = rng.uniform(4, 24)
        sheet.oval(x, y, size * 2.1, size * 0.55, "#ffffff", opacity=rng.uniform(0.2, 0.75), blur=2)
    for _ in range(150):
        x, y, size = 1190 + rng.gauss(0, 46), 782 - abs(rng.gauss(0, 26)), rng.uniform(3, 13)
        sheet.oval(x, y, size, size, "#ffffff", opacity=rng.uniform(0.2, 0.7), blur=3)
