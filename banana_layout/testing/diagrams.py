"""Random diagrams in Mermaid."""

from __future__ import annotations

from hypothesis import strategies as st

from banana_layout.testing.texts import words

SHAPES = ("[{}]", "({})", "([{}])", "{{{}}}", "(({}))", "[/{}/]", "[[{}]]", "[({})]", "{{{{{}}}}}", ">{}]")
"""How Mermaid writes shapes, the plainest first."""
NAMED_SHAPES = ("rect", "doc", "cyl", "hex", "cloud", "notch-rect", "tri", "lean-r", "curv-trap")
"""Shapes that have a name only, or one too."""
ARROWS = ("-->", "---", "-.->", "==>", "--o", "--x", "<-->", "--->", "-.-", "===")
"""How Mermaid writes edges, the plainest first."""
MIND_SHAPES = ("{}", "[{}]", "({})", "(({}))", "{{{{{}}}}}", "){}(")
"""How a mind map writes shapes, the plainest first."""
_STYLES = ("fill:#ffe8a3", "fill:#fde,stroke:#c36,stroke-width:3px", "stroke-dasharray: 5 5")


def _label(most: int) -> st.SearchStrategy[str]:
    """Return a strategy of labels in quotes, now and then of two lines or with a mark up."""
    plain = words(1, most, ("english", "korean"))
    odd = words(1, most, ("japanese", "emoji", "english"))
    two = st.tuples(plain, plain).map("<br/>".join)
    return st.one_of(plain, plain, two, odd).map(lambda w: f'"{w}"')


@st.composite
def flowcharts(draw: st.DrawFn, nodes: int = 7, edges: int = 9) -> str:
    """Return a Mermaid flowchart with up to so many nodes and edges, maybe with subgraphs, styles and links."""
    count = draw(st.integers(1, nodes))
    lines = [f"flowchart {draw(st.sampled_from(('LR', 'TD', 'RL', 'BT')))}"]
    for i in range(count):
        shape = draw(st.sampled_from((*SHAPES, *NAMED_SHAPES)))
        label = draw(_label(3))
        named = shape in NAMED_SHAPES
        lines.append(f"  n{i}@{{ shape: {shape}, label: {label} }}" if named else f"  n{i}{shape.format(label)}")
    ends = st.integers(0, count - 1)
    words_beside = st.sampled_from(("", "", "|yes|", "|확률 0.5|", '|"a few more words"|'))
    for a, b in draw(st.lists(st.tuples(ends, ends), max_size=edges)):
        lines.append(f"  n{a} {draw(st.sampled_from(ARROWS))}{draw(words_beside)} n{b}")
    if count > 2 and draw(st.booleans()):
        lines += draw(_subgraphs(count))
    if draw(st.integers(0, 3)) == 3:
        lines.append(f"  style n{draw(ends)} {draw(st.sampled_from(_STYLES))}")
    if draw(st.integers(0, 5)) == 5:
        lines.append(f'  click n{draw(ends)} "https://example.org"')
    return "\n".join(lines)


@st.composite
def _subgraphs(draw: st.DrawFn, count: int) -> list[str]:
    """Return the lines of a subgraph, maybe with another one in it and a direction of its own."""
    inside = sorted(draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)))
    lines = [f"  subgraph s[{draw(_label(2))}]"]
    turn = draw(st.sampled_from(("", "", "direction TB", "direction LR")))
    lines += [f"    {turn}"] if turn else []
    nested = draw(st.integers(0, len(inside) - 1)) if draw(st.booleans()) else 0
    if nested:
        lines += [f"    subgraph t[{draw(_label(2))}]", *(f"      n{i}" for i in inside[:nested]), "    end"]
    return [*lines, *(f"    n{i}" for i in inside[nested:]), "  end"]


@st.composite
def mindmaps(draw: st.DrawFn, branches: int = 5, leaves: int = 3) -> str:
    """Return a Mermaid mind map with up to so many branches, each with up to so many leaves, some leaves with another."""
    label = words(1, 3, ("english", "korean"))
    shape = st.sampled_from(("{}", "{}", *MIND_SHAPES))
    icon = st.sampled_from(("", "", "", "      ::icon(fa fa-book)"))
    lines = ["mindmap", f"  root(({draw(label)}))"]
    for i, branch in enumerate(draw(st.lists(st.lists(label, max_size=leaves), max_size=branches))):
        form = draw(shape)
        lines.append(f"    {form.format(draw(label)) if form == '{}' else f'b{i}' + form.format(draw(label))}")
        mark = draw(icon)
        lines += [mark] if mark else []
        for leaf in branch:
            lines.append(f"      {leaf}")
            lines += [f"        {draw(label)}"] if draw(st.integers(0, 4)) == 4 else []
    return "\n".join(lines)
