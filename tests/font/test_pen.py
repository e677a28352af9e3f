"""Letters of bars as a pen draws them."""

from __future__ import annotations

import math

import pytest

from banana_layout.font.book import FontBook
from banana_layout.font.pen import REACH, penned
from banana_layout.font.slim import slimmed
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point

FACE = FontBook.standard().face("poor-story")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789?!.,:가를"


def bar(length: float = 0.5, width: float = 0.08) -> Path:
    """Return a stroke from left to right with square ends, clockwise on the page."""
    corners = ((0, 0), (length, 0), (length, width), (0, width))
    return Path.polyline([Point(*c) for c in corners], closed=True)


@pytest.mark.parametrize("char", LETTERS)
def test_a_pen_keeps_near_the_letter(char: str) -> None:
    """No try reaches farther than said beyond the letter's box, none is blank, and all four differ."""
    slim = FACE.slim(FACE.gid(char) or 0)
    box = slim.path.bounds()
    tries = [penned(slim, number) for number in (1, 2, 3, 4)]
    for one in tries:
        drawn = one.path.bounds()
        assert drawn.x >= box.x - REACH
        assert drawn.y >= box.y - REACH
        assert drawn.right <= box.right + REACH
        assert drawn.bottom <= box.bottom + REACH
        assert drawn.w > 0.6 * box.w
        assert one.path.verbs.count("M") == slim.path.verbs.count("M")
    if char not in ".!:":
        assert len({t.path.coords for t in tries}) == 4


def test_a_pen_draws_the_same_try_alike() -> None:
    """The same letter and number give the same outline."""
    slim = FACE.slim(FACE.gid("E") or 0)
    assert penned(slim, 3) == penned(slim, 3)


def test_square_ends_become_round() -> None:
    """A bar's two ends are curves that bulge outward; its long sides are curves too and may bow."""
    out = penned(slimmed(bar()), 1).path
    assert out.verbs == "MQQQQZ"
    assert out.bounds().w == pytest.approx(0.5, abs=2 * REACH)


def test_strokes_swell() -> None:
    """Along one bar the width changes, by a tenth and more, and never by half."""
    out = penned(slimmed(bar(1.0)), 2).path.coords
    xs, ys = out[0::2], out[1::2]
    corners = [(x, y) for x, y in zip(xs, ys, strict=True)]
    top = [y for x, y in corners if y < 0.03]
    bottom = [y for x, y in corners if y > 0.05]
    assert len(top) >= 3
    assert len(bottom) >= 3
    assert 0.004 < max(top) - min(top) + max(bottom) - min(bottom) < 0.04


def test_dots_are_round() -> None:
    """The square under a question mark becomes a dot of its size."""
    square = Path.polyline([Point(*p) for p in ((0.1, 0), (0.2, 0.1), (0.1, 0.2), (0, 0.1))], closed=True)
    slim = slimmed(square)
    out = penned(slim, 1).path
    assert set(out.verbs) == set("MQZ")
    assert out.bounds().w == pytest.approx(0.18, abs=0.03)


def test_cubic_and_empty_outlines_are_left_alone() -> None:
    """What has no corners to find stays as it is."""
    empty = slimmed(Path())
    assert penned(empty, 1) == empty
    assert all(map(math.isfinite, penned(slimmed(bar(0.0)), 1).path.coords))
