"""Shapes that are a picture more than a box: marks without a label, braces, triangles, clouds, windows, people."""

from __future__ import annotations

import math
from collections.abc import Callable

from banana_layout.diagrams.shape.form import (
    Drawn,
    Load,
    Shape,
    area,
    fixed_need,
    padded,
    polygon,
)
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path, PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

_POINTED = 1.75
"""Height of a triangle over the height of the part that holds its label."""
_TEXT = Insets(0.15, 0.1, 0.15, 0.1)
_BRACE_L = Insets(0.75, 0.25, 0.2, 0.25)
_BRACE_R = Insets(0.2, 0.25, 0.75, 0.25)
_BRACES = Insets(0.75, 0.25, 0.75, 0.25)
_FOLDER = Insets(0.45, 0.8, 0.45, 0.36)
_CONSOLE = Insets(0.45, 0.8, 0.45, 0.36)
_BUCKET = Insets(0.3, 0.85, 0.3, 0.4)
_BUCKET_SHARE = Insets(0.1, 0.0, 0.1, 0.0)
_PERSON = Insets(0.5, 1.5, 0.5, 0.36)
_CLOUD = Insets(0.3, 0.2, 0.3, 0.2)
_CLOUD_SHARE = Insets(0.11, 0.16, 0.11, 0.16)


def bare(r: Rect, u: Pt) -> Drawn:
    """Draw nothing: text alone."""
    return Drawn(Path.rect(r), area(r, u, _TEXT), rim=())


def disc(r: Rect, _u: Pt) -> Drawn:
    """Draw a small disc."""
    return Drawn(Path.ellipse(r), r)


def ringed_disc(r: Rect, u: Pt) -> Drawn:
    """Draw a small circle in a ring."""
    return Drawn(Path.ellipse(r), r, (Path.ellipse(r.inset(0.24 * u)),))


def crossed_circle(r: Rect, _u: Pt) -> Drawn:
    """Draw a circle with an X."""
    cx, cy = r.center
    side = min(r.w, r.h)
    d = side / 2 * math.sqrt(0.5)
    bars = (Path.line(cx - d, cy - d, cx + d, cy + d), Path.line(cx + d, cy - d, cx - d, cy + d))
    return Drawn(Path.ellipse(Rect(cx - side / 2, cy - side / 2, side, side)), r, bars)


def small_rhombus(r: Rect, _u: Pt) -> Drawn:
    """Draw a small decision without a label."""
    return Drawn(polygon(r, (0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)), r)


def bar(r: Rect, _u: Pt) -> Drawn:
    """Draw a solid bar."""
    return Drawn(Path.rect(r), r)


def hourglass(r: Rect, _u: Pt) -> Drawn:
    """Draw an hourglass."""
    return Drawn(polygon(r, (0, 0), (1, 0), (0.5, 0.5), (1, 1), (0, 1), (0.5, 0.5)), r)


def bolt(r: Rect, _u: Pt) -> Drawn:
    """Draw a lightning bolt."""
    return Drawn(polygon(r, (0.62, 0), (0.08, 0.58), (0.46, 0.52), (0.34, 1), (0.94, 0.36), (0.54, 0.43)), r)


def brace_left(r: Rect, u: Pt) -> Drawn:
    """Draw text with a left curly brace."""
    return Drawn(Path.rect(r), area(r, u, _BRACE_L), rim=(_brace(r, u, 1),))


def brace_right(r: Rect, u: Pt) -> Drawn:
    """Draw text with a right curly brace."""
    return Drawn(Path.rect(r), area(r, u, _BRACE_R), rim=(_brace(r, u, -1),))


def braces(r: Rect, u: Pt) -> Drawn:
    """Draw text between curly braces."""
    return Drawn(Path.rect(r), area(r, u, _BRACES), rim=(_brace(r, u, 1), _brace(r, u, -1)))


def triangle(r: Rect, u: Pt) -> Drawn:
    """Draw a triangle, point up."""
    low = Rect(r.x + r.w / 4, r.bottom - r.h / _POINTED, r.w / 2, r.h / _POINTED - 0.2 * u)
    return Drawn(polygon(r, (0.5, 0), (1, 1), (0, 1)), low)


def flipped_triangle(r: Rect, u: Pt) -> Drawn:
    """Draw a triangle, point down."""
    high = Rect(r.x + r.w / 4, r.y + 0.2 * u, r.w / 2, r.h / _POINTED - 0.2 * u)
    return Drawn(polygon(r, (0, 0), (1, 0), (0.5, 1)), high)


