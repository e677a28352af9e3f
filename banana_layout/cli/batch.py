"""`banana batch`: many sheets into a folder."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from banana_layout.cli.message import print_json
from banana_layout.cli.option import FILE, FOLDER, Look, json_option, look_options, preset_option, strict_option
from banana_layout.cli.terminal import colored
from banana_layout.source import BananaError, json_bytes

if TYPE_CHECKING:
    from banana_layout.batch import Report, SheetReport, Wishes

SUFFIXES = (".json", ".md", ".markdown")
"""What counts as a sheet in a folder that is given."""

EPILOG = """\b
Examples:
  banana batch chapters/*.md -o out/
  banana batch chapters/ -o out/ -f pdf -f svg --jobs 4 --book book.pdf
  banana batch chapters/ -o out/ --scheduler tcp://10.0.0.5:8786 --report report.json"""


@click.command("batch", epilog=EPILOG)
@click.argument("inputs", nargs=-1, required=True, type=FILE, metavar="IN…")
@click.option("-o", "--output", "folder", required=True, type=FOLDER, metavar="DIR", help="The folder for the files.")
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(("pdf", "svg", "png")), help="May be given again.  [default: pdf]")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes.  [default: one a processor]")
@click.option("--scheduler", metavar="ADDRESS", help="Draw on a Dask cluster instead, such as tcp://10.0.0.5:8786.")
@click.option("--book", type=FILE, metavar="BOOK.pdf", help="Also write one PDF of all pages.")
@click.option("--report", "reports", multiple=True, type=FILE, metavar="FILE", help="Write what became of each sheet: .json, or text.")  # fmt: skip
@click.option("--force", is_flag=True, help="Draw the sheets that have not changed, too.")
@look_options
@preset_option
@click.option("--dpi", type=click.FloatRange(10, 2400), default=150.0, metavar="N", show_default=True, help="Dots per inch of a PNG.")  # fmt: skip
@click.option("--plain", is_flag=True, help="Draw exact lines instead of a hand's.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
@strict_option
@json_option
def command(inputs: tuple[str, ...], look: Look, **given: Any) -> None:
    """Draw the sheets IN…, files or folders, into the folder DIR; those that have not changed are left as they are.

    One failing sheet does not stop the rest: it is told, its earlier files stay, and the exit code is 1.
    """
    from banana_layout.batch import Wishes

    if given["jobs"] and given["scheduler"]:
        raise click.UsageError("--jobs and --scheduler exclude one another")
    wishes = Wishes(
        formats=tuple(dict.fromkeys(given["formats"])) or ("pdf",),
        theme=look.theme,
        page=look.page,
        landscape=look.landscape,
        seed=look.seed,
        all=look.all,
        preset=given["preset"],
        dpi=given["dpi"],
        plain=given["plain"],
        strict=given["strict"],
    )
    try:
        report = _drawn(_sheets(inputs), wishes, given)
    except KeyboardInterrupt:
        click.echo("interrupted: what is drawn stays; the same command draws the rest", err=True)
        raise
    _tell(report, given)
    if not report.ok:
        click.get_current_context().exit(1)


def _drawn(names: list[str], wishes: Wishes, given: dict[str, Any]) -> Report:
    """Return what became of the sheets."""
    from banana_layout.batch import draw_all, record

    folder = Path(given["folder"])
    if given["force"]:
        (folder / record.NAME).unlink(missing_ok=True)
    silent = given["quiet"] or given["as_json"] or not sys.stderr.isatty()
    with _executor(given["scheduler"]) as cluster, _progress(silent) as progress:
        executor = cluster or given["jobs"]
        return draw_all(names, folder, wishes, executor=executor, book=given["book"], progress=progress)


def _tell(report: Report, given: dict[str, Any]) -> None:
    """Print the report and write it where asked for."""
    from banana_layout.render.files import write_all

    data = json_bytes(report.to_dict(), 2) + b"\n"
    files = []
    for name in given["reports"]:
        path = Path(name)
        files.append(
            (path, data if path.suffix.lower() == ".json" else (report.text() + "\n").encode("utf-8", "replace"))
        )
    write_all(files)
    if given["as_json"]:
        print_json(report.to_dict())
        return
    for sheet in report.sheets:
        for found in sheet.findings:
            if found.severity == "error" or not given["quiet"]:
                click.echo(colored(found.text(sheet.name)), err=True)
    if not given["quiet"]:
        click.echo(
            report.text().rpartition("\n")[2] if report.book is None else "\n".join(report.text().splitlines()[-2:])
        )


def _sheets(inputs: tuple[str, ...]) -> list[str]:
    """Return the sheets that files, folders and patterns name (not every shell resolves patterns), each once."""
    found: list[str] = []
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found += [str(p) for p in below if not any(part.startswith(".") for part in p.relative_to(path).parts)]
        elif not path.exists() and any(mark in name for mark in "*?["):
            import glob

            found += sorted(glob.glob(name, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute patterns
        else:
            found.append(name)
    if not found:
        raise BananaError.single(f"there are no sheets in {', '.join(inputs)}", hints=("sheets end in .md or .json",))
    return list(dict.fromkeys(found))


@contextlib.contextmanager
def _executor(scheduler: str | None) -> Iterator[Executor | None]:
    """Yield the executor of a Dask cluster; None where no cluster is asked for."""
    if scheduler is None:
        yield None
        return
    try:
        import distributed
    except ImportError:
        raise BananaError.single(
            "--scheduler needs Dask", hints=("install it: pip install 'banana-layout[cluster]'",)
        ) from None
    connect: Any = distributed.Client
    try:
        client = connect(scheduler, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"cannot reach the scheduler {scheduler}: {error}"
        raise BananaError.single(message, hints=("start one: dask scheduler",)) from None
    with client:
        # A sheet's task has no side effects but is never to be mistaken for an earlier run's of the same arguments.
        yield client.get_executor(pure=False, retries=3)


@contextlib.contextmanager
def _progress(silent: bool) -> Iterator[Callable[[SheetReport, int, int], None] | None]:
    """Yield what moves a progress bar on stderr; None where nobody would see it."""
    if silent:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task("", total=None)

        def moved(sheet: SheetReport, done: int, count: int) -> None:
            bar.update(line, completed=done, total=count, description=f"{sheet.name}: {sheet.status}")

        yield moved
