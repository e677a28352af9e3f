"""Writing by hand: which variant each glyph takes, and how a line's baseline drifts (LOOK.md, section 4)."""

from __future__ import annotations

import math

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Variant
from banana_layout.sketch.hand import MM, SketchHand
from banana_layout.sketch.noise import Dice, noise

VARIANTS = 8
"""How many shapes of a glyph a page has besides the font's own."""
WARPS = 4
"""How many outlines a glyph of large writing has, the font's own among them."""
LARGE = 16.0
"""From this size on (the face's em, in points) equal outlines would show."""
_SIGMA_ROTATION, _SIGMA_DX, _SIGMA_DY, _SIGMA_SCALE, _SIGMA_SLANT = 0.75, 0.008, 0.011, 0.011, 0.5
"""Standard deviations: degrees, em, em, 1, degrees."""
_QUANTILES = (-1.663, -0.9617, -0.5298, -0.1705, 0.1705, 0.5298, 0.9617, 1.663)
"""Middles of the normal distribution's eight equal parts, scaled to a standard deviation of 1."""
_DRIFT_EM, _DRIFT_WAVE = 0.022, 34 * MM
"""A baseline's drift and its wavelength."""
_SLOPE = math.tan(math.radians(0.09))
"""A baseline's steepest slope."""


class Baseline(msgspec.Struct, frozen=True):
    """How one line of text departs from its baseline; its runs share it."""

    offset: float
    """Where its noise begins."""
    slope: float
    """How much it falls to the right."""
    x: Pt
    """Where the line begins."""
    much: float
    """The hand's factor."""

    @classmethod
    def of(cls, key: str, x: Pt, hand: SketchHand, seed: int) -> Baseline:
        """Return the baseline of the line named `key` that begins at `x`."""
        dice = Dice.of(seed, key + "~baseline")
        return cls(dice.offset(), dice.between(-_SLOPE, _SLOPE), x, hand.jitter)

    def fall(self, x: Pt, size: Pt) -> Pt:
        """Return how far below its baseline the line is at `x`, for type of this size."""
        d = x - self.x
        rise = max(-0.05 * size, min(0.05 * size, self.slope * d))
        return self.much * (_DRIFT_EM * size * noise(self.offset + d / _DRIFT_WAVE) + rise)


def lettered(key: str, box: Rect, hand: SketchHand, seed: int) -> Affine:
    """Return how a big letter is set: turned, lifted and resized a little about the middle of its box.

    The figures are even draws: ± 2.6 degrees, ± 0.028 em, ± 3 % (LOOK.md, section 4); a box is about 1.1 em high.
    """
    dice = Dice.of(seed, key)
    much = min(1.5, hand.jitter)
    turn, lift, size = dice.between(-2.6, 2.6) * much, dice.between(-1, 1) * 0.025 * box.h, dice.between(-0.03, 0.03)
    x, y = box.center
    about = Affine.translate(-x, -y).then(Affine.scale(1 + size * much)).then(Affine.rotate(turn))
    return about.then(Affine.translate(x, y + lift * much))


def variants(hand: SketchHand, seed: int) -> tuple[Variant, ...]:
    """Return the page's glyph variants: spread evenly over each figure's normal distribution, in mixed order.

    The first `VARIANTS` are for running text, as many more for large writing, whose outlines differ too.
    """
    if not hand.jitter:
        return ()
    dice = Dice.of(seed, "~variants")
    columns = []
    for sigma in (_SIGMA_ROTATION, _SIGMA_DX, _SIGMA_DY, _SIGMA_SCALE, _SIGMA_SLANT):
        order = list(_QUANTILES)
        for i in range(VARIANTS - 1, 0, -1):
            j = dice.bits() % (i + 1)
            order[i], order[j] = order[j], order[i]
        columns.append([q * sigma * hand.jitter for q in order])
    plain = [Variant(rotation=a, dx=b, dy=c, scale=1 + d, slant=e) for a, b, c, d, e in zip(*columns, strict=True)]
    return (*plain, *(msgspec.structs.replace(v, warp=i % WARPS) for i, v in enumerate(plain)))


def written(run: GlyphRun, line: Baseline | None, hand: SketchHand, seed: int) -> GlyphRun:
    """Return a run as a hand writes it.

    Each glyph takes a variant of its own, never the one of its left neighbour or of the last glyph of the same shape;
    each word sits on the line's drifting baseline as a whole, which the eye cannot tell from drift a glyph.
    """
    if run.tool == "exact" or not hand.jitter or not run.face:
        return run
    dice = Dice.of(seed, run.key)
    baseline = line or Baseline.of(run.key, run.x, hand, seed)
    last: dict[int, int] = {}
    large = VARIANTS if run.size >= LARGE else 0
    before = 0
    fall: Pt | None = None
    out = []
    bits = dice.bits()
    for glyph in run.glyphs:
        if glyph.text.isspace():
            fall = None
            out.append(glyph)
            continue
        if fall is None:
            fall = baseline.fall(run.x + glyph.x, run.size)
        same = last.get(glyph.gid, 0)
        if bits < VARIANTS:
            bits = dice.bits()
        bits, pick = divmod(bits, VARIANTS)
        pick += 1
        while pick in (before, same) or (large and same and (pick - same) % WARPS == 0):
            pick = pick % VARIANTS + 1
        last[glyph.gid] = before = pick
        out.append(Glyph(glyph.gid, glyph.x, glyph.dy + fall, glyph.advance, glyph.text, pick + large))
    return msgspec.structs.replace(run, glyphs=tuple(out))
