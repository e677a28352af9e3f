"""`banana check`: what does not hold of a page."""

from __future__ import annotations

import click

from banana_layout.cli.ink import draw, lay_out
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_errors, report_warnings
from banana_layout.cli.option import Look, json_option, look_options, preset_option, strict_option
from banana_layout.cli.output import deliver, plan
from banana_layout.cli.terminal import quiet_option


@click.command("check", epilog="Example: banana check sheet.md -o findings.pdf")
@click.argument("name", metavar="IN")
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Draw the pages with what is violated.")
@look_options
@preset_option
@quiet_option
@strict_option
@json_option
def command(name: str, outputs: tuple[str, ...], look: Look, preset: str, strict: bool, as_json: bool) -> None:
    """Tell what does not hold of the sheet IN: text that does not fit, contrast, containment.

    The sheet's own `constraints` are checked with the standard ones. -o draws the pages with every finding framed and
    numbered. The exit code is 1 where something is violated.
    """
    from banana_layout import constraints, pipeline

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
    source = layout.document.source
    found = [v.diagnostic(source) for v in violations]
    if as_json:
        print_json(
            {
                "version": VERSION,
                "ok": not violations,
                "violations": [
                    {**v.to_dict(), **{k: finding(d)[k] for k in ("file", "line", "column")}}
                    for v, d in zip(violations, found, strict=True)
                ],
                "warnings": [finding(w) for w in layout.warnings],
            }
        )
    else:
        report_errors(found)
        if not violations:
            click.echo(f"{name}: all constraints hold")
    if violations:
        click.get_current_context().exit(1)
