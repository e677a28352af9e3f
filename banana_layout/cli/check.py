"""`banana check`: what does not hold of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from banana_layout.cli.ink import draw, lay_out
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_errors, report_warnings
from banana_layout.cli.option import FILE, Look, json_option, look_options, preset_option, strict_option
from banana_layout.cli.output import deliver, plan
from banana_layout.cli.preflight import report_faults
from banana_layout.cli.terminal import quiet_option
from banana_layout.source import legible

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout
    from banana_layout.preflight.finding import Finding


@click.command("check", epilog="Example: banana check sheet.md -o findings.pdf")
@click.argument("name", type=FILE, metavar="IN")
@click.option(
    "-o", "--output", "outputs", multiple=True, type=FILE, metavar="FILE", help="Draw the pages with what is violated."
)
@look_options
@preset_option
@quiet_option
@strict_option
@json_option
def command(name: str, outputs: tuple[str, ...], look: Look, preset: str, strict: bool, as_json: bool) -> None:
    """Tell what does not hold of the sheet IN: text that does not fit, contrast, containment.

    The sheet's own `constraints` are checked with the standard ones. -o draws the pages with every finding framed and
    numbered. With a print preset its file is held to what print shops ask for. The exit code is 1 where something is violated.
    """
    from banana_layout import constraints, pipeline
    from banana_layout.preflight.limits import limits

    with JsonErrors(as_json):
        targets = plan(outputs, None)
        (layout,) = lay_out((name,), look, demanding=False)
        report_warnings(layout.warnings, strict)
        violations = constraints.check(layout)
        if targets:
            from banana_layout.font.book import FontBook

            scenes = pipeline.scenes(layout, plain=True)
            scenes = constraints.marked_scenes(scenes, violations, layout.theme, FontBook.standard())
            deliver([written for target in targets for written in draw(scenes, target, 150.0)])
        unready = _unready(layout, preset)
    source = layout.document.source
    found = [v.diagnostic(source) for v in violations]
    if as_json:
        # Only where a print preset was asked for: the other keys are the contract's.
        judged = {} if preset == "screen" else {"preflight": [f.to_dict() for f in unready]}
        print_json(
            {
                **judged,
                "version": VERSION,
                "ok": not violations and not unready,
                "violations": [
                    {**v.to_dict(), **{k: finding(d)[k] for k in ("file", "line", "column")}}
                    for v, d in zip(violations, found, strict=True)
                ],
                "warnings": [finding(w) for w in layout.warnings],
            }
        )
    else:
        report_errors(found)
        if unready:
            report_faults(name, unready, limits(preset))
        if not violations and not unready:
            click.echo(f"{legible(name)}: all constraints hold")
    if violations or unready:
        click.get_current_context().exit(1)


def _unready(layout: Layout, preset: str) -> tuple[Finding, ...]:
    """Return what a print shop would refuse in the file a print preset makes; nothing for screens."""
    if preset == "screen":
        return ()
    from banana_layout import pipeline
    from banana_layout.preflight import check
    from banana_layout.preflight.limits import limits

    return check(pipeline.to_pdf(layout, pipeline.pdf_preset(preset, layout.theme)), limits(preset))
