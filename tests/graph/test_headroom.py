"""Lines keep off titles of the frames they enter, and ways back off the nodes they turn round."""

from __future__ import annotations

from itertools import pairwise

import pytest

from banana_layout.constraints.pieces import length_inside, pieces
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.pipeline import layout, read

TITLE = "a title with many words"


def page(chart: str) -> LaidPage:
    """A page with one chart."""
    return layout(read(f"---\nlayout:\n  - 1: p\n---\n\n## P\n\n```mermaid\n{chart}\n```\n")).pages[0]


def ways(laid: LaidPage) -> list[tuple[str, str, tuple[Point, ...]]]:
    """Edges with the lines they are drawn as."""
    (chart,) = laid.diagrams()
    return [(e["source"], e["target"], tuple(Point(*p) for p in e["points"])) for e in chart["edges"]]


def title(laid: LaidPage) -> Rect:
    """The box of the lines of the only frame's title."""
    return Rect.around([p.rect for p in pieces(laid) if "/cluster/" in p.key])


INSIDE = {
    "one line in": "a --> b",
    "two lines in": "a --> b\nc --> b",
    "one in, one out": "a --> b\nb --> c",
    "three nodes inside": "a --> b\nc --> d\ne --> g",
    "past the frame": "a --> b\na --> c",
    "a label on the way": "a -->|why not| b",
    "back out": "a --> b\nb --> a",
    "ranks inside": "a --> b\nb --> d\nd --> g",
    "ranks inside, a line to the last": "a --> b\nb --> d\nd --> g\nc --> g",
    "ranks inside, several lines to the first": "a --> b\nc --> b\ne --> b\nb --> d\nb --> g",
    "ranks inside, lines out of the last": "b --> d\nb --> g\nd --> a\ng --> c\ng --> e",
}


@pytest.mark.parametrize("edges", INSIDE.values(), ids=INSIDE.keys())
@pytest.mark.parametrize("direction", ["TB", "BT"])
@pytest.mark.parametrize("title_words", ["in", TITLE])
def test_no_line_passes_a_frames_title(direction: str, edges: str, title_words: str) -> None:
    """Whatever enters or leaves a frame leaves its title alone, long or short, from above or below."""
    inner = "b\nd\ng" if "d" in edges.split() else "b"
    laid = page(f"%%keep\nflowchart {direction}\nsubgraph s[{title_words}]\n{inner}\nend\n{edges}")
    box = title(laid)
    frame = Rect(**laid.diagrams()[0]["clusters"][0]["rect"])
    assert frame.holds(box, 0.5)
    assert [(s, t) for s, t, line in ways(laid) if length_inside(line, box) > 0.5] == []


def apart(line: tuple[Point, ...], box: Rect) -> float:
    """The least distance of a line's samples from a box."""
    return min(
        max(box.x - p.x, p.x - box.right, box.y - p.y, p.y - box.bottom)
        for a, b in pairwise(line)
        for p in (a, b, a.toward(b, 0.5))
    )


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("between", [1, 2, 4])
@pytest.mark.parametrize("wide", ["x", "words that make it wide"])
def test_a_way_back_runs_beside_the_nodes_it_passes(direction: str, between: int, wide: str) -> None:
    """The line from the last node to the first keeps off all between by a fifth of the text's size, wide ones too."""
    nodes = "\n".join(f"n{i}[{wide if i % 2 else 'y'}]" for i in range(between + 2))
    chain = " --> ".join(f"n{i}" for i in range(between + 2))
    laid = page(f"flowchart {direction}\n{nodes}\n{chain}\nn{between + 1} --> n0")
    (chart,) = laid.diagrams()
    boxes = {n["id"]: Rect(**n["rect"]) for n in chart["nodes"]}
    back = next(line for s, t, line in ways(laid) if (s, t) == (f"n{between + 1}", "n0"))
    assert all(apart(back, boxes[f"n{i}"]) > 0.2 * chart["font_size"] for i in range(1, between + 1))
