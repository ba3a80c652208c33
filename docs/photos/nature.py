"""Mountains, roads over them, the steppe in spring."""

from math import sin

from animals import Placed, horse
from land import broken, clouds, fir, forest, grass, haze, mountains, road, sun, water
from sheet import Point, Sheet, across, mix, smooth


def lake(sheet: Sheet) -> None:
    """Show a lake between spruces under snowy ranges, in the morning."""
    sheet.wash("#5f8fc0", "#9cc1da", "#f4d9b8", "#f7e2c6")
    sun(sheet, 1180, 330, 46, "#fff6dd", "#ffe2a6")
    clouds(sheet, 170, 90, "#ffffff", 8, 0.55)
    mountains(sheet, 600, 330, ("#9fb6cf", "#cbd3d8"), peaks=4, snow="#ffffff", snowline=0.55, shade="#4f6f9a70")
    haze(sheet, 330, 640, "#f4dfc6", 0.8)
    mountains(sheet, 650, 230, ("#6f8fa6", "#94aab0"), peaks=5, shade="#2f4f6a60", snow="#f2f6f8", snowline=0.25)
    haze(sheet, 480, 680, "#ecdcc8", 0.6)
    mountains(sheet, 690, 130, ("#4f7a72", "#6f9484"), peaks=6, shade="#1f4a4a60")
    water(sheet, 690, ("#9dbdc6", "#4f88a0", "#275a78"), "#fdf3da", 260, 0.7)
    for i in range(5):
        sheet.oval(300 * i + 120, 700, 260, 12, "#e9e2d2", blur=10, opacity=0.6)
    left = smooth([(-40, 720), (180, 740), (420, 800), (560, 900), (470, 1120), (-40, 1120)])
    right = smooth([(1640, 740), (1440, 770), (1290, 850), (1180, 1000), (1230, 1120), (1640, 1120)])
    for bank in (left, right):
        sheet.shape(bank, ("#5d8a54", "#2f5a3c"))
    forest(sheet, [(-20, 760), (240, 790), (430, 860)], 200, "#285647", 0.42)
    forest(sheet, [(1300, 900), (1420, 830), (1620, 790)], 210, "#2c5a48", 0.42)
    for x, y, tall in ((70, 1000, 430), (200, 1060, 340), (1530, 1030, 460), (1400, 1070, 320)):
        fir(sheet, x, y, tall, "#1c4238")


def mountain_road(sheet: Sheet) -> None:
    """Show a road that winds up a green valley."""
    sheet.wash("#7fb0d8", "#b9d6e6", "#f6ead2")
    clouds(sheet, 150, 90, "#ffffff", 9, 0.7)
    mountains(sheet, 520, 380, ("#8fa6c2", "#c2cbd2"), peaks=3, snow="#ffffff", snowline=0.6, shade="#4a628c70")
    haze(sheet, 300, 560, "#f1ead9", 0.75)
    _slope(sheet, ((-60, 400), (300, 470), (640, 560), (900, 600)), ("#7f9f78", "#5c8560"))
    _slope(sheet, ((700, 600), (1000, 540), (1300, 430), (1660, 330)), ("#8aa87a", "#527a55"))
    forest(sheet, [(1180, 560), (1380, 500), (1600, 440)], 110, "#3a6450", 0.5)
    forest(sheet, [(20, 500), (260, 540), (470, 590)], 90, "#41694f", 0.5)
    haze(sheet, 480, 640, "#eef0d8", 0.4)
    _slope(sheet, ((-60, 640), (400, 600), (800, 610), (1200, 620), (1660, 560)), ("#8fb36a", "#55843f", "#3d6a35"))
    grass(sheet, 940, 1090, ("#6f9a45", "#8fb85c", "#4f7f38"), 500)
    road(
        sheet, ((620, 1140, 430), (900, 930, 210), (1060, 800, 110), (880, 722, 62), (700, 676, 38), (800, 640, 22),
        (880, 618, 12)),
        ("#8f9094", "#5d6068"),
    )  # fmt: skip
    for x, y, tall in ((150, 900, 300), (310, 850, 220), (60, 1040, 400), (1480, 900, 330), (1350, 820, 230)):
        fir(sheet, x, y, tall, "#2a5540")
    _boulders(sheet, ((1290, 1000, 70), (1380, 1030, 44), (420, 1010, 40)))


def _slope(sheet: Sheet, crest: tuple[Point, ...], paint: tuple[str, ...]) -> None:
    """Lay a hillside below a line."""
    line = broken(sheet.rng, smooth(crest, closed=False, steps=4), 0.12, 3)
    sheet.shape([*line, (line[-1][0], 1200), (line[0][0], 1200)], paint)


