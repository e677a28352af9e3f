"""Outlines: straight lines and Bézier curves, stored flat so that long paths stay cheap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.bezier import extremes
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect

OPERANDS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
"""How many coordinates each verb takes."""

KAPPA = 0.5522847498307936
"""Handle length of the cubic that best follows a quarter circle of radius 1: 4/3 (sqrt 2 - 1)."""


class Path(msgspec.Struct, frozen=True):
    """One or more subpaths, as a string of verbs and one flat tuple of their coordinates.

    Verbs are M (move), L (line), Q (quadratic), C (cubic) and Z (close); each takes the number of
    coordinates `OPERANDS` gives. A path that is not empty starts with M.
    """

    verbs: str = ""
    """One letter a segment."""
    coords: tuple[float, ...] = ()
    """x, y, x, y, … in points, the end point of each segment last."""

    @classmethod
    def polyline(cls, points: Iterable[Point], closed: bool = False) -> Path:
        """Return straight lines through `points`; at least one point."""
        flat = tuple(v for p in points for v in p)
        n = len(flat) // 2
        return cls("M" + "L" * (n - 1) + ("Z" if closed else ""), flat)

    @classmethod
    def line(cls, x0: Pt, y0: Pt, x1: Pt, y1: Pt) -> Path:
        """Return one straight line."""
        return cls("ML", (x0, y0, x1, y1))

    @classmethod
    def rect(cls, r: Rect, radius: Pt | Sequence[Pt] = 0.0) -> Path:
        """Return a closed rectangle, clockwise from the top left's end of the top edge.

        `radius` rounds all corners, or each of the four (clockwise from the top left); it is held to half
        the shorter side.
        """
        limit = min(r.w, r.h) / 2
        radii = [radius] * 4 if isinstance(radius, (int, float)) else list(radius)
        tl, tr, br, bl = (min(max(0.0, v), limit) for v in radii)
        if tl == tr == br == bl == 0.0:
            return cls.polyline(r.corners, closed=True)
        k = 1 - KAPPA
        x0, y0, x1, y1 = r.x, r.y, r.right, r.bottom
        return cls(
            "MLCLCLCLCZ",
            (
                x0 + tl, y0, x1 - tr, y0,
                x1 - k * tr, y0, x1, y0 + k * tr, x1, y0 + tr,
                x1, y1 - br,
                x1, y1 - k * br, x1 - k * br, y1, x1 - br, y1,
                x0 + bl, y1,
                x0 + k * bl, y1, x0, y1 - k * bl, x0, y1 - bl,
                x0, y0 + tl,
                x0, y0 + k * tl, x0 + k * tl, y0, x0 + tl, y0,
            ),
        )  # fmt: skip

    @classmethod
    def ellipse(cls, r: Rect) -> Path:
        """Return the closed ellipse inscribed in `r`, clockwise from its topmost point."""
        cx, cy = r.center
        rx, ry = r.w / 2, r.h / 2
        kx, ky = rx * KAPPA, ry * KAPPA
        return cls(
            "MCCCCZ",
            (
                cx, cy - ry,
                cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy,
                cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry,
                cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy,
                cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry,
            ),
        )  # fmt: skip

    def segments(self) -> Iterator[tuple[str, tuple[float, ...]]]:
        """Yield each verb with its coordinates."""
        at = 0
        for verb in self.verbs:
            n = OPERANDS[verb]
            yield verb, self.coords[at : at + n]
            at += n

    def subpaths(self) -> Iterator[Path]:
        """Yield the parts that each start with their own M."""
        start_verb = start = at = 0
        for i, verb in enumerate(self.verbs):
            if verb == "M" and i > start_verb:
                yield Path(self.verbs[start_verb:i], self.coords[start:at])
                start_verb, start = i, at
            at += OPERANDS[verb]
        if self.verbs:
            yield Path(self.verbs[start_verb:], self.coords[start:at])

    def shifted(self, dx: Pt, dy: Pt) -> Path:
        """Return the path moved by (dx, dy)."""
        c = list(self.coords)
        c[0::2] = [v + dx for v in c[0::2]]
        c[1::2] = [v + dy for v in c[1::2]]
        return Path(self.verbs, tuple(c))

    def transformed(self, m: Affine) -> Path:
        """Return the path's image under an affine map."""
        a, b, c, d, e, f = m
        xs, ys = self.coords[0::2], self.coords[1::2]
        out = [0.0] * len(self.coords)
        out[0::2] = [a * x + c * y + e for x, y in zip(xs, ys, strict=True)]
        out[1::2] = [b * x + d * y + f for x, y in zip(xs, ys, strict=True)]
        return Path(self.verbs, tuple(out))

    def joined(self, other: Path) -> Path:
        """Return both paths' subpaths as one path."""
        return Path(self.verbs + other.verbs, self.coords + other.coords)

    def reversed(self) -> Path:
        """Return the path drawn the other way round; closed subpaths stay closed. Subpaths keep their order."""
        out = Path()
        for part in self.subpaths():
            out = out.joined(_reverse(part))
        return out

    @property
    def is_closed(self) -> bool:
        """Whether the last subpath is closed."""
        return self.verbs.endswith("Z")

    @property
    def start(self) -> Point:
        """The first point; an IndexError for an empty path."""
        return Point(self.coords[0], self.coords[1])

    @property
    def end(self) -> Point:
        """The last segment's end point, before any closing line."""
        return Point(self.coords[-2], self.coords[-1])

    def control_box(self) -> Rect:
        """Return the box of all points and handles: it holds the curve and costs little."""
        if not self.coords:
            return Rect(0.0, 0.0, 0.0, 0.0)
        xs, ys = self.coords[0::2], self.coords[1::2]
        x, y = min(xs), min(ys)
        return Rect(x, y, max(xs) - x, max(ys) - y)

    def bounds(self) -> Rect:
        """Return the tight box of the curve itself."""
        if "C" not in self.verbs and "Q" not in self.verbs:
            return self.control_box()
        xs: list[float] = []
        ys: list[float] = []
        x = y = 0.0
        for verb, c in self.segments():
            if verb in "CQ":
                xs += extremes((x, *c[0::2]))
                ys += extremes((y, *c[1::2]))
            if verb != "Z":
                x, y = c[-2], c[-1]
                xs.append(x)
                ys.append(y)
        if not xs:
            return Rect(0.0, 0.0, 0.0, 0.0)
        return Rect.spanning(min(xs), min(ys), max(xs), max(ys))


