"""What must hold of every layered drawing."""

from __future__ import annotations

from time import process_time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph import layered
from banana_layout.graph.layered.lanes import passes
from banana_layout.graph.spec import ClusterSpec, Direction, Drawing, EdgeSpec, Gaps, GraphSpec, NodeSpec

GAPS = Gaps(8.0, 14.0, 5.0, 6.0)
SLACK = 0.4
DIRECTIONS: list[Direction] = ["TB", "BT", "LR", "RL"]


@st.composite
def graphs(draw: st.DrawFn, clusters: bool = True) -> GraphSpec:
    """Return graphs of up to 14 nodes with loops, repeated edges, labels and nested clusters of any direction."""
    n = draw(st.integers(1, 14))
    extent = st.floats(4.0, 80.0)
    nodes = tuple(
        NodeSpec(f"n{i}", draw(extent), draw(extent), draw(st.sampled_from(["any", "any", "tip"]))) for i in range(n)
    )
    k = draw(st.integers(0, 4)) if clusters else 0
    home = [draw(st.integers(-1, k - 1)) for _ in range(n)] if k else []
    frames = []
    for c in range(k):
        parent = draw(st.integers(-1, c - 1)) if c else -1
        frames.append(
            ClusterSpec(
                f"c{c}",
                tuple(f"n{i}" for i in range(n) if home[i] == c),
                draw(st.sampled_from([Size(0.0, 0.0), Size(20.0, 9.0), Size(120.0, 9.0)])),
                draw(st.sampled_from([None, None, None, *DIRECTIONS])),
                f"c{parent}" if parent >= 0 else None,
            )
        )
    ends = st.sampled_from([v.id for v in nodes] + [f.id for f in frames])
    label = st.one_of(st.none(), st.builds(Size, st.floats(4.0, 50.0), st.floats(4.0, 20.0)))
    edge = st.builds(EdgeSpec, ends, ends, label, st.sampled_from([1, 1, 1, 2, 3]))
    edges = draw(st.lists(edge, max_size=20))
    return GraphSpec(draw(st.sampled_from(DIRECTIONS)), nodes, tuple(edges), tuple(frames))


def around(spec: GraphSpec) -> dict[str, set[str]]:
    """Return the ids of the clusters around each node and cluster."""
    parent = {m: c.id for c in spec.clusters for m in c.members}
    parent |= {c.id: c.parent for c in spec.clusters if c.parent is not None}
    out: dict[str, set[str]] = {}
    for name in [n.id for n in spec.nodes] + [c.id for c in spec.clusters]:
        out[name] = set()
        at = parent.get(name)
        while at is not None:
            out[name].add(at)
            at = parent.get(at)
    return out


def node_faults(spec: GraphSpec, d: Drawing) -> list[str]:
    """Return overlapping boxes, members outside their clusters and strangers inside."""
    found = []
    page = Rect(0.0, 0.0, *d.size)
    outer = around(spec)
    boxes = {n.id: r for n, r in zip(spec.nodes, d.nodes, strict=True)}
    frames = {c.id: r for c, r in zip(spec.clusters, d.clusters, strict=True)}
    names = list(boxes)
    for i, a in enumerate(names):
        found += [f"{a} on {b}" for b in names[:i] if boxes[a].meets(boxes[b], 1e-6)]
    for name, r in {**boxes, **frames}.items():
        if not page.holds(r, 1e-6):
            found.append(f"{name} off the page")
        for frame, f in frames.items():
            if frame in outer[name]:
                if not f.holds(r, 1e-6):
                    found.append(f"{name} out of {frame}")
            elif name != frame and name not in outer[frame] and f.meets(r, 1e-6):
                found.append(f"{name} in {frame}")
    for c in spec.clusters:
        if frames[c.id].w < c.title.width or frames[c.id].h < c.title.height:
            found.append(f"no room for the title of {c.id}")
    return found


def route_faults(spec: GraphSpec, d: Drawing) -> list[str]:
    """Return routes through nodes, off their ends or off the page, and labels that are covered."""
    found = []
    page = Rect(0.0, 0.0, *d.size)
    outer = around(spec)
    boxes = {n.id: r for n, r in zip(spec.nodes, d.nodes, strict=True)}
    ends = boxes | {c.id: r for c, r in zip(spec.clusters, d.clusters, strict=True)}
    labels = [(k, r.label) for k, r in enumerate(d.routes) if r.label is not None]
    for k, (e, r) in enumerate(zip(spec.edges, d.routes, strict=True)):
        name = f"{k}:{e.source}-{e.target}"
        if (e.label is None) != (r.label is None):
            found.append(f"{name} lost or found a label")
        if not all(page.contains(p, 1e-6) for p in r.points):
            found.append(f"{name} off the page")
        found += [f"{name} through {n}" for n, box in boxes.items() if passes(r.points, box.inset(SLACK))]
        found += [f"{name} through label {j}" for j, box in labels if j != k and passes(r.points, box.inset(SLACK))]
        nested = e.source == e.target or e.source in outer[e.target] or e.target in outer[e.source]
        if not nested:
            for end, p in ((e.source, r.points[0]), (e.target, r.points[-1])):
                if not ends[end].contains(p, 1e-6) or ends[end].inset(1e-3).contains(p, -1e-3):
                    found.append(f"{name} does not end on the border of {end}")
    for i, (k, a) in enumerate(labels):
        if not page.holds(a, 1e-6):
            found.append(f"label {k} off the page")
        found += [f"label {k} on {n}" for n, box in boxes.items() if a.meets(box, 1e-6)]
        found += [f"label {k} on label {j}" for j, b in labels[:i] if a.meets(b, 1e-6)]
    return found


