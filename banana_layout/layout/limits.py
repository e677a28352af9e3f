"""How much a document may hold: what is beyond is refused by name before any work is done.

Within the limits every page ends in well under a minute, whatever is written in it; `tests/hostile` holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from banana_layout.model.block import (
    Callout,
    Cards,
    CodeBlock,
    DefinitionList,
    Diagram,
    Footnotes,
    List,
    Paragraph,
    Quote,
    SubHeading,
    Table,
)
from banana_layout.model.document import Document, Panel
from banana_layout.model.flowchart import Flowchart, label_text
from banana_layout.model.inline import plain_text
from banana_layout.model.mindmap import MindMap
from banana_layout.source import BananaError, Diagnostic, Source, Span

NESTING = 100
"""Deepest nesting of blocks."""
NODES = 2_000
"""Most nodes of a diagram."""
EDGES = 5_000
"""Most edges of a diagram."""
CLUSTERS = 500
"""Most subgraphs of a diagram."""
PANELS = 5_000
"""Most panels of a document."""
PAGES = 200
"""Most pages of a document."""
CONNECTORS = 500
"""Most arrows between the panels of a sheet."""
HEADING = 1_000
"""Most characters of a title or a heading."""
TEXT = 200_000
"""Most characters of a panel."""
CELLS = 5_000
"""Most cells of a table."""
COLUMNS = 100
"""Most columns of a table."""
LINES = 5_000
"""Most lines of a block of code."""
ITEMS = 5_000
"""Most items of a list."""
CARDS = 500
"""Most boxes of a drawing, and most arrows between them."""
EXTENT = 20_000
"""Most points that a lone diagram may be asked to be wide or high."""


class _Count(NamedTuple):
    """Something counted."""

    what: str
    """Its name in the message, in the plural."""
    amount: int
    """How many there are."""
    limit: int
    """How many there may be."""
    where: Any
    """What has a span."""


def check_document(document: Document) -> None:
    """Raise BananaError naming every limit a document is beyond."""
    found: list[Diagnostic] = []
    panels = sum(len(s.panels) for s in document.sheets)
    counts = [_Count("panels", panels, PANELS, None), _Count("pages", len(document.sheets), PAGES, None)]
    for sheet in document.sheets:
        counts.append(_Count("connectors", len(sheet.connectors), CONNECTORS, (*sheet.connectors, None)[0]))
        if sheet.title is not None:
            counts.append(_Count("characters in the title", len(plain_text(sheet.title.content)), HEADING, sheet.title))
            counts += _blocks(sheet.title.subtitle, 1, sheet.title)
        for panel in sheet.panels:
            counts += _panel(panel)
    found = [_told(c, document.source) for c in counts if c.amount > c.limit]
    if found:
        raise BananaError(*found[:10])


def check_diagram(block: Diagram, source: Source | None) -> None:
    """Raise BananaError where a diagram by itself is beyond a limit."""
    found = [_told(c, source) for c in _diagram(block) if c.amount > c.limit]
    if found:
        raise BananaError(*found)


def check_extent(name: str, extent: float | None) -> None:
    """Raise BananaError where a width or height in points that a program asks for is no length or beyond EXTENT."""
    if extent is not None and not isinstance(extent, (int, float)):
        raise BananaError.single(f"a {name} is a number of points, not {extent!r:.60}")
    if extent is not None and not 0 < extent <= EXTENT:
        message = f"a {name} of {extent:g} pt makes no picture; it must be above 0 and at most {EXTENT:,}"
        raise BananaError.single(message)


def check_pages(count: int) -> None:
    """Raise BananaError where a document has become too many pages."""
    if count > PAGES:
        raise too_many_pages()


def too_many_pages() -> BananaError:
    """Return what is raised where a document becomes more than PAGES pages."""
    return BananaError.single(
        f"the document has more than {PAGES} pages", hints=("split the document", "or choose a larger page")
    )


def _told(found: _Count, source: Source | None) -> Diagnostic:
    """Return what is to be said about a limit."""
    span: Span | None = getattr(found.where, "span", None)
    message = f"there are {found.amount:,} {found.what}; the limit is {found.limit:,}"
    return Diagnostic("error", message, span, ("split it, or leave some out",), source)


def _panel(panel: Panel) -> Iterator[_Count]:
    """Yield what is counted in a panel."""
    yield _Count("characters in a heading", len(plain_text(panel.title)), HEADING, panel)
    yield _Count("characters in a panel", sum(len(t) for t in _texts(panel.blocks)), TEXT, panel)
    yield from _blocks(panel.blocks, 1, panel)


def _blocks(blocks: tuple[Any, ...], depth: int, around: Any) -> Iterator[_Count]:
    """Yield what is counted in blocks and inside them."""
    if depth > NESTING:
        yield _Count("levels of nesting", depth, NESTING, around)
        return
    for block in blocks:
        if isinstance(block, Diagram):
            yield from _diagram(block)
        elif isinstance(block, Table):
            yield _Count("columns in a table", len(block.header), COLUMNS, block)
            yield _Count("cells in a table", len(block.header) * (1 + len(block.rows)), CELLS, block)
        elif isinstance(block, CodeBlock):
            yield _Count("lines of code", block.text.count("\n") + 1, LINES, block)
        elif isinstance(block, SubHeading):
            yield _Count("characters in a heading", len(plain_text(block.content)), HEADING, block)
        elif isinstance(block, (List, DefinitionList, Footnotes)):
            yield _Count("items in a list", len(block.items), ITEMS, block)
        elif isinstance(block, Cards):
            yield _Count("boxes in a drawing", len(block.cards), CARDS, block)
            yield _Count("arrows in a drawing", len(block.links), CARDS, block)
        for inner in _inside(block):
            yield from _blocks(inner, depth + 1, block)


def _diagram(block: Diagram) -> Iterator[_Count]:
    """Yield what is counted in a diagram."""
    diagram = block.diagram
    if isinstance(diagram, Flowchart):
        yield _Count("nodes in a flowchart", len(diagram.nodes), NODES, block)
        yield _Count("edges in a flowchart", len(diagram.edges), EDGES, block)
        yield _Count("subgraphs in a flowchart", len(diagram.clusters), CLUSTERS, block)
        labels = [n.label for n in diagram.nodes] + [e.label for e in diagram.edges]
    else:
        assert isinstance(diagram, MindMap)
        nodes = list(diagram.root.walk())
        yield _Count("nodes in a mind map", len(nodes), NODES, block)
        labels = [n.label for n in nodes]
    yield _Count("characters in a diagram", sum(len(label_text(v)) for v in labels), TEXT, block)


def _inside(block: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the lists of blocks inside a block."""
    if isinstance(block, (List, Footnotes)):
        for item in block.items:
            yield item.blocks
    elif isinstance(block, DefinitionList):
        for definition in block.items:
            yield from definition.details
    elif isinstance(block, (Quote, Callout)):
        yield block.blocks
    elif isinstance(block, Cards):
        for card in block.cards:
            yield card.blocks


def _texts(blocks: tuple[Any, ...]) -> Iterator[str]:
    """Yield the texts of blocks, without recursion: this runs before nesting is known to be sane."""
    stack = list(blocks)
    while stack:
        block = stack.pop()
        if isinstance(block, (Paragraph, SubHeading)):
            yield plain_text(block.content)
        elif isinstance(block, CodeBlock):
            yield block.text
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row:
                    yield plain_text(cell.content)
        elif isinstance(block, Cards):
            yield from (
                plain_text(words) for words in (*(c.title for c in block.cards), *(a.label for a in block.links))
            )
        for inner in _inside(block):
            stack.extend(inner)
