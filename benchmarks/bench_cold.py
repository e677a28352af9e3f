"""Measures whole processes from a cold start, Typst's compile of an equal page among them, all in turn.

    python benchmarks/bench_cold.py [--runs 15] [--keep]

`compiled` is the package as `pip install .` leaves it, with its byte code; `uncompiled` is a checkout nobody has run yet
(`pip install -e .` where Python may write no byte code). Typst compiles an equal page on which everything is given, so that
it decides nothing (see typst_page.py): with exact lines, and with our pen strokes as curves. It needs the PyPI package
`typst`, and is left out without it. Times in ms: the medians of the wall clock and of processor time.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import measure
import typst_page

COMMAND = "import sys; from banana_layout.cli.main import main; sys.exit(main())"
"""What the installed `banana` does."""


TYPST = "Typst, the page with exact lines"
"""What the others are compared with."""


def copied(folder: Path, *, compiled: bool) -> dict[str, str]:
    """Copy the package into a folder, with byte code or without, and return the environment that runs it from there."""
    shutil.copytree(
        measure.ROOT / "banana_layout", folder / "banana_layout", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("fonts", "assets"):
        (folder / name).symlink_to(measure.ROOT / name)
    if compiled:
        sys.pycache_prefix = None  # beside the modules, wherever this process keeps its own
        compileall.compile_dir(folder / "banana_layout", quiet=1)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


def commands(folder: Path, sheet: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return what is measured: a name, the command, its environment."""
    (folder / "with").mkdir()
    (folder / "without").mkdir()
    compiled, bare = copied(folder / "with", compiled=True), copied(folder / "without", compiled=False)
    python = sys.executable

    def render(suffix: str) -> list[str]:
        return [python, "-c", COMMAND, "render", str(sheet), "-o", str(folder / f"out.{suffix}")]

    found = {
        "python -c pass": ([python, "-c", "pass"], compiled),
        "import banana_layout": ([python, "-c", "import banana_layout"], compiled),
        "render to PDF": (render("pdf"), compiled),
        "render to PDF, uncompiled": (render("pdf"), bare),
        "render to SVG": (render("svg"), compiled),
        "render to PNG": (render("png"), compiled),
    }
    if importlib.util.find_spec("typst") is not None:
        fonts = str(measure.ROOT / "fonts")
        for name, plain in ((TYPST, True), ("Typst, with our strokes as curves", False)):
            page = folder / f"page{plain}.typ"
            page.write_text(typst_page.of_sheet(sheet, plain=plain), encoding="utf-8")
            program = (
                f"import typst; typst.compile({str(page)!r}, output={str(page.with_suffix('.pdf'))!r}, "
                f"font_paths=[{fonts!r}], ignore_system_fonts=True)"
            )
            found[name] = ([python, "-c", program], compiled)
    return found


def main() -> None:
    """Measure, print, and keep where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/cold.json")
    asked = parser.parse_args()
    sheet = measure.ROOT / "assets" / "samples" / "inference.md"
    with tempfile.TemporaryDirectory() as folder:
        found = measure.in_turn(commands(Path(folder), sheet), asked.runs)
    results: dict[str, Any] = {"runs": asked.runs, "sheet": "inference", "processes": {}}
    typst = found.get(TYPST)
    rows: list[tuple[object, ...]] = [("", "wall ms", "cpu ms", "cpu, x Typst")]
    for name, runs in found.items():
        entry = {k: round(measure.median([r[k] for r in runs]) * 1e3, 1) for k in ("wall", "cpu")}
        if typst:
            pairs = [mine["cpu"] / theirs["cpu"] for mine, theirs in zip(runs, typst, strict=True)]
            entry["ratio"] = round(measure.median(pairs), 2)
        results["processes"][name] = entry
        rows.append((name, f"{entry['wall']:.0f}", f"{entry['cpu']:.0f}", entry.get("ratio", "")))
    measure.table(rows)
    if asked.keep:
        measure.keep("cold", results)


if __name__ == "__main__":
    main()
