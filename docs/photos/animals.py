"""Dogs and horses, drawn from the side."""

from sheet import Point, Sheet, across, mix, smooth


class Placed:
    """Turns the lengths of an animal into points of the sheet: its feet at (x, y), `size` pixels to one."""

    def __init__(self, x: float, y: float, size: float, sign: int = 1) -> None:
        self.x, self.y, self.size, self.sign = x, y, size, sign

    def __call__(self, *points: Point) -> list[Point]:
        """Return points of the sheet."""
        return [(self.x + self.sign * px * self.size, self.y + py * self.size) for px, py in points]


def sitting_dog(sheet: Sheet, place: Placed, coat: str, saddle: str) -> None:
    """Draw a shepherd dog that sits and looks to the right."""
    dark = mix(saddle, "#000000", 0.2)
    sheet.line(smooth(place((-0.42, -0.06), (-0.66, -0.03), (-0.86, -0.1)), closed=False), place.size * 0.09, saddle)
    haunch = ((-0.44, -0.08), (-0.5, -0.3), (-0.34, -0.52), (-0.08, -0.46), (0.04, -0.2), (0.06, -0.02), (-0.3, -0.01))
    back = ((-0.42, -0.42), (-0.28, -0.78), (0.0, -1.04), (0.2, -1.06), (0.3, -0.86), (0.26, -0.5), (0.1, -0.3),
        (-0.2, -0.3))  # fmt: skip
    sheet.shape(smooth(place((0.02, -0.6), (0.14, -0.6), (0.13, -0.06), (0.24, 0.0),
        (0.04, 0.0))), mix(coat, "#000000", 0.25))  # fmt: skip
    sheet.shape(smooth(place(*back)), (saddle, mix(saddle, coat, 0.35), coat))
    sheet.shape(smooth(place((0.16, -0.98), (0.32, -0.84), (0.3, -0.56), (0.2, -0.5))), mix(coat, "#ffffff", 0.18))
    sheet.shape(smooth(place((0.1, -0.66), (0.26, -0.66), (0.23, -0.06), (0.34, 0.0), (0.14, 0.0))),
        (coat, mix(coat, "#ffffff", 0.12)))  # fmt: skip
    sheet.shape(smooth(place(*haunch)), (mix(saddle, coat, 0.5), coat, coat))
    sheet.line(place((-0.26, -0.03), (0.1, -0.03)), place.size * 0.08, mix(coat, "#ffffff", 0.1))
    for ear in (((0.06, -1.26), (0.04, -1.5), (0.22, -1.36)), ((0.18, -1.32), (0.23, -1.54), (0.35, -1.33))):
        sheet.shape(place(*ear), dark)
    skull = ((0.04, -1.2), (0.14, -1.38), (0.32, -1.38), (0.44, -1.26), (0.66, -1.19), (0.68, -1.1), (0.5, -1.04),
        (0.3, -1.0), (0.1, -0.98))  # fmt: skip
    sheet.shape(smooth(place(*skull)), across(saddle, coat, mix(coat, "#2a1a14", 0.55)))
    sheet.shape(smooth(place((0.44, -1.2), (0.66, -1.18), (0.68, -1.1), (0.5, -1.07))), mix(saddle, "#000000", 0.15))
    sheet.line(smooth(place((0.42, -1.07), (0.52, -1.07), (0.62, -1.09)), closed=False), place.size * 0.012, "#1a1210")
    (eye,) = place((0.36, -1.25))
    (nose,) = place((0.67, -1.16))
    sheet.oval(*eye, place.size * 0.026, place.size * 0.026, "#1a100c")
    sheet.oval(*nose, place.size * 0.036, place.size * 0.03, "#14100f")
    sheet.line(smooth(place((0.02, -1.04), (0.16, -0.94), (0.3, -0.98)), closed=False), place.size * 0.055, "#b0342f")


