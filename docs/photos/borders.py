"""Those who keep the borders: a checkpoint, dogs and their handlers."""

from math import sin

from animals import Placed, leaping_dog, sitting_dog
from land import clouds, fir, forest, grass, haze, mountains, road, sun, tree
from people import Frame, Look, arm, head, torso
from sheet import Sheet, across, mix, smooth

UNIFORM = Look(suit="#3f5a48", shirt="#4f6a56", tie="", skin="#d2a07a", hair="#2a1f1a")


def checkpoint(sheet: Sheet) -> None:
    """Show a checkpoint on a mountain road: canopy, booth, barrier, a lorry that waits."""
    sheet.wash("#6f9fd0", "#aacbe2", "#f6e6cb")
    clouds(sheet, 160, 90, "#ffffff", 8, 0.65)
    mountains(sheet, 560, 340, ("#8c9fbd", "#c6cdd3"), peaks=4, snow="#ffffff", snowline=0.55, shade="#4a5f8c66")
    haze(sheet, 360, 600, "#f2e8d4", 0.75)
    mountains(sheet, 640, 130, ("#86a07c", "#6f9266"), peaks=4, shade="#3a5a4450", jag=0.1)
    forest(sheet, [(0, 650), (420, 640)], 90, "#3f6650", 0.4)
    forest(sheet, [(1180, 640), (1600, 655)], 100, "#3a624c", 0.4)
    sheet.box(0, 640, 1600, 1067, ("#a9b083", "#7d8a5c"))
    road(sheet, ((800, 1140, 1500), (800, 860, 640), (800, 720, 320), (800, 640, 130)), ("#a5a5a8", "#6a6d75"))
    _lorry(sheet, 860, 800)
    for x in (330, 1290):
        sheet.box(x - 15, 400, x + 15, 860, across("#f2f2f0", "#b4b9be", "#8d949c"))
    sheet.box(200, 350, 1420, 416, ("#2f6f8c", "#1f5068"), radius=6)
    sheet.box(200, 350, 1420, 362, "#7fb4c9", radius=6)
    sheet.box(200, 416, 1420, 430, "#00000030", blur=5)
    for x in range(300, 1400, 220):
        sheet.box(x, 398, x + 90, 408, "#fdf3cf", radius=4)
    _booth(sheet, 120, 560)
    sheet.line([(430, 800), (1210, 776)], 17, "#f5f2ec")
    for i in range(7):
        x = 460 + 112 * i
        sheet.line([(x, 800 - (x - 430) * 0.0308), (x + 50, 800 - (x - 380) * 0.0308)], 16, "#c9342f")
    sheet.box(392, 770, 436, 900, across("#f0c83f", "#c9982a"), radius=4)
    sheet.box(1200, 772, 1216, 890, "#8d949c", radius=3)
    for x, y, tall in ((1500, 930, 380), (1580, 990, 320), (30, 700, 180)):
        fir(sheet, x, y, tall, "#2c5642")


def _booth(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x + 110, y + 332, 170, 16, "#00000055", blur=6)
    sheet.box(x, y, x + 220, y + 330, across("#f6f3ec", "#e3ded2", "#c4bfb2"))
    sheet.box(x - 16, y - 22, x + 236, y + 6, ("#33778f", "#235a70"), radius=4)
    sheet.box(x + 20, y + 50, x + 200, y + 170, ("#b5dbe8", "#6fa6bd"), radius=3)
    sheet.shape([(x + 40, y + 170), (x + 110, y + 50), (x + 150, y + 50), (x + 80, y + 170)], "#ffffff55")
    sheet.box(x + 108, y + 50, x + 112, y + 170, "#e9e4d8")
    sheet.box(x, y + 214, x + 220, y + 240, "#33778f")


