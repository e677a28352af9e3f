"""Shapes both vector renderers derive: glyph variants and tapering lines."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point
from banana_layout.render.shape import cubics, tapering, variant_matrix
from banana_layout.scene.item import Variant


def area(path: Path) -> float:
    """Return the area of a polygon, positive where it turns clockwise on the page."""
    flat = path.coords
    points = [(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2


@given(st.floats(-5, 5), st.floats(0.9, 1.1), st.floats(-3, 3), st.floats(0.1, 1.5))
def test_a_variant_turns_about_the_middle_of_its_advance(rotation, scale, slant, advance):
    """The pivot 0.3 em above the baseline only moves by the variant's shift."""
    matrix = variant_matrix(Variant(rotation, 0.02, -0.01, scale, slant), advance)
    assert matrix.apply(Point(advance / 2, -0.3)) == pytest.approx((advance / 2 + 0.02, -0.31))


def test_a_variant_turns_clockwise_and_leans_right():
    """Positive rotation lowers the right side; positive slant moves the top to the right."""
    turned = variant_matrix(Variant(10, 0, 0, 1, 0), 1.0)
    assert turned.apply(Point(1.0, -0.3)).y > -0.3
    leaning = variant_matrix(Variant(0, 0, 0, 1, 10), 1.0)
    assert leaning.apply(Point(0.5, -0.8)).x > 0.5


def test_a_tapering_line_has_the_widths_asked_for():
    """A straight limb of 100 from 10 to 2 wide covers their mean times its length, and round ends."""
    whole = tapering(Path.line(0, 50, 100, 50), 10, 2)
    ribbon, *dots = whole.subpaths()
    assert area(ribbon) == pytest.approx(600)
    box = whole.bounds()
    assert (box.x, box.right, box.h) == pytest.approx((-5, 101, 10))
    assert all(math.copysign(1, area(d)) == 1 for d in dots)  # all turn alike: overlaps leave no hole


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=0, max_size=5),
    st.floats(0, 9),
    st.floats(0, 9),
)
def test_a_line_of_any_course_tapers_without_error(points, start, end):
    """Repeated points and lines without length do no harm."""
    path = Path.polyline([Point(*p) for p in points]) if points else Path()
    out = tapering(path, start, end)
    assert all(map(math.isfinite, out.coords))


@given(st.lists(st.tuples(*[st.floats(-50, 50)] * 4), min_size=1, max_size=5))
def test_raised_curves_pass_where_they_did(quads):
    """A quadratic curve raised to a cubic one has the same middle."""
    path = Path("M" + "Q" * len(quads), (1.0, 2.0, *(v for q in quads for v in q)))
    raised = cubics(path)
    assert raised.verbs == "M" + "C" * len(quads)
    x0, y0 = 1.0, 2.0
    for (_, q), (_, c) in zip(list(path.segments())[1:], list(raised.segments())[1:], strict=True):
        for axis, start in ((0, x0), (1, y0)):
            by_quad = start / 4 + q[axis] / 2 + q[2 + axis] / 4
            by_cubic = start / 8 + 3 * c[axis] / 8 + 3 * c[2 + axis] / 8 + c[4 + axis] / 8
            assert by_quad == pytest.approx(by_cubic)
        x0, y0 = c[4:]
