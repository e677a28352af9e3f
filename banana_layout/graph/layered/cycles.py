"""Which edges to turn round so that no cycle is left."""

from __future__ import annotations

from collections.abc import Sequence


def back_edges(count: int, edges: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each edge (u, v) over vertices 0 … count - 1 whether it closes a cycle.

    A depth-first search from the vertices in input order, edges in input order, so that the author's order stands
    wherever it can: an edge to a vertex still on the search's stack runs back (E. Gansner, E. Koutsofios, S. North,
    K.-P. Vo, "A Technique for Drawing Directed Graphs", 1993, section 2.1). Vertices without incoming edges are
    searched first. Turning round all edges marked True leaves no cycle; loops are not marked.
    """
    out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    entered = [False] * count
    for i, (u, v) in enumerate(edges):
        if u != v:
            out[u].append((v, i))
            entered[v] = True
    back = [False] * len(edges)
    state = [0] * count
    for root in [*(v for v in range(count) if not entered[v]), *range(count)]:
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(out[root]))]
        while stack:
            u, rest = stack[-1]
            for v, i in rest:
                if state[v] == 1:
                    back[i] = True
                elif not state[v]:
                    state[v] = 1
                    stack.append((v, iter(out[v])))
                    break
            else:
                state[u] = 2
                stack.pop()
    return back