def _lorry(sheet: Sheet, x: float, y: float) -> None:
    """Park a lorry that faces us, its wheels at y."""
    sheet.oval(x, y + 4, 150, 14, "#00000066", blur=6)
    sheet.box(x - 122, y - 290, x + 122, y - 40, across("#e9e6df", "#ffffff", "#cfcac0"), radius=6)
    sheet.box(x - 104, y - 216, x + 104, y - 26, ("#d9553f", "#a83a2c"), radius=12)
    sheet.box(x - 90, y - 200, x + 90, y - 124, ("#3a4f60", "#8fb4c6"), radius=8)
    sheet.shape([(x - 60, y - 124), (x - 20, y - 200), (x + 10, y - 200), (x - 30, y - 124)], "#ffffff40")
    sheet.box(x - 60, y - 106, x + 60, y - 58, "#5a2018", radius=5)
    for i in range(3):
        sheet.box(x - 52, y - 98 + 13 * i, x + 52, y - 93 + 13 * i, "#c9cdd2")
    for sign in (-1, 1):
        sheet.oval(x + sign * 82, y - 72, 16, 14, ("#fff8e0", "#f2d68a"))
        sheet.box(x + sign * 92 - 18, y - 30, x + sign * 92 + 18, y + 6, "#1d1f24", radius=6)
    sheet.box(x - 104, y - 44, x + 104, y - 24, "#3a3d44", radius=5)


def dog_handler(sheet: Sheet) -> None:
    """Show a handler and her dog at rest on a meadow, in the evening."""
    sheet.wash("#5f86b8", "#c0b9c9", "#f7c99a", "#fbe3b4")
    sun(sheet, 1210, 420, 60, "#fff3d2", "#ffd08a")
    clouds(sheet, 180, 90, "#fde0c4", 8, 0.55)
    mountains(sheet, 640, 250, ("#8a8fb0", "#d6b8ac"), peaks=4, snow="#fdeadb", snowline=0.5, shade="#4a4f8460")
    haze(sheet, 420, 660, "#f9d9b0", 0.8)
    forest(sheet, [(0, 690), (1600, 690)], 120, "#5a6a5c", 0.28)
    haze(sheet, 590, 700, "#f2cfa4", 0.55)
    sheet.box(0, 690, 1600, 1067, ("#b9a85f", "#6f7f3c", "#4c642f"))
    grass(sheet, 720, 960, ("#a89c50", "#86903f", "#c7b469"), 700)
    sheet.oval(700, 1010, 460, 30, "#1f2a1470", blur=14)
    _handler(sheet)
    sitting_dog(sheet, Placed(930, 1010, 360), "#c08a52", "#3a2a22")
    grass(sheet, 960, 1110, ("#7d8a3c", "#a39c4c", "#5c7434"), 320)


def _handler(sheet: Sheet) -> None:
    frame = Frame(sheet, 560, 330, 122)
    trousers = ("#34483c", "#25352d")
    frame.shape(((-1.04, 2.7), (0.02, 2.7), (-0.1, 5.2), (-0.72, 5.2)), trousers)
    frame.shape(((-0.02, 2.7), (1.04, 2.7), (0.78, 5.2), (0.14, 5.2)), trousers)
    for x in (-0.42, 0.46):
        frame.shape(((x - 0.32, 4.9), (x + 0.32, 4.9), (x + 0.42, 5.62), (x - 0.36, 5.62)), ("#2a2421", "#161210"))
    body = Frame(sheet, 560, 330, 108)
    with sheet.inside(body.at((-2, -1), (2, -1), (2, 3.35), (-2, 3.35))):
        torso(body, UNIFORM)
    for x in (-0.78, 0.78):
        body.shape(((x - 0.3, 0.95), (x + 0.3, 0.95), (x + 0.3, 1.5), (x - 0.3, 1.5)), mix(UNIFORM.suit, "#000000",
            0.12))  # fmt: skip
        body.shape(((x - 0.3, 0.95), (x + 0.3, 0.95), (x + 0.3, 1.1), (x - 0.3, 1.1)), mix(UNIFORM.suit, "#000000",
            0.25))  # fmt: skip
    body.shape(((-1.26, 2.82), (1.26, 2.82), (1.26, 3.06), (-1.26, 3.06)), "#2a2420")
    body.shape(((-0.18, 2.8), (0.18, 2.8), (0.18, 3.08), (-0.18, 3.08)), "#c9a94f")
    sheet.line(smooth([(705, 668), (800, 790), (935, 640)], closed=False), 7, "#6a3d24")
    arm(body, UNIFORM, ((-1.12, 0.7), (-1.42, 1.9), (-1.36, 3.0)), thick=0.54)
    arm(body, UNIFORM, ((1.12, 0.7), (1.42, 1.9), (1.36, 2.8)), thick=0.54)
    head(body, UNIFORM, turn=0.8)
    body.shape(((-0.56, -1.1), (0.5, -1.1), (0.5, -1.34), (0.2, -1.52), (-0.3, -1.5), (-0.54, -1.34)),
        ("#4f6a56", "#3a5242"), round_=True)  # fmt: skip
    body.shape(((-0.1, -1.1), (0.5, -1.12), (0.86, -1.0), (0.4, -1.0)), "#2a3a30", round_=True)


