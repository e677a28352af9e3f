"""The sheet's own pattern."""

from __future__ import annotations

from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Pt
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.baselines import Ruling
from banana_layout.layout.doodles import chance
from banana_layout.scene.item import Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Theme

MARKS = 50_000
"""Most dots, or crossings of lines, that a sheet's pattern has; on A0 a theme of ours has about 40,000."""


def paper_items(
    width: Pt, height: Pt, theme: Theme, anatomy: Anatomy, bleed: Pt = 0.0
) -> tuple[tuple[Item, ...], Paint]:
    """Return the pattern and what covers the sheet under it; the pattern runs `bleed` over every edge."""
    paper = theme.paper
    ground = Paint(paper.color)
    used = (*_smears(width, height, theme), *_margin(height, theme, anatomy, bleed))
    if paper.pattern == "blank":
        return used, ground
    pitch = _pitch(width + 2 * bleed, height + 2 * bleed, paper.pitch_mm * MM)
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
        return (*used, Path("paper/dots", dots.build(), fill=Paint(paper.line), tool="exact")), ground
    ruling = PathBuilder()
    for y in rows:
        ruling.move(-bleed, y).line(right, y)
    lines: list[Item] = [Path("paper/rows", ruling.build(), stroke=stroke, tool="grid", reach=0.3 * MM)]
    if paper.pattern == "grid":
        upright = PathBuilder()
        for x in _steps(start_x, pitch, right):
            upright.move(x, -bleed).line(x, bottom)
        lines.append(Path("paper/columns", upright.build(), stroke=stroke, tool="grid", reach=0.3 * MM))
    return (*used, *lines), ground


def _pitch(width: Pt, height: Pt, pitch: Pt) -> Pt:
    """Return the pattern's distance: the theme's, doubled until a sheet as large as a wall has no more marks than MARKS."""
    while (width / pitch) * (height / pitch) > MARKS:
        pitch *= 2
    return pitch


def ruling(theme: Theme, anatomy: Anatomy) -> Ruling | None:
    """Return the level lines of a theme's paper that text rests on; None where it has none or the theme leaves text free."""
    paper = theme.paper
    if paper.pattern == "blank" or paper.baselines == "free":
        return None
    pitch = paper.pitch_mm * MM
    return Ruling(_offset(anatomy.margin.top, pitch), pitch)


def _margin(height: Pt, theme: Theme, anatomy: Anatomy, bleed: Pt) -> tuple[Path, ...]:
    """Return the line down the left margin, in the middle of the page's own, `bleed` over both edges."""
    if theme.paper.margin is None:
        return ()
    x = 0.6 * anatomy.margin.left
    stroke = Stroke(2 * theme.paper.width_mm * MM, Paint(theme.paper.margin), taper=False, cap="butt")
    line = PathBuilder().move(x, -bleed).line(x, height + bleed).build()
    return (Path("paper/margin", line, stroke=stroke, tool="grid", reach=0.3 * MM),)


def _smears(width: Pt, height: Pt, theme: Theme) -> tuple[Path, ...]:
    """Return broad, hardly visible strokes an eraser left, the same on every sheet of a size."""
    share = theme.paper.smears
    if share <= 0:
        return ()
    paint = Paint(theme.ink, share, stand_in=theme.paper.color.mix(theme.ink, share))
    out = []
    for i in range(9):
        x, y, long, turn, wide = (chance("paper/smear", f"{name}{i}") for name in ("x", "y", "long", "turn", "wide"))
        x, y, long = x * width, y * height, (0.12 + 0.28 * long) * width
        rise, half = (turn - 0.5) * 0.5 * long, (3 + 6 * wide) * MM
        b = PathBuilder().move(x, y)
        b.cubic(x + 0.3 * long, y - half + 0.3 * rise, x + 0.7 * long, y - half + 0.9 * rise, x + long, y + rise)
        b.cubic(x + 1.05 * long, y + half + rise, x + 0.7 * long, y + 1.6 * half + 0.6 * rise, x + 0.4 * long, y + half)
        b.cubic(x + 0.2 * long, y + 1.2 * half, x - 0.05 * long, y + half, x, y)
        out.append(Path(f"paper/smear{i}", b.close().build(), fill=paint, tool="exact"))
    return tuple(out)


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
