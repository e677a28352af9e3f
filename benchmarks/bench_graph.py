"""Measure layered layout over a corpus of graphs, against the table of the best known engines.

    python benchmarks/bench_graph.py ../shared/corpus/graphs [--cases]

The folder holds cases.json (see its README for the format); metrics.py is looked for at ../../tools/diagram-metrics
beside it. Sizes are millimetres at 10 pt text, so a drawing that must be scaled by s to fit its panel has 10 s pt text.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import statistics
import sys
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from banana_layout.geometry.size import Size
from banana_layout.graph import layered
from banana_layout.graph.spec import ClusterSpec, Direction, Drawing, EdgeSpec, Gaps, GraphSpec, NodeSpec

GAPS = Gaps(6.0, 8.0, 3.0, 3.0)
"""Tight gaps, millimetres."""

MOST_PASSES = 5
"""A direction in which more edges than this pass from row to row gets no further rows."""

STOP = 0.5
"""A direction whose drawing is this much smaller than the best one gets no further rows."""

WRAP_GAIN, PASS_GAIN = 1.1, 0.02
"""A drawing in more rows must be this much larger than the best one before it, and this more for each edge that passes
from row to row: costs 1 % of the text size against taking whatever is largest, and saves two crossings in three."""

PANELS = (Size(190.0, 120.0), Size(90.0, 60.0))

KNOWN = (
    ("Graphviz dot 2.43", "94 %", 82, "9.99, 20 %", "4.89, 61 %"),
    ("dagre 3.1", "80 %", 189, "9.92, 19 %", "4.85, 64 %"),
    ("ELK layered", "100 %", 108, "9.61, 23 %", "4.70, 62 %"),
    ("ELK, wrapping", "100 %", 136, "10.45, 16 %", "5.09, 62 %"),
)
"""Engine, clean drawings, crossings, then geometric mean of the text size and share under 6 pt in each panel."""


def spec_of(case: dict[str, Any], direction: Direction) -> GraphSpec:
    """Return a case as a specification; cluster ids get a prefix, as some equal node ids."""
    ids = {c["id"] for c in case["clusters"]}
    parent = {c["id"]: c.get("parent") for c in case["clusters"]}

    def depth(c: str | None) -> int:
        return 0 if c is None else 1 + depth(parent[c])

    home = {
        m: c["id"] for c in sorted(case["clusters"], key=lambda c: depth(c["id"])) for m in c["members"] if m not in ids
    }
    clusters = tuple(
        ClusterSpec(
            "cluster " + c["id"],
            tuple(m for m in c["members"] if home.get(m) == c["id"]),
            Size(c.get("tw") or 0.0, c.get("th") or 0.0),
            c.get("dir"),
            "cluster " + c["parent"] if c.get("parent") else None,
        )
        for c in case["clusters"]
    )
    edges = tuple(
        EdgeSpec(e["from"], e["to"], Size(e["lw"], e["lh"]) if e.get("label") else None) for e in case["edges"]
    )
    return GraphSpec(direction, tuple(NodeSpec(n["id"], n["w"], n["h"]) for n in case["nodes"]), edges, clusters)


def geometry(case: dict[str, Any], d: Drawing, direction: str, panel: Size) -> dict[str, Any]:
    """Return a drawing as the metrics read it."""
    ids = {c["id"] for c in case["clusters"]}

    def members(c: dict[str, Any]) -> list[str]:
        inner = [m for k in case["clusters"] if k.get("parent") == c["id"] for m in members(k)]
        return [m for m in c["members"] if m not in ids] + inner

    def box(r: Any) -> dict[str, float]:
        return {"x": r.x, "y": r.y, "w": r.w, "h": r.h}

    return {
        "nodes": [{"id": n["id"], **box(r)} for n, r in zip(case["nodes"], d.nodes, strict=True)],
        "edges": [
            {
                "from": e["from"],
                "to": e["to"],
                "points": [list(p) for p in r.points],
                **({"label": box(r.label)} if r.label is not None else {}),
            }
            for e, r in zip(case["edges"], d.routes, strict=True)
        ],
        "clusters": [
            {"id": c["id"], "members": members(c), **box(r)} for c, r in zip(case["clusters"], d.clusters, strict=True)
        ],
        "panel": {"w": panel.width, "h": panel.height},
        "dir": direction,
    }


def fitted(case: dict[str, Any], panel: Size, most_rows: int) -> tuple[Drawing, Direction]:
    """Return the drawing with the largest text; more rows only for a clear gain."""
    ways: tuple[Direction, ...] = ("LR", "TB")
    first = layered.ordered(spec_of(case, ways[0]))
    orders = {w: layered.turned(first, w) for w in ways}
    open_ways = list(ways)
    best: tuple[float, Drawing, Direction] | None = None
    for rows in range(1, most_rows + 1):
        for way in tuple(open_ways):
            least = best[0] * (WRAP_GAIN if best is not None and rows > best[1].rows else 1.0) if best else 0.0
            most = Size(panel.width / least, panel.height / least) if least else None
            d = layered.place(orders[way], GAPS, rows, panel.width / panel.height, most=most)
            scale = min(panel.width / d.size.width, panel.height / d.size.height)
            tangle = d.passes > MOST_PASSES * (rows - 1)
            if d.rows < rows or tangle or (best is not None and scale < STOP * best[0]):
                open_ways.remove(way)
                if d.rows < rows:
                    continue
            gain = WRAP_GAIN + PASS_GAIN * d.passes if best is not None and rows > best[1].rows else 1.0
            if d.nodes and (best is None or scale > best[0] * gain):
                best = (scale, d, way)
    if best is None:
        raise ValueError(case["id"])
    return best[1], best[2]


def measured(cases: list[dict[str, Any]], metrics: ModuleType, most_rows: int, verbose: bool) -> tuple[Any, ...]:
    """Return one row of the table, and print what is not clean."""
    row: list[Any] = []
    for panel in PANELS:
        points, crossings, clean, times = [], 0, 0, []
        for case in cases:
            spent = []
            for _ in range(3):
                start = process_time()
                d, direction = fitted(case, panel, most_rows)
                spent.append(1000 * (process_time() - start))
            times.append(min(spent))
            m = metrics.metrics(geometry(case, d, direction, panel))
            faults = {k: m[k] for k in metrics.HARD if m[k]}
            clean += not faults
            crossings += m["crossings"]
            points.append(m["pt"])
            if faults or verbose:
                print(
                    f"  {case['id']} {direction} rows {d.rows}: {m['pt']} pt, {m['crossings']} crossings {faults or ''}"
                )
        mean = math.exp(statistics.fmean(map(math.log, points)))
        small = sum(p < 6 for p in points) / len(points)
        if not row:
            row += [f"{clean / len(cases):.0%}", crossings]
        row.append(f"{mean:.2f}, {small:.0%}")
        row.append(f"{statistics.median(times):.1f} / {max(times):.0f} ms")
    return row[0], row[1], row[2], row[4], f"{row[3]}; {row[5]}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", type=Path, help="folder with cases.json")
    parser.add_argument("--cases", action="store_true", help="print every case")
    options = parser.parse_args()
    cases = json.loads((options.corpus / "cases.json").read_text(encoding="utf-8"))
    path = options.corpus / ".." / ".." / "tools" / "diagram-metrics" / "metrics.py"
    found = importlib.util.spec_from_file_location("metrics", path)
    if found is None or found.loader is None:
        print(f"no metrics at {path}", file=sys.stderr)
        return 1
    metrics = importlib.util.module_from_spec(found)
    found.loader.exec_module(metrics)
    print(f"{'engine':<20} clean  crossings  190 x 120 mm    90 x 60 mm     search median / max")
    for name, clean, crossings, large, small in KNOWN:
        print(f"{name:<20} {clean:>5}  {crossings:>9}  {large:<14}  {small:<13}")
    for name, rows in (("ours, one row", 1), ("ours, rows", 7)):
        clean, crossed, large, small, times = measured(cases, metrics, rows, options.cases)
        print(f"{name:<20} {clean:>5}  {crossed:>9}  {large:<14}  {small:<13}  {times}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
