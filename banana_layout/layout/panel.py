"""A titled panel: frame, tab, shadow and wash, or a sticky note, around its content."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.doodles import swash
from banana_layout.layout.note import note_ground, note_swash
from banana_layout.layout.roles import Cast
from banana_layout.layout.shading import ticks
from banana_layout.layout.sticker import sticker
from banana_layout.layout.tape import Tape, strip
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
    # Where text is large for want of more, titles grow half as much: they stand out by their tab already.
    usual = context.theme.type.body_max_pt
    size = (body if body <= usual else (body + usual) / 2) * scale
    pen = cast.tone.frame if context.theme.drawing.frame == "legend" and cast.part != "sticky" else None
    voice = Voice("heading", "heading", pen, leading=1.06, weight=HEAVY)
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
        ends = box.x + anatomy.content.left + head.width
        under = tuple(Placed(0.0, 0.0, i) for i in note_ground(box, cast, ends, context, anatomy.unit))
        tab = _note_head(panel, box, head, context, anatomy)
    elif context.theme.drawing.frame == "legend":
        gap = _gap(box, head, anatomy)
        under = (*_ground(box, cast, context, anatomy), *_legend_frame(box, gap, context, anatomy))
        tab = _legend(panel, box, head, context, anatomy)
    else:
        under = (*_ground(box, cast, context, anatomy), *_frame(box, context, anatomy))
        tab = (*_tab(panel, box, head, context, anatomy), *_hero_tape(box, cast, head, context, anatomy))
    place, frame = content
    children = (*under, *tab, Placed(place.x, place.y, frame))
    group = Group(context.key, (), role="panel", rect=box)
    return Frame(box.size, children, None, group)


def _anatomy(context: Context) -> Anatomy:
    """Return the page's distances, which ride in the memo."""
    found: Anatomy = context.memo["anatomy"]
    return found


def _outline(box: Rect, context: Context, anatomy: Anatomy) -> tuple[Rect, Outline]:
    """Return a panel's frame as a box and as a shape."""
    frame = Rect(box.x, box.y + anatomy.frame_drop, box.w, box.h - anatomy.frame_drop)
    ruled = context.theme.drawing.corners == "ruled"
    return frame, Outline.rect(frame, 0.0 if ruled else anatomy.frame_radius)


