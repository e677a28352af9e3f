"""What became of each sheet."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from banana_layout.source import Diagnostic, legible

Status = Literal["drawn", "unchanged", "failed"]
"""A sheet was drawn now, or earlier from the same content, or could not be."""


class Finding(msgspec.Struct, frozen=True):
    """A message about a sheet, light enough to travel and to keep."""

    severity: str
    """error, warning or note."""
    message: str
    """What is wrong."""
    line: int | None = None
    """Line in the sheet, from 1; None where no place is known."""
    column: int | None = None
    """Column in the line, from 1."""
    hints: tuple[str, ...] = ()
    """What would help."""
    excerpt: tuple[str, ...] = ()
    """The sheet's line, and a line of carets under the place; nothing where no place is known."""

    @classmethod
    def of(cls, found: Diagnostic) -> Finding:
        """Return a diagnostic as a finding."""
        where = found.location()
        line, column = (where[1].line, where[1].column) if where else (None, None)
        return cls(found.severity, found.message, line, column, found.hints, found.excerpt())

    def text(self, name: str) -> str:
        """Return the message as one line, the sheet's line with carets, and a line a hint."""
        place = f":{self.line}:{self.column}" if self.line is not None else ""
        said = f"{legible(name)}{place}: {self.severity}: {legible(self.message)}"
        return "\n".join([said, *self.excerpt, *(f"  hint: {legible(h)}" for h in self.hints)])


class SheetReport(msgspec.Struct, frozen=True):
    """What became of one sheet."""

    name: str
    """Its file as it was named."""
    status: Status
    """What became of it."""
    outputs: tuple[str, ...] = ()
    """Its files, those of an earlier run where it has failed or not changed."""
    pages: int = 0
    """How many pages it has."""
    findings: tuple[Finding, ...] = ()
    """Errors and warnings."""


class Report(msgspec.Struct, frozen=True):
    """What became of all sheets."""

    sheets: tuple[SheetReport, ...]
    """In the order they were named."""
    book: str | None = None
    """The file that holds all pages, where one was asked for and could be made."""

    def having(self, status: Status) -> tuple[SheetReport, ...]:
        """Return the sheets of one status."""
        return tuple(s for s in self.sheets if s.status == status)

    @property
    def ok(self) -> bool:
        """Whether no sheet has failed."""
        return not self.having("failed")

    def to_dict(self) -> dict[str, Any]:
        """Return the report as data."""
        counts = {status: len(self.having(status)) for status in ("drawn", "unchanged", "failed")}
        return {"version": 1, "ok": self.ok, **counts, **msgspec.to_builtins(self)}

    def text(self) -> str:
        """Return the report for people: every message, then one line that counts."""
        lines = [finding.text(sheet.name) for sheet in self.sheets for finding in sheet.findings]
        drawn, unchanged, failed = (len(self.having(s)) for s in ("drawn", "unchanged", "failed"))
        lines.append(
            f"{len(self.sheets)} sheet{'s' * (len(self.sheets) != 1)}: {drawn} drawn, {unchanged} unchanged, {failed} failed"
        )
        if self.book is not None:
            lines.append(f"book: {legible(self.book)}")
        return "\n".join(lines)
