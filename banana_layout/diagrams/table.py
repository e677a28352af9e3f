"""The diagrams that are drawn."""

from __future__ import annotations

from banana_layout.diagrams.flowchart.place import place as place_flowchart
from banana_layout.diagrams.mindmap.place import place as place_mindmap
from banana_layout.kind import Kind
from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap

KINDS: tuple[Kind, ...] = (Kind(Flowchart, place_flowchart), Kind(MindMap, place_mindmap))
"""One row a diagram: the model's node inside a Diagram block, and who places that block."""