def _boulders(sheet: Sheet, places: tuple[tuple[float, float, float], ...]) -> None:
    for x, y, size in places:
        sheet.oval(x + size * 0.1, y + size * 0.4, size * 1.1, size * 0.16, "#00000050", blur=5)
        rock = [(x - size, y + size * 0.4), (x - size * 0.7, y - size * 0.3), (x, y - size * 0.62),
            (x + size * 0.8, y - size * 0.2), (x + size, y + size * 0.4)]  # fmt: skip
        sheet.shape(rock, ("#b3aea4", "#77746f"))
        sheet.shape([rock[2], rock[3], rock[4], (x + size * 0.2, y + size * 0.4)], "#3a3f4a60")


def mountain_pass(sheet: Sheet) -> None:
    """Show hairpins below a pass, late in the day, with clouds in the valley."""
    sheet.wash("#2f4a7a", "#7f86b4", "#eeb092", "#f9d9a8")
    sun(sheet, 420, 330, 38, "#fff2cf", "#ffcf90")
    clouds(sheet, 140, 70, "#f7c3a8", 9, 0.5)
    mountains(sheet, 520, 330, ("#7e83ad", "#c9a5a6"), peaks=4, snow="#fbe3d6", snowline=0.55, shade="#3a3f7a70")
    haze(sheet, 300, 540, "#f6c8a4", 0.8)
    crest = ((-200, 560), (60, 380), (300, 560), (720, 480), (980, 300), (1240, 130), (1460, 330), (1700, 200),
        (1900, 500))  # fmt: skip
    mountains(sheet, 600, 330, ("#5a6690", "#8b7f92"), turns=crest, snow="#fdeee4", snowline=0.7, shade="#262f5c80")
    haze(sheet, 470, 700, "#eab69a", 0.55)
    _slope(sheet, ((-60, 700), (360, 640), (760, 560), (1000, 520), (1300, 600), (1660, 560)),
        ("#7a7f62", "#4f5a50", "#35423f"))  # fmt: skip
    road(
        sheet, ((240, 960, 130), (760, 860, 104), (1290, 800, 84), (1350, 748, 66), (900, 716, 54), (520, 690, 44),
        (510, 658, 34),
                (820, 630, 27), (1120, 606, 21), (1110, 586, 16), (930, 566, 12), (890, 548, 9), (960, 530, 6)),
        ("#b9a79a", "#84808a"),
    )  # fmt: skip
    for x, y in ((330, 905), (470, 880), (610, 858), (750, 838), (890, 822), (1030, 806), (1170, 790)):
        sheet.box(x, y, x + 9, y + 26, ("#f4ece2", "#c23a34"), radius=2)
    for x, y in ((180, 760), (300, 730), (1500, 700), (1420, 760), (1560, 820), (90, 830)):
        fir(sheet, x, y + 40, 120, "#2c3f42")
    for i in range(6):
        sheet.oval(130 + 90 * i, 640 + 12 * sin(i), 170, 16, "#ffe2cc", blur=12, opacity=0.35)


def tulips(sheet: Sheet) -> None:
    """Show red and yellow tulips on the steppe below the mountains."""
    sheet.wash("#78aede", "#b7d7ea", "#fdebc9")
    clouds(sheet, 180, 100, "#ffffff", 9, 0.75)
    mountains(sheet, 560, 240, ("#8fa4c6", "#c3cede"), peaks=5, snow="#ffffff", snowline=0.6, shade="#54689a60")
    haze(sheet, 380, 590, "#f6ecd6", 0.8)
    for y, paint in ((548, ("#b4c48a", "#9cb873")), (590, ("#9cba68", "#7fa552")), (660, ("#86ab55", "#4f8038"))):
        _slope(sheet, ((-60, y), (400, y - 22), (860, y + 10), (1250, y - 16), (1660, y + 6)), paint)
    rng = sheet.rng
    for i in range(260):
        near = (i / 260) ** 2.2
        y, x = 600 + 330 * near, rng.uniform(-20, 1620)
        sheet.oval(x, y, 2 + 9 * near, 2 + 8 * near, rng.choice(("#d9342f", "#e2503a", "#e9b23a", "#c4262c")))
    grass(sheet, 640, 1110, ("#5f9440", "#7db052", "#467a35"), 700)
    for i in range(34):
        near = i / 33
        x = rng.uniform(0, 1600) if i < 24 else (150, 420, 640, 900, 1130, 1370, 1520, 290, 770, 1250)[i - 24]
        _tulip(sheet, x, 790 + 250 * near + rng.uniform(-14, 14), 46 + 96 * near, rng.choice(("#d8302c", "#e0452f",
            "#c8232c", "#edb53c")))  # fmt: skip


