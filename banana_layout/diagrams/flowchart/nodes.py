"""Nodes as items: marker shadow, white, tint, outline, picture and words."""

from __future__ import annotations

import math

import msgspec

from banana_layout.color import Color
from banana_layout.diagrams.ink import Inks, node_pair, outline_ink, shade, strength, white
from banana_layout.diagrams.labels import PICTURE, PICTURE_GAP, Cut, Label, Scribe
from banana_layout.diagrams.shape.form import Drawn, Load, Shape
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context
from banana_layout.layout.picture import picture_item
from banana_layout.layout.sticker import sticker
from banana_layout.model.flowchart import Node
from banana_layout.scene.item import Group, Item, Link, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Pair

OUTLINE_MM = 0.55
"""Node outline at the text size the lengths go with."""

INNER_MM = 0.36
"""Inner lines such as a subroutine's bars."""

SHADOW_MM = (1.0, 1.1)
"""How far the marker shadow lies to the right and below."""

PICTURE_MAX = 1.9
"""A picture grows to this height, in em, where its node has room: 15 mm above 22.5 pt."""


class NodeDrawing(msgspec.Struct, frozen=True):
    """A node's items and where its words stand."""

    group: Group
    """All of it."""
    text: Rect
    """The box of its lines."""


class Subject(msgspec.Struct, frozen=True):
    """A node to draw."""

    node: Node
    """What the author said."""
    shape: Shape
    """Its shape."""
    label: Label
    """Its measured label."""
    cut: Cut
    """The label's lines."""
    drawn: Drawn
    """Its outline at its place."""


class Easel(msgspec.Struct, frozen=True):
    """What every node of a chart is drawn with."""

    context: Context
    """The panel's."""
    inks: Inks
    """The theme's pairs."""
    scribe: Scribe
    """Writes labels."""
    size: Pt
    """Text size of the heads."""


def draw_node(subject: Subject, easel: Easel) -> NodeDrawing:
    """Return a node's items in the coordinates of its outline."""
    node, shape, label, drawn = subject.node, subject.shape, subject.label, subject.drawn
    context = easel.context.at(f"node/{node.id}")
    pair = node_pair(shape.pair, node.style, easel.inks)
    ink = outline_ink(node.style, easel.inks, pair)
    items = shape_items(subject, (pair, ink), easel, context.key)
    text = Rect(drawn.area.center.x, drawn.area.center.y, 0.0, 0.0)
    if shape.labelled and (label.parts or label.pictured):
        drawn_in = msgspec.structs.replace(context.tone, frame=ink)
        words, text = _words(subject, easel, msgspec.structs.replace(context, tone=drawn_in))
        items += words
    box = drawn.outline.bounds()
    if node.link:
        items.append(Link(f"{context.key}/link", box, node.link, node.tooltip or label.text))
    group = Group(context.key, tuple(items), role="node", rect=box, text=label.text)
    return NodeDrawing(group, text)


