"""Seeded randomness: a stream of numbers an item owns, and smooth one-dimensional noise."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from functools import cache
from math import floor

_SIZE = 1024
_MASK = _SIZE - 1
_WORD = (1 << 64) - 1

NOISE_PEAK = 1.25
"""Smooth noise never leaves ± this: lattice values lie within ± 1 and Catmull-Rom overshoots by a quarter at most."""


class Dice:
    """Random numbers that belong to one item: the same seed and key give the same numbers, whatever else is drawn.

    The state starts at BLAKE2s of `seed/key`; the steps are SplitMix64 (G. L. Steele, D. Lea, C. H. Flood,
    "Fast splittable pseudorandom number generators", OOPSLA 2014).
    """

    __slots__ = ("_state",)

    def __init__(self, state: int) -> None:
        self._state = state

    @classmethod
    def of(cls, seed: int, key: str) -> Dice:
        """Return the dice of the item named `key` on a page with this seed."""
        digest = hashlib.blake2s(f"{seed}/{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return cls(int.from_bytes(digest, "little"))

    def bits(self) -> int:
        """Return the next 64 random bits."""
        self._state = z = (self._state + 0x9E3779B97F4A7C15) & _WORD
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
        return z ^ (z >> 31)

    def between(self, low: float, high: float) -> float:
        """Return an even draw from [low, high)."""
        return low + (high - low) * (self.bits() >> 11) * 1.1102230246251565e-16

    def either(self) -> float:
        """Return 1 or -1."""
        return 1.0 if self.bits() & 1 else -1.0

    def offset(self) -> float:
        """Return a place in the noise table where a new curve of noise begins."""
        return (self.bits() >> 11) * 1.1102230246251565e-16 * _SIZE


@cache
def noise_table() -> tuple[tuple[float, float, float, float], ...]:
    """Return the noise's cubic coefficients, one row for each step of the lattice.

    Value noise: lattice values even in ± 1, joined by Catmull-Rom cubics (E. Catmull, R. Rom, "A class of local
    interpolating splines", 1974). The table closes on itself.
    """
    raw = hashlib.shake_128(b"banana_layout/sketch/noise").digest(2 * _SIZE)
    v = [n / 32767.5 - 1 for n in struct.unpack(f"<{_SIZE}H", raw)]
    rows = []
    for i in range(_SIZE):
        p0, p1, p2, p3 = v[i - 1], v[i], v[(i + 1) & _MASK], v[(i + 2) & _MASK]
        rows.append(
            (p1, 0.5 * (p2 - p0), p0 - 2.5 * p1 + 2 * p2 - 0.5 * p3, 0.5 * (p3 - p0) + 1.5 * (p1 - p2)),
        )
    return tuple(rows)


def noise(x: float) -> float:
    """Return the noise at `x`: smooth, within ± `NOISE_PEAK`, changing over a distance of about 1."""
    i = floor(x)
    a, b, c, d = noise_table()[i & _MASK]
    t = x - i
    return a + t * (b + t * (c + t * d))


def noises(offset: float, rate: float, places: Sequence[float]) -> list[float]:
    """Return the noise at `offset + rate * place` for each place; `noise` for many at once."""
    table = noise_table()
    out = []
    for place in places:
        x = offset + rate * place
        i = floor(x)
        a, b, c, d = table[i & _MASK]
        t = x - i
        out.append(a + t * (b + t * (c + t * d)))
    return out
