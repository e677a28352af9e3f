"""Thematic breaks."""

from __future__ import annotations

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.model.block import Rule
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke


def place(node: Rule, room: Room, context: Context) -> Frame:
    """Return one pen line across the room."""
    em = room.size
    size = Size(room.width, 0.5 * em)
    if room.draft:
        return Frame(size)
    inset = 0.08 * room.width
    line = Outline.line(inset, size.height / 2, room.width - inset, size.height / 2)
    dash = (0.6 * em, 0.36 * em)
    stroke = Stroke(0.08 * em, Paint(context.tone.pair.pen), dash=dash)
    path = Path(f"{context.key}/rule", line, stroke=stroke, reach=0.12 * em)
    return Frame(size, (Placed(0.0, 0.0, path),), None, Group(context.key, (), "rule", Rect(0.0, 0.0, *size)))
