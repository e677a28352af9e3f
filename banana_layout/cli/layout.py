"""`banana layout`: where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from banana_layout.cli.ink import lay_out
from banana_layout.cli.message import JsonErrors, print_json, report_warnings
from banana_layout.cli.option import FILE, Look, json_option, look_options, strict_option
from banana_layout.cli.terminal import quiet_option
from banana_layout.geometry.point import MM
from banana_layout.source import legible

if TYPE_CHECKING:
    from banana_layout.layout.result import LaidPage


@click.command("layout", epilog="Example: banana layout sheet.md --json | jq .pages[0].panels")
@click.argument("name", type=FILE, metavar="IN")
@look_options
@quiet_option
@strict_option
@json_option
def command(name: str, look: Look, strict: bool, as_json: bool) -> None:
    """Tell where the zones and panels of the sheet IN stand; with --json everything on the page.

    The table is in millimetres, the JSON in points; both count from the top left.
    """
    with JsonErrors(as_json):
        (layout,) = lay_out((name,), look)
        report_warnings(layout.warnings, strict)
    if as_json:
        print_json(layout.to_dict())
        return
    for number, page in enumerate(layout.pages, 1):
        click.echo("\n".join(_table(number, page)))


def _table(number: int, page: LaidPage) -> list[str]:
    """Return a page's zones and panels for people."""
    head = f"page {number}: {page.width / MM:.1f} x {page.height / MM:.1f} mm, body {page.body_size:.2f} pt"
    rows: list[tuple[str, ...]] = [("zone", "panel", "x", "y", "width", "height", "pt")]
    for panel in page.panels:
        r = panel.rect
        places = (f"{v / MM:.1f}" for v in (r.x, r.y, r.w, r.h))
        rows.append((legible(panel.zone), legible(panel.id), *places, f"{panel.body_size:.2f}"))
    wide = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [head, *("  " + "  ".join(_cell(i, row[i], wide[i]) for i in range(len(row))) for row in rows)]


def _cell(column: int, text: str, width: int) -> str:
    """Return a table cell: names from the left, numbers from the right."""
    return text.ljust(width) if column < 2 else text.rjust(width)
