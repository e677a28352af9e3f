"""`banana diagram`: one Mermaid diagram, with the options of mermaid-cli's `mmdc` so that it can stand in for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_warnings
from banana_layout.cli.option import json_option, read_theme, stdin_text, strict_option
from banana_layout.cli.output import FORMATS, Target, Written, deliver, plan

if TYPE_CHECKING:
    from banana_layout.source import Diagnostic

MMDC_THEMES = {
    "base": "nano-banana",
    "dark": "chalkboard",
    "default": "nano-banana",
    "forest": "nano-banana",
    "neutral": "plain",
}
"""Mermaid's themes and the ones that come nearest."""
CSS_PX = 0.75
"""Points in a CSS pixel, the unit of mmdc's sizes."""
EXTENT = click.IntRange(16, 20000)
"""Widths and heights that make sense, in CSS pixels."""


@click.command("diagram")
@click.argument("name", metavar="[IN.mmd]", required=False)
@click.option("-i", "--input", "input_name", metavar="IN", help="The diagram's file, or - for stdin; as the argument.")
@click.option("-o", "--output", "output", metavar="OUT", help="A .svg, .pdf or .png. [default: IN.svg]")
@click.option("-f", "-e", "--format", "--outputFormat", "wanted", type=click.Choice(FORMATS), help="The format.")
@click.option("-t", "--theme", metavar="THEME", help="A theme of ours or one of Mermaid's names.")
@click.option(
    "-b", "--backgroundColor", "--background", "background", metavar="COLOR", help="transparent, white, #rrggbb."
)
@click.option("-w", "--width", type=EXTENT, metavar="PX", help="Width in CSS pixels.")
@click.option("-H", "--height", type=EXTENT, metavar="PX", help="Height in CSS pixels.")
@click.option("-s", "--scale", type=click.FloatRange(0.1, 20), default=1.0, show_default=True, help="Enlarges a PNG.")
@click.option("--plain", is_flag=True, help="Draw exact lines instead of a hand's.")
@strict_option
@json_option
def command(name: str | None, input_name: str | None, output: str | None, wanted: str | None, **look: object) -> None:
    """Draw the Mermaid diagram IN.mmd, a flowchart or a mind map."""
