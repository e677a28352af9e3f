from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.diagrams.polygon import crosses_rect, inside
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.point import Point
from banana_layout.model.flowchart import Cluster, Edge, Flowchart, LabelRun, Node
from banana_layout.scene.item import Group, Link, Path
from banana_layout.source import BananaError

INFERENCE = """flowchart LR
    P([📥 Prefix<br/>tokens: 91]) --> N[[🧠 Neural Net<br/>고정된 parameters]]
    N --> D[/📊 Prob Dist<br/>모든 token의 확률/]
    D --> S{🎲 Sample<br/>biased coin flip}
    S -->|860, 287, …| A[➕ Append<br/>sequence 뒤에 붙이기]
    A --> Q{끝났나?}
    Q -.->|아니오: Repeat| N
    Q ==>|예| O([📝 Generated Text])
"""
CLUSTERS = """flowchart TD
    subgraph FE[Frontend]
      A[React] --> B[Vite]
    end
    subgraph BE[Backend]
      subgraph DATA[Data]
        D[(Postgres)]
        R[(Redis)]
      end
      C[FastAPI] --> D
      C --> R
    end
    B --> C
"""
SHAPES = ["rect", "rounded", "stadium", "diam", "lean-r", "cyl", "circle", "hex", "fr-rect", "doc"]
WORDS = st.sampled_from(
    ["확률", "token", "Neural Net", "다음 토큰을 고른다", "A", "🧠 생각", "a rather long label here"]
)


def paths(item, found=None):
    """All drawn outlines below a frame's group, by key."""
    found = {} if found is None else found
    if isinstance(item, Group):
        for child in item.children:
            paths(child, found)
    elif isinstance(item, Path):
        found[item.key] = item
    return found


def all_items(frame):
    return frame.flattened(0.0, 0.0)


@st.composite
def charts(draw):
    """Small flowcharts with labels, shapes, loops back and now and then a subgraph."""
    n = draw(st.integers(1, 8))
    nodes = tuple(Node(f"n{i}", (LabelRun(draw(WORDS)),), draw(st.sampled_from(SHAPES))) for i in range(n))
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=n + 3))
    edges = tuple(
        Edge(
            f"n{a}",
            f"n{b}",
            label=(LabelRun(draw(WORDS)),) if draw(st.booleans()) else (),
            line=draw(st.sampled_from(["normal", "dotted", "thick"])),
        )
        for a, b in pairs
    )
    clusters = ()
    if n > 3 and draw(st.booleans()):
        clusters = (Cluster("box", (LabelRun("묶음 box"),), ("n0", "n1")),)
    return Flowchart(draw(st.sampled_from(["LR", "TB", "RL", "BT"])), nodes, edges, clusters)


def overlap(a, b):
    shared = a.overlap(b)
    return min(shared.width, shared.height)


def check_clean(facts):
    """What must hold of every drawn flowchart."""
    by_id = {n.id: n for n in facts.nodes}
    for i, a in enumerate(facts.nodes):
        assert facts.rect.holds(a.rect, 0.01), a.id
        assert a.rect.holds(a.text, 0.5), a.id
        for b in facts.nodes[i + 1 :]:
            assert overlap(a.rect, b.rect) < 0.1, (a.id, b.id)
    for edge in facts.edges:
        others = [n for n in facts.nodes if n.id not in (edge.source, edge.target)]
        for p, q in zip(edge.points, edge.points[1:], strict=False):
            assert facts.rect.contains(p, 0.5)
            for n in others:
                assert not crosses_rect(p, q, n.rect.inset(1.2)), (edge.source, edge.target, n.id)
        for name, point in ((edge.source, edge.points[0]), (edge.target, edge.points[-1])):
            if name in by_id:
                assert by_id[name].rect.contains(point, 0.5), (edge, name)
        if edge.label_rect is not None:
            assert all(overlap(edge.label_rect, n.rect) < 0.5 for n in facts.nodes), edge
    for cluster in facts.clusters:
        assert facts.rect.holds(cluster.rect, 0.01)
        for n in facts.nodes:
            assert cluster.rect.holds(n.rect, 0.2) if n.id in cluster.members else overlap(cluster.rect, n.rect) < 0.1


@given(chart=charts(), width=st.sampled_from([90, 180]), height=st.sampled_from([60, 110]))
@settings(max_examples=40, deadline=None)
def test_a_flowchart_is_clean_in_any_panel(panel_in, chart, width, height):
    """No overlap, no edge through a node, everything in its room, text in its node, members in their subgraph."""
    panel = panel_in()
    panel.theme = msgspec.structs.replace(panel.theme, type=msgspec.structs.replace(panel.theme.type, node_min_pt=0.5))
    check_clean(panel.facts(chart, width, height))


