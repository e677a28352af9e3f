"""Paths: shapes, boxes, direction; curves: flattening, resampling, smoothing."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.bezier import at, extremes
from banana_layout.geometry.curve import at_distance, flatten, length, resample, smooth
from banana_layout.geometry.path import OPERANDS, Path, PathBuilder
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect

NUMBERS = st.floats(-200, 200).map(lambda v: round(v, 3))
POINTS = st.builds(Point, NUMBERS, NUMBERS)
POLYLINES = st.lists(POINTS, min_size=2, max_size=8)


@st.composite
def paths(draw):
    """Any path of a few subpaths, open or closed."""
    verbs, coords = "", []
    for _ in range(draw(st.integers(1, 3))):
        for verb in ["M", *draw(st.lists(st.sampled_from("LQC"), min_size=1, max_size=4))]:
            verbs += verb
            coords += draw(st.lists(NUMBERS, min_size=OPERANDS[verb], max_size=OPERANDS[verb]))
        verbs += draw(st.sampled_from(["", "Z"]))
    return Path(verbs, tuple(coords))


def close(a, b, tolerance=1e-6):
    return math.dist(a, b) <= tolerance


@given(paths())
def test_bounds_hold_the_curve_and_lie_within_the_control_box(path):
    """The tight box is tight: it holds every point of the curve and touches it on all four sides."""
    bounds, points = path.bounds(), [p for line in flatten(path, 0.01) for p in line]
    assert path.control_box().holds(bounds, 1e-6)
    assert all(bounds.contains(p, 1e-6) for p in points)
    reached = Rect.spanning(
        min(p.x for p in points), min(p.y for p in points), max(p.x for p in points), max(p.y for p in points)
    )
    assert reached.holds(bounds, 0.02)


@given(paths())
def test_reversing_twice_gives_the_path_back(path):
    """Direction is all that changes."""
    assert path.reversed().reversed() == path


@given(paths())
def test_a_reversed_path_covers_the_same_ground(path):
    """Drawn backwards, a subpath starts where it ended and keeps its box."""
    back = path.reversed()
    assert back.control_box() == path.control_box()
    for there, again in zip(path.subpaths(), back.subpaths(), strict=True):
        assert (again.start, again.end) == (there.end, there.start)
        assert again.is_closed == there.is_closed


@given(paths())
def test_subpaths_joined_are_the_path(path):
    """Taking a path apart loses nothing."""
    whole = Path()
    for part in path.subpaths():
        whole = whole.joined(part)
    assert whole == path


@given(paths(), NUMBERS, NUMBERS)
def test_a_shift_is_a_translation(path, dx, dy):
    """The short way to move a path agrees with the general one."""
    assert path.shifted(dx, dy).coords == pytest.approx(path.transformed(Affine.translate(dx, dy)).coords)


@given(paths())
def test_segments_use_up_all_coordinates(path):
    """Verbs and coordinates match."""
    assert "".join(v for v, _ in path.segments()) == path.verbs
    assert tuple(v for _, c in path.segments() for v in c) == path.coords


def test_a_rounded_rect_stays_in_its_rect_and_reaches_all_sides():
    """Rounding takes corners away, nothing else."""
    r = Rect(10, 20, 100, 40)
    for radius in (0, 5, 20, 99, (1, 2, 3, 4)):
        path = Path.rect(r, radius)
        assert path.is_closed
        assert path.bounds() == r or r.holds(path.bounds(), 1e-9)
        b = path.bounds()
        assert (b.x, b.y, b.w, b.h) == pytest.approx((10, 20, 100, 40))


def test_a_rounded_corner_follows_the_circle():
    """The corner's middle lies on the quarter circle."""
    points = flatten(Path.rect(Rect(0, 0, 100, 100), 30), 0.001)[0]
    corner = [p for p in points if p.x > 70 and p.y < 30]
    assert corner
    assert all(math.dist(p, (70, 30)) == pytest.approx(30, rel=5e-4) for p in corner)


