"""Definition lists: the term in bold pen ink, what it means indented under it."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.flow import stack
from banana_layout.layout.typeset import BOLD, Voice, set_text
from banana_layout.model.block import DefinitionList
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group

INDENT = 1.1
"""From the term's left edge to its explanation, in em."""
GAP = 0.28
"""Between two terms, in em."""


def place(node: DefinitionList, room: Room, context: Context) -> Frame:
    """Return terms and explanations under one another."""
    em = room.size
    voice = Voice("term", color=context.tone.pair.pen, leading=context.theme.type.leading, weight=BOLD)
    inner = msgspec.structs.replace(room, width=room.width - INDENT * em, height=None)
    children: list[Placed] = []
    y, baseline = 0.0, None
    for i, item in enumerate(node.items):
        y += GAP * em if i else 0.0
        term = set_text(item.term, voice, room, context.at(f"term{i}"), "term")
        baseline = term.baseline if i == 0 else baseline
        tall, details = 0.0, []
        for j, blocks in enumerate(item.details):
            detail = stack(blocks, inner, context.at(f"details{i}.{j}"))
            details.append(Placed(0.0, tall, detail))
            tall += detail.size.height
        if not room.draft:
            meaning = Frame(
                Size(inner.width, tall), tuple(details), None, Group(f"{context.key}/meaning{i}", (), "meaning")
            )
            parts = (Placed(0.0, 0.0, term), Placed(INDENT * em, term.size.height, meaning))
            whole = Group(f"{context.key}/entry{i}", (), "entry")
            children.append(Placed(0.0, y, Frame(Size(room.width, term.size.height + tall), parts, None, whole)))
        y += term.size.height + tall
    size = Size(room.width, y)
    if room.draft:
        return Frame(size)
    return Frame(size, tuple(children), baseline, Group(context.key, (), "definition", Rect(0.0, 0.0, *size)))
