"""Finds the fonts and assets that come with the package, and files that documents may name."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds `fonts/` and `assets/`.

    A wheel carries both inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent


def font_file(relative: str) -> Path:
    """Return the path of a font, given as `Family/file.ttf`."""
    return root() / "fonts" / relative


def asset(relative: str) -> Path:
    """Return the path of a file below `assets/`."""
    return root() / "assets" / relative


def below(folder: Path, name: str) -> Path | None:
    """Return the file that a document names, or None where it lies outside the folder the document may read from.

    A drive or another machine, as Windows writes them, is outside on every system, so that a sheet means the same
    everywhere; it is not even looked for, because looking for `//machine/share` already tells that machine who looks.
    """
    if "\0" in name or PureWindowsPath(name).drive:
        return None
    try:
        # unlike `Path.resolve`, this leaves links that lead in a circle to who opens the file
        root, file = (Path(os.path.realpath(path)) for path in (folder, folder / name))
    except ValueError:  # half a character (a lone surrogate), which no file's name holds
        return None
    return file if file.is_relative_to(root) else None
