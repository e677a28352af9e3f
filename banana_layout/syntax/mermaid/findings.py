"""Collects what is to be said about a diagram while it is read."""

from __future__ import annotations

from banana_layout.source import BananaError, Diagnostic, Severity, Source, Span

MOST_WARNINGS = 100
"""Further warnings are only counted: a page full of one mistake needs no thousand lines about it."""


class Findings:
    """The warnings of one reading, in order; errors are made here so that they carry the source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: list[Diagnostic] = []
        self._dropped = 0

    def warn(self, message: str, start: int, end: int, *hints: str) -> None:
        """Note something Mermaid would refuse or draw otherwise than meant."""
        self._add("warning", message, Span(start, max(start, end)), hints)

    def note(self, message: str, start: int, end: int, *hints: str) -> None:
        """Note something that has no effect here."""
        self._add("note", message, Span(start, max(start, end)), hints)

    def error(self, message: str, start: int, end: int, *hints: str) -> BananaError:
        """Return the error to raise, with the warnings so far behind it."""
        first = Diagnostic("error", message, Span(start, max(start, end)), hints, self._source)
        return BananaError(first, *self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """Return everything found, in the order of the source's reading."""
        if not self._dropped:
            return tuple(self._found)
        more = Diagnostic("warning", f"{self._dropped} further findings are not shown", None, (), self._source)
        return (*self._found, more)

    def _add(self, severity: Severity, message: str, span: Span, hints: tuple[str, ...]) -> None:
        if len(self._found) < MOST_WARNINGS:
            self._found.append(Diagnostic(severity, message, span, hints, self._source))
        else:
            self._dropped += 1
