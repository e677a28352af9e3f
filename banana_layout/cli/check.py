"""`banana check`: what does not hold of a page."""

from __future__ import annotations

import click
import msgspec

from banana_layout.cli.ink import lay_out
from banana_layout.cli.message import VERSION, JsonErrors, finding, print_json, report_warnings
from banana_layout.cli.option import Look, json_option, look_options, preset_option, strict_option


@click.command("check")
@click.argument("name", metavar="IN")
@look_options
@preset_option
@strict_option
@json_option
def command(name: str, look: Look, preset: str, strict: bool, as_json: bool) -> None:
    """Tell what does not hold of the sheet IN: text that does not fit, contrast, containment.

    The exit code is 1 where something is violated.
    """
    from banana_layout import constraints

    with JsonErrors(as_json):
        (layout,) = lay_out((name,), look)
        report_warnings(layout.warnings, strict)
    violations = constraints.check(layout)
    if as_json:
        print_json(
            {
                "version": VERSION,
                "ok": not violations,
                "violations": [msgspec.to_builtins(v) for v in violations],
                "warnings": [finding(w) for w in layout.warnings],
            }
        )
    else:
        for violation in violations:
            click.echo(f"{name}: error: {violation.render()}", err=True)
        if not violations:
            click.echo(f"{name}: all constraints hold")
    if violations:
        click.get_current_context().exit(1)
