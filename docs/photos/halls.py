"""Rooms where people work: a workshop, a council, a classroom, a meeting room."""

from ceremony import GUEST, HOST, OTHERS, PETALS
from people import back_view, bust
from rooms import FLAGS, bottle, bouquet, chair_back, lamp, paper, pennant, plant, table_front, wall
from sheet import Sheet, across, mix, smooth


def workshop(sheet: Sheet) -> None:
    """Show a workshop: people before a screen with molecules."""
    wall(sheet, 1067, ("#dfe3e4", "#c6cdd0", "#98a3a8"), panels=12, line="#00000012")
    sheet.glow(800, 330, 900, "#e9f6ff", 0.5)
    sheet.box(424, 84, 1196, 532, "#20282e", radius=8)
    sheet.box(438, 98, 1182, 518, ("#0f4a5c", "#12657a"))
    _molecules(sheet)
    for x in (240, 1360):
        lamp(sheet, x, 150, 30, "#ffe9c4")
    plant(sheet, 130, 700, 250)
    plant(sheet, 1490, 700, 230)
    bust(sheet, 306, 470, 74, OTHERS[4], turn=0.9)
    sheet.box(196, 610, 416, 760, ("#b98a5e", "#8a623e"), radius=6)
    sheet.box(184, 596, 428, 616, "#cfa274", radius=4)
    table_front(sheet, 60, 1540, 700, 60, 900, "#b98f63")
    for x in (210, 500, 790, 1080, 1370):
        paper(sheet, x + 90, 748, 84, 30, lean=0.1)
    looks = (OTHERS[1], OTHERS[3], OTHERS[0], GUEST, OTHERS[4])
    for i, look in enumerate(looks):
        x = 140 + 330 * i
        back_view(sheet, x, 830, 112, look)
        chair_back(sheet, x, 950, 260, 220, "#3f7a86")


def _molecules(sheet: Sheet) -> None:
    """Draw rings and chains of atoms, of no substance in particular."""
    ring = [(0.0, -60.0), (52.0, -30.0), (52.0, 30.0), (0.0, 60.0), (-52.0, 30.0), (-52.0, -30.0)]
    for x, y in ((620, 300), (724, 300), (960, 240)):
        corners = [(x + px, y + py) for px, py in ring]
        sheet.line([*corners, corners[0]], 5, "#d8f3f6")
        for px, py in corners:
            sheet.oval(px, py, 11, 11, ("#ffe09a", "#f0a94a"))
    for a, b in (((776, 270), (860, 230)), ((860, 230), (908, 210)), ((1012, 270), (1090, 316)), ((568, 330),
        (506, 376))):  # fmt: skip
        sheet.line([a, b], 5, "#d8f3f6")
    for x, y, tint in ((860, 230, "#e9705a"), (1090, 316, "#7fd0a0"), (506, 376, "#e9705a")):
        sheet.oval(x, y, 15, 15, (mix(tint, "#ffffff", 0.4), tint))
    for i in range(9):
        tall = (40, 90, 60, 120, 150, 80, 60, 100, 50)[i]
        sheet.box(870 + 30 * i, 484 - tall * 0.7, 888 + 30 * i, 484, ("#8fe0d4", "#3fa0a8"), radius=2)


