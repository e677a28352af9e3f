"""Findings as people read them: one line a fault with how often and where, and what to do about all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.geometry.point import MM
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.limits import Limits

SHOWN = 3
"""Places that are named of a fault; the others are counted."""


class Fault(msgspec.Struct, frozen=True):
    """Everything of a file that breaks one limit in the same way."""

    findings: tuple[Finding, ...]
    """One a place, in the file's order; at least one."""

    @property
    def count(self) -> int:
        """In how many places."""
        return sum(f.count for f in self.findings)

    @property
    def worst(self) -> Finding:
        """The finding whose number is furthest from its limit; the first where there are no numbers."""
        return max(self.findings, key=_excess)

    def render(self) -> str:
        """Return the fault as one line: what, the worst value and its limit, where; millimetres from the trimmed page's corner."""
        worst = self.worst
        text = f"{worst.rule}: {worst.message}"
        numbers = worst.numbers()
        values = list(dict.fromkeys(str(f.value) for f in self.findings))
        if numbers and len(values) > 1:
            named = ", ".join(values[:SHOWN]) + (" …" if len(values) > SHOWN else "")
            numbers = named if isinstance(worst.value, str) and worst.limit is None else f"at worst {numbers}"
        text += f" ({numbers})" if numbers else ""
        places = list(dict.fromkeys((f.page, _place(f)) for f in self.findings))
        where = _where(places[:SHOWN])
        if where:
            text += f", {where}" if self.count == 1 else f", {self.count} places: {where}"
            text += ", …" if len(places) > SHOWN else ""
        return text


def faults(findings: Sequence[Finding]) -> tuple[Fault, ...]:
    """Return findings put together by what they say, in the order of the first of each."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for f in findings:
        kinds.setdefault((f.rule, f.message), []).append(f)
    return tuple(Fault(tuple(found)) for found in kinds.values())


def advice(findings: Sequence[Finding], limits: Limits) -> tuple[str, ...]:
    """Return what would help against many findings at once."""
    rules = {f.rule for f in findings}
    said = {str(f.value) for f in findings if f.rule in ("metadata", "transparency")}
    if limits.printed and {"color-space", "intent"} <= rules:
        return (
            f"this looks like a PDF for screens: render it with --preset {limits.purpose}, or judge it with --preset screen",
        )
    if limits.purpose == "print-x1a" and "PDF/X-4" in said:
        return ("this is a PDF/X-4 file: judge it with --preset print, or render it with --preset print-x1a",)
    if limits.purpose == "print" and "PDF/X-1a:2003" in said:
        return ("this is a PDF/X-1a file: judge it with --preset print-x1a",)
    if limits.purpose == "screen" and "intent" in rules:
        return ("if this is a PDF for a print shop, judge it with --preset print",)
    return ()


def _excess(finding: Finding) -> float:
    """Return how far a number is from its limit, in shares of it."""
    value, limit = finding.value, finding.limit
    if not isinstance(value, (int, float)) or not isinstance(limit, (int, float)):
        return 0.0
    return abs(value - limit) / max(abs(limit), 1e-9)


def _place(finding: Finding) -> str:
    """Return a finding's place in whole millimetres; empty where the whole page or file is meant."""
    place = finding.place
    # A rounded number is whole, so nothing is never said to be minus nothing.
    return "" if place is None else f"{round(place.x / MM)} × {round(place.y / MM)} mm"


def _where(places: Sequence[tuple[int | None, str]]) -> str:
    """Return places in words, pages said once."""
    parts: list[str] = []
    last: int | None = None
    for page, place in places:
        words = [f"page {page}" if page is not None and page != last else "", f"at {place}" if place else ""]
        parts += [" ".join(w for w in words if w)] if any(words) else []
        last = page
    return ", ".join(parts)
