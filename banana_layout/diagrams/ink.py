"""Inks of diagrams: which pair a shape takes, and what an author's colours become."""

from __future__ import annotations

import re

import msgspec

from banana_layout.color import BLACK, WHITE, Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM, Pt
from banana_layout.layout.contract import Context
from banana_layout.layout.shading import ticks
from banana_layout.model.flowchart import Edge, Style
from banana_layout.scene.item import Path
from banana_layout.scene.paint import Paint
from banana_layout.theme.theme import Pair, Theme

HEAD_PT = 22.5
"""The size of a node's head the lengths go with."""

_NAMED = {
    "red": "#ff0000", "green": "#008000", "blue": "#0000ff", "yellow": "#ffff00", "orange": "#ffa500",
    "purple": "#800080", "violet": "#ee82ee", "pink": "#ffc0cb", "coral": "#ff7f50", "gold": "#ffd700",
    "lime": "#00ff00", "teal": "#008080", "cyan": "#00ffff", "magenta": "#ff00ff", "navy": "#000080",
    "lightblue": "#add8e6", "lightgreen": "#90ee90", "lightyellow": "#ffffe0", "salmon": "#fa8072",
    "tomato": "#ff6347", "crimson": "#dc143c", "indigo": "#4b0082", "skyblue": "#87ceeb", "brown": "#a52a2a",
    "steelblue": "#4682b4", "darkgreen": "#006400", "darkred": "#8b0000", "darkblue": "#00008b",
    "maroon": "#800000", "olive": "#808000", "plum": "#dda0dd", "khaki": "#f0e68c", "lavender": "#e6e6fa",
    "aqua": "#00ffff", "turquoise": "#40e0d0", "seagreen": "#2e8b57", "royalblue": "#4169e1",
}  # fmt: skip
"""CSS colour names authors use, in sRGB."""

_ALIKE = {"blue": ("cyan",), "coral": ("red",), "green": ("black",), "violet": ("blue",), "banana": ("yellow",)}
"""Pairs that stand for a shape's pair where a theme has none of its name."""

_NUMBERS = re.compile(r"^rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)")


class Pen(msgspec.Struct, frozen=True):
    """The inks of an edge."""

    line: Color
    """The line and its heads."""
    label: Color
    """What stands beside it."""


class Inks(msgspec.Struct, frozen=True):
    """A theme's pairs, ready for diagrams."""

    theme: Theme
    """The look."""
    ground: Color
    """What lies under the diagram."""
    palette: tuple[Pair, ...]
    """The theme's pairs and the hero's."""
    faithful: bool = False
    """Whether the author's colours are drawn as they are instead of as the nearest pair."""

    def pair(self, name: str) -> Pair:
        """Return the pair of a shape's name, or one in its place where the theme has no such name."""
        found = self.theme.pair(name)
        if found is not None:
            return found
        for other in _ALIKE.get(name, ()):
            found = self.theme.pair(other)
            if found is not None:
                return found
        order = ("blue", "coral", "green", "violet", "banana")
        return self.palette[order.index(name) % len(self.palette)] if name in order else self.palette[0]

    def nearest(self, color: Color) -> Pair | None:
        """Return the pair whose pen's hue is nearest to an author's colour (None for greys), or that colour itself."""
        if self.faithful:
            return Pair("author", color, color.mix(self.theme.ink, 0.12), color)
        hue, chroma = _hue(color)
        colored = [p for p in self.palette if _hue(p.pen)[1] >= 0.06]
        if chroma < 0.06 or not colored:
            return None
        return min(colored, key=lambda p: (_turn(hue, _hue(p.pen)[0]), p.name))

    def shaded(self, color: Color, opacity: float = 1.0) -> Paint:
        """Return a marker's paint on the diagram's ground, as the theme blends it."""
        if self.theme.blend == "multiply":
            return Paint(color, opacity, "multiply", self.ground.mix(color.multiplied(self.ground), opacity))
        return Paint(color, opacity, "normal", self.ground.mix(color, opacity))


def inks(context: Context, settings: tuple[tuple[str, str], ...] = ()) -> Inks:
    """Return the inks of a panel, for a diagram's settings."""
    theme = context.theme
    palette = {p.name: p for p in (*theme.pairs, theme.hero)}
    faithful = any(key == "colors" and value.strip().lower() == "faithful" for key, value in settings)
    return Inks(theme, context.tone.ground, tuple(palette.values()), faithful)


