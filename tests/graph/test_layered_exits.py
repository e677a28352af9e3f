"""Ways back and far branches leave by the sides beside the flow."""

from __future__ import annotations

import pytest

from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph import layered
from banana_layout.graph.spec import ClusterSpec, Direction, EdgeSpec, Gaps, GraphSpec, NodeSpec

GAPS = Gaps(8.0, 14.0, 5.0, 6.0)


def ring(n: int, direction: Direction, label: Size | None = None) -> GraphSpec:
    """A chain whose last node leads back to its first."""
    nodes = tuple(NodeSpec(f"n{i}", 40.0 + 7 * i, 20.0 + 5 * (i % 3)) for i in range(n))
    edges = tuple(EdgeSpec(f"n{i}", f"n{i + 1}") for i in range(n - 1))
    return GraphSpec(direction, nodes, (*edges, EdgeSpec(f"n{n - 1}", "n0", label)))


def sides(box: Rect) -> dict[str, Point]:
    """The middles of a box's sides."""
    c = box.center
    return {"N": Point(c.x, box.y), "S": Point(c.x, box.bottom), "W": Point(box.x, c.y), "E": Point(box.right, c.y)}


@pytest.mark.parametrize("n", [3, 4, 5, 9])
@pytest.mark.parametrize("label", [None, Size(30.0, 8.0)])
@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
def test_a_way_back_joins_the_middles_of_two_sides(n: int, label: Size | None, direction: Direction) -> None:
    """The arrow that closes a ring leaves and enters by the middles of the sides beside the flow, the same at both."""
    d = layered.layout(ring(n, direction, label), GAPS)
    first, last = sides(d.nodes[0]), sides(d.nodes[-1])
    points = d.routes[-1].points
    beside = "NS" if direction in ("LR", "RL") else "WE"
    assert [s for s in beside if points[0] == pytest.approx(last[s]) and points[-1] == pytest.approx(first[s])]
    assert len(points) == 4


def test_the_ways_on_keep_the_middles() -> None:
    """Arrows along a ring's chain run straight from middle to middle, as if nothing led back."""
    d = layered.layout(ring(5, "LR"), GAPS)
    for i in range(4):
        ends = sides(d.nodes[i])["E"], sides(d.nodes[i + 1])["W"]
        assert [*d.routes[i].points[0], *d.routes[i].points[-1]] == pytest.approx([*ends[0], *ends[1]])


@pytest.mark.parametrize("n", [4, 5, 6])
def test_two_ways_back_are_nested(n: int) -> None:
    """Of two ways back to one node the outer one turns round it; the inner one comes in before it, inside of the other."""
    spec = ring(n, "LR")
    d = layered.layout(GraphSpec("LR", spec.nodes, (*spec.edges, EdgeSpec(f"n{n - 2}", "n0"))), GAPS)
    outer, inner = d.routes[n - 1].points, d.routes[n].points
    first = d.nodes[0]
    assert outer[-1] == pytest.approx(sides(first)["S"])
    assert inner[-1].x == first.right
    assert inner[-1].y > first.center.y
    assert first.bottom < max(p.y for p in inner) < outer[1].y


def test_a_decisions_far_branches_take_its_tips() -> None:
    """Of two branches wider apart than the decision, each leaves by its own tip."""
    nodes = (NodeSpec("q", 40.0, 30.0, "tip"), NodeSpec("a", 120.0, 20.0), NodeSpec("b", 120.0, 20.0))
    d = layered.layout(GraphSpec("TB", nodes, (EdgeSpec("q", "a"), EdgeSpec("q", "b"))), GAPS)
    q = sides(d.nodes[0])
    starts = [v for r in d.routes for v in r.points[0]]
    assert starts == pytest.approx([*q["W"], *q["E"]])


def test_a_title_is_passed_by() -> None:
    """A line into a cluster no wider than its title keeps off the title's corner."""
    nodes = (NodeSpec("u", 30.0, 20.0), NodeSpec("a", 30.0, 20.0))
    cluster = ClusterSpec("c", ("a",), Size(60.0, 12.0))
    for direction in ("TB", "BT"):
        edges = (EdgeSpec("u", "a") if direction == "TB" else EdgeSpec("a", "u"),)
        d = layered.layout(GraphSpec(direction, nodes, edges, (cluster,)), GAPS)
        frame, x = d.clusters[0], d.nodes[1].center.x
        assert max(x - frame.x, frame.right - x) >= 60.0
