"""Clusters' titles and edges: neither comes upon the other."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.rect import Rect
from banana_layout.model.flowchart import Cluster, Edge, Flowchart, LabelRun, Node
from banana_layout.scene.item import Group

WORDS = ["확률", "token", "Neural Net", "🧠 생각", "a rather long label here"]
SHAPES = ["rect", "stadium", "diam", "lean-r", "cyl", "circle"]
DIRECTIONS = ["LR", "TB", "RL", "BT"]


@st.composite
def clustered(draw):
    """Charts with nested, titled subgraphs, some with a direction of their own, and edges to nodes and subgraphs."""
    n, k = draw(st.integers(2, 8)), draw(st.integers(1, 4))
    words = st.sampled_from(WORDS)
    nodes = tuple(Node(f"n{i}", (LabelRun(draw(words)),), draw(st.sampled_from(SHAPES))) for i in range(n))
    home = [draw(st.integers(-1, k - 1)) for _ in range(n)]
    parent = [draw(st.integers(-1, c - 1)) if c else -1 for c in range(k)]
    clusters = tuple(
        Cluster(
            f"c{c}",
            (LabelRun(draw(st.sampled_from(["묶음 box", "Frontend", "a long title of a group", "X"]))),),
            tuple(f"n{i}" for i in range(n) if home[i] == c),
            draw(st.sampled_from([None, None, None, *DIRECTIONS])),
            f"c{parent[c]}" if parent[c] >= 0 else None,
        )
        for c in range(k)
    )

    def around(name):
        at = home[int(name[1:])] if name[0] == "n" else int(name[1:])
        while at >= 0:
            yield f"c{at}"
            at = parent[at]

    ends = st.sampled_from([x.id for x in nodes] + [c.id for c in clusters])
    edges = []
    for _ in range(draw(st.integers(1, n + 3))):
        a, b = draw(ends), draw(ends)
        if a in around(b) or b in around(a):
            continue
        edges.append(Edge(a, b, label=(LabelRun(draw(words)),) if draw(st.booleans()) else ()))
    return Flowchart(draw(st.sampled_from(DIRECTIONS)), nodes, tuple(edges), clusters)


def titles(frame):
    """The boxes of the lines of every cluster's title."""
    found, stack = [], list(frame.flattened(0.0, 0.0))
    while stack:
        item = stack.pop()
        if isinstance(item, Group):
            if item.role == "line" and "/cluster/" in item.key and item.rect is not None:
                found.append(item.rect)
            stack += item.children
    return found


def keys(frame):
    """Every key below a frame."""
    stack = list(frame.flattened(0.0, 0.0))
    while stack:
        item = stack.pop()
        yield item.key
        stack += getattr(item, "children", ())


@given(chart=clustered(), size=st.sampled_from([(90, 60), (180, 110), (84, 110)]))
@settings(max_examples=120, deadline=None)
def test_no_edge_node_or_label_comes_upon_a_title(panel_in, chart, size):
    """Lines run clear of every title, and nothing else stands on one."""
    found = panel_in()
    found.let_text_shrink()
    frame = found.frame(chart, *size)
    facts = frame.group.facts
    boxes = titles(frame)
    assert not [k for k in keys(frame) if k.endswith("/patch")]
    for box in (b.inset(0.3) for b in boxes):
        for edge in facts.edges:
            assert not any(crosses_rect(p, q, box) for p, q in itertools.pairwise(edge.points)), edge
            assert edge.label_rect is None or not edge.label_rect.meets(box), edge
        assert not [n.id for n in facts.nodes if n.rect.meets(box)]
        assert any(c.rect.holds(box, 0.5) for c in facts.clusters)


@pytest.mark.parametrize("direction", ["TD", "BT", "LR"])
def test_an_edge_into_a_narrow_cluster_passes_beside_its_title(panel, direction):
    """A cluster hardly wider than its title gives the edge that enters it a way past the title."""
    frame = panel.frame(
        f"flowchart {direction}\nU([User]) --> A\nsubgraph S[Storage layer]\nA[DB]\nend\nA --> Z[Log]", 60, 90
    )
    box = Rect.around(titles(frame))
    assert box.w > 0
    for edge in frame.group.facts.edges:
        assert not any(crosses_rect(p, q, box) for p, q in itertools.pairwise(edge.points)), edge
