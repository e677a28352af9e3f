"""What the automatic layout expects of panels before it places them: what diagrams need, what looks empty, what may be broken."""

from __future__ import annotations

import math

from banana_layout.geometry.point import Pt
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context
from banana_layout.layout.flow import LEAST_DRAWING
from banana_layout.model.block import Callout, Cards, CodeBlock, Diagram, Quote, Table
from banana_layout.model.document import Panel
from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap

DRAWING = (0.3, 0.42)
"""Height of a diagram the automatic layout plans with, beside what every diagram needs, as a share of its width: least and most
at the least size of text …"""
BROAD = 183.0
"""… up to this width, in millimetres: a very broad one need not be as high …"""
NODE_AREA = {Flowchart: (48.0, 62.0), MindMap: (24.0, 31.0)}
"""… and between them the room its nodes take with the lines about them, in square em of words as large as the text, measured
on sheets. The second takes more height still as the text grows, so that a diagram's words grow with it."""
TALL = 1.3
"""It is planned no higher than this share of its width for it."""
BOXED = 0.5
"""What draws boxes of its own across the whole row looks so much less empty."""


def drawing(panel: Panel, width: Pt, size: Pt, context: Context) -> float:
    """Return the height a panel's diagrams are planned with, as a share of their width: what their words need at a size."""
    charts = [b for b in panel.blocks if isinstance(b, Diagram)]
    if not charts:
        return 0.0
    anatomy: Anatomy = context.memo["anatomy"]
    broad = min(width, BROAD * anatomy.unit)
    basic = LEAST_DRAWING * size
    area, more = (math.fsum(each) / len(charts) for each in zip(*map(_room, charts), strict=True))
    usual = max(DRAWING[0] * broad, min(basic + DRAWING[1] * broad, area * size**2 / width))
    grown = min(TALL * width, more * (size**2 - context.theme.type.body_min_pt**2) / width)
    return max(0.0, max(usual, grown) - basic) / width


def _room(block: Diagram) -> tuple[float, float]:
    """Return the room a diagram's nodes take, in square em: usually, and as the text grows."""
    drawn = block.diagram
    count = len(drawn.nodes) if isinstance(drawn, Flowchart) else sum(1 for _ in drawn.root.walk())
    one, more = NODE_AREA[type(drawn)]
    return one * count, more * count


def emptiness(panel: Panel, broad: Pt, half: Pt) -> float:
    """Return how empty a panel alone in its row looks, from 0 to 1, by its heights in the whole width and in half of it."""
    empty = 0.0 if draws(panel) else max(0.0, min(1.0, 2.0 - half / broad))
    boxed = all(isinstance(b, (Callout, Cards, CodeBlock, Quote, Table)) for b in panel.blocks)
    return empty * (BOXED if boxed else 1.0)


def stiff(panel: Panel) -> bool:
    """Tell whether a panel holds what reads badly when its lines are broken."""
    return any(isinstance(b, (CodeBlock, Table)) for b in panel.blocks)


def draws(panel: Panel) -> bool:
    """Tell whether a panel holds a diagram."""
    return any(isinstance(b, Diagram) for b in panel.blocks)
