"""Sizes as the ranks see them, and the shares that places and ways agree on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size

Side = Literal["first", "last", "low", "high"]
"""A side as the ranks see it: before the first rank, after the last, before and after each rank's vertices."""

LABEL_GAP = 0.55
"""Share of the rank gap on either side of a rank of labels: the line must show before and after its label."""

LEG = 0.62
"""Share of the rank gap by which a line that turns round a node keeps off its side: an arrow head must show there."""

SPREAD = 0.3
"""How far from its middle a side's ports may lie, as a share of the side."""


class Measures(NamedTuple):
    """Sizes in the ranks' own axes: (across the ranks' flow, along it)."""

    items: Sequence[Size]
    """Each item's extents: width across, height along."""
    labels: Mapping[int, Size]
    """Each labelled edge's label."""
    titles: Sequence[Size]
    """Each frame's title, turned likewise, in the order of `Proper.bounds`."""
    title_side: Side
    """Where titles stand."""
    label_side: Literal["low", "high"]
    """Where labels stand beside their lines."""
    pinned: Mapping[tuple[int, bool], Pt] = {}
    """(edge, at its upper end) to a fixed port, from the side's middle."""
    called: Collection[tuple[int, bool]] = ()
    """Items' vertices, and whether it is their lower side, that edges from beyond the ranks meet."""

    def titled(self, frame: int, side: Side) -> bool:
        """Tell whether a frame's title stands at a side."""
        return self.title_side == side and self.titles[frame].width > 0.0
