"""Flowcharts as Mermaid reads them."""

from __future__ import annotations

import pytest

from banana_layout.model.flowchart import Flowchart
from banana_layout.source import Source
from banana_layout.syntax.mermaid import diagram_kind, read


def chart(*lines: str, header: str = "graph TD") -> Flowchart:
    found = read(Source("chart.mmd", "\n".join([header, *lines])))
    assert [d for d in found.warnings if d.severity != "note"] == []
    assert isinstance(found.value, Flowchart)
    return found.value


def nodes(found: Flowchart) -> list[tuple[str, str, str]]:
    return [(n["id"], n["label"], n["shape"]) for n in found.to_dict()["nodes"]]


def edges(found: Flowchart) -> list[tuple[str, str, str]]:
    return [(e["source"], e["label"], e["target"]) for e in found.to_dict()["edges"]]


def clusters(found: Flowchart) -> list[tuple[str, str, list[str]]]:
    return [(c["id"], c["title"], c["members"]) for c in found.to_dict()["clusters"]]


@pytest.mark.parametrize(
    ("header", "direction"),
    [
        ("graph TD", "TB"), ("flowchart LR", "LR"), ("flowchart-elk BT", "BT"), ("graph RL;", "RL"), ("flowchart", "TB"),
        ("graph >", "LR"), ("graph <", "RL"), ("graph ^", "BT"), ("graph v", "TB"), ("  graph   TB  ", "TB"),
    ],
)  # fmt: skip
def test_the_header_gives_the_direction(header, direction):
    """Letters and arrows name the direction; without one a chart runs down."""
    assert chart("A-->B", header=header).direction == direction


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("[t]", "rect"), ("(t)", "rounded"), ("([t])", "stadium"), ("[[t]]", "fr-rect"), ("[(t)]", "cyl"), ("((t))", "circle"),
        ("(((t)))", "dbl-circ"), ("{t}", "diam"), ("{{t}}", "hex"), (">t]", "odd"), ("[/t/]", "lean-r"), ("[\\t\\]", "lean-l"),
        ("[/t\\]", "trap-b"), ("[\\t/]", "trap-t"), ("(-t-)", "ellipse"), ("[|borders:lt|t]", "rect"),
        ('["t"]', "rect"), ('("`t`")', "rounded"), ('[/"t"/]', "lean-r"),
    ],
)  # fmt: skip
def test_brackets_give_the_shape(written, shape):
    """Every bracket pair of the old syntax stands for its shape."""
    assert nodes(chart(f"A{written}")) == [("A", "t", shape)]


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("rect", "rect"), ("process", "rect"), ("database", "cyl"), ("question", "diam"), ("in-out", "lean-r"), ("comment", "brace"),
        ("half-rounded-rectangle", "delay"), ("lined-cylinder", "lin-cyl"), ("paper-tape", "flag"), ("person", "person"),
        ("st-doc", "docs"), ("bow-tie-rectangle", "bow-rect"), ("manual", "trap-t"), ("junction", "f-circ"),
    ],
)  # fmt: skip
def test_shape_names_have_one_canonical_form(name, shape):
    """`@{ shape }` takes every alias, and the model knows one name for each shape."""
    assert nodes(chart(f"A@{{ shape: {name} }}")) == [("A", "A", shape)]


@pytest.mark.parametrize(
    ("arrow", "line", "heads", "length"),
    [
        ("-->", "normal", ("none", "arrow"), 1), ("---", "normal", ("none", "none"), 1), ("--x", "normal", ("none", "cross"), 1),
        ("--o", "normal", ("none", "circle"), 1), ("<-->", "normal", ("arrow", "arrow"), 1), ("x--x", "normal", ("cross", "cross"), 1),
        ("o==o", "thick", ("circle", "circle"), 1), ("-.->", "dotted", ("none", "arrow"), 1), ("-..->", "dotted", ("none", "arrow"), 2),
        (".->", "dotted", ("none", "arrow"), 1), ("<-.->", "dotted", ("arrow", "arrow"), 1), ("==>", "thick", ("none", "arrow"), 1),
        ("====>", "thick", ("none", "arrow"), 3), ("---->", "normal", ("none", "arrow"), 3), ("-----", "normal", ("none", "none"), 3),
        ("~~~", "invisible", ("none", "none"), 1), ("~~~~", "invisible", ("none", "none"), 2),
        ("-" * 40 + ">", "normal", ("none", "arrow"), 10),
    ],
)  # fmt: skip
def test_arrows_give_line_heads_and_length(arrow, line, heads, length):
    """The kinds of arrows and their extra dashes mean what Mermaid takes them for."""
    (edge,) = chart(f"A {arrow} B").edges
    assert (edge.line, (edge.source_head, edge.target_head), edge.length) == (line, heads, length)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("A-->|yes|B", "yes"), ("A --> | yes | B", "yes"), ("A-- yes -->B", "yes"), ("A--yes-->B", "yes"), ("A-. yes .->B", "yes"),
        ("A== yes ==>B", "yes"), ('A-->|"f(x)"|B', "f(x)"), ('A-- "a -- b" -->B', "a -- b"), ("A<-->|yes|B", "yes"),
        ("A-- a-b -->B", "a-b"), ("A-- the end -->B", "the end"), ("A --- B", ""), ('A-- "`**b**`" -->B', "b"),
        ("A-. 3.5 == x .->B", "3.5 == x"),
    ],
)  # fmt: skip
def test_edge_labels_stand_in_pipes_or_in_the_arrow(written, label):
    """Both label syntaxes, quoted and not."""
    assert edges(chart(written)) == [("A", label, "B")]


