"""Mind maps as the author described them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from banana_layout.model.flowchart import LabelRun, written_text
from banana_layout.source import Span

MindShape = Literal["plain", "rect", "rounded", "circle", "cloud", "bang", "hexagon"]
"""What stands around a mind map's node."""


class MindNode(msgspec.Struct, frozen=True):
    """A node and what hangs on it."""

    id: str
    """The author's id, or the label's text."""
    label: tuple[LabelRun, ...]
    """What it says."""
    shape: MindShape = "plain"
    """What stands around it."""
    icon: str | None = None
    """What `::icon(...)` says, such as `fa fa-book`."""
    classes: tuple[str, ...] = ()
    """Classes of `:::`."""
    children: tuple[MindNode, ...] = ()
    """In the author's order."""
    span: Span | None = None
    """Where it stands in the source."""

    def to_dict(self) -> dict[str, Any]:
        """Return the node and all below it as nested plain data."""
        return {**_plain(self), "children": [child.to_dict() for child in self.children]}

    def walk(self) -> Iterator[MindNode]:
        """Yield the node and all below it, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class MindMap(msgspec.Struct, frozen=True, tag_field="kind", tag="mindmap"):
    """A whole mind map."""

    root: MindNode
    """Its centre."""
    title: str = ""
    """From the front matter."""
    description: str = ""
    """For the alternative text."""
    span: Span | None = None
    """Where it stands in the source."""
    settings: tuple[tuple[str, str], ...] = ()
    """Front matter and init directives that may mean something here, as dotted key and value; a later one wins."""

    def to_dict(self) -> dict[str, Any]:
        """Return the map as plain data: its nodes in order, each naming its parent, and the same as a tree."""
        nodes: list[dict[str, Any]] = []
        stack: list[tuple[MindNode, str | None]] = [(self.root, None)]
        while stack:
            node, parent = stack.pop()
            nodes.append({**_plain(node), "parent": parent})
            stack += [(child, node.id) for child in reversed(node.children)]
        return {
            "kind": "mindmap",
            "title": self.title,
            "description": self.description,
            "nodes": nodes,
            "tree": self.root.to_dict(),
        }


def _plain(node: MindNode) -> dict[str, Any]:
    """Return a node's own facts."""
    return {
        "id": node.id,
        "label": written_text(node.label),
        "shape": node.shape,
        "icon": node.icon,
        "classes": list(node.classes),
    }
