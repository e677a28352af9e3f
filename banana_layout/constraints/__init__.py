"""What must hold of a page, as values: `check(layout)` tells where it does not."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import msgspec

from banana_layout.constraints.boxes import (
    PANELS_DISJOINT,
    PANELS_IN_CELLS,
    READING_ORDER,
    aligned,
    aspect,
    equal_sizes,
    fill,
    page_count,
    safe_area,
    tallest,
    widest,
)
from banana_layout.constraints.contrast import CONTRAST, contrast
from banana_layout.constraints.drawing import (
    CONNECTORS_AVOID_TEXT,
    EDGES_AVOID_LABELS,
    EDGES_AVOID_NODES,
    INK_IN_REACH,
    NODES_APART,
)
from banana_layout.constraints.lettering import (
    LETTERS_IN_LINES,
    TEXT_DISJOINT,
    TEXT_IN_PANELS,
    TYPE_SIZE,
    body_uniform,
    min_line,
    min_size,
)
from banana_layout.constraints.picture import marked_scenes
from banana_layout.constraints.place import arrow_of, span_of
from banana_layout.constraints.said import NOTHING_LOST
from banana_layout.constraints.standard import STANDARD
from banana_layout.constraints.tiling import CELLS_EXACT, GUTTERS_EVEN, ZONES_EXACT
from banana_layout.constraints.told import DRAWN_AS_TOLD
from banana_layout.constraints.violation import Constraint, Violation, all_of, any_of, each_page
from banana_layout.constraints.wanted import asked, names
from banana_layout.layout.result import Layout
from banana_layout.source import BananaError

__all__ = [
    "CELLS_EXACT",
    "CONNECTORS_AVOID_TEXT",
    "CONTRAST",
    "DRAWN_AS_TOLD",
    "EDGES_AVOID_LABELS",
    "EDGES_AVOID_NODES",
    "GUTTERS_EVEN",
    "INK_IN_REACH",
    "LETTERS_IN_LINES",
    "NODES_APART",
    "NOTHING_LOST",
    "PANELS_DISJOINT",
    "PANELS_IN_CELLS",
    "READING_ORDER",
    "STANDARD",
    "TEXT_DISJOINT",
    "TEXT_IN_PANELS",
    "TYPE_SIZE",
    "ZONES_EXACT",
    "Constraint",
    "Violation",
    "aligned",
    "all_of",
    "any_of",
    "aspect",
    "body_uniform",
    "check",
    "contrast",
    "demand",
    "each_page",
    "equal_sizes",
    "fill",
    "marked_scenes",
    "min_line",
    "min_size",
    "names",
    "page_count",
    "safe_area",
    "tallest",
    "widest",
]


def check(layout: Layout, *constraints: Constraint) -> tuple[Violation, ...]:
    """Return every place where a layout breaks a constraint.

    None given: the standard set and what the document's front matter lists. Raises BananaError for a constraint of a panel
    that is not there, which would otherwise always hold.
    """
    _expect(layout, constraints)
    found: list[Violation] = []
    for constraint in constraints or STANDARD:
        found += _broken(constraint, layout)
    return tuple(found) if constraints else (*found, *_asked(layout))


def _expect(layout: object, constraints: Sequence[object]) -> None:
    """Raise BananaError where a program asks with something else than a layout and constraints."""
    if not isinstance(layout, Layout):
        hint = "lay it out first: constraints.check(bl.layout(document))"
        raise BananaError.single(
            f"constraints are checked of a Layout, not of a {type(layout).__name__}", hints=(hint,)
        )
    for constraint in constraints:
        if not isinstance(constraint, Constraint):
            hint = "write constraints.NODES_APART or constraints.min_size(9); for several, *constraints.STANDARD"
            raise BananaError.single(f"a constraint is asked for, not {constraint!r:.60}", hints=(hint,))
        there = {panel.id: None for page in layout.pages for panel in page.panels}
        for name in constraint.panels:
            if name not in there:
                near = difflib.get_close_matches(name, there, 1, 0.5)
                hint = f"did you mean “{near[0]}”?" if near else f"panels are {', '.join(there)}"
                raise BananaError.single(f"{constraint.name}: there is no panel “{name}”", hints=(hint,))


def demand(layout: Layout) -> None:
    """Raise BananaError with every place where a layout breaks what its document's front matter demands."""
    found = _asked(layout)
    if found:
        raise BananaError(*(v.diagnostic(layout.document.source) for v in found))


def _asked(layout: Layout) -> list[Violation]:
    """Return where a layout breaks what its document demands; what has no place of its own stands at the demand."""
    found: list[Violation] = []
    for constraint, wanted in asked(layout.document):
        found += [msgspec.structs.replace(v, span=v.span or wanted.span) for v in _broken(constraint, layout)]
    return found


def _broken(constraint: Constraint, layout: Layout) -> list[Violation]:
    """Return where a layout breaks a constraint, with names and places in the source."""
    return [_placed(msgspec.structs.replace(v, constraint=constraint.name), layout) for v in constraint.find(layout)]


def _placed(v: Violation, layout: Layout) -> Violation:
    """Return a violation with its place in the source: of its panel or block, or of the arrow whose words it concerns."""
    arrow = arrow_of(layout, v.page, v.key)
    if arrow is not None:
        hint = "shorten the arrow's label or leave it out, or give the panels it joins more room"
        return msgspec.structs.replace(v, span=v.span or arrow.span, hint=hint)
    return msgspec.structs.replace(v, span=v.span or (span_of(layout, v.panel, v.key) if v.panel else None))
