"""The slow straying of a hand along a line."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.geometry.point import Pt
from banana_layout.sketch.noise import Dice, noises

_OCTAVE = 0.28
"""Share of the second octave, at a third of the wavelength."""


class Drift:
    """Moves a place on a line by smooth noise of its distance along the line, on both axes alike.

    Moving on both axes rather than along the normal alone keeps the ink joined where a line turns a corner.
    """

    __slots__ = ("_amplitude", "_fade", "_gap", "_limit", "_offsets", "_rate")

    def __init__(self, offsets: tuple[float, ...], amplitude: Pt, rate: float, limit: Pt) -> None:
        self._offsets = offsets
        self._amplitude = amplitude
        self._rate = rate
        self._limit = limit
        self._fade = 0.0
        self._gap = (0.0, 0.0)

    @classmethod
    def of(cls, dice: Dice, amplitude: Pt, wavelength: Pt, limit: Pt, period: Pt | None = None) -> Drift:
        """Return a drift; it comes back to its start after `period` where that is given."""
        drift = cls((dice.offset(), dice.offset(), dice.offset(), dice.offset()), amplitude, 1 / wavelength, limit)
        if period and amplitude:
            (x0, y0), (x1, y1) = drift.along((0.0, period))
            drift._gap = (x1 - x0, y1 - y0)
            drift._fade = 1 / period
        return drift

    def along(self, places: Sequence[Pt]) -> list[tuple[Pt, Pt]]:
        """Return the move at each of the distances."""
        amplitude = self._amplitude
        if not amplitude:
            return [(0.0, 0.0)] * len(places)
        a, b, c, d = self._offsets
        rate, fade, low, high = self._rate, self._fade, -self._limit, self._limit
        gap_x, gap_y = self._gap[0] * fade, self._gap[1] * fade
        second = _OCTAVE * amplitude
        out = []
        for s, x0, x1, y0, y1 in zip(
            places,
            noises(a, rate, places),
            noises(b, 3 * rate, places),
            noises(c, rate, places),
            noises(d, 3 * rate, places),
            strict=True,
        ):
            x = amplitude * x0 + second * x1 - s * gap_x
            y = amplitude * y0 + second * y1 - s * gap_y
            out.append((max(low, min(x, high)), max(low, min(y, high))))
        return out
