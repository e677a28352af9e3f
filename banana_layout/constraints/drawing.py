"""Constraints on drawn lines: diagrams' edges, arrows between panels, and how far ink reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from banana_layout.constraints.boxes import outside
from banana_layout.constraints.pieces import ink, length_inside, pieces, short
from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.sketch.hand import SketchHand, reach

TOUCH: Pt = 1.0
"""How much of a line may lie inside what it must avoid: half a line's width, rounding."""
MORE_ROOM = "give the diagram more room, or shorten its labels"
"""What mends most diagrams."""
CALM = "draw it with a calmer hand: a theme with a smaller `wobble` or `overshoot`"
"""What mends ink that may go too far."""
BOXY = ("rect", "rounded", "stadium", "subproc", "plain", "bang", "text")
"""Shapes that fill their bounds."""


def _edges_avoid_nodes(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield edges of flowcharts that run through a node that is not one of their ends."""
    for d in page.diagrams():
        if d["kind"] != "flowchart":
            continue
        nodes = [(n["id"], n["label"], _core(n)) for n in d["nodes"]]
        for e in d["edges"]:
            points = _points(e)
            for name, label, rect in nodes:
                if name in (e["source"], e["target"]):
                    continue
                inside = length_inside(points, rect)
                if inside > TOUCH:
                    message = f'the edge {e["source"]} → {e["target"]} runs {inside:.1f} pt through "{short(label)}"'
                    rects = (Rect(rect.x, rect.y, rect.w, rect.h), _bounds(points))
                    yield Violation("", message, 0, d["panel"], rects, inside, MORE_ROOM)


def _edges_avoid_labels(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield edges that run through the label of another edge, and labels that lie on nodes or on one another."""
    for d in page.diagrams():
        labels = [(i, e["label"], Rect(**e["label_rect"])) for i, e in enumerate(d["edges"]) if e["label_rect"]]
        for i, label, rect in labels:
            core = rect.inset(min(rect.w, rect.h) * 0.12)
            for j, e in enumerate(d["edges"]):
                inside = length_inside(_points(e), core) if i != j else 0.0
                if inside > TOUCH and d["kind"] == "flowchart":
                    ends = f"{e['source']} → {e['target']}"
                    message = f'the edge {ends} runs {inside:.1f} pt through the label "{short(label)}"'
                    yield Violation("", message, 0, d["panel"], (rect, _bounds(_points(e))), inside, MORE_ROOM)
            others = [(n["label"], _core(n)) for n in d["nodes"]] + [(t, r) for k, t, r in labels if k > i]
            for text, other in others:
                if core.meets(other, TOUCH):
                    amount = min(core.overlap(other))
                    message = f'the label "{short(label)}" lies {amount:.1f} pt over "{short(text)}"'
                    yield Violation("", message, 0, d["panel"], (rect, other), amount, MORE_ROOM)


def _nodes_apart(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield nodes that share ground, leave their diagram, or do not hold their text."""
    for d in page.diagrams():
        home = Rect(**d["rect"])
        nodes = [(n["label"] or n["id"], _core(n), n) for n in d["nodes"]]
        for i, (label, core, n) in enumerate(nodes):
            rect, text = Rect(**n["rect"]), Rect(**n["text"])
            over = outside(home, rect)
            if over > TOUCH:
                message = f'the node "{short(label)}" leaves its diagram by {over:.1f} pt'
                yield Violation("", message, 0, d["panel"], (rect, home), over, MORE_ROOM)
            over = outside(rect, text)
            if over > TOUCH and n["shape"] in BOXY and text.w * text.h > 0:
                message = f'the text of the node "{short(label)}" leaves it by {over:.1f} pt'
                yield Violation("", message, 0, d["panel"], (text, rect), over, MORE_ROOM)
            for name, other, _ in nodes[i + 1 :]:
                if core.meets(other, TOUCH):
                    amount = min(core.overlap(other))
                    message = f'the nodes "{short(label)}" and "{short(name)}" overlap by {amount:.1f} pt'
                    yield Violation("", message, 0, d["panel"], (other, core), amount, MORE_ROOM)


def _connectors_avoid_text(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield arrows between panels that run through text."""
    lines = [p for p in pieces(page) if p.style != "connector"]
    for c in page.connectors:
        for line in lines:
            inside = length_inside(c.points, line.box)
            if inside > TOUCH:
                message = f'the connector {c.source} → {c.target} runs {inside:.1f} pt through "{short(line.text)}"'
                hint = "move the panels it joins nearer to one another, or leave it out"
                yield Violation("", message, 0, line.panel, (line.rect, _bounds(c.points)), inside, hint, line.key)


def _ink_in_reach(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield lines and areas whose ink, drawn by hand, may leave the sheet or reach into another panel's content."""
    hand = layout.theme.hand
    drawn_by = SketchHand(wobble=hand.wobble, width=hand.width, jitter=hand.jitter, overshoot=hand.overshoot)
    sheet = Rect(0.0, 0.0, page.width, page.height)
    homes = [p for p in page.panels if p.id != "title"]
    for panel, item in ink(page.scene.items):
        if not item.path.verbs:
            continue
        box = item.path.bounds().grown(reach(item, drawn_by))
        over = outside(sheet, box)
        if over > 0:
            message = f"the ink of {item.key} may leave the sheet by {over:.1f} pt"
            yield Violation("", message, 0, panel, (box, sheet), over, CALM, item.key)
        for p in homes if panel else ():
            if p.id != panel and p.content.meets(box):
                shared = min(p.content.overlap(box))
                message = f'the ink of {item.key} may reach {shared:.1f} pt into panel "{p.id}"'
                yield Violation("", message, 0, panel, (box, p.content), shared, CALM, item.key)


def _core(node: dict[str, Any]) -> Rect:
    """Return the part of a node's bounds that surely belongs to its shape."""
    rect = Rect(**node["rect"])
    share = 0.02 if node["shape"] in BOXY else 0.2
    return Rect(rect.x + rect.w * share, rect.y + rect.h * share, rect.w * (1 - 2 * share), rect.h * (1 - 2 * share))


def _points(edge: dict[str, Any]) -> tuple[Point, ...]:
    """Return an edge's line."""
    return tuple(Point(x, y) for x, y in edge["points"])


def _bounds(points: tuple[Point, ...]) -> Rect:
    """Return the box around points."""
    xs, ys = [p.x for p in points], [p.y for p in points]
    return Rect.spanning(min(xs), min(ys), max(xs), max(ys))


EDGES_AVOID_NODES = Constraint(
    "edges-avoid-nodes", each_page(_edges_avoid_nodes), "no edge runs through a node it does not join"
)
EDGES_AVOID_LABELS = Constraint(
    "edges-avoid-labels", each_page(_edges_avoid_labels), "no edge runs through another edge's label"
)
NODES_APART = Constraint("nodes-apart", each_page(_nodes_apart), "nodes share no ground and hold their text")
CONNECTORS_AVOID_TEXT = Constraint(
    "connectors-avoid-text", each_page(_connectors_avoid_text), "no arrow between panels runs through text"
)
INK_IN_REACH = Constraint("ink-in-reach", each_page(_ink_in_reach), "drawn by hand, ink stays on its own ground")
