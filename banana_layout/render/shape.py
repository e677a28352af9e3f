"""What both vector renderers derive from a scene before they write it: glyph variants and tapering lines."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from banana_layout.font.book import FontBook
from banana_layout.font.face import Face
from banana_layout.font.pen import penned
from banana_layout.font.slim import SlimOutline
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.waves import bent
from banana_layout.scene.item import Variant

_PIVOT_EM = -0.3
"""Height of a variant's pivot: 0.3 em above the baseline, y down."""
LETTERFORMS = 20_000
"""How many letters' outlines a process remembers: about 30 MB."""
_STEPS = 12
"""Samples of one curve of a tapering line."""


def variant_matrix(variant: Variant, advance: float) -> Affine:
    """Return a glyph variant as a map of the em square (y down), about the middle of the advance (in em).

    The first four numbers are the same for every glyph.
    """
    a, b, c, d = _turn(variant)
    x, y = advance / 2, _PIVOT_EM
    return Affine(a, b, c, d, x + variant.dx - a * x - c * y, y + variant.dy - b * x - d * y)


@functools.lru_cache(maxsize=256)
def _turn(variant: Variant) -> tuple[float, float, float, float]:
    """Return a variant's lean, size and turn, in this order, as the factors of one map."""
    whole = Affine.slant(variant.slant).then(Affine.scale(variant.scale)).then(Affine.rotate(variant.rotation))
    return whole.a, whole.b, whole.c, whole.d


@functools.lru_cache(maxsize=LETTERFORMS)
def letterform(face: Face, gid: int, variant: Variant | None) -> SlimOutline:
    """Return a glyph's outline (em, y down) as one of the tries of a hand; as its font has it where `variant` is None.

    A letter of bars is drawn by a pen first; then the try's waves bend it, and last it is turned, leant, resized and moved.
    """
    if variant is None:
        return SlimOutline(face.outline(gid))
    slim = face.slim(gid)
    if face.bars and variant.warp:
        slim = penned(slim, variant.warp)
    a, b, c, d, e, f = variant_matrix(variant, face.advance(gid))
    coords = bent(slim.path.coords, variant.warp)
    for i in range(0, len(coords), 2):
        x, y = coords[i], coords[i + 1]
        coords[i], coords[i + 1] = a * x + c * y + e, b * x + d * y + f
    return slim.moved(coords)


def outlines(book: FontBook) -> Callable[[str, int, Variant | None], Path]:
    """Return what finds the outline of a face's glyph in a variant."""

    def outline(face_id: str, gid: int, variant: Variant | None) -> Path:
        """Return the outline in em, y down."""
        return letterform(book.face(face_id), gid, variant).path

    return outline


def tapering(path: Path, start: Pt, end: Pt) -> Path:
    """Return the area of a line whose width changes evenly from `start` to `end` along its way.

    Each subpath tapers over its own length; its ends are round. Empty where a path has no length.
    """
    out = Path()
    for part in path.subpaths():
        points = _samples(part)
        if len(points) > 1:
            out = out.joined(_ribbon(points, start, end))
    return out


def cubics(path: Path) -> Path:
    """Return a path with its quadratic curves raised to cubic ones (exact)."""
    if "Q" not in path.verbs:
        return path
    out: list[float] = []
    x0 = y0 = start_x = start_y = 0.0
    for verb, c in path.segments():
        if verb == "Q":
            x1, y1, x2, y2 = c
            out += (
                x0 + (x1 - x0) * 2 / 3,
                y0 + (y1 - y0) * 2 / 3,
                x2 + (x1 - x2) * 2 / 3,
                y2 + (y1 - y2) * 2 / 3,
                x2,
                y2,
            )
        else:
            out += c
        x0, y0 = c[-2:] if c else (start_x, start_y)
        if verb == "M":
            start_x, start_y = x0, y0
    return Path(path.verbs.replace("Q", "C"), tuple(out))


def _samples(part: Path) -> list[tuple[float, float]]:
    """Return points along one subpath, no two successive ones alike."""
    points: list[tuple[float, float]] = []
    for verb, c in cubics(part).segments():
        if verb in "ML":
            points.append((c[0], c[1]))
        elif verb == "Z":
            points.append(points[0])
        else:
            x0, y0 = points[-1]
            for i in range(1, _STEPS + 1):
                t = i / _STEPS
                a, b, d, e = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
                points.append((a * x0 + b * c[0] + d * c[2] + e * c[4], a * y0 + b * c[1] + d * c[3] + e * c[5]))
    return [p for i, p in enumerate(points) if i == 0 or math.dist(p, points[i - 1]) > 1e-6]


def _ribbon(points: list[tuple[float, float]], start: Pt, end: Pt) -> Path:
    """Return the outline of a line of changing width through `points`."""
    lengths = [0.0]
    for i in range(1, len(points)):
        lengths.append(lengths[-1] + math.dist(points[i - 1], points[i]))
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(0, i - 1)], points[min(last, i + 1)]
        span = math.hypot(x1 - x0, y1 - y0) or 1.0
        half = (start + (end - start) * lengths[i] / lengths[-1]) / 2
        nx, ny = -(y1 - y0) / span * half, (x1 - x0) / span * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    flat = [v for p in [*right, *reversed(left)] for v in p]  # clockwise, as the discs are
    outline = Path("M" + "L" * (2 * last + 1) + "Z", tuple(flat))
    for (x, y), width in ((points[0], start), (points[-1], end)):
        outline = outline.joined(_dot(x, y, width / 2))
    return outline


def _dot(x: Pt, y: Pt, radius: Pt) -> Path:
    """Return a disc."""
    return Path.ellipse(Rect(x - radius, y - radius, 2 * radius, 2 * radius))