@given(chart=charts())
@settings(max_examples=8, deadline=None)
def test_the_same_chart_is_drawn_the_same(panel_in, chart):
    """Two runs give equal items, bit for bit."""
    assert all_items(panel_in().frame(chart)) == all_items(panel_in().frame(chart))


def test_the_reference_chart_fills_its_panel_in_two_rows(panel):
    """The token generation loop is folded, its text at least 17 pt, and it spans the panel both ways."""
    facts = panel.facts(INFERENCE, 182, 105)
    assert facts.rows == 2
    assert facts.font_size >= 17
    check_clean(facts)
    x0, x1 = min(n.rect.x for n in facts.nodes), max(n.rect.right for n in facts.nodes)
    y0, y1 = min(n.rect.y for n in facts.nodes), max(n.rect.bottom for n in facts.nodes)
    assert x1 - x0 > 0.97 * facts.rect.w
    assert y1 - y0 > 0.95 * facts.rect.h - 8
    assert panel.warnings == []


def test_facts_tell_what_was_written(panel):
    """Nodes and edges stand in the author's order with their labels, shapes and places."""
    facts = panel.facts(INFERENCE)
    assert [n.id for n in facts.nodes] == list("PNDSAQO")
    assert facts.nodes[0].label == "📥 Prefix\ntokens: 91"
    assert [n.shape for n in facts.nodes] == ["stadium", "fr-rect", "lean-r", "diam", "rect", "diam", "stadium"]
    assert [(e.source, e.target, e.label) for e in facts.edges][3] == ("S", "A", "860, 287, …")
    data = facts.to_dict()
    assert set(data["nodes"][0]) == {"id", "label", "shape", "rect", "text"}
    assert set(data["edges"][0]) == {"source", "target", "label", "points", "label_rect"}
    assert all(len(p) == 2 for p in data["edges"][0]["points"])


def test_edges_run_from_outline_to_outline(panel):
    """An edge's ends lie on the true outlines: a rhombus's slanted sides, not its box."""
    facts = panel.facts("flowchart LR\n A{결정} --> B((원))\n A --> C((둘))")
    rhombus = facts.nodes[0].rect
    for edge in facts.edges:
        p = edge.points[0]
        share = abs(p.x - rhombus.center.x) / (rhombus.w / 2) + abs(p.y - rhombus.center.y) / (rhombus.h / 2)
        assert share == pytest.approx(1.0, abs=0.02)
        ring = facts.nodes[1 if edge.target == "B" else 2].rect
        assert math.dist(edge.points[-1], ring.center) == pytest.approx(ring.w / 2, rel=0.03)


def test_moved_facts_shift_every_coordinate(panel):
    """Moving a frame moves its facts: rects, points and labels alike."""
    facts = panel.facts(INFERENCE)
    moved = facts.moved(10.0, 20.0)
    assert moved.nodes[0].rect == facts.nodes[0].rect.shifted(10.0, 20.0)
    assert moved.nodes[0].text == facts.nodes[0].text.shifted(10.0, 20.0)
    assert moved.edges[3].label_rect == facts.edges[3].label_rect.shifted(10.0, 20.0)
    first = facts.edges[0].points[0]
    assert moved.edges[0].points[0] == Point(first.x + 10.0, first.y + 20.0)


def test_members_of_a_subgraph_are_all_nodes_inside(panel):
    """Nested members count too; frames hold them and nothing else."""
    facts = panel.facts(CLUSTERS)
    assert {c.id: c.members for c in facts.clusters} == {
        "FE": ("A", "B"),
        "BE": ("C", "D", "R") if facts.nodes[2].id == "C" else ("D", "R", "C"),
        "DATA": ("D", "R"),
    }
    check_clean(facts)


def test_keep_holds_the_declared_direction(panel):
    """A long chain in a wide panel stays one column when the author forbids anything else."""
    chain = "flowchart TD\n" + "\n".join(f" A{i}[단계 {i}] --> A{i + 1}[단계 {i + 1}]" for i in range(5))
    free, kept = panel.facts(chain, 180, 60), panel.facts(chain, 180, 60, keep=True)
    assert (kept.direction, kept.rows) == ("TB", 1)
    assert free.font_size > 1.25 * kept.font_size


def test_a_long_chain_is_folded(panel):
    """Twelve steps in a row are folded into rows, twice as large as in one row at least."""
    chain = "flowchart LR\n" + "\n".join(f" A{i}[step {i}] --> A{i + 1}[step {i + 1}]" for i in range(11))
    free, kept = panel.facts(chain, 180, 100), panel.facts(chain, 180, 100, keep=True)
    assert free.rows > 1
    assert free.font_size > 2 * kept.font_size