@settings(max_examples=250, deadline=None)
@given(graphs(), st.integers(1, 4), st.sampled_from([None, True, False]))
def test_every_drawing_is_clean(spec: GraphSpec, rows: int, serpentine: bool | None) -> None:
    """No overlap, no line through a node or a label, clusters hold exactly their members, all on the page."""
    d = layered.layout(spec, GAPS, rows, serpentine=serpentine)
    assert node_faults(spec, d) + route_faults(spec, d) == []


@settings(max_examples=60, deadline=None)
@given(graphs(), st.floats(0.8, 2.0), st.floats(0.8, 2.0), st.integers(1, 3))
def test_a_stretched_drawing_is_clean(spec: GraphSpec, wide: float, high: float, rows: int) -> None:
    """Spreading and filling keep everything that holds of a drawing, and node sizes."""
    found = layered.ordered(spec)
    d = layered.place(found, GAPS, rows)
    room = Size(d.size.width * wide, d.size.height * high)
    for other in (layered.spread(d, *room), layered.filled(found, GAPS, room, rows)):
        assert node_faults(spec, other) + route_faults(spec, other) == []
        sizes = [v for r in other.nodes for v in (r.w, r.h)]
        assert sizes == pytest.approx([v for n in spec.nodes for v in (n.width, n.height)])


@settings(max_examples=40, deadline=None)
@given(graphs(clusters=False))
def test_edges_follow_the_direction(spec: GraphSpec) -> None:
    """Without rows, an edge of an acyclic chart always advances in the chart's direction."""
    forward = [e for e in spec.edges if int(e.source[1:]) < int(e.target[1:])]
    spec = msgspec.structs.replace(spec, edges=tuple(forward))
    d = layered.layout(spec, GAPS)
    boxes = {n.id: r.center for n, r in zip(spec.nodes, d.nodes, strict=True)}
    sign = 1 if spec.direction in ("TB", "LR") else -1
    for e in forward:
        a, b = boxes[e.source], boxes[e.target]
        assert sign * ((b.x - a.x) if spec.direction in ("LR", "RL") else (b.y - a.y)) > 0


@settings(max_examples=30, deadline=None)
@given(graphs(), st.floats(0.5, 2.0))
def test_orders_are_shared_between_sizes(spec: GraphSpec, factor: float) -> None:
    """Placing resized nodes from shared orders equals laying the resized chart out from the start."""
    found = layered.ordered(spec)
    sizes = [Size(n.width * factor, n.height / factor) for n in spec.nodes]
    fresh = layered.resized(found, sizes, [e.label for e in spec.edges])
    again = layered.ordered(fresh.spec)
    assert layered.place(fresh, GAPS, 2) == layered.place(again, GAPS, 2)


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_orders_are_shared_between_directions(spec: GraphSpec) -> None:
    """Turning a chart equals laying it out in the other direction from the start."""
    for direction in DIRECTIONS:
        fresh = msgspec.structs.replace(spec, direction=direction)
        assert layered.place(layered.turned(layered.ordered(spec), direction), GAPS) == layered.layout(fresh, GAPS)


def chain(count: int, *more: tuple[int, int]) -> GraphSpec:
    """Return an LR chain of equal boxes, with further edges."""
    nodes = tuple(NodeSpec(str(i), 50.0, 30.0) for i in range(count))
    pairs = [(i, i + 1) for i in range(count - 1)] + list(more)
    return GraphSpec("LR", nodes, tuple(EdgeSpec(str(a), str(b)) for a, b in pairs))


def test_a_chain_is_one_straight_line() -> None:
    """The boxes of a chain stand on one line at equal distances, and its edges are straight, back edges or not."""
    d = layered.layout(chain(6, (4, 1)), GAPS)
    assert len({r.center.y for r in d.nodes}) == 1
    assert [b.x - a.right for a, b in zip(d.nodes, d.nodes[1:], strict=False)] == pytest.approx([GAPS.rank] * 5)
    assert [len(r.points) for r in d.routes[:5]] == [2] * 5


