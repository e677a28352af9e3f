"""Measures random grids in a real browser and keeps the numbers: `python benchmarks/record_grid.py [CHROMIUM]`.

The fixture `tests/fixtures/css_grid.json` holds, for every grid, its tracks as the engine writes them and the sizes a
browser gave them. `tests/layout/test_css_grid.py` compares the engine with it. Everything is measured a hundred times
enlarged, because browsers round to 1/64 px.

How the engine's tracks are said in CSS:

    weight w                    minmax(0, w fr)      (the engine's weights are shares: it scales sums below 1 up)
    weight w, at least a        minmax(a, w fr)
    length                      length
    auto                        auto
    auto, at least a            minmax(a, auto)
    auto, at most b             fit-content(b) around an item that is itself at most b
    auto, between a and b       minmax(a, b)

A weight with an upper bound has no counterpart in CSS.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURE = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "css_grid.json"
FLAT = 220
NESTED = 140
PAGE = """<!doctype html><meta charset="utf-8"><style>*{{margin:0;box-sizing:border-box}}</style><body><script>
const K = 100, cases = {cases}, out = [];
const px = v => (v * K) + "px";
const said = t => t.weight !== undefined ? `minmax(${{px(t.least || 0)}}, ${{t.weight}}fr)`
  : t.length !== undefined ? px(t.length)
  : t.least !== undefined && t.most !== undefined ? `minmax(${{px(t.least)}}, ${{px(t.most)}})`
  : t.most !== undefined ? `fit-content(${{px(t.most)}})`
  : t.least !== undefined ? `minmax(${{px(t.least)}}, auto)` : "auto";
function box(parent, css) {{ const d = document.createElement("div"); d.style.cssText = css; parent.append(d); return d; }}
function flat(c) {{
  const across = c.axis === "x", tracks = c.tracks.map(said).join(" ");
  const size = across ? `width:${{px(c.total)}};grid-template-columns:${{tracks}}` : `height:${{px(c.total)}};width:1000px;grid-template-rows:${{tracks}}`;
  const grid = box(document.body, `display:grid;position:absolute;top:0;left:0;gap:${{px(c.gap)}};${{size}}`);
  const held = t => t.auto && t.most !== undefined && t.least === undefined ? `${{across ? "max-width" : "max-height"}}:${{px(t.most)}}` : "";
  const items = c.needs.map((n, k) => {{ const i = box(grid, held(c.tracks[k])); box(i, across ? `width:${{px(n)}};height:1px` : `height:${{px(n)}}`); return i; }});
  const o = grid.getBoundingClientRect();
  const found = items.map(i => {{ const r = i.getBoundingClientRect(); return across ? [(r.x - o.x) / K, r.width / K] : [(r.y - o.y) / K, r.height / K]; }});
  grid.remove(); return found;
}}
function rows(parent, zones, gutter, found) {{
  for (const z of zones) {{
    const row = box(parent, `display:grid;min-height:0;grid-template-rows:minmax(0,1fr);grid-template-columns:${{z.cells.map(c => said(c.track)).join(" ")}}`);
    z.cells.forEach((c, i) => {{
      const l = i ? gutter / 2 : 0, r = i < z.cells.length - 1 ? gutter / 2 : 0;
      const cell = box(row, `padding:0 ${{px(r)}} 0 ${{px(l)}};min-width:0;min-height:0`);
      if (c.rows) {{ cell.style.display = "grid"; cell.style.gridTemplateRows = c.rows.map(x => said(x.track)).join(" "); rows(cell, c.rows, gutter, found); }}
      else {{ box(cell, `height:${{px(c.need)}}`); found.push([c.panel, cell]); }}
    }});
  }}
}}
function nested(c) {{
  const grid = box(document.body, `display:grid;position:absolute;top:0;left:0;width:${{px(c.width)}};height:${{px(c.height)}};grid-template-rows:${{c.rows.map(z => said(z.track)).join(" ")}}`);
  const found = []; rows(grid, c.rows, c.gutter, found);
  const o = grid.getBoundingClientRect();
  const cells = Object.fromEntries(found.map(([p, e]) => {{ const r = e.getBoundingClientRect(); return [p, [(r.x - o.x) / K, (r.y - o.y) / K, r.width / K, r.height / K]]; }}));
  const tight = [grid, ...grid.querySelectorAll("*")].some(e => e.children.length && getComputedStyle(e).display === "grid"
    && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1));
  const thin = Object.values(cells).some(r => r[2] <= c.gutter || r[3] < 1e-6);
  grid.remove(); return tight || thin ? null : cells;
}}
for (const c of cases) out.push(c.rows ? nested(c) : flat(c));
const done = document.createElement("pre"); done.id = "out";
done.textContent = JSON.stringify({{ browser: navigator.userAgent.match(/Chrome\\/[\\d.]+/)[0], sizes: out }});
document.body.append(done);
</script>"""


def track(dice: random.Random, bounded: bool = True) -> dict[str, float]:
    """Return a random track as the engine's fields."""
    kind = dice.choice(("weight", "weight", "length", "auto", *(("least", "fit", "floor", "span") if bounded else ())))
    a = round(dice.uniform(5, 120), 1)
    if kind in ("weight", "least"):
        weight = round(dice.choice((dice.uniform(1, 6), dice.uniform(10, 50))), 2)
        return {"weight": weight, **({"least": a} if kind == "least" else {})}
    if kind == "length":
        return {"length": a}
    bounds = {
        "fit": {"most": a},
        "floor": {"least": a},
        "span": {"least": a, "most": round(a + dice.uniform(0, 90), 1)},
    }
    return {"auto": True, **bounds.get(kind, {})}


