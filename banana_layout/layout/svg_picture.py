"""Reads SVG pictures as shapes: paths, basic shapes, groups, transforms, flat fills and strokes; nothing that runs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from banana_layout.color import BLACK, Color
from banana_layout.geometry.affine import IDENTITY, Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.scene.item import Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_SHAPES = 20_000
"""Most shapes a picture may have."""
MAX_DEPTH = 100
"""Deepest nesting of groups."""
FARTHEST = 1e7
"""Shapes with a coordinate beyond this, or one that is no number, do not show."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_CALL = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
_RGB = re.compile(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)")
_INHERITED = ("fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity", "color")


class _State(msgspec.Struct, frozen=True):
    """What an element hands to those inside it."""

    matrix: Affine = IDENTITY
    """User units to the picture's."""
    style: tuple[tuple[str, str], ...] = ()
    """Inherited properties."""
    opacity: float = 1.0
    """Of all groups around, multiplied."""

    def get(self, name: str, default: str) -> str:
        """Return an inherited property."""
        return next((v for k, v in reversed(self.style) if k == name), default)


def read_svg(data: bytes) -> tuple[Size, tuple[Path, ...]]:
    """Return a picture's size in user units and its shapes.

    Raises BananaError for what is no SVG, declares entities, or is too large. Text, gradients (shown in their first
    colour), filters and masks are beyond it and simply do not show; scripts and references to other files never act.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError) as e:
        raise BananaError.single(f"no usable SVG: {type(e).__name__}") from None
    if _name(root) != "svg":
        raise BananaError.single("no SVG: its root is another element")
    box = _view_box(root)
    start = _State(Affine.translate(-box.x, -box.y))
    gradients = {e.get("id", ""): e for e in root.iter() if _name(e).endswith("Gradient")}
    shapes: list[Path] = []
    for shape in _walk(root, start, gradients, 0):
        shapes.append(shape)
        if len(shapes) > MAX_SHAPES:
            raise BananaError.single(f"more than {MAX_SHAPES:,} shapes")
    return Size(box.w, box.h), tuple(shapes)


def _name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _view_box(root: Element) -> Rect:
    """Return the visible part of the user space."""
    found = [float(v) for v in _NUMBER.findall(root.get("viewBox", ""))]
    if len(found) == 4 and 0 < found[2] < FARTHEST and 0 < found[3] < FARTHEST and max(map(abs, found[:2])) < FARTHEST:
        return Rect(*found)
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    return Rect(0.0, 0.0, width or 300.0, height or 150.0)


def _length(text: str) -> float:
    """Return a length's number, its unit taken as pixels; 0 for a percentage or none."""
    found = _NUMBER.match(text.strip())
    value = float(found.group()) if found and "%" not in text else 0.0
    return value if abs(value) < FARTHEST else 0.0


def _walk(element: Element, state: _State, gradients: Mapping[str, Element], depth: int) -> Iterator[Path]:
    """Yield the shapes of an element and those inside it."""
    if depth > MAX_DEPTH:
        raise BananaError.single(f"groups nested deeper than {MAX_DEPTH}")
    name = _name(element)
    own = _own_style(element)
    if own.get("display") == "none" or own.get("visibility") == "hidden":
        return
    matrix = _transform(element.get("transform", "")).then(state.matrix)
    style = (*state.style, *((k, own[k]) for k in _INHERITED if k in own))
    inner = _State(matrix, style, state.opacity * _fraction(own.get("opacity", "1")))
    if name in ("svg", "g", "a", "switch"):
        for child in element:
            yield from _walk(child, inner, gradients, depth + 1)
        return
    outline = _outline(name, element)
    if outline is not None and outline.verbs:
        shape = _shape(outline, inner, gradients)
        if all(-FARTHEST < v < FARTHEST for v in shape.path.coords):
            yield shape


def _own_style(element: Element) -> dict[str, str]:
    """Return an element's presentation attributes, its style attribute winning."""
    out = {k: v.strip() for k, v in element.attrib.items() if "}" not in k}
    for part in element.get("style", "").split(";"):
        key, mark, value = part.partition(":")
        if mark:
            out[key.strip()] = value.strip()
    return out


def _shape(outline: Outline, state: _State, gradients: Mapping[str, Element]) -> Path:
    """Return a painted shape."""
    m = state.matrix
    fill = _paint(state.get("fill", "#000"), state, "fill-opacity", gradients)
    ink = _paint(state.get("stroke", "none"), state, "stroke-opacity", gradients)
    width = (_length(state.get("stroke-width", "1"))) * math.sqrt(abs(m.a * m.d - m.b * m.c))
    stroke = Stroke(width, ink, taper=False) if ink is not None and width > 0 else None
    return Path("", outline.transformed(m), fill, stroke, "exact")


