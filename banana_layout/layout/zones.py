"""Divides a page into zones and cells: exact proportions, gutters taken from inside."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.model.zone import PanelCell, RowsCell, Track, Zone
from banana_layout.source import BananaError, Source, Span

Need = Callable[[Sequence[PanelCell], Pt], Pt]
"""Height that panels side by side need, given the width each has: asked for `auto` rows."""


class ZoneBox(msgspec.Struct, frozen=True):
    """A zone in its place."""

    id: str
    """The zone's id."""
    weight: float | None
    """Its weight, or None for a length or an auto track."""
    rect: Rect
    """The exact share of its parent."""


class CellBox(msgspec.Struct, frozen=True):
    """A panel's cell in its place."""

    panel: str
    """The panel's id."""
    zone: str
    """Id of the zone that holds it directly."""
    cell: Rect
    """The exact proportional cell."""
    rect: Rect
    """What the panel may fill: the cell less its share of the gutters."""


def size_tracks(tracks: Sequence[Track], total: Pt, needs: Sequence[Pt]) -> tuple[Pt, ...]:
    """Return the extents of `tracks` in `total`, as CSS grid sizes `fr`, lengths, `auto`, `fit-content()` and `minmax()`.

    `needs` holds what each track's content needs; only auto tracks look at it. Auto tracks get their need: with a
    `most` they stay below it (`fit-content()`), with both bounds their content does not matter and they take what there
    is between them before weights do (`minmax()` of two lengths; CSS Grid Layout 1, section 12.6). Weights share what
    is left, each at least its `least` and at most its `most` (section 12.7.1, "find the size of an fr", with upper
    bounds frozen the same way). Without weights, auto tracks without a `most` stretch evenly into what is left (section
    12.8). The extents add up to `total` unless lengths and bounds forbid it; then they add up to what they need or to
    what they may take. `tests/layout/test_css_grid.py` compares this with a browser.
    """
    limits = [_limit(t, need) for t, need in zip(tracks, needs, strict=True)]
    bases = [_base(t, limit) for t, limit in zip(tracks, limits, strict=True)]
    grown = _grown(bases, limits, total - math.fsum(bases))
    extents: list[Pt | None] = [None if t.weight is not None else e for t, e in zip(tracks, grown, strict=True)]
    flexible = [i for i, t in enumerate(tracks) if t.weight is not None]
    left = total - math.fsum(e for e in extents if e is not None)
    if flexible:
        _share(tracks, extents, flexible, left)
        return tuple(e or 0.0 for e in extents)
    open_ = [float("inf") if t.auto and t.most is None else 0.0 for t in tracks]
    return _grown(grown, open_, left)


def natural_extent(tracks: Sequence[Track], needs: Sequence[Pt]) -> Pt:
    """Return how much tracks take where nothing limits them: weights keep their proportions around the neediest one.

    CSS Grid Layout 1, section 12.7 for an indefinite space.
    """
    fixed = math.fsum(_limit(t, need) for t, need in zip(tracks, needs, strict=True) if t.weight is None)
    shares = [(t, t.weight, need) for t, need in zip(tracks, needs, strict=True) if t.weight is not None]
    unit = max((max(need, t.least or 0.0) / w for t, w, need in shares), default=0.0)
    return fixed + math.fsum(_held(t, unit * w) for t, w, _ in shares)


def _limit(track: Track, need: Pt) -> Pt:
    """Return how far a track grows before weights share (its growth limit in CSS); a weight not at all."""
    if track.weight is not None:
        return track.least or 0.0
    if track.auto and track.least is not None and track.most is not None:
        return max(track.least, track.most)
    return _held(track, track.length if track.length is not None else need)


def _base(track: Track, limit: Pt) -> Pt:
    """Return how much a track takes even where there is too little (its base size in CSS)."""
    return min(track.least, limit) if track.auto and track.least is not None else limit


def _held(track: Track, extent: Pt) -> Pt:
    """Return an extent within the track's bounds; the lower one wins, as in CSS."""
    if track.most is not None:
        extent = min(extent, track.most)
    if track.least is not None:
        extent = max(extent, track.least)
    return extent


def _share(tracks: Sequence[Track], extents: list[Pt | None], open_: list[int], left: Pt) -> None:
    """Give the weighted tracks their shares of `left`, freezing those that meet a bound."""
    while open_:
        weight = math.fsum(tracks[i].weight or 0.0 for i in open_)
        unit = max(0.0, left) / weight
        wanted = {i: unit * (tracks[i].weight or 0.0) for i in open_}
        gain = {i: _held(tracks[i], wanted[i]) - wanted[i] for i in open_}
        surplus = math.fsum(gain.values())
        # A bound that is met changes everyone's share; which bounds bind first follows from the sign of the sum.
        frozen = [i for i in open_ if (gain[i] > 0 if surplus > 0 else gain[i] < 0 if surplus < 0 else gain[i] != 0)]
        if not frozen:
            for i in open_:
                extents[i] = wanted[i]
            return
        for i in frozen:
            extents[i] = _held(tracks[i], wanted[i])
            left -= extents[i] or 0.0
        open_ = [i for i in open_ if i not in frozen]


