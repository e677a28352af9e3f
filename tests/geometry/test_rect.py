"""Rectangles and insets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

PLACES = st.floats(-500, 500)
EXTENTS = st.floats(0, 500)
RECTS = st.builds(Rect, PLACES, PLACES, EXTENTS, EXTENTS)


@given(st.lists(RECTS, min_size=1, max_size=6))
def test_the_box_around_rects_holds_each_of_them(rects):
    """`around` leaves nobody outside."""
    whole = Rect.around(rects)
    assert all(whole.holds(r, 1e-9) for r in rects)


def test_the_box_around_nothing_is_empty():
    """No rects, no ground."""
    assert Rect.around([]) == Rect(0, 0, 0, 0)


@given(PLACES, PLACES, PLACES, PLACES)
def test_spanning_takes_corners_in_any_order(x0, y0, x1, y1):
    """Two opposite corners give one rectangle, whichever comes first."""
    assert Rect.spanning(x0, y0, x1, y1) == Rect.spanning(x1, y1, x0, y0)


@given(RECTS, RECTS)
def test_overlap_is_mutual_and_within_both(a, b):
    """Shared ground is the same from either side and no larger than the smaller one."""
    shared = a.overlap(b)
    assert shared == b.overlap(a)
    assert shared.width <= min(a.w, b.w) + 1e-9
    assert shared.height <= min(a.h, b.h) + 1e-9
    assert a.meets(b) == (shared.width > 0 and shared.height > 0)


def test_neighbours_that_touch_do_not_meet():
    """Zones that share an edge do not overlap."""
    left, right = Rect(0, 0, 10, 10), Rect(10, 0, 10, 10)
    assert not left.meets(right)
    assert left.meets(right.shifted(-1, 0), slack=0.5)
    assert not left.meets(right.shifted(-1, 0), slack=1.0)


@given(RECTS, st.floats(0, 100))
def test_growing_undoes_an_even_inset_where_there_was_room(r, by):
    """Inset and growth are each other's opposite, and extents never turn negative."""
    inside = r.inset(by)
    assert inside.w >= 0
    assert inside.h >= 0
    if min(r.w, r.h) > 2 * by:
        again = inside.grown(by)
        assert (again.x, again.y, again.w, again.h) == pytest.approx((r.x, r.y, r.w, r.h))


def test_insets_move_the_sides_they_name():
    """Left, top, right and bottom mean what they say."""
    assert Rect(0, 0, 100, 50).inset(Insets(1, 2, 3, 4)) == Rect(1, 2, 96, 44)
    assert (Insets(1, 2, 3, 4).across, Insets(1, 2, 3, 4).down) == (4, 6)


def test_corners_run_clockwise_from_the_top_left():
    """y points down, so clockwise on the page is right, down, left."""
    assert Rect(1, 2, 3, 4).corners == (Point(1, 2), Point(4, 2), Point(4, 6), Point(1, 6))


def test_a_rect_contains_its_edges_and_what_the_slack_adds():
    """Edges belong to the rectangle."""
    r = Rect(0, 0, 10, 10)
    assert r.contains(Point(10, 10))
    assert not r.contains(Point(10.1, 5))
    assert r.contains(Point(10.1, 5), slack=0.2)


def test_parts_of_a_rect():
    """Center, size and origin agree with the extents."""
    r = Rect(2, 4, 6, 8)
    assert (r.center, r.size, r.origin) == (Point(5, 8), Size(6, 8), Point(2, 4))
    assert r.size.scaled(0.5) == Size(3, 4)
