"""A sheet to draw on: shapes at twice the size, so that edges are smooth, gradients, light, and the grain of film.

Coordinates are pixels of the finished picture, y downwards. A paint is a colour (`#rrggbb`, or `#rrggbbaa` to let
through what is behind), several of them from top to bottom of the shape, or `across(…)` from its left to its right.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Rgba = tuple[int, int, int, int]

ZOOM = 2


@dataclass(frozen=True, slots=True)
class Across:
    """A paint that changes from left to right."""

    stops: tuple[str, ...]


Paint = str | tuple[str, ...] | Across


def across(*stops: str) -> Across:
    """Return a paint that changes from left to right."""
    return Across(stops)


def rgba(colour: str) -> Rgba:
    """Read `#rrggbb` or `#rrggbbaa`."""
    red, green, blue, *alpha = ImageColor.getrgb(colour)
    return red, green, blue, alpha[0] if alpha else 255


def mix(one: str, other: str, share: float) -> str:
    """Return a colour that is `share` of the way from one to the other."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(rgba(one), rgba(other), strict=True))


def _between(stops: Sequence[Rgba], place: float) -> Rgba:
    """Return the colour at `place` (0 to 1) on a run of evenly spaced stops."""
    along = min(max(place, 0.0), 1.0) * (len(stops) - 1)
    first = min(int(along), len(stops) - 2)
    share = along - first
    red, green, blue, alpha = (round(a + (b - a) * share) for a, b in zip(stops[first], stops[first + 1], strict=True))
    return red, green, blue, alpha


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """Return a Catmull-Rom curve through the points."""
    count = len(points)
    result: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                for p, q, r, s in zip(a, b, c, d, strict=True)
            )
            result.append((x, y))
    return result if closed else [*result, points[-1]]


