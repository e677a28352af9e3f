"""The front matter's `layout`: rows of cells to any depth, and their agreement with the panels there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import msgspec

from banana_layout.model.zone import EQUAL, AnyCell, PanelCell, RowsCell, Track, Zone
from banana_layout.syntax.track import TrackError, parse_track
from banana_layout.syntax.yaml_tree import Items, Node, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banana_layout.source import Span

_ROW = "write a row as “25: panel-id” or “25: [panel-id, another]”"


class Complaints(Protocol):
    """Where mistakes are told."""

    def error(self, message: str, span: Span | None, *hints: str) -> None:
        """Note an error."""


_SIZED = re.compile(r"((?:auto|\d+(?:\.\d+)?[ \t]*(?:%|[a-z]{2})?))[ \t,;=]+([^\d\s].*)", re.IGNORECASE | re.DOTALL)
"""A size and cells with no colon between them."""


class LayoutReader:
    """Reads rows and cells."""

    def __init__(self, found: Complaints) -> None:
        self._found = found

    def rows(self, value: Items) -> tuple[Zone, ...]:
        """Return the page's zones, named `zone-1`, `zone-2` … and `zone-2.1` inside a divided cell."""
        return numbered(self._zones(value))

    def _zones(self, value: Items) -> tuple[Zone, ...]:
        """Return a list's rows."""
        if not value.items:
            self._found.error("there are no rows", value.span, _ROW)
        found = (self._zone(item) for item in value.items)
        return tuple(zone for zone in found if zone is not None)

    def _zone(self, item: Node) -> Zone | None:
        """Return one row."""
        if isinstance(item, Scalar) and not item.is_null:
            said = item.value.strip()
            sized = _SIZED.fullmatch(said)
            meant = f"{sized[1]}: {sized[2]}" if sized else f"1: {said}"
            self._found.error(
                "a row needs its size" if not sized else "a colon is missing after the size",
                item.span,
                f"write “{meant[:60]}”",
            )
            return None
        if not isinstance(item, Pairs) or len(item.pairs) != 1:
            self._found.error("a row must be one size and its cells", item.span, _ROW)
            return None
        key, value = item.pairs[0]
        if key.value in ("rows", "weight"):
            self._found.error("a row must begin with its size", key.span, "write “25: {rows: […]}”")
            return None
        track = self._track(key)
        if isinstance(value, Items):
            if not value.items:
                self._found.error("the row has no cells", value.span, _ROW)
            cells = [self._cell(cell) for cell in value.items]
        else:
            cells = [self._cell(value)]
        kept = tuple(cell for cell in cells if cell is not None)
        return Zone(track, kept, "", key.span) if kept else None

    def _track(self, scalar: Node) -> Track:
        """Return a size; a wrong one is told and counts as an equal share."""
        if not isinstance(scalar, Scalar):
            self._found.error("a size must be a number or a text", scalar.span)
            return EQUAL
        try:
            return parse_track(scalar.value)
        except TrackError as error:
            message, hint = error.args
            if scalar.value.count("(") > scalar.value.count(")"):
                hint = 'put quotes around a size with a comma inside braces: {id: "max(2, 40mm)"}'
            self._found.error(message, scalar.span, hint)
            return EQUAL

    def _cell(self, item: Node) -> AnyCell | None:
        """Return one cell: a panel's id, `{id: size}` or `{rows: […], weight: 2}`."""
        if isinstance(item, Scalar):
            if item.is_null:
                self._found.error("the cell names no panel", item.span, _ROW)
                return None
            return PanelCell(item.value.strip(), EQUAL, item.span)
        if isinstance(item, Items):
            self._found.error(
                "a cell cannot be a list", item.span, "write {rows: [{1: one}, {1: another}]} to divide a cell"
            )
            return None
        keys = {key.value: (key, value) for key, value in item.pairs}
        if "rows" in keys:
            return self._divided(item, keys)
        if len(item.pairs) != 1:
            self._found.error(
                "a cell must be one panel and its size", item.span, "write {panel-id: 2} or {rows: […], weight: 2}"
            )
            return None
        key, value = item.pairs[0]
        if isinstance(value, Scalar) and value.is_null:
            return PanelCell(key.value.strip(), EQUAL, key.span)
        return PanelCell(key.value.strip(), self._track(value), key.span)

    def _divided(self, item: Pairs, keys: dict[str, tuple[Scalar, Node]]) -> RowsCell | None:
        """Return a cell that holds rows again."""
        for name, (key, _) in keys.items():
            if name not in ("rows", "weight", "track"):
                self._found.error(f"a divided cell has no key “{name}”", key.span, "it has rows and weight")
                return None
        rows = keys["rows"][1]
        if not isinstance(rows, Items):
            self._found.error("“rows” must be a list", rows.span, _ROW)
            return None
        size = keys.get("weight") or keys.get("track")
        zones = self._zones(rows)
        return RowsCell(zones, self._track(size[1]) if size else EQUAL, item.span) if zones else None


def numbered(zones: tuple[Zone, ...], prefix: str = "zone-") -> tuple[Zone, ...]:
    """Return zones with their ids: top to bottom, and depth first inside divided cells."""
    out: list[Zone] = []
    for index, zone in enumerate(zones, 1):
        name = f"{prefix}{index}"
        cells: list[AnyCell] = []
        inner = 0
        for cell in zone.cells:
            if isinstance(cell, RowsCell):
                rows = numbered_from(cell.rows, f"{name}.", inner)
                inner += len(rows)
                cells.append(msgspec.structs.replace(cell, rows=rows))
            else:
                cells.append(cell)
        out.append(msgspec.structs.replace(zone, id=name, cells=tuple(cells)))
    return tuple(out)


def numbered_from(zones: tuple[Zone, ...], prefix: str, used: int) -> tuple[Zone, ...]:
    """Return zones numbered on after those a neighbouring cell of the same zone holds, so that no id comes twice."""
    padding = (Zone(EQUAL, (PanelCell(""),)),) * used
    return numbered(padding + zones, prefix)[used:]


def named_cells(zones: Sequence[Zone]) -> Iterator[PanelCell]:
    """Yield the cells that name a panel, in reading order."""
    for zone in zones:
        for cell in zone.cells:
            if isinstance(cell, PanelCell):
                yield cell
            else:
                yield from named_cells(cell.rows)
