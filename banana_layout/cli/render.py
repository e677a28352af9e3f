"""`banana render`: sheets to PDF, SVG and PNG."""

from __future__ import annotations

import click

from banana_layout.cli.ink import draw, lay_out
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_warnings
from banana_layout.cli.option import Look, json_option, look_options, preset_option, strict_option
from banana_layout.cli.output import FORMATS, deliver, plan


@click.command("render")
@click.argument("inputs", nargs=-1, required=True, metavar="IN…")
@click.option("-o", "--output", "outputs", multiple=True, required=True, metavar="OUT", help="A .pdf, .svg or .png.")
@click.option("-f", "--format", "wanted", type=click.Choice(FORMATS), help="The format, where OUT's suffix is none.")
@look_options
@preset_option
@click.option(
    "--dpi", type=click.FloatRange(10, 2400), default=150.0, show_default=True, help="Dots per inch of a PNG."
)
@click.option("--plain", is_flag=True, help="Draw exact lines instead of a hand's.")
@strict_option
@json_option
def command(
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    wanted: str | None,
    look: Look,
    preset: str,
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

    del preset  # only `screen` gets here, which is how everything is drawn
    with JsonErrors(as_json):
        targets = plan(outputs, wanted)
        if as_json and any(t.path is None for t in targets):
            raise click.UsageError("--json and an output on stdout would mix")
        layouts = lay_out(inputs, look)
        warnings = [w for laid in layouts for w in laid.warnings]
        report_warnings(warnings, strict)
        scenes = [scene for laid in layouts for scene in pipeline.scenes(laid, plain=plain)]
        results = [written for target in targets for written in draw(scenes, target, dpi)]
        deliver(results)
    if as_json:
        print_json(
            {
                "version": VERSION,
                "outputs": [{"path": str(r.path), "bytes": len(r.data)} for r in results],
                "pages": len(scenes),
                "warnings": [finding(w) for w in warnings],
            }
        )
