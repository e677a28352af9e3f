"""Pictures standing by themselves: raster files, SVG as vectors, a framed note where a picture is missing."""

from __future__ import annotations

import msgspec

from banana_layout.color import WHITE
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.picture import Picture, picture_item, picture_of
from banana_layout.layout.tape import Tape, strip
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.block import Image
from banana_layout.model.inline import AnyInline, HardBreak, Link, Text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

NATURAL_DPI = 96.0
"""Resolution at which a picture's pixels give its natural size."""
TALLEST = 0.62
"""A picture is never higher than this share of its measure unless it is offered more."""
MAT = 0.3
"""White edge around a picture, in em."""
TAPE = 0.62
"""Room above a picture for the tape that holds it, in em."""
MOST_TAPED = 2
"""Pictures of a page that are held by tape."""


def place(node: Image, room: Room, context: Context) -> Frame:
    """Return the picture with a white edge, its caption under it; never larger than the room or its natural size."""
    picture = picture_of(node.path, node.span, context)
    if picture is None:
        return _missing(node, room, context)
    em = room.size
    caption = _caption(node, room, context)
    under = caption.size.height + 0.2 * em if caption is not None else 0.0
    tape = TAPE * em if _taped(context) else 0.0
    inner = _scaled(picture, node, room, under + tape + 2 * MAT * em)
    size = Size(room.width, inner.height + 2 * MAT * em + tape + under)
    if room.draft:
        return Frame(size)
    x = (room.width - inner.width) / 2
    rect = Rect(x, tape + MAT * em, inner.width, inner.height)
    mat = Path(
        f"{context.key}/mat",
        Outline.rect(rect.grown(MAT * em)),
        fill=Paint(WHITE),
        stroke=Stroke(0.06 * em, Paint(context.tone.pair.pen), overshoot=0.1 * em),
        reach=0.14 * em,
    )
    shade = Paint(context.theme.ink, 0.1, stand_in=context.tone.ground.mix(context.theme.ink, 0.1))
    dropped = Outline.rect(rect.grown(MAT * em).shifted(0.1 * em, 0.14 * em))
    shadow = Path(f"{context.key}/shadow", dropped, fill=shade, tool="exact")
    children = [
        Placed(0.0, 0.0, shadow),
        Placed(0.0, 0.0, mat),
        Placed(0.0, 0.0, picture_item(picture, rect, node.alt, f"{context.key}/image")),
    ]
    if tape:
        roll = Tape(context.tone.pair.marker, context.theme.clean, "stripes", context.theme.ink)
        spot = Point(rect.center.x, rect.y - MAT * em)
        children.append(Placed(0.0, 0.0, strip(f"{context.key}/tape", spot, min(4.4 * em, inner.width), em / 6, roll)))
    if caption is not None:
        children.append(Placed((room.width - caption.size.width) / 2, size.height - caption.size.height, caption))
    group = Group(context.key, (), "figure", Rect(0.0, 0.0, *size), alt=_told(node))
    return Frame(size, tuple(children), None, group)


def _taped(context: Context) -> bool:
    """Tell whether a strip of tape holds the picture: in themes with tape, for the first two of a page."""
    drawing = context.theme.drawing
    if not drawing.doodles or drawing.callout != "sticky":
        return False
    known: list[str] = context.memo.setdefault("taped pictures", [])
    if context.key not in known and len(known) < MOST_TAPED:
        known.append(context.key)
    return context.key in known


def _scaled(picture: Picture, node: Image, room: Room, used: Pt) -> Size:
    """Return how large the picture is shown."""
    natural = picture.size.scaled(72 / NATURAL_DPI)
    most_w = (room.width - 2 * MAT * room.size) * (node.width or 1.0)
    most_h = room.width * TALLEST if room.height is None else max(room.size, room.height - used)
    k = min(most_w / natural.width, most_h / natural.height)
    return natural.scaled(k if node.width else min(k, 1.6))


def _caption(node: Image, room: Room, context: Context) -> Frame | None:
    """Return the caption, small and centred."""
    if not node.title:
        return None
    words = context.memo.setdefault(("caption", node.title), (Text(text=node.title),))
    voice = Voice("caption", color=context.theme.soft, scale=context.theme.type.small, align="center", balance=True)
    return set_text(words, voice, msgspec.structs.replace(room, height=None), context.at("caption"), "paragraph")


def _told(node: Image) -> str:
    """Return what a picture is called: its words, else its title, else its file."""
    return node.alt.strip() or node.title.strip() or node.path


def _stand_in(node: Image) -> tuple[AnyInline, ...]:
    """Return the words for a picture that is not shown; a picture on the web is named and linked."""
    said = Text(text=f"🖼️ {_told(node)}")
    if not node.path.startswith(("http://", "https://")):
        return (said,)
    return (said, HardBreak(), Link(url=node.path, children=(Text(text=node.path),)))


def _missing(node: Image, room: Room, context: Context) -> Frame:
    """Return a dashed frame that says what should be there."""
    em = room.size
    words = context.memo.setdefault(("missing", node.path, node.alt), _stand_in(node))
    voice = Voice("caption", color=context.theme.soft, scale=0.9, align="center", balance=True)
    inner = msgspec.structs.replace(room, width=room.width - 2 * em, height=None)
    text = set_text(words, voice, inner, context.at("words"), "paragraph")
    size = Size(room.width, text.size.height + 1.6 * em)
    if room.draft:
        return Frame(size)
    stroke = Stroke(0.07 * em, Paint(context.theme.soft), dash=(0.5 * em, 0.35 * em))
    box = Rect(0.0, 0.0, *size)
    frame = Path(f"{context.key}/frame", Outline.rect(box.inset(0.1 * em), 0.4 * em), stroke=stroke, reach=0.14 * em)
    spot = Placed((size.width - text.size.width) / 2, 0.8 * em, text)
    return Frame(size, (Placed(0.0, 0.0, frame), spot), None, Group(context.key, (), "figure", box, alt=_told(node)))
