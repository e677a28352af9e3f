"""`banana new`: a sheet to start from, or the sheet a brief describes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click
import msgspec

from banana_layout.cli.message import report_warnings
from banana_layout.cli.option import FILE, Look, look_options, read_document
from banana_layout.cli.output import Written, deliver
from banana_layout.model.document import Document, Sheet
from banana_layout.source import BananaError

START = """\
---
page: A4
theme: nano-banana
layout:
  - 12: title
  - 38: [what-is-it, why]
  - 50: how-it-works
---

# 🍌 MY CHEAT SHEET 🍌

one page, one idea

## 🎲 What is it?

- **One** thing a panel
- Short lines

## 💡 Why?

> "A sheet is read at arm's length."

## ⚡ How it works

```mermaid
flowchart LR
    A([Write]) --> B[Render] --> C{Good?}
    C -->|yes| D([Print])
    C -.->|no| A
```
"""
"""What a new sheet holds."""


@click.command("new", epilog="Example: banana new sheet.md && banana watch sheet.md --open")
@click.argument("name", required=False, type=FILE, metavar="[NAME]")
@click.option("--from", "brief", type=FILE, metavar="BRIEF", help="Write the sheet that a brief describes.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@look_options
def command(name: str | None, brief: str | None, force: bool, look: Look) -> None:
    """Write a sheet to NAME, or to stdout: one to start from, or with --from the one a brief describes.

    The sheet of a brief renders to the same page as the brief itself.
    """
    text = START if brief is None else _sheet_of(brief, look)
    if name is None or name == "-":
        deliver([Written(None, text.encode())])
        return
    path = Path(name if Path(name).suffix else f"{name}.md")
    if path.exists() and not force:
        raise BananaError.single(f"{path} is there already", hints=("use --force to write over it",))
    deliver([Written(path, text.encode("utf-8"))])
    if sys.stderr.isatty():
        click.echo(f"wrote {path}; look at it with: banana watch {shlex.quote(str(path))} --open", err=True)


def _sheet_of(brief: str, look: Look) -> str:
    """Return the Markdown of a brief's sheet."""
    from banana_layout.syntax.writer import write

    document, warnings = read_document(brief, look)
    report_warnings(warnings, strict=False)
    return write(as_shown(document))


def as_shown(document: Document) -> Document:
    """Return a document whose panels hold what their page shows: some their digest in place of their section.

    Where the document asks for all, such sections follow whole on a sheet of their own, as they do on pages.
    """
    from banana_layout import pipeline
    from banana_layout.layout.gentle import whole_panels

    if not any(p.digest for s in document.sheets for p in s.panels):
        return document
    shown = {box.id for page in pipeline.layout(document).pages for box in page.panels if box.digest}
    sheets: list[Sheet] = []
    for sheet in document.sheets:
        panels = tuple(
            msgspec.structs.replace(p, blocks=p.digest if p.digest and p.id in shown else p.blocks, digest=())
            for p in sheet.panels
        )
        sheets.append(msgspec.structs.replace(sheet, panels=panels))
        whole = whole_panels(sheet, shown) if document.settings.all else None
        sheets += [whole] if whole is not None else []
    return msgspec.structs.replace(document, sheets=tuple(sheets))
