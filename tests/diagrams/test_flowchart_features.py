"""Pictures, colours, curves, titles, folding: what authors ask for beyond boxes and arrows."""

from __future__ import annotations

import itertools
import struct
import zlib
from typing import Any

import msgspec
import pytest

from banana_layout import constraints, layout, read
from banana_layout.color import Color
from banana_layout.diagrams.flowchart.place import place
from banana_layout.diagrams.ink import inks, node_pair, words_ink
from banana_layout.geometry.point import Point
from banana_layout.layout.contract import Room
from banana_layout.model.block import Diagram
from banana_layout.model.flowchart import Style
from banana_layout.scene.item import Group, Image, Link
from banana_layout.source import Source
from banana_layout.syntax import mermaid


def all_items(items: Any) -> list[Any]:
    """Return all items, those in groups too."""
    out = []
    for item in items:
        out.append(item)
        if isinstance(item, Group):
            out += all_items(item.children)
    return out


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_image_nodes_show_their_picture_in_its_proportions(panel, tmp_path):
    """`img` opens a file below the document's folder; it keeps its shape, and the label stands below."""
    (tmp_path / "cat.png").write_bytes(png(40, 20))
    model = mermaid.read(Source("c", 'flowchart LR\nA@{ img: "cat.png", label: "Cat", h: 64 } --> B')).value
    context = msgspec.structs.replace(panel.context(), base=str(tmp_path))
    frame = place(Diagram(diagram=model), Room(400.0, 200.0), context)
    (shown,) = [i for i in all_items(frame.flattened(0.0, 0.0)) if isinstance(i, Image)]
    assert shown.rect.w / shown.rect.h == pytest.approx(2.0)
    text = frame.group.facts.nodes[0].text
    assert text.y >= shown.rect.bottom


def test_a_missing_picture_is_warned_of_and_named(panel):
    """Nothing is dropped silently."""
    facts = panel.facts('flowchart LR\nA@{ img: "cat.png" } --> B')
    assert facts.nodes[0].text.w > 0
    assert any("cat.png" in w.message for w in panel.warnings)


def test_icons_stand_bare_or_in_the_form_asked_for(panel):
    """An icon without a form has no outline; an unknown one is told by its name."""
    facts = panel.facts('flowchart LR\nA@{ icon: "fa:user" } --> B@{ icon: "fa:no-such-thing" }')
    assert facts.nodes[0].text.w == 0
    assert facts.nodes[1].text.w > 0
    assert any("no-such-thing" in w.message for w in panel.warnings)


def test_colours_are_the_theme_s_pens_unless_faithful_is_asked(panel):
    """`colors: faithful` keeps the author's fill, with words that read on it."""
    dark = Color.parse("#111827")
    style = Style((("fill", "#111827"),))
    mapped, faithful = inks(panel.context()), inks(panel.context(), (("colors", "faithful"),))
    assert node_pair("blue", style, mapped).tint != dark
    assert node_pair("blue", style, faithful).tint == dark
    assert words_ink(style, mapped) == panel.theme.ink
    assert words_ink(style, faithful).contrast(dark) >= 4.5


def test_links_lie_over_their_nodes(panel):
    """`click` becomes a link as large as its node, named by the tooltip."""
    frame = panel.frame('flowchart LR\nA --> B\nclick A "https://example.com" "Go there"')
    (link,) = [i for i in all_items(frame.flattened(0.0, 0.0)) if isinstance(i, Link)]
    assert link.rect == frame.group.facts.nodes[0].rect


@pytest.mark.parametrize(
    "asked",
    [
        '%%{init: {"flowchart": {"curve": "linear"}}}%%\nflowchart TD\nA --> B & C',
        "flowchart TD\nA --> B & C\nlinkStyle default interpolate linear",
        "flowchart TD\nA e1@--> B\nA e2@--> C\ne1@{ curve: linear }\ne2@{ curve: linear }",
    ],
)
def test_linear_edges_are_straight(panel, asked):
    """`curve: linear` by directive, by linkStyle and by an edge's own settings."""
    for edge in panel.facts(asked, 100, 90, keep=True).edges:
        first, last = edge.points[0], edge.points[-1]
        length = first.distance(last)
        for p in edge.points:
            away = abs((last.x - first.x) * (p.y - first.y) - (last.y - first.y) * (p.x - first.x)) / length
            assert away < 0.5


def test_stepped_edges_go_along_the_axes(panel):
    """`curve: step` has no slanted legs."""
    facts = panel.facts('%%{init: {"flowchart": {"curve": "step"}}}%%\nflowchart TD\nA --> B & C', 100, 90, keep=True)
    for edge in facts.edges:
        for p, q in zip(edge.points, edge.points[1:], strict=False):
            assert min(abs(p.x - q.x), abs(p.y - q.y)) < 0.01


def test_the_front_matter_s_direction_stands_above_the_header_s(panel):
    """`direction: LR` turns a TD chart."""
    facts = panel.facts("---\ndirection: LR\n---\nflowchart TD\nA --> B --> C", 150, 40)
    assert facts.direction == "LR"


def test_long_titles_of_clusters_are_broken(panel):
    """A long title does not make the frame as wide as itself."""
    title = "A very long title of a cluster that never ends at all really"
    facts = panel.facts(f"flowchart TB\nsubgraph one[{title}]\na --> b\nend", 90, 90)
    assert facts.font_size > 14


