"""`banana preflight`: whether a PDF file, ours or another's, is ready for the press or for readers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banana_layout.cli.message import VERSION, JsonErrors, print_json
from banana_layout.cli.option import FILE, PRESETS, json_option
from banana_layout.cli.terminal import colored
from banana_layout.source import BananaError, legible

if TYPE_CHECKING:
    from banana_layout.preflight.finding import Finding
    from banana_layout.preflight.limits import Limits

LARGEST = 200_000_000
"""Most bytes a file may have."""


@click.command("preflight", epilog="Example: banana preflight sheet.pdf --preset print-x1a")
@click.argument("name", type=FILE, metavar="FILE.pdf")
@click.option("--preset", type=click.Choice(PRESETS), default="print", show_default=True, help="What the file is for.")
@click.option(
    "--ink-limit", type=click.FloatRange(100, 400), metavar="%", help="Most ink in one place.  [default: 300]"
)
@click.option("--bleed", type=click.FloatRange(0, 50), metavar="MM", help="Least bleed.  [default: 3]")
@click.option("--safe", type=click.FloatRange(0, 50), metavar="MM", help="How far text stays away from the cut.  [default: 3]")  # fmt: skip
@click.option("--dpi", type=click.FloatRange(1, 2400), metavar="N", help="Coarsest picture.  [default: 300]")
@json_option
def command(
    name: str,
    preset: str,
    ink_limit: float | None,
    bleed: float | None,
    safe: float | None,
    dpi: float | None,
    as_json: bool,
) -> None:
    """Tell what is wrong with a PDF file.

    Judged are fonts, boxes, bleed, margins, lines, type, ink, black, pictures, transparency, contrast and tags. The exit code is 1 where something breaks a limit.
    """
    import msgspec

    from banana_layout.geometry.point import MM
    from banana_layout.preflight import check
    from banana_layout.preflight.limits import limits
    from banana_layout.preflight.report import advice

    held = limits(preset)
    given = {
        "ink": None if ink_limit is None else ink_limit / 100,
        "bleed": None if bleed is None else bleed * MM,
        "safe": None if safe is None else safe * MM,
        "dpi": dpi,
    }
    held = msgspec.structs.replace(held, **{key: value for key, value in given.items() if value is not None})
    with JsonErrors(as_json):
        found = check(_bytes(name), held)
    if as_json:
        told = {"findings": [f.to_dict() for f in found], "hints": list(advice(found, held))}
        print_json({"version": VERSION, "ok": not found, "preset": preset, **told})
    else:
        report_faults(name, found, held)
        if not found:
            click.echo(f"{legible(name)}: ready ({preset})")
    if found:
        click.get_current_context().exit(1)


def report_faults(name: str, found: Sequence[Finding], held: Limits) -> None:
    """Write what breaks the limits to stderr, a line a fault, and what would help."""
    from banana_layout.preflight.report import advice, faults

    for fault in faults(found):
        click.echo(colored(legible(f"{name}: error: {fault.render()}")), err=True)
    for hint in advice(found, held):
        click.echo(colored(f"  hint: {hint}"), err=True)


def _bytes(name: str) -> bytes:
    """Return a file's bytes."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise BananaError.single(f"{name} is larger than {LARGEST // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise BananaError.single(f"cannot read {name}: {error.strerror or error}") from None