def council(sheet: Sheet) -> None:
    """Show a council around an oval table, flags before the seats."""
    wall(sheet, 1067, ("#e3d8c6", "#c9b79a", "#7d6a55"), panels=14)
    for i in range(7):
        x = 110 + 230 * i
        sheet.box(x - 76, 60, x + 76, 400, ("#a8c4cf", "#dceaf0"), radius=76)
        sheet.box(x - 3, 60, x + 3, 400, "#e9dfcd")
        sheet.glow(x, 220, 260, "#f4fbff", 0.5)
    sheet.soften(4)
    for x in range(200, 1500, 300):
        lamp(sheet, x, 70, 24)
    looks = (OTHERS[5], OTHERS[1], GUEST, HOST, OTHERS[4], OTHERS[2], OTHERS[3])
    for i, look in enumerate(looks):
        x = 800 + (i - 3) * 196
        y = 440 + abs(i - 3) ** 2 * 7
        chair_back(sheet, x, y - 46, 128, 200, "#5a2a2e")
        bust(sheet, x, y, 66, look, turn=(3 - i) * 0.25)
    sheet.oval(800, 810, 860, 236, "#1a0f0a70", blur=12)
    sheet.oval(800, 792, 860, 236, ("#4f3020", "#3a2418"))
    sheet.oval(800, 770, 860, 232, ("#a8744a", "#7a4f33"))
    sheet.oval(800, 782, 560, 126, ("#5a3826", "#6b452f"))
    sheet.oval(800, 792, 548, 118, ("#f0e6d6", "#cdbfae"))
    for i, colours in enumerate(FLAGS):
        x = 800 + (i - 3) * 196
        y = 612 + abs(i - 3) ** 2 * 8
        sheet.line([(x - 34, y - 74), (x - 34, y)], 3, "#e9d9a8")
        sheet.oval(x - 34, y, 13, 4, "#3a2a20")
        pennant(sheet, x - 34, y - 76, colours, wide=42, tall=28)
        paper(sheet, x + 34, y + 12, 76, 26, lean=0.1, lines=3)
    for x in (560, 800, 1040):
        bouquet(sheet, x, 786, 100, PETALS)
    for x, look in ((250, OTHERS[0]), (1350, OTHERS[1])):
        back_view(sheet, x, 900, 132, look)
        chair_back(sheet, x, 1006, 310, 200, "#5a2a2e")


def classroom(sheet: Sheet) -> None:
    """Show a classroom with screens, learners from behind, a teacher at the board."""
    wall(sheet, 1067, ("#eef0ea", "#dfe2d8", "#b3b8ab"))
    for x in (40, 1330):
        sheet.box(x, 70, x + 230, 480, "#ffffff")
        sheet.box(x + 10, 80, x + 220, 470, ("#8fc3e6", "#cfe8f0", "#a9cf9a"))
        sheet.box(x + 112, 80, x + 118, 470, "#ffffff")
        sheet.box(x + 10, 260, x + 220, 266, "#ffffff")
        sheet.glow(x + 115, 260, 380, "#fdf9e6", 0.5)
    sheet.box(346, 96, 1254, 500, "#b98f63", radius=6)
    sheet.box(360, 110, 1240, 486, ("#2f6a5a", "#27584c"))
    sheet.line(smooth([(420, 400), (460, 330), (510, 350), (560, 230), (600, 200)], closed=False), 6, "#e9f3ea")
    sheet.line([(410, 430), (600, 430)], 4, "#cfe3d6")
    sheet.line([(410, 430), (410, 180)], 4, "#cfe3d6")
    for i, tall in enumerate((70, 120, 95, 160)):
        sheet.box(950 + 58 * i, 430 - tall, 990 + 58 * i, 430, ("#f2d98a", "#e0b45a", "#8fd0c0", "#e99a7a")[i],
            opacity=0.9)  # fmt: skip
    bust(sheet, 680, 450, 76, OTHERS[1], turn=0.4)
    table_front(sheet, 500, 860, 590, 36, 740, "#c79a6a")
    for row, (y, unit, xs) in enumerate(((690, 62, (190, 490, 790, 1090, 1400)), (860, 92,
        (120, 480, 840, 1220, 1560)))):  # fmt: skip
        for i, x in enumerate(xs):
            look = OTHERS[(i * 2 + row) % 6]
            _desk(sheet, x, y - unit * 0.3, unit)
            back_view(sheet, x - unit * 0.1, y, unit, look)
            chair_back(sheet, x - unit * 0.1, y + unit * 1.2, unit * 2.2, unit * 2.2, "#e0a23f" if row else "#3f8fa6")


def _desk(sheet: Sheet, x: float, y: float, unit: float) -> None:
    """Set a desk with a screen that can be seen beside its learner."""
    sheet.box(x - unit * 1.9, y + unit * 0.5, x + unit * 2.2, y + unit * 0.72, ("#e6c79a", "#c79a6a"), radius=3)
    sheet.box(x - unit * 1.8, y + unit * 0.72, x + unit * 2.1, y + unit * 2.4, ("#a87d52", "#7d5a3a"))
    left, top = x + unit * 0.5, y - unit * 0.75
    sheet.box(left + unit * 0.6, top + unit, left + unit * 0.8, y + unit * 0.5, "#4a525a")
    sheet.box(left, top, left + unit * 1.45, top + unit * 1.02, "#2a3138", radius=unit * 0.06)
    sheet.box(left + unit * 0.06, top + unit * 0.06, left + unit * 1.39, top + unit * 0.94, ("#dff1f6", "#9cd0e0"))
    sheet.box(left + unit * 0.14, top + unit * 0.16, left + unit * 0.7, top + unit * 0.5, "#3f8fa6")
    for i in range(3):
        sheet.box(left + unit * 0.8, top + unit * (0.18 + 0.12 * i), left + unit * 1.28,
            top + unit * (0.23 + 0.12 * i), "#6a8a96")  # fmt: skip
    sheet.box(left + unit * 0.14, top + unit * 0.62, left + unit * 1.28, top + unit * 0.7, "#f0b04a")


