"""Running text."""

from __future__ import annotations

from banana_layout.layout.contract import Context, Room
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.block import Paragraph
from banana_layout.scene.frame import Frame


def place(node: Paragraph, room: Room, context: Context) -> Frame:
    """Return the paragraph in lines, ragged right."""
    return set_text(node.content, Voice("body", leading=context.theme.type.leading), room, context, "paragraph")
