"""Boxes with marks: cards, panes, stacks, documents, flags, delays and displays."""

from __future__ import annotations

import math
from collections.abc import Callable

from banana_layout.diagrams.shape.form import Drawn, Load, Shape, area, padded, polygon
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path, PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

PAD = Insets(0.38, 0.34, 0.38, 0.34)
"""Between a box's outline and its label, in em."""

_WAVE = 0.22
_SHEET = 0.24
_LEFT = Insets(0.8, 0.36, 0.45, 0.36)
_TOP = Insets(0.45, 0.66, 0.45, 0.36)
_PANE = Insets(0.75, 0.66, 0.45, 0.36)
_DOC = Insets(0.45, 0.36, 0.45, 0.36 + 2 * _WAVE)
_LINED_DOC = Insets(0.8, 0.36, 0.45, 0.36 + 2 * _WAVE)
_STACK = Insets(0.45, 0.36 + 2 * _SHEET, 0.45 + 2 * _SHEET, 0.36)
_DOCS = Insets(0.45, 0.36 + 2 * _SHEET, 0.45 + 2 * _SHEET, 0.36 + 2 * _WAVE)
_CUT = Insets(0.6, 0.45, 0.45, 0.36)
_PENT = Insets(0.6, 0.5, 0.6, 0.36)
_FLAG = Insets(0.45, 0.36 + 2 * _WAVE, 0.45, 0.36 + 2 * _WAVE)
_TAG = Insets(0.45, 0.36, 0.6, 0.5)
_TAG_DOC = Insets(0.45, 0.36, 0.6, 0.36 + 2 * _WAVE)
_SLOPED = Insets(0.45, 0.3, 0.45, 0.36)
_SLOPED_SHARE = Insets(0.0, 0.2, 0.0, 0.0)
_BOW = Insets(0.7, 0.36, 0.55, 0.36)
_STORE = Insets(0.35, 0.36, 0.35, 0.36)


def notched(r: Rect, u: Pt) -> Drawn:
    """Draw a card: the top left corner cut off."""
    c = min(0.5 * u, r.w / 3, r.h / 3)
    fx, fy = c / r.w, c / r.h
    return Drawn(polygon(r, (fx, 0), (1, 0), (1, 1), (0, 1), (0, fy)), area(r, u, _CUT))


def notched_pentagon(r: Rect, u: Pt) -> Drawn:
    """Draw a loop limit: both top corners cut off."""
    c = min(0.5 * u, r.w / 3, r.h / 3)
    fx, fy = c / r.w, c / r.h
    outline = polygon(r, (fx, 0), (1 - fx, 0), (1, fy), (1, 1), (0, 1), (0, fy))
    return Drawn(outline, area(r, u, _PENT))


def lined(r: Rect, u: Pt) -> Drawn:
    """Draw a box with a second line at the left."""
    x = r.x + 0.33 * u
    return Drawn(Path.rect(r), area(r, u, _LEFT), (Path.line(x, r.y, x, r.bottom),))


def divided(r: Rect, u: Pt) -> Drawn:
    """Draw a box with a line below its top."""
    y = r.y + 0.33 * u
    return Drawn(Path.rect(r), area(r, u, _TOP), (Path.line(r.x, y, r.right, y),))


def window_pane(r: Rect, u: Pt) -> Drawn:
    """Draw a box with a line at the top and one at the left."""
    x, y = r.x + 0.33 * u, r.y + 0.33 * u
    return Drawn(Path.rect(r), area(r, u, _PANE), (Path.line(x, r.y, x, r.bottom), Path.line(r.x, y, r.right, y)))


def datastore(r: Rect, u: Pt) -> Drawn:
    """Draw a store of a data-flow chart: lines at the top and the bottom only."""
    rim = (Path.line(r.x, r.y, r.right, r.y), Path.line(r.x, r.bottom, r.right, r.bottom))
    return Drawn(Path.rect(r), area(r, u, _STORE), rim=rim)