def _ground(box: Rect, cast: Cast, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return what lies under a frame: shading below and to the right, and the wash over the paper's pattern."""
    unit, theme = anatomy.unit, context.theme
    frame, outline = _outline(box, context, anatomy)
    items: list[Path] = []
    if theme.drawing.shading == "marker":
        items.append(_marker_edge(frame, cast, context, anatomy))
    elif theme.drawing.shading == "ticks":
        items.append(ticks(f"{context.key}/shadow", outline, unit, cast.tone.frame))
    wash = Paint(theme.clean, theme.paper.wash, stand_in=theme.paper.color)
    items.append(Path(f"{context.key}/wash", outline, fill=wash, tool="exact"))
    return tuple(Placed(0.0, 0.0, item) for item in items)


def _marker_edge(frame: Rect, cast: Cast, context: Context, anatomy: Anatomy) -> Path:
    """Return one broad pastel stroke along the right and the bottom of a frame."""
    unit, radius = anatomy.unit, anatomy.frame_radius
    x, y = frame.right + 0.55 * unit, frame.bottom + 0.7 * unit
    b = PathBuilder().move(x, frame.y + radius + 1.2 * unit).line(x, frame.bottom - radius)
    b.cubic(x, frame.bottom, frame.right, y, frame.right - radius, y).line(frame.x + 1.8 * unit, y)
    stroke = Stroke(1.7 * unit, marker_ink(cast.tone.pair.marker, 0.95, context.theme), taper=False)
    return Path(f"{context.key}/shadow", b.build(), stroke=stroke, tool="marker", reach=0.5 * unit)


def _frame(box: Rect, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a closed frame."""
    _, outline = _outline(box, context, anatomy)
    ruled = context.theme.drawing.corners == "ruled"
    over = 1.5 * anatomy.unit if ruled else 0.0
    pen = Stroke(context.theme.drawing.frame_mm * anatomy.unit, Paint(context.tone.frame), overshoot=over)
    reach = 0.6 * anatomy.unit + over
    line = Path(f"{context.key}/frame", outline, stroke=pen, tool="ruler" if ruled else "pen", reach=reach)
    return (Placed(0.0, 0.0, line),)


def _gap(box: Rect, head: Head, anatomy: Anatomy) -> tuple[Pt, Pt]:
    """Return from where to where a legend's frame is broken."""
    x = box.x + anatomy.tab_indent
    return (x - 0.4 * anatomy.unit, x + head.width - 0.1 * head.size) if head.height > 0 else (x, x)


def _legend_frame(box: Rect, gap: tuple[Pt, Pt], context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a frame that is broken around its title: one stroke round, or ruled sides."""
    unit = anatomy.unit
    frame, _ = _outline(box, context, anatomy)
    if gap[1] <= gap[0]:
        return _frame(box, context, anatomy)
    x, y, right, bottom = frame.x, frame.y, frame.right, frame.bottom
    ink = Paint(context.tone.frame)
    wide = context.theme.drawing.frame_mm * unit
    if context.theme.drawing.corners == "rounded":
        r = anatomy.frame_radius
        k = 0.45 * r
        b = PathBuilder().move(min(gap[1], right - r), y).line(right - r, y)
        b.cubic(right - k, y, right, y + k, right, y + r).line(right, bottom - r)
        b.cubic(right, bottom - k, right - k, bottom, right - r, bottom).line(x + r, bottom)
        b.cubic(x + k, bottom, x, bottom - k, x, bottom - r).line(x, y + r)
        b.cubic(x, y + k, x + k, y, x + r, y).line(max(gap[0], x + r), y)
        return (Placed(0.0, 0.0, Path(f"{context.key}/frame", b.build(), stroke=Stroke(wide, ink), reach=0.8 * unit)),)
    over = 1.5 * unit
    sides = {
        "left": (x, y, x, bottom),
        "bottom": (x, bottom, right, bottom),
        "right": (right, y, right, bottom),
        "top": (min(gap[1], right), y, right, y),
    }
    out = []
    for name, ends in sides.items():
        stroke = Stroke(wide, ink, overshoot=over if name != "top" else 0.5 * over)
        line = Path(f"{context.key}/frame/{name}", Outline.line(*ends), stroke=stroke, tool="ruler", reach=over + unit)
        out.append(Placed(0.0, 0.0, line))
    stub = Path(
        f"{context.key}/frame/stub",
        Outline.line(x, y, gap[0], y),
        stroke=Stroke(wide, ink, overshoot=0.4 * unit),
        tool="ruler",
        reach=unit,
    )
    return (*out, Placed(0.0, 0.0, stub))


def _legend(panel: Panel, box: Rect, head: Head, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a title written into the gap of its frame, on a marker's band or over a swash."""
    if head.height <= 0:
        return ()
    unit, tone, theme = anatomy.unit, context.tone, context.theme
    middle = box.y + max(anatomy.frame_drop, head.height / 2)
    x = box.x + anatomy.tab_indent + 0.3 * head.size
    items = []
    if panel.icon is not None:
        center = Point(x + head.icon / 2, middle)
        items.append(Placed(0.0, 0.0, sticker(panel.icon, center, head.icon, context.at("icon"), turn=True)))
        x += head.icon + 0.35 * head.size
    y = middle - head.text.size.height / 2
    right, bottom = x + head.text.size.width, y + head.text.size.height
    if theme.drawing.heading == "swash":
        pen = Stroke(0.5 * unit, Paint(tone.frame))
        span = (x - 0.4 * unit, right + 1.0 * unit)
        items.append(Placed(0.0, 0.0, swash(f"{context.key}/swash", span, bottom - 0.04 * head.size, pen, 1.5 * unit)))
    else:
        band = Rect(x - 0.8 * unit, bottom - 0.62 * head.size, right - x + 1.8 * unit, 0.56 * head.size)
        paint = marker_ink(tone.marker, 0.92, theme)
        marker = Path(f"{context.key}/band", Outline.rect(band), fill=paint, tool="highlighter", reach=unit)
        items.append(Placed(0.0, 0.0, marker))
    return (*items, _heading(head, x, y, context))


def _hero_tape(box: Rect, cast: Cast, head: Head, context: Context, anatomy: Anatomy) -> tuple[Placed, ...]:
    """Return a strip of dotted tape over the top right of the page's hero, where its tab leaves room."""
    unit, theme = anatomy.unit, context.theme
    wide = 28 * unit
    center = Point(box.right - 22 * unit, box.y + anatomy.frame_drop - 0.4 * unit)
    if not (cast.tape and theme.drawing.doodles and theme.drawing.callout == "sticky"):
        return ()
    if box.x + anatomy.tab_indent + head.width > center.x - wide / 2 - 4 * unit:
        return ()
    pair = cast.tone.pair
    tape = Tape(pair.marker, pair.marker.mix(theme.title.deep, 0.75), "dots", theme.ink)
    return (Placed(0.0, 0.0, strip(f"{context.key}/tape", center, wide, unit, tape)),)


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
    items.append(Placed(0.0, 0.0, note_swash((x, x + head.text.size.width), base, context, unit)))
    return (*items, _heading(head, x, y, context))
