"""The constraints every page must meet."""

from __future__ import annotations

from banana_layout.constraints.boxes import PANELS_DISJOINT, PANELS_IN_CELLS, READING_ORDER, safe_area
from banana_layout.constraints.contrast import CONTRAST
from banana_layout.constraints.drawing import (
    CONNECTORS_AVOID_TEXT,
    EDGES_AVOID_LABELS,
    EDGES_AVOID_NODES,
    INK_IN_REACH,
    NODES_APART,
)
from banana_layout.constraints.lettering import LETTERS_IN_LINES, TEXT_DISJOINT, TEXT_IN_PANELS, TYPE_SIZE
from banana_layout.constraints.said import NOTHING_LOST
from banana_layout.constraints.tiling import CELLS_EXACT, GUTTERS_EVEN, ZONES_EXACT
from banana_layout.constraints.told import DRAWN_AS_TOLD

STANDARD = (
    ZONES_EXACT,
    CELLS_EXACT,
    GUTTERS_EVEN,
    PANELS_DISJOINT,
    PANELS_IN_CELLS,
    safe_area(3.0),
    READING_ORDER,
    LETTERS_IN_LINES,
    TEXT_IN_PANELS,
    TEXT_DISJOINT,
    TYPE_SIZE,
    CONTRAST,
    NOTHING_LOST,
    NODES_APART,
    EDGES_AVOID_NODES,
    EDGES_AVOID_LABELS,
    CONNECTORS_AVOID_TEXT,
    INK_IN_REACH,
    DRAWN_AS_TOLD,
)
"""What `check` looks for where nothing else is asked."""
