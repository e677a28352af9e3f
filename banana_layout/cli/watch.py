"""`banana watch`: a live preview in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from banana_layout.cli.option import FILE
from banana_layout.source import BananaError, legible


@click.command("watch", epilog="Example: banana watch sheet.md --open")
@click.argument("name", type=FILE, metavar="IN")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port.  [default: a free one]")
@click.option("--seed", type=int, metavar="N", help="Choose another, equally good hand.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print the address and nothing else.")
def command(name: str, port: int, seed: int | None, show: bool, quiet: bool) -> None:
    """Show the sheet IN in the browser and draw it again whenever it is saved.

    The page is served to this machine only, at an address nobody else knows. It shows errors and warnings beside the
    sheet, switches theme, page and hand, lays zones, boxes and baselines over it, and saves SVG, PDF and PNG.
    """
    from banana_layout.preview.server import Preview
    from banana_layout.preview.session import Session, View

    path = Path(name)
    if not path.is_file():
        raise BananaError.single(f"no such file: {path}", hints=("banana new makes a first sheet",))
    session = Session(path, seed)
    try:
        server = Preview(session, port)
    except OSError as error:
        raise BananaError.single(
            f"cannot listen on port {port}: {error.strerror}", hints=("leave --port out",)
        ) from None
    click.echo(server.url)
    if not quiet:
        click.echo(f"watching {legible(str(path))}; end with Ctrl-C", err=True)
    session.state(View())  # what is loaded on the first page is there when the browser comes
    if show:
        click.launch(server.url)
    try:
        server.serve_forever(0.1)
    except KeyboardInterrupt:
        pass
    finally:
        server.closing.set()
        server.server_close()
