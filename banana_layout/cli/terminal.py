"""What a terminal is good for: colour where it is wanted, silence where it is asked for, opening what was made."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_WORTH_A_BAR = 8
"""Fewer sheets are done before one has read a bar."""

COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}
"""Of the words that say how bad a finding is."""

_SEVERITY = re.compile(r"\b(error|warning|note):")
_CARETS = re.compile(r"^[ \u3000]*\^+$")
_QUIET, _OPEN = "banana_layout.quiet", "banana_layout.open"


def is_colorful(stream: TextIO | None) -> bool:
    """Whether colours are welcome on a stream: a terminal that knows them, and no NO_COLOR (https://no-color.org)."""
    return (
        stream is not None
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and (bool(os.environ.get("FORCE_COLOR")) or stream.isatty())
    )


def speak_any_script() -> None:
    """Let stdout and stderr stand signs that their encoding lacks, as consoles of Windows have them: `?` in their place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def colored(text: str) -> str:
    """Return a finding's text in colours where stderr takes them: its severity, its carets, its hints."""
    if not is_colorful(sys.stderr):
        return text
    first, *rest = text.split("\n")
    found = _SEVERITY.search(first)
    color = COLORS[found[1]] if found else None
    if found:
        word = click.style(found[0], fg=color, bold=True)
        first = click.style(first[: found.start()], bold=True) + word + first[found.end() :]
    lines = [first]
    for line in rest:
        if _CARETS.match(line):
            lines.append(click.style(line, fg=color))
        elif line.startswith("  hint: "):
            lines.append("  " + click.style("hint:", fg="cyan") + line[7:])
        else:
            lines.append(line)
    return "\n".join(lines)


def quiet_option(function: F) -> F:
    """Add --quiet, which leaves warnings unsaid; errors are always told."""

    def keep(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        context.meta[_QUIET] = value

    return click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=keep, help="Say nothing of warnings."
    )(function)


def is_quiet() -> bool:
    """Whether the command that runs was asked to be quiet."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_QUIET))


def followed(items: Sequence[T], doing: str) -> Iterator[T]:
    """Yield items one by one, on a terminal under a bar that is gone afterwards, where there are enough to wait for."""
    if len(items) < _WORTH_A_BAR or is_quiet() or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=doing)


def open_option(function: F) -> F:
    """Add --open, which shows what was made in the program that belongs to it."""

    def keep(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        context.meta[_OPEN] = value

    return click.option(
        "--open", is_flag=True, expose_value=False, callback=keep, help="Open the first output when it is written."
    )(function)


def show(paths: Iterable[Path | None]) -> None:
    """Open the first file, where --open asks for it."""
    first = next((path for path in paths if path is not None), None)
    if first is not None and click.get_current_context().meta.get(_OPEN):
        click.launch(str(first.resolve()))
