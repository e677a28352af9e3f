"""Finds the fonts and assets that come with the package, in a checkout or an installed wheel."""

from __future__ import annotations

from pathlib import Path

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
