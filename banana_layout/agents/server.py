"""An MCP server whose tools draw sheets and diagrams, tell their geometry, and judge them.

What a tool is given is text, never a path: a model sees no files of this machine and writes none, except into the folder
that whoever starts the server names.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import Field

import banana_layout
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from mcp.server import MCPServer

SCHEMA_URI = "banana://schema/sheet"
GUIDE_URI = "banana://guide"

INSTRUCTIONS = f"""Lays out one-page, hand-drawn-looking cheat sheets (Korean, English, emoji) as SVG, PDF and PNG.
Write a sheet as JSON after the schema in the resource {SCHEMA_URI}, or as Markdown after {GUIDE_URI}. Call `check` first: it
says what is wrong, with line or JSON path, and what would help; then `render_sheet`. Text grows to fill the page, so say
briefly what matters. Diagrams are Mermaid flowcharts and mind maps."""

GUIDE = """---
page: A4
theme: nano-banana
layout:            # rows from top to bottom as `share: panel` or `share: [panel, …]`; leave it out for an automatic layout
  - 15: title
  - 40: [what-is-inference, {key-takeaways: 1.2}]
  - 45: how
connectors:
  - {from: what-is-inference, to: how, label: step by step}
---

# 🍌 INFERENCE (추론)

The text under the title is its subtitle.

## 🎲 What is inference?

- **학습된 모델**로 텍스트를 생성하는 과정
- one ==token== at a time

## 📌 Key takeaways

> The *same* prompt, another answer

## 🔁 How {#how}

```mermaid
flowchart LR
    P([Prefix]) --> S{Sample}
    S -->|token| A[Append]
    A -.-> P
```
"""

Sheet = Annotated[
    str | dict[str, Any],
    Field(description="The sheet: Markdown with YAML front matter, or JSON after the schema (an object, or its text)."),
]
Format = Literal["png", "svg", "pdf"]
Dpi = Annotated[float, Field(description="Dots per inch of a PNG.", ge=20, le=300)]


def server(folder: Path | None = None) -> MCPServer[Any]:
    """Return the server; `folder` is where finished files may be written, None for nowhere."""
    from mcp.server import MCPServer

    made: MCPServer[Any] = MCPServer(
        "banana-layout", instructions=INSTRUCTIONS, version=banana_layout.__version__, log_level="WARNING"
    )
    tools = _Tools(folder)
    for tool in (tools.render_sheet, tools.render_diagram, tools.layout, tools.check):
        made.tool()(_told(tool))
    made.resource(SCHEMA_URI, mime_type="application/schema+json", description="JSON Schema of a sheet.")(_schema)
    made.resource(
        GUIDE_URI, mime_type="text/markdown", description="A sheet in Markdown that shows all that is needed."
    )(_guide)
    return made


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool whose refusals reach the model with every line of them."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def wrapped(*args: Any, **given: Any) -> Any:
        try:
            return tool(*args, **given)
        except BananaError as error:
            raise ToolError(str(error)) from None

    return wrapped


def _schema() -> str:
    """Return the schema as text."""
    from banana_layout.model.schema import schema

    return json.dumps(schema(), ensure_ascii=False)


def _guide() -> str:
    """Return a sample sheet."""
    return GUIDE


_ELSEWHERE = re.compile(r'[\\/:*?"<>|]|^(?:con|prn|aux|nul|com\d|lpt\d)\.', re.IGNORECASE)
"""Names of folders, devices and streams on some system."""


def _named(save_as: str, format: Format) -> Format:
    """Return the format given, or the one a file's name asks for where what is given is only the default."""
    suffix = save_as.rpartition(".")[2].lower()
    return next((known for known in get_args(Format) if format == "png" and known == suffix), format)


class _Tools:
    """What a model may call; each method's docstring is what the model reads."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def render_sheet(
        self,
        sheet: Sheet,
        format: Format = "png",
        page: Annotated[int, Field(description="Which page of a PNG or SVG, from 1.", ge=1)] = 1,
        dpi: Dpi = 100,
        plain: Annotated[bool, Field(description="Exact lines instead of a hand's.")] = False,
        save_as: Annotated[
            str, Field(description="A file name to write to instead, where the server has a folder.")
        ] = "",
    ) -> Any:
        """Draw a one-page sheet. A PNG comes back as an image, an SVG as text, a PDF as a file in base64."""
        from banana_layout import pipeline

        laid, warnings = self._laid(sheet)
        format = _named(save_as, format)
        if format == "png":
            data = pipeline.to_png(laid, page - 1, dpi, plain=plain)
        elif format == "svg":
            data = pipeline.to_svg(laid, page - 1, plain=plain).encode()
        else:
            data = pipeline.to_pdf(laid, plain=plain)
        return self._answer(data, format, save_as, warnings)

    def render_diagram(
        self,
        mermaid: Annotated[str, Field(description="A Mermaid flowchart or mind map.")],
        format: Format = "png",
        dpi: Dpi = 150,
        plain: Annotated[bool, Field(description="Exact lines instead of a hand's.")] = False,
        save_as: Annotated[
            str, Field(description="A file name to write to instead, where the server has a folder.")
        ] = "",
    ) -> Any:
        """Draw one Mermaid diagram by itself."""
        from banana_layout import pipeline
        from banana_layout.font.book import FontBook
        from banana_layout.render.pdf.document import to_pdf
        from banana_layout.render.png import to_png
        from banana_layout.render.svg import to_svg

        scene, found = pipeline.diagram_scene(mermaid, plain=plain)
        format, book = _named(save_as, format), FontBook.standard()
        if format == "png":
            data = to_png(scene, book, dpi)
        else:
            data = to_svg(scene, book).encode() if format == "svg" else to_pdf([scene], book)
        return self._answer(data, format, save_as, [w.render() for w in found])

    def layout(self, sheet: Sheet) -> dict[str, Any]:
        """Tell where everything stands on the sheet, in points from the top left: zones, panels, lines of text, diagrams."""
        found: dict[str, Any] = self._laid(sheet)[0].to_dict()
        return found

    def check(self, sheet: Sheet) -> dict[str, Any]:
        """Tell whether a sheet can be drawn and what does not hold of its page: errors, warnings, violations."""
        from banana_layout import constraints

        try:
            laid, warnings = self._laid(sheet)
        except BananaError as error:
            return {"ok": False, "errors": [d.render() for d in error.diagnostics], "warnings": [], "violations": []}
        found = [v.render() for v in constraints.check(laid)]
        return {"ok": not found, "errors": [], "warnings": warnings, "violations": found}

    def _laid(self, sheet: Sheet) -> tuple[Any, list[str]]:
        """Return the sheet laid out, and what was found."""
        from banana_layout import pipeline

        text = sheet if isinstance(sheet, str) else json.dumps(sheet, ensure_ascii=False, indent=1)
        document, warnings = pipeline.read_warned(text)
        laid = pipeline.layout(document, warnings=warnings)
        return laid, [w.render() for w in laid.warnings]

    def _answer(self, data: bytes, format: Format, save_as: str, warnings: list[str]) -> Any:
        """Return finished bytes as a model's client takes them, with the warnings as text beside them."""
        import base64

        from mcp.types import BlobResourceContents, EmbeddedResource, ImageContent, TextContent

        notes = [TextContent(type="text", text=text) for text in warnings]
        if save_as:
            return [TextContent(type="text", text=f"written to {self._write(save_as, format, data)}"), *notes]
        if format == "svg":
            return [TextContent(type="text", text=data.decode()), *notes]
        encoded = base64.b64encode(data).decode()
        if format == "png":
            return [ImageContent(type="image", data=encoded, mime_type="image/png"), *notes]
        held = BlobResourceContents(uri="banana://result/sheet.pdf", mime_type="application/pdf", blob=encoded)
        return [EmbeddedResource(type="resource", resource=held), *notes]

    def _write(self, name: str, format: Format, data: bytes) -> Path:
        """Write a file into the folder, never beside or below it."""
        from banana_layout.render.files import write_all

        if self._folder is None:
            raise BananaError.single("this server writes no files", hints=("start it with --output DIR",))
        path = Path(name)
        odd = not name.isprintable() or _ELSEWHERE.search(name) is not None
        if path.name != name or name.startswith(".") or odd or path.suffix.lower() != f".{format}":
            raise BananaError.single(f"“{name[:80]}” is no file name that ends in .{format}")
        if (self._folder / name).is_symlink():
            raise BananaError.single(f"“{name}” leads out of the folder")
        return write_all([(self._folder / name, data)])[0]
