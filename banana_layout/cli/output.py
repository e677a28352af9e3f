"""Where results go: planned before any work is done, written when all of it is."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from banana_layout.render.files import check_place, write_all

FORMATS = ("pdf", "svg", "png")
"""What can be written; also the file name suffixes."""
STDOUT = "-"
"""The name that means standard output."""


class Target(NamedTuple):
    """One output as the command names it."""

    path: Path | None
    """The file, or None for stdout."""
    format: str
    """One of FORMATS."""

    def page_path(self, page: int, pages: int) -> Path | None:
        """Return the file for one page (from 0) where each has its own: `out-1.svg`, or `out.svg` for a single one."""
        if self.path is None or pages == 1:
            return self.path
        return self.path.with_name(f"{self.path.stem}-{page + 1}{self.path.suffix}")


class Written(NamedTuple):
    """Finished bytes and where they go."""

    path: Path | None
    """The file, or None for stdout."""
    data: bytes
    """The whole content."""


def plan(names: Sequence[str], wanted: str | None) -> tuple[Target, ...]:
    """Return the outputs, checked as far as can be before there is anything to write.

    A BananaError for a suffix nobody knows, a folder that is missing or a name that is a folder; a usage error where
    stdout is asked for without a format, or anything twice.
    """
    targets = tuple(_target(name, wanted) for name in names)
    seen: set[Path | None] = set()
    for target in targets:
        if target.path in seen:
            raise click.UsageError(f"the output {target.path or STDOUT} is named twice")
        seen.add(target.path)
        if target.path is not None:
            check_place(target.path)
    return targets


def deliver(results: Sequence[Written]) -> None:
    """Write the files, all or none, then what goes to stdout."""
    paths = [r.path for r in results if r.path is not None]
    twice = next((p for i, p in enumerate(paths) if p in paths[:i]), None)
    if twice is not None:
        raise click.UsageError(f"two outputs would both be written to {twice}")
    write_all([(r.path, r.data) for r in results if r.path is not None])
    for result in results:
        if result.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(result.data)
            sys.stdout.buffer.flush()


def _target(name: str, wanted: str | None) -> Target:
    """Return what an output's name means."""
    if name == STDOUT:
        if wanted is None:
            raise click.UsageError("writing to stdout needs --format pdf, svg or png")
        return Target(None, wanted)
    path = Path(name)
    if wanted is not None:
        return Target(path, wanted)
    suffix = path.suffix[1:].lower()
    if suffix in FORMATS:
        return Target(path, suffix)
    said = f'the suffix ".{suffix}" is unknown' if suffix else "no suffix says its format"
    near = difflib.get_close_matches(suffix, FORMATS, 1, 0.5)
    meant = "".join(f'; did you mean "{path.with_suffix("." + n)}"?' for n in near)
    raise click.UsageError(
        f"cannot write {name}: {said}{meant or ';'} Outputs end in .pdf, .svg or .png.".replace("; O", "; o")
    )
