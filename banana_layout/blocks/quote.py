"""Quotations in speech bubbles."""

from __future__ import annotations

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Room, Tone
from banana_layout.layout.doodles_mascot import WIDE as MASCOT_WIDE
from banana_layout.layout.doodles_mascot import mascot
from banana_layout.layout.flow import MIDDLE, stack
from banana_layout.layout.statement import SPOKEN_LEAST
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.block import Paragraph, Quote
from banana_layout.model.inline import Strong
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

SPEAKER = 3.4
"""Height of the mascot that speaks, in em: 17 mm at 14.2 pt."""
TAIL = 0.78
"""How far the tail leaves the bubble, in em."""
PAD_X = 0.68
"""Beside the text, in em."""
PAD_Y = 0.3
"""Over and under the text, in em."""

SHORT = 0.66
"""Words that take no more than this share of a bubble's width draw it in: a few words in a wide bubble look lost."""
ALONE_SPEAKER = 4.4
"""Height of the mascot that speaks the only thing a panel says, in em."""
ALONE_PAD = 1.0
"""Beside the text of such a bubble, in em."""


def place(node: Quote, room: Room, context: Context) -> Frame:
    """Return the quotation in a bubble; its tail's side changes from one quotation to the next."""
    alone = ("alone", id(node)) in context.memo
    if alone and room.height is not None and not room.draft:
        return _alone(node, room.height, room, context)
    if not alone and spoken(node, room, context):
        return _spoken(node, room, context)
    em = room.size
    turn = _turn(node, context)
    tone = _tone(turn, context)
    context = msgspec.structs.replace(context, tone=tone)
    left = turn % 2 == 0
    tail, pad = TAIL * em, PAD_X * em
    measure = _alone_measure(node, room, context) if alone else max(em, room.width - tail - 2 * pad)
    inner = msgspec.structs.replace(room, width=measure, height=None)
    text = _words(node, inner, context)
    size = Size(room.width, text.size.height + 2 * PAD_Y * em)
    if room.height is not None:
        size = Size(size.width, max(size.height, min(room.height, size.height + 0.7 * em)))
    if room.draft:
        return Frame(size)
    wide = _wide(text.size.width, measure, em) + 2 * pad
    bubble = Rect(tail if left else room.width - tail - wide, 0.0, wide, size.height)
    outline = speech_bubble(bubble, min(0.9 * em, size.height / 2), left, em, 0.34)
    shape = _bubble(outline, tone.pair.pen, em, context)
    y = (size.height - text.size.height) / 2
    x = bubble.x + (bubble.w - text.size.width) / 2
    baseline = None if text.baseline is None else y + text.baseline
    group = Group(context.key, (), "quote", Rect(0.0, 0.0, *size))
    return Frame(size, (Placed(0.0, 0.0, shape), Placed(x, y, text)), baseline, group)


def spoken(node: Quote, room: Room, context: Context) -> bool:
    """Tell whether the mascot speaks the quotation: the only one of a panel wide enough, at the panel's end."""
    known = ("spoken", id(node)) in context.memo
    least = SPOKEN_LEAST if ("alone", id(node)) in context.memo else 15
    return known and room.width >= least * room.size and context.theme.drawing.doodles


def _spoken(node: Quote, room: Room, context: Context) -> Frame:
    """Return the quotation in a bubble whose tail points at the mascot beside it."""
    em = room.size
    tall = SPEAKER * em
    aside = 0.92 * MASCOT_WIDE * tall
    tail, pad = TAIL * em, 0.95 * PAD_X * em
    inner = msgspec.structs.replace(room, width=max(em, room.width - aside - tail - 2 * pad), height=None)
    text = _words(node, inner, context)
    least = max(text.size.height + 2 * PAD_Y * em, 2.5 * em)
    size = Size(room.width, max(least, tall - 0.42 * em))
    if room.draft:
        return Frame(size)
    high = max(least, min(size.height, least + 0.5 * em))
    wide = _wide(text.size.width, room.width - aside - tail - 2 * pad, em) + 2 * pad
    bubble = Rect(room.width - aside - tail - wide, size.height - high, wide, high)
    outline = speech_bubble(bubble, min(0.9 * em, high / 2), False, em)
    shape = _bubble(outline, context.tone.pair.pen, em, context)
    speaker = mascot(Point(room.width - aside / 2, size.height - 0.03 * em), tall, "wave", context.at("mascot"))
    y = bubble.y + (bubble.h - text.size.height) / 2
    x = bubble.x + (bubble.w - text.size.width) / 2
    baseline = None if text.baseline is None else y + text.baseline
    group = Group(context.key, (), "quote", Rect(0.0, 0.0, *size))
    return Frame(size, (Placed(0.0, 0.0, speaker), Placed(0.0, 0.0, shape), Placed(x, y, text)), baseline, group)


