"""A panel that says one short thing and has room: the words stand large in its middle, over a stroke of the pen."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.doodles import swash
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.block import Paragraph, Quote
from banana_layout.model.document import Panel
from banana_layout.model.inline import plain_text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group
from banana_layout.scene.paint import Paint, Stroke

SHORT = 60
"""Most characters of a short thing."""
SPOKEN_LEAST = 9.5
"""The mascot speaks a lone quotation where the room is as wide as this, in em."""
MEASURE = 0.9
"""Its lines are no longer than this share of the room."""
STATED_LINES = 3
"""It takes no more lines than this to be one."""
MIDDLE = 0.42
"""Share of the slack above what stands in the middle: the eye's middle is a little higher than the ruler's."""


def is_statement(panel: Panel) -> bool:
    """Tell whether a panel says one short thing: a lone paragraph, or a lone quotation of one."""
    if len(panel.blocks) != 1:
        return False
    block = panel.blocks[0]
    if isinstance(block, Quote) and len(block.blocks) == 1:
        block = block.blocks[0]
    return isinstance(block, Paragraph) and 0 < len(plain_text(block.content)) <= SHORT


def statement_height(paragraph: Paragraph, room: Room, context: Context) -> tuple[Size, int]:
    """Return how large a statement is at the room's size, and its lines."""
    leading = context.theme.type.leading_tight
    draft = Room(room.width * MEASURE, None, room.size, draft=True)
    size = set_text(paragraph.content, _voice(context), draft, context.at(0), "paragraph").size
    return size, round(size.height / (leading * room.size))


def set_statement(paragraph: Paragraph, room: Room, context: Context) -> Frame:
    """Return a statement in the middle of a room of a known height."""
    em, tall = room.size, room.height or 0.0
    inner = Room(room.width * MEASURE, None, em)
    text = set_text(paragraph.content, _voice(context), inner, context.at(0), "paragraph")
    y = max(0.0, (tall - text.size.height) * MIDDLE)
    x = (room.width - text.size.width) / 2
    if context.theme.drawing.doodles:
        text = _underlined(text, em, context.at(0))
    baseline = None if text.baseline is None else y + text.baseline
    return Frame(Size(room.width, max(tall, text.size.height)), (Placed(x, y, text),), baseline)


def _voice(context: Context) -> Voice:
    """Return how a statement is set."""
    return Voice("body", leading=context.theme.type.leading_tight, align="center", balance=True)


def _underlined(text: Frame, em: Pt, context: Context) -> Frame:
    """Return set text with a fast stroke under its last line, which is part of that line: where it moves, the stroke goes."""
    last = text.children[-1]
    if not isinstance(last.what, Group):
        return text
    pen = Stroke(0.09 * em, Paint(context.tone.pair.pen))
    wide, tall = text.size
    stroke = swash(f"{context.key}/swash", (0.06 * wide, 0.94 * wide), tall + 0.04 * em, pen, 0.3 * em)
    line = msgspec.structs.replace(last.what, children=(stroke, *last.what.children))
    return msgspec.structs.replace(text, children=(*text.children[:-1], Placed(last.x, last.y, line)))
