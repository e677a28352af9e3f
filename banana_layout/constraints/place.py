"""Where in the source something on the page was said."""

from __future__ import annotations

from typing import Any

from banana_layout.layout.result import Layout
from banana_layout.model.block import Callout, DefinitionList, Footnotes, List, Quote, Table
from banana_layout.model.document import Connector, Panel
from banana_layout.source import Span


def span_of(layout: Layout, panel: str, key: str = "") -> Span | None:
    """Return where a panel, or the block under a key such as `panel/0/2`, stands in the source; None where unknown."""
    if panel == "title":
        return next((s.title.span for s in layout.document.sheets if s.title is not None), None)
    found = next((p for s in layout.document.sheets for p in s.panels if p.id == panel), None)
    if found is None:
        return None
    return (_block_span(found, key) if key.startswith(f"{panel}/") else None) or found.span


def arrow_of(layout: Layout, page: int, key: str) -> Connector | None:
    """Return the arrow between panels whose words or strokes have a key such as `/connector/2/label/line0`."""
    steps = key.strip("/").split("/")
    if len(steps) < 2 or steps[0] != "connector" or not steps[1].isdecimal() or not 1 <= page <= len(layout.pages):
        return None
    shown = {p.id for p in layout.pages[page - 1].panels}
    for sheet in layout.document.sheets:
        found = sheet.connectors[int(steps[1])] if int(steps[1]) < len(sheet.connectors) else None
        if found is not None and found.source in shown:
            return found
    return None


def _block_span(panel: Panel, key: str) -> Span | None:
    """Return the stretch of the innermost block that a key leads to."""
    best: Span | None = None
    children: Any = panel.blocks
    for part in key[len(panel.id) + 1 :].split("/"):
        if not part.isdecimal() or int(part) >= len(children):
            break
        node = children[int(part)]
        best = getattr(node, "span", None) or best
        children = _children(node)
    return best


def _children(node: Any) -> tuple[Any, ...]:
    """Return what a block's key numbers inside it."""
    if isinstance(node, (List, DefinitionList, Footnotes)):
        return node.items
    if isinstance(node, Table):
        return ()
    if isinstance(node, (Quote, Callout)) or hasattr(node, "blocks"):
        blocks: tuple[Any, ...] = node.blocks
        return blocks
    return ()
