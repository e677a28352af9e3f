"""What Mermaid refuses and people write all the time is read with a warning; real nonsense is refused with a hint."""

from __future__ import annotations

import pytest

from banana_layout.model.flowchart import Flowchart
from banana_layout.source import BananaError, Source
from banana_layout.syntax.mermaid import read


def warned(text: str) -> tuple[Flowchart, str]:
    found = read(Source("t", text))
    assert isinstance(found.value, Flowchart)
    warnings = [d for d in found.warnings if d.severity == "warning"]
    assert warnings != []
    assert all(d.span is not None and d.source is not None for d in warnings)
    return found.value, " ".join(h for d in warnings for h in (d.message, *d.hints))


@pytest.mark.parametrize(
    ("written", "label", "shape", "hint"),
    [
        ("A[f(x)]", "f(x)", "rect", 'A["f(x)"]'), ("A[a{b}]", "a{b}", "rect", 'A["a{b}"]'), ("A[a|b]", "a|b", "rect", 'A["a|b"]'),
        ('A[say "hi"]', 'say "hi"', "rect", 'A["say #quot;hi#quot;"]'), ('A[ "x" ]', "x", "rect", 'A["x"]'), ("A[]", "", "rect", "A[ ]"),
        ('A[""]', "", "rect", "A[ ]"), ("A[/api/v1]", "/api/v1", "rect", 'A["/api/v1"]'), ("A [t]", "t", "rect", "A[…"),
        ("A(f(x))", "f(x)", "rounded", 'A("f(x)")'), ("A((f(x)))", "f(x)", "circle", 'A(("f(x)"))'), ("A{a?{b}}", "a?{b}", "diam", 'A{"a?{b}"}'),
        ("A[(a) and (b)]", "(a) and (b)", "rect", 'A["(a) and (b)"]'), ("A([x [y]])", "x [y]", "stadium", 'A(["x [y]"])'),
        ("A[smile :( x]", "smile :( x", "rect", "#quot;"), ('A["a "b" c"]', 'a "b" c', "rect", "a #quot;b#quot; c"),
        ('A["say \\"hi\\""]', 'say "hi"', "rect", "#quot;hi#quot;"), ("A@{ shape: Doc }", "A", "doc", "shape: doc"),
        ("A@{ shape: docment }", "A", "rect", "shape: document"),
    ],
)  # fmt: skip
def test_labels_without_quotes(written, label, shape, hint):
    """The label is taken as meant, and the warning shows the spelling that Mermaid reads."""
    found, said = warned(f"graph TD\n{written}")
    node = found.to_dict()["nodes"][0]
    assert (node["id"], node["label"], node["shape"]) == ("A", label, shape)
    assert hint in said or hint == "#quot;"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("graph LR A-->B", "graph LR"), ("flowchart lr\nA-->B", "LR"), ("Flowchart LR\nA-->B", "flowchart"), ("flowchart-v2 LR\nA-->B", "flowchart"),
        ("flowchart LR:\nA-->B", "flowchart LR"), ("graph LR\ngraph LR\nA-->B", "one header"), ("graph LR\nA-->B %% note", "line above"),
        ("graph LR\nA-->B // note", "%%"), ("graph LR %% note\nA-->B", "line above"), ("graph LR\ntitle My chart\nA-->B", "title: My chart"),
        ("graph LR\nA -> B", "-->"), ("graph LR\nA => B", "==>"), ("graph LR\nA -->> B", "-->"), ("graph LR\nA → B", "-->"), ("graph LR\nA —> B", "-->"),
        ("graph LR\nA -->|| B", "leave"), ('graph LR\n"A" --> B', 'some_id["A"]'), ("graph LR\nA --> B[b],", "line end"),
        ("graph LR\nA-->B\nend", "leave it out"), ("graph LR\nA-->B\nlinkStyle 1 stroke:red", "behind the edges"),
        ("graph LR\nA-->B\nstyle A fill:rgb(1,2,3),stroke:#333", "#rrggbb"), ("graph LR\nA-->B\nstyle A fill:#f00,", "leave it out"),
        ("graph LR;A-->B;style A fill:#f00;style B fill:#0f0", "line end"), ("graph LR\nA-->B\nclass A, B c", "class A,B"),
        ("graph LR\nA-->B\nlinkStyle 0, 0 stroke:red", "linkStyle 0,0"), ("graph LR\nA:::a:::b --> B", "class A b"),
    ],
)  # fmt: skip
def test_spelling_that_changes_nothing_else(written, hint):
    """One edge from A to B comes out of each, with a hint."""
    found, said = warned(written)
    assert [(e.source, e.target) for e in found.edges] == [("A", "B")]
    assert found.direction == "LR"
    assert hint in said


