"""How long a saved change takes to be seen in `banana watch`, in a real headless Chromium.

    python benchmarks/bench_preview.py [--keep]

A word is changed in one panel, in the title, and in all panels at once; the clock runs from the file's saving to the
browser's next frame after the page has changed. Needs Chromium and `websockets`, as the preview's tests do.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from banana_layout.preview.server import Preview  # noqa: E402
from banana_layout.preview.session import Session  # noqa: E402

SAMPLE = (ROOT / "assets/samples/inference.md").read_text(encoding="utf-8")
CHANGES = {
    "one panel": lambda n: SAMPLE.replace("- **학습", f"- **학습{n}", 1),
    "the title": lambda n: SAMPLE.replace("NANO BANANA", f"DRAFT {n}"),
    "every panel": lambda n: SAMPLE.replace("theme: nano-banana", f"theme: nano-banana\nseed: {n + 1}"),
}
WATCH = """
window.seen = 0;
new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => { seen = Date.now() }, 0)))
  .observe(document.body, {attributes: true, attributeFilter: ["data-shown"]});
"""
ROUNDS = 8


def browser():
    """Return the tests' way to drive a browser."""
    spec = importlib.util.spec_from_file_location("browser", ROOT / "tests/preview/browser.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(page, path: Path, change) -> dict[str, float]:
    """Return the milliseconds from saving to seeing."""
    times = []
    for n in range(ROUNDS):
        time.sleep(0.5)
        page.run("seen = 0")
        saved = time.time()
        path.write_text(change(n), encoding="utf-8")
        times.append(page.wait("seen") - saved * 1000)
    return {"best": round(min(times)), "median": round(statistics.median(times)), "worst": round(max(times))}


def main() -> None:
    """Print the figures, and keep them where asked to."""
    load = float(Path("/proc/loadavg").read_text().split()[0])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "sheet.md"
        path.write_text(SAMPLE, encoding="utf-8")
        server = Preview(Session(path))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with browser().opened(server.url, Path(name) / "profile") as page:
            page.wait("document.querySelectorAll('.sheet > svg').length >= 2")
            page.run(WATCH)
            found = {what: measured(page, path, change) for what, change in CHANGES.items()}
        server.shutdown()
    result = {"what": "ms from saving to the browser's next frame", "load_before": load, "rounds": ROUNDS, **found}
    text = json.dumps(result, indent=1)
    print(text)
    if "--keep" in sys.argv:
        (ROOT / "benchmarks/results/preview.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
