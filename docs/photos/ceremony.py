"""The signing of a memorandum: at the table, the delegations, the handshake, the house."""

from land import clouds, haze, mountains, poplar, tree
from people import Frame, Look, arm, back_view, bust, head, torso
from rooms import FLAGS, bottle, bouquet, chair_back, flag, paper, pennant, table_front, wall
from sheet import Sheet, across, mix

HOST = Look(suit="#1d2b44", tie="#8a2433", hair="#3a3230", cut="short", skin="#d7a680")
GUEST = Look(suit="#2b2d33", tie="#23507a", hair="#6d6a68", cut="thin", skin="#dcae8b", glasses=True)
PETALS = ("#f6f1e8", "#efc9c6", "#f4dda6")
OTHERS = (
    Look(suit="#33415a", tie="#a06a2a", hair="#1e1715", skin="#c9956f"),
    Look(suit="#5a2f3d", shirt="#f3e9e4", tie="", hair="#2a1c17", cut="long", skin="#e0b394"),
    Look(suit="#26303a", tie="#2f6b5a", hair="#4a4442", cut="thin", skin="#d2a07a"),
    Look(suit="#3b3f46", tie="#6b2a4a", hair="#17110f", skin="#cf9c76", glasses=True),
    Look(suit="#2f4a56", shirt="#f7f2ea", tie="", hair="#4a2f22", cut="bun", skin="#e3b798"),
    Look(suit="#1f2430", tie="#8a7a2f", hair="#2b2422", skin="#d9a883"),
)


def _hall(sheet: Sheet, foot: float) -> None:
    """Paint a panelled hall with the flags of seven countries, out of focus."""
    wall(sheet, foot, ("#cdbda4", "#b79f80", "#8a7157"), panels=9)
    for x in (260, 800, 1340):
        sheet.glow(x, -40, 620, "#ffe6b8", 0.7)
    for i, colours in enumerate(FLAGS):
        flag(sheet, 112 + 230 * i, 110, foot - 60, colours, wide=130)
    sheet.soften(4)


def signing(sheet: Sheet) -> None:
    """Let two men in dark suits sign papers at a long table."""
    _hall(sheet, 1067)
    signers = ((505, HOST, 0.35), (1095, GUEST, -0.35))
    for x, look, turn in signers:
        chair_back(sheet, x, 360, 290, 420, "#3a2620")
        bust(sheet, x, 462, 138, look, turn=turn, nod=0.08)
    table_front(sheet, -60, 1660, 748, 120, 1067, "#6b4128")
    for x, look, _ in signers:
        sheet.oval(x, 800, 250, 22, "#2a120880", blur=14)
        sheet.box(x - 168, 776, x + 168, 848, "#5c1f2a", radius=4)
        paper(sheet, x - 80, 844, 152, 64, lean=0.0)
        paper(sheet, x + 80, 844, 152, 64, lean=0.0)
        frame = Frame(sheet, x, 462, 138)
        for sign, wrist in ((1, (0.92, 2.36)), (-1, (-1.0, 2.38))):
            arm(frame, look, ((sign * 1.12, 0.7), (sign * 1.42, 1.7), (sign * 1.38, 2.2), wrist), thick=0.56)
        sheet.line([(x + 58, 812), (x + 88, 742)], 5, ("#20242c", "#caa85a"))
    bouquet(sheet, 800, 800, 130, PETALS)
    for x in (96, 1504):
        bouquet(sheet, x, 806, 120, PETALS)
    for x in (262, 1338):
        bottle(sheet, x, 838)


