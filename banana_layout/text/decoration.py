"""What is drawn under and over a line's glyphs: marker bands, chips, underlines, strokes through, links."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Item, Link, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.text.unit import CHIP_MARGIN
from banana_layout.theme.text_style import Form, Sign, TextStyle

_NOMINAL = 14.2
"""Type size, in points, at which the lengths in millimetres hold; they grow with the type."""
_BAND_TOP, _BAND_BOTTOM = 0.46, 0.10
"""The lower 70 % of the Hangul box, em above and below the baseline."""
_BAND_LEFT_MM, _BAND_RIGHT_MM = 0.8, 1.0
_BAND_NEAR = 0.3
"""Share of that where a word stands beside the band: the pen's slant must not reach its letters across the space."""
_BAND_OPACITY = 0.92
_CHIP_HALF = 1.16 * 0.8 / 2
_CHIP_RADIUS_MM = 1.2
_CHIP_LINE_MM = 0.30
_MIDDLE = 0.30
_WAVE_MM, _WAVE_LENGTH_MM, _WAVE_WIDTH_MM = 0.42, 3.1, 0.32
_WAVE_DROP = 0.155
_LINE_DROP = 0.145
_LINE_WIDTH_MM = 0.28
_STRIKE_RISE = 0.27
_REACH_MM = 0.3

_SIGN_DROP = 0.16
_SIGNS: dict[Form, tuple[float, tuple[float, float] | None, tuple[float, ...]]] = {
    "thick": (0.72, None, (0.1,)),
    "double": (0.26, None, (-0.1, 0.55)),
    "dotted": (0.55, (0.25, 0.95), (0.15,)),
    "dashed": (0.46, (1.9, 1.1), (0.1,)),
    "zigzag": (0.28, None, (0.0,)),
    "barred": (0.26, None, (0.1,)),
}
"""Width, dashes and drops below the first line of each sign, in mm at the nominal size."""

T = TypeVar("T")


class Extent(NamedTuple):
    """A stretch of a line in one style."""

    style: TextStyle
    """How it looks."""
    left: Pt
    """Where it starts."""
    right: Pt
    """Where it ends."""
    text: str
    """Its characters."""


def under(extents: Sequence[Extent], key: str, size: Pt, y: Pt) -> Iterator[Item]:
    """Yield what lies under the glyphs of a line with baseline `y`: marker bands, then chips."""
    mm = MM * size / _NOMINAL
    for i, (mark, s) in enumerate(_stretches(extents, lambda e: e.style.highlight)):
        em, base = size * s.style.scale, y - s.style.rise * size
        # Half-points, because neighbours' edges are sums of the same widths.
        before, after = s.left > extents[0].left + 0.5, s.right < extents[-1].right - 0.5
        left = s.left - _BAND_LEFT_MM * mm * (_BAND_NEAR if before else 1.0)
        right = s.right + _BAND_RIGHT_MM * mm * (_BAND_NEAR if after else 1.0)
        band = Rect(left, base - _BAND_TOP * em, right - left, (_BAND_TOP + _BAND_BOTTOM) * em)
        fill = Paint(mark.color, _BAND_OPACITY, mark.blend, mark.stand_in)
        yield Path(f"{key}/mark{i}", Outline.rect(band), fill=fill, tool="highlighter", reach=_REACH_MM * mm)
    for i, (chip, s) in enumerate(_stretches(extents, lambda e: e.style.chip)):
        em, base = size * s.style.scale, y - s.style.rise * size
        air = CHIP_MARGIN * size
        box = Rect(s.left + air, base - (_MIDDLE + _CHIP_HALF) * em, s.right - s.left - 2 * air, 2 * _CHIP_HALF * em)
        radius = min(_CHIP_RADIUS_MM * MM, 0.24 * em)
        stroke = Stroke(_CHIP_LINE_MM * mm, Paint(chip.line))
        yield Path(f"{key}/chip{i}", Outline.rect(box, radius), Paint(chip.fill), stroke, reach=_REACH_MM * mm)


