"""`banana mcp`: tools for language models."""

from __future__ import annotations

from pathlib import Path

import click

from banana_layout.cli.option import FOLDER
from banana_layout.source import BananaError


@click.command("mcp", epilog='Example, in a client\'s settings: {"command": "banana", "args": ["mcp", "-o", "sheets"]}')
@click.option(
    "-o", "--output", "folder", type=FOLDER, metavar="DIR", help="Let the model write finished files into this folder."
)
def command(folder: str | None) -> None:
    """Serve the engine to a language model, by the Model Context Protocol on stdin and stdout.

    The tools are render_sheet, render_diagram, layout and check; the resources a JSON Schema of sheets and a sample. The
    model hands over text and gets pictures: it reads no files, and writes none but into DIR.
    """
    path = Path(folder) if folder is not None else None
    if path is not None and not path.is_dir():
        raise BananaError.single(f"there is no folder {path}", hints=("make it first",))
    try:
        from banana_layout.agents.server import server

        made = server(path)
    except ImportError:
        hint = ("install it: pip install 'banana-layout[mcp]'",)
        raise BananaError.single("this needs the protocol's library", hints=hint) from None
    made.run("stdio")
