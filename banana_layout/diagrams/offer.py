"""What every diagram does with the room it is offered: its natural size or the room's, and a word about small text."""

from __future__ import annotations

import math
from typing import NamedTuple

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.source import BananaError, Diagnostic, Span

BESIDE = 14.0
"""Size in points of the text around a diagram that the largest size goes with; beside smaller text it is as much smaller."""


class Offer(NamedTuple):
    """A room as a diagram sees it."""

    natural: bool
    """Whether the diagram may choose its height: it then stands at its natural size."""
    outer: Size
    """All of the room."""
    inner: Size
    """The room less the margin kept for ink."""
    largest: Pt
    """Text never grows beyond."""

    def around(self, extent: Size, margin: Insets) -> Offer:
        """Return the offer shrunk to what a diagram takes, where it stands at its natural size."""
        if not self.natural:
            return self
        outer = Size(extent.width + margin.across, extent.height + margin.down)
        return self._replace(outer=outer, inner=extent)


def offered(room: Room, margin: Insets, tallest: float, largest: tuple[Pt, float]) -> Offer:
    """Return a room's offer to a diagram.

    `tallest` is the height over the width it may take where it chooses its height; `largest` its text's largest size in a
    panel, and how many times the text around it that may be where it stands at its natural size.
    """
    natural = room.height is None
    outer = Size(room.width, room.height if room.height is not None else room.width * tallest)
    inner = Size(max(1.0, outer.width - margin.across), max(1.0, outer.height - margin.down))
    most, share = largest
    most *= min(1.0, room.size / BESIDE)  # a chart of few words would shout beside small text
    return Offer(natural, outer, inner, min(most, room.size * share) if natural else most)


def judge(size: Pt, what: str, span: Span | None, hints: tuple[str, ...], context: Context) -> None:
    """Refuse text that nobody can read, warn of text that few can; `what` names the kind of diagram.

    Raises:
        BananaError: the text would be smaller than the theme allows.
    """
    scale = context.theme.type
    name = f"the {what} in panel {context.key.split('/', 1)[0]!r}"
    hints = ("give the panel more room", *hints)
    if size < scale.node_min_pt:
        # rounded down, so that the message never contradicts itself
        message = f"{name} fits only at {math.floor(10 * size) / 10:g} pt; {scale.node_min_pt:g} pt is the least"
        raise BananaError(Diagnostic("error", message, span, hints, context.source))
    if size < scale.node_warn_pt:
        message = f"{name} is set at {size:.1f} pt, which is hard to read"
        context.warn(Diagnostic("warning", message, span, hints, context.source))
