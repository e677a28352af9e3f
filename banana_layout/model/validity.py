"""What must hold of a document beyond its types; reading Markdown ensures it, a program may get it wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from banana_layout.model.block import DefinitionList, Footnote, Footnotes, Image, List, SubHeading, Table
from banana_layout.model.document import Document, PageSize, Sheet
from banana_layout.model.flowchart import Edge, Flowchart, Node
from banana_layout.model.inline import FootnoteRef, Link, Text
from banana_layout.model.target import target
from banana_layout.model.zone import PanelCell, RowsCell, Track, Zone

DEEPEST = 400
"""Values may be nested this deep, which is more than Markdown's hundred blocks need."""

SMALLEST_PAGE, LARGEST_PAGE = 56.0, 14_400.0
"""Extents of a page in points: 20 mm, and PDF's bound (ISO 32000-1, annex C)."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Problem = tuple[str, str]
"""A JSON path and what is wrong there."""


def problems(document: Document) -> list[Problem]:
    """Return what is wrong with a document, in reading order; nothing for a sound one."""
    found: list[Problem] = []
    stack: list[tuple[Any, str, int]] = [(document, "$", 0)]
    while stack:
        value, path, depth = stack.pop()
        if depth > DEEPEST:
            return [(path[:80] + "…", "it is nested too deep")]
        if isinstance(value, msgspec.Struct):
            check = _CHECKS.get(type(value))
            if check is not None:
                found.extend((path + where, message) for where, message in check(value))
            names = [
                name for name in value.__struct_fields__ if name not in ("span", "source") or isinstance(value, Edge)
            ]
            stack.extend((getattr(value, name), f"{path}.{name}", depth + 1) for name in reversed(names))
        elif isinstance(value, tuple):
            stack.extend((item, f"{path}[{i}]", depth + 1) for i, item in reversed(tuple(enumerate(value))))
        elif isinstance(value, str) and _UNPRINTABLE.search(value):
            found.append((path, "the text holds a character no page can show"))
    return found


def _document(document: Document) -> Iterator[Problem]:
    if not document.sheets:
        yield ".sheets", "a document needs a sheet"


def _page(page: PageSize) -> Iterator[Problem]:
    for name in ("width", "height"):
        if not SMALLEST_PAGE <= getattr(page, name) <= LARGEST_PAGE:
            yield f".{name}", f"the page's {name} is not between {SMALLEST_PAGE:g} and {LARGEST_PAGE:g} points"


def _sheet(sheet: Sheet) -> Iterator[Problem]:
    ids = [panel.id for panel in sheet.panels]
    for index, name in enumerate(ids):
        if not name:
            yield f".panels[{index}].id", "a panel needs an id"
        elif name == "title":
            yield f".panels[{index}].id", "the id “title” is the title panel's"
        elif name in ids[:index]:
            yield f".panels[{index}].id", f"the id “{name}” is taken"
    known = ids + (["title"] if sheet.title else [])
    for index, connector in enumerate(sheet.connectors):
        for name in ("source", "target"):
            if getattr(connector, name) not in known:
                yield f".connectors[{index}].{name}", f"there is no panel “{getattr(connector, name)}”"
        if connector.source == connector.target:
            yield f".connectors[{index}]", "a connector leads from a panel to another"
    if sheet.zones is None:
        return
    if not sheet.zones:
        yield ".zones", "a layout needs a zone"
    named = list(_named(sheet.zones))
    for name in dict.fromkeys(named):
        if name not in known:
            yield ".zones", f"there is no panel “{name}”"
        elif named.count(name) > 1:
            yield ".zones", f"panel “{name}” is named twice"
    for name in known:
        if name not in named:
            yield ".zones", f"panel “{name}” has no place"


def _named(zones: tuple[Zone, ...]) -> Iterator[str]:
    """Yield the panels that zones name; those nested too deep are told of elsewhere."""
    stack: list[Zone | PanelCell | RowsCell] = list(reversed(zones))
    while stack:
        item = stack.pop()
        if isinstance(item, PanelCell):
            yield item.panel
        else:
            stack.extend(reversed(item.cells if isinstance(item, Zone) else item.rows))


def _zone(zone: Zone) -> Iterator[Problem]:
    if not zone.cells:
        yield ".cells", "a zone needs a cell"


def _rows(cell: RowsCell) -> Iterator[Problem]:
    if not cell.rows:
        yield ".rows", "a divided cell needs a row"


def _track(track: Track) -> Iterator[Problem]:
    if (track.weight is not None) + (track.length is not None) + track.auto != 1:
        yield "", "a track has exactly one of weight, length and auto"
    if track.weight is not None and not (0 < track.weight < math.inf):
        yield ".weight", "a weight is above 0"
    for name in ("length", "least", "most"):
        value = getattr(track, name)
        if value is not None and not 0 <= value <= LARGEST_PAGE:
            yield f".{name}", f"a length is between 0 and {LARGEST_PAGE:g} points"
    if track.least is not None and track.most is not None and track.least > track.most:
        yield ".least", "the least size is larger than the most"


def _text(text: Text) -> Iterator[Problem]:
    if "\n" in text.text or "\r" in text.text:
        yield ".text", "a text has no line ends; use softbreak or hardbreak"


def _link(link: Link) -> Iterator[Problem]:
    found = target(link.url)
    if not found.url:
        yield ".url", f"the link cannot be followed: {found.reason}"


def _node(node: Node) -> Iterator[Problem]:
    if node.link is not None and not target(node.link).url:
        yield ".link", f"the link cannot be followed: {target(node.link).reason}"


def _table(table: Table) -> Iterator[Problem]:
    if not table.header:
        yield ".header", "a table needs a column"
    if len(table.align) != len(table.header):
        yield ".align", f"the header has {len(table.header)} cells, this {len(table.align)}"
    for index, row in enumerate(table.rows):
        if len(row) != len(table.header):
            yield f".rows[{index}]", f"the header has {len(table.header)} cells, this row {len(row)}"


def _list(block: List) -> Iterator[Problem]:
    if not block.items:
        yield ".items", "a list needs an item"
    if not 0 <= block.start < 10**9:
        yield ".start", "a list's first number is between 0 and 999999999"


def _definitions(block: DefinitionList) -> Iterator[Problem]:
    if not block.items:
        yield ".items", "a definition list needs a term"


def _footnotes(block: Footnotes) -> Iterator[Problem]:
    if not block.items:
        yield ".items", "there are no footnotes"


def _number(note: Footnote | FootnoteRef) -> Iterator[Problem]:
    if note.number < 1:
        yield ".number", "a footnote's number is 1 or more"


def _heading(heading: SubHeading) -> Iterator[Problem]:
    if not 3 <= heading.level <= 6:
        yield ".level", "a heading in a panel has a level from 3 to 6"


def _image(image: Image) -> Iterator[Problem]:
    if image.width is not None and not 0 < image.width <= 1:
        yield ".width", "an image's width is a share above 0 and up to 1"


def _flowchart(chart: Flowchart) -> Iterator[Problem]:
    ids = [node.id for node in chart.nodes] + [cluster.id for cluster in chart.clusters]
    known = set(ids)
    if len(known) < len(ids):
        twice = next(name for i, name in enumerate(ids) if name in ids[:i])
        yield ".nodes", f"the id “{twice}” is taken"
    for index, edge in enumerate(chart.edges):
        for name in ("source", "target"):
            if getattr(edge, name) not in known:
                yield f".edges[{index}].{name}", f"there is no node “{getattr(edge, name)}”"
    for index, cluster in enumerate(chart.clusters):
        for name in (*cluster.members, *((cluster.parent,) if cluster.parent is not None else ())):
            if name not in known:
                yield f".clusters[{index}]", f"there is no node or cluster “{name}”"


def _edge(edge: Edge) -> Iterator[Problem]:
    if not 1 <= edge.length <= 10:
        yield ".length", "an edge's length is 1 to 10 ranks"


_CHECKS: dict[type, Callable[[Any], Iterator[Problem]]] = {
    Document: _document,
    PageSize: _page,
    Sheet: _sheet,
    Zone: _zone,
    RowsCell: _rows,
    Track: _track,
    Text: _text,
    Link: _link,
    Node: _node,
    Table: _table,
    List: _list,
    DefinitionList: _definitions,
    Footnotes: _footnotes,
    Footnote: _number,
    FootnoteRef: _number,
    SubHeading: _heading,
    Image: _image,
    Flowchart: _flowchart,
    Edge: _edge,
}
"""Each type's checks; they yield paths below the value."""
