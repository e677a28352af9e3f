"""Random divisions of a page: zones, cells, cells divided again, every kind of track."""

from __future__ import annotations

from hypothesis import strategies as st

from banana_layout.model.zone import AnyCell, PanelCell, RowsCell, Track, Zone
from banana_layout.syntax.layout_rows import numbered

WEIGHTS = st.integers(10, 60).map(float)
"""Plain shares of a page."""


def tracks(bounded: bool = True) -> st.SearchStrategy[Track]:
    """Return a strategy of tracks: weights mostly; bounded ones, lengths and `auto` too."""
    plain = WEIGHTS.map(lambda w: Track(weight=w))
    if not bounded:
        return plain
    return st.one_of(
        plain,
        plain,
        st.tuples(WEIGHTS, st.integers(80, 160)).map(lambda t: Track(weight=t[0], least=float(t[1]))),
        st.integers(110, 200).map(lambda v: Track(length=float(v))),
        st.just(Track(auto=True)),
    )


@st.composite
def zones(draw: st.DrawFn, rows: int = 4, cells: int = 3, depth: int = 1, bounded: bool = False) -> tuple[Zone, ...]:
    """Return up to `rows` zones of up to `cells` cells, some divided again `depth` times; panels are p0, p1 … in order.

    `bounded` also draws lengths, `auto` and bounds, which may ask for more than a page has.
    """
    made = draw(_rows(rows, cells, depth, bounded))
    names = iter(range(1000))

    def named(found: tuple[Zone, ...]) -> tuple[Zone, ...]:
        out = []
        for zone in found:
            inner: list[AnyCell] = [
                PanelCell(f"p{next(names)}", cell.track)
                if isinstance(cell, PanelCell)
                else RowsCell(named(cell.rows), cell.track)
                for cell in zone.cells
            ]
            out.append(Zone(zone.track, tuple(inner)))
        return tuple(out)

    return numbered(named(made))


@st.composite
def _rows(draw: st.DrawFn, rows: int, cells: int, depth: int, bounded: bool) -> tuple[Zone, ...]:
    """Return zones whose panels have no names yet."""
    out = []
    for _ in range(draw(st.integers(1, rows))):
        inside: list[AnyCell] = []
        for _ in range(draw(st.integers(1, cells))):
            share = Track(weight=float(draw(st.sampled_from((1, 1, 2)))))
            if depth and draw(st.integers(0, 4)) == 4:
                inside.append(RowsCell(draw(_rows(2, 1, depth - 1, False)), share))
            else:
                inside.append(PanelCell("", share))
        out.append(Zone(draw(tracks(bounded and depth > 0)), tuple(inside)))
    return tuple(out)


def written(rows: tuple[Zone, ...]) -> str:
    """Return zones as one writes them in front matter: a YAML flow list."""
    return "[" + ", ".join(f"{{{_size(z.track)}: [{', '.join(_cell(c) for c in z.cells)}]}}" for z in rows) + "]"


def _cell(cell: AnyCell) -> str:
    """Return a cell as written."""
    if isinstance(cell, RowsCell):
        return f"{{rows: {written(cell.rows)}, weight: {_size(cell.track)}}}"
    return f"{{{cell.panel}: {_size(cell.track)}}}"


def _size(track: Track) -> str:
    """Return a track as written."""
    text = f"{track.weight:g}" if track.weight is not None else "auto" if track.auto else f"{track.length:g}pt"
    if track.most is not None:
        text = f"min({text}, {track.most:g}pt)"
    if track.least is not None:
        text = f"max({text}, {track.least:g}pt)"
    return f'"{text}"' if "(" in text else text
