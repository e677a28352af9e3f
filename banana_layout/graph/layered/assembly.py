"""What placing a part takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.measures import Measures, Side
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.spec import Gaps, Route


class Task(NamedTuple):
    """All that placing one part needs."""

    part: Ordered
    """Ranks and orders."""
    measures: Measures
    """Sizes in the ranks' axes."""
    tips: Sequence[bool]
    """Whether an item's edges meet its sides only in the middle."""
    gaps: Gaps
    """Least distances."""
    pinned: Mapping[tuple[int, bool], Pt]
    """(edge, at the item's lower side) to a fixed port, from the side's middle."""
    laterals: Sequence[tuple[int, int, bool, bool]]
    """Edges that leave the level sideways: (edge, item vertex, to the high side, from the item's lower side)."""
    serpentine: bool
    """Whether every other row runs back."""
    clips: Mapping[int, int]
    """For edges from outside that end at a frame: the frame's cluster."""


class Access(NamedTuple):
    """One end of an edge that leaves its row sideways."""

    edge: int
    """Index in the specification."""
    lower_side: bool
    """Whether it belongs to the item's lower side (its upper end's)."""
    vertex: int
    """The item it belongs to."""
    high: bool
    """Whether it leaves to the strip's high side, in the strip's own axes."""
    channel: int
    """Channel it takes, or -1 where it goes straight from the item's side."""
    track: int
    """Its lane there."""


class Assembled(NamedTuple):
    """A placed part in the ranks' axes, from (0, 0)."""

    size: Size
    """Extent."""
    items: Mapping[int, Rect]
    """Item to box."""
    routes: Mapping[int, Route]
    """Edge to way, source first."""
    frames: Mapping[int, Rect]
    """Cluster to frame."""
    stubs: Mapping[int, tuple[Point, ...]]
    """Edge to way from the level's border to the item, for edges that cross the border."""
    rows: int
    """Rows made."""
    passes: int
    """Edges from row to row."""
    abreast: int = 0
    """Most forward edges between two rows."""


def fitted(done: Assembled) -> Assembled:
    """Return a part moved and sized so that nothing sticks out."""
    xs = [p.x for r in done.routes.values() for p in r.points]
    ys = [p.y for r in done.routes.values() for p in r.points]
    boxes = [*done.items.values(), *done.frames.values()]
    boxes += [r.label for r in done.routes.values() if r.label is not None]
    low_x = min([0.0, *xs, *(b.x for b in boxes)])
    low_y = min([0.0, *ys, *(b.y for b in boxes)])
    high_x = max([done.size.width, *xs, *(b.right for b in boxes)])
    high_y = max([done.size.height, *ys, *(b.bottom for b in boxes)])
    size = Size(high_x - low_x, high_y - low_y)
    if low_x == 0.0 and low_y == 0.0:
        return done._replace(size=size)
    return Assembled(
        size,
        {k: r.shifted(-low_x, -low_y) for k, r in done.items.items()},
        {k: shifted(r, -low_x, -low_y) for k, r in done.routes.items()},
        {k: r.shifted(-low_x, -low_y) for k, r in done.frames.items()},
        {k: tuple(p.shifted(-low_x, -low_y) for p in s) for k, s in done.stubs.items()},
        done.rows,
        done.passes,
        done.abreast,
    )


def shifted(route: Route, dx: Pt, dy: Pt) -> Route:
    """Return a way moved, with its label."""
    label = None if route.label is None else route.label.shifted(dx, dy)
    return Route(tuple(p.shifted(dx, dy) for p in route.points), label)


def mirrored(m: Measures) -> Measures:
    """Return what a row that runs back needs, so that titles and labels come out on their usual sides."""
    other: dict[Side, Side] = {"first": "last", "last": "first", "low": "high", "high": "low"}
    return m._replace(title_side=other[m.title_side], label_side="low" if m.label_side == "high" else "high")


def unstack(routes: dict[int, Route], gaps: Gaps) -> None:
    """Bow lines that lie upon each other apart: parallel edges between two tips have only one port at either."""
    seen: dict[tuple[Point, ...], int] = {}
    for edge, route in routes.items():
        if len(route.points) != 2:
            continue
        p, q = sorted(route.points)
        count = seen.get((p, q), 0)
        seen[(p, q)] = count + 1
        if count:
            middle = p.toward(q, 0.5).shifted(gaps.edge * ((count + 1) // 2) * (1 if count % 2 else -1), 0.0)
            routes[edge] = Route((route.points[0], middle, route.points[1]), route.label)
