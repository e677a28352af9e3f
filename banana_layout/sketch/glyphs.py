"""Writing by hand: which variant each glyph takes, and how a line's baseline drifts."""

from __future__ import annotations

import functools
import math

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.waves import bent
from banana_layout.scene.item import Glyph, GlyphRun, Group, Item, Path, Variant
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice, noise

TRIES = 4
"""How many outlines a hand has for one letter."""
_NONE = (-1, -1)
_FREE = {(a, b): tuple(t for t in range(TRIES) if t not in (a, b)) for a in range(-1, TRIES) for b in range(-1, TRIES)}
"""Which tries are left after the last two of the same letter."""
_MOODS = 4
"""How many placements each of them comes in: which of them a letter takes is its own, so letters do not lean in step."""
VARIANTS = TRIES * _MOODS
"""How many glyph variants a page has for running text, and as many again for large writing."""
LARGE = 16.0
"""From this size on (the face's em, in points) a hand lets letters dance more."""
_DANCE = 1.5
"""How much more."""
_SIGMA_ROTATION, _SIGMA_DX, _SIGMA_DY, _SIGMA_SCALE, _SIGMA_SLANT = 0.75, 0.008, 0.011, 0.011, 0.5
"""Standard deviations: degrees, em, em, 1, degrees."""
_QUANTILES = (
    -1.9382, -1.3714, -1.0509, -0.8079, -0.6026, -0.4185, -0.2468, -0.0816,
    0.0816, 0.2468, 0.4185, 0.6026, 0.8079, 1.0509, 1.3714, 1.9382,
)  # fmt: skip
"""Middles of the normal distribution's sixteen equal parts, scaled to a standard deviation of 1."""
_BOW = 0.7
"""Share of the waves that bends a title's letters: they stand close."""
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

    The figures are even draws: ± 2.6 degrees, ± 0.028 em, ± 3 %; a box is about 1.1 em high.
    """
    dice = Dice.of(seed, key)
    much = min(1.5, hand.jitter)
    turn, lift, size = dice.between(-2.6, 2.6) * much, dice.between(-1, 1) * 0.025 * box.h, dice.between(-0.03, 0.03)
    x, y = box.center
    about = Affine.translate(-x, -y).then(Affine.scale(1 + size * much)).then(Affine.rotate(turn))
    return about.then(Affine.translate(x, y + lift * much))


def bowed(item: Item, box: Rect, number: int) -> Item:
    """Return a big letter's layer as another try of the hand; the box's height counts as an em."""
    if isinstance(item, Group):
        clip = _bowed(item.clip, box, number) if item.clip is not None else None
        children = tuple(bowed(c, box, number) for c in item.children)
        return msgspec.structs.replace(item, clip=clip, children=children)
    return msgspec.structs.replace(item, path=_bowed(item.path, box, number)) if isinstance(item, Path) else item


def _bowed(path: Outline, box: Rect, number: int) -> Outline:
    """Return a path bent by the waves of a try; the box's middle stays where it is, for there is no room to spare."""
    if box.h <= 0:
        return path
    em = box.h
    flat = path.shifted(-box.x, -box.y).transformed(Affine.scale(1 / em)).coords
    moved = bent(flat, number)
    middle = (box.w / 2 / em, 0.5)
    x, y = bent(middle, number)
    shift = (x - middle[0], y - middle[1])
    coords = [v + _BOW * (w - v - shift[i % 2]) for i, (v, w) in enumerate(zip(flat, moved, strict=True))]
    return Outline(path.verbs, tuple(coords)).transformed(Affine.scale(em)).shifted(box.x, box.y)


@functools.cache
def variants(jitter: float) -> tuple[Variant, ...]:
    """Return a page's glyph variants: spread evenly over each figure's normal distribution, in mixed order.

    The first `VARIANTS` are for running text, as many more for large writing; every `TRIES`-th bends the outline
    alike. They are the same for every seed, so that outlines once worked out serve every page; the seed picks among them.
    """
    if not jitter:
        return ()
    dice = Dice.of(0, "~variants")
    columns = []
    for sigma in (_SIGMA_ROTATION, _SIGMA_DX, _SIGMA_DY, _SIGMA_SCALE, _SIGMA_SLANT):
        order = list(_QUANTILES)
        for i in range(VARIANTS - 1, 0, -1):
            j = dice.bits() % (i + 1)
            order[i], order[j] = order[j], order[i]
        columns.append([q * sigma * jitter for q in order])
    return tuple(
        Variant(rotation=k * a, dx=b, dy=k * c, scale=1 + k * d, slant=e, warp=i % TRIES + 1)
        for k in (1.0, _DANCE)
        for i, (a, b, c, d, e) in enumerate(zip(*columns, strict=True))
    )


def written(run: GlyphRun, line: Baseline | None, hand: SketchHand, seed: int) -> GlyphRun:
    """Return a run as a hand writes it.

    Each glyph takes one of its tries, none that its last two twins took, in the placement that is its own for that try;
    each word sits on the line's drifting baseline as a whole, which the eye cannot tell from drift a glyph.
    """
    if run.tool == "exact" or not hand.jitter or not run.face:
        return run
    dice = Dice.of(seed, run.key)
    baseline = line or Baseline.of(run.key, run.x, hand, seed)
    last: dict[int, tuple[int, int]] = {}
    first = VARIANTS + 1 if run.size >= LARGE else 1
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
        if bits < TRIES:
            bits = dice.bits()
        gid = glyph.gid
        before = last.get(gid, _NONE)
        free = _FREE[before]
        bits, step = divmod(bits, len(free))
        pick = free[step]
        last[gid] = (pick, before[0])
        # Two bits of the glyph's number, mixed, choose the placement of each try.
        mood = (gid * 0x9E3779B1 >> 12 + 2 * pick) % _MOODS
        out.append(Glyph(gid, glyph.x, glyph.dy + fall, glyph.advance, glyph.text, first + pick + TRIES * mood))
    return msgspec.structs.replace(run, glyphs=tuple(out))
