"""Layouts drawn in box characters: frames, zones, boxes and the text in them, however crooked the drawing."""

from __future__ import annotations

from banana_layout.syntax.wireframe.arrange import Extent, Group, Mark, Pane, Part, extent, leads_on
from banana_layout.syntax.wireframe.box import Box, boxes
from banana_layout.syntax.wireframe.frame import Wireframe, Zone, find, find_all
from banana_layout.syntax.wireframe.strip import Strip, region_of

__all__ = [
    "Box",
    "Extent",
    "Group",
    "Mark",
    "Pane",
    "Part",
    "Strip",
    "Wireframe",
    "Zone",
    "boxes",
    "extent",
    "find",
    "find_all",
    "leads_on",
    "region_of",
]
