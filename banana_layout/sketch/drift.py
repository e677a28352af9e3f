"""The slow straying of a hand along a line."""

from __future__ import annotations

from banana_layout.geometry.point import Pt
from banana_layout.sketch.noise import Dice, noise

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
            x0, y0 = drift.at(0.0)
            x1, y1 = drift.at(period)
            drift._gap = (x1 - x0, y1 - y0)
            drift._fade = 1 / period
        return drift

    def at(self, s: Pt) -> tuple[Pt, Pt]:
        """Return the move at distance `s`."""
        amplitude = self._amplitude
        if not amplitude:
            return 0.0, 0.0
        a, b, c, d = self._offsets
        r = s * self._rate
        x = amplitude * (noise(a + r) + _OCTAVE * noise(b + 3 * r))
        y = amplitude * (noise(c + r) + _OCTAVE * noise(d + 3 * r))
        if self._fade:
            k = s * self._fade
            x -= k * self._gap[0]
            y -= k * self._gap[1]
        m = self._limit
        return (-m if x < -m else m if x > m else x), (-m if y < -m else m if y > m else y)
