"""Golden pages: what was looked at and accepted once must come out again."""

from __future__ import annotations

import difflib
from itertools import islice
from pathlib import Path

from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.pipeline import layout as lay_out
from banana_layout.pipeline import scenes, to_svg
from banana_layout.scene.dump import dump


class GoldenPages:
    """A folder of accepted pages, one text file each: the exact scene, readable and small to compare."""

    def __init__(self, folder: str | Path, *, accept: bool = False) -> None:
        self.folder = Path(folder)
        """Where accepted pages are kept."""
        self.accept = accept
        """Whether pages are written instead of compared."""
        self.seen: set[str] = set()
        """Names compared so far."""

    def check(self, subject: Layout | Document, name: str) -> None:
        """Compare a layout, or a document laid out, with the page accepted under a name; AssertionError where it differs.

        The new page is then drawn beside the golden one as `NAME.new.svg`.
        """
        __tracebackhide__ = True
        laid = lay_out(subject) if isinstance(subject, Document) else subject
        self.seen.add(name)
        actual = "\n".join(dump(s) for s in scenes(laid, plain=True))
        golden = self.folder / f"{name}.txt"
        review = self.folder / f"{name}.new.svg"
        if self.accept:
            self.folder.mkdir(parents=True, exist_ok=True)
            golden.write_text(actual, encoding="utf-8")
            review.unlink(missing_ok=True)
            return
        expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
        if expected == actual:
            review.unlink(missing_ok=True)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        review.write_text(to_svg(laid), encoding="utf-8")
        diff = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "accepted", "now", lineterm="", n=0)
        told = "\n".join(islice(diff, 12)) if expected else "there is no accepted page yet"
        raise AssertionError(
            f"{name} is not as accepted: look at {review}, then accept it (pytest --accept-pages)\n{told}"
        )

    def dead(self) -> tuple[str, ...]:
        """Return the names of accepted pages that nothing was compared with."""
        return tuple(sorted(p.stem for p in self.folder.glob("*.txt") if p.stem not in self.seen))
