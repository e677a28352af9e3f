"""One sheet's work, done in whichever process: it reads files and returns bytes, and writes nothing."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from banana_layout import resources
from banana_layout.batch.report import Finding
from banana_layout.model.walk import structs
from banana_layout.source import BananaError, Diagnostic

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout
    from banana_layout.model.document import Document
    from banana_layout.pipeline import Preset
    from banana_layout.render.pdf.preset import Preset as PdfPreset
    from banana_layout.scene.item import Scene


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How sheets are to be drawn."""

    formats: tuple[str, ...] = ("pdf",)
    """Of pdf, svg and png."""
    theme: str | None = None
    """A theme's name in place of the sheets' own."""
    page: str | None = None
    """A page size in place of the sheets' own."""
    landscape: bool = False
    """Whether pages are to lie."""
    seed: int | None = None
    """Chooses among equally good hands."""
    all: bool = False
    """Whether what has no place on a brief's page goes to further pages."""
    preset: str = "screen"
    """What PDFs are for: screen, print or print-x1a."""
    dpi: float = 150.0
    """Dots per inch of a PNG."""
    plain: bool = False
    """Exact lines instead of a hand's."""
    strict: bool = False
    """Whether a warning makes a sheet fail."""


class Task(msgspec.Struct, frozen=True):
    """One sheet to draw."""

    path: str
    """Its file, an absolute path that every worker can read."""
    stem: str
    """What its outputs are called, below the folder of outputs and without suffix."""
    wishes: Wishes
    """How it is to be drawn."""


class Drawn(msgspec.Struct, frozen=True):
    """What came of a task."""

    files: tuple[tuple[str, bytes], ...] = ()
    """Names below the folder of outputs, and bytes; none where it failed."""
    pages: int = 0
    """How many pages it has."""
    findings: tuple[Finding, ...] = ()
    """Errors and warnings."""
    needs: tuple[tuple[str, str], ...] = ()
    """The files it was made from, itself first, and the digests of their content."""

    @property
    def failed(self) -> bool:
        """Whether there is nothing to write."""
        return not self.files


def draw(task: Task) -> Drawn:
    """Return a sheet's files as bytes; what goes wrong is among the findings, never raised."""
    from banana_layout import pipeline

    gc.set_threshold(100_000, 20, 20)  # a page makes many small values and hardly a cycle
    needs: tuple[tuple[str, str], ...] = ((task.path, digest_of(task.path)),)
    try:
        laid = _laid(task)
        needs = needed(task.path, laid.document)
        grave = tuple(w for w in laid.warnings if w.severity != "note")
        if task.wishes.strict and grave:
            return _failure(grave, needs)
        files = []
        for suffix in task.wishes.formats:
            target = Path(f"{task.stem}.{suffix}")
            w = task.wishes
            made = pipeline.rendered(laid, target, preset=_preset(w.preset), dpi=w.dpi, plain=w.plain)
            files += [(path.as_posix(), data) for path, data in made]
    except BananaError as error:
        return _failure(error.diagnostics, needs)
    except RecursionError:
        return Drawn(findings=(Finding("error", "the sheet is nested too deeply"),), needs=needs)
    except Exception as error:  # noqa: BLE001  # a fault of ours in one sheet must not stop the others
        found = Finding("error", f"this is a fault of banana_layout: {type(error).__name__}: {error}")
        return Drawn(findings=(found,), needs=needs)
    return Drawn(tuple(files), len(laid.pages), tuple(Finding.of(w) for w in laid.warnings), needs)


def pages(task: Task) -> tuple[tuple[Scene, ...], PdfPreset | None, tuple[str, ...]]:
    """Return a sheet's pages as they are drawn for a book, what the PDF is for, and its own font files.

    Nothing for a sheet that fails.
    """
    from banana_layout import pipeline

    try:
        laid = _laid(task)
        chosen = pipeline.pdf_preset(task.wishes.preset, laid.theme)
        bleed = chosen.press.bleed if chosen.press is not None else 0.0
        base = Path(laid.document.base or ".")
        fonts = tuple(str((base / name).resolve()) for name in _fonts(laid.document))
        return pipeline.scenes(laid, plain=task.wishes.plain, bleed=bleed), chosen, fonts
    except (BananaError, RecursionError):
        return (), None, ()


def _laid(task: Task) -> Layout:
    """Return the sheet laid out as wished."""
    from banana_layout import pipeline
    from banana_layout.model.document import Overrides

    w = task.wishes
    overrides = Overrides(page=w.page, landscape=w.landscape, theme=w.theme, seed=w.seed, all=w.all)
    document, warnings = pipeline.read_warned(Path(task.path), overrides)
    return pipeline.layout(document, warnings=warnings)


def _preset(name: str) -> Preset:
    """Return a preset's name, checked where it is used."""
    return name  # type: ignore[return-value]


def _failure(found: tuple[Diagnostic, ...], needs: tuple[tuple[str, str], ...]) -> Drawn:
    """Return what a sheet leaves that cannot be drawn."""
    errors = (msgspec.structs.replace(d, severity="error") for d in found)
    return Drawn(findings=tuple(Finding.of(d) for d in errors), needs=needs)


def digest_of(path: str | Path) -> str:
    """Return the digest of a file's content; empty where it cannot be read, as a device or a pipe could be for ever."""
    if not Path(path).is_file():
        return ""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2s(digest_size=16)).hexdigest()
    except OSError:
        return ""


def needed(path: str, document: Document) -> tuple[tuple[str, str], ...]:
    """Return the files a sheet is made from and their digests: itself, its theme file, its fonts, its pictures."""
    files = [Path(path)]
    if document.base is not None:
        named = [document.settings.theme] if document.settings.theme.endswith(".toml") else []
        found = (
            resources.below(Path(document.base), name) for name in (*named, *_fonts(document), *_pictures(document))
        )
        files += [file for file in found if file is not None]
    return tuple((str(file), digest_of(file)) for file in dict.fromkeys(files))


def _fonts(document: Document) -> list[str]:
    """Return the font files a document names, as written."""
    return [file for _, file in document.settings.fonts]


def _pictures(document: Document) -> list[str]:
    """Return the pictures a document names, as written."""
    named = (getattr(one, name, None) for one in structs(document.sheets) for name in ("path", "image"))
    return [name for name in named if isinstance(name, str)]
