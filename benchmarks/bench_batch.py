"""How fast many sheets are drawn on one core and on two, and whether memory stays flat.

    python benchmarks/bench_batch.py [SHEETS [JOBS]] [--small] [--keep]

Every sheet is the sample page with words of its own, or a small one of two panels. 300 are usual: workers take half a
second to start, which counts in few. Memory is the sum over this process and its workers, read from /proc (Linux) as
each sheet is finished.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)

import measure  # noqa: E402

from banana_layout.batch import Wishes, draw_all  # noqa: E402


def family() -> tuple[float, float]:
    """Return the resident memory of this process and its descendants, in MB, and their processor time in seconds."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.name))
    total, busy, waiting = 0, 0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            busy += sum(int(field) for field in fields[11:13])
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total / 2**20, busy / os.sysconf("SC_CLK_TCK")


SMALL = """---
page: A6
---
# 🍌 모델 {n}

## 🎲 What is it?

- **모델**은 다음 token을 예측한다
- 확률이 높을수록 자주 뽑힌다

## 📌 Key

> one at a time
"""


def sheets(folder: Path, count: int, *, small: bool) -> list[Path]:
    """Write sheets that differ in words, so that no cache of a whole page helps."""
    sample = SMALL if small else (ROOT / "assets/samples/inference.md").read_text(encoding="utf-8")
    made = []
    for n in range(count):
        path = folder / f"sheet{n:04}.md"
        path.write_text(sample.replace("모델", f"모델 {n}").replace("확률", f"확률 {n % 97}"), encoding="utf-8")
        made.append(path)
    return made


def run(paths: list[Path], folder: Path, jobs: int) -> dict[str, object]:
    """Draw the sheets and return what it took."""
    memory: dict[int, float] = {}
    step = max(1, len(paths) // 10)

    def progress(_sheet, done, _count):
        if done % step == 0:
            memory[done] = round(family()[0], 1)
        if done == len(paths):
            busy.append(family()[1])

    began, busy = time.perf_counter(), [family()[1]]
    report = draw_all(paths, folder, Wishes(formats=("pdf",)), executor=jobs, progress=progress)
    seconds = time.perf_counter() - began
    return {
        "jobs": jobs,
        "sheets": len(paths),
        "failed": len(report.having("failed")),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(busy[-1] - busy[0], 2),
        "sheets_per_second": round(len(paths) / seconds, 2),
        "memory_mb_after": memory,
    }


def main() -> None:
    """Print the figures as JSON."""
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    count = int(given[0]) if given else 300
    jobs = [int(given[1])] if len(given) > 1 else [1, 2]
    load = Path("/proc/loadavg").read_text().split()[0]
    with tempfile.TemporaryDirectory() as name:
        paths = sheets(Path(name), count, small="--small" in sys.argv)
        found = [run(paths, Path(name) / f"out{j}", j) for j in jobs]
    result = {"load_before": float(load), "runs": found}
    if len(found) == 2:
        result["speedup"] = round(found[0]["seconds"] / found[1]["seconds"], 2)
    print(json.dumps(result, indent=1))
    if "--keep" in sys.argv:
        measure.keep(f"batch-{count}", result)


if __name__ == "__main__":
    main()
