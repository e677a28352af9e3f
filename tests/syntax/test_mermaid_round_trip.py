"""Charts and mind maps made at random, written as Mermaid and read back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.model.flowchart import label_text
from banana_layout.source import Source
from banana_layout.syntax.mermaid import read
from banana_layout.syntax.mermaid.shapes import CANONICAL

_BRACKETS = {
    "rect": "[]", "rounded": "()", "stadium": ("([", "])"), "fr-rect": ("[[", "]]"), "cyl": ("[(", ")]"), "circle": ("((", "))"),
    "dbl-circ": ("(((", ")))"), "diam": "{}", "hex": ("{{", "}}"), "odd": ">]", "lean-r": ("[/", "/]"), "lean-l": ("[\\", "\\]"),
    "trap-b": ("[/", "\\]"), "trap-t": ("[\\", "/]"),
}  # fmt: skip
_WORDS = (
    st.text(st.sampled_from("abc XYZ012 가나다 ()[]{}|;:,.!?-=+*_~@%^/'🙂"), min_size=1, max_size=20)
    .map(lambda s: " ".join(s.split()))
    .filter(bool)
)
_IDS = st.sampled_from(["A", "b1", "x", "o", "node-2", "a.b", "나무", "end2", "v", "_u", "n_3", "클래스", "Z9", "q/r"])
_ARROWS = {("normal", "none", "arrow"): ("--", "-", ">"), ("normal", "none", "none"): ("--", "-", "-"), ("normal", "arrow", "arrow"): ("<--", "-", ">"),
           ("normal", "none", "cross"): ("--", "-", "x"), ("normal", "circle", "circle"): ("o--", "-", "o"), ("dotted", "none", "arrow"): ("-.", ".", "->"),
           ("dotted", "arrow", "arrow"): ("<-.", ".", "->"), ("thick", "none", "arrow"): ("==", "=", ">"), ("thick", "cross", "cross"): ("x==", "=", "x"),
           ("thick", "none", "none"): ("==", "=", "=")}  # fmt: skip
_EDGE = st.tuples(st.sampled_from(list(_ARROWS)), st.integers(1, 4), st.one_of(st.just(""), _WORDS), st.booleans())


@st.composite
def charts(draw):
    """Nodes by id, edges and a nesting of subgraphs, with the text that says them."""
    ids = draw(st.lists(_IDS, min_size=1, max_size=8, unique=True))
    lines, nodes, edges, clusters = ["flowchart " + draw(st.sampled_from(["TB", "LR", "BT", "RL"]))], {}, [], {}
    stack: list[str] = []
    for id in ids:
        if draw(st.booleans()) and len(stack) < 3:
            name = f"s{len(clusters)}"
            title = draw(_WORDS)
            lines.append(f'subgraph {name}["{title}"]')
            clusters[name] = (title, [])
            stack.append(name)
        shape, label = draw(st.sampled_from(sorted(_BRACKETS))), draw(_WORDS)
        opening, closing = _BRACKETS[shape]
        if draw(st.booleans()):
            lines.append(f'{id}{opening}"{label}"{closing}')
        else:
            shape = draw(st.sampled_from(sorted(set(CANONICAL.values()))))
            lines.append(f'{id}@{{ shape: {shape}, label: "{label}", labelType: string }}')
        nodes[id] = (label, shape)
        if stack:
            clusters[stack[-1]][1].append(id)
        if stack and draw(st.booleans()):
            lines.append("end")
            done = stack.pop()
            if stack:
                clusters[stack[-1]][1].append(done)
    while stack:
        lines.append("end")
        done = stack.pop()
        if stack:
            clusters[stack[-1]][1].append(done)
    for _ in range(draw(st.integers(0, 8))):
        source, target = draw(st.sampled_from(ids)), draw(st.sampled_from([*ids, *clusters]))
        kind, length, label, inside = draw(_EDGE)
        lines.append(_written(source, target, kind, length, label, inside))
        edges.append((source, target, *kind, length, label))
    return "\n".join(lines), nodes, edges, clusters


def _written(source, target, kind, length, label, inside) -> str:
    first, stroke, end = _ARROWS[kind]
    whole = first[:-1] + stroke * length + end if kind[0] == "dotted" else first + stroke * (length - 1) + end
    if not label:
        return f"{source} {whole} {target}"
    if not inside:
        return f'{source} {whole}|"{label}"| {target}'
    second = whole.lstrip("<xo")
    return f'{source} {first} "{label}" {second} {target}'


@given(charts())
@settings(max_examples=150, deadline=None)
def test_a_chart_is_read_back_as_it_was(made):
    """Ids, labels, shapes, arrows, lengths and nesting survive being written as Mermaid."""
    text, nodes, edges, clusters = made
    found = read(Source("t", text))
    assert [d for d in found.warnings if d.severity == "warning"] == []
    chart = found.value
    assert {n.id: (label_text(n.label), n.shape) for n in chart.nodes} == nodes
    assert [
        (e.source, e.target, e.line, e.source_head, e.target_head, e.length, label_text(e.label)) for e in chart.edges
    ] == edges
    assert {c.id: (label_text(c.title), list(c.members)) for c in chart.clusters} == clusters


_MIND_SHAPES = {
    "plain": ("", ""),
    "rect": ("[", "]"),
    "rounded": ("(", ")"),
    "circle": ("((", "))"),
    "cloud": (")", "("),
    "bang": ("))", "(("),
    "hexagon": ("{{", "}}"),
}
_MIND_WORDS = (
    st.text(st.sampled_from("abc 가나 12,.!?/"), min_size=1, max_size=12)
    .map(lambda s: " ".join(s.split()))
    .filter(bool)
)
_TREES = st.recursive(
    st.tuples(_MIND_WORDS, st.sampled_from(sorted(_MIND_SHAPES)), st.just(())),
    lambda below: st.tuples(_MIND_WORDS, st.sampled_from(sorted(_MIND_SHAPES)), st.lists(below, max_size=3).map(tuple)),
    max_leaves=12,
)


@given(_TREES, st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_a_mind_map_is_read_back_as_it_was(made, step):
    """Texts, shapes and the tree survive being written as Mermaid."""
    lines = ["mindmap"]

    def write(node, level):
        opening, closing = _MIND_SHAPES[node[1]]
        lines.append(" " * (level * step) + (f"id{opening}{node[0]}{closing}" if opening else node[0]))
        for child in node[2]:
            write(child, level + 1)

    def shape(node):
        return label_text(node.label), node.shape, tuple(map(shape, node.children))

    write(made, 0)
    found = read(Source("t", "\n".join(lines)))
    assert found.warnings == ()
    assert shape(found.value.root) == made