def _tulip(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Grow a tulip with its cup around (x, y)."""
    lean = sheet.rng.uniform(-0.25, 0.25) * size
    sheet.line(smooth([(x, y), (x + lean * 0.3, y + size * 1.3), (x + lean, y + size * 2.8)], closed=False),
        size * 0.09, ("#7fae52", "#3f7434"))  # fmt: skip
    for sign in (-1, 1):
        tip = (x + lean * 0.3 + sign * size * 0.85, y + size * 0.95)
        sheet.shape(smooth([(x + lean * 0.8, y + size * 2.4), (x + lean * 0.5 + sign * size * 0.5, y + size * 1.6),
            tip, (x + lean * 0.5 + sign * size * 0.3, y + size * 1.9)]),
                    across("#6fa24c", "#4a8038"))  # fmt: skip
    dark, light = mix(colour, "#5a0f14", 0.35), mix(colour, "#ffd9a0", 0.3)
    for sign in (-1, 1):
        sheet.shape(smooth([(x, y + size * 0.5), (x + sign * size * 0.5, y + size * 0.2),
            (x + sign * size * 0.42, y - size * 0.62), (x + sign * size * 0.1, y - size * 0.3)]),
                    (light, dark))  # fmt: skip
    sheet.shape(smooth([(x, y + size * 0.55), (x + size * 0.36, y + size * 0.2), (x + size * 0.26, y - size * 0.3),
        (x, y - size * 0.72), (x - size * 0.26, y - size * 0.3), (x - size * 0.36, y + size * 0.2)]),
                (mix(colour, "#ffffff", 0.12), colour, dark))  # fmt: skip
    sheet.line([(x - size * 0.1, y - size * 0.3), (x - size * 0.12, y + size * 0.2)], size * 0.06, "#ffffff40", blur=2)


def steppe(sheet: Sheet) -> None:
    """Show yurts and horses on spring hills."""
    sheet.wash("#6fa8dc", "#aed3ea", "#f7ecd0")
    clouds(sheet, 200, 120, "#ffffff", 11, 0.75)
    mountains(sheet, 540, 200, ("#9db2cf", "#d0d9e0"), peaks=5, snow="#ffffff", snowline=0.65, shade="#5a70a060")
    haze(sheet, 400, 580, "#f4ecd8", 0.85)
    hills: tuple[tuple[tuple[Point, ...], tuple[str, ...]], ...] = (
        (((-60, 560), (300, 500), (700, 560), (1100, 510), (1660, 570)), ("#a9c482", "#8fb46c")),
        (((-60, 600), (500, 630), (900, 570), (1300, 560), (1660, 620)), ("#8fb866", "#6a9a4a")),
        (((-60, 760), (350, 700), (800, 720), (1250, 690), (1660, 760)), ("#86b256", "#4f8439", "#3b6c30")),
    )
    for crest, paint in hills[:2]:
        sheet.shape([*smooth(crest, closed=False), (1660, 1100), (-60, 1100)], paint)
    for x, y, size in ((1010, 612, 74), (1180, 600, 62), (1320, 622, 84)):
        _yurt(sheet, x, y, size)
    crest, paint = hills[2]
    sheet.shape([*smooth(crest, closed=False), (1660, 1100), (-60, 1100)], paint)
    for at, ground, long, coat, flip in ((360, 800, 150, "#6a3b24", 1), (560, 770, 120, "#b98a5a", -1),
        (215, 776, 110, "#3a2a24", 1)):  # fmt: skip
        horse(sheet, Placed(at, ground, long, flip), coat)
    grass(sheet, 800, 1110, ("#5f9a3e", "#7fb552", "#477f34"), 800)
    for _ in range(150):
        near = sheet.rng.random()
        left, foot, petal = sheet.rng.uniform(0, 1600), 830 + 230 * near, 2 + 4 * near
        sheet.oval(left, foot, petal, petal, sheet.rng.choice(("#fdfbf2", "#f2c94a", "#d94a3a", "#b79ad8")))


def _yurt(sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.oval(x + size * 0.2, y, size * 1.3, size * 0.12, "#20301855", blur=5)
    sheet.shape(smooth([(x - size, y - size * 0.62), (x - size * 0.62, y - size * 1.0),
        (x - size * 0.14, y - size * 1.25), (x + size * 0.14, y - size * 1.25), (x + size * 0.62, y - size),
        (x + size, y - size * 0.62)]),
                across("#ffffff", "#e9e2d2", "#bdb5a4"))  # fmt: skip
    sheet.box(x - size, y - size * 0.66, x + size, y, across("#fbf8f0", "#e6dfcf", "#b5ac9a"), radius=6)
    sheet.box(x - size, y - size * 0.68, x + size, y - size * 0.56, across("#c0453a", "#a8382f", "#7f2a26"))
    sheet.box(x - size * 0.2, y - size * 0.56, x + size * 0.2, y, ("#a85a34", "#7a3d24"), radius=2)
    sheet.oval(x, y - size * 1.25, size * 0.17, size * 0.06, "#6a4a3a")
