"""A titled panel: frame, tab, shadow and wash, or a sticky note, around its content."""

from __future__ import annotations

import msgspec

from banana_layout.color import WHITE
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.roles import Cast
from banana_layout.layout.sticker import sticker
from banana_layout.layout.typeset import HEAVY, Voice, marker_ink, natural_width, set_text
from banana_layout.model.document import Panel
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke


class Head(msgspec.Struct, frozen=True):
    """A panel's title, set."""

    text: Frame
    """Its words; empty for a panel without a title."""
    size: Pt
    """Type size."""
    height: Pt
    """Of its tab."""
    icon: Pt
    """Side of its icon's box; 0 for none."""
    width: Pt
    """Of its tab."""


def set_head(panel: Panel, cast: Cast, width: Pt, body: Pt, context: Context) -> Head:
    """Return the title as large as the theme allows in one line, smaller where it is long, in two lines where it must."""
    if not panel.title and panel.icon is None:
        return Head(Frame(Size(0.0, 0.0)), 0.0, 0.0, 0.0, 0.0)
    scale = context.theme.type.hero_heading if cast.part == "hero" else context.theme.type.heading
    size = body * scale
    voice = Voice("heading", "heading", leading=1.06, weight=HEAVY)
    side = 1.36 if panel.icon else 0.0
    chrome = (side + 1.3) * size
    natural = natural_width(panel.title, voice, Room(width, None, size), context)
    if natural > width - chrome:
        size *= max(0.72, (width - chrome) / max(natural, 1.0))
        chrome = (side + 1.3) * size
    room = Room(max(size, width - chrome), None, size)
    text = set_text(panel.title, msgspec.structs.replace(voice, balance=True), room, context.at("title"))
    tall = max(1.30 * size, text.size.height + 0.24 * size)
    return Head(text, size, tall, side * size, min(width, text.size.width + chrome))


def content_insets(head: Head, cast: Cast, anatomy: Anatomy, body: Pt) -> Insets:
    """Return what a panel keeps between its box and its content."""
    unit = anatomy.unit
    base = anatomy.content
    if cast.part == "sticky":
        return Insets(
            base.left, max(4.0 * unit, head.height + 3.8 * unit + 0.25 * body), base.right, base.bottom + unit
        )
    top = max(anatomy.frame_drop + 3.2 * unit, head.height + 1.6 * unit + 0.2 * body)
    return Insets(base.left, top, base.right, base.bottom)


def draw_panel(panel: Panel, cast: Cast, box: Rect, head: Head, content: tuple[Rect, Frame], context: Context) -> Frame:
    """Return the whole panel; `box` and the content's place are absolute on the page."""
    anatomy = _anatomy(context)
    if cast.part == "sticky":
        under = _note(box, context, anatomy)
        tab = _note_head(panel, box, head, context, anatomy)
    else:
        under = _frame(box, cast, context, anatomy)
        tab = _tab(panel, box, head, context, anatomy)
    place, frame = content
    children = (*under, *tab, Placed(place.x, place.y, frame))
    group = Group(context.key, (), role="panel", rect=box)
    return Frame(box.size, children, None, group)


def _anatomy(context: Context) -> Anatomy:
    """Return the page's distances, which ride in the memo."""
    found: Anatomy = context.memo["anatomy"]
    return found


