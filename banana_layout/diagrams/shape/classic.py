"""Mermaid's bracket shapes: boxes, rounded boxes, slanted boxes, rhombus, hexagon, circles, cylinder."""

from __future__ import annotations

from collections.abc import Callable

from banana_layout.diagrams.shape.form import (
    Drawn,
    Load,
    Shape,
    area,
    circle_need,
    ellipse_need,
    padded,
    polygon,
    rhombus_need,
    rhombus_settle,
    rounded_need,
)
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path, PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

PAD = Insets(0.38, 0.34, 0.38, 0.34)
"""Between a plain box's outline and its label, in em."""

SLANT = 0.20
"""How far a parallelogram leans, as a share of its height."""

BAR = 0.33
"""A subroutine's inner bars stand this far from its sides: 2.6 mm beside a 22.5 pt label, in em."""

_WIDE = Insets(0.2 + BAR, 0.34, 0.2 + BAR, 0.34)


def rectangle(r: Rect, u: Pt) -> Drawn:
    """Draw a box with four corners."""
    return Drawn(Path.rect(r), area(r, u, PAD))


def rounded(r: Rect, u: Pt) -> Drawn:
    """Draw a box with round corners."""
    return Drawn(Path.rect(r, min(0.55 * u, 0.3 * min(r.w, r.h))), area(r, u, PAD))


def stadium(r: Rect, u: Pt) -> Drawn:
    """Draw a pill; one stroke, radius 0.43 of the shorter side."""
    return Drawn(Path.rect(r, 0.43 * min(r.w, r.h)), area(r, u, PAD))


def subroutine(r: Rect, u: Pt) -> Drawn:
    """Draw a box with an inner bar at each side."""
    bar = min(BAR * u, 0.2 * r.w)
    bars = tuple(Path.line(x, r.y, x, r.bottom) for x in (r.x + bar, r.right - bar))
    return Drawn(Path.rect(r), area(r, u, _WIDE), bars)


def cylinder(r: Rect, u: Pt) -> Drawn:
    """Draw a standing drum."""
    lid = _lid(r, u)
    return Drawn(_drum(r, lid), _drum_area(r, lid, u), (_lid_front(r, lid, r.y),))


def lined_cylinder(r: Rect, u: Pt) -> Drawn:
    """Draw a standing drum with a second line under its lid."""
    lid = _lid(r, u)
    fronts = (_lid_front(r, lid, r.y), _lid_front(r, lid, r.y + 0.3 * u))
    return Drawn(_drum(r, lid), _drum_area(r, lid, u).inset(Insets(top=0.3 * u)), fronts)


def lying_cylinder(r: Rect, u: Pt) -> Drawn:
    """Draw a drum lying on its side, its mouth to the right."""
    lid = min(0.35 * u, 0.2 * r.w)
    cy, ry = r.center.y, r.h / 2
    b = PathBuilder().arc(r.x + lid, cy, lid, ry, 90, 270)
    outline = b.arc(r.right - lid, cy, lid, ry, -90, 90).close().build()
    mouth = PathBuilder().arc(r.right - lid, cy, lid, ry, -90, -270).build()
    room = r.inset(Insets(lid + 0.3 * u, 0.36 * u, 2 * lid + 0.3 * u, 0.36 * u))
    return Drawn(outline, room, (mouth,))


def circle(r: Rect, _u: Pt) -> Drawn:
    """Draw a circle in the middle of the box."""
    box = _square(r)
    return Drawn(Path.ellipse(box), box)


def double_circle(r: Rect, u: Pt) -> Drawn:
    """Draw two circles with one middle."""
    box = _square(r)
    return Drawn(Path.ellipse(box), box, (Path.ellipse(box.inset(0.24 * u)),))


def ellipse(r: Rect, _u: Pt) -> Drawn:
    """Draw an ellipse."""
    return Drawn(Path.ellipse(r), r)


def rhombus(r: Rect, _u: Pt) -> Drawn:
    """Draw a decision."""
    return Drawn(polygon(r, (0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)), r)


def hexagon(r: Rect, u: Pt) -> Drawn:
    """Draw a box with a point at each side."""
    tip = _tip(r.h, r.w)
    f = tip / r.w if r.w else 0.0
    outline = polygon(r, (f, 0), (1 - f, 0), (1, 0.5), (1 - f, 1), (f, 1), (0, 0.5))
    return Drawn(outline, r.inset(Insets(tip * 0.5, 0.36 * u, tip * 0.5, 0.36 * u)))


def lean_right(r: Rect, u: Pt) -> Drawn:
    """Draw a parallelogram leaning right."""
    f = _slant(r) / r.w if r.w else 0.0
    return Drawn(polygon(r, (f, 0), (1, 0), (1 - f, 1), (0, 1)), area(r, u, PAD))


def lean_left(r: Rect, u: Pt) -> Drawn:
    """Draw a parallelogram leaning left."""
    f = _slant(r) / r.w if r.w else 0.0
    return Drawn(polygon(r, (0, 0), (1 - f, 0), (1, 1), (f, 1)), area(r, u, PAD))


def trapezoid(r: Rect, u: Pt) -> Drawn:
    """Draw a trapezoid, wide at the bottom."""
    f = _slant(r) / r.w if r.w else 0.0
    return Drawn(polygon(r, (f, 0), (1 - f, 0), (1, 1), (0, 1)), area(r, u, PAD))


