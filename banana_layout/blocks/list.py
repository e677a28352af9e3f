"""Bulleted, numbered and task lists."""

from __future__ import annotations

import math

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.flow import stack
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.block import List, ListItem
from banana_layout.model.inline import Text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

INDENT = {"bullet": 0.9, "task": 1.42, "number": 1.62}
"""From the item's left edge to its text, in em."""
BULLET = 0.34
"""Diameter of a bullet, in em: 1.7 mm at 14.2 pt."""
BOX = 0.8
"""Side of a check box, in em: 4.0 mm."""
RING = 1.06
"""Diameter of the ring around a number, in em: 5.3 mm."""
GAP = 0.2
"""Between two items, in em; 0.75 to 1.3 mm."""
MIDDLE = 0.30
"""Middle of the Hangul box above the baseline, in em."""


def place(node: List, room: Room, context: Context) -> Frame:
    """Return the items under one another; a height that is offered opens the gaps between them."""
    inner = msgspec.structs.replace(room, width=room.width - _indent(node) * room.size, height=None)
    deeper = msgspec.structs.replace(context, depth=context.depth + 1)
    bodies = [stack(item.blocks, inner, deeper.at(i)) for i, item in enumerate(node.items)]
    gap = GAP * room.size * (1.0 if node.tight else 2.2)
    natural = math.fsum(b.size.height for b in bodies) + gap * (len(bodies) - 1)
    if room.height is not None and room.height > natural and len(bodies) > 1:
        gap += (room.height - natural) / (len(bodies) - 1)
        natural = room.height
    size = Size(room.width, natural)
    if room.draft:
        wide = _indent(node) * room.size + max((b.size.width for b in bodies), default=0.0)
        return Frame(Size(max(size.width, wide), size.height))
    children, y = [], 0.0
    for i, body in enumerate(bodies):
        children.append(Placed(0.0, y, _item(node, i, body, room, context.at(i))))
        y += body.size.height + gap
    group = Group(context.key, (), role="list", rect=Rect(0.0, 0.0, *size))
    return Frame(size, tuple(children), bodies[0].baseline, group)


def _indent(node: List) -> float:
    """Return how far the text stands in, in em; numbers of three digits and more need more."""
    if any(item.checked is not None for item in node.items):
        return INDENT["task"]
    if not node.ordered:
        return INDENT["bullet"]
    digits = len(str(node.start + len(node.items) - 1))
    return INDENT["number"] + 0.42 * max(0, digits - 2)


def _item(node: List, i: int, body: Frame, room: Room, context: Context) -> Frame:
    """Return one item with its mark."""
    item = node.items[i]
    em = room.size
    baseline = body.baseline if body.baseline is not None else 0.96 * em
    middle = baseline - MIDDLE * em
    if item.checked is not None:
        mark, said = _box(item, middle, em, context), "☑" if item.checked else "☐"
    elif node.ordered:
        mark, said = _number(str(node.start + i), middle, _indent(node) * em, em, context), ""
    else:
        mark, said = (Placed(0.0, 0.0, _bullet(middle, em, context)),), "•"
    box = Rect(0.0, 0.0, room.width, body.size.height)
    label = Frame(
        Size(_indent(node) * em, body.size.height), mark, None, Group(f"{context.key}/label", (), "label", alt=said)
    )
    inner = Frame(body.size, body.children, body.baseline, Group(f"{context.key}/body", (), "body"))
    children = (Placed(0.0, 0.0, label), Placed(_indent(node) * em, 0.0, inner))
    return Frame(box.size, children, body.baseline, Group(context.key, (), "item", box))


def _bullet(middle: Pt, em: Pt, context: Context) -> Path:
    """Return a blob of pen ink; deeper lists get a ring."""
    d = BULLET * em
    blob = Outline.ellipse(Rect(0.24 * em - d / 2, middle - d / 2, d, d * 0.94))
    ink = Paint(context.tone.pair.pen)
    if context.depth % 2 == 0:
        return Path(f"{context.key}/bullet", blob, fill=ink, tool="pen", reach=0.05 * em)
    return Path(f"{context.key}/bullet", blob, stroke=Stroke(0.08 * em, ink), tool="pen", reach=0.12 * em)


def _box(item: ListItem, middle: Pt, em: Pt, context: Context) -> tuple[Placed, ...]:
    """Return a check box and, where it is ticked, a tick that leaves it to the upper right."""
    side = BOX * em
    box = Rect(0.06 * em, middle - side / 2, side, side)
    ink = Stroke(at_body(0.38, em), Paint(context.theme.ink))
    frame = Path(f"{context.key}/box", Outline.rect(box, 0.12 * em), stroke=ink, reach=0.1 * em)
    if not item.checked:
        return (Placed(0.0, 0.0, frame),)
    points = (
        Point(box.x + 0.22 * side, box.y + 0.50 * side),
        Point(box.x + 0.44 * side, box.y + 0.80 * side),
        Point(box.x + 1.18 * side, box.y - 0.14 * side),
    )
    pen = Stroke(at_body(0.72, em), Paint(context.theme.danger))
    b = PathBuilder().move(*points[0]).cubic(*points[0].shifted(0.12 * side, 0.12 * side), *points[1], *points[1])
    b.cubic(*points[1].shifted(0.2 * side, -0.42 * side), *points[1].toward(points[2], 0.75), *points[2])
    tick = Path(f"{context.key}/tick", b.build(), stroke=pen, reach=0.12 * em)
    return (Placed(0.0, 0.0, frame), Placed(0.0, 0.0, tick))


def _number(text: str, middle: Pt, indent: Pt, em: Pt, context: Context) -> tuple[Placed, ...]:
    """Return a number in a ring."""
    wide = (RING + 0.42 * max(0, len(text) - 2)) * em
    tall = RING * em
    box = Rect(0.04 * em, middle - tall / 2, wide, tall)
    pen = Paint(context.theme.danger)
    outline = Outline.ellipse(box) if len(text) < 3 else Outline.rect(box, tall / 2)
    ring = Path(f"{context.key}/ring", outline, stroke=Stroke(0.1 * em, pen), reach=0.1 * em)
    voice = Voice("marker", color=pen.color, scale=0.86, leading=1.0, weight=0.012)
    words = context.memo.setdefault(("number", text), (Text(text=text),))
    figure = set_text(words, voice, Room(indent * 2, None, em), context.at("number"))
    lift = (figure.baseline or 0.0) - 0.29 * em * voice.scale
    x = box.center.x - figure.size.width / 2
    return (Placed(0.0, 0.0, ring), Placed(x, middle - lift, figure))