def over(extents: Sequence[Extent], key: str, size: Pt, y: Pt) -> Iterator[Item]:
    """Yield what lies over the glyphs of a line with baseline `y`: underlines, strokes through, link areas."""
    mm = MM * size / _NOMINAL
    for i, (color, s) in enumerate(
        _stretches(extents, lambda e: e.style.color if e.style.underline == "wavy" else None)
    ):
        base = y - s.style.rise * size + _WAVE_DROP * size
        stroke = Stroke(_WAVE_WIDTH_MM * mm, Paint(color), taper=False)
        path = wave(s.left, s.right, base, _WAVE_MM * mm, _WAVE_LENGTH_MM * mm)
        yield Path(f"{key}/wave{i}", path, stroke=stroke, reach=_REACH_MM * mm / 2)
    for i, (color, s) in enumerate(
        _stretches(extents, lambda e: e.style.color if e.style.underline == "straight" else None)
    ):
        base = y - s.style.rise * size + _LINE_DROP * size
        stroke = Stroke(_LINE_WIDTH_MM * mm, Paint(color), overshoot=0.3 * mm)
        yield Path(f"{key}/line{i}", Outline.line(s.left, base, s.right, base), stroke=stroke, reach=_REACH_MM * mm)
    for i, (color, s) in enumerate(_stretches(extents, lambda e: e.style.color if e.style.strike else None)):
        base = y - s.style.rise * size - _STRIKE_RISE * size * s.style.scale
        stroke = Stroke(1.3 * _LINE_WIDTH_MM * mm, Paint(color), overshoot=0.5 * mm)
        path = Outline.line(s.left - 0.4 * mm, base, s.right + 0.4 * mm, base)
        yield Path(f"{key}/strike{i}", path, stroke=stroke, reach=_REACH_MM * mm)
    for i, (sign, s) in enumerate(_stretches(extents, lambda e: e.style.sign)):
        yield from _signed(sign, s, f"{key}/sign{i}", size, y)
    for i, (url, s) in enumerate(_stretches(extents, lambda e: e.style.link)):
        em, base = size * s.style.scale, y - s.style.rise * size
        yield Link(f"{key}/link{i}", Rect(s.left, base - 0.8 * em, s.right - s.left, em), url, s.text)


def _signed(sign: Sign, s: Extent, key: str, size: Pt, y: Pt) -> Iterator[Item]:
    """Yield the mark of a pen under a stretch; under a chip it stands below the chip's outline."""
    mm = MM * size / _NOMINAL
    em = size * s.style.scale
    air = CHIP_MARGIN * size if s.style.chip else 0.0
    left, right = s.left + air, s.right - air
    base = y - s.style.rise * size + (_CHIP_HALF - _MIDDLE + 0.045 if s.style.chip else _SIGN_DROP) * em
    wide, dash, lines = _SIGNS[sign.form]
    stroke = Stroke(wide * mm, Paint(sign.color), (dash[0] * mm, dash[1] * mm) if dash else None, taper=False)
    for j, drop in enumerate(lines):
        if sign.form == "zigzag":
            path = _zigzag(left, right, base + 0.2 * mm, 0.42 * mm, 1.15 * mm)
        else:
            path = Outline.line(left, base + drop * mm, right, base + drop * mm)
        yield Path(f"{key}.{j}", path, stroke=stroke, reach=_REACH_MM * mm)
    if sign.form == "barred":
        for j, x in enumerate((left, (left + right) / 2, right)):
            bar = Outline.line(x, base - 0.5 * mm, x, base + 0.7 * mm)
            yield Path(f"{key}.bar{j}", bar, stroke=stroke, reach=_REACH_MM * mm)


def _zigzag(left: Pt, right: Pt, y: Pt, swing: Pt, step: Pt) -> Outline:
    """Return a line of points up and down, whole steps of about `step` long."""
    count = max(2, round((right - left) / step))
    builder = PathBuilder().move(left, y + swing)
    for i in range(1, count + 1):
        builder.line(left + (right - left) * i / count, y + (swing if i % 2 == 0 else -swing))
    return builder.build()


def wave(left: Pt, right: Pt, y: Pt, amplitude: Pt, length: Pt) -> Outline:
    """Return a sine-like curve from `left` to about `right` of whole half waves close to `length` long.

    Each half wave is the cubic with the sine's height and end slopes: handles at 4/3 of the amplitude, 4/(3 pi) of the
    half wave from its ends.
    """
    halves = max(2, round(2 * (right - left) / length))
    step = (right - left) / halves
    handle, rise = step * 4 / (3 * math.pi), amplitude * 4 / 3
    builder = PathBuilder().move(left, y)
    for i in range(halves):
        x0, x1 = left + i * step, left + (i + 1) * step
        tip = y + (rise if i % 2 == 0 else -rise)
        builder.cubic(x0 + handle, tip, x1 - handle, tip, x1, y)
    return builder.build()


def _stretches(extents: Sequence[Extent], mark: Callable[[Extent], T | None]) -> Iterator[tuple[T, Extent]]:
    """Yield each longest stretch whose extents bear the same mark, with the mark."""
    current: T | None = None
    whole: Extent | None = None
    for e in extents:
        own = mark(e)
        if whole is not None and own is not None and own == current:
            whole = whole._replace(right=e.right, text=whole.text + e.text)
            continue
        if whole is not None and current is not None:
            yield current, whole
        current, whole = own, (e if own is not None else None)
    if whole is not None and current is not None:
        yield current, whole
