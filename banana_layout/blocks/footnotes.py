"""Footnotes, small, under a short line at the end of their panel."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.flow import stack
from banana_layout.layout.typeset import BOLD, Voice, set_text
from banana_layout.model.block import Footnotes
from banana_layout.model.inline import Text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

INDENT = 1.0
"""From the number's left edge to the text, in em of the small text."""


def place(node: Footnotes, room: Room, context: Context) -> Frame:
    """Return the notes in a smaller size."""
    small = room.size * context.theme.type.small
    y = 0.3 * small
    inner = msgspec.structs.replace(room, width=room.width - INDENT * small, height=None, size=small)
    children: list[Placed] = []
    for note in node.items:
        body = stack(note.blocks, inner, context.at(note.number))
        if not room.draft:
            # The key is what the note's mark in the text leads to.
            whole = Group(f"fn-{note.number}", (), "note", Rect(0.0, 0.0, room.width, body.size.height))
            parts = (Placed(0.0, 0.0, _number(note.number, inner, context)), Placed(INDENT * small, 0.0, body))
            children.append(Placed(0.0, y, Frame(Size(room.width, body.size.height), parts, None, whole)))
        y += body.size.height
    size = Size(room.width, y)
    if room.draft:
        return Frame(size)
    children.insert(0, Placed(0.0, 0.0, _line(small, context)))
    return Frame(size, tuple(children), None, Group(context.key, (), "footnote", Rect(0.0, 0.0, *size)))


def _number(number: int, room: Room, context: Context) -> Frame:
    """Return a note's raised number."""
    words = context.memo.setdefault(("footnote", number), (Text(text=str(number)),))
    voice = Voice("marker", color=context.tone.pair.pen, scale=0.86, leading=1.28, weight=BOLD)
    return set_text(words, voice, room, context.at(f"number{number}"), "term")


def _line(small: Pt, context: Context) -> Path:
    """Return the short line over the notes."""
    stroke = Stroke(0.06 * small, Paint(context.tone.pair.pen))
    return Path(f"{context.key}/line", Outline.line(0.0, 0.0, 5 * small, 0.0), stroke=stroke, reach=0.12 * small)
