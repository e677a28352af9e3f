from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.model.flowchart import LabelRun
from banana_layout.model.mindmap import MindMap, MindNode
from banana_layout.source import BananaError

OVERVIEW = """mindmap
  root((Inference<br/>추론))
    Input
      Prefix Tokens
        시작 문장 = 91
      Context window
    Process
      Neural Network
        고정된 weights
      Probability Distribution
        Probability vector
      Sampling
        Biased coin flip
    Output
      Generated Text
        한 번에 token 하나
      Training data의 remix
    Properties
      Stochastic
        매번 다른 결과
      Fast
        단일 GPU
      Fixed Parameters
        No more training
"""
WORDS = st.sampled_from(["확률", "token", "Neural Network", "다음 토큰을 고른다", "A", "a rather long label here"])


@st.composite
def trees(draw, depth=0):
    """Small mind maps, up to four levels deep."""
    shape = draw(st.sampled_from(["plain", "plain", "plain", "rect", "cloud", "hexagon"]))
    most = (5, 3, 2, 1, 0)[depth]
    kids = tuple(draw(st.lists(trees(depth + 1), max_size=most))) if most else ()
    return MindNode("n", (LabelRun(draw(WORDS)),), shape, None, (), kids)


def overlap(a, b):
    shared = a.overlap(b)
    return min(shared.width, shared.height)


def check_clean(facts):
    """No two nodes overlap and all lie in the room, their text inside."""
    for i, a in enumerate(facts.nodes):
        assert facts.rect.holds(a.rect, 0.5), a
        assert a.rect.holds(a.text, 1.0), a
        for b in facts.nodes[i + 1 :]:
            assert overlap(a.rect, b.rect) < 0.1, (a, b)


@given(root=trees(), width=st.sampled_from([90, 190]), height=st.sampled_from([70, 120]))
@settings(max_examples=40, deadline=None)
def test_a_mind_map_is_clean_in_any_panel(panel_in, root, width, height):
    """Nothing overlaps, nothing leaves the room."""
    check_clean(panel_in().facts(MindMap(root), width, height))


def test_the_reference_map_is_large_and_two_sided(panel):
    """The overview's twigs are set at 16 pt at least, branches clockwise from the top left, the root in the middle."""
    facts = panel.facts(OVERVIEW, 182, 98)
    check_clean(facts)
    assert facts.font_size >= 16
    assert facts.direction == "both"
    place = {n.label: n.rect.center for n in facts.nodes}
    middle = place["Inference\n추론"]
    assert abs(middle.x - facts.rect.center.x) < 0.1 * facts.rect.w
    assert place["Input"].x < middle.x < place["Process"].x
    assert place["Properties"].x < middle.x < place["Output"].x
    assert place["Input"].y < middle.y < place["Properties"].y
    assert place["Process"].y < place["Output"].y


def test_edges_go_from_parent_to_child_in_order(panel):
    """Every node but the root has one edge, from its parent's id to its own."""
    facts = panel.facts("mindmap\n root\n  A\n   a\n  B")
    assert [(e.source, e.target) for e in facts.edges] == [("root", "A"), ("A", "a"), ("root", "B")]
    assert [n.id for n in facts.nodes] == ["root", "A", "a", "B"]


def test_a_limb_starts_on_the_roots_outline(panel):
    """The told line of a limb begins on the root's ellipse and ends at its branch's box."""
    facts = panel.facts(OVERVIEW, 182, 98)
    root = facts.nodes[0].rect
    for edge in facts.edges:
        if edge.source == facts.nodes[0].id:
            p = edge.points[0]
            share = ((p.x - root.center.x) / (root.w / 2)) ** 2 + ((p.y - root.center.y) / (root.h / 2)) ** 2
            assert share == pytest.approx(1.0, abs=0.08)
            branch = next(n.rect for n in facts.nodes if n.id == edge.target)
            assert branch.contains(edge.points[-1], 0.5)


def test_icons_become_emoji_and_unknown_ones_are_told(panel):
    """A known icon stands before the text; an unknown one leaves the text alone and warns."""
    frame = panel.frame("mindmap\n root\n  A\n  ::icon(fa fa-book)\n  B\n  ::icon(fa fa-zzz)")
    assert [w.message for w in panel.warnings] == ["the icon 'fa fa-zzz' has no drawing: the node shows its text alone"]
    texts = [c.what.text for c in frame.children if getattr(c.what, "role", "") == "node"]
    assert texts == ["root", "📖 A", "B"] or sorted(texts) == sorted(["root", "📖 A", "B"])


def test_a_root_alone_stands_in_the_middle(panel):
    """A map of one node is that node, in the room's middle."""
    facts = panel.facts("mindmap\n 혼자", 120, 60)
    assert facts.nodes[0].rect.center.x == pytest.approx(facts.rect.center.x, abs=3)
    assert facts.edges == ()


def test_a_map_that_cannot_fit_is_refused(panel):
    """The error names the panel and what would help."""
    text = "mindmap\n root\n" + "\n".join(f"  branch {i}\n   a long text under it {i}" for i in range(30))
    with pytest.raises(BananaError, match="mind map in panel 'panel' fits only at"):
        panel.frame(text, 40, 25)


def test_a_very_deep_map_terminates(panel):
    """A hundred levels are drawn or refused, never a stack overflow."""
    text = "mindmap\n" + "\n".join(" " * (i + 1) + f"n{i}" for i in range(100))
    with pytest.raises(BananaError):
        panel.frame(text, 100, 60)


def test_the_same_map_is_drawn_the_same(panel_in):
    """Two runs give equal frames."""
    assert panel_in().frame(OVERVIEW).flattened() == panel_in().frame(OVERVIEW).flattened()


def test_the_map_has_words(panel):
    """The alternative text lists what hangs on what."""
    group = panel.frame("mindmap\n 뿌리\n  하나\n   잎\n  둘").group
    assert group.alt == "뿌리: 하나, 둘; 하나: 잎"


def test_words_of_a_label_part_only_for_clearly_larger_text(panel):
    """The overview keeps its longest twig in one line in a panel where breaking it would gain a fiftieth of the size."""
    facts = panel.facts(OVERVIEW, 182, 98)
    tall = {n.label: n.text.h for n in facts.nodes}
    assert tall["Probability Distribution"] < 1.5 * tall["Sampling"]
    narrow = panel.facts(OVERVIEW, 90, 98)
    tall = {n.label: n.text.h for n in narrow.nodes}
    assert tall["Probability Distribution"] > 1.5 * tall["Sampling"]