def _paint(text: str, state: _State, opacity: str, gradients: Mapping[str, Element]) -> Paint | None:
    """Return a flat paint, or None for `none`."""
    if text in ("none", "transparent", ""):
        return None
    if text.startswith("url("):
        gradient = gradients.get(text[4:].split(")", maxsplit=1)[0].strip("'\" #"))
        stops = [e for e in (gradient if gradient is not None else ()) if _name(e) == "stop"]
        text = _own_style(stops[0]).get("stop-color", "#000") if stops else "#808080"
    if text == "currentColor":
        text = state.get("color", "#000")
    return Paint(_color(text), state.opacity * _fraction(state.get(opacity, "1")))


def _color(text: str) -> Color:
    """Return a CSS colour; black for one that is not known."""
    found = _RGB.match(text)
    if found:
        r, g, b = (min(255, int(v)) / 255 for v in found.groups())
        return Color(r, g, b)
    from PIL import ImageColor

    try:
        r, g, b = (v / 255 for v in ImageColor.getrgb(text)[:3])
    except ValueError:
        return BLACK
    return Color(r, g, b)


def _fraction(text: str) -> float:
    """Return an opacity."""
    found = _NUMBER.match(text)
    if not found:
        return 1.0
    value = float(found.group()) / (100 if "%" in text else 1)
    return min(1.0, max(0.0, value))


def _transform(text: str) -> Affine:
    """Return a transform attribute's map."""
    out = IDENTITY
    for name, arguments in _CALL.findall(text):
        v = [float(n) for n in _NUMBER.findall(arguments)]
        out = _one_transform(name, v).then(out)
    return out


def _one_transform(name: str, v: list[float]) -> Affine:
    """Return one transform function's map; the identity where its numbers are missing."""
    if name == "matrix" and len(v) == 6:
        return Affine(*v)
    if name == "translate" and v:
        return Affine.translate(v[0], v[1] if len(v) > 1 else 0.0)
    if name == "scale" and v:
        return Affine.scale(v[0], v[1] if len(v) > 1 else None)
    if name == "rotate" and v:
        return Affine.rotate(v[0], Point(v[1], v[2]) if len(v) == 3 else None)
    if name == "skewX" and v:
        return Affine(c=math.tan(math.radians(v[0])))
    if name == "skewY" and v:
        return Affine(b=math.tan(math.radians(v[0])))
    return IDENTITY


def _outline(name: str, element: Element) -> Outline | None:
    """Return a shape element's outline, or None for an element that draws nothing."""

    def number(key: str) -> float:
        return _length(element.get(key, "0"))

    if name == "path":
        return _path_data(element.get("d", ""))
    if name == "rect":
        box = Rect(number("x"), number("y"), number("width"), number("height"))
        return Outline.rect(box, number("rx") or number("ry")) if box.w > 0 and box.h > 0 else None
    if name in ("circle", "ellipse"):
        rx, ry = (number("r"), number("r")) if name == "circle" else (number("rx"), number("ry"))
        return (
            Outline.ellipse(Rect(number("cx") - rx, number("cy") - ry, 2 * rx, 2 * ry)) if rx > 0 and ry > 0 else None
        )
    if name == "line":
        return Outline.line(number("x1"), number("y1"), number("x2"), number("y2"))
    if name in ("polyline", "polygon"):
        v = [float(n) for n in _NUMBER.findall(element.get("points", ""))]
        points = [Point(x, y) for x, y in zip(v[0::2], v[1::2], strict=False)]
        return Outline.polyline(points, name == "polygon") if len(points) > 1 else None
    return None


def _path_data(text: str) -> Outline:
    """Return path data as an outline; fontTools reads it, arcs included."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    try:
        parse_path(text, pen)
    except (ValueError, IndexError, AssertionError, TypeError):
        raise BananaError.single("path data that do not parse") from None
    b = PathBuilder()
    for verb, points in pen.value:
        flat = [float(v) for p in points for v in p]
        if not all(math.isfinite(v) for v in flat):
            raise BananaError.single("a coordinate that is no number")
        if verb == "moveTo":
            b.move(*flat)
        elif verb == "lineTo":
            b.line(*flat)
        elif verb == "qCurveTo":
            b.quad(*flat)
        elif verb == "curveTo":
            b.cubic(*flat)
        elif verb == "closePath":
            b.close()
    return b.build()