def leaping_dog(sheet: Sheet, place: Placed) -> None:
    """Draw a shepherd dog in mid-leap to the right."""
    coat, saddle = "#c08a52", "#3a2a22"
    dark = mix(coat, "#000000", 0.3)
    width = place.size * 0.1
    for points, tint in (
        (((0.5, -0.42), (0.78, -0.36), (0.96, -0.5)), dark), (((-0.5, -0.32), (-0.76, -0.1), (-1.0, -0.12)), dark),
        (((0.44, -0.38), (0.7, -0.26), (0.9, -0.38)), coat), (((-0.56, -0.3), (-0.72, -0.02), (-0.96, 0.04)), coat),
    ):  # fmt: skip
        sheet.line(smooth(place(*points), closed=False), width, tint)
    sheet.line(smooth(place((-0.62, -0.46), (-0.9, -0.52), (-1.14, -0.44)), closed=False), width * 0.9, saddle)
    body = ((-0.7, -0.42), (-0.5, -0.56), (-0.1, -0.6), (0.3, -0.7), (0.56, -0.62), (0.56, -0.42), (0.3, -0.3),
        (-0.2, -0.32), (-0.56, -0.2))  # fmt: skip
    sheet.shape(smooth(place(*body)), (saddle, mix(saddle, coat, 0.5), coat))
    sheet.shape(smooth(place((0.36, -0.7), (0.62, -0.94), (0.78, -0.84), (0.64, -0.46), (0.46, -0.44))), (saddle, coat))
    for ear in (((0.6, -0.98), (0.46, -1.12), (0.66, -1.08)), ((0.68, -1.0), (0.58, -1.18), (0.76, -1.08))):
        sheet.shape(place(*ear), saddle)
    skull = ((0.56, -0.94), (0.66, -1.06), (0.82, -1.06), (0.9, -0.98), (1.08, -0.92), (1.1, -0.85), (0.94, -0.8),
        (0.74, -0.78))  # fmt: skip
    sheet.shape(smooth(place(*skull)), across(saddle, coat, mix(coat, "#2a1a14", 0.6)))
    (eye,), (nose,) = place((0.84, -0.97)), place((1.09, -0.9))
    sheet.oval(*eye, place.size * 0.02, place.size * 0.02, "#1a100c")
    sheet.oval(*nose, place.size * 0.028, place.size * 0.024, "#14100f")
    sheet.line(place((0.52, -0.78), (0.66, -0.6)), place.size * 0.05, "#b0342f")


def horse(sheet: Sheet, place: Placed, coat: str) -> None:
    """Draw a grazing horse that looks to the right."""
    x, y, size = place.x, place.y, place.size
    dark = mix(coat, "#000000", 0.35)
    sheet.oval(x, y + 2, size * 0.62, size * 0.05, "#16301a70", blur=4)
    for px, tint in ((-0.30, dark), (0.26, dark), (-0.36, coat), (0.32, coat)):
        sheet.shape(place((px - 0.05, -0.45), (px + 0.07, -0.45), (px + 0.03, 0), (px - 0.03, 0)), tint)
    body = ((-0.46, -0.62), (-0.25, -0.72), (0.1, -0.68), (0.36, -0.74), (0.44, -0.5), (0.3, -0.34), (-0.05, -0.32),
        (-0.4, -0.36))  # fmt: skip
    sheet.shape(smooth(place(*body)), (mix(coat, "#ffffff", 0.15), coat, dark))
    neck = ((0.28, -0.72), (0.46, -0.66), (0.66, -0.3), (0.78, -0.1), (0.72, -0.02), (0.6, -0.12), (0.42, -0.4))
    sheet.shape(smooth(place(*neck)), (coat, mix(coat, "#000000", 0.15)))
    sheet.line(smooth(place((0.3, -0.74), (0.46, -0.62), (0.6, -0.36)), closed=False), size * 0.05, dark)
    sheet.line(smooth(place((-0.46, -0.6), (-0.56, -0.4), (-0.53, -0.12)), closed=False), size * 0.06, dark)