def flat_case(dice: random.Random) -> dict[str, object]:
    """Return tracks in a row or a column, with gaps."""
    n = dice.randint(1, 7)
    tracks = [track(dice) for _ in range(n)]
    return {
        "axis": dice.choice("xy"),
        "total": round(dice.uniform(150, 900), 1),
        "gap": dice.choice((0.0, 0.0, 6.5, 13.6)),
        "tracks": tracks,
        "needs": [round(dice.uniform(2, 110), 1) for _ in tracks],
    }


def nested_case(dice: random.Random) -> dict[str, object]:
    """Return zones of cells, some of them divided again."""
    names = iter(range(1000))

    def zone(depth: int, bounded: bool) -> dict[str, object]:
        own = track(dice, bounded)
        cells = []
        for _ in range(dice.randint(1, 3)):
            across = {"weight": round(dice.uniform(1, 4), 2)}
            if dice.random() < 0.2:
                across = {"length": round(dice.uniform(30, 60), 1)}
            if depth and dice.random() < 0.4:
                inner = [zone(depth - 1, False) for _ in range(dice.randint(1, 3))]
                cells.append({"track": across, "rows": inner})
            else:
                cells.append({"track": across, "panel": f"p{next(names)}", "need": round(dice.uniform(5, 60), 1)})
        if all("length" in c["track"] for c in cells):
            cells[0]["track"] = {"weight": 1.0}
        return {"track": own, "cells": cells}

    return {
        "width": 540.0,
        "height": 2400.0,  # room for all lengths and needs: the engine refuses what overflows
        "gutter": 13.6,
        "rows": [zone(2, True) for _ in range(dice.randint(1, 4))],
    }


def measured(cases: list[dict[str, object]], chromium: str) -> dict[str, object]:
    """Return what a browser makes of the cases."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "grid.html")
        page.write_text(PAGE.format(cases=json.dumps(cases)), encoding="utf-8")
        flags = (
            "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync"
        )
        run = subprocess.run(
            [chromium, *flags.split(), f"--user-data-dir={folder}/profile", "--dump-dom", page.as_uri()],
            capture_output=True, text=True, timeout=180, check=True,
        )  # fmt: skip
    found = re.search(r'<pre id="out">(.*?)</pre>', run.stdout, re.DOTALL)
    if found is None:
        raise SystemExit(f"the browser answered without numbers:\n{run.stderr[-2000:]}")
    return json.loads(found[1])


def main() -> None:
    """Record the fixture."""
    dice = random.Random(20)
    cases = [flat_case(dice) for _ in range(FLAT)] + [nested_case(dice) for _ in range(5 * NESTED)]
    answer = measured(cases, sys.argv[1] if len(sys.argv) > 1 else "chromium")
    # The engine refuses nested rows that overflow their cell, so there is nothing to compare.
    cases = [case | {"measured": sizes} for case, sizes in zip(cases, answer["sizes"], strict=True) if sizes]
    cases = cases[: FLAT + NESTED]
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    FIXTURE.write_text(f'{{"browser":{json.dumps(answer["browser"])},"cases":[\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(cases)} grids measured with {answer['browser']}")


if __name__ == "__main__":
    main()
