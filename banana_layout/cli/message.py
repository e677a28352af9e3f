"""What the command line says: findings on stderr for people, on stdout as JSON for machines."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from banana_layout.cli.terminal import colored, is_quiet
from banana_layout.source import BananaError, Diagnostic, json_bytes

VERSION = 1
"""Of the JSON that commands print."""


def report_errors(found: Iterable[Diagnostic]) -> None:
    """Write findings to stderr, those without a file under the program's name."""
    for one in found:
        text = one.render()
        click.echo(colored(text if one.source is not None else f"banana: {text}"), err=True)


def report_warnings(found: Iterable[Diagnostic], strict: bool) -> None:
    """Write warnings to stderr, file by file from top to bottom.

    Where they count as errors, a BananaError holds them instead, notes aside.
    """
    warnings = in_order(found)
    grave = tuple(w for w in warnings if w.severity != "note")
    if strict and grave:
        raise BananaError(*(msgspec.structs.replace(w, severity="error") for w in grave))
    if not is_quiet():
        report_errors(warnings)


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings file by file, as the files came, and in each from top to bottom; those without a place first."""
    files: dict[str, int] = {}

    def place(one: Diagnostic) -> tuple[int, int, int]:
        where = one.location()
        if where is None:
            return 0, 0, 0
        return files.setdefault(where[0], len(files) + 1), where[1].line, where[1].column

    return tuple(sorted(found, key=place))


def finding(found: Diagnostic) -> dict[str, Any]:
    """Return a finding for machines; line and column count from 1 and are null where no place is known."""
    where = found.location()
    file = where[0] if where else found.source.name if found.source else None
    return {
        "severity": found.severity,
        "message": found.message,
        "file": file,
        "line": where[1].line if where else None,
        "column": where[1].column if where else None,
        "hints": list(found.hints),
    }


def print_json(value: Any) -> None:
    """Write a value to stdout as one line of JSON in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json_bytes(value) + b"\n")
    sys.stdout.buffer.flush()


class JsonErrors:
    """Around a command that prints JSON: a BananaError also goes to stdout, as `{"version", "errors"}`."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted

    def __enter__(self) -> None:
        """Do nothing yet."""

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        """Print the findings an error carries; the error goes on to `main`, which tells people."""
        if self._wanted and isinstance(error, BananaError):
            print_json({"version": VERSION, "errors": [finding(d) for d in error.diagnostics]})
