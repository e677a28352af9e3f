"""Affine maps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.affine import IDENTITY, Affine
from banana_layout.geometry.point import Point

NUMBERS = st.floats(-50, 50)
POINTS = st.builds(Point, NUMBERS, NUMBERS)
MAPS = st.builds(Affine, *[NUMBERS] * 6)


@given(MAPS, MAPS, POINTS)
def test_then_applies_the_first_map_first(m, n, p):
    """A composed map does what its parts do one after the other."""
    assert m.then(n).apply(p) == pytest.approx(n.apply(m.apply(p)), rel=1e-9, abs=1e-6)


@given(MAPS)
def test_the_identity_changes_no_map(m):
    """Composing with the identity on either side gives the map itself."""
    assert m.then(IDENTITY) == pytest.approx(m)
    assert IDENTITY.then(m) == pytest.approx(m)


@given(POINTS, POINTS, st.floats(-720, 720))
def test_a_turn_keeps_distances_and_its_centre(p, about, degrees):
    """Turning is rigid and leaves its centre in place."""
    turn = Affine.rotate(degrees, about)
    assert turn.apply(about) == pytest.approx(about, abs=1e-9)
    assert turn.apply(p).distance(about) == pytest.approx(p.distance(about), abs=1e-9)


def test_a_turn_is_clockwise_on_the_page():
    """With y down, 90 degrees take the right to the bottom."""
    assert Affine.rotate(90).apply(Point(1, 0)) == pytest.approx((0, 1))


def test_a_slant_leans_upright_strokes_to_the_right():
    """What stands above the baseline moves right, the baseline stays."""
    lean = Affine.slant(45)
    assert lean.apply(Point(0, -10)) == pytest.approx((10, -10))
    assert lean.apply(Point(3, 0)) == Point(3, 0)


def test_scale_and_translate():
    """One factor serves both axes; a shift shifts."""
    assert Affine.scale(2).apply(Point(3, 4)) == Point(6, 8)
    assert Affine.scale(2, 3).apply(Point(3, 4)) == Point(6, 12)
    assert Affine.translate(1, -1).apply(Point(3, 4)) == Point(4, 3)
    assert IDENTITY.is_identity
    assert not Affine.scale(2).is_identity
