"""Slow waves that bend letters: another try of the same hand at the same shape."""

from __future__ import annotations

import math
from collections.abc import Sequence

PEAK = 0.024
"""Farthest a point moves, in em, on both axes together."""
_LONG, _SHORT = 0.0105, 0.0064
"""Heights of the two waves on each axis, in em: one longer than a letter, which leans and stretches its parts, and one
half as long, which bends them."""
_PHASES = ((0.4, 0.0, 2.8, 0.8), (3.5, 1.6, 0.9, 5.5), (5.2, 3.1, 4.0, 2.4), (2.0, 4.7, 5.7, 3.9))
"""Where each try's four waves begin: spread, so that no two tries bend a letter alike."""


def bent(coords: Sequence[float], number: int) -> list[float]:
    """Return coordinates (x, y, x, y, … in em) as try `number` has them; 0 leaves them.

    Each number is another set of waves, the same for every letter. No wave is shorter than half an em, so smooth stays
    smooth and a stroke keeps its width within a tenth.
    """
    if number <= 0:
        return list(coords)
    p, q, r, s = _PHASES[(number - 1) % len(_PHASES)]
    sin, h, g = math.sin, _LONG, _SHORT
    out: list[float] = []
    for i in range(0, len(coords), 2):
        x, y = coords[i], coords[i + 1]
        out += (
            x + h * sin(5.4 * y + p) + g * sin(8.2 * x + 9.6 * y + q),
            y + h * sin(5.0 * x + r) + g * sin(9.4 * x - 8.6 * y + s),
        )
    return out
