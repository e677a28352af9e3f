"""Paths nobody would draw."""

from __future__ import annotations

import math

import pytest

from banana_layout.color import BLACK, WHITE
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Path, Scene
from banana_layout.scene.paint import Paint, Stroke, Tool
from banana_layout.sketch.hand import SketchHand, reach
from banana_layout.sketch.scene import sketch

TOOLS: tuple[Tool, ...] = ("pen", "ruler", "marker", "highlighter", "grid")
PATHS = {
    "nothing": Outline(),
    "a single move": Outline("M", (10, 10)),
    "no length": Outline("ML", (10, 10, 10, 10)),
    "closed on a point": Outline("MLZ", (10, 10, 10, 10)),
    "a closed move": Outline("MZ", (10, 10)),
    "coincident points": Outline("MLLLL", (0, 0, 0, 0, 50, 0, 50, 0, 0, 0)),
    "back and forth": Outline("MLLLZ", (0, 0, 50, 0, 0, 0, 50, 0)),
    "a curve on a point": Outline("MC", (5, 5, 5, 5, 5, 5, 5, 5)),
    "a cusp": Outline("MC", (0, 0, 100, 100, 0, 100, 100, 0)),
    "handles on the ends": Outline("MC", (0, 0, 0, 0, 90, 40, 90, 40)),
    "tiny": Outline.rect(Rect(0, 0, 1e-4, 1e-4)),
    "a flat box": Outline.rect(Rect(0, 0, 100, 0)),
    "a flat ellipse": Outline.ellipse(Rect(0, 0, 80, 0)),
    "huge": Outline.line(0, 0, 1e7, 1e6),
    "a huge box": Outline.rect(Rect(-1e5, -1e5, 2e5, 2e5), 300),
    "not a number": Outline.line(0, 0, math.nan, 4),
    "endless": Outline.line(0, 0, math.inf, 4),
    "no move": Outline("L", (3, 4)),
}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("dash", [None, (6.0, 4.0), (0.0, 0.0), (1e-9, 1e-9)])
def test_odd_paths_are_survived(name: str, tool: Tool, dash: tuple[float, float] | None) -> None:
    """Whatever the path, the sketch ends, gives finite numbers for finite ones, and its reach is finite."""
    stroke = Stroke(width=1.5, paint=Paint(BLACK), dash=dash, overshoot=2)
    item = Path(key=name, path=PATHS[name], fill=Paint(BLACK), stroke=stroke, tool=tool)
    scene = Scene(width=100, height=100, items=(item,), paper=Paint(WHITE))
    out = sketch(scene, SketchHand(), 0)
    coords = [v for i in out.items if isinstance(i, Path) for v in i.path.coords]
    assert all(map(math.isfinite, coords)) or not all(map(math.isfinite, item.path.coords))
    assert math.isfinite(reach(item)) or not all(map(math.isfinite, item.path.coords))
    assert len(coords) < 200_000
