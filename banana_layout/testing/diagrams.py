"""Random diagrams in Mermaid."""

from __future__ import annotations

from hypothesis import strategies as st

from banana_layout.testing.texts import words

SHAPES = ("[{}]", "({})", "([{}])", "{{{}}}", "(({}))", "[/{}/]", "[[{}]]", "[({})]", "{{{{{}}}}}", ">{}]")
"""How Mermaid writes shapes, the plainest first."""
ARROWS = ("-->", "---", "-.->", "==>", "--o", "--x", "<-->")
"""How Mermaid writes edges, the plainest first."""


def _label(most: int) -> st.SearchStrategy[str]:
    """Return a strategy of labels in quotes."""
    return words(1, most, ("english", "korean")).map(lambda w: f'"{w}"')


@st.composite
def flowcharts(draw: st.DrawFn, nodes: int = 7, edges: int = 9) -> str:
    """Return a Mermaid flowchart with up to so many nodes and edges, maybe with a subgraph."""
    count = draw(st.integers(1, nodes))
    lines = [f"flowchart {draw(st.sampled_from(('LR', 'TD', 'RL', 'BT')))}"]
    for i in range(count):
        shape = draw(st.sampled_from(SHAPES))
        lines.append(f"  n{i}{shape.format(draw(_label(3)))}")
    ends = st.integers(0, count - 1)
    for a, b in draw(st.lists(st.tuples(ends, ends), max_size=edges)):
        arrow = draw(st.sampled_from(ARROWS))
        label = draw(st.sampled_from(("", "", "|yes|", "|확률 0.5|")))
        lines.append(f"  n{a} {arrow}{label} n{b}")
    if count > 2 and draw(st.booleans()):
        inside = sorted(draw(st.sets(ends, min_size=1, max_size=count - 1)))
        lines += [f"  subgraph s[{draw(_label(2))}]", *(f"    n{i}" for i in inside), "  end"]
    return "\n".join(lines)


@st.composite
def mindmaps(draw: st.DrawFn, branches: int = 5, leaves: int = 3) -> str:
    """Return a Mermaid mind map with up to so many branches, each with up to so many leaves."""
    label = words(1, 3, ("english", "korean"))
    lines = ["mindmap", f"  root(({draw(label)}))"]
    for branch in draw(st.lists(st.lists(label, max_size=leaves), max_size=branches)):
        lines.append(f"    {draw(label)}")
        lines += [f"      {leaf}" for leaf in branch]
    return "\n".join(lines)