def test_an_arrow_with_its_label_inside_takes_length_and_head_from_its_second_half():
    """`A-- t ---->B` asks for three ranks; a head at both ends needs one at both halves."""
    first, second = chart("A-- t ---->B", "C x-- t --x D").edges
    assert (first.length, second.source_head, second.target_head) == (3, "cross", "cross")


def test_chains_and_groups_make_every_edge():
    """`A & B --> C & D --> E` joins all of each group with all of the next."""
    assert edges(chart("A & B --> C & D --> E")) == [
        ("A", "", "C"), ("A", "", "D"), ("B", "", "C"), ("B", "", "D"), ("C", "", "E"), ("D", "", "E"),
    ]  # fmt: skip


def test_a_statement_may_break_around_an_arrow():
    """Line ends before and behind an arrow do not end the statement; a node called x below does begin another."""
    assert edges(chart("A-->", "B", "--> C", "x --> o", "o-->y")) == [
        ("A", "", "B"), ("B", "", "C"), ("x", "", "o"), ("o", "", "y"),
    ]  # fmt: skip


def test_a_letter_o_or_x_behind_an_arrow_is_its_head():
    """`A---oB` goes to B with a circle, `A--- oB` to a node oB; `A--o text -->B` is two edges."""
    found = chart("A---oB", "A--- oB", "C--o text -->D")
    assert edges(found) == [("A", "", "B"), ("A", "", "oB"), ("C", "", "text"), ("text", "", "D")]
    assert [e.target_head for e in found.edges] == ["circle", "none", "circle", "arrow"]


def test_ids_may_hold_signs_and_letters_of_any_script():
    """Dots, dashes, ampersands and Hangul are part of an id; keywords are where something follows them."""
    ids = [
        "a.b-c_d",
        "A&B",
        "node#",
        "나무",
        "endpoint",
        "class1",
        "default",
        "v",
        "1",
        "__proto__",
        "a/b",
        "bfs1:queue",
        "End",
        "href",
    ]
    assert [n.id for n in chart(*ids).nodes] == ids


def test_the_last_text_and_shape_win_and_a_bare_mention_keeps_them():
    """Nodes are described where the author likes."""
    assert nodes(chart("A[one]", "A(two)", "A --> B", "B{three}")) == [("A", "two", "rounded"), ("B", "three", "diam")]


def test_semicolons_part_statements():
    """A whole chart may stand on one line."""
    assert edges(chart(header="graph LR;A-->B;B[x; y]-->C;")) == [("A", "", "B"), ("B", "", "C")]


def test_settings_behind_an_id():
    """`@{ }` gives shape, label, icon and image, on one line or several, and quotes hide a brace."""
    found = chart(
        'A@{ shape: circle, label: "a } b" } --> B@{ icon: "fa:bell", form: "square", pos: t }',
        "C[kept]@{",
        "  shape: doc",
        "  other: 1",
        "}",
        'D@{ img: "https://example.org/x.png", w: 60, label: "two',
        '     lines" }',
    )
    assert nodes(found) == [
        ("A", "a } b", "circle"),
        ("B", "", "rect"),
        ("C", "kept", "doc"),
        ("D", "two\nlines", "rect"),
    ]
    b, d = found.nodes[1], found.nodes[3]
    assert (b.icon, b.settings, d.image, d.settings) == (
        "fa:bell",
        (("form", "square"), ("pos", "t")),
        "https://example.org/x.png",
        (("w", "60"),),
    )