def cloud(r: Rect, u: Pt) -> Drawn:
    """Draw a cloud: arcs bulging over an ellipse."""
    return Drawn(_bulges(r, 11, 0.10), area(r, u, _CLOUD, _CLOUD_SHARE))


def bang(r: Rect, u: Pt) -> Drawn:
    """Draw a burst: points all round an ellipse."""
    n = 14
    cx, cy = r.center
    corners = []
    for i in range(2 * n):
        a = math.pi * (i + 0.5) / n
        f = 1.0 if i % 2 == 0 else 0.8
        corners.append(Point(cx + f * r.w / 2 * math.cos(a), cy + f * r.h / 2 * math.sin(a)))
    return Drawn(Path.polyline(corners, closed=True), r.inset(Insets(0.15 * r.w, 0.15 * r.h, 0.15 * r.w, 0.15 * r.h)))


def folder(r: Rect, u: Pt) -> Drawn:
    """Draw a folder with a tab."""
    t = min(0.4 * u, r.h / 4)
    f, g = min(0.4, 2.2 * u / r.w), t / r.h
    outline = polygon(r, (0, 0), (f, 0), (f + t / r.w, g), (1, g), (1, 1), (0, 1))
    return Drawn(outline, area(r, u, _FOLDER))


def bucket(r: Rect, u: Pt) -> Drawn:
    """Draw a pail."""
    lid, cx = min(0.3 * u, r.h / 6), r.center.x
    b = PathBuilder().arc(cx, r.y + lid, r.w / 2, lid, 180, 360)
    outline = b.arc(cx, r.bottom - lid, r.w * 0.4, lid, 0, 180).close().build()
    front = PathBuilder().arc(cx, r.y + lid, r.w / 2, lid, 180, 0).build()
    return Drawn(outline, area(r, u, _BUCKET, _BUCKET_SHARE), (front,))


def console(r: Rect, u: Pt) -> Drawn:
    """Draw a terminal window: a title bar with a prompt."""
    y = r.y + 0.45 * u
    x = r.x + 0.22 * u
    prompt = Path("MLL", (x, r.y + 0.13 * u, x + 0.14 * u, r.y + 0.23 * u, x, r.y + 0.33 * u))
    return Drawn(Path.rect(r, 0.25 * u), area(r, u, _CONSOLE), (Path.line(r.x, y, r.right, y), prompt))


def browser(r: Rect, u: Pt) -> Drawn:
    """Draw a browser window: a title bar with three buttons."""
    y = r.y + 0.45 * u
    dots = tuple(Path.ellipse(Rect(r.x + (0.2 + 0.25 * i) * u, r.y + 0.16 * u, 0.13 * u, 0.13 * u)) for i in range(3))
    return Drawn(Path.rect(r, 0.25 * u), area(r, u, _CONSOLE), (Path.line(r.x, y, r.right, y), *dots))


def person(r: Rect, u: Pt) -> Drawn:
    """Draw a round head over a rounded body."""
    head = min(1.2 * u, r.h * 0.4, r.w)
    top = r.y + head * 0.86
    radius = min(0.6 * u, (r.bottom - top) / 2, r.w / 2)
    cx = r.center.x
    reach = math.degrees(math.acos(min(1.0, (0.86 - 0.5) / 0.5)))
    half = head / 2 * math.sin(math.radians(reach))
    b = PathBuilder().move(cx - half, top).arc(cx, r.y + head / 2, head / 2, head / 2, 90 + reach, 450 - reach)
    b.line(r.right - radius, top).arc(r.right - radius, top + radius, radius, radius, -90, 0)
    b.line(r.right, r.bottom).line(r.x, r.bottom)
    outline = b.arc(r.x + radius, top + radius, radius, radius, 180, 270).close().build()
    return Drawn(outline, area(r, u, _PERSON))


def _brace(r: Rect, u: Pt, side: int) -> Path:
    """Return a curly brace along the left (1) or the right (-1) side."""
    d = min(0.28 * u, r.w / 6) * side
    spine = (r.x if side > 0 else r.right) + d
    y0, y1, m = r.y, r.bottom, r.center.y
    q = min(abs(d) * 1.2, r.h / 4)
    b = PathBuilder().move(spine + d, y0).quad(spine, y0, spine, y0 + q).line(spine, m - q)
    b.quad(spine, m, spine - d, m).quad(spine, m, spine, m + q)
    return b.line(spine, y1 - q).quad(spine, y1, spine + d, y1).build()