@pytest.mark.parametrize(
    ("written", "edges"),
    [
        ("A -- B", [("A", "", "B", "none", "none")]), ("A <-- B", [("A", "", "B", "arrow", "none")]), ("A -->|f(x)| B", [("A", "f(x)", "B", "none", "arrow")]),
        ('A -- say "hi" --> B', [("A", 'say "hi"', "B", "none", "arrow")]), ("A--hello-->B", [("A", "hello", "B", "none", "arrow")]),
        ("A --|yes| B", [("A", "yes", "B", "none", "none")]), ("A <--- B", [("A", "", "B", "none", "none")]), ("A x-- t --> B", [("A", "t", "B", "cross", "arrow")]),
        ("A --> end", [("A", "", "end", "none", "arrow")]), ("A &\nB --> C", [("A", "", "C", "none", "arrow"), ("B", "", "C", "none", "arrow")]),
        ("A &B --> C", [("A", "", "C", "none", "arrow"), ("B", "", "C", "none", "arrow")]), ("🙂 --> B", [("🙂", "", "B", "none", "arrow")]),
        ("a@b --> c", [("a@b", "", "c", "none", "arrow")]),
        ("A -- x -- B", [("A", "x", "B", "none", "none")]),
    ],
)  # fmt: skip
def test_arrows_and_ids(written, edges):
    """Half arrows, quotes in labels, reserved ids, emoji: the edges are those that were meant."""
    found, _ = warned(f"graph TD\n{written}")
    assert [
        (e["source"], e["label"], e["target"], e["source_head"], e["target_head"]) for e in found.to_dict()["edges"]
    ] == edges


@pytest.mark.parametrize(
    ("written", "id", "title"),
    [
        ("subgraph 🙂 Title (x)\nA\nend", "subGraph0", "🙂 Title (x)"), ("subgraph s[Title (x)]\nA\nend", "s", "Title (x)"), ("subgraph s:::c\nA\nend", "s", "s"),
        ("subgraph\nA\nend", "subGraph0", ""), ("subgraph s\nA", "s", "s"), ("subgraph s\nA\nend --> B", "s", "s"), ("subgraph s\ndirection lr\nA\nend", "s", "s"),
    ],
)  # fmt: skip
def test_subgraphs(written, id, title):
    """Titles without quotes, a class on the line, no name, no `end`: the subgraph holds its node."""
    found, _ = warned(f"graph TD\n{written}")
    (cluster,) = found.to_dict()["clusters"]
    assert (cluster["id"], cluster["title"], cluster["members"]) == (id, title, ["A"])


@pytest.mark.parametrize(
    "keyword",
    [
        "graph",
        "flowchart",
        "style",
        "linkStyle",
        "interpolate",
        "classDef",
        "class",
        "_self",
        "_top",
        "end",
        "subgraph",
    ],
)
def test_ids_that_begin_with_a_keyword(keyword):
    """`style.node` is a node all the same."""
    found, _ = warned(f"flowchart TD\nx\n{keyword}.node\n{keyword}-node --> y")
    assert [n.id for n in found.nodes] == ["x", f"{keyword}.node", f"{keyword}-node", "y"]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("graph TD\nA-->", 2, 5, "expected a node behind `-->`"), ("graph TQ\nA", 1, 7, "no direction `TQ`"), ("graph TD\nMy node --> B", 2, 4, "blanks"),
        ("graph TD\nA{x\nB-->C", 2, 2, "never closed"), ("graph TD\nA -- long text", 2, 3, "second half"), ("graph TD\nA-->|x B", 2, 5, "never closed"),
        ("graph TD\nA@{ shape: doc", 2, 2, "never closed"), ("sequenceDiagram\nA->>B: x", 1, 1, "sequence diagrams are not drawn"),
        ("\n\n hello", 3, 2, "no Mermaid diagram"), ("---\ntitle: [x\n---\ngraph TD", 3, 1, "not valid YAML"), ("---\ntitle: x\ngraph TD", 1, 1, "never closed"),
        ("graph TD\nA:::", 2, 2, "class name"), ("graph TD\nsubgraph a A-->B end", 2, 10, "line end"), ("graph TD\naccDescr {\nx", 2, 10, "never closed"),
        ("graph TD\nA|x|B", 2, 2, "arrow"), ("graph TD\na --< b", 2, 3, "second half"),
    ],
)  # fmt: skip
def test_errors_say_where_and_what_would_help(text, line, column, words):
    """Line, column, what was expected and a hint stand in every error."""
    with pytest.raises(BananaError) as caught:
        read(Source("chart.mmd", text))
    first = caught.value.diagnostics[0]
    name, place = first.location()
    assert (name, place.line, place.column) == ("chart.mmd", line, column)
    assert words in " ".join([first.message, *first.hints])
    assert first.severity == "error"


def test_warnings_are_counted_past_a_hundred():
    """A chart full of one mistake does not bury the reader in warnings."""
    found = read(Source("t", "graph TD\n" + "A -> B\n" * 1000))
    assert len(found.warnings) == 101
    assert "900 further" in found.warnings[-1].message
