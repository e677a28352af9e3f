"""`banana themes`: the looks that come along."""

from __future__ import annotations

import sys

import click

from banana_layout.cli.message import VERSION, print_json
from banana_layout.cli.option import json_option
from banana_layout.theme.load import load, names
from banana_layout.theme.theme import Theme


@click.command("themes")
@json_option
def command(as_json: bool) -> None:
    """List the themes and their colours."""
    found = [load(name) for name in names()]
    if as_json:
        print_json({"version": VERSION, "themes": [_facts(t) for t in found]})
        return
    for theme in found:
        colours = " ".join(_swatch(p.pen.hex, p.name) for p in (*theme.pairs, theme.hero))
        click.echo(f"{theme.name:<14} {theme.paper.pattern:<6} paper {theme.paper.color.hex}  pens {colours}")


def _facts(theme: Theme) -> dict[str, object]:
    """Return what a program may want to know of a theme."""
    return {
        "name": theme.name,
        "paper": theme.paper.color.hex,
        "pattern": theme.paper.pattern,
        "ink": theme.ink.hex,
        "pairs": [
            {"name": p.name, "pen": p.pen.hex, "marker": p.marker.hex, "tint": p.tint.hex}
            for p in (*theme.pairs, theme.hero)
        ],
    }


def _swatch(colour: str, name: str) -> str:
    """Return a colour's name, shown in the colour where a terminal listens."""
    if not sys.stdout.isatty():
        return f"{name} {colour}"
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{click.style(name, fg=(r, g, b))} {colour}"
