"""Zones and tracks: exact proportions, CSS grid's sizing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.geometry.point import MM
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.zones import divide, size_tracks
from banana_layout.model.zone import PanelCell, RowsCell, Track, Zone
from banana_layout.source import BananaError

A4 = Anatomy.of(210 * MM, 297 * MM)
BOX = A4.page_box(210 * MM, 297 * MM)


def weighted(*weights: float) -> list[Track]:
    """Return plain weights."""
    return [Track(weight=w) for w in weights]


def no_need(cells: object, width: float) -> float:
    """Stand in for a measure nobody should ask."""
    raise AssertionError(f"nothing is auto here: {cells} {width}")


def test_ratios_of_the_brief_come_out_in_millimetres() -> None:
    """Weights 10/25/45/20 cut 280 mm into 28, 70, 126 and 56 mm."""
    zones = [Zone(t, (PanelCell(f"p{i}"),), f"zone-{i + 1}") for i, t in enumerate(weighted(10, 25, 45, 20))]
    boxes, _ = divide(zones, BOX, A4, no_need)
    assert [pytest.approx(h, abs=1e-9) for h in (28, 70, 126, 56)] == [b.rect.h / MM for b in boxes]
    assert boxes[-1].rect.bottom == pytest.approx(288.5 * MM, abs=1e-9)


@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=12), st.floats(10, 5000))
def test_weights_share_exactly(weights: list[float], total: float) -> None:
    """Pure weights share a total in proportion and leave nothing over."""
    extents = size_tracks(weighted(*weights), total, [0.0] * len(weights))
    assert math.isclose(sum(extents), total, rel_tol=1e-12)
    for w, e in zip(weights, extents, strict=True):
        assert math.isclose(e, total * w / sum(weights), rel_tol=1e-9)


@given(
    st.lists(
        st.one_of(
            st.floats(0.1, 50).map(lambda w: Track(weight=w)),
            st.floats(0, 60).map(lambda v: Track(length=v)),
            st.just(Track(auto=True)),
            st.tuples(st.floats(0.1, 50), st.floats(0, 80)).map(lambda t: Track(weight=t[0], least=t[1])),
            st.tuples(st.floats(0.1, 50), st.floats(10, 80)).map(lambda t: Track(weight=t[0], most=t[1])),
        ),
        min_size=1,
        max_size=7,
    ),
    st.floats(100, 900),
    st.lists(st.floats(0, 70), min_size=7, max_size=7),
)
def test_tracks_keep_their_bounds(tracks: list[Track], total: float, needs: list[float]) -> None:
    """Every track keeps its bounds; unbounded weights get the same amount a unit and never more than bounded ones want."""
    extents = size_tracks(tracks, total, needs[: len(tracks)])
    free = [
        e / (t.weight or 1) for t, e in zip(tracks, extents, strict=True) if t.weight and not t.least and not t.most
    ]
    assert all(math.isclose(v, free[0], rel_tol=1e-9, abs_tol=1e-9) for v in free)
    for t, e in zip(tracks, extents, strict=True):
        assert e >= (t.least or 0.0) - 1e-9
        assert t.most is None or e <= max(t.most, t.least or 0.0) + 1e-9
        assert t.length is None or math.isclose(e, t.length)
    if free:
        fixed = sum(e for t, e in zip(tracks, extents, strict=True) if not t.weight or t.least or t.most)
        assert sum(extents) == pytest.approx(max(total, fixed), abs=1e-6)


def test_minimum_takes_from_the_others() -> None:
    """A weight held up by its minimum leaves the rest to be shared by the others' weights."""
    tracks = [Track(weight=1, least=60), Track(weight=1), Track(weight=3)]
    assert [pytest.approx(e) for e in (60, 10, 30)] == list(size_tracks(tracks, 100, [0, 0, 0]))


def test_auto_takes_what_it_needs_and_stretches_without_weights() -> None:
    """An auto row is as high as its content beside weights, and shares what is left where there are none."""
    assert size_tracks([Track(auto=True), Track(weight=1)], 100, [30, 0]) == (30, 70)
    assert size_tracks([Track(auto=True), Track(auto=True)], 100, [30, 10]) == (60, 40)


@given(
    st.recursive(
        st.just(None), lambda c: st.lists(st.lists(c, min_size=1, max_size=3), min_size=1, max_size=3), max_leaves=12
    )
)
def test_cells_tile_their_zone_and_panels_stay_apart(tree: object) -> None:
    """Nested cells tile what holds them, panels lie inside their cells and share no ground."""
    names = iter(range(1000))

    def zone(cells: list[object], track: Track) -> Zone:
        made = tuple(
            PanelCell(f"p{next(names)}") if c is None else RowsCell(tuple(zone(r, Track(weight=1)) for r in c))  # type: ignore[attr-defined]
            for c in cells
        )
        return Zone(track, made, "z")

    rows = tree if isinstance(tree, list) else [[None]]
    zones, cells = divide([zone(r, Track(weight=2 + i)) for i, r in enumerate(rows)], BOX, A4, no_need)
    assert len({c.panel for c in cells}) == len(cells)
    for i, a in enumerate(cells):
        assert a.cell.holds(a.rect, 1e-9)
        assert BOX.holds(a.cell, 1e-6)
        for b in cells[i + 1 :]:
            assert not a.rect.meets(b.rect, 1e-6)
            assert not a.cell.meets(b.cell, 1e-6)
    assert all(BOX.holds(z.rect, 1e-6) for z in zones)


def test_lengths_that_do_not_fit_are_an_error_with_figures() -> None:
    """Rows that need more than the page say how much and what there is."""
    zones = [Zone(Track(length=200 * MM), (PanelCell("a"),)), Zone(Track(length=100 * MM), (PanelCell("b"),))]
    with pytest.raises(BananaError, match=r"need 300\.0 mm.* only 280\.0 mm"):
        divide(zones, BOX, A4, no_need)


def test_small_pages_shrink_their_distances() -> None:
    """An A6 page keeps half of A4's margins; a larger page keeps them."""
    assert Anatomy.of(105 * MM, 148 * MM).margin.left == pytest.approx(4.5 * MM)
    assert Anatomy.of(297 * MM, 420 * MM).margin == A4.margin


def test_gutters_come_out_of_cells() -> None:
    """Two equal cells of A4 are 93.6 mm wide inside: half a gutter is taken from each, none outside."""
    zones = [Zone(Track(weight=1), (PanelCell("a"), PanelCell("b")), "z")]
    _, (a, b) = divide(zones, BOX, A4, no_need)
    assert a.rect.w / MM == pytest.approx(93.6)
    assert a.rect.x == BOX.x
    assert b.rect.right == pytest.approx(BOX.right)