def stacked(r: Rect, u: Pt) -> Drawn:
    """Draw three sheets, one behind the other."""
    front, *behind = _sheets(r, u)
    return Drawn(Path.rect(front), area(r, u, _STACK), behind=tuple(Path.rect(s) for s in reversed(behind)))


def document(r: Rect, u: Pt) -> Drawn:
    """Draw a sheet with a wavy bottom."""
    return Drawn(_document(r, u), area(r, u, _DOC))


def lined_document(r: Rect, u: Pt) -> Drawn:
    """Draw a document with a line at the left."""
    x = r.x + 0.33 * u
    return Drawn(_document(r, u), area(r, u, _LINED_DOC), (Path.line(x, r.y, x, r.bottom - _WAVE * u * 1.3),))


def documents(r: Rect, u: Pt) -> Drawn:
    """Draw three documents, one behind the other."""
    front, *behind = _sheets(r, u)
    return Drawn(_document(front, u), area(r, u, _DOCS), behind=tuple(_document(s, u) for s in reversed(behind)))


def tagged(r: Rect, u: Pt) -> Drawn:
    """Draw a box with its bottom right corner folded."""
    c = min(0.5 * u, r.w / 3, r.h / 3)
    fold = Path("MLL", (r.right - c, r.bottom, r.right - c, r.bottom - c, r.right, r.bottom - c))
    outline = polygon(r, (0, 0), (1, 0), (1, 1 - c / r.h), (1 - c / r.w, 1), (0, 1))
    return Drawn(outline, area(r, u, _TAG), (fold,))


def tagged_document(r: Rect, u: Pt) -> Drawn:
    """Draw a document with a tag at its bottom right."""
    c = min(0.6 * u, r.w / 3, r.h / 3)
    base = r.bottom - 2 * _WAVE * u
    tag = PathBuilder().move(r.right, base - c).quad(r.right - c, base - c * 0.7, r.right - c * 1.1, base)
    return Drawn(_document(r, u), area(r, u, _TAG_DOC), (tag.build(),))


def flag(r: Rect, u: Pt) -> Drawn:
    """Draw a ribbon: wavy top and bottom."""
    a = min(_WAVE * u, r.h / 6)
    top, low = r.y + a, r.bottom - a
    b = PathBuilder().move(r.x, top)
    _wave(b, r.x, r.right, top, 4 / 3 * a)
    b.line(r.right, low)
    _wave(b, r.right, r.x, low, -4 / 3 * a)
    return Drawn(b.close().build(), area(r, u, _FLAG))


def sloped(r: Rect, u: Pt) -> Drawn:
    """Draw a manual input: the top slopes up to the right."""
    return Drawn(polygon(r, (0, 0.2), (1, 0), (1, 1), (0, 1)), area(r, u, _SLOPED, _SLOPED_SHARE))


def delay(r: Rect, _u: Pt) -> Drawn:
    """Draw a box whose right end is half round."""
    rx = min(r.h / 2, r.w / 2)
    b = PathBuilder().move(r.x, r.y).line(r.right - rx, r.y)
    outline = b.arc(r.right - rx, r.center.y, rx, r.h / 2, -90, 90).line(r.x, r.bottom).close().build()
    return Drawn(outline, r.inset(Insets(right=0.3 * rx)))


def bow(r: Rect, u: Pt) -> Drawn:
    """Draw stored data: both ends bent the same way."""
    d = min(0.35 * u, 0.2 * r.w)
    b = PathBuilder().move(r.x + d, r.y).line(r.right, r.y)
    b.quad(r.right - 2 * d, r.center.y, r.right, r.bottom).line(r.x + d, r.bottom)
    return Drawn(b.quad(r.x - d, r.center.y, r.x + d, r.y).close().build(), area(r, u, _BOW))


