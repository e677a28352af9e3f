"""Edge labels stand free of one another."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.diagrams.flowchart.captions import Ask, captions
from banana_layout.diagrams.flowchart.lines import Line, edge_line
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.model.flowchart import Edge, Flowchart, LabelRun, Node

WORDS = ["확률", "token", "다음 토큰을 고른다", "A", "🧠 생각", "a rather long label here"]
SHAPES = ["rect", "diam", "circle", "lean-r"]


@st.composite
def crowded(draw):
    """Small charts full of labels, with pairs of edges that run to and fro."""
    n = draw(st.integers(2, 6))
    word = st.sampled_from(WORDS)
    nodes = tuple(Node(f"n{i}", (LabelRun(draw(word)),), draw(st.sampled_from(SHAPES))) for i in range(n))
    edges = []
    for _ in range(draw(st.integers(1, 6))):
        a, b = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        edges.append(Edge(f"n{a}", f"n{b}", label=(LabelRun(draw(word)),)))
        if draw(st.booleans()):
            edges.append(Edge(f"n{b}", f"n{a}", label=(LabelRun(draw(word)),)))
    return Flowchart(draw(st.sampled_from(["LR", "TB", "RL", "BT"])), nodes, tuple(edges))


@given(chart=crowded(), size=st.sampled_from([(90, 60), (180, 110), (60, 110)]))
@settings(max_examples=100, deadline=None)
def test_labels_never_overlap(panel_in, chart, size):
    """However many edges run to and fro, no label comes upon another or upon a node."""
    found = panel_in()
    found.let_text_shrink()
    facts = found.facts(chart, *size)
    labels = [e.label_rect for e in facts.edges if e.label_rect is not None]
    assert len(labels) == len(chart.edges)
    assert not [(a, b) for a, b in itertools.combinations(labels, 2) if a.inset(0.1).meets(b)]
    assert not [(a, n.id) for a in labels for n in facts.nodes if a.inset(0.4).meets(n.rect)]


def test_a_label_that_finds_no_place_of_its_own_takes_the_one_kept():
    """Two lines hemmed in by nodes on all sides: both labels would stand in one spot, so each goes where room was kept."""
    room = Rect(0.0, 0.0, 200.0, 60.0)
    walls = [Rect(0.0, 0.0, 200.0, 18.0), Rect(0.0, 42.0, 200.0, 18.0), Rect(110.0, 18.0, 90.0, 24.0)]
    kept = Rect(2.0, 24.0, 40.0, 10.0), Rect(46.0, 24.0, 40.0, 10.0)
    lines = [edge_line([[Point(4.0, y), Point(105.0, y)]], (None, None), 10.0, ()) for y in (20.0, 40.0)]
    asks = [Ask(i, (Size(60.0, 10.0), Size(40.0, 10.0)), kept[i], 1.5, False) for i in range(2)]
    found = captions(asks, lines, walls, room, 1.0)
    assert not found[0].rect.meets(found[1].rect)


def test_labels_keep_off_the_head_of_their_own_arrow():
    """On an arrow hardly longer than its head the label stands aside of the head, not on its strokes."""
    points = tuple(Point(50.0, 10.0 + i) for i in range(31))
    line = Line(Path.polyline(points), points)
    head = Rect(45.0, 30.0, 10.0, 10.0)
    room = Rect(0.0, 0.0, 200.0, 60.0)
    asks = [Ask(0, (Size(40.0, 14.0),), None, 3.0, False, heads) for heads in ((), (head,))]
    bare, aside = (captions([ask], [line], [], room, 2.0)[0].rect for ask in asks)
    assert bare.meets(head)
    assert not aside.meets(head)
    assert aside.x - 50.0 < 15.0