def shape_items(subject: Subject, colors: tuple[Pair, Color], easel: Easel, key: str) -> list[Item]:
    """Return a shape's shadow, fill and lines; `colors` are its pair and its outline's ink."""
    shape, drawn, (pair, ink) = subject.shape, subject.drawn, colors
    dashed = (subject.node.style.get("stroke-dasharray") or "none").strip() not in ("none", "0")
    k = strength(easel.size)
    over = 0.55 * MM * k if shape.angular and not dashed else 0.0
    dash = (2.3 * MM * k, 1.5 * MM * k) if dashed else None
    stroke = Stroke(OUTLINE_MM * MM * k, Paint(ink), dash=dash, overshoot=over)
    items: list[Item] = []
    if shape.fill == "ink":
        return [Path(f"{key}/outline", drawn.outline, fill=Paint(ink), stroke=stroke, reach=0.5 * MM)]
    if shape.fill == "tint":
        base = drawn.behind[0] if drawn.behind else drawn.outline
        items += shade(
            f"{key}/shadow", base, (SHADOW_MM[0] * MM * k, SHADOW_MM[1] * MM * k), pair.marker, ink, easel.inks
        )
        for i, sheet in enumerate((*drawn.behind, drawn.outline)):
            name = "" if sheet is drawn.outline else f"sheet{i}/"
            items.append(Path(f"{key}/{name}ground", sheet, fill=white(easel.inks), tool="exact"))
            items.append(Path(f"{key}/{name}tint", sheet, fill=Paint(pair.tint), tool="marker", reach=0.4 * MM))
            if sheet is not drawn.outline:
                items.append(Path(f"{key}/{name}outline", sheet, stroke=stroke, reach=0.5 * MM))
    rim = (drawn.outline,) if drawn.rim is None else drawn.rim
    for i, line in enumerate(rim):
        name = "outline" if i == 0 else f"outline{i}"
        items.append(Path(f"{key}/{name}", line, stroke=stroke, reach=0.5 * MM))
    inner = Stroke(INNER_MM * MM * k, Paint(ink))
    for i, line in enumerate(drawn.lines):
        items.append(Path(f"{key}/line{i}", line, stroke=inner, reach=0.3 * MM))
    return items


def _words(subject: Subject, easel: Easel, context: Context) -> tuple[list[Item], Rect]:
    """Return a label's picture and lines, in the middle of the shape's room, and the lines' box."""
    shape, label, cut, drawn = subject.shape, subject.label, subject.cut, subject.drawn
    size = easel.size
    frame = easel.scribe.write(label, cut, size, f"{context.key}/label")
    box = drawn.outline.bounds()
    side = _picture_size(shape, label, cut, box, size) * size if label.pictured else 0.0
    trim_top, trim_bottom = cut.trim[0] * size, cut.trim[1] * size
    shown = frame.size.height - trim_top - trim_bottom if label.parts else 0.0
    gap = PICTURE_GAP * size if label.pictured and label.parts else 0.0
    top = drawn.area.center.y - (side + gap + shown) / 2
    if shape.settle is not None:
        top += shape.settle(cut.load, box.w / max(box.h, 1e-6)) * size
    lean = {"lean-r": -0.2, "lean-l": 0.2}.get(subject.node.shape, 0.0)
    center = drawn.area.center.x
    items: list[Item] = []
    text_top = top if label.below else top + side + gap
    if label.pictured:
        picture_top = top + shown + gap if label.below else top
        at = Point(center + lean * (picture_top + side / 2 - box.center.y), picture_top + side / 2)
        items.append(_picture(label, at, side, context))
    x = center - frame.size.width / 2 + lean * 0.85 * (text_top + shown / 2 - box.center.y)
    items += frame.flattened(x, text_top - trim_top)
    return items, Rect(x, text_top, frame.size.width, shown)


def _picture(label: Label, at: Point, side: Pt, context: Context) -> Item:
    """Return a label's picture of a height, about its middle."""
    if label.image is None:
        return sticker(label.picture or "", at, side, context.at("picture"))
    width = side * label.picture_aspect
    rect = Rect(at.x - width / 2, at.y - side / 2, width, side)
    return picture_item(label.image, rect, label.text, f"{context.key}/picture")


def _picture_size(shape: Shape, label: Label, cut: Cut, box: Rect, size: Pt) -> float:
    """Return a picture's height in em: larger where the grown shape still holds the label."""
    if label.picture_size != PICTURE:
        return label.picture_size
    text = Size(cut.text.width, cut.text.height - math.fsum(cut.trim))
    for tried in (PICTURE_MAX, 1.7):
        need = shape.need(Load(label.bands(text, tried)), box.w / max(box.h, 1e-6))
        if need.width * size <= box.w + 0.01 and (need.height + 0.3) * size <= box.h:
            return tried
    return label.picture_size
