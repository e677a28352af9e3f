"""Mind maps as the author described them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from banana_layout.model.flowchart import LabelRun
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
