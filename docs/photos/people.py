"""People in simplified shapes. Lengths are in heads: a head is about one unit high, shoulders are three wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from sheet import Paint, Point, Sheet, across, mix, smooth


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody looks like and wears. `hair` is cut `short`, `grey` and balding (`thin`), or `long`, or a `bun`."""

    suit: str = "#1f2a3d"
    shirt: str = "#eef1f4"
    tie: str = "#7a2030"
    skin: str = "#d9a883"
    hair: str = "#241a17"
    cut: str = "short"
    glasses: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns heads into pixels: (0, 0) is the pit of the neck, y downwards; `flip` mirrors."""

    sheet: Sheet
    x: float
    y: float
    unit: float
    flip: bool = False

    def at(self, *points: Point) -> list[Point]:
        """Return points of the figure as points of the sheet."""
        sign = -1 if self.flip else 1
        return [(self.x + sign * px * self.unit, self.y + py * self.unit) for px, py in points]

    def shape(self, points: Sequence[Point], paint: Paint, *, round_: bool = False, blur: float = 0) -> None:
        """Fill a shape, rounded if asked."""
        placed = self.at(*points)
        self.sheet.shape(smooth(placed) if round_ else placed, paint, blur=blur)

    def oval(self, x: float, y: float, rx: float, ry: float, paint: Paint, *, blur: float = 0) -> None:
        """Fill an ellipse."""
        ((px, py),) = self.at((x, y))
        self.sheet.oval(px, py, rx * self.unit, ry * self.unit, paint, blur=blur * self.unit)

    def limb(self, points: Sequence[Point], thick: float, paint: Paint) -> None:
        """Draw an arm, a leg or a finger as a bent line with round ends."""
        self.sheet.line(smooth(self.at(*points), closed=False), thick * self.unit, paint)


_TORSO = (
    (-0.30, -0.12), (-0.72, 0.10), (-1.16, 0.30), (-1.38, 0.76), (-1.36, 1.80), (-1.24, 3.0), (-1.28, 4.4),
    (1.28, 4.4), (1.24, 3.0), (1.36, 1.80), (1.38, 0.76), (1.16, 0.30), (0.72, 0.10), (0.30, -0.12),
)  # fmt: skip


def torso(frame: Frame, look: Look) -> None:
    """Draw shoulders and chest in a jacket, seen from the front."""
    light, dark = mix(look.suit, "#ffffff", 0.10), mix(look.suit, "#000000", 0.30)
    frame.shape(_TORSO, (light, look.suit, dark), round_=True)
    frame.shape(
        ((-0.36, -0.16), (0, 0.1), (0.36, -0.16), (0.42, 0.1), (0.02, 1.75), (-0.02, 1.75), (-0.42, 0.1)), look.shirt
    )
    if look.tie:
        frame.shape(((-0.12, 0.12), (0.12, 0.12), (0.09, 0.34), (-0.09, 0.34)), mix(look.tie, "#000000", 0.15))
        frame.shape(((-0.08, 0.34), (0.08, 0.34), (0.15, 1.3), (0, 1.72), (-0.15, 1.3)), look.tie)
    for sign in (-1, 1):
        lapel = ((0.38, -0.14), (0.52, 0.05), (0.78, 0.62), (0.55, 0.72), (0.62, 0.84), (0.02, 1.85), (0.05, 1.55))
        frame.shape([(sign * x, y) for x, y in lapel], mix(look.suit, "#ffffff", 0.16 if sign < 0 else 0.07))
    frame.sheet.line(frame.at((0.02, 1.85), (0.06, 4.2)), 0.03 * frame.unit, dark)
    frame.oval(0.16, 2.35, 0.05, 0.05, dark)


def head(frame: Frame, look: Look, *, turn: float = 0, nod: float = 0) -> None:
    """Draw neck and head. `turn` is -1 (to the left) to 1, `nod` is how far the head is bent, in heads."""
    shade = mix(look.skin, "#5a2a1a", 0.28)
    y = -0.80 + nod
    if look.cut == "long":
        for sign in (-1, 1):
            lock = ((0.2, y - 0.4), (0.48, y - 0.2), (0.54, y + 0.5), (0.52, 0.3), (0.36, 0.42), (0.26, 0.1),
                (0.3, y + 0.4))  # fmt: skip
            frame.shape([(sign * px, py) for px, py in lock], mix(look.hair, "#000000", 0.2), round_=True)
    frame.shape(
        ((-0.24, -0.55), (0.24, -0.55), (0.27, 0.0), (0.0, 0.2), (-0.27, 0.0)), (shade, mix(shade, look.skin, 0.5))
    )
    frame.oval(0.06 * turn, y, 0.43, 0.53, look.skin)
    for sign in (-1, 1):
        frame.oval(sign * 0.43 - 0.05 * turn, y + 0.06, 0.07, 0.13, mix(look.skin, shade, 0.5))
    outline = frame.at(*((0.06 * turn + 0.43 * px, y + 0.53 * py) for px, py in _CIRCLE))
    with frame.sheet.inside(outline):
        frame.oval(0.36 + 0.25 * turn, y + 0.12, 0.24, 0.7, mix(look.skin, shade, 0.8), blur=0.1)
        _face(frame, look, turn, y + nod * 0.25)
    _hair(frame, look, turn, y)


_CIRCLE = tuple(smooth(((0, -1), (0.71, -0.71), (1, 0), (0.71, 0.71), (0, 1), (-0.71, 0.71), (-1, 0), (-0.71, -0.71))))


def _face(frame: Frame, look: Look, turn: float, y: float) -> None:
    """Hint at brows, eyes, nose and a smile."""
    shade = mix(look.skin, "#5a2a1a", 0.42)
    middle = 0.16 * turn
    for eye in (middle - 0.17, middle + 0.17):
        brow = ((eye - 0.09, y - 0.105), (eye - 0.03, y - 0.122), (eye + 0.03, y - 0.122), (eye + 0.09, y - 0.105))
        frame.limb(brow, 0.032, mix(look.hair, look.skin, 0.3))
        frame.oval(eye, y, 0.033, 0.036, "#2a1c18")
        if look.glasses:
            frame.limb([(eye + 0.13 * px, y + 0.01 + 0.1 * py) for px, py in _CIRCLE], 0.022, "#2a2a30")
    if look.glasses:
        frame.limb(((middle - 0.05, y), (middle + 0.05, y)), 0.022, "#2a2a30")
    nose = ((middle - 0.01, y), (middle + 0.06, y + 0.19), (middle - 0.05, y + 0.19))
    frame.shape(nose, mix(look.skin, shade, 0.55), round_=True)
    smile = (
        (middle - 0.11, y + 0.305),
        (middle - 0.05, y + 0.328),
        (middle + 0.05, y + 0.328),
        (middle + 0.11, y + 0.3),
    )
    frame.limb(smile, 0.028, mix(shade, "#8a2f2f", 0.35))


def _hair(frame: Frame, look: Look, turn: float, y: float) -> None:
    """Draw the hair over the head."""
    paint = (mix(look.hair, "#ffffff", 0.14), look.hair)
    part = 0.12 * turn
    low = {"short": -0.02, "thin": -0.02, "long": 0.1, "bun": -0.05}[look.cut]
    brow = {"short": -0.30, "thin": -0.38, "long": -0.27, "bun": -0.33}[look.cut]
    if look.cut == "bun":
        frame.oval(0, y - 0.56, 0.2, 0.17, paint)
    cap = (
        (-0.46, y + low), (-0.48, y - 0.25), (-0.38, y - 0.52), (-0.1, y - 0.64), (0.2, y - 0.62), (0.42, y - 0.46),
        (0.48, y - 0.25), (0.46, y + low), (0.39, y + low - 0.06), (0.35, y + brow + 0.06),
        (0.15 + part, y + brow - 0.05), (-0.12 + part, y + brow), (-0.35, y + brow + 0.06), (-0.39, y + low - 0.06),
    )  # fmt: skip
    frame.shape([(x + 0.05 * turn, level) for x, level in cap], paint, round_=True)


def bust(sheet: Sheet, x: float, y: float, unit: float, look: Look, *, turn: float = 0, nod: float = 0) -> Frame:
    """Draw somebody from the chest up, seen from the front, the pit of the neck at (x, y)."""
    frame = Frame(sheet, x, y, unit)
    torso(frame, look)
    head(frame, look, turn=turn, nod=nod)
    return frame


def arm(frame: Frame, look: Look, points: Sequence[Point], *, thick: float = 0.6) -> None:
    """Draw a sleeve through the points (shoulder, elbow, wrist), with cuff and hand at its end."""
    (ax, ay), (bx, by) = points[-2:]
    far = max(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 0.01)
    dx, dy = (bx - ax) / far, (by - ay) / far
    frame.limb(((bx, by), (bx + dx * 0.2, by + dy * 0.2)), thick * 0.6, look.shirt)
    hand(frame, look, (bx + dx * 0.46, by + dy * 0.46), (dx, dy))
    seam = [(x + 0.03, y + 0.04) for x, y in points]
    frame.limb(seam, thick, mix(look.suit, "#000000", 0.32))
    frame.limb([(x - 0.02, y - 0.03) for x, y in points], thick * 0.94, mix(look.suit, "#000000", 0.10))


def hand(frame: Frame, look: Look, middle: Point, along: Point) -> None:
    """Draw a relaxed hand: its back, four fingers together, the thumb."""
    (x, y), (dx, dy) = middle, along
    shade = mix(look.skin, "#5a2a1a", 0.18)
    frame.limb(((x - dx * 0.14, y - dy * 0.14), (x + dx * 0.1, y + dy * 0.1)), 0.36, look.skin)
    for i, long in enumerate((0.30, 0.34, 0.33, 0.27)):
        px, py = x - dy * (0.135 - 0.09 * i), y + dx * (0.135 - 0.09 * i)
        frame.limb(((px, py), (px + dx * long, py + dy * long + 0.03)), 0.1, mix(look.skin, shade, 0.25 * i))
    side = -1 if dx > 0 else 1
    frame.limb(
        ((x - dx * 0.1 + dy * 0.16 * side, y - dy * 0.1 - dx * 0.16 * side), (x + dx * 0.16, y - 0.2)), 0.1, shade
    )


def back_view(sheet: Sheet, x: float, y: float, unit: float, look: Look) -> None:
    """Draw somebody from behind, from the chest up."""
    frame = Frame(sheet, x, y, unit)
    frame.shape(_TORSO, (mix(look.suit, "#ffffff", 0.12), look.suit, mix(look.suit, "#000000", 0.35)), round_=True)
    frame.shape(((-0.25, -0.5), (0.25, -0.5), (0.3, 0.05), (-0.3, 0.05)), mix(look.skin, "#5a2a1a", 0.25))
    frame.shape(((-0.34, -0.08), (0, -0.02), (0.34, -0.08), (0.3, 0.06), (-0.3, 0.06)), look.shirt)
    for sign in (-1, 1):
        frame.oval(sign * 0.43, -0.74, 0.07, 0.13, look.skin)
    low = 0.35 if look.cut == "long" else -0.38
    hair = (
        (-0.45, -0.85),
        (-0.38, low - 0.12),
        (0, low),
        (0.38, low - 0.12),
        (0.45, -0.85),
        (0.33, -1.2),
        (0, -1.35),
        (-0.33, -1.2),
    )
    frame.shape(hair, across(mix(look.hair, "#ffffff", 0.18), look.hair, mix(look.hair, "#000000", 0.2)), round_=True)
    if look.cut == "bun":
        frame.oval(0, -0.95, 0.22, 0.2, mix(look.hair, "#000000", 0.25))
        frame.oval(-0.02, -0.98, 0.19, 0.16, mix(look.hair, "#ffffff", 0.14))


def standing(
    sheet: Sheet, x: float, y: float, unit: float, look: Look, *, turn: float = 0, bare: bool = False
) -> Frame:
    """Draw somebody upright with the feet at (x, y), seven heads tall; arms hang unless `bare` of them."""
    frame = Frame(sheet, x, y - 6.1 * unit, unit)
    trousers = mix(look.suit, "#000000", 0.18)
    for sign in (-1, 1):
        leg = ((0.0, 2.9), (1.02, 2.9), (0.78, 5.95), (0.16, 5.95))
        frame.shape([(sign * px, py) for px, py in leg], (trousers, mix(trousers, "#000000", 0.2)))
        frame.shape([(sign * px, py) for px, py in ((0.12, 5.9), (0.8, 5.9), (0.95, 6.12), (0.1, 6.12))], "#15110f")
    with sheet.inside(frame.at((-2, -2), (2, -2), (2, 3.05), (-2, 3.05))):
        body = Frame(sheet, frame.x, frame.y, unit * 0.86)
        torso(body, look)
        if not bare:
            for sign in (-1, 1):
                arm(body, look, [(sign * px, py) for px, py in ((1.2, 0.72), (1.45, 1.9), (1.38, 2.9))], thick=0.52)
        head(body, look, turn=turn)
    return frame
