"""The sheet's own pattern."""

from __future__ import annotations

from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.layout.anatomy import MM, Anatomy
from banana_layout.scene.item import Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Theme


def paper_items(
    width: Pt, height: Pt, theme: Theme, anatomy: Anatomy, bleed: Pt = 0.0
) -> tuple[tuple[Item, ...], Paint]:
    """Return the pattern and what covers the sheet under it; the pattern runs `bleed` over every edge."""
    paper = theme.paper
    ground = Paint(paper.color)
    if paper.pattern == "blank":
        return (), ground
    pitch = paper.pitch_mm * MM
    start_x = _first(_offset(anatomy.margin.left, pitch), pitch, bleed)
    start_y = _first(_offset(anatomy.margin.top, pitch), pitch, bleed)
    right, bottom = width + bleed, height + bleed
    stroke = Stroke(paper.width_mm * MM, Paint(paper.line), taper=False, cap="butt")
    rows = _steps(start_y, pitch, bottom)
    if paper.pattern == "dotted":
        dots = PathBuilder()
        for y in rows:
            for x in _steps(start_x, pitch, right):
                r = paper.width_mm * MM * 1.4
                dots.arc(x, y, r, r, 0.0, 360.0).close()
        return (Path("paper/dots", dots.build(), fill=Paint(paper.line), tool="exact"),), ground
    ruling = PathBuilder()
    for y in rows:
        ruling.move(-bleed, y).line(right, y)
    lines: list[Item] = [Path("paper/rows", ruling.build(), stroke=stroke, tool="grid", reach=0.3 * MM)]
    if paper.pattern == "grid":
        upright = PathBuilder()
        for x in _steps(start_x, pitch, right):
            upright.move(x, -bleed).line(x, bottom)
        lines.append(Path("paper/columns", upright.build(), stroke=stroke, tool="grid", reach=0.3 * MM))
    return tuple(lines), ground


def _offset(margin: Pt, pitch: Pt) -> Pt:
    """Return the first line's place: no line coincides with the content's edge."""
    return (margin + 0.43 * pitch) % pitch


def _first(start: Pt, pitch: Pt, bleed: Pt) -> Pt:
    """Return the place of the first line that shows where the pattern runs over the edge."""
    return start - pitch * int((start + bleed) / pitch)


def _steps(start: Pt, pitch: Pt, end: Pt) -> list[Pt]:
    """Return the places of lines from one edge to the other."""
    out, at = [], start
    while at < end - 1e-6:
        out.append(at)
        at += pitch
    return out