def trapezoid_down(r: Rect, u: Pt) -> Drawn:
    """Draw a trapezoid, wide at the top."""
    f = _slant(r) / r.w if r.w else 0.0
    return Drawn(polygon(r, (0, 0), (1, 0), (1 - f, 1), (f, 1)), area(r, u, PAD))


def odd(r: Rect, u: Pt) -> Drawn:
    """Draw a box whose left side is notched inwards."""
    notch = min(0.3 * r.h, 0.25 * r.w)
    f = notch / r.w if r.w else 0.0
    return Drawn(polygon(r, (0, 0), (1, 0), (1, 1), (0, 1), (f, 0.5)), area(r, u, PAD).inset(Insets(left=notch)))


def _square(r: Rect) -> Rect:
    """Return the largest square in the middle of a box."""
    side = min(r.w, r.h)
    return Rect(r.center.x - side / 2, r.center.y - side / 2, side, side)


def _slant(r: Rect) -> Pt:
    """Return how far a slanted box's sides lean."""
    return min(SLANT * r.h, 0.35 * r.w)


def _tip(h: Pt, w: Pt) -> Pt:
    """Return the depth of a hexagon's points."""
    return min(0.28 * h, 0.3 * w)


def _lid(r: Rect, u: Pt) -> Pt:
    """Return half the height of a standing drum's lid."""
    return min(0.42 * u, 0.18 * r.h, 0.25 * r.w)


def _drum(r: Rect, lid: Pt) -> Path:
    """Return a standing drum's outline."""
    cx, rx = r.center.x, r.w / 2
    b = PathBuilder().arc(cx, r.y + lid, rx, lid, 180, 360)
    return b.arc(cx, r.bottom - lid, rx, lid, 0, 180).close().build()


def _lid_front(r: Rect, lid: Pt, y: Pt) -> Path:
    """Return the front edge of a lid whose top is at `y`."""
    return PathBuilder().arc(r.center.x, y + lid, r.w / 2, lid, 180, 0).build()


def _drum_area(r: Rect, lid: Pt, u: Pt) -> Rect:
    """Return the room for text below a lid."""
    return r.inset(Insets(0.4 * u, 2 * lid + 0.12 * u, 0.4 * u, lid * 0.55 + 0.2 * u))


def _slanted_need(load: Load, _aspect: float) -> Size:
    """Return the smallest parallelogram or trapezoid with an upright box in its middle."""
    h = load.height + 2 * 0.36
    text = load.bands[-1] if load.bands else None
    # The leaning sides take their share only as far as the lines of text reach; a picture above is narrow.
    reach = max(-text.top, text.bottom) * 2 if text else 0.0
    return Size(load.width + 0.5 + SLANT * (h + reach), h)


def _trapezoid_need(load: Load, _aspect: float) -> Size:
    """Return the smallest trapezoid with an upright box in its middle."""
    h = load.height + 2 * 0.36
    return Size(load.width + 0.7 + SLANT * (h + load.height), h)


def _hexagon_need(load: Load, _aspect: float) -> Size:
    """Return the smallest hexagon with an upright box in its middle."""
    h = load.height + 2 * 0.36
    return Size(load.width + 0.5 + 2 * 0.28 * h * (load.height / h if h else 1.0), h)


def _odd_need(load: Load, _aspect: float) -> Size:
    """Return the smallest notched box."""
    h = load.height + PAD.down
    return Size((load.width + PAD.across + 0.3 * h), h)


def _drum_need(extra: float) -> Callable[[Load, float], Size]:
    """Return the need of a standing drum whose lid takes `extra` em more."""

    def need(load: Load, _aspect: float) -> Size:
        return Size(load.width + 0.9, max((load.height + 1.45 + extra), 2.4))

    return need


def _double_need(load: Load, _aspect: float) -> Size:
    """Return the smallest ringed circle."""
    w, h = circle_need(load, 1.0)
    return Size(w + 0.48, h + 0.48)


def _lying_need(load: Load, _aspect: float) -> Size:
    """Return the smallest lying drum."""
    return Size(load.width + 3 * 0.35 + 0.65, load.height + 0.8)


CLASSIC: dict[str, Shape] = {
    "rect": Shape(rectangle, padded(PAD), "blue", angular=True),
    "rounded": Shape(rounded, padded(PAD), "blue"),
    "stadium": Shape(stadium, rounded_need(0.43, 0.42, 0.34), "green"),
    "fr-rect": Shape(subroutine, padded(_WIDE), "blue", angular=True),
    "circle": Shape(circle, circle_need, "green", grows="square"),
    "dbl-circ": Shape(double_circle, _double_need, "green", grows="square"),
    "ellipse": Shape(ellipse, ellipse_need, "green"),
    "diam": Shape(rhombus, rhombus_need, "coral", angular=True, settle=rhombus_settle),
    "hex": Shape(hexagon, _hexagon_need, "violet", angular=True),
    "lean-r": Shape(lean_right, _slanted_need, "violet", angular=True),
    "lean-l": Shape(lean_left, _slanted_need, "violet", angular=True),
    "trap-b": Shape(trapezoid, _trapezoid_need, "violet", angular=True),
    "trap-t": Shape(trapezoid_down, _trapezoid_need, "violet", angular=True),
    "odd": Shape(odd, _odd_need, "coral", angular=True),
    "cyl": Shape(cylinder, _drum_need(0.0), "banana"),
    "lin-cyl": Shape(lined_cylinder, _drum_need(0.3), "banana"),
    "h-cyl": Shape(lying_cylinder, _lying_need, "banana"),
}
"""Shapes of the bracket syntax, and the drums, by canonical name."""
