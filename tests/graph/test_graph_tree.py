"""Mind-map trees."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.graph import tree
from banana_layout.graph.tree import TreeDrawing, TreeGaps, TreeSpec

GAPS = TreeGaps(20.0, 6.0, 10.0)

specs = st.recursive(
    st.builds(TreeSpec, st.just("x"), st.floats(5.0, 90.0), st.floats(5.0, 40.0)),
    lambda inner: st.builds(
        TreeSpec, st.just("x"), st.floats(5.0, 90.0), st.floats(5.0, 40.0), st.lists(inner, max_size=5).map(tuple)
    ),
    max_leaves=20,
)


def faults(d: TreeDrawing) -> list[str]:
    """Return overlaps, nodes off the page and children on the wrong side of their parents."""
    found = []
    for i, a in enumerate(d.nodes):
        found += [f"{j} on {i}" for j in range(i) if a.meets(d.nodes[j], 1e-6)]
        if a.x < -1e-9 or a.y < -1e-9 or a.right > d.size.width + 1e-9 or a.bottom > d.size.height + 1e-9:
            found.append(f"{i} off the page")
        p = d.parents[i]
        if p >= 0:
            parent = d.nodes[p]
            gap = a.x - parent.right if d.sides[i] == "right" else parent.x - a.right
            if abs(gap - GAPS.level) > 1e-6:
                found.append(f"{i} not beside its parent")
    return found


@settings(max_examples=120, deadline=None)
@given(specs, st.sampled_from(["both", "right"]))
def test_every_tree_is_clean(root: TreeSpec, sides: tree.Sides) -> None:
    """No two nodes overlap, all lie on the page, and children stand one gap outward of their parents."""
    assert faults(tree.layout(root, GAPS, sides)) == []


@settings(max_examples=60, deadline=None)
@given(specs)
def test_siblings_keep_their_order(root: TreeSpec) -> None:
    """Below the branches, siblings run from top to bottom as the author wrote them."""
    d = tree.layout(root, GAPS)
    for i, p in enumerate(d.parents):
        for j in range(i + 1, len(d.parents)):
            if d.parents[j] == p > 0:
                assert d.nodes[j].y >= d.nodes[i].bottom


def leaf(name: str, *children: TreeSpec) -> TreeSpec:
    """Return a node of standard size."""
    return TreeSpec(name, 40.0, 12.0, children)


def test_four_branches_run_clockwise_from_the_upper_left() -> None:
    """Of four branches, the first stands upper left, the second upper right, the third lower right, the last lower left."""
    d = tree.layout(leaf("root", leaf("a"), leaf("b"), leaf("c"), leaf("d")), GAPS)
    middle = d.nodes[0].center
    corners = [(r.center.x > middle.x, r.center.y > middle.y) for r in d.nodes[1:]]
    assert corners == [(False, False), (True, False), (True, True), (False, True)]


def test_a_given_split_is_kept() -> None:
    """With three branches asked for at the right, three stand there."""
    d = tree.layout(leaf("root", *(leaf(str(i)) for i in range(5))), GAPS, split=3)
    assert (d.sides.count("right"), d.sides.count("left"), d.split) == (3, 2, 3)


def test_a_parent_stands_at_the_middle_of_its_children() -> None:
    """A node's middle is halfway between its first and last child's."""
    d = tree.layout(leaf("root", leaf("a", leaf("b"), leaf("c"), leaf("d"))), GAPS, "right")
    assert d.nodes[1].center.y == pytest.approx((d.nodes[2].center.y + d.nodes[4].center.y) / 2)


def test_a_short_subtree_nests_beside_a_deep_one() -> None:
    """Outlines, not bounding boxes, keep subtrees apart: a leaf stands closer than its sibling's spread-out children."""
    deep = leaf("deep", *(leaf(str(i)) for i in range(5)))
    d = tree.layout(leaf("root", deep, leaf("short")), TreeGaps(20.0, 6.0, 6.0), "right")
    assert d.nodes[7].y < d.nodes[6].bottom


def test_a_long_tree_takes_linear_time() -> None:
    """Ten thousand nodes, in a fan and in a chain, lay out in well under two seconds each."""
    fan = leaf("root", *(leaf(str(i), leaf("x"), leaf("y")) for i in range(3000)))
    line = leaf("end")
    for i in range(900):
        line = leaf(str(i), line)
    start = process_time()
    tree.layout(fan, GAPS, "right")
    tree.layout(leaf("root", line), GAPS, "right")
    assert process_time() - start < 2.0