def _frame(box: Rect, cast: Cast, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return shadow, wash and frame."""
    unit, theme = anatomy.unit, context.theme
    frame = Rect(box.x, box.y + anatomy.frame_drop, box.w, box.h - anatomy.frame_drop)
    outline = Outline.rect(frame, anatomy.frame_radius)
    radius = anatomy.frame_radius
    marker = cast.tone.pair.marker
    b = PathBuilder().move(frame.right + 0.55 * unit, frame.y + radius + 1.2 * unit)
    b.line(frame.right + 0.55 * unit, frame.bottom - radius)
    b.cubic(
        frame.right + 0.55 * unit,
        frame.bottom,
        frame.right,
        frame.bottom + 0.7 * unit,
        frame.right - radius,
        frame.bottom + 0.7 * unit,
    )
    b.line(frame.x + 1.8 * unit, frame.bottom + 0.7 * unit)
    shadow = Path(
        f"{context.key}/shadow",
        b.build(),
        stroke=Stroke(1.7 * unit, marker_ink(marker, 0.95, theme), taper=False),
        tool="marker",
        reach=0.5 * unit,
    )
    wash = Path(
        f"{context.key}/wash",
        outline,
        fill=Paint(
            WHITE if theme.paper.color.luminance > 0.5 else theme.paper.color,
            theme.paper.wash,
            stand_in=theme.paper.color,
        ),
        tool="exact",
    )
    pen = Path(
        f"{context.key}/frame",
        outline,
        stroke=Stroke(0.55 * unit, Paint(cast.tone.frame)),
        reach=0.6 * unit,
    )
    items = (shadow, wash, pen)
    return tuple(Placed(0.0, 0.0, item) for item in items)


def _tab(panel: Panel, box: Rect, head: Head, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return the title's tab over the frame's top edge."""
    if head.height <= 0:
        return ()
    unit, tone = anatomy.unit, context.tone
    top = box.y + max(0.0, anatomy.frame_drop - head.height / 2)
    tab = Rect(box.x + anatomy.tab_indent, top, head.width, head.height)
    outline = Outline.rect(tab, min(2.4 * unit, head.height / 2))
    ground = Path(f"{context.key}/tab/ground", outline, fill=Paint(context.theme.paper.color), tool="exact")
    marker = Path(f"{context.key}/tab/marker", outline, fill=Paint(tone.marker), tool="marker", reach=0.4 * unit)
    pen = Path(f"{context.key}/tab/outline", outline, stroke=Stroke(0.5 * unit, Paint(tone.frame)), reach=0.6 * unit)
    items = [Placed(0.0, 0.0, item) for item in (ground, marker, pen)]
    lead = 0.65 * head.size
    if panel.icon is not None:
        center = Point(tab.x + 0.3 * head.size + head.icon / 2, tab.center.y)
        items.append(Placed(0.0, 0.0, sticker(panel.icon, center, head.icon, context.at("icon"), turn=True)))
        lead = 0.3 * head.size + head.icon + 0.35 * head.size
    text = _heading(head, tab.x + lead, tab.center.y - head.text.size.height / 2, context)
    return (*items, text)


def _heading(head: Head, x: Pt, y: Pt, context: Context) -> Placed:
    """Return the title's words as a heading."""
    rect = Rect(0.0, 0.0, *head.text.size)
    group = Group(f"{context.key}/heading", (), role="heading", rect=rect, level=2)
    return Placed(x, y, Frame(head.text.size, (Placed(0.0, 0.0, head.text),), head.text.baseline, group))


def _note(box: Rect, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a sticky note with a lifted corner, its stacked shadow and a strip of tape."""
    unit, note = anatomy.unit, context.theme.note
    r = Rect(box.x + 0.4 * unit, box.y + 0.6 * unit, box.w - 0.8 * unit, box.h - 0.6 * unit)
    fold = min(7.0 * unit, 0.18 * min(r.w, r.h))
    shade = context.theme.paper.color.mix(context.theme.ink, 0.055)
    items = []
    for i in range(4):
        d = (0.35 + 0.3 * i) * unit
        shadow = _note_outline(r.shifted(0.6 * d, d), fold * 0.7, 0.35 * unit)
        paint = Paint(context.theme.ink, 0.055, stand_in=shade)
        items.append(Path(f"{context.key}/note/shadow{i}", shadow, fill=paint, tool="exact"))
    body = _note_outline(r, fold, 0.35 * unit)
    items.append(Path(f"{context.key}/note/fill", body, fill=Paint(note.fill), tool="exact"))
    x, y = r.right, r.bottom
    corner = PathBuilder().move(x, y - fold).quad(x - fold * 0.86, y - fold * 0.95, x - fold * 0.72, y - fold * 0.62)
    corner.quad(x - fold * 0.62, y - fold * 0.3, x - fold, y).quad(x - fold * 0.3, y - fold * 0.42, x, y - fold).close()
    items.append(Path(f"{context.key}/note/fold", corner.build(), fill=Paint(note.deep), tool="exact"))
    tape = _tape(Point(r.right - 0.24 * r.w, r.y + 0.4 * unit), unit, context)
    return (*(Placed(0.0, 0.0, item) for item in items), Placed(0.0, 0.0, tape))


def _note_outline(r: Rect, fold: Pt, bow: Pt) -> Outline:
    """Return a note's edge, slightly bowed, its lower right corner cut by the fold."""
    b = PathBuilder().move(r.x, r.y).quad(r.center.x, r.y + bow, r.right, r.y + bow * 0.4)
    b.quad(r.right - bow, r.center.y, r.right, r.bottom - fold)
    b.quad(r.right - fold * 0.3, r.bottom - fold * 0.25, r.right - fold, r.bottom)
    return (
        b.quad(r.center.x, r.bottom - bow, r.x + bow * 0.5, r.bottom)
        .quad(r.x + bow, r.center.y, r.x, r.y)
        .close()
        .build()
    )


def _tape(center: Point, unit: Pt, context: Context) -> Group:
    """Return a strip of striped washi tape, lying a little askew."""
    wide, tall = 26 * unit, 6.2 * unit
    x0, y0, x1, y1 = -wide / 2, -tall / 2, wide / 2, tall / 2
    teeth = 6
    bites = [(0.5 * unit if i % 2 else -0.1 * unit, tall * i / teeth) for i in range(1, teeth)]
    points = [Point(x0, y0), Point(x1, y0), *(Point(x1 + dx, y0 + dy) for dx, dy in bites)]
    points += [Point(x1, y1), Point(x0, y1), *(Point(x0 - dx, y1 - dy) for dx, dy in bites)]
    strip = Outline.polyline(points, closed=True)
    pair = context.theme.pairs[0]
    ground = Paint(pair.tint.mix(pair.marker, 0.35), 0.82, stand_in=pair.tint)
    items = [Path(f"{context.key}/tape/strip", strip, fill=ground, tool="exact")]
    stripes = PathBuilder()
    x = x0 - tall
    while x < x1:
        stripes.move(x, y1).line(x + tall, y0).line(x + tall + 1.1 * unit, y0).line(x + 1.1 * unit, y1).close()
        x += 2.6 * unit
    stripe = Path(f"{context.key}/tape/stripes", stripes.build(), fill=Paint(pair.marker, 0.8), tool="exact")
    inner = Group(f"{context.key}/tape/pattern", (stripe,), clip=strip)
    turned = Affine.rotate(3.4).then(Affine.translate(center.x, center.y))
    return Group(f"{context.key}/tape", (*items, inner), role="artifact", transform=turned)


def _note_head(panel: Panel, box: Rect, head: Head, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a note's title over a red swash."""
    if head.height <= 0:
        return ()
    unit = anatomy.unit
    x, top = box.x + anatomy.content.left, box.y + 2.6 * unit
    items = []
    if panel.icon is not None:
        center = Point(x + head.icon * 0.55, top + head.height * 0.5)
        items.append(Placed(0.0, 0.0, sticker(panel.icon, center, head.icon * 1.15, context.at("icon"), turn=True)))
        x += head.icon * 1.15 + 0.5 * head.size
    else:
        x += 0.2 * head.size
    y = top + (head.height - head.text.size.height) / 2
    base = y + head.text.size.height + 0.02 * head.size
    right = x + head.text.size.width
    line = PathBuilder().move(x - 0.1 * head.size, base + 0.5 * unit)
    line.cubic(
        x + (right - x) * 0.3,
        base - 0.1 * unit,
        x + (right - x) * 0.7,
        base + 0.2 * unit,
        right + 0.3 * head.size,
        base,
    )
    line.cubic(
        right + 0.45 * head.size,
        base + 0.1 * unit,
        right - 0.2 * head.size,
        base + 0.6 * unit,
        right - (right - x) * 0.45,
        base + 1.15 * unit,
    )
    pen = Stroke(0.6 * unit, Paint(context.theme.danger))
    items.append(Placed(0.0, 0.0, Path(f"{context.key}/swash", line.build(), stroke=pen, reach=0.5 * unit)))
    return (*items, _heading(head, x, y, context))
