"""What the promises of each PDF preset cost over a plain file: time and bytes, on both samples.

Run: `python benchmarks/bench_presets.py`. Times are the process's own, the least of eleven, in milliseconds.
"""

from __future__ import annotations

import time

from banana_layout.font.book import FontBook
from banana_layout.pipeline import layout, read, scenes
from banana_layout.render.pdf.document import to_pdf
from banana_layout.render.pdf.preset import PRINT, PRINT_X1A, SCREEN, Preset
from banana_layout.resources import asset

PLAIN = Preset("plain", ())


def measured(pages, preset) -> tuple[float, int]:
    """Return the least time and the size."""
    book = FontBook.standard()
    data = to_pdf(pages, book, preset)
    best = 1e9
    for _ in range(11):
        start = time.process_time()
        to_pdf(pages, book, preset)
        best = min(best, time.process_time() - start)
    return best * 1000, len(data)


def main() -> None:
    """Print a table."""
    print(f"{'sheet':20} {'preset':10} {'ms':>7} {'kB':>7} {'+ms':>7} {'+kB':>7}")
    for name in ("inference", "inference-overview"):
        laid = layout(read(asset(f"samples/{name}.md")))
        plain = None
        for preset in (PLAIN, SCREEN, PRINT, PRINT_X1A):
            pages = scenes(laid, bleed=preset.press.bleed if preset.press else 0.0)
            spent, size = measured(pages, preset)
            plain = plain or (spent, size)
            print(
                f"{name:20} {preset.name:10} {spent:7.1f} {size / 1000:7.1f} {spent - plain[0]:7.1f} {(size - plain[1]) / 1000:7.1f}"
            )


if __name__ == "__main__":
    main()
