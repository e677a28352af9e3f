"""Slow waves."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.waves import PEAK, bent

COORDS = st.lists(st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5)), min_size=1, max_size=20)


@given(COORDS, st.integers(1, 4))
def test_no_point_moves_farther_than_said(points: list[tuple[float, float]], number: int) -> None:
    """Every point stays within the waves' peak."""
    flat = [v for p in points for v in p]
    moved = bent(flat, number)
    for i in range(0, len(flat), 2):
        assert math.hypot(moved[i] - flat[i], moved[i + 1] - flat[i + 1]) <= PEAK + 1e-12


@given(COORDS)
def test_tries_differ_and_none_is_plain(points: list[tuple[float, float]]) -> None:
    """Number 0 changes nothing; numbers 1 to 4 each bend differently."""
    flat = [v for p in points for v in p]
    assert bent(flat, 0) == flat
    tries = [tuple(bent(flat, n)) for n in (1, 2, 3, 4)]
    assert len(set(tries)) == 4