def _grown(bases: Sequence[Pt], limits: Sequence[Pt], left: Pt) -> tuple[Pt, ...]:
    """Return the extents after sharing `left` evenly among those below their limits (section 12.6)."""
    extents = list(bases)
    open_ = [i for i, (e, limit) in enumerate(zip(bases, limits, strict=True)) if limit > e]
    while open_ and left > 1e-9:
        each = left / len(open_)
        room = {i: limits[i] - extents[i] for i in open_}
        for i in open_:
            gain = min(each, room[i])
            extents[i] += gain
            left -= gain
        open_ = [i for i in open_ if room[i] > each]
    return tuple(extents)


class _Divider:
    """Walks zones and cells; keeps what it meets in reading order."""

    def __init__(self, anatomy: Anatomy, need: Need, source: Source | None) -> None:
        self.anatomy = anatomy
        self.need = need
        self.source = source
        self.zones: list[ZoneBox] = []
        self.cells: list[CellBox] = []

    def rows(self, rows: Sequence[Zone], box: Rect) -> None:
        """Place rows in `box`, top to bottom."""
        needs = [self.row_need(z, box.w) if z.track.auto else 0.0 for z in rows]
        heights = size_tracks([z.track for z in rows], box.h, needs)
        self._must_fit(heights, box.h, [z.span for z in rows], "high")
        for zone, (at, height) in zip(rows, _places(heights, [z.track for z in rows], box.h), strict=True):
            rect = Rect(box.x, box.y + at, box.w, height)
            self.zones.append(ZoneBox(zone.id, zone.track.weight, rect))
            self.columns(zone, rect)

    def columns(self, zone: Zone, box: Rect) -> None:
        """Place a zone's cells, left to right."""
        tracks = [c.track for c in zone.cells]
        widths = size_tracks(tracks, box.w, [box.w / len(tracks)] * len(tracks))
        self._must_fit(widths, box.w, [c.span or zone.span for c in zone.cells], "wide")
        places = _places(widths, tracks, box.w)
        for i, (cell, (at, width)) in enumerate(zip(zone.cells, places, strict=True)):
            rect = Rect(box.x + at, box.y, width, box.h)
            sides = self._sides(i, len(places))
            if isinstance(cell, RowsCell):
                self.rows(cell.rows, rect.inset(sides))
            else:
                inner = self.anatomy.gutter_of(cell.panel)
                frame = rect.inset(Insets(sides.left, inner.top, sides.right, inner.bottom))
                self.cells.append(CellBox(cell.panel, zone.id, rect, frame))

    def row_need(self, zone: Zone, width: Pt) -> Pt:
        """Return the height a row's content needs at a width."""
        tracks = [c.track for c in zone.cells]
        widths = size_tracks(tracks, width, [width / len(tracks)] * len(tracks))
        best = 0.0
        for i, (cell, w) in enumerate(zip(zone.cells, widths, strict=True)):
            sides = self._sides(i, len(widths))
            if isinstance(cell, RowsCell):
                inner = w - sides.across
                needs = [0.0 if z.track.length is not None else self.row_need(z, inner) for z in cell.rows]
                need = natural_extent([z.track for z in cell.rows], needs)
            else:
                need = self.need([cell], w - sides.across) + self.anatomy.gutter_of(cell.panel).down
            best = max(best, need)
        return best

    def _sides(self, i: int, n: int) -> Insets:
        """Return a cell's half gutters: none on the outer sides."""
        half = self.anatomy.column_gutter / 2
        return Insets(left=half if i else 0.0, right=half if i < n - 1 else 0.0)

    def _must_fit(self, extents: Sequence[Pt], total: Pt, spans: Sequence[Span | None], word: str) -> None:
        """Refuse tracks whose lengths and bounds leave no room for what they must hold."""
        over = math.fsum(extents) - total
        starved = next((i for i, e in enumerate(extents) if e <= 0), None)
        if over <= 1e-6 and starved is None:
            return
        message = (
            f"the tracks need {math.fsum(extents) / MM:.1f} mm, but there are only {total / MM:.1f} mm"
            if over > 1e-6
            else f"nothing is left for this track: the others take all {total / MM:.1f} mm"
        )
        # Too much is the largest track's doing, nothing left the misfortune of the one that has nothing.
        largest = max(range(len(extents)), key=lambda i: extents[i])
        span = spans[largest if over > 1e-6 or starved is None else starved]
        raise BananaError.single(
            message, span, (f"make a fixed or auto track less {word}, or use weights",), self.source
        )


def _places(extents: Sequence[Pt], tracks: Sequence[Track], total: Pt) -> list[tuple[Pt, Pt]]:
    """Return each track's start and extent; pure weights are cut from their running sum, so that they tile exactly."""
    if all(t.weight is not None and t.least is None and t.most is None for t in tracks):
        weight = math.fsum(t.weight or 0.0 for t in tracks)
        cuts, run = [0.0], 0.0
        for t in tracks:
            run += t.weight or 0.0
            cuts.append(total * run / weight)
        cuts[-1] = total
        return [(a, b - a) for a, b in itertools.pairwise(cuts)]
    out, at = [], 0.0
    for e in extents:
        out.append((at, e))
        at += e
    return out


def divide(
    zones: Sequence[Zone], content: Rect, anatomy: Anatomy, need: Need, source: Source | None = None
) -> tuple[tuple[ZoneBox, ...], tuple[CellBox, ...]]:
    """Return every zone and every panel's cell in its place.

    Zones tile the height of `content` and cells tile their zone's width, both in proportion to their weights; gutters
    are insets inside them, so that proportions stay exact.
    """
    divider = _Divider(anatomy, need, source)
    divider.rows(zones, content)
    return tuple(divider.zones), tuple(divider.cells)
