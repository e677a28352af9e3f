r"""Lays out one-page sheets that look drawn by hand: exact geometry, vectors only, SVG, PDF and PNG.

    >>> import banana_layout as banana
    >>> document = banana.read("# Title\\n\\n## 🎲 Panel\\n\\n- **one** thing")
    >>> svg = banana.to_svg(document)

Everything here is loaded when it is first used, so that importing the package costs little.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from banana_layout import constraints
    from banana_layout.authoring import Panel, Rows, Zone
    from banana_layout.interchange import from_dict, to_dict
    from banana_layout.layout.result import Layout
    from banana_layout.model.document import Document
    from banana_layout.pipeline import (
        diagram_to_pdf,
        diagram_to_png,
        diagram_to_svg,
        layout,
        read,
        read_diagram,
        render,
        to_pdf,
        to_png,
        to_svg,
    )
    from banana_layout.sheet import Sheet
    from banana_layout.source import BananaError, Diagnostic, Source, Span

__version__ = "0.1.0"

_HOMES = {
    "BananaError": "banana_layout.source",
    "Diagnostic": "banana_layout.source",
    "Document": "banana_layout.model.document",
    "Layout": "banana_layout.layout.result",
    "Panel": "banana_layout.authoring",
    "Rows": "banana_layout.authoring",
    "Sheet": "banana_layout.sheet",
    "Source": "banana_layout.source",
    "Span": "banana_layout.source",
    "Zone": "banana_layout.authoring",
    "diagram_to_pdf": "banana_layout.pipeline",
    "diagram_to_png": "banana_layout.pipeline",
    "diagram_to_svg": "banana_layout.pipeline",
    "from_dict": "banana_layout.interchange",
    "layout": "banana_layout.pipeline",
    "read": "banana_layout.pipeline",
    "read_diagram": "banana_layout.pipeline",
    "render": "banana_layout.pipeline",
    "to_dict": "banana_layout.interchange",
    "to_pdf": "banana_layout.pipeline",
    "to_png": "banana_layout.pipeline",
    "to_svg": "banana_layout.pipeline",
}

__all__ = [
    "BananaError",
    "Diagnostic",
    "Document",
    "Layout",
    "Panel",
    "Rows",
    "Sheet",
    "Source",
    "Span",
    "Zone",
    "__version__",
    "constraints",
    "diagram_to_pdf",
    "diagram_to_png",
    "diagram_to_svg",
    "from_dict",
    "layout",
    "read",
    "read_diagram",
    "render",
    "to_dict",
    "to_pdf",
    "to_png",
    "to_svg",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name == "constraints":
        return importlib.import_module("banana_layout.constraints")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return every public name."""
    return __all__


class _FrontDoor(ModuleType):
    """The package itself, which keeps `layout` and `render` the functions they are.

    Loading the folders `layout/` and `render/` would otherwise put the modules of those names in their place: that is
    how Python binds a submodule to its package. `from banana_layout.layout.page import …` is not touched by this.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor
