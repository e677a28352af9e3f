"""Documents as dicts and back: nothing lost, and each mistake at its JSON path."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.model import block, inline, zone
from banana_layout.model.codec import from_dict, to_dict, without_spans
from banana_layout.model.document import Connector, Document, Heading, PageSize, Panel, Settings, Sheet
from banana_layout.model.flowchart import Cluster, Edge, Flowchart, LabelRun, Node
from banana_layout.model.mindmap import MindMap, MindNode
from banana_layout.source import BananaError, Span

WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=8)
SPANS = st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda t: Span(min(t), max(t)))


def several(of, least=0, most=3):
    return st.lists(of, min_size=least, max_size=most).map(tuple)


LEAVES = st.one_of(
    st.builds(inline.Text, text=WORDS, span=SPANS),
    st.builds(inline.Code, text=WORDS, span=SPANS),
    st.builds(inline.InlineImage, path=WORDS, alt=WORDS, title=WORDS),
    st.builds(inline.SoftBreak),
    st.builds(inline.HardBreak, span=SPANS),
    st.builds(inline.FootnoteRef, label=WORDS, number=st.integers(1, 9)),
)
INLINES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        *(
            st.builds(kind, children=several(inner), span=SPANS)
            for kind in (
                inline.Strong,
                inline.Emphasis,
                inline.Strike,
                inline.Mark,
                inline.Superscript,
                inline.Subscript,
            )
        ),
        st.builds(inline.Link, url=st.sampled_from(["https://a.b", "mailto:a@b.c", "#x"]), children=several(inner)),
    ),
    max_leaves=5,
)
CONTENT = several(INLINES)
CELLS = st.builds(block.Cell, content=CONTENT, span=SPANS)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 3))
    row = several(CELLS, columns, columns)
    align = several(st.sampled_from([None, "left", "center", "right"]), columns, columns)
    return block.Table(header=draw(row), rows=draw(several(row)), align=draw(align))


RUNS = several(st.builds(LabelRun, text=WORDS, weight=st.sampled_from(["plain", "bold", "italic", "bold_italic"])))


@st.composite
def flowcharts(draw):
    ids = draw(st.lists(WORDS, min_size=2, max_size=5, unique=True))
    nodes = tuple(Node(i, draw(RUNS)) for i in ids[1:])
    ends = st.sampled_from(ids)
    edges = draw(several(st.builds(Edge, source=ends, target=ends, label=RUNS, length=st.integers(1, 10))))
    return Flowchart(draw(st.sampled_from(["TB", "LR"])), nodes, edges, (Cluster(ids[0], (), (ids[1],)),))


MINDS = st.recursive(
    st.builds(MindNode, id=WORDS, label=RUNS),
    lambda inner: st.builds(MindNode, id=WORDS, label=RUNS, children=several(inner)),
)
SIMPLE = st.one_of(
    st.builds(block.Paragraph, content=CONTENT, span=SPANS, classes=several(WORDS)),
    st.builds(block.SubHeading, level=st.integers(3, 6), content=CONTENT, id=WORDS, icon=st.none() | WORDS),
    tables(),
    st.builds(block.CodeBlock, text=WORDS, language=WORDS),
    st.builds(block.Diagram, diagram=flowcharts() | st.builds(MindMap, root=MINDS), source=WORDS),
    st.builds(block.Image, path=WORDS, alt=WORDS, width=st.none() | st.floats(0.1, 1)),
    st.builds(block.Rule),
)
BLOCKS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(
            block.List,
            items=several(
                st.builds(block.ListItem, blocks=several(inner), checked=st.sampled_from([None, True, False])), 1
            ),
            ordered=st.booleans(),
            start=st.integers(0, 9),
        ),
        st.builds(block.Quote, blocks=several(inner)),
        st.builds(block.Callout, kind=st.sampled_from(["note", "tip"]), title=CONTENT, blocks=several(inner)),
        st.builds(
            block.DefinitionList,
            items=several(st.builds(block.Definition, term=CONTENT, details=several(several(inner), 1)), 1),
        ),
        st.builds(
            block.Footnotes,
            items=several(st.builds(block.Footnote, label=WORDS, number=st.integers(1, 9), blocks=several(inner)), 1),
        ),
    ),
    max_leaves=4,
)
TRACKS = st.one_of(
    st.builds(zone.Track, weight=st.floats(0.01, 1e6)),
    st.builds(zone.Track, length=st.floats(0, 1000), least=st.none() | st.floats(0, 10)),
    st.just(zone.Track(auto=True, least=1.0, most=2.0)),
)


@st.composite
def sheets(draw):
    ids = draw(st.lists(WORDS.filter(lambda w: w != "title"), min_size=1, max_size=4, unique=True))
    panels = tuple(Panel(i, draw(CONTENT), draw(several(BLOCKS, 0, 2)), draw(st.none() | WORDS)) for i in ids)
    title = draw(st.none() | st.builds(Heading, content=CONTENT, icons=several(WORDS), subtitle=several(BLOCKS, 0, 1)))
    zones = None
    if draw(st.booleans()):
        cells = [zone.PanelCell(i, draw(TRACKS)) for i in ids] + ([zone.PanelCell("title")] if title else [])
        inner = zone.Zone(draw(TRACKS), tuple(cells[1:]), "zone-2.1")
        rest = (zone.Zone(draw(TRACKS), (zone.RowsCell((inner,)),), "zone-2"),) if len(cells) > 1 else ()
        zones = (zone.Zone(draw(TRACKS), (cells[0],), "zone-1"), *rest)
    connectors = (Connector(ids[0], ids[1], draw(WORDS)),) if len(ids) > 1 else ()
    return Sheet(panels, title, zones, connectors)


PAGES = st.builds(PageSize, width=st.floats(60, 2000), height=st.floats(60, 2000))
DOCUMENTS = st.builds(
    Document,
    settings=st.builds(Settings, page=PAGES, seed=st.integers(0, 99), keywords=several(WORDS)),
    sheets=several(sheets(), 1, 2),
)


@settings(deadline=None, max_examples=40)
@given(DOCUMENTS)
def test_documents_survive_json(document):
    """Every document comes back from its JSON as it was, with its places and without."""
    assert from_dict(json.loads(json.dumps(to_dict(document, spans=True)))) == document
    assert from_dict(json.loads(json.dumps(to_dict(document)))) == without_spans(document)


def sound() -> dict:
    """Return a small sound document as a dict."""
    table = block.Table(header=(block.Cell(()),), rows=(), align=(None,))
    chart = Flowchart("LR", (Node("a", ()), Node("b", ())), (Edge("a", "b"),))
    content = (inline.Text(text="x"), inline.Link(url="https://a.b", children=()))
    panels = (
        Panel("p", content, (table, block.Diagram(diagram=chart), block.SubHeading(level=3, content=()))),
        Panel("q", (), ()),
    )
    zones = (zone.Zone(zone.Track(weight=1.0), (zone.PanelCell("p"), zone.PanelCell("q"))),)
    return to_dict(Document(Settings(PageSize(600, 800)), (Sheet(panels, None, zones, (Connector("p", "q"),)),)))


def put(data: dict, path: str, value) -> dict:
    """Set one value of a dict by its path."""
    at = data
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        at = at[part]
    at[last] = value
    return data


MISTAKES = [
    ("version", 2, "version 2 is not known", "$.version"),
    ("extra", 1, "there is no key “extra” here", "$.extra"),
    ("sheets.0.panels.0.titel", [], "there is no key “titel” here", "$.sheets[0].panels[0].titel"),
    ("sheets", [], "a document needs a sheet", "$.sheets"),
    ("sheets.0.panels.1.id", 5, "expected a text, got 5", "$.sheets[0].panels[1].id"),
    ("sheets.0.panels.1.id", "p", "the id “p” is taken", "$.sheets[0].panels[1].id"),
    ("sheets.0.panels.1.id", "title", "the title panel's", "$.sheets[0].panels[1].id"),
    ("sheets.0.panels.0.title.0.text", "a\nb", "no line ends", "$.sheets[0].panels[0].title[0].text"),
    ("sheets.0.panels.0.title.0.text", "a\x01", "no page can show", "$.sheets[0].panels[0].title[0].text"),
    ("sheets.0.panels.0.title.0.type", "tixt", "“tixt” is not “", "$.sheets[0].panels[0].title[0].type"),
    ("sheets.0.panels.0.title.1.url", "javascript:x", "cannot be followed", "$.sheets[0].panels[0].title[1].url"),
    ("sheets.0.panels.0.blocks.0.align", [], "the header has 1 cells, this 0", "$.sheets[0].panels[0].blocks[0].align"),
    ("sheets.0.panels.0.blocks.0.rows", [[]], "this row 0", "$.sheets[0].panels[0].blocks[0].rows[0]"),
    ("sheets.0.panels.0.blocks.1.diagram.edges.0.target", "z", "there is no node “z”", "edges[0].target"),
    ("sheets.0.panels.0.blocks.2.level", 2, "a level from 3 to 6", "$.sheets[0].panels[0].blocks[2].level"),
    ("sheets.0.zones.0.cells.0.panel", "z", "there is no panel “z”", "$.sheets[0].zones"),
    ("sheets.0.zones.0.cells.0.panel", "q", "panel “q” is named twice", "$.sheets[0].zones"),
    ("sheets.0.zones.0.track.weight", 0, "a weight is above 0", "$.sheets[0].zones[0].track.weight"),
    ("sheets.0.zones.0.track.weight", None, "exactly one of", "$.sheets[0].zones[0].track"),
    ("sheets.0.zones.0.cells", [], "a zone needs a cell", "$.sheets[0].zones[0].cells"),
    ("sheets.0.connectors.0.target", "z", "there is no panel “z”", "$.sheets[0].connectors[0].target"),
    ("settings.page.width", 1, "the page's width is not between", "$.settings.page.width"),
    ("settings.page.width", float("nan"), "the page's width is not between", "$.settings.page.width"),
    ("settings.fit", "x", "expected “gentle”, “keep”, “paginate”, “rebalance” or “strict”, got “x”", "$.settings.fit"),
]


@pytest.mark.parametrize(("path", "value", "message", "place"), MISTAKES)
def test_mistakes_name_their_json_path(path, value, message, place):
    """A program learns which value is wrong and why."""
    with pytest.raises(BananaError) as caught:
        from_dict(put(sound(), path, value))
    assert message in str(caught.value)
    assert place in str(caught.value)


def test_a_sound_document_is_let_through():
    """The document the mistakes are made in is right by itself."""
    assert from_dict(sound()).sheets[0].panels[1].id == "q"


def test_what_is_no_dict_is_refused():
    """Lists, texts and endless nesting are told, not crashed on."""
    nested: dict = {"blocks": []}
    data = sound()
    for _ in range(100_000):
        nested = {"type": "quote", "blocks": [nested]}
    data["sheets"][0]["panels"][0]["blocks"] = [nested]
    for wrong in ([], "x", None, data):
        with pytest.raises(BananaError):
            from_dict(wrong)


def test_dicts_hold_json_only():
    """What comes out can be written by any JSON writer and holds no source text."""
    document = Document(Settings(PageSize(600, 800)), (Sheet(()),), None, "/folder")
    plain = to_dict(document)
    assert json.loads(json.dumps(plain)) == plain
    assert "source" not in plain


def test_spans_are_taken_out_everywhere():
    """Without its places a model is equal to one a program makes."""
    made = inline.Strong(span=Span(0, 5), children=(inline.Text(span=Span(2, 3), text="x"),))
    assert without_spans((made,)) == (inline.Strong(children=(inline.Text(text="x"),)),)
    untouched = (inline.Text(text="x"),)
    assert without_spans(untouched) is untouched
    assert msgspec.structs.replace(made, span=None) != without_spans(made)