def test_edge_ids_name_edges_for_settings_and_classes():
    """`e1@-->` is an edge and not a node; a group's id belongs to one edge."""
    found = chart("A & B e1@--> C & D", "e1@{ animate: true }", "class e1 hot", "classDef hot stroke:red")
    assert [n.id for n in found.nodes] == ["A", "B", "C", "D"]
    named = [e for e in found.edges if e.id]
    assert [(e.id, e.source, e.target, e.settings, e.classes) for e in named] == [
        ("e1", "B", "C", (("animate", "true"),), ("hot",))
    ]  # fmt: skip
    assert named[0].style.get("stroke") == "red"


def test_subgraphs_have_ids_titles_members_and_directions():
    """Every way to name a subgraph; one whose title has blanks and no id gets one made up."""
    found = chart(
        "subgraph one", "  direction LR", "  A --> B", "end",
        "subgraph two words", "  C", "end",
        "subgraph s3 [Third (3)]".replace(" (3)", ""), "  D", '  subgraph s4["in(ner)"]', "    E", "  end", "end",
        'subgraph "One"', "  F", "end",
        "subgraph empty", "end",
    )  # fmt: skip
    assert clusters(found) == [
        ("one", "one", ["A", "B"]),
        ("subGraph1", "two words", ["C"]),
        ("s3", "Third", ["D", "s4"]),
        ("s4", "in(ner)", ["E"]),
        ("One", "One", ["F"]),
        ("empty", "empty", []),
    ]
    assert [c.direction for c in found.clusters][:2] == ["LR", None]
    assert [c.parent for c in found.clusters if c.id == "s4"] == ["s3"]


def test_a_node_belongs_to_the_subgraph_that_closes_first():
    """Being named in an edge counts, and an earlier mention outside does not."""
    found = chart(
        "A --> B",
        "subgraph outer",
        "  A",
        "  subgraph inner",
        "    B --> A",
        "  end",
        "end",
        "subgraph later",
        "B",
        "end",
    )
    assert clusters(found) == [("outer", "outer", ["inner"]), ("inner", "inner", ["B", "A"]), ("later", "later", [])]


def test_edges_may_end_at_subgraphs():
    """A subgraph named by an edge, before or after, is no node."""
    found = chart("A --> s", "subgraph s", "  B", "end", "s --> C")
    assert [n.id for n in found.nodes] == ["A", "B", "C"]
    assert edges(found) == [("A", "", "s"), ("s", "", "C")]


def test_subgraphs_that_name_one_another_make_no_circle():
    """Two subgraphs each holding the other are put side by side or one in the other, never in a circle."""
    found = read(Source("t", "graph TD\nsubgraph a\nb\nend\nsubgraph b\na\nend"))
    assert isinstance(found.value, Flowchart)
    assert [(c.id, c.parent) for c in found.value.clusters] == [("a", None), ("b", "a")]
    assert "inside itself" in found.warnings[0].message


def test_styles_and_classes_are_merged_in_order():
    """`classDef default`, then the classes, then the node's own style."""
    found = chart(
        "A:::hot --> B[b]:::hot", "classDef default fill:#fff,color:#111", "classDef hot,cold fill:#f00,stroke-dasharray: 5 5;",
        "class B cold", "style B color:#0f0,font-family:a\\,b", "linkStyle default stroke:gray", "linkStyle 0 interpolate basis stroke:red",
    )  # fmt: skip
    a, b = found.nodes
    assert (a.classes, b.classes) == (("hot",), ("hot", "cold"))
    assert (a.style.get("fill"), a.style.get("color"), a.style.get("stroke-dasharray")) == ("#f00", "#111", "5 5")
    assert (b.style.get("color"), b.style.get("font-family")) == ("#0f0", "a,b")
    assert (found.edges[0].style.get("stroke"), found.edges[0].settings) == ("red", (("curve", "basis"),))


def test_a_style_makes_its_node():
    """`style` names a node as an edge does."""
    assert nodes(chart("style S background:#aaa")) == [("S", "S", "rect")]


def test_classes_and_styles_reach_subgraphs():
    """`class`, `style` and `:::` work on a subgraph's id."""
    found = chart("subgraph s", "A", "end", "class s c", "style s fill:#eee", "classDef c stroke:#123")
    (cluster,) = found.clusters
    assert (cluster.classes, cluster.style.get("fill"), cluster.style.get("stroke")) == (("c",), "#eee", "#123")


