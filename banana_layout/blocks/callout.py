"""GitHub's callouts: a tinted card with its kind as a heading."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Room, Tone
from banana_layout.layout.flow import stack
from banana_layout.layout.typeset import HEAVY, Voice, set_text
from banana_layout.model.block import Callout
from banana_layout.model.inline import AnyInline, Text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

SIGNS = {"note": "📝", "tip": "💡", "important": "📌", "warning": "⚠️", "caution": "🛑"}
"""What stands before each kind's name."""
NAMES = {
    "ko": {"note": "참고", "tip": "팁", "important": "중요", "warning": "주의", "caution": "경고"},
    "ja": {"note": "メモ", "tip": "ヒント", "important": "重要", "warning": "注意", "caution": "警告"},
}
"""Kinds by language; English names are the kinds themselves."""
PENS = {"note": "blue", "tip": "green", "important": "violet", "warning": "banana", "caution": "coral"}
"""Which pair each kind is drawn in."""
PAD = 0.6
"""Around the text, in em."""


def place(node: Callout, room: Room, context: Context) -> Frame:
    """Return the callout as a card."""
    em = room.size
    pair = context.theme.pair(PENS[node.kind]) or context.tone.pair
    tone = Tone(pair, pair.pen, pair.tint, pair.marker)
    inside = msgspec.structs.replace(context, tone=tone)
    inner = msgspec.structs.replace(room, width=max(em, room.width - 2 * PAD * em), height=None)
    voice = Voice("heading", "heading", pair.pen, context.theme.type.sub_heading, 1.15, HEAVY * 0.7)
    head = set_text(_title(node, inside), voice, inner, inside.at("title"))
    body = stack(node.blocks, inner, inside)
    gap = 0.15 * em if node.blocks else 0.0
    size = Size(room.width, head.size.height + gap + body.size.height + 1.4 * PAD * em)
    if room.draft:
        return Frame(size)
    card = Path(
        f"{context.key}/card",
        Outline.rect(Rect(0.0, 0.0, *size), 0.55 * em),
        fill=Paint(pair.tint),
        stroke=Stroke(at_body(0.45, em), Paint(pair.pen)),
        reach=0.16 * em,
    )
    y = 0.7 * PAD * em
    children = (
        Placed(0.0, 0.0, card),
        Placed(PAD * em, y, head),
        Placed(PAD * em, y + head.size.height + gap, body),
    )
    baseline = y + head.baseline if head.baseline is not None else None
    return Frame(size, children, baseline, Group(context.key, (), "callout", Rect(0.0, 0.0, *size)))


def _title(node: Callout, context: Context) -> tuple[AnyInline, ...]:
    """Return the sign and the author's title or the kind's name; made once, so that its shaping is kept."""
    key = ("callout", id(node))
    if key not in context.memo:
        name = NAMES.get(context.lang[:2], {}).get(node.kind, node.kind.upper())
        words: tuple[AnyInline, ...] = node.title or (Text(text=name),)
        context.memo[key] = ((Text(text=f"{SIGNS[node.kind]} "), *words), node)
    made: tuple[AnyInline, ...] = context.memo[key][0]
    return made
