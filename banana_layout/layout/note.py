"""A note to keep: yellow paper under tape, a double box, or a dashed box of chalk."""

from __future__ import annotations

from banana_layout.color import WHITE
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.layout.doodles import swash
from banana_layout.layout.roles import Cast
from banana_layout.layout.tape import Tape, strip
from banana_layout.scene.item import Item, Path
from banana_layout.scene.paint import Paint, Stroke

ASIDE = 13.5
"""From the middle of tape to a heading beside it, and to the note's right edge at least, in millimetres."""
LIFT = -2.6
"""How far tape goes up where a long heading stands under it, in millimetres: it then holds by less."""


def note_ground(box: Rect, cast: Cast, head: Pt, context: Context, unit: Pt) -> tuple[Item, ...]:
    """Return what a note's text stands on; `head` is where its heading ends."""
    kind = context.theme.drawing.callout
    if kind == "double":
        return _double(box, context, unit)
    if kind == "dashed":
        return _dashed(box, context, unit)
    return _sticky(box, cast, head, context, unit)


def note_swash(span: tuple[Pt, Pt], base: Pt, context: Context, unit: Pt) -> Path:
    """Return the red underline of a note's title."""
    pen = Stroke(0.55 * unit, Paint(context.theme.danger))
    left, right = span
    return swash(f"{context.key}/swash", (left - 0.6 * unit, right + 1.4 * unit), base, pen, 1.7 * unit)


def _double(box: Rect, context: Context, unit: Pt) -> tuple[Item, ...]:
    """Return two ruled boxes, one inside the other."""
    r = Rect(box.x + 0.3 * unit, box.y + 1.0 * unit, box.w - 0.6 * unit, box.h - 1.2 * unit)
    ink = Paint(context.theme.note.pen)
    wash = Path(f"{context.key}/note/fill", Outline.rect(r), fill=Paint(context.theme.note.fill), tool="exact")
    wide = Stroke(context.theme.drawing.frame_mm * unit, ink, overshoot=1.0 * unit)
    thin = Stroke(0.75 * context.theme.drawing.frame_mm * unit, ink, overshoot=0.5 * unit)
    outer = Path(f"{context.key}/note/frame", Outline.rect(r), stroke=wide, tool="ruler", reach=1.4 * unit)
    inside = Outline.rect(r.inset(1.25 * unit))
    return (wash, outer, Path(f"{context.key}/note/inner", inside, stroke=thin, tool="ruler", reach=1.0 * unit))


def _dashed(box: Rect, context: Context, unit: Pt) -> tuple[Item, ...]:
    """Return a rounded box of dashes over a faint ground."""
    r = Rect(box.x + 0.3 * unit, box.y + 1.0 * unit, box.w - 0.6 * unit, box.h - 1.2 * unit)
    shape = Outline.rect(r, 3.6 * unit)
    note = context.theme.note
    line = Stroke(context.theme.drawing.frame_mm * unit, Paint(note.pen), dash=(3.4 * unit, 2.2 * unit))
    return (
        Path(f"{context.key}/note/fill", shape, fill=Paint(note.fill), tool="exact"),
        Path(f"{context.key}/note/frame", shape, stroke=line, reach=0.6 * unit),
    )


def _sticky(box: Rect, cast: Cast, head: Pt, context: Context, unit: Pt) -> tuple[Item, ...]:
    """Return a sticky note with a lifted corner, its stacked shadow and a strip of tape."""
    note, theme = context.theme.note, context.theme
    r = Rect(box.x + 0.4 * unit, box.y + 0.6 * unit, box.w - 0.8 * unit, box.h - 0.6 * unit)
    fold = min(7.0 * unit, 0.18 * min(r.w, r.h))
    shade = theme.paper.color.mix(theme.ink, 0.055)
    items: list[Item] = []
    for i in range(4):
        d = (0.35 + 0.3 * i) * unit
        shadow = _edge(r.shifted(0.6 * d, d), 0.0, 0.35 * unit)
        paint = Paint(theme.ink, 0.055, stand_in=shade)
        items.append(Path(f"{context.key}/note/shadow{i}", shadow, fill=paint, tool="exact"))
    items.append(Path(f"{context.key}/note/fill", _edge(r, fold, 0.35 * unit), fill=Paint(note.fill), tool="exact"))
    items += _fold(Point(r.right, r.bottom), fold, context)
    if cast.tape and theme.drawing.doodles:
        pair = theme.pairs[1 if cast.tape == "dots" and len(theme.pairs) > 1 else 0]
        tape = Tape(
            pair.tint.mix(pair.marker, 0.35 if cast.tape == "stripes" else 0.9), pair.marker, cast.tape, theme.ink
        )
        if cast.tape == "dots":
            tape = Tape(pair.marker, theme.clean, "dots", theme.ink)
        clear = head + ASIDE * unit
        x = max(r.right - 0.24 * r.w, min(clear, r.right - ASIDE * unit))
        spot = Point(x, r.y + (0.4 if clear <= x else 0.4 + LIFT) * unit)
        items.append(strip(f"{context.key}/tape", spot, 25 * unit, unit, tape))
    return tuple(items)


def _fold(corner: Point, fold: Pt, context: Context) -> tuple[Item, ...]:
    """Return the lifted corner: the back of the paper leaning over its crease, with a light along the edge."""
    note, key = context.theme.note, f"{context.key}/note"
    x, y = corner
    start, tip, end = (x, y - fold), (x - 1.03 * fold, y - 0.65 * fold), (x - 1.25 * fold, y)
    near, far = (x - 0.62 * fold, y - 0.9 * fold), (x - 1.0 * fold, y - 0.2 * fold)
    back = PathBuilder().move(*start).quad(*near, *tip).quad(*far, *end).close()
    crease = PathBuilder().move(*start).line(*end).line(end[0] + 0.2 * fold, y - 0.09 * fold).close()
    rim = PathBuilder().move(*start).quad(*near, *tip).quad(*far, *end)
    lit = Stroke(0.045 * fold, Paint(note.fill.mix(WHITE, 0.6)))
    return (
        Path(f"{key}/back", back.build(), fill=Paint(note.fill.mix(note.deep, 0.55)), tool="exact"),
        Path(f"{key}/crease", crease.build(), fill=Paint(note.deep), tool="exact"),
        Path(f"{key}/rim", rim.build(), stroke=lit, tool="exact"),
    )


def _edge(r: Rect, fold: Pt, bow: Pt) -> Outline:
    """Return a note's edge, slightly bowed; a fold takes its lower right corner off, less than the fold covers."""
    b = PathBuilder().move(r.x, r.y).quad(r.center.x, r.y + bow, r.right, r.y + bow * 0.4)
    b.quad(r.right - bow, r.center.y, r.right, r.bottom - fold)
    if fold:
        b.line(r.right - 0.49 * fold, r.bottom - 0.39 * fold).line(r.right - 1.25 * fold, r.bottom)
    b.quad(r.center.x, r.bottom - bow, r.x + bow * 0.5, r.bottom)
    return b.quad(r.x + bow, r.center.y, r.x, r.y).close().build()
