"""`banana schema`: what a sheet in JSON looks like."""

from __future__ import annotations

import json

import click


@click.command("schema", epilog="Example: banana schema > sheet.schema.json")
@click.argument("form", type=click.Choice(["sheet", "document"]), default="sheet")
@click.option("--lenient", is_flag=True, help="Let keys that have a default be missing, as `banana render` does.")
@click.option(
    "--flat", is_flag=True, help="Without recursion, for models whose structured outputs refuse it: cells divide once."
)
def command(form: str, lenient: bool, flat: bool) -> None:
    """Print the JSON Schema of the sheets that `banana render sheet.json` takes.

    The form `sheet` holds Markdown in JSON: the one to give a language model as the form of its answer. `document` is the
    whole model, as `to_dict` writes it.
    """
    from banana_layout.model.schema import schema

    if flat and form == "document":
        raise click.UsageError("--flat is for the form “sheet”: a document's lists hold lists.")
    found = schema("document" if form == "document" else "sheet", lenient=lenient, flat=flat)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n", nl=False)
