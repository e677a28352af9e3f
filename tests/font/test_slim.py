"""Glyph outlines in fewer points."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given as drawn_from
from hypothesis import strategies as st

from banana_layout.font.book import FontBook
from banana_layout.font.slim import _JOINT, TOLERANCE, slimmed
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect

BOOK = FontBook.standard()
HANDS = ("gamja", "nanum-pen", "poor-story", "bagel", "yomogi", "patrick-hand", "comic-mono")
LETTERS = "학습된를뽑힌생는가AgRSekxm8?&"


def points(path: Path, steps: int = 8) -> list[tuple[float, float]]:
    """Return places along a path of lines and quadratic curves, close together."""
    out: list[tuple[float, float]] = []
    x0 = y0 = 0.0
    start: tuple[float, ...] = ()
    for verb, given in path.segments():
        start = given if verb == "M" else start
        c = given or start
        x1, y1 = c[:2] if verb == "Q" else ((x0 + c[0]) / 2, (y0 + c[1]) / 2)
        x2, y2 = c[-2:]
        if verb != "M":
            for i in range(steps):
                t = i / steps
                a, b, d = (1 - t) ** 2, 2 * t * (1 - t), t * t
                out.append((a * x0 + b * x1 + d * x2, a * y0 + b * y1 + d * y2))
        x0, y0 = x2, y2
    return out


def gap(path: Path, other: Path) -> float:
    """Return how far any place of one path is from the other, at most."""
    far = 0.0
    line = points(other, 16)
    segments = list(zip(line, line[1:] + line[:1], strict=True))
    for x, y in points(path, 4):
        best = 9.0
        for (ax, ay), (bx, by) in segments:
            dx, dy = bx - ax, by - ay
            size = dx * dx + dy * dy
            t = 0.0 if not size else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / size))
            best = min(best, math.hypot(ax + t * dx - x, ay + t * dy - y))
        far = max(far, best)
    return far


@pytest.mark.parametrize("face_id", HANDS)
def test_slim_outlines_keep_to_the_font_and_save_points(face_id: str) -> None:
    """Letter by letter the outline stays within the tolerance both ways; hands that were traced lose half their points."""
    face = BOOK.face(face_id)
    before = after = 0
    for char in LETTERS:
        gid = face.gid(char)
        if gid is None:
            continue
        full, slim = face.outline(gid), face.slim(gid)
        before += len(full.coords)
        after += len(slim.path.coords) - 2 * len(slim.joints)
        limit = TOLERANCE + _JOINT + 0.001  # the last for curves that are judged at a few places only
        assert max(gap(full, slim.path), gap(slim.path, full)) <= limit
        assert slim.path.verbs.count("M") == full.verbs.count("M")
    assert after <= before
    if face_id in ("gamja", "nanum-pen"):
        assert after < 0.45 * before


def test_joints_lie_between_their_handles() -> None:
    """A joint is the middle of the handles around it, and stays so when the outline is moved."""
    slim = BOOK.face("gamja").slim(BOOK.face("gamja").gid("를") or 0)
    bent = slim.moved([v + 0.01 * math.sin(9 * i) for i, v in enumerate(slim.path.coords)])
    assert slim.joints
    for outline in (slim, bent):
        c = outline.path.coords
        for j in outline.joints:
            assert c[j] == pytest.approx((c[j - 2] + c[j + 2]) / 2)
            assert c[j + 1] == pytest.approx((c[j - 1] + c[j + 3]) / 2)


def test_outlines_of_very_many_points_take_time_in_step_with_them() -> None:
    """A font nobody traced, a circle of thousands of curves, is no trap: four times the curves, about four times the time."""
    took = []
    for n in (2_000, 8_000):
        k = 1 / math.cos(math.pi / n)
        turns = [(2 * math.pi * (i + 0.5) / n, 2 * math.pi * (i + 1) / n) for i in range(n)]
        coords = [v for a, b in turns for v in (k * math.cos(a), k * math.sin(a), math.cos(b), math.sin(b))]
        path = Path("M" + "Q" * n + "Z", (1.0, 0.0, *coords))
        began = time.process_time()
        assert len(slimmed(path).path.verbs) < n / 20
        took.append(time.process_time() - began)
    assert took[1] < 9 * took[0]


def test_cubic_outlines_stay_as_they_are() -> None:
    """Fonts with cubic curves keep them."""
    path = Path.ellipse(Rect(0, -0.5, 0.5, 0.5))
    assert slimmed(path).path == path


@drawn_from(
    st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=9),
    st.integers(0, 3),
)
def test_any_polygon_is_taken(corners: list[tuple[float, float]], repeats: int) -> None:
    """Points that repeat, lines that turn back and contours of a single point do no harm."""
    path = Path.polyline([Point(*c) for c in corners for _ in range(repeats + 1)], closed=True)
    slim = slimmed(path)
    assert all(map(math.isfinite, slim.path.coords))
    assert set(slim.path.verbs) <= set("MLQZ")