def test_a_wrapped_chain_turns_back() -> None:
    """In two rows, a chain of seven with an edge back runs out and home, with straight turns between the rows."""
    d = layered.layout(chain(7, (5, 1)), GAPS, rows=2)
    first, second = d.nodes[:4], d.nodes[4:]
    assert d.rows == 2
    assert [r.x for r in first] == sorted(r.x for r in first)
    assert [r.x for r in second] == sorted((r.x for r in second), reverse=True)
    assert all(r.y > first[0].bottom for r in second)
    assert d.nodes[4].center.x == pytest.approx(d.nodes[3].center.x)
    turn, home = d.routes[3].points, d.routes[6].points
    assert turn == (Point(d.nodes[3].center.x, d.nodes[3].bottom), Point(d.nodes[4].center.x, d.nodes[4].y))
    assert (home[0].y, home[-1].y) == (d.nodes[5].y, d.nodes[1].bottom)


def test_columns_of_a_falling_chart_restart_at_the_top() -> None:
    """A TB chain cut into columns reads each column downward."""
    d = layered.layout(msgspec.structs.replace(chain(6), direction="TB"), GAPS, rows=2)
    assert d.rows == 2
    assert d.nodes[3].y == pytest.approx(d.nodes[0].y)
    assert d.nodes[3].x > d.nodes[0].right
    assert d.nodes[5].y > d.nodes[4].y > d.nodes[3].y


def test_an_edge_reaches_into_a_cluster_of_another_direction() -> None:
    """A cluster's own direction holds although an edge from outside ends at a node within it."""
    nodes = tuple(NodeSpec(n, 40.0, 20.0) for n in ("out", "a", "b", "c"))
    edges = (EdgeSpec("a", "b"), EdgeSpec("b", "c"), EdgeSpec("out", "b"))
    spec = GraphSpec("LR", nodes, edges, (ClusterSpec("k", ("a", "b", "c"), Size(30.0, 8.0), "TB"),))
    d = layered.layout(spec, GAPS)
    out, a, b, c = d.nodes
    assert a.bottom < b.y
    assert b.bottom < c.y
    assert out.right < d.clusters[0].x
    assert b.contains(d.routes[2].points[-1], 1e-9)
    assert node_faults(spec, d) + route_faults(spec, d) == []


def test_an_edge_length_is_a_least_rank_distance() -> None:
    """An edge of length 3 spans three rank gaps."""
    nodes = tuple(NodeSpec(n, 20.0, 20.0) for n in "abcd")
    edges = (EdgeSpec("a", "b"), EdgeSpec("b", "c"), EdgeSpec("a", "d", None, 3))
    d = layered.layout(GraphSpec("TB", nodes, edges), GAPS)
    assert d.nodes[3].y > d.nodes[2].y


def test_branches_of_a_fan_are_symmetric() -> None:
    """Equal branches stand mirrored about the node they leave."""
    nodes = tuple(NodeSpec(n, 30.0, 20.0) for n in "rabc")
    d = layered.layout(GraphSpec("TB", nodes, tuple(EdgeSpec("r", n) for n in "abc")), GAPS)
    middle = d.nodes[0].center.x
    assert sorted(round(r.center.x - middle, 6) for r in d.nodes[1:]) == pytest.approx([-38.0, 0.0, 38.0])


def test_parallel_edges_between_tips_stay_apart() -> None:
    """Two edges that may only meet the same two tips are not drawn upon each other."""
    nodes = (NodeSpec("a", 30.0, 30.0, "tip"), NodeSpec("b", 30.0, 30.0, "tip"))
    d = layered.layout(GraphSpec("TB", nodes, (EdgeSpec("a", "b"), EdgeSpec("a", "b"))), GAPS)
    assert d.routes[0].points != d.routes[1].points


def test_large_charts_are_quick() -> None:
    """Five hundred nodes with 650 edges take well under a second (twice that is allowed for slow machines)."""
    nodes = tuple(NodeSpec(str(i), 40.0, 20.0) for i in range(500))
    edges = tuple(EdgeSpec(str(i * 7 % 500), str((i * 7 % 500 + i % 23 + 1) % 500)) for i in range(650))
    start = process_time()
    layered.layout(GraphSpec("TB", nodes, edges), GAPS)
    assert process_time() - start < 2.0


def test_unknown_ends_are_refused() -> None:
    """An edge to nothing raises KeyError."""
    with pytest.raises(KeyError):
        layered.ordered(GraphSpec("TB", (NodeSpec("a", 1.0, 1.0),), (EdgeSpec("a", "b"),)))


def test_nothing_makes_an_empty_drawing() -> None:
    """A graph without nodes takes no room."""
    assert layered.layout(GraphSpec("TB", ()), GAPS).size == Size(0.0, 0.0)
