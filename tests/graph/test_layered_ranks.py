"""Cycle breaking and ranking."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.graph.layered.cycles import back_edges
from banana_layout.graph.layered.ranks import Span, balanced, ranks


@st.composite
def spans(draw: st.DrawFn, most: int = 5) -> tuple[int, list[Span]]:
    """Return a vertex count and spans without a cycle."""
    n = draw(st.integers(2, most))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1])
    found = draw(st.lists(st.tuples(pairs, st.integers(0, 2), st.integers(1, 3)), max_size=8))
    order = draw(st.permutations(range(n)))
    return n, [Span(order[a], order[b], length, weight) for (a, b), length, weight in found]


def cost(rank: list[int], found: list[Span]) -> int:
    """Return the weighted length of all spans."""
    return sum(s.weight * (rank[s.head] - rank[s.tail]) for s in found)


@settings(max_examples=60, deadline=None)
@given(spans())
def test_no_ranking_is_shorter(case: tuple[int, list[Span]]) -> None:
    """Network simplex reaches the least total length that trying out all rankings finds."""
    n, found = case
    rank = ranks(n, found)
    feasible = [r for r in product(range(7), repeat=n) if all(r[s.head] - r[s.tail] >= s.length for s in found)]
    assert all(rank[s.head] - rank[s.tail] >= s.length for s in found)
    assert cost(rank, found) == min(cost(list(r), found) for r in feasible)


@settings(max_examples=60, deadline=None)
@given(spans(9))
def test_balancing_keeps_lengths(case: tuple[int, list[Span]]) -> None:
    """Moving vertices to emptier ranks keeps every least distance and the total length."""
    n, found = case
    rank = ranks(n, found)
    moved = balanced(rank, found, [True] * n)
    assert all(moved[s.head] - moved[s.tail] >= s.length for s in found)
    assert cost(moved, found) == cost(rank, found)


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_turning_back_edges_leaves_no_cycle(n: int, pairs: list[tuple[int, int]]) -> None:
    """With the marked edges turned round, and loops aside, ranks exist."""
    edges = [(a % n, b % n) for a, b in pairs]
    back = back_edges(n, edges)
    turned = [(b, a) if flip else (a, b) for (a, b), flip in zip(edges, back, strict=True) if a != b]
    rank = ranks(n, [Span(a, b) for a, b in turned])
    assert all(rank[a] < rank[b] for a, b in turned)


def test_the_authors_order_decides_which_edge_runs_back() -> None:
    """In a cycle written from A on, the edge that returns to A is the one that runs back."""
    assert back_edges(3, [(0, 1), (1, 2), (2, 0)]) == [False, False, True]


def test_a_graph_without_cycles_keeps_its_edges() -> None:
    """No edge of an acyclic graph is turned round."""
    assert back_edges(4, [(0, 1), (2, 1), (1, 3), (0, 3)]) == [False] * 4