def _alone(node: Quote, high: Pt, room: Room, context: Context) -> Frame:
    """Return the only thing a panel says: a bubble about its words in the middle, the mascot beside it where it has room."""
    em = room.size
    tail, pad = TAIL * em, ALONE_PAD * em
    tall = min(ALONE_SPEAKER * em, 0.9 * high)
    aside = 0.92 * MASCOT_WIDE * tall
    text = _words(node, msgspec.structs.replace(room, width=_alone_measure(node, room, context), height=None), context)
    wide = text.size.width + 2 * pad + tail
    speaks = spoken(node, room, context) and tall >= 0.7 * SPEAKER * em and wide + aside <= room.width
    if not speaks:
        tall, aside = 0.0, 0.0
    wide = min(wide, room.width)
    bubble_high = min(high, max(text.size.height + 2 * ALONE_PAD * em * 0.6, 2.2 * em))
    top = (high - max(bubble_high, tall)) * MIDDLE
    left = (room.width - wide - aside) / 2
    lift = max(0.0, 0.42 * tall - bubble_high / 2)
    bubble = Rect(left + (0.0 if speaks else tail), top + lift, wide - tail, bubble_high)
    outline = speech_bubble(bubble, min(0.9 * em, bubble_high / 2), not speaks, em, 0.0 if speaks else 0.34)
    children: list[Placed] = [Placed(0.0, 0.0, _bubble(outline, context.tone.pair.pen, em, context))]
    if speaks:
        feet = Point(left + wide + aside / 2, top + max(bubble_high, tall))
        children.insert(0, Placed(0.0, 0.0, mascot(feet, tall, "wave", context.at("mascot"))))
    x, y = bubble.center.x - text.size.width / 2, bubble.center.y - text.size.height / 2
    children.append(Placed(x, y, text))
    baseline = None if text.baseline is None else y + text.baseline
    drawn = Rect(left, top, wide + aside, max(bubble_high, tall))
    return Frame(Size(room.width, high), tuple(children), baseline, Group(context.key, (), "quote", drawn))


def _alone_measure(node: Quote, room: Room, context: Context) -> Pt:
    """Return how long lines of the only thing a panel says may be: beside them the mascot has room where it speaks."""
    em = room.size
    aside = 0.92 * MASCOT_WIDE * ALONE_SPEAKER * em if spoken(node, room, context) else 0.0
    return max(em, room.width - aside - (TAIL + 2 * ALONE_PAD) * em)


def _wide(words: Pt, measure: Pt, em: Pt) -> Pt:
    """Return how wide a bubble is inside: as its panel, but about its words where these are much shorter."""
    return measure if words > SHORT * measure else max(words + 1.2 * em, 0.4 * measure)


def _turn(node: Quote, context: Context) -> int:
    """Return the quotation's place among its panel's, from 0."""
    found: int = context.memo.get(("quote", id(node)), 0)
    return found


def _tone(turn: int, context: Context) -> Tone:
    """Return a quotation's inks: the first one's are the panel's, the next ones take other pairs in turn."""
    own, pairs = context.tone.pair, context.theme.pairs
    others = [p for p in pairs if p.name != own.name]
    if turn == 0 or own.name == "note" or len(others) < 2:
        return context.tone
    pair = (others[0], others[-1], *others[1:-1], own)[(turn - 1) % (len(others) + 1)]
    return msgspec.structs.replace(context.tone, pair=pair, marker=pair.marker)


def _bubble(outline: Outline, pen: Color, em: Pt, context: Context) -> Path:
    """Return a bubble's ground and line."""
    stroke = Stroke(at_body(0.45, em), Paint(pen))
    return Path(f"{context.key}/bubble", outline, fill=Paint(context.theme.clean), stroke=stroke, reach=0.16 * em)


def _words(node: Quote, room: Room, context: Context) -> Frame:
    """Return what is quoted; a lone paragraph is centred in the quick hand."""
    if len(node.blocks) == 1 and isinstance(node.blocks[0], Paragraph):
        content = node.blocks[0].content
        marked = any(isinstance(item, Strong) for item in content)
        color = None if marked else context.tone.pair.pen
        scale = context.theme.type.quote
        voice = Voice("quote", "quote", color, scale, leading=1.16, align="center", balance=True)
        return set_text(content, voice, room, context.at("text"), "paragraph")
    return stack(node.blocks, room, context.at("text"))


def speech_bubble(r: Rect, radius: Pt, left: bool, em: Pt, drop: float = 0.0) -> Outline:
    """Return a rounded box with a tail on its left or right side, one closed line from the top right's start.

    `drop` is how far the tail's tip hangs below its root, in em; the root then lies lower too.
    """
    k = 0.45 * radius
    tip, wide = TAIL * em * 0.94, min(0.62 * em, max(0.0, r.h - 2 * radius) / 2 + 0.18 * em)
    y = r.center.y + 0.06 * r.h + min(0.3 * drop * em, 0.14 * r.h)
    end = y + wide * 0.22 + drop * em
    x0, y0, x1, y1 = r.x, r.y, r.right, r.bottom
    low = y + wide * 0.6
    b = PathBuilder().move(x0 + radius, y0).line(x1 - radius, y0).cubic(x1 - k, y0, x1, y0 + k, x1, y0 + radius)
    if not left:
        b.line(x1, y - wide / 2).cubic(x1 + tip * 0.2, y + wide * 0.1, x1 + tip * 0.6, end - wide * 0.2, x1 + tip, end)
        b.cubic(x1 + tip * 0.6, end + wide * 0.1, x1 + tip * 0.25, low + wide * 0.05, x1, low)
    b.line(x1, max(y1 - radius, low)).cubic(x1, y1 - k, x1 - k, y1, x1 - radius, y1)
    b.line(x0 + radius, y1).cubic(x0 + k, y1, x0, y1 - k, x0, max(y1 - radius, low))
    if left:
        b.line(x0, low)
        b.cubic(x0 - tip * 0.25, low + wide * 0.05, x0 - tip * 0.6, end + wide * 0.1, x0 - tip, end)
        b.cubic(x0 - tip * 0.6, end - wide * 0.2, x0 - tip * 0.2, y + wide * 0.1, x0, y - wide / 2)
    return b.line(x0, y0 + radius).cubic(x0, y0 + k, x0 + k, y0, x0 + radius, y0).close().build()
