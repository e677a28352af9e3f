"""How a page is divided: rows of cells, to any depth."""

from __future__ import annotations

import msgspec

from banana_layout.source import Span


class Track(msgspec.Struct, frozen=True):
    """How large a row or a column is, as CSS grid sizes its tracks.

    Exactly one of `weight`, `length` and `auto` holds; `least` and `most` bound any of them.
    """

    weight: float | None = None
    """Share of what lengths and auto tracks leave; above 0."""
    length: float | None = None
    """A fixed extent in points; 0 or more."""
    auto: bool = False
    """Whether the content's need decides."""
    least: float | None = None
    """Never smaller, in points."""
    most: float | None = None
    """Never larger, in points."""


EQUAL = Track(weight=1.0)
"""What a cell gets when the author says nothing."""


class PanelCell(msgspec.Struct, frozen=True, tag_field="type", tag="panel"):
    """A cell that holds one panel."""

    panel: str
    """The panel's id; `title` names the title panel."""
    track: Track = EQUAL
    """Its width within its zone."""
    span: Span | None = None
    """Where it is named in the source."""


class RowsCell(msgspec.Struct, frozen=True, tag_field="type", tag="rows"):
    """A cell that is divided again."""

    rows: tuple[Zone, ...]
    """Its rows, top to bottom; at least one."""
    track: Track = EQUAL
    """Its width within its zone."""
    span: Span | None = None
    """Where it stands in the source."""


AnyCell = PanelCell | RowsCell
"""Any cell."""


class Zone(msgspec.Struct, frozen=True):
    """A row of cells."""

    track: Track
    """Its height."""
    cells: tuple[AnyCell, ...]
    """Left to right; at least one."""
    id: str = ""
    """`zone-1` … top to bottom; `zone-2.1` inside a divided cell, depth first."""
    span: Span | None = None
    """Where it stands in the source."""
