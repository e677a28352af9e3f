"""`banana themes`: the looks that come along."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from banana_layout.cli.message import VERSION, JsonErrors, print_json
from banana_layout.cli.option import FILE, THEME, json_option
from banana_layout.cli.output import Written, deliver, plan
from banana_layout.cli.terminal import is_colorful
from banana_layout.scene.item import Scene
from banana_layout.source import legible
from banana_layout.theme.load import load, names, text_of
from banana_layout.theme.theme import Theme


@click.command(
    "themes",
    epilog="\b\nExamples:\n  banana themes -o swatches.pdf\n  banana themes --theme kraft --toml > mine.toml",
)
@click.option(
    "-o", "--output", "outputs", multiple=True, type=FILE, metavar="OUT", help="Draw a swatch sheet of every theme."
)
@click.option(
    "--theme", "wanted", multiple=True, type=THEME, metavar="THEME", help="Only this theme; may be given again."
)
@click.option("--toml", "as_toml", is_flag=True, help="Print the file of the theme that --theme names.")
@json_option
def command(outputs: tuple[str, ...], wanted: tuple[str, ...], as_toml: bool, as_json: bool) -> None:
    """List the themes and their colours, draw them, or print one to start your own from.

    A PDF holds one swatch sheet a theme; SVG and PNG get a file each: out-1.svg, out-2.svg … in the order of the list.
    """
    if as_toml:
        if len(wanted) != 1 or outputs:
            raise click.UsageError("--toml prints one theme: name it with --theme")
        deliver([Written(None, text_of(wanted[0]).encode())])
        return
    with JsonErrors(as_json):
        found = [load(name, Path.cwd()) for name in wanted or names()]
        if outputs:
            _draw(found, outputs)
            return
    if as_json:
        print_json({"version": VERSION, "themes": [_facts(t) for t in found]})
        return
    for theme in found:
        colours = " ".join(_swatch(p.pen.hex, p.name) for p in (*theme.pairs, theme.hero))
        click.echo(f"{legible(theme.name):<14} {theme.paper.pattern:<6} paper {theme.paper.color.hex}  pens {colours}")


def _draw(themes: Sequence[Theme], outputs: tuple[str, ...]) -> None:
    """Write the themes' swatch sheets."""
    from banana_layout import pipeline
    from banana_layout.cli.ink import draw
    from banana_layout.cli.swatches import swatch_sheet

    targets = plan(outputs, None)
    scenes: list[Scene] = []
    for theme in themes:
        scenes += pipeline.scenes(pipeline.layout(pipeline.read(swatch_sheet(theme)), theme=theme))
    deliver([written for target in targets for written in draw(scenes, target, 150)])


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
    if not is_colorful(sys.stdout):
        return f"{name} {colour}"
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{click.style(name, fg=(r, g, b))} {colour}"
