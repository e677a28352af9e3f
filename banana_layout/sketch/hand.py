"""The hand that draws, and how far its ink may stray."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.geometry.point import MM, Pt
from banana_layout.scene.item import Path


class SketchHand(msgspec.Struct, frozen=True):
    """How far ink strays. Factors of 1 are the look's own figures; 0 draws exactly."""

    wobble: float = 1.0
    """Drift of strokes and fills, how far fills and closing strokes miss; a factor."""
    width: float = 1.0
    """Variation of a stroke's width, tapers included; a factor."""
    jitter: float = 1.0
    """Placement, angle and size of glyphs; a factor."""
    overshoot: float = 1.0
    """Corners that run past each other; a factor."""
    streaks: float = 1.0
    """How much marker passes show where they overlap; a factor, 0 for a flat fill."""
    texture: Literal["ink", "ballpoint", "chalk"] = "ink"
    """How strokes look close by; chalk has gaps along its sides and dust beside it."""
    ruler: float = 0.35
    """Share of the drift that is left along a ruler."""
    drift_mm: float = 0.24
    """Farthest a pen's line drifts on each axis."""
    miss_mm: float = 0.55
    """Farthest a closing stroke misses its own start."""
    shift_mm: float = 0.32
    """Farthest a fill sits beside its outline."""
    fill_drift_mm: float = 0.20
    """Farthest a fill's edge drifts on each axis, besides."""
    swell: float = 1.4
    """Largest width of a pen's stroke against the nominal one."""


DUST_MM = 0.3
"""How far chalk dust lies beside a stroke."""
STANDARD = SketchHand()
"""The look's own hand."""

_CURVE: Pt = 0.4
"""How far the smooth outline of a stroke may leave its line at the tightest bends of wild curves."""
HIGHLIGHT_SLANT = 0.24
"""Largest lean of a highlighter's ends: this share of the band's height, above and below its middle."""


def reach(item: Path, hand: SketchHand = STANDARD) -> Pt:
    """Return how far the ink of `item` may leave its exact shape: its outline, and its area where it is filled.

    Half the stroke's width is counted, so that the shape grown by this holds all ink. It depends on the tool, the
    stroke and, for a highlighter, the band's height; never on the key. The sketch keeps to it.
    """
    if item.tool == "exact" or not item.path.verbs:
        return (item.stroke.width / 2) if item.stroke is not None else 0.0
    ink = fill = 0.0
    if item.fill is not None and item.tool == "highlighter":
        fill = hand.wobble * (item.path.bounds().h * HIGHLIGHT_SLANT + 0.60 * MM)
    elif item.fill is not None and item.tool != "grid":
        fill = hand.wobble * (hand.shift_mm + 1.5 * hand.fill_drift_mm) * MM
    if item.stroke is not None:
        ink = _stroke_reach(item, hand)
    return max(ink, fill)


def _stroke_reach(item: Path, hand: SketchHand) -> Pt:
    """Return how far a sketched line leaves its centre line."""
    stroke = item.stroke
    assert stroke is not None
    width = max(stroke.width, *(stroke.widths or (0.0, 0.0)))
    if item.tool == "grid":
        return width * 0.64 + hand.wobble * 0.3 * MM
    swell = 1 + (hand.swell - 1) * hand.width
    ease = hand.ruler if item.tool == "ruler" else 1.0
    drift = hand.wobble * 1.5 * hand.drift_mm * ease * MM
    run = stroke.overshoot * hand.overshoot
    miss = hand.wobble * hand.miss_mm * MM if item.path.is_closed else 0.0
    dust = DUST_MM * MM if hand.texture == "chalk" else 0.0
    return width / 2 * max(swell, 1.2) + drift + run + miss + dust + _CURVE