def _bulges(r: Rect, n: int, depth: float) -> Path:
    """Return an ellipse whose rim is `n` arcs; each bulges by `depth` of the extents, together they fill the box."""
    cx, cy = r.center
    inner = 1.0 - 1.2 * depth
    rim = []
    for i in range(n):
        a = 2 * math.pi * (i - 0.25) / n
        rim.append(Point(cx + inner * r.w / 2 * math.cos(a), cy + inner * r.h / 2 * math.sin(a)))
    b = PathBuilder().move(*rim[0])
    for i in range(n):
        p, q = rim[i], rim[(i + 1) % n]
        ax, ay = (p.x + q.x) / 2 - cx, (p.y + q.y) / 2 - cy
        k = 2.2 * depth
        b.cubic(p.x + ax * k, p.y + ay * k, q.x + ax * k, q.y + ay * k, q.x, q.y)
    path = b.close().build()
    box = path.bounds()
    sx, sy = r.w / max(box.w, 1e-9), r.h / max(box.h, 1e-9)
    c = list(path.coords)
    c[0::2] = [r.x + (x - box.x) * sx for x in c[0::2]]
    c[1::2] = [r.y + (y - box.y) * sy for y in c[1::2]]
    return Path(path.verbs, tuple(c))


def _triangle_need(down: bool) -> Callable[[Load, float], Size]:
    """Return the need of a triangle: the label stands by its broad side, each band where the sides are wide enough."""

    def need(load: Load, _aspect: float) -> Size:
        h = _POINTED * (load.height + 0.25) + 0.2
        width = 0.9 * h
        for band in load.bands:
            away = (band.bottom if down else -band.top) + load.height / 2 + 0.35
            width = max(width, (band.width + 0.3) / (1.0 - away / h))
        return Size(width, h)

    return need


def _bang_need(load: Load, _aspect: float) -> Size:
    """Return the smallest burst: an ellipse about the label, with room for the points."""
    reach = max((math.hypot((b.width / 2 + 0.2) / 1.4, max(-b.top, b.bottom) + 0.15) for b in load.bands), default=1.0)
    return Size(2 * reach * 1.4 / 0.78, 2 * reach / 0.78)


def _cloud_need(load: Load, _aspect: float) -> Size:
    """Return the smallest cloud: an ellipse about the label, with room for the bulges."""
    reach = max((math.hypot((b.width / 2 + 0.2) / 1.5, max(-b.top, b.bottom) + 0.15) for b in load.bands), default=1.0)
    return Size(2 * reach * 1.5 / 0.84, 2 * reach / 0.84)


MARKS: dict[str, Shape] = {
    "text": Shape(bare, padded(_TEXT), "blue", fill="none"),
    "sm-circ": Shape(disc, fixed_need(0.9, 0.9), "green", grows="fixed", fill="ink", labelled=False),
    "f-circ": Shape(disc, fixed_need(0.7, 0.7), "green", grows="fixed", fill="ink", labelled=False),
    "fr-circ": Shape(ringed_disc, fixed_need(1.2, 1.2), "coral", grows="fixed", labelled=False),
    "cross-circ": Shape(crossed_circle, fixed_need(1.5, 1.5), "coral", grows="fixed", labelled=False),
    "fork": Shape(bar, fixed_need(3.2, 0.36), "blue", grows="fixed", fill="ink", labelled=False),
    "hourglass": Shape(hourglass, fixed_need(1.5, 1.7), "violet", angular=True, grows="fixed", labelled=False),
    "bolt": Shape(bolt, fixed_need(1.3, 1.8), "banana", angular=True, grows="fixed", labelled=False),
    "brace": Shape(brace_left, padded(_BRACE_L), "violet", fill="none"),
    "brace-r": Shape(brace_right, padded(_BRACE_R), "violet", fill="none"),
    "braces": Shape(braces, padded(_BRACES), "violet", fill="none"),
    "tri": Shape(triangle, _triangle_need(down=False), "banana", angular=True),
    "flip-tri": Shape(flipped_triangle, _triangle_need(down=True), "banana", angular=True),
    "cloud": Shape(cloud, _cloud_need, "blue"),
    "bang": Shape(bang, _bang_need, "coral"),
    "folder": Shape(folder, padded(_FOLDER), "banana", angular=True),
    "bucket": Shape(bucket, padded(_BUCKET, _BUCKET_SHARE), "banana"),
    "console": Shape(console, padded(_CONSOLE), "violet"),
    "browser": Shape(browser, padded(_CONSOLE), "blue"),
    "person": Shape(person, padded(_PERSON), "green"),
    "choice": Shape(small_rhombus, fixed_need(1.5, 1.5), "coral", angular=True, grows="fixed", labelled=False),
    "anchor": Shape(disc, fixed_need(0.4, 0.4), "blue", grows="fixed", fill="ink", labelled=False),
}
"""Shapes of `@{ shape }` that are no box, by canonical name."""