def meeting_room(sheet: Sheet) -> None:
    """Show an empty meeting room: a long table, two chairs, mountains in the window."""
    sheet.wash("#d9d3c8", "#c2b8aa")
    sheet.box(250, 90, 1350, 560, ("#7fb0dc", "#c3dcea", "#f5e6c8"))
    with sheet.inside([(250, 90), (1350, 90), (1350, 560), (250, 560)]):
        for points, tint in (
            (
                [
                    (200, 560),
                    (420, 300),
                    (520, 380),
                    (700, 230),
                    (860, 400),
                    (1000, 330),
                    (1180, 460),
                    (1400, 380),
                    (1400, 560),
                ],
                "#93a9c9",
            ),
            (
                [(200, 560), (330, 450), (560, 520), (800, 440), (1060, 530), (1240, 470), (1400, 520), (1400, 560)],
                "#6f9a86",
            ),
        ):
            sheet.shape(points, (tint, mix(tint, "#f5ead2", 0.5)))
        for x, y, deep in ((420, 300, 60), (700, 230, 80), (1000, 330, 44)):
            sheet.shape([(x, y), (x + deep * 0.9, y + deep), (x + deep * 0.4, y + deep * 0.8), (x, y + deep * 1.2),
                (x - deep * 0.4, y + deep * 0.8), (x - deep * 0.8, y + deep)],
                        across("#ffffff", "#ffffff", "#d5deea"))  # fmt: skip
    for x in (250, 616, 984, 1344):
        sheet.box(x - 7, 80, x + 7, 566, across("#f6f2ea", "#cfc7ba"))
    sheet.box(240, 76, 1360, 92, "#f2ede4")
    sheet.box(230, 556, 1370, 580, ("#faf7f0", "#cfc7ba"))
    for x0, x1 in ((150, 300), (1300, 1450)):
        sheet.box(x0, 40, x1, 760, across(*("#8f3f3a", "#b5564c", "#8f3f3a", "#b96054", "#7d3530", "#a84f46")))
    sheet.box(0, 760, 1600, 1067, ("#8a6a50", "#5f4634"))
    for i in range(9):
        sheet.shape([(200 * i, 1067), (200 * i + 6, 1067), (804 + (200 * i - 800) * 0.5, 760),
            (800 + (200 * i - 800) * 0.5, 760)], "#0000002a")  # fmt: skip
    sheet.shape([(330, 560), (640, 560), (900, 1067), (200, 1067)], "#fff2cf2c", blur=12)
    sheet.shape([(700, 560), (960, 560), (1500, 1067), (1020, 1067)], "#fff2cf2c", blur=12)
    lamp(sheet, 560, 120, 34)
    lamp(sheet, 1040, 120, 34)
    for x in (430, 1170):
        chair_back(sheet, x, 520, 210, 340, "#2f4f66")
    sheet.oval(800, 1010, 760, 40, "#1a0f0a80", blur=18)
    sheet.shape([(240, 700), (1360, 700), (1540, 850), (60, 850)], ("#d0a276", "#a8764c"))
    sheet.shape([(240, 700), (900, 700), (620, 850), (60, 850)], ("#ffffff2c", "#ffffff08"))
    sheet.box(60, 850, 1540, 878, ("#8a5a38", "#6b4329"))
    for x in (180, 1380):
        sheet.shape([(x, 878), (x + 70, 878), (x + 52, 1030), (x + 18, 1030)], across("#7a4f31", "#54351f"))
    paper(sheet, 430, 800, 170, 62, lean=0.2)
    paper(sheet, 1170, 800, 170, 62, lean=-0.2)
    for x in (560, 1040):
        bottle(sheet, x, 790)
    bouquet(sheet, 800, 752, 110, PETALS)
    plant(sheet, 80, 890, 330)
    plant(sheet, 1520, 890, 350)