def test_clicks_become_safe_links():
    """http, https, mailto and in-page links are kept with their tooltips; a script function has no effect."""
    found = chart(
        "A", "B", "C", "D", 'click A "https://example.org/?q=1" "tip #quot;1#quot;" _blank', 'click B href "#here"',
        'click C "mailto:a@example.org"', 'click D call f(1, 2) "note"',
    )  # fmt: skip
    assert [(n.link, n.tooltip) for n in found.nodes] == [
        ("https://example.org/?q=1", 'tip "1"'), ("#here", ""), ("mailto:a@example.org", ""), (None, "note"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "javascript#colon;alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "vbscript:x",
    ],
)
def test_unsafe_links_are_left_out_with_a_warning(url):
    """No script ever becomes a link, however it is hidden."""
    found = read(Source("t", f'graph TD\nA\nclick A "{url}"'))
    assert [n.link for n in found.value.nodes] == [None]
    assert [d.severity for d in found.warnings] == ["warning"]


def test_a_click_may_stand_above_its_node():
    """The order of statements does not matter to links."""
    assert [n.link for n in chart('click A "https://example.org/"', "A").nodes] == ["https://example.org/"]


def test_front_matter_directives_and_comments_stand_around_the_chart():
    """Title and meaningful settings are kept, comments may stand anywhere, `%% keep` forbids other directions."""
    found = chart(
        "title: Plan", "config:", "  look: handDrawn", "---", "%% a comment", "%%{init: {'flowchart': {'curve': 'linear'}, theme: 'dark'}}%%",
        "flowchart LR", "  %% keep", "A -->", "  %% between", "B", header="---",
    )  # fmt: skip
    assert (found.title, found.keep, edges(found)) == ("Plan", True, [("A", "", "B")])
    assert found.settings == (("look", "handDrawn"), ("flowchart.curve", "linear"))


def test_alternative_text_comes_from_acc_lines():
    """accTitle and accDescr, on one line or several, make the description."""
    assert (
        chart("accTitle: Big picture", "accDescr {", " What", " it shows", "}", "A").description
        == "Big picture. What it shows"
    )


def test_places_point_into_the_authors_text():
    """Front matter and comments do not shift the spans of nodes, edges and subgraphs."""
    text = "---\ntitle: x\n---\n%% c\ngraph TD\n  first[One] --> second\n  subgraph s\n  third\n  end\n"
    found = read(Source("t", text)).value
    shown = [text[s.span.start : s.span.end].strip() for s in (*found.nodes, *found.edges, *found.clusters)]
    assert shown == ["first[One]", "second", "third", "-->", "subgraph s"]


def test_windows_line_ends_change_nothing():
    """A file with carriage returns reads as one without."""
    text = 'graph TD\nA["x\ny"] --> B\nB -- t --> C\n'
    assert read(Source("t", text.replace("\n", "\r\n"))).value.to_dict() == read(Source("t", text)).value.to_dict()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("graph TD", "flowchart"), ("flowchart-elk LR", "flowchart"), ("%% c\n\nmindmap\n a", "mindmap"), ("sequenceDiagram\n", "sequence"),
        ("---\ntitle: x\n---\nclassDiagram-v2", "class"), ("%%{init: {}}%%\nstateDiagram-v2", "state"), ("xychart-beta", "xychart"),
        ("C4Context", "c4"), ("hello", ""), ("", ""), ("graphic", ""),
    ],
)  # fmt: skip
def test_the_kind_of_a_diagram_is_told_by_its_first_word(text, kind):
    """Front matter, directives and comments before it do not matter."""
    assert diagram_kind(text) == kind


def test_a_chart_as_plain_data():
    """`to_dict` carries the fields that other programs rely on."""
    found = chart("A[a] e1@-. t .-> B", "subgraph s[S]", "B", "end").to_dict()
    assert {k: found[k] for k in ("kind", "direction")} == {"kind": "flowchart", "direction": "TB"}
    assert found["nodes"][0].items() >= {"id": "A", "label": "a", "shape": "rect", "classes": [], "link": None}.items()
    assert found["edges"][0].items() >= {
        "id": "e1", "source": "A", "target": "B", "label": "t", "stroke": "dotted", "source_head": "none", "target_head": "arrow", "length": 1,
    }.items()  # fmt: skip
    assert found["clusters"][0].items() >= {"id": "s", "title": "S", "direction": None, "members": ["B"]}.items()
