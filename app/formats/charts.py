"""Charts as SVG documents of their own: drawn by pygal, and stripped of all but shapes and words.

Of what pygal writes we keep the geometry. Its script, its comments (with a date) and its style go; ours is one for all
charts, so that a policy can name it by its hash, and equal numbers give equal bytes. Each series has a colour and a
pattern or a dash: in print, or to who tells no colours apart, the second is enough.
"""

import hashlib
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final

import pygal
from lxml import etree
from pygal.style import Style

from app.formats.xml import sound

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
"""Without pygal's own, which looks for maps whenever anything at all is imported, and warns in Python 3.11."""

_FONT: Final = 'system-ui, "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", sans-serif'
_LETTERS: Final = 13  # height of letters in pixels of the drawing
_GAP, _BOX = 8, 20  # between its parts; a box of the legend

_LIGHT: Final = ("#0b5c6b", "#b35900", "#6b3fa0", "#2e7d32", "#a3123f", "#4a5560", "#1f4fb3", "#7a5c00")
_DARK: Final = ("#6fc3d2", "#f0a050", "#c3a0f0", "#7fd083", "#ff8fa8", "#c0c6cc", "#8fb4ff", "#e0c05a")
_DASHES: Final = ("none", "9 4", "2 3", "9 3 2 3", "5 5", "14 4", "1 5")
_MARKS: Final = ("", "M0 8 8 0", "M0 0 8 8", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8", "M0 8 8 0M0 0 8 8", "M2 4H6")
_MOST: Final = 14  # series that look different: seven dashes by two rounds of colours


class Kind(StrEnum):
    """How numbers become shapes."""

    AREAS = "areas"
    BARS = "bars"
    LINES = "lines"


class Room(StrEnum):
    """How much room there is: that of a page, or of a phone."""

    WIDE = "wide"
    NARROW = "narrow"


SIZES: Final = {Room.WIDE: (880, 360), Room.NARROW: (360, 340)}
"""Width and height in pixels of CSS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A row of numbers with its name; None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn: `said` is the finding in a sentence, `labels` stand under the numbers, one each.

    `whole` says that the numbers count something; else they are shares of 1.
    """

    kind: Kind
    title: str
    said: str
    labels: Sequence[str]
    series: Sequence[Series]
    whole: bool = True


def draw(chart: Chart, room: Room, number: Callable[[float], str]) -> bytes:
    """Return a chart as an SVG document in UTF-8, its numbers written by `number`."""
    width, height = SIZES[room]
    columns = 4 if room is Room.WIDE else 2
    top = max(_tops(chart), default=0)
    marks = steps(top, whole=chart.whole)
    drawing = _DRAWING[chart.kind](
        js=[], css=[], no_prefix=True, explicit_size=True, width=width, height=height, spacing=_GAP, margin=_GAP,
        margin_right=4 * _GAP, margin_bottom=_below(len(chart.series), columns), show_legend=len(chart.series) > 1,
        legend_at_bottom=True, legend_at_bottom_columns=columns, legend_box_size=_BOX,
        truncate_legend=-1, truncate_label=-1, range=(0, marks[-1]), y_labels=marks,
        value_formatter=number, fill=chart.kind is Kind.AREAS, style=_METRICS, show_minor_x_labels=False,
        allow_interruptions=True, no_data_text="", show_dots=chart.kind is Kind.LINES, dots_size=3,
    )  # fmt: skip
    labels = [sound(label) for label in chart.labels]
    drawing.x_labels = labels
    most = 10 if room is Room.WIDE else 4
    drawing.x_labels_major = labels[:: max(1, -(-len(labels) // most))]
    for one in chart.series[:_MOST] or [Series(name="", values=[])]:
        drawing.add(sound(one.name), list(one.values))
    drawing.add_xml_filter(lambda root: _ours(root, chart))
    return bytes(drawing.render())


_DRAWING: Final = {Kind.AREAS: pygal.StackedLine, Kind.BARS: pygal.Bar, Kind.LINES: pygal.Line}
_METRICS: Final = Style(
    font_family=_FONT, label_font_size=_LETTERS, major_label_font_size=_LETTERS, legend_font_size=_LETTERS
)


def _below(count: int, columns: int) -> int:
    """Return the margin under the legend: pygal keeps no room for a last row that is not full."""
    return _GAP + (-(-count // columns) - count // columns) * 3 * _BOX // 2


def _tops(chart: Chart) -> Iterator[float]:
    """Yield what the highest shape at each place reaches up to."""
    for at in range(len(chart.labels)):
        values = [one.values[at] or 0 for one in chart.series if at < len(one.values)]
        yield sum(values) if chart.kind is Kind.AREAS else max(values, default=0)


def steps(top: float, *, whole: bool) -> list[float]:
    """Return round numbers from 0 up to one that is not below `top`, four or so."""
    if not whole:
        return [0, 0.25, 0.5, 0.75, 1]
    sizes = (one * 10**power for power in count() for one in (1, 2, 5))
    step = next(size for size in sizes if top <= 5 * size)
    return [float(one) for one in range(0, int(-(-top // step) or 1) * step + 1, step)]


def _ours(root: etree._Element, chart: Chart) -> etree._Element:
    """Keep the shapes and the words; put our title, style and patterns in."""
    for one in list(root.iter(etree.Comment, "script", "desc")):
        _take_out(one)
    for one in list(root.iter("g")):
        if {"tooltip-overlay", "text-overlay", "titles"} & set(one.get("class", "").split()):
            _take_out(one)
    for one in list(root.iter("title")):
        if one.getparent() is not root:
            _take_out(one)
    del root.attrib["id"]
    root.set("class", chart.kind)
    root.set("role", "img")
    for title in root.findall("title"):
        title.text = sound(chart.title)
        said = etree.Element("desc")
        said.text = sound(chart.said)
        title.addnext(said)
    for style in root.iter("style"):
        style.text = STYLE
        style.getparent().extend(_patterns(len(chart.series)))  # type: ignore[union-attr]  # it is in `defs`
    if chart.kind is Kind.LINES:
        _lines_in_legend(root)
    return root


def _take_out(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _lines_in_legend(root: etree._Element) -> None:
    """Show in the legend how a line is dashed: a box would have the colour alone."""
    for box in list(root.iter("rect")):
        parent = box.getparent()
        if parent is None or "legend" not in parent.get("class", "").split():
            continue
        x, y, size = (float(box.get(name, "0")) for name in ("x", "y", "width"))
        line = etree.Element("path", d=f"M{x:g} {y + size / 2:g}h{size:g}")
        line.set("class", f"line {box.get('class', '')}")
        parent.replace(box, line)


def _patterns(count: int) -> Iterator[etree._Element]:
    for at in range(min(count, _MOST)):
        pattern = etree.Element("pattern", id=f"p{at}", width="8", height="8", patternUnits="userSpaceOnUse")
        ground = etree.SubElement(pattern, "rect", width="8", height="8")
        ground.set("class", f"ground color-{at}")
        mark = etree.SubElement(pattern, "path", d=_MARKS[at % len(_MARKS)] or "M0 0")
        mark.set("class", f"mark color-{at}")
        yield pattern


def _colours(colours: Sequence[str]) -> Iterator[str]:
    for at in range(_MOST):
        colour = colours[at % len(colours)]
        yield f".color-{at} .line,.line.color-{at},.mark.color-{at}{{stroke:{colour}}}"
        yield f".ground.color-{at},.color-{at} .dot{{fill:{colour}}}"
        yield f".color-{at} .rect,rect.color-{at}.reactive{{stroke:{colour}}}"


def _rules(ink: str, quiet: str, colours: Sequence[str]) -> str:
    return f"text{{fill:{ink}}}.axis .line{{stroke:{quiet}}}" + "".join(_colours(colours))


def _fills() -> Iterator[str]:
    for at in range(_MOST):
        yield f".lines .color-{at} .line,.lines .line.color-{at}{{stroke-dasharray:{_DASHES[at % len(_DASHES)]}}}"
        yield f".areas .color-{at} .line,.bars .color-{at} .rect,rect.color-{at}.reactive{{fill:url(#p{at})}}"


STYLE: Final = "".join((
    f"svg{{font-family:{_FONT};font-size:{_LETTERS}px}}text{{font-size:{_LETTERS}px}}",
    ".background{fill:none}.axis.y text{text-anchor:end}.axis.x text{text-anchor:middle}",
    ".axis.x .guide{display:none}.axis .guide{stroke-opacity:.35}.line{fill:none}.mark{stroke-width:1.5}",
    ".ground{fill-opacity:.35}.series .line,.legend .line{stroke-width:2.5}.reactive{stroke-width:1}",
    *_fills(),
    _rules("#17212b", "#46525e", _LIGHT),
    f"@media (prefers-color-scheme:dark){{{_rules('#e8e6e0', '#a9b2ba', _DARK)}}}",
))  # fmt: skip
"""Of every chart, in light and dark; the page that shows it says which (CSS Color Adjustment 1, 2.1)."""

POLICY: Final = "; ".join((
    "default-src 'none'",
    f"style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox",
))  # fmt: skip
"""What a chart's document may do (CSP 3): look as it does, and nothing else."""
