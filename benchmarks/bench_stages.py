"""Measures every stage on a warm process, what a page weighs, and how much memory a run takes.

    python benchmarks/bench_stages.py [--runs 30] [--keep]

The sheets change with every run: `title` puts a number into the title, `every line` one into each line of prose, so that
nothing that was shaped, broken or drawn for the run before can be used again there. Times are processor time, in ms and
as multiples of a fixed work done beside them.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure

SHEETS = ("inference", "inference-overview")
STAGES = ("read", "layout", "sketch", "pdf", "svg", "png")
PNG_EVERY = 3
"""A PNG takes so long that only one run in three draws it."""


def titled(text: str, i: int) -> str:
    """Return a sheet with a number in its title."""
    return re.sub(r"(?m)^# .*$", lambda m: f"{m[0]} {i}", text, count=1)


def renumbered(text: str, i: int) -> str:
    """Return a sheet with a number in its title and in each line of prose, lists and quotes."""
    out, fenced, front = [], False, text.startswith("---")
    for n, line in enumerate(text.split("\n")):
        if front:
            front = n == 0 or line != "---"
        elif line.startswith("```"):
            fenced = not fenced
        elif not fenced and re.match(r"(- |> |\w)", line):
            out.append(re.sub(r"(\w+)\W*$", lambda m: f"{m[0]} {i % 100}", line))
            continue
        out.append(line)
    return titled("\n".join(out), i)


CHANGES: dict[str, Callable[[str, int], str]] = {"title": titled, "every line": renumbered}


def stages(text: str, change: Callable[[str, int], str], runs: int) -> dict[str, list[float]]:
    """Return every stage's times in seconds, the yardstick's among them; three runs first are not counted."""
    from banana_layout import pipeline

    found: dict[str, list[float]] = {name: [] for name in (*STAGES, "yardstick")}
    for i in range(runs + 3):
        changed = change(text, i)
        now: dict[str, float] = {}
        _, now["yardstick"] = measure.timed(measure.yardstick)
        document, now["read"] = measure.timed(lambda t=changed: pipeline.read(t))
        laid, now["layout"] = measure.timed(lambda d=document: pipeline.layout(d))
        scenes, now["sketch"] = measure.timed(lambda v=laid: pipeline.scenes(v))
        _, now["pdf"] = measure.timed(lambda s=scenes: _pdf(s))
        _, now["svg"] = measure.timed(lambda s=scenes: _svg(s))
        if i % PNG_EVERY == 0:
            _, now["png"] = measure.timed(lambda s=scenes: _png(s))
        for name, seconds in now.items():
            if i >= 3:
                found[name].append(seconds)
    return found


def _pdf(scenes: Any) -> bytes:
    from banana_layout.font.book import FontBook
    from banana_layout.render.pdf.document import to_pdf

    return to_pdf(scenes, FontBook.standard())


def _svg(scenes: Any) -> str:
    from banana_layout.font.book import FontBook
    from banana_layout.render.svg import to_svg

    return to_svg(scenes[0], FontBook.standard())


def _png(scenes: Any) -> bytes:
    from banana_layout.font.book import FontBook
    from banana_layout.render.png import to_png

    return to_png(scenes[0], FontBook.standard(), 150)


def weights(sheet: Path) -> dict[str, float]:
    """Return the sizes of a sheet's files, in kB (1000 bytes)."""
    from banana_layout import pipeline

    laid = pipeline.layout(pipeline.read(sheet))
    svg = pipeline.to_svg(laid).encode()
    found = {"svg": len(svg), "svg gzip": len(gzip.compress(svg, 6)), "pdf": len(pipeline.to_pdf(laid))}
    found["png 150 dpi"] = len(pipeline.to_png(laid))
    return {name: round(size / 1000, 1) for name, size in found.items()}


def peak(sheet: Path, suffix: str) -> float:
    """Return the most memory a whole run of the command held, in MB (10^6 bytes)."""
    program = (
        "import resource, sys\n"
        "from banana_layout.cli.main import main\n"
        "code = main(['render', sys.argv[1], '-o', sys.argv[2]])\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
        "try:\n"
        "    with open('/proc/self/status') as f:\n"  # the parent's memory may count in ru_maxrss, not here
        "        peak = next(int(line.split()[1]) * 1024 for line in f if line.startswith('VmHWM'))\n"
        "except OSError:\n"
        "    pass\n"
        "print(peak)\n"
        "sys.exit(code)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", program, str(sheet), f"{folder}/out.{suffix}"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return round(int(done.stdout) / 1e6, 1)


def summary(found: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Return each stage's median in ms and as a multiple of the yardstick, and the whole to PDF and to SVG."""
    unit = measure.median(found["yardstick"])
    whole = {
        f"whole to {kind}": [sum(t) for t in zip(*(found[s] for s in ("read", "layout", "sketch", kind)), strict=True)]
        for kind in ("pdf", "svg")
    }
    return {
        name: {"ms": round(measure.median(v) * 1e3, 1), "ratio": round(measure.median(v) / unit, 2)}
        for name, v in {**found, **whole}.items()
    }


def main() -> None:
    """Measure, print, and keep where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/stages.json")
    asked = parser.parse_args()
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    results: dict[str, Any] = {"runs": asked.runs, "sheets": {}}
    rows: list[tuple[object, ...]] = [("", "ms", "x fixed work")]
    for name in SHEETS:
        sheet = measure.ROOT / "assets" / "samples" / f"{name}.md"
        text = sheet.read_text(encoding="utf-8")
        entry: dict[str, Any] = {"warm": {}}
        for what, change in CHANGES.items():
            entry["warm"][what] = found = summary(stages(text, change, asked.runs))
            rows.append((f"{name}, {what} changes", "", ""))
            rows += [(f"  {stage}", f"{v['ms']:.1f}", f"{v['ratio']:.2f}") for stage, v in found.items()]
        entry["kB"] = weights(sheet)
        entry["peak MB"] = {suffix: peak(sheet, suffix) for suffix in ("pdf", "svg", "png")}
        rows += [(f"  {k}, kB", f"{v:.0f}", "") for k, v in entry["kB"].items()]
        rows += [(f"  peak memory to {k}, MB", f"{v:.0f}", "") for k, v in entry["peak MB"].items()]
        results["sheets"][name] = entry
    measure.table(rows)
    if asked.keep:
        measure.keep("stages", results)


if __name__ == "__main__":
    main()
