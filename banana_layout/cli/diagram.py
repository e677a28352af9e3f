"""`banana diagram`: one Mermaid diagram, with the options of mermaid-cli's `mmdc` so that it can stand in for it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from banana_layout.cli.ink import draw
from banana_layout.cli.markdown_diagrams import fenced, is_markdown, link, numbered, with_pictures
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_warnings
from banana_layout.cli.option import FILE, THEME, json_option, read_theme, stdin_text, strict_option
from banana_layout.cli.output import FORMATS, STDOUT, Target, Written, deliver, plan
from banana_layout.cli.terminal import open_option, quiet_option, show
from banana_layout.color import Color
from banana_layout.source import BananaError, Diagnostic, Source
from banana_layout.theme.theme import Theme

MMDC_THEMES = {
    "base": "nano-banana",
    "dark": "chalkboard",
    "default": "nano-banana",
    "forest": "nano-banana",
    "neutral": "plain",
}
"""Mermaid's themes and the ones that come nearest."""
COLORS = {"black": "#000000", "white": "#ffffff"}
"""Colours that may be given by name."""
CSS_PX = 0.75
"""Points in a CSS pixel, the unit of mmdc's sizes."""
PX_DPI = 96
"""Dots per inch at which a CSS pixel is one dot."""
EXTENT = click.IntRange(16, 20000)
"""Widths and heights that make sense, in CSS pixels."""


class Wish(NamedTuple):
    """How the diagram is to look."""

    theme: Theme
    """The look, its paper in the background's colour."""
    ground: bool
    """Whether there is paper at all."""
    size: tuple[float | None, float | None]
    """Width and height in points; None for the natural one."""
    scale: float
    """Dots a CSS pixel in a PNG."""
    plain: bool
    """Whether lines are exact instead of a hand's."""


@click.command(
    "diagram",
    epilog="\b\nExamples:\n  banana diagram flow.mmd -o flow.svg\n  banana diagram -i flow.mmd -o flow.png -t dark -b transparent -s 2",
)
@click.argument("name", type=FILE, metavar="[IN.mmd]", required=False)
@click.option(
    "-i", "--input", "input_name", type=FILE, metavar="IN", help="The file: a diagram, or Markdown; - for stdin."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    metavar="OUT",
    help="A .svg, .pdf or .png, or .md for Markdown; may be given again.  [default: IN.svg]",
)
@click.option("-e", "--format", "--outputFormat", "wanted", type=click.Choice(FORMATS), help="The format.")
@click.option("-f", "fit", is_flag=False, flag_value="fit", type=click.Choice((*FORMATS, "fit")), hidden=True)
@click.option("--pdfFit", "_fit", is_flag=True, hidden=True)
@click.option("-a", "--artefacts", type=click.Path(path_type=Path), metavar="DIR", help="Where Markdown's pictures go.")
@click.option(
    "-c", "--configFile", "config", type=click.Path(path_type=Path), metavar="JSON", help="Mermaid's settings."
)
@click.option("-C", "--cssFile", "-I", "--svgId", "-p", "--puppeteerConfigFile", "--iconPacks", "_unused", hidden=True)
@click.option("-t", "--theme", type=THEME, metavar="THEME", help="A theme of ours, or one of Mermaid's names.")
@click.option("-b", "--backgroundColor", "ground", metavar="COLOR", help="transparent, white or #rrggbb.")
@click.option("-w", "--width", type=EXTENT, metavar="PX", help="Width in CSS pixels.")
@click.option("-H", "--height", type=EXTENT, metavar="PX", help="Height in CSS pixels.")
@click.option(
    "-s", "--scale", type=click.FloatRange(0.1, 20), default=1.0, metavar="N", show_default=True, help="Enlarges a PNG."
)
@click.option("--plain", is_flag=True, help="Draw exact lines instead of a hand's.")
@open_option
@quiet_option
@strict_option
@json_option
def command(name: str | None, **given: object) -> None:
    """Draw the Mermaid diagram IN.mmd, a flowchart or a mind map; or every diagram of a Markdown file."""
    input_name = _one_input(name, _text(given["input_name"]))
    fit = _text(given["fit"])
    wanted, as_json = _text(given["wanted"]) or (fit if fit in FORMATS else None), bool(given["as_json"])
    with JsonErrors(as_json):
        wish = _wish(given)
        asked = given["outputs"] if isinstance(given["outputs"], tuple) else ()
        outputs = tuple(str(o) for o in asked) or (_default_output(input_name, wanted),)
        if as_json and STDOUT in outputs:
            raise click.UsageError("--json and an output on stdout would mix")
        source, folder = _source(input_name), given["artefacts"]
        written: list[Written] = []
        warnings: list[Diagnostic] = []
        for output in outputs:
            if is_markdown(input_name) or is_markdown(output):
                made, found = _pictured(source, output, wanted, wish, folder if isinstance(folder, Path) else None)
                written += made
            else:
                (target,) = plan((output,), wanted)
                one, found = _drawn(source, target, wish)
                written.append(one)
            warnings += [w for w in found if w not in warnings]
        report_warnings(warnings, bool(given["strict"]))
        deliver(written)
    show(tuple(w.path for w in written))
    if as_json:
        files = [{"path": str(w.path), "bytes": len(w.data)} for w in written]
        print_json({"version": VERSION, "outputs": files, "warnings": [finding(w) for w in warnings]})


