"""`banana render`: sheets to PDF, SVG and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from banana_layout.cli.imposition import Imposition, imposition_options
from banana_layout.cli.ink import draw, lay_out, printed
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_warnings
from banana_layout.cli.option import FILE, Look, json_option, look_options, preset_option, strict_option
from banana_layout.cli.output import FORMATS, Written, deliver, plan
from banana_layout.cli.press import press_options
from banana_layout.cli.terminal import followed, open_option, quiet_option, show

if TYPE_CHECKING:
    from banana_layout.render.pdf.preset import Preset
    from banana_layout.scene.item import Scene


@click.command(
    "render",
    epilog="\b\nExamples:\n  banana render sheet.md -o sheet.pdf --open\n  banana render a.md b.json -o both.pdf -o both.svg\n"
    "  banana render *.md -o book.pdf --book 'My notes' --preset print\n"
    "  cat sheet.md | banana render - -o - -f png > sheet.png",
)
@click.argument("inputs", nargs=-1, required=True, type=FILE, metavar="IN…")
@click.option(
    "-o", "--output", "outputs", multiple=True, type=FILE, metavar="OUT", help="A .pdf, .svg or .png.  [required]"
)
@click.option("-f", "--format", "wanted", type=click.Choice(FORMATS), help="The format, where OUT's suffix is none.")
@look_options
@preset_option
@press_options
@imposition_options
@click.option(
    "--dpi",
    type=click.FloatRange(10, 2400),
    default=150.0,
    metavar="N",
    show_default=True,
    help="Dots per inch of a PNG.",
)
@click.option("--plain", is_flag=True, help="Draw exact lines instead of a hand's.")
@open_option
@quiet_option
@strict_option
@json_option
def command(
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    wanted: str | None,
    look: Look,
    preset: str | Preset,
    imposition: Imposition,
    dpi: float,
    plain: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Draw the sheets IN… into every OUT; -o may be given again.

    A PDF holds all pages. Where there are several, SVG and PNG get a file a page: out-1.svg, out-2.svg …
    IN and OUT may be - for stdin and stdout. Nothing is written unless everything can be.
    """
    from banana_layout import pipeline
    from banana_layout.imposition.several import joined

    if not outputs:
        name = "sheet" if inputs[0] == "-" else Path(inputs[0]).stem
        raise click.UsageError(f"Missing option '-o': say what to write, such as -o {name}.pdf")
    with JsonErrors(as_json):
        targets = plan(outputs, wanted)
        if as_json and any(t.path is None for t in targets):
            raise click.UsageError("--json and an output on stdout would mix")
        layouts = imposition.bind(lay_out(inputs, look))
        warnings = [w for laid in layouts for w in laid.warnings]
        report_warnings(warnings, strict)
        chosen = pipeline.pdf_preset(preset, layouts[0].theme)
        drawn: dict[tuple[float, bool], tuple[Scene, ...]] = {}
        results: list[Written] = []
        for target in targets:
            # A file for the press has paper over the cut; other files have not.
            press = chosen.press if target.format == "pdf" else None
            bleed = press.bleed if press is not None else 0.0
            way = (bleed, target.format == "pdf" or imposition.mixes)
            if way not in drawn:
                sheets = [pipeline.scenes(laid, plain=plain, bleed=bleed) for laid in followed(layouts, "drawing")]
                pages = joined(sheets) if way[1] else [scene for own in sheets for scene in own]
                drawn[way] = imposition.arrange(pages, bleed)
            results += [printed(drawn[way], target, chosen)] if press is not None else draw(drawn[way], target, dpi)
        deliver(results)
    show(r.path for r in results)
    if as_json:
        print_json(
            {
                "version": VERSION,
                "outputs": [{"path": str(r.path), "bytes": len(r.data)} for r in results],
                "pages": len(next(iter(drawn.values()))),
                "warnings": [finding(w) for w in warnings],
            }
        )