class PathBuilder:
    """Collects segments and gives a Path."""

    __slots__ = ("_coords", "_verbs")

    def __init__(self) -> None:
        self._verbs: list[str] = []
        self._coords: list[float] = []

    def move(self, x: Pt, y: Pt) -> PathBuilder:
        """Start a subpath."""
        self._verbs.append("M")
        self._coords += (x, y)
        return self

    def line(self, x: Pt, y: Pt) -> PathBuilder:
        """Draw a straight line."""
        self._verbs.append("L")
        self._coords += (x, y)
        return self

    def quad(self, x1: Pt, y1: Pt, x: Pt, y: Pt) -> PathBuilder:
        """Draw a quadratic Bézier."""
        self._verbs.append("Q")
        self._coords += (x1, y1, x, y)
        return self

    def cubic(self, x1: Pt, y1: Pt, x2: Pt, y2: Pt, x: Pt, y: Pt) -> PathBuilder:
        """Draw a cubic Bézier."""
        self._verbs.append("C")
        self._coords += (x1, y1, x2, y2, x, y)
        return self

    def arc(self, cx: Pt, cy: Pt, rx: Pt, ry: Pt, start: float, end: float) -> PathBuilder:
        """Draw an elliptic arc from angle `start` to `end` (degrees, clockwise on the page, 0 to the right).

        Leads a line to the arc's first point, or starts a subpath there where none is open. Pieces span at most 90
        degrees, which keeps the cubic within 0.03 % of the radius.
        """
        n = max(1, math.ceil(abs(end - start) / 90 - 1e-9))
        step = math.radians(end - start) / n
        handle = 4 / 3 * math.tan(step / 4)
        angle = math.radians(start)
        c, s = math.cos(angle), math.sin(angle)
        begin = self.line if self._verbs and self._verbs[-1] != "Z" else self.move
        begin(cx + rx * c, cy + ry * s)
        for _ in range(n):
            x1, y1 = cx + rx * (c - handle * s), cy + ry * (s + handle * c)
            angle += step
            c, s = math.cos(angle), math.sin(angle)
            x2, y2 = cx + rx * (c + handle * s), cy + ry * (s - handle * c)
            self.cubic(x1, y1, x2, y2, cx + rx * c, cy + ry * s)
        return self

    def close(self) -> PathBuilder:
        """Close the subpath."""
        self._verbs.append("Z")
        return self

    def build(self) -> Path:
        """Return what was drawn."""
        return Path("".join(self._verbs), tuple(self._coords))


def _reverse(part: Path) -> Path:
    """Return one subpath drawn backwards."""
    coords = part.coords
    points = [(coords[i], coords[i + 1]) for i in range(0, len(coords), 2)]
    points.reverse()
    body = part.verbs[1:].rstrip("Z")
    flat = tuple(v for p in points for v in p)
    return Path("M" + body[::-1] + ("Z" if part.is_closed else ""), flat)