def _pictured(
    text: Source, output: str, wanted: str | None, wish: Wish, folder: Path | None
) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    """Return a picture for each diagram of a Markdown text, and the text naming them where Markdown is asked for."""
    blocks = fenced(text)
    place = Path(output)
    rewritten = is_markdown(output)
    kind = wanted or ("svg" if rewritten else place.suffix[1:].lower())
    names = [numbered(place, n, f".{kind}", folder) for n in range(1, len(blocks) + 1)]
    if output == STDOUT:
        raise click.UsageError("the diagrams of a Markdown file go to files, not to stdout")
    out: list[Written] = []
    warnings: list[Diagnostic] = []
    for block, target in zip(blocks, plan([str(n) for n in names], kind if kind in FORMATS else None), strict=True):
        made, found = _drawn(block.source, target, wish)
        out.append(made)
        # The lines above a diagram are blanked out so that places are the file's own; they are not the author's.
        warnings += [w for w in found if "above the front matter" not in w.message]
    if rewritten:
        pictures = [(link(n, place), _alt(b.source)) for n, b in zip(names, blocks, strict=True)]
        out.append(Written(place, with_pictures(text.text, blocks, pictures).encode()))
    return tuple(out), tuple(warnings)


def _alt(source: Source) -> str:
    """Return what a picture's text says instead: the diagram's description or title."""
    from banana_layout.syntax import mermaid

    model = mermaid.read(source).value
    return model.description or model.title


def _drawn(source: Source, target: Target, wish: Wish) -> tuple[Written, tuple[Diagnostic, ...]]:
    """Return the finished file and what was found on the way."""
    from banana_layout import pipeline

    scene, warnings = pipeline.diagram_scene(source, *wish.size, theme=wish.theme, plain=wish.plain, ground=wish.ground)
    (written,) = draw((scene,), target, PX_DPI * wish.scale)
    return written, warnings


def _text(value: object) -> str | None:
    """Return an option that is text where it is given."""
    return value if isinstance(value, str) else None


def _one_input(argument: str | None, option: str | None) -> str:
    """Return the input, which may be given either way."""
    if argument is not None and option is not None:
        raise click.UsageError("the input is given twice, as an argument and by -i")
    found = argument if argument is not None else option
    if found is None:
        raise click.UsageError("Missing the input: a file, or - for stdin.")
    return found


def _default_output(name: str, wanted: str | None) -> str:
    """Return where mmdc would write: the input's name with the format appended."""
    return f"{'out' if name == '-' else name}.{wanted or 'svg'}"


def _source(name: str) -> Source:
    """Return the diagram's text."""
    if name == "-":
        return Source("<stdin>", stdin_text())
    from banana_layout import pipeline

    return Source(name, pipeline.read_file(Path(name)).replace("\r\n", "\n").removeprefix("\ufeff"))


def _wish(given: dict[str, object]) -> Wish:
    """Return what the options ask for."""
    asked = _text(given["theme"]) or _configured(given["config"]) or "default"
    theme = read_theme(MMDC_THEMES.get(asked, asked))
    assert theme is not None
    ground = _text(given["ground"])
    if ground is not None:
        color = _color(ground, theme)
        paper = msgspec.structs.replace(theme.paper, color=color, pattern="blank", smears=0.0, margin=None)
        theme = msgspec.structs.replace(theme, paper=paper)
    width, height = (px * CSS_PX if isinstance(px, int) else None for px in (given["width"], given["height"]))
    scale = given["scale"]
    assert isinstance(scale, float)
    return Wish(theme, ground != "transparent", (width, height), scale, bool(given["plain"]))


def _configured(path: object) -> str | None:
    """Return the theme a file of Mermaid's settings names; the others mean nothing here, or stand in the diagram."""
    if not isinstance(path, Path):
        return None
    from banana_layout import pipeline

    try:
        data = msgspec.json.decode(pipeline.read_file(path))
    except msgspec.DecodeError as error:
        raise BananaError.single(f"{path} is not valid JSON: {error}") from None
    theme = data.get("theme") if isinstance(data, dict) else None
    return theme if isinstance(theme, str) else None


def _color(name: str, theme: Theme) -> Color:
    """Return a background colour; the theme's paper for none."""
    if name == "transparent":
        return theme.paper.color
    try:
        return Color.parse(COLORS.get(name.lower(), name))
    except ValueError as error:
        raise click.BadParameter(f"{error}, nor transparent, black or white", param_hint="-b") from None
