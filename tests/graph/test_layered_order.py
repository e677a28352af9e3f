"""Orders within ranks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.graph.layered.levels import split
from banana_layout.graph.layered.order import crossings
from banana_layout.graph.layered.plans import plan
from banana_layout.graph.layered.proper import LEFT, RIGHT
from banana_layout.graph.spec import ClusterSpec, EdgeSpec, GraphSpec, NodeSpec


def naive(layers: list[list[int]], down: list[list[int]], pos: list[int]) -> int:
    """Count crossings pair by pair."""
    total = 0
    for layer in layers:
        segments = [(pos[u], pos[w]) for u in layer for w in down[u]]
        total += sum((a < c and b > d) for a, b in segments for c, d in segments)
    return total


@given(st.data(), st.integers(1, 7), st.integers(1, 7))
def test_crossings_count_every_inverted_pair(data: st.DataObject, m: int, n: int) -> None:
    """The counter agrees with counting pair by pair."""
    down: list[list[int]] = [[] for _ in range(m + n)]
    for a, b in data.draw(st.lists(st.tuples(st.integers(0, m - 1), st.integers(m, m + n - 1)), max_size=20)):
        down[a].append(b)
    layers = [data.draw(st.permutations(range(m))), data.draw(st.permutations(range(m, m + n)))]
    pos = [0] * (m + n)
    for layer in layers:
        for i, v in enumerate(layer):
            pos[v] = i
    assert crossings(layers, down, pos) == naive([list(r) for r in layers], down, pos)


def graph(edges: str, clusters: tuple[ClusterSpec, ...] = ()) -> GraphSpec:
    """Return a graph of unit nodes from edges such as `a-b`."""
    pairs = [e.split("-") for e in edges.split()]
    names = list(dict.fromkeys(n for pair in pairs for n in pair))
    nodes = tuple(NodeSpec(n, 10.0, 10.0) for n in names)
    return GraphSpec("TB", nodes, tuple(EdgeSpec(a, b) for a, b in pairs), clusters)


def test_a_planar_chart_has_no_crossings() -> None:
    """Orders without crossings are found where the author's order has them."""
    spec = graph("r-a r-b r-c a-z b-y c-x a-y")
    assert sum(p.crossings for p in plan(split(spec)).parts) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24), st.lists(st.integers(0, 3), min_size=12)
)
def test_frames_stay_whole_in_every_rank(pairs: list[tuple[int, int]], homes: list[int]) -> None:
    """In each rank the vertices of a cluster stand together between the cluster's two sides."""
    nodes = tuple(NodeSpec(str(i), 10.0, 10.0) for i in range(12))
    members = [tuple(str(i) for i in range(12) if homes[i] == c) for c in range(3)]
    clusters = tuple(ClusterSpec(f"c{c}", m, parent="c0" if c == 1 else None) for c, m in enumerate(members))
    spec = GraphSpec("TB", nodes, tuple(EdgeSpec(str(a), str(b)) for a, b in pairs), clusters)
    for part in plan(split(spec)).parts:
        p = part.proper
        for f, b in enumerate(p.bounds):
            inside = {f} | {g for g, c in enumerate(p.bounds) if c.parent == f}
            for layer in part.layers[b.first : b.last + 1]:
                at = [i for i, v in enumerate(layer) if p.frame[v] in inside]
                assert at == list(range(at[0], at[0] + len(at)))
                ends = (layer[at[0]], layer[at[-1]])
                assert [p.kind[v] for v in ends] == [LEFT, RIGHT]
                assert [p.ref[v] for v in ends] == [f, f]