def test_a_circle_of_steps_in_a_tall_panel_comes_back_up(panel):
    """Where the last step leads to the first, a second column runs upward: no arrow crosses another or the whole panel."""
    steps = "flowchart LR\n A[main] -->|branch| B[feature] --> C{통과?}\n C -->|예| D[merge] --> E[release] --> F[hotfix] --> A\n"
    facts = panel.facts(steps, 90, 110)
    check_clean(facts)
    assert (facts.direction, facts.rows) == ("TB", 2)
    tops = {n.id: n.rect.center.y for n in facts.nodes}
    assert tops["A"] < tops["B"] < tops["C"]
    assert tops["D"] > tops["E"] > tops["F"]
    ends = [(e.points[0], e.points[-1]) for e in facts.edges]
    assert max(math.dist(a, b) for a, b in ends) < 0.5 * facts.rect.h
    open_chain = panel.facts(steps.replace("--> A\n", "--> G[end]\n"), 90, 110)
    tops = {n.id: n.rect.center.y for n in open_chain.nodes}
    assert open_chain.rows == 1 or tops["G"] > tops["D"]


def test_text_never_grows_beyond_the_themes_maximum(panel):
    """Two nodes in a large panel are set at the maximum size, not larger."""
    assert panel.facts("flowchart LR\n A --> B").font_size == panel.theme.type.node_max_pt


def test_small_text_is_warned_about_and_smaller_text_refused(panel):
    """Under the warning size a warning names the panel; under the least size there is an error that does."""
    chart = "flowchart LR\n" + "\n".join(f" A{i}[a long label number {i}] --> B{i % 3}[target]" for i in range(16))
    panel.frame(chart, 60, 40)
    assert any("hard to read" in w.message and "'panel'" in w.message for w in panel.warnings)
    with pytest.raises(BananaError, match="fits only at"):
        panel.frame(chart, 30, 12)


def test_without_a_height_a_chart_takes_its_natural_size(panel):
    """A small chart in a wide room stays small, near the body's size, and says how high it is."""
    frame = panel.frame("flowchart LR\n A[하나] --> B[둘]", 180, None)
    assert frame.size.width < 0.5 * 180 * 72 / 25.4
    assert frame.group.facts.font_size <= 14.0 * 1.15 + 1e-9


def test_keys_are_stable_and_unique(panel):
    """Editing one node's label leaves the keys of the others alone, and no key is used twice."""
    before = list(paths(all_items(panel.frame(INFERENCE))[0]))
    after = list(paths(all_items(panel.frame(INFERENCE.replace("Append", "Attach")))[0]))
    assert len(before) == len(set(before))
    assert "panel/node/N/outline" in before
    assert [k for k in before if "/node/P/" in k] == [k for k in after if "/node/P/" in k]


