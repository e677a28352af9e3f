"""What the benchmarks share: a yardstick, whole processes measured from outside, and how results are written."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""
RESULTS = Path(__file__).resolve().parent / "results"
"""Where results are kept."""


def yardstick() -> None:
    """Do a fixed work, half in Python and half in C: what a measured time is compared with."""
    rows = []
    total = 0
    for i in range(40_000):
        total = (total * 31 + i) & 0xFFFFFFFF
        if i % 8 == 0:
            rows.append(f"{total / 100:.2f} {i}")
    text = "\n".join(rows).encode()
    for _ in range(2):
        zlib.compress(text, 6)


def timed(work: Any) -> tuple[Any, float]:
    """Return what a function returns and the seconds of processor time it took."""
    start = time.process_time()
    value = work()
    return value, time.process_time() - start


def process(command: Sequence[str], environment: Mapping[str, str] | None = None) -> dict[str, float]:
    """Run a process to its end; return its seconds of wall and processor time.

    It starts in the root folder, so that nothing is imported from where the benchmark was started.
    """
    start = time.perf_counter()
    child = subprocess.Popen(
        command, env=dict(environment) if environment is not None else None, stdout=subprocess.DEVNULL, cwd=os.sep
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[:3]} ended with exit code {child.returncode}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


def in_turn(
    commands: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], runs: int
) -> dict[str, list[dict[str, float]]]:
    """Run several commands in turn (A B C A B C …), so that a busy machine slows all of them; the first turn is not counted."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, (command, environment) in commands.items():
            measured = process(command, environment)
            if turn:
                found[name].append(measured)
    return found


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def about() -> dict[str, Any]:
    """Return when and on what a benchmark ran, in words that name no machine."""
    packages = ("banana-layout", "reportlab", "svgwrite", "uharfbuzz", "markdown-it-py", "msgspec", "click", "typst")
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"a shared server, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "packages": {p: version for p in packages if (version := _version(p))},
    }


def _version(package: str) -> str:
    """Return an installed package's version, or nothing."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def keep(name: str, results: Mapping[str, Any]) -> None:
    """Write results to results/NAME.json and say so."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({**about(), **results}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"kept in {path.relative_to(ROOT)}", file=sys.stderr)


def table(rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns; the first row is the head."""
    widths = [max(len(str(r[i])) for r in rows) for i in range(len(rows[0]))]
    for row in rows:
        print(
            "  ".join(
                str(v).ljust(w) if i == 0 else str(v).rjust(w) for i, (v, w) in enumerate(zip(row, widths, strict=True))
            )
        )
