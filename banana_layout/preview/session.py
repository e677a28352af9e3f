"""What the preview knows of its sheet: reads, lays out and draws it when asked, and tells when its files change."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from banana_layout.batch.task import needed
from banana_layout.layout.result import Layout
from banana_layout.model.document import Document, Overrides
from banana_layout.preview.overlay import overlay
from banana_layout.preview.pieces import Pieces
from banana_layout.source import BananaError, Diagnostic

_KEPT = 4
"""So many views are kept drawn: more people seldom look at once."""


_MOMENT = 0.025
"""Seconds that files have to stay as they are before they are shown; drawing a page takes longer."""
_PATIENCE = 8
"""How often a file that is written all the time is drawn before what there is of it is shown."""


class View(msgspec.Struct, frozen=True):
    """How somebody wants to see the sheet."""

    theme: str = ""
    """A theme's name; empty for the sheet's own."""
    page: str = ""
    """A page size; empty for the sheet's own."""
    landscape: bool = False
    """Whether the page is to lie."""
    preset: str = "screen"
    """What a PDF to download is for."""
    plain: bool = False
    """Exact lines instead of a hand's."""


class _Kept(NamedTuple):
    """A layout and what it was made from."""

    document: Document
    """Without its text and seed."""
    files: tuple[tuple[int, int], ...]
    """When its pictures, fonts and theme file were written, and how large they were."""
    layout: Layout
    """Its warnings without those of reading."""


class Session:
    """One sheet's file and how it looks now; may be asked by several threads."""

    def __init__(self, path: Path, seed: int | None = None) -> None:
        self.path = path
        """The sheet's file."""
        self._seed = seed
        self._lock = threading.Lock()
        self._watched: tuple[str, ...] = (str(path.resolve()),)
        self._drawn: dict[tuple[View, object], dict[str, Any]] = {}
        self._pieces = Pieces()
        self._laid_out: list[_Kept] = []
        self._latest = View()

    def stamp(self) -> tuple[object, ...]:
        """Return what changes whenever one of the sheet's files does."""
        return tuple(_stamp(Path(name)) for name in self._watched)

    def state(self, view: View) -> dict[str, Any]:
        """Return the pages in pieces of SVG with their overlays, and what was found; no pages where the sheet has errors."""
        with self._lock:
            self._latest = view
            key = (view, self.stamp())
            if key not in self._drawn:
                made = self._state(view)
                while len(self._drawn) >= _KEPT:
                    del self._drawn[next(iter(self._drawn))]
                # Files found to be needed while drawing are part of the stamp from now on.
                self._drawn[(view, (*key[1], *self.stamp()[len(key[1]) :]))] = made
                return made
            return self._drawn[key]

    def settle(self) -> tuple[object, ...]:
        """Draw what was looked at last until its files stay as they are meanwhile; return their stamp.

        What an editor has half written is so drawn again before anybody sees it, and nobody waits for the files to be
        quiet first.
        """
        for _ in range(_PATIENCE):
            before, began = self.stamp(), time.monotonic()
            self.state(self._latest)
            # What is drawn in no time is mostly empty, and an empty file has mostly been emptied to be written.
            threading.Event().wait(max(0.0, began + _MOMENT - time.monotonic()))
            if self.stamp()[: len(before)] == before:
                break
        return self.stamp()

    def file(self, view: View, kind: str, page: int) -> bytes:
        """Return the sheet as a file to keep: pdf, svg or png. Raises BananaError."""
        from banana_layout import pipeline

        with self._lock:
            laid = self._laid(view)
            if kind == "pdf":
                return pipeline.to_pdf(laid, view.preset, plain=view.plain)  # type: ignore[arg-type]  # checked there
            if kind == "svg":
                return pipeline.to_svg(laid, page, plain=view.plain).encode()
            return pipeline.to_png(laid, page, plain=view.plain)

    def _laid(self, view: View) -> Layout:
        """Return the sheet laid out for a view."""
        from banana_layout import pipeline

        overrides = Overrides(
            page=view.page or None, landscape=view.landscape, theme=view.theme or None, seed=self._seed
        )
        document, warnings = pipeline.read_warned(self.path, overrides)
        self._watched = tuple(name for name, _ in needed(str(self.path.resolve()), document))
        # No box hangs on the hand's seed or on what the text is called, so a layout is kept for another hand.
        bare = msgspec.structs.replace(
            document, source=None, settings=msgspec.structs.replace(document.settings, seed=0)
        )
        files = tuple(_stamp(Path(name)) for name in self._watched if Path(name) != self.path.resolve())
        for kept in self._laid_out:
            if kept.files == files and kept.document == bare:
                return msgspec.structs.replace(
                    kept.layout, document=document, warnings=(*warnings, *kept.layout.warnings)
                )
        laid = pipeline.layout(document)
        self._laid_out = [_Kept(bare, files, laid), *self._laid_out[: _KEPT - 1]]
        return msgspec.structs.replace(laid, warnings=(*warnings, *laid.warnings))

    def _state(self, view: View) -> dict[str, Any]:
        """Return a state, drawn now."""
        state: dict[str, Any] = {"name": self.path.name, "pages": [], "findings": []}
        try:
            laid = self._laid(view)
            for number, page in enumerate(laid.pages):
                state["pages"].append(
                    {
                        "width": page.width,
                        "height": page.height,
                        "title": page.scene.title,
                        "overlay": overlay(page),
                        **self._pieces.page(laid, number, plain=view.plain)._asdict(),
                    }
                )
            state["theme"] = laid.theme.name
            found: tuple[Diagnostic, ...] = laid.warnings
        except BananaError as error:
            found = error.diagnostics
        except RecursionError:
            found = (Diagnostic("error", "the sheet is nested too deeply"),)
        except Exception as error:  # noqa: BLE001  # a fault of ours is told beside the page, which follows on
            found = (Diagnostic("error", f"this is a fault of banana_layout: {type(error).__name__}: {error}"),)
        told = [finding(one) for one in found]
        state["findings"] = sorted(
            told, key=lambda one: (one["severity"] != "error", one["line"] or 0, one["column"] or 0)
        )
        return state


def choices() -> dict[str, tuple[str, ...]]:
    """Return what can be switched: themes, page sizes and presets."""
    from banana_layout import pipeline
    from banana_layout.syntax import paper
    from banana_layout.theme import load

    return {"theme": load.names(), "page": tuple(paper.NAMES), "preset": get_args(pipeline.Preset)}


def finding(found: Diagnostic) -> dict[str, Any]:
    """Return a finding with its place and its line of source."""
    where = found.location()
    text = ""
    if where is not None and found.source is not None and found.span is not None:
        text = found.source.outermost(found.span)[0].line_text(where[1].line)[:300]
    return {
        "severity": found.severity,
        "message": found.message,
        "line": where[1].line if where else None,
        "column": where[1].column if where else None,
        "text": text,
        "hints": found.hints,
    }


def _stamp(path: Path) -> tuple[int, int]:
    """Return a file's time and size; zeros where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
