"""The diagrams that are drawn."""

from __future__ import annotations

from typing import Any

from banana_layout.diagrams.flowchart.place import place as place_flowchart
from banana_layout.kind import Kind
from banana_layout.layout.contract import Context, Room
from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap
from banana_layout.scene.frame import Frame


def place_mindmap(node: Any, room: Room, context: Context) -> Frame:
    """Place a mind map; what draws it is imported when there is one."""
    from banana_layout.diagrams.mindmap.place import place

    return place(node, room, context)


KINDS: tuple[Kind, ...] = (Kind(Flowchart, place_flowchart), Kind(MindMap, place_mindmap))
"""One row a diagram: the model's node inside a Diagram block, and who places that block."""