def display(r: Rect, _u: Pt) -> Drawn:
    """Draw a display: pointed at the left, round at the right."""
    d = min(0.3 * r.h, 0.25 * r.w)
    b = PathBuilder().move(r.x, r.center.y).line(r.x + d, r.y).line(r.right - d, r.y)
    b.cubic(r.right + d / 3, r.y + r.h * 0.1, r.right + d / 3, r.bottom - r.h * 0.1, r.right - d, r.bottom)
    return Drawn(b.line(r.x + d, r.bottom).close().build(), r.inset(Insets(d * 0.7, 0.0, d * 0.5, 0.0)))


def _sheets(r: Rect, u: Pt) -> list[Rect]:
    """Return the front sheet and the two behind it; together they fill the box."""
    d = min(_SHEET * u, r.w / 8, r.h / 8)
    w, h = r.w - 2 * d, r.h - 2 * d
    return [Rect(r.x + i * d, r.y + (2 - i) * d, w, h) for i in range(3)]


def _document(r: Rect, u: Pt) -> Path:
    """Return a sheet with a wavy bottom inside a box."""
    a = min(_WAVE * u, r.h / 6)
    b = PathBuilder().move(r.x, r.y).line(r.right, r.y).line(r.right, r.bottom - a)
    _wave(b, r.right, r.x, r.bottom - a, -4 / 3 * a)
    return b.close().build()


def _wave(b: PathBuilder, x0: Pt, x1: Pt, y: Pt, lift: Pt) -> None:
    """Draw one wave from (x0, y) to (x1, y); its first half rises by three quarters of `lift`."""
    half, handle = (x1 - x0) / 2, (x1 - x0) / 6
    b.cubic(x0 + handle, y - lift, x0 + half - handle, y - lift, x0 + half, y)
    b.cubic(x0 + half + handle, y + lift, x1 - handle, y + lift, x1, y)


def _delay_need(load: Load, _aspect: float) -> Size:
    """Return the smallest delay: the label's right corners stay inside the half ellipse, its left ones off the side."""
    h = load.height + PAD.down
    rx = h / 2
    lost = rx * (1.0 - math.sqrt(1.0 - (load.height / h) ** 2))
    return Size(load.width + max(0.3 + 2.0 * lost - 0.3 * rx, 0.6 + 0.3 * rx), h)


def _display_need(load: Load, _aspect: float) -> Size:
    """Return the smallest display."""
    h = load.height + PAD.down
    return Size(load.width + PAD.across + 0.5 * h, h)


def _box(draw: Callable[[Rect, Pt], Drawn], pad: Insets, pair: str = "blue", share: Insets = Insets()) -> Shape:
    """Return an angular shape sized by insets."""
    return Shape(draw, padded(pad, share), pair, angular=True)


PROCESS: dict[str, Shape] = {
    "notch-rect": _box(notched, _CUT, "green"),
    "notch-pent": _box(notched_pentagon, _PENT, "violet"),
    "lin-rect": _box(lined, _LEFT),
    "div-rect": _box(divided, _TOP),
    "win-pane": _box(window_pane, _PANE, "banana"),
    "datastore": _box(datastore, _STORE, "banana"),
    "st-rect": _box(stacked, _STACK),
    "tag-rect": _box(tagged, _TAG),
    "sl-rect": _box(sloped, _SLOPED, "violet", _SLOPED_SHARE),
    "doc": Shape(document, padded(_DOC), "violet"),
    "lin-doc": Shape(lined_document, padded(_LINED_DOC), "violet"),
    "docs": Shape(documents, padded(_DOCS), "violet"),
    "tag-doc": Shape(tagged_document, padded(_TAG_DOC), "violet"),
    "flag": Shape(flag, padded(_FLAG), "violet"),
    "delay": Shape(delay, _delay_need, "coral"),
    "bow-rect": Shape(bow, padded(_BOW), "banana"),
    "curv-trap": Shape(display, _display_need, "green"),
}
"""Shapes of `@{ shape }` that are a box with something to it, by canonical name."""
