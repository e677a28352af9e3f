"""The constraint that what a diagram tells of itself is what is drawn: nodes, their words, edges and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banana_layout.constraints.pieces import all_groups, in_panels, short
from banana_layout.constraints.tiling import FAULT
from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.scene.item import Group, Item, Path

SHADOW: Pt = 8.0
"""How far a node's ink may leave its box: shadows, hatching, doubled outlines."""
LEADING = 0.3
"""How far the box of lines as drawn may differ from the one told, in em: leading above the first and below the last."""
HEAD = 1.5
"""How far an edge's drawn line may end before the one told, in em: under its arrowhead."""


def _drawn_as_told(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield nodes, edges and labels that are not drawn where `banana layout --json` says they are."""
    figures = [g for g in all_groups(page.scene.items) if g.facts is not None]
    for figure, told in zip(figures, page.diagrams(), strict=True):
        drawn = {g.key: g for g in all_groups(figure.children) if g.role in ("node", "edge")}
        em = told["font_size"]
        for i, n in enumerate(told["nodes"]):
            name = n["id"] if told["kind"] == "flowchart" else str(i)
            group = drawn.get(f"{figure.key}/node/{name}") or drawn.get(f"{figure.key.rpartition('/')[0]}/node/{name}")
            what = f'the node "{short(n["label"] or n["id"])}"'
            yield from _off(group, (what, told["panel"]), _node_off(group, n, em))
        for i, e in enumerate(told["edges"] if told["kind"] == "flowchart" else ()):
            group = drawn.get(f"{figure.key.rpartition('/')[0]}/edge/{i}")
            if e["points"]:
                what = f"the edge {e['source']} → {e['target']}"
                yield from _off(group, (what, told["panel"]), _edge_off(group, e, em))


def _off(group: Group | None, what: tuple[str, str], found: tuple[Pt, Rect]) -> Iterator[Violation]:
    """Yield that something is not drawn, or so far from where it is told to be."""
    name, panel = what
    off, rect = found
    if group is None:
        yield Violation("", f"{name} is told of and not drawn", 0, panel, (rect,), 1.0, FAULT)
    elif off > 0.01:
        message = f"{name} is drawn {off:.1f} pt off the place told of it"
        yield Violation("", message, 0, panel, (rect,), off, FAULT, group.key)


def _node_off(group: Group | None, node: dict[str, dict[str, float]], em: Pt) -> tuple[Pt, Rect]:
    """Return how far a node's ink and words are from where they are told to be, beyond what they may, and its box."""
    rect, text = Rect(**node["rect"]), Rect(**node["text"])
    if group is None:
        return 0.0, rect
    ink = _ink(group.children)
    lines = [g.rect for g in all_groups(group.children) if g.role == "line" and g.rect is not None]
    offs = [0.0]
    if ink is not None:
        offs += [_beyond(rect, ink) - SHADOW, _beyond(ink, rect) - 1.0]
    if lines and text.w > 0:
        offs.append(_apart(Rect.around(lines), text) - LEADING * em)
    return max(offs), rect


def _edge_off(group: Group | None, edge: dict[str, object], em: Pt) -> tuple[Pt, Rect]:
    """Return how far an edge's ink and label are from where they are told to be, beyond what they may, and its box."""
    points: Sequence[Sequence[float]] = edge["points"]  # type: ignore[assignment]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    rect = Rect.spanning(min(xs), min(ys), max(xs), max(ys))
    if group is None:
        return 0.0, rect
    ink = _ink(tuple(i for i in group.children if isinstance(i, Path)))
    lines = [g.rect for g in all_groups(group.children) if g.role == "line" and g.rect is not None]
    offs = [0.0]
    if ink is not None:
        offs += [_beyond(rect, ink) - HEAD * em, _beyond(ink, rect) - HEAD * em]
    if lines and edge["label_rect"]:
        offs.append(_apart(Rect.around(lines), Rect(**edge["label_rect"])) - LEADING * em)  # type: ignore[arg-type]
    return max(offs), rect


def _ink(items: tuple[Item, ...]) -> Rect | None:
    """Return the box of all ink below items, None where there is none."""
    shapes = [p for _, i in in_panels(items) if isinstance(i, Path) for line in flatten(i.path, 0.5) for p in line]
    if not shapes:
        return None
    return Rect.spanning(
        min(p.x for p in shapes), min(p.y for p in shapes), max(p.x for p in shapes), max(p.y for p in shapes)
    )


def _beyond(home: Rect, r: Rect) -> Pt:
    """Return how far a rectangle leaves another."""
    return max(home.x - r.x, home.y - r.y, r.right - home.right, r.bottom - home.bottom)


def _apart(a: Rect, b: Rect) -> Pt:
    """Return how far the sides of two rectangles are apart."""
    return max(_beyond(a, b), _beyond(b, a))


DRAWN_AS_TOLD = Constraint("drawn-as-told", each_page(_drawn_as_told), "diagrams are drawn where they say they are")