class Sheet:
    """One picture while it is drawn. `rng` is seeded by the picture's name, so that each run draws the same."""

    def __init__(self, width: int, height: int, seed: str) -> None:
        self.width, self.height = width, height
        self.rng = random.Random(seed)  # noqa: S311  # draws pictures, keeps no secrets
        self._image = Image.new("RGB", (width * ZOOM, height * ZOOM))
        self._clip: Image.Image | None = None

    def wash(self, *stops: str) -> None:
        """Paint the whole sheet from top to bottom."""
        self.box(0, 0, self.width, self.height, stops)

    def shape(self, points: Sequence[Point], paint: Paint, *, blur: float = 0, opacity: float = 1) -> None:
        """Fill a polygon."""
        area = self._area([x for x, _ in points], [y for _, y in points], blur)
        if area:
            mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
            ImageDraw.Draw(mask).polygon([(x * ZOOM - area[0], y * ZOOM - area[1]) for x, y in points], fill=255)
            self._lay(mask, area, paint, _bounds(points), blur, opacity)

    def box(
        self, x0: float, y0: float, x1: float, y1: float, paint: Paint,
        *, radius: float = 0, blur: float = 0, opacity: float = 1,
    ) -> None:  # fmt: skip
        """Fill a rectangle, with rounded corners if asked."""
        area = self._area((x0, x1), (y0, y1), blur)
        if area:
            mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
            left, top, right, bottom = (
                round(v * ZOOM) - area[i % 2] for i, v in enumerate((x0, y0, x1, y1))
            )  # fmt: skip
            where = (left, top, max(right - 1, left), max(bottom - 1, top))
            ImageDraw.Draw(mask).rounded_rectangle(where, radius * ZOOM, fill=255)
            self._lay(mask, area, paint, (x0, y0, x1, y1), blur, opacity)

    def oval(
        self, x: float, y: float, rx: float, ry: float, paint: Paint, *, blur: float = 0, opacity: float = 1
    ) -> None:
        """Fill an ellipse around (x, y)."""
        area = self._area((x - rx, x + rx), (y - ry, y + ry), blur)
        if area:
            mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
            left, top = (x - rx) * ZOOM - area[0], (y - ry) * ZOOM - area[1]
            ImageDraw.Draw(mask).ellipse((left, top, left + 2 * rx * ZOOM, top + 2 * ry * ZOOM), fill=255)
            self._lay(mask, area, paint, (x - rx, y - ry, x + rx, y + ry), blur, opacity)

    def line(self, points: Sequence[Point], width: float, paint: Paint, *, blur: float = 0, opacity: float = 1) -> None:
        """Draw a line with round ends and joints."""
        half = width / 2
        xs, ys = [x for x, _ in points], [y for _, y in points]
        ends = ((min(xs) - half, min(ys) - half), (max(xs) + half, max(ys) + half))
        area = self._area([x for x, _ in ends], [y for _, y in ends], blur)
        if area:
            mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
            pen = ImageDraw.Draw(mask)
            at = [(x * ZOOM - area[0], y * ZOOM - area[1]) for x, y in points]
            pen.line(at, fill=255, width=max(round(width * ZOOM), 1))
            for x, y in at if width > 2 else ():
                pen.ellipse((x - half * ZOOM, y - half * ZOOM, x + half * ZOOM, y + half * ZOOM), fill=255)
            self._lay(mask, area, paint, _bounds(ends), blur, opacity)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1) -> None:
        """Add light around a point."""
        area = self._area((x - radius, x + radius), (y - radius, y + radius), 0)
        if not area:
            return
        falloff = [round(255 * strength * max(0.0, 1 - v / 180) ** 2) for v in range(256)]
        disc = Image.radial_gradient("L").point(falloff)
        left, top = round((x - radius) * ZOOM), round((y - radius) * ZOOM)
        side = round(2 * radius * ZOOM)
        disc = disc.resize((side, side), Image.Resampling.BICUBIC)
        mask = disc.crop((area[0] - left, area[1] - top, area[2] - left, area[3] - top))
        behind = self._image.crop(area)
        light = ImageChops.screen(behind, Image.new("RGB", behind.size, rgba(colour)[:3]))
        self._image.paste(light, area, self._clipped(mask, area))

    @contextmanager
    def inside(self, points: Sequence[Point]) -> Iterator[None]:
        """Confine what is drawn meanwhile to a polygon."""
        before = self._clip
        clip = Image.new("L", self._image.size)
        ImageDraw.Draw(clip).polygon([(x * ZOOM, y * ZOOM) for x, y in points], fill=255)
        self._clip = clip if before is None else ImageChops.multiply(clip, before)
        try:
            yield
        finally:
            self._clip = before

    def soften(self, radius: float) -> None:
        """Put all that was drawn so far out of focus."""
        self._image = self._image.filter(ImageFilter.GaussianBlur(radius * ZOOM))

    def finished(self, *, grain: float = 0.032, vignette: float = 0.16) -> Image.Image:
        """Return the picture: scaled down, a little darker towards the corners, with grain."""
        picture = self._image.reduce(ZOOM)
        edge = Image.radial_gradient("L").point([round(255 * vignette * (v / 255) ** 3) for v in range(256)])
        picture.paste("#0a1020", (0, 0), edge.resize(picture.size, Image.Resampling.BICUBIC))
        noise = Image.frombytes("L", picture.size, self.rng.randbytes(self.width * self.height))
        noise = noise.filter(ImageFilter.GaussianBlur(0.7)).point(
            [round(128 + (v - 128) * grain * 2) for v in range(256)]
        )
        return ImageChops.add(picture, Image.merge("RGB", (noise, noise, noise)), offset=-128)

    def _area(self, xs: Sequence[float], ys: Sequence[float], blur: float) -> tuple[int, int, int, int] | None:
        """Return the box of the enlarged image that a shape can touch, None if it lies outside the sheet."""
        more = 3 * blur + 1
        left, top = max(int((min(xs) - more) * ZOOM), 0), max(int((min(ys) - more) * ZOOM), 0)
        right = min(int((max(xs) + more) * ZOOM) + 1, self._image.width)
        bottom = min(int((max(ys) + more) * ZOOM) + 1, self._image.height)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _clipped(self, mask: Image.Image, area: tuple[int, int, int, int]) -> Image.Image:
        return mask if self._clip is None else ImageChops.multiply(mask, self._clip.crop(area))

    def _lay(
        self, mask: Image.Image, area: tuple[int, int, int, int], paint: Paint,
        bounds: tuple[float, float, float, float], blur: float, opacity: float,
    ) -> None:  # fmt: skip
        """Put paint through a mask."""
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * ZOOM))
        if opacity < 1:
            mask = mask.point([round(v * opacity) for v in range(256)])
        colours = _painted(paint, area, bounds)
        mask = ImageChops.multiply(self._clipped(mask, area), colours.getchannel("A"))
        self._image.paste(colours.convert("RGB"), area, mask)


def _bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _painted(paint: Paint, area: tuple[int, int, int, int], bounds: tuple[float, float, float, float]) -> Image.Image:
    """Return the paint of a shape with these bounds, as it looks in an area of the enlarged image."""
    size = (area[2] - area[0], area[3] - area[1])
    if isinstance(paint, str):
        return Image.new("RGBA", size, rgba(paint))
    level = isinstance(paint, Across)
    stops = [rgba(stop) for stop in (paint.stops if isinstance(paint, Across) else paint)]
    axis = 0 if level else 1
    start, length = bounds[axis] * ZOOM, max((bounds[axis + 2] - bounds[axis]) * ZOOM, 1)
    strip = Image.new("RGBA", (size[0], 1) if level else (1, size[1]))
    strip.putdata([_between(stops, (i - start) / length) for i in range(area[axis], area[axis + 2])])
    return strip.resize(size, Image.Resampling.NEAREST)
