"""Headings inside a panel."""

from __future__ import annotations

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.typeset import HEAVY, Voice, set_text
from banana_layout.model.block import SubHeading
from banana_layout.model.inline import Text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke


def place(node: SubHeading, room: Room, context: Context) -> Frame:
    """Return the heading over a quick pen line as long as its widest line."""
    scale = context.theme.type.sub_heading * (1.0 if node.level <= 3 else 0.94)
    voice = Voice("heading", role="heading", scale=scale, leading=1.2, weight=HEAVY * 0.8, balance=True)
    text = set_text(_words(node, context), voice, room, context)
    drop = 0.16 * room.size
    size = Size(text.size.width, text.size.height + drop)
    if room.draft:
        return Frame(size)
    stroke = Stroke(0.085 * room.size, Paint(context.tone.pair.pen), overshoot=0.1 * room.size)
    y = text.size.height + 0.02 * room.size
    line = Outline.polyline((Point(0.0, y), Point(text.size.width, y)))
    swash = Path(f"{context.key}/swash", line, stroke=stroke, reach=0.14 * room.size)
    box = Rect(0.0, 0.0, *size)
    group = Group(context.key, (), role="heading", rect=box, level=min(6, max(3, node.level)))
    return Frame(size, (Placed(0.0, 0.0, swash), Placed(0.0, 0.0, text)), text.baseline, group)


def _words(node: SubHeading, context: Context) -> tuple[Text, ...]:
    """Return the heading's inlines with its icon put back in front; made once, so that its shaping is kept."""
    if node.icon is None:
        return node.content  # type: ignore[return-value]  # any inlines will do
    key = ("heading", id(node))
    if key not in context.memo:
        context.memo[key] = ((Text(text=f"{node.icon} "), *node.content), node)
    words: tuple[Text, ...] = context.memo[key][0]
    return words