def test_edges_on_a_cycle_lie_on_one_marker_band(panel):
    """The loop's five edges have one band under them, a piece each; the way in and the way out have none."""
    frame = panel.frame(INFERENCE, 182, 105)
    (band,) = [p for k, p in paths(all_items(frame)[0]).items() if k.endswith("/band")]
    pieces = [flatten(piece, 0.2)[0] for piece in band.path.subpaths()]
    facts = frame.group.facts
    on = [
        [i for i, e in enumerate(facts.edges) if min(math.dist(e.points[len(e.points) // 2], p) for p in piece) < 6.0]
        for piece in pieces
    ]
    assert on == [[1], [2], [3], [4], [5]]


@pytest.mark.parametrize("shape", ["[{}]", "{{{}}}", "([{}])", "(({}))", "[/{}/]"])
def test_a_bands_ends_are_hidden_under_its_nodes(panel, shape):
    """Both corners of every blunt end of a band lie inside the outline of the node it leads to."""
    a, b, c = (shape.format(word) for word in ("One", "Two", "Three"))
    frame = panel.frame(f"flowchart LR\nA{a} --> B{b} --> C{c} -.-> A", 180, 100)
    drawn = paths(all_items(frame)[0])
    (band,) = [p for k, p in drawn.items() if k.endswith("/band")]
    outlines = [flatten(p.path, 0.2)[0] for k, p in drawn.items() if k.endswith("/ground")]
    half = band.stroke.width / 2
    for piece in band.path.subpaths():
        points = flatten(piece, 0.2)[0]
        for end, beside in ((points[0], points[1]), (points[-1], points[-2])):
            d = math.dist(end, beside)
            nx, ny = (beside.y - end.y) / d * half, (end.x - beside.x) / d * half
            corners = (Point(end.x + nx, end.y + ny), Point(end.x - nx, end.y - ny))
            assert any(all(inside(p, o) for p in corners) for o in outlines)


def test_lines_take_their_pens(panel):
    """Dotted edges are dashed in the theme's red, thick ones in its green, plain ones in ink."""
    keys = paths(all_items(panel.frame(INFERENCE, 182, 105))[0])
    strokes = [keys[f"panel/edge/{i}/line"].stroke for i in range(7)]
    assert strokes[5].dash is not None
    assert strokes[5].paint.color == panel.theme.danger
    assert strokes[6].paint.color == panel.theme.go
    assert strokes[0].paint.color == panel.theme.ink
    assert strokes[6].width > 1.9 * strokes[0].width


def test_an_authors_colours_become_the_nearest_pair(panel):
    """A pale green fill is the theme's green tint, a red stroke its red pen; grey keeps the shape's own pair."""
    text = "flowchart LR\n A[초록] --> B[회색]\n style A fill:#cfc,stroke:#c00\n style B fill:#eee"
    keys = paths(all_items(panel.frame(text))[0])
    assert keys["panel/node/A/tint"].fill.color == panel.theme.pair("green").tint
    assert keys["panel/node/A/outline"].stroke.paint.color == panel.theme.pair("coral").pen
    assert keys["panel/node/B/tint"].fill.color == panel.theme.pair("blue").tint


def test_invisible_edges_are_not_drawn(panel):
    """`~~~` orders nodes and leaves no ink."""
    frame = panel.frame("flowchart LR\n A ~~~ B")
    assert not [k for k in paths(all_items(frame)[0]) if "/edge/" in k]
    assert frame.group.facts.edges[0].points == ()


def test_a_click_becomes_a_link_over_its_node(panel):
    """A node's link covers its outline's box."""
    frame = panel.frame('flowchart LR\n A[여기] --> B\n click A href "https://example.org/"')

    def links(item):
        if isinstance(item, Group):
            return [x for c in item.children for x in links(c)]
        return [item] if isinstance(item, Link) else []

    (found,) = links(all_items(frame)[0])
    assert found.url == "https://example.org/"
    assert found.rect == frame.group.facts.nodes[0].rect


def test_the_figure_has_words(panel):
    """The alternative text tells who leads to whom, labels included."""
    group = panel.frame("flowchart LR\n A[시작] -->|예| B[끝]\n C[혼자]").group
    assert group.role == "figure"
    assert group.alt == "시작 → 끝 (예); 혼자"


def test_words_of_a_chart_tell_its_heads_and_groups(panel):
    """Lines without heads, with two and with one at the source read otherwise than arrows; groups say what they hold."""
    text = "flowchart LR\n  subgraph g [Group]\n    a --- b\n  end\n  b <--> c\n  c --> d\n"
    assert panel.frame(text).group.alt == "a — b; b ↔ c; c → d; Group: a, b"


def test_a_chart_without_nodes_takes_no_room(panel):
    """An empty flowchart is an empty frame, no error."""
    assert panel.frame("flowchart LR\n").size == (0.0, 0.0)


def test_diagram_lines_carry_their_own_style(panel):
    """Every line of text inside a diagram is marked so that the page's list of lines can leave it out."""

    def lines(item):
        if isinstance(item, Group):
            own = [item] if item.role == "line" else []
            return own + [x for c in item.children for x in lines(c)]
        return []

    found = lines(all_items(panel.frame(INFERENCE))[0])
    assert {line.style for line in found} == {"diagram"}
    assert "Neural Net" in " ".join(line.text for line in found)


def test_nodes_beside_a_high_one_grow_toward_it(panel):
    """Boxes beside the high decision take most of its height, where nothing passes; a stadium never stands on end."""
    facts = panel.facts(INFERENCE, 182, 107)
    by_id = {n.id: n.rect for n in facts.nodes}
    assert by_id["N"].h > 0.75 * by_id["S"].h
    assert by_id["P"].h < 1.25 * by_id["P"].w
    check_clean(facts)


@pytest.mark.parametrize(("width", "height"), [(182, 90), (90, 120), (182, 50)])
def test_a_box_of_two_letters_is_not_lost_beside_boxes_of_words(panel, width, height):
    """The narrowest box is half as wide as the widest one or wide enough for a short word."""
    source = "flowchart LR\n I[Tonic] --> IV[IV subdominant]\n I --> vi[vi]\n vi --> ii[ii]\n IV --> V[V dominant]\n ii --> V"
    facts = panel.facts(source, width, height)
    widths = [n.rect.w for n in facts.nodes]
    assert min(widths) >= min(0.5 * max(widths), 2.9 * facts.font_size)