def test_an_ellipse_follows_its_equation():
    """Four cubics keep within a thousandth of the true ellipse."""
    for p in flatten(Path.ellipse(Rect(0, 0, 80, 40)), 0.001)[0]:
        assert ((p.x - 40) / 40) ** 2 + ((p.y - 20) / 20) ** 2 == pytest.approx(1, abs=1.5e-3)


def test_an_arc_ends_where_its_angles_say():
    """Angles run clockwise from the right, over any number of quarters."""
    path = PathBuilder().move(0, 0).arc(0, 0, 10, 10, 0, 270).build()
    assert path.verbs == "MLCCC"
    assert close(path.end, (0, -10))
    assert all(close((0, 0), p, 10.01) for p in flatten(path)[0])


def test_an_arc_starts_a_subpath_where_none_is_open():
    """A first arc, and one after a closed subpath, begin with a move."""
    b = PathBuilder().arc(0, 0, 5, 5, 0, 90).close().arc(20, 0, 5, 5, 0, 90)
    assert b.build().verbs == "MCZMC"


def test_a_polyline_s_box_needs_no_curves():
    """Straight paths are boxed by their corners, empty ones by nothing."""
    assert Path.polyline([Point(1, 2), Point(3, -4)]).bounds() == Rect(1, -4, 2, 6)
    assert Path().bounds() == Rect(0, 0, 0, 0)
    assert Path.line(0, 0, 3, 4).verbs == "ML"


@given(st.lists(NUMBERS, min_size=3, max_size=4))
def test_extremes_are_turning_points(p):
    """No sampled value of a Bézier lies beyond its ends and inner extremes."""
    reached = [p[0], p[-1], *extremes(p)]
    samples = [at(p, i / 64) for i in range(65)]
    assert min(reached) - 1e-6 <= min(samples)
    assert max(samples) <= max(reached) + 1e-6


@given(paths(), st.floats(0.5, 5))
def test_flattening_keeps_to_its_tolerance(path, tolerance):
    """Each piece's middle on the curve lies no farther from the chord than asked, and ends are exact."""
    lines = flatten(path, tolerance)
    fine = flatten(path, tolerance / 8)
    for part, line, dense in zip(path.subpaths(), lines, fine, strict=True):
        assert line[0] == part.start
        assert line[-1] == (part.start if part.is_closed else part.end)
        assert max(distance_to(line, p) for p in dense) <= tolerance + 1e-6


def distance_to(line, p):
    return min(segment_distance(a, b, p) for a, b in pairwise(line)) if len(line) > 1 else math.dist(line[0], p)


def segment_distance(a, b, p):
    dx, dy = b.x - a.x, b.y - a.y
    square = dx * dx + dy * dy
    t = 0 if square == 0 else max(0.0, min(1.0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
    return math.dist(p, (a.x + t * dx, a.y + t * dy))


@given(POLYLINES, st.floats(0.5, 50))
def test_resampling_keeps_the_ends_and_stays_on_the_line(points, step):
    """Resampled points lie on the line, in order and at even distances along it."""
    found = resample(points, step)
    assert close(found[0], points[0])
    assert close(found[-1], points[-1])
    assert all(distance_to(points, p) < 1e-6 for p in found)
    assert length(found) <= length(points) + 1e-6
    assert len(found) == max(1, round(length(points) / step)) + 1


@given(POLYLINES, st.floats(0, 1))
def test_a_place_along_a_line_is_that_far_along(points, share):
    """at_distance measures from the start and stops at the ends."""
    total = length(points)
    assert distance_to(points, at_distance(points, total * share)) < 1e-6
    assert close(at_distance(points, -1), points[0])
    assert close(at_distance(points, total + 1), points[-1])


@given(st.lists(POINTS, min_size=3, max_size=8), st.booleans())
def test_a_smooth_path_goes_through_its_points(points, closed):
    """Catmull-Rom curves interpolate."""
    path = smooth(points, closed)
    ends = [Point(*c[-2:]) for _, c in path.segments() if c]
    assert ends[: len(points)] == points
    assert path.is_closed == closed