def words_ink(style: Style, inks: Inks) -> Color:
    """Return what a node's words are written in: the ink, or on an author's own fill what he asks for or what reads there."""
    theme = inks.theme
    if not inks.faithful:
        return theme.ink
    asked = parse_color(style.get("color"))
    if asked is not None:
        return asked
    fill = parse_color(style.get("fill"))
    if fill is None or theme.ink.contrast(fill) >= 4.5:
        return theme.ink
    return max(theme.ink, WHITE, BLACK, key=lambda c: c.contrast(fill))


def pen_for(edge: Edge, inks: Inks) -> Pen:
    """Return an edge's inks: the author's stroke as the nearest pen, else by line: red dotted, green thick, ink plain."""
    theme = inks.theme
    asked = parse_color(edge.style.get("stroke"))
    if asked is not None:
        pair = inks.nearest(asked)
        pen = pair.pen if pair is not None else theme.ink
        return Pen(pen, pen)
    if edge.line == "dotted":
        return Pen(theme.danger, theme.danger)
    if edge.line == "thick":
        return Pen(theme.go, theme.go)
    return Pen(theme.ink, inks.pair("violet").pen)


def node_pair(name: str, style: Style, inks: Inks) -> Pair:
    """Return a node's pair: the nearest to the author's fill or stroke, else the shape's own."""
    for key in ("fill",) if inks.faithful else ("fill", "stroke"):
        asked = parse_color(style.get(key))
        if asked is not None and (found := inks.nearest(asked)) is not None:
            return found
    return inks.pair(name)


def outline_ink(style: Style, inks: Inks, pair: Pair) -> Color:
    """Return a node's outline: the author's stroke as the nearest pen, else the ink or the pair's pen, as the theme says."""
    asked = parse_color(style.get("stroke"))
    found = inks.nearest(asked) if asked is not None else None
    if found is not None:
        return found.pen
    return pair.pen if inks.theme.drawing.nodes == "pen" else inks.theme.ink


def shade(key: str, shape: Outline, shift: tuple[Pt, Pt], marker: Color, pen: Color, inks: Inks) -> list[Path]:
    """Return what shades a shape below and to its right: a marker's copy, ticks of the pen, or nothing."""
    kind = inks.theme.drawing.shading
    if kind == "marker":
        fill = inks.shaded(marker)
        return [Path(key, shape.shifted(*shift), fill=fill, tool="marker", reach=0.5 * MM)]
    return [ticks(key, shape, MM * min(1.0, shift[0] / MM), pen)] if kind == "ticks" else []


def parse_color(text: str | None) -> Color | None:
    """Return a CSS colour as authors write it, or None where there is none that is known."""
    if text is None:
        return None
    value = text.strip().lower().rstrip(";")
    value = _NAMED.get(value, value)
    numbers = _NUMBERS.match(value)
    if numbers is not None:
        return Color(*(min(255, int(n)) / 255 for n in numbers.groups()))
    if value.startswith("#") and len(value) in (5, 9):
        value = value[: 4 if len(value) == 5 else 7]
    try:
        return Color.parse(value)
    except ValueError:
        return None


def strength(size: float) -> float:
    """Return by how much strokes, gaps and heads shrink with the text: 1 at the size the lengths go with, never below 0.4."""
    return max(0.4, min(1.08, 0.12 + 0.88 * size / HEAD_PT))


def white(inks: Inks) -> Paint:
    """Return what covers the pattern under a node: white on light paper, the paper itself on dark."""
    return Paint(WHITE if inks.ground.luminance > 0.5 else inks.ground)


def _hue(color: Color) -> tuple[float, float]:
    """Return a colour's hue in degrees and its chroma (largest less smallest component)."""
    r, g, b = color
    high, low = max(color), min(color)
    c = high - low
    if c == 0:
        return 0.0, 0.0
    if high == r:
        h = ((g - b) / c) % 6
    elif high == g:
        h = (b - r) / c + 2
    else:
        h = (r - g) / c + 4
    return 60 * h, c


def _turn(a: float, b: float) -> float:
    """Return the smaller angle between two hues."""
    d = abs(a - b) % 360
    return min(d, 360 - d)