def test_edges_leave_a_decision_by_both_slopes(panel):
    """Two exits do not share the tip."""
    facts = panel.facts("flowchart TD\nA{Valid?} -->|yes| B[Process]\nA -->|no| C[Reject]", 120, 100, keep=True)
    (a, b) = (e.points[0] for e in facts.edges)
    assert a.distance(b) > 0.2 * facts.nodes[0].rect.w


def test_a_loop_keeps_its_size_where_the_chart_is_stretched(panel):
    """A loop beside a node in a tall panel is no larger than the node."""
    facts = panel.facts("flowchart TD\nA[Wait] --> A\nA --> B[Run]\nB --> C[Report]", 80, 200, keep=True)
    loop = facts.edges[0].points
    box = facts.nodes[0].rect
    assert max(p.x for p in loop) - box.right < 0.7 * box.w
    assert all(isinstance(p, Point) for p in loop)


def test_rows_of_a_folded_chain_end_together(panel):
    """A folded chain's rows are justified as far as that looks well."""
    chain = " --> ".join(f"n{i}[Step number {i}]" for i in range(8))
    facts = panel.facts(f"flowchart LR\n{chain}", 190, 90)
    assert facts.rows > 1
    rows: dict[int, list[float]] = {}
    for n in facts.nodes:
        rows.setdefault(round(n.rect.center.y), []).extend((n.rect.x, n.rect.right))
    widths = [max(xs) - min(xs) for xs in rows.values() if len(xs) > 2]
    assert min(widths) > 0.8 * max(widths)


def test_rows_alternate_only_where_one_arrow_leads_on(panel):
    """Where two edges pass between rows, the next row starts at the left again."""
    two = (
        "flowchart LR\n"
        + "\n".join(f"a{i} --> a{i + 1}\nb{i} --> b{i + 1}" for i in range(9))
        + "\na0 --> b0\na9 --> b9"
    )
    facts = panel.facts(two, 100, 100)
    if facts.rows > 1 and facts.direction == "LR":
        x = {n.id: n.rect.x for n in facts.nodes}
        forward = sum(x[f"a{i + 1}"] > x[f"a{i}"] for i in range(9))
        assert forward >= 9 - (facts.rows - 1)


def test_a_last_word_of_one_sign_stays_in_line(panel):
    """ "Step 2" is not broken before its number."""
    facts = panel.facts("flowchart TD\nA[grandchild 2] --> B[grandchild 3]", 30, 60)
    assert all(n.text.h < 1.6 * facts.font_size for n in facts.nodes)


@pytest.mark.parametrize("order", ["D --> A --> B", "A --> D --> B", "A --> B --> D"])
@pytest.mark.parametrize("shape", ["[/long slanted label/]", "[\\long slanted label\\]"])
def test_a_parallelogram_reaches_into_the_gaps_and_never_out(panel, order, shape):
    """In a row, a slanted node's points stand nearer to its neighbours than boxes do, on no neighbour and in the room."""
    facts = panel.facts(f"flowchart LR\nD{shape}\n{order}\nA[some box] --> B[another box]", 120, 40, keep=True)
    boxes = sorted((n.rect for n in facts.nodes), key=lambda r: r.x)
    assert all(facts.rect.holds(r, 0.01) for r in boxes)
    assert all(b.x - a.right > 0.2 * facts.font_size for a, b in itertools.pairwise(boxes))
    text = next(n.text for n in facts.nodes if n.id == "D")
    assert next(n.rect for n in facts.nodes if n.id == "D").w > text.w + 0.4 * facts.font_size


@pytest.mark.parametrize(("width", "height", "rows"), [(70, 60, 3), (140, 60, 2)])
def test_rows_of_as_many_nodes_stand_in_columns(panel, width, height, rows):
    """Where the room allows it, a row's nodes stand under those of the row above, and the turn is upright."""
    chart = "flowchart LR\nA[One] --> B[Second] --> C[Third] --> D[Fourth] --> E[Five] --> F[Six]"
    facts = panel.facts(chart, width, height)
    assert facts.rows == rows
    found: dict[int, list[float]] = {}
    for n in facts.nodes:
        found.setdefault(round(n.rect.center.y), []).append(n.rect.center.x)
    first, *others = (sorted(xs) for xs in found.values())
    assert len(others) == rows - 1
    assert all(xs == pytest.approx(first, abs=0.5) for xs in others)


def test_a_turn_between_rows_stands_upright(panel):
    """Where the last node of a row and the first of the next differ in width, the arrow between them still stands upright."""
    chart = "flowchart LR\nA[Rinse the filter]-->B[Add coffee]-->C[Bloom]-->D[Pour in circles]-->E[Wait]-->F[Drink]"
    facts = panel.facts(chart, 182, 118)
    turn = next(e for e in facts.edges if e.source == "C")
    assert facts.rows == 2
    assert turn.points[0].x == pytest.approx(turn.points[-1].x, abs=0.5)


@pytest.mark.parametrize("rest", ["", "n0 --> n0", "n1[b]", "n1[b] --> n2[c]", r"n1[\token token token\]"])
@pytest.mark.parametrize("row", ["10: [a, b]", "10: [{a: 3}, {b: 1}]", "30: [{a: 1}, {b: 3}]"])
def test_a_slanted_node_alone_in_its_row_stays_in_its_diagram(rest: str, row: str) -> None:
    """A parallelogram's points reach into the gaps beside it only where there are gaps."""
    head = f"---\nlayout:\n  - 12: title\n  - 10: o\n  - {row}\n---\n# T\n\n## O\n\n## A\n\n## B\n\n"
    laid = layout(read(f"{head}```mermaid\nflowchart LR\n  n0[/token token token/]\n  {rest}\n```\n"))
    assert constraints.check(laid) == ()
