"""The track sizing against a real browser's CSS grid; `benchmarks/record_grid.py` measures anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.zones import divide, size_tracks
from banana_layout.model.zone import PanelCell, RowsCell, Track, Zone

FIXTURE = json.loads(Path(__file__).parent.parent.joinpath("fixtures/css_grid.json").read_text(encoding="utf-8"))
FLAT = [c for c in FIXTURE["cases"] if "tracks" in c]
NESTED = [c for c in FIXTURE["cases"] if "rows" in c]


def zone(data: dict[str, Any], needs: dict[str, float]) -> Zone:
    """Return a zone of the fixture, noting what its panels need."""
    cells: list[PanelCell | RowsCell] = []
    for cell in data["cells"]:
        if "rows" in cell:
            cells.append(RowsCell(tuple(zone(r, needs) for r in cell["rows"]), Track(**cell["track"])))
        else:
            needs[cell["panel"]] = cell["need"]
            cells.append(PanelCell(cell["panel"], Track(**cell["track"])))
    return Zone(Track(**data["track"]), tuple(cells), "z")


def test_there_are_three_hundred_grids() -> None:
    """The fixture holds at least 300 grids, nested ones and ones with gaps among them."""
    assert len(FIXTURE["cases"]) >= 300
    assert len(NESTED) >= 100
    assert sum(c["gap"] > 0 for c in FLAT) >= 50


@pytest.mark.parametrize("case", FLAT, ids=range(len(FLAT)))
def test_tracks_are_sized_as_the_browser_sizes_them(case: dict[str, Any]) -> None:
    """Every track of a grid is where the browser has it and as large, to 0.01 px."""
    tracks = [Track(**t) for t in case["tracks"]]
    extents = size_tracks(tracks, case["total"] - case["gap"] * (len(tracks) - 1), case["needs"])
    at, places = 0.0, []
    for extent in extents:
        places.append((at, extent))
        at += extent + case["gap"]
    assert [pytest.approx(tuple(m), abs=0.01) for m in case["measured"]] == places


@pytest.mark.parametrize("case", NESTED, ids=range(len(NESTED)))
def test_nested_cells_are_where_the_browser_has_them(case: dict[str, Any]) -> None:
    """Every cell of a nested grid is where the browser has it and as large, to 0.01 px."""
    needs: dict[str, float] = {}
    rows = [zone(r, needs) for r in case["rows"]]
    anatomy = msgspec.structs.replace(
        Anatomy.of(case["width"], case["height"]), column_gutter=case["gutter"], panel_gap=Insets()
    )
    box = Rect(0.0, 0.0, case["width"], case["height"])
    _, cells = divide(rows, box, anatomy, lambda found, _width: max(needs[c.panel] for c in found))
    placed = {c.panel: (c.cell.x, c.cell.y, c.cell.w, c.cell.h) for c in cells}
    assert {p: pytest.approx(tuple(m), abs=0.01) for p, m in case["measured"].items()} == placed