def delegations(sheet: Sheet) -> None:
    """Let two delegations face each other across a long table: one towards us, one from behind."""
    wall(sheet, 1067, ("#d9d2c4", "#c2b7a3", "#9b8d78"), panels=11)
    for x in (320, 800, 1280):
        sheet.box(x - 130, 40, x + 130, 330, ("#e8f1f6", "#cfe0e8"), radius=2)
        sheet.glow(x, 160, 420, "#f4fbff", 0.8)
    sheet.soften(5)
    for i, look in enumerate((OTHERS[0], OTHERS[1], HOST, OTHERS[3], OTHERS[4])):
        x = 160 + 320 * i
        chair_back(sheet, x, 322, 176, 260, "#2e3b46")
        bust(sheet, x, 392, 88, look, turn=(0.3, -0.3, 0.1, 0.35, -0.4)[i])
    table_front(sheet, -120, 1720, 574, 150, 1067, "#7a5236")
    for i in range(5):
        x = 160 + 320 * i
        paper(sheet, x, 676, 116, 46, lean=0.1)
        bottle(sheet, x + 92, 668)
    for x in (320, 640, 960, 1280):
        bouquet(sheet, x, 640, 60, PETALS)
    for i, colours in enumerate(FLAGS):
        x = 100 + 232 * i
        sheet.line([(x, 596), (x, 672)], 3, "#d9c48a")
        sheet.oval(x, 673, 14, 4, "#3a2a20")
        pennant(sheet, x, 594, colours, wide=42, tall=28)
    for i, look in enumerate((OTHERS[2], GUEST, OTHERS[5], OTHERS[4])):
        x = 130 + 446 * i
        back_view(sheet, x, 800, 152, look)
        chair_back(sheet, x, 950, 360, 300, "#27323c")


def handshake(sheet: Sheet) -> None:
    """Let two men in suits shake hands before the flags."""
    _hall(sheet, 1067)
    host, guest = Frame(sheet, 500, 400, 172), Frame(sheet, 1100, 400, 172, flip=True)
    for frame, look in ((host, HOST), (guest, GUEST)):
        torso(frame, look)
        frame.shape(((-1.5, 1.5), (-0.5, 1.62), (-0.4, 3.2), (-1.42, 3.1)), ("#7d2a35", "#5a1a26"))
        frame.shape(((-1.42, 1.56), (-0.56, 1.68), (-0.54, 1.74), (-1.42, 1.62)), "#d9b25a")
        arm(frame, look, ((-1.1, 0.7), (-1.42, 1.9), (-1.3, 2.6), (-0.92, 2.92)), thick=0.56)
        head(frame, look, turn=0.9)
    for frame, look in ((guest, GUEST), (host, HOST)):
        frame.limb(((1.42, 2.14), (1.56, 2.12)), 0.36, look.shirt)
        frame.limb(((1.13, 0.7), (1.12, 1.9), (1.45, 2.14)), 0.56, mix(look.suit, "#000000", 0.32))
        frame.limb(((1.1, 0.68), (1.09, 1.86), (1.44, 2.11)), 0.52, mix(look.suit, "#000000", 0.08))
    _clasp(host, guest)


def _clasp(host: Frame, guest: Frame) -> None:
    """Draw the clasped hands between them."""
    ours, theirs = HOST.skin, GUEST.skin
    dark = mix(ours, "#5a2a1a", 0.3)
    guest.limb(((1.55, 2.12), (1.85, 2.1)), 0.34, mix(theirs, "#5a2a1a", 0.1))
    host.limb(((1.55, 2.12), (1.84, 2.12)), 0.33, ours)
    for i in range(4):
        y = 2.0 + 0.085 * i
        host.limb(((1.78, y), (1.98 - 0.02 * i, y + 0.04)), 0.095, dark)
        host.limb(((1.78, y - 0.01), (1.975 - 0.02 * i, y + 0.03)), 0.08, mix(ours, "#ffffff", 0.06))
    guest.limb(((1.62, 2.0), (1.82, 1.92)), 0.1, theirs)
    host.limb(((1.62, 2.02), (1.8, 1.93)), 0.1, mix(ours, "#ffffff", 0.05))