def training_ground(sheet: Sheet) -> None:
    """Show a dog that leaps a hurdle on the training ground."""
    sheet.wash("#6aa6dc", "#b4d6ea", "#f8ecd0")
    clouds(sheet, 190, 110, "#ffffff", 9, 0.75)
    mountains(sheet, 560, 240, ("#93a8c8", "#ccd5dc"), peaks=5, snow="#ffffff", snowline=0.6, shade="#50689a60")
    haze(sheet, 390, 600, "#f4ecd8", 0.8)
    for i in range(22):
        tree(sheet, 20 + 74 * i, 650, sheet.rng.uniform(110, 170), sheet.rng.choice(("#5f8f4c", "#4d8048", "#7a9f50")))
    sheet.box(0, 640, 1600, 1067, ("#9cc064", "#76a648", "#578c38"))
    for i in range(8):
        x = 200 * i - 100
        sheet.shape([(x, 1067), (x + 100, 1067), (700 + x * 0.14, 640), (686 + x * 0.14, 640)], "#ffffff12")
    for x in range(0, 1640, 82):
        sheet.box(x, 600, x + 6, 668, "#e9e2d0")
    sheet.box(0, 612, 1600, 617, "#e9e2d0")
    sheet.box(0, 640, 1600, 645, "#e9e2d0")
    _ramp(sheet, 300, 790)
    _tunnel(sheet, 1330, 780)
    sheet.oval(800, 962, 250, 18, "#1f3a1460", blur=10)
    for x in (620, 990):
        sheet.box(x - 14, 700, x + 14, 960, across("#ffffff", "#d6d2c8"), radius=4)
        sheet.box(x - 50, 944, x + 50, 962, "#cfcabf", radius=5)
    for y, colour in ((760, "#d94a3a"), (826, "#f4f1ea"), (892, "#2f7fb4")):
        sheet.line([(620, y), (990, y)], 17, (mix(colour, "#ffffff", 0.3), colour))
    leaping_dog(sheet, Placed(800, 700, 330))
    grass(sheet, 960, 1110, ("#5f9440", "#86b858", "#4a7f34"), 420)


def _ramp(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x, y + 6, 240, 14, "#1f3a1455", blur=7)
    sheet.shape([(x - 230, y), (x, y - 200), (x + 26, y - 200), (x - 190, y)], ("#f0c64a", "#c9932f"))
    sheet.shape([(x, y - 200), (x + 26, y - 200), (x + 240, y), (x + 200, y)], ("#3f8fbf", "#276a96"))
    for i in range(1, 6):
        sheet.line([(x - 230 + 40 * i, y - 34 * i), (x - 196 + 38 * i, y - 34 * i)], 5, "#7a5a24")


def _tunnel(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x, y + 4, 230, 14, "#1f3a1455", blur=7)
    for i in range(12):
        at = x + 160 - 28 * i
        sheet.oval(at, y - 66 + 3 * sin(i), 54, 66, ("#d9553f", "#8f2f28") if i % 2 else ("#f0b04a", "#b5722a"))
    sheet.oval(x - 148, y - 66, 42, 54, "#3a1a18")
