"""The `Sheet` people use: a sheet written in Python that can lay itself out, show itself and save itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banana_layout.authoring import Sheet as WrittenInPython

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout
    from banana_layout.pipeline import Preset


class Sheet(WrittenInPython):
    """One page, made from a title and zones, or from a title and panels for an automatic layout.

    A notebook shows it as the finished page.
    """

    def layout(self) -> Layout:
        """Return the exact geometry. Raises BananaError where something cannot fit."""
        from banana_layout import pipeline

        found = self.read()
        return pipeline.layout(found.value, warnings=found.warnings)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole document as dicts, lists, texts and numbers, which `from_dict` reads. Raises BananaError."""
        from banana_layout.model.codec import to_dict

        return to_dict(self.document())

    def save(
        self,
        *paths: str | Path,
        base: str | Path | None = None,
        preset: Preset = "screen",
        dpi: float = 150,
        plain: bool = False,
    ) -> tuple[Path, ...]:
        """Write the page to files and return their paths; the suffix says what: .pdf, .svg, .png or .json.

        `base` is the folder that files are read from, the sheet's own if None; `preset` is what a PDF is for. All files
        are written, or none. Raises BananaError.
        """
        from banana_layout import pipeline
        from banana_layout.model.codec import to_json
        from banana_layout.render.files import targets, write_all

        files = targets(paths)
        found = self.read(base)
        made: list[tuple[Path, bytes]] = []
        drawn = any(path.suffix.lower() != ".json" for path in files)
        laid = pipeline.layout(found.value, warnings=found.warnings) if drawn else None
        for path in files:
            if laid is not None and path.suffix.lower() != ".json":
                made += pipeline.rendered(laid, path, preset=preset, dpi=dpi, plain=plain)
            else:
                made.append((path, to_json(found.value)))
        return write_all(made)

    def _repr_svg_(self) -> str | None:
        """Return the page for a notebook."""
        from banana_layout.pipeline import to_svg

        return None if _has_bundle() else to_svg(self.layout())

    def _repr_png_(self) -> bytes | None:
        """Return the page for a notebook that wants pixels."""
        from banana_layout.pipeline import to_png

        return None if _has_bundle() else to_png(self.layout())

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        """Return the page in the forms a notebook asks for: SVG, PNG only where it is named, and a line of text.

        What is wrong with a sheet that cannot be drawn stands in the page's place.
        """
        from banana_layout.source import BananaError

        makers: dict[str, Callable[[], Any]] = {
            "text/plain": lambda: repr(self),
            "image/svg+xml": self._repr_svg_,
            "image/png": self._repr_png_,
        }
        wanted = include if include is not None else ("text/plain", "image/svg+xml")
        try:
            return {mime: make() for mime, make in makers.items() if mime in wanted and mime not in (exclude or ())}
        except BananaError as error:
            return {"text/plain": str(error), "text/html": f'<pre style="color:#c01818">{escape(str(error))}</pre>'}

    def __repr__(self) -> str:
        """Return a line that says which sheet this is."""
        return f"<Sheet {self.title!r} of {len(self.parts)} parts>"


def _has_bundle() -> bool:
    """Whether IPython asks for one form of a sheet after it has got the bundle.

    It asks for every form there is; each would be kept in the notebook beside the one that is shown.
    """
    return sys._getframe(2).f_globals.get("__name__") == "IPython.core.formatters"