def headquarters(sheet: Sheet) -> None:
    """Show the house of the centre at dusk, its windows lit, mountains behind."""
    sheet.wash("#23345e", "#5d6694", "#d39a8c", "#f3c79a")
    clouds(sheet, 120, 80, "#f0b3a0", 8, 0.3)
    crest = (
        (-120, 520),
        (150, 250),
        (420, 420),
        (690, 170),
        (900, 380),
        (1180, 130),
        (1420, 420),
        (1560, 300),
        (1800, 520),
    )
    mountains(sheet, 600, 480, ("#6b7399", "#9a8ca4"), shade="#39426e80", snow="#f0d9d8", snowline=0.5, turns=crest)
    haze(sheet, 300, 640, "#e8b9a4", 0.75)
    for i in range(30):
        poplar(sheet, 20 + 56 * i, 700, sheet.rng.uniform(110, 210), "#3a4a58")
    haze(sheet, 520, 720, "#d9a898", 0.35)
    _facade(sheet)
    sheet.box(0, 850, 1600, 1067, ("#6a6472", "#3a3a4a"))
    sheet.shape([(640, 850), (960, 850), (1250, 1067), (350, 1067)], ("#a2917f", "#6d6260"))
    for x in range(330, 1300, 94):
        sheet.oval(x, 872, 44, 10, "#ffcf8a", blur=10, opacity=0.45)
    for i, colours in enumerate(FLAGS):
        x = (40, 112, 184, 1376, 1434, 1492, 1550)[i] - 26
        sheet.line([(x, 480), (x, 900)], 4, across("#f0e6da", "#8a8694"))
        pennant(sheet, x, 486, colours)
    for x, size in ((40, 330), (1560, 350)):
        tree(sheet, x, 930, size, "#2f4a48")
    for x in (300, 470, 1130, 1300):
        sheet.oval(x, 905, 90, 26, "#24383a", blur=1)
        sheet.oval(x - 14, 896, 66, 18, "#33504a", blur=2)
    for x in (420, 1180):
        sheet.line([(x, 930), (x, 760)], 5, "#2a2d3a")
        sheet.glow(x, 752, 150, "#ffdf9e", 0.9)
        sheet.oval(x, 752, 11, 13, "#fff3d6")


def _facade(sheet: Sheet) -> None:
    """Build three storeys with a portico of columns, and light the windows."""
    sheet.box(250, 470, 1350, 860, ("#b9a79c", "#8d7f80"))
    sheet.box(236, 452, 1364, 478, ("#d8c8b8", "#a59690"))
    sheet.box(250, 600, 1350, 608, "#00000022")
    sheet.box(250, 728, 1350, 736, "#00000022")
    for row, y in enumerate((500, 626, 752)):
        for i in range(14):
            _window(sheet, 280 + 76 * i, y, 44, 78, lit=sheet.rng.random() < (0.55, 0.72, 0.85)[row])
    sheet.box(600, 420, 1000, 860, ("#c9b8aa", "#9a8a86"))
    sheet.shape([(580, 430), (800, 352), (1020, 430)], ("#e0d1c0", "#b5a49a"))
    sheet.shape([(640, 420), (800, 366), (960, 420)], "#a8988f")
    sheet.box(580, 428, 1020, 452, "#d9cabb")
    sheet.box(620, 470, 980, 850, ("#5a4a4e", "#ffdf9e", "#ffe9bd"))
    for x in range(628, 972, 56):
        sheet.box(x, 470, x + 3, 850, "#5a4a4a80")
    sheet.box(620, 640, 980, 652, "#8a7a76")
    sheet.box(740, 690, 860, 850, ("#fff0cc", "#ffdd98"))
    sheet.box(798, 690, 802, 850, "#6a5650")
    for x in (608, 700, 874, 966):
        sheet.box(x, 452, x + 28, 850, across("#efe2d2", "#c4b3a5", "#8f8080"))
    sheet.glow(800, 760, 420, "#ffcf8a", 0.55)
    for i in range(4):
        sheet.box(590 - 14 * i, 838 + 10 * i, 1010 + 14 * i, 850 + 10 * i, mix("#d8c5b0", "#7d7078", i / 4))


def _window(sheet: Sheet, x: float, y: float, wide: float, tall: float, *, lit: bool) -> None:
    sheet.box(x - 4, y - 4, x + wide + 4, y + tall + 6, "#d3c3b5")
    sheet.box(x, y, x + wide, y + tall, ("#ffe3a3", "#f7b96a") if lit else ("#5a6a8c", "#38435f"))
    if lit:
        sheet.glow(x + wide / 2, y + tall / 2, wide * 1.5, "#ffc978", 0.35)
    sheet.box(x + wide / 2 - 1.5, y, x + wide / 2 + 1.5, y + tall, "#6a5a58")
    sheet.box(x, y + tall * 0.32, x + wide, y + tall * 0.32 + 3, "#6a5a58")
