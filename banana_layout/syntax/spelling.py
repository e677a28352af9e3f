"""What a mistyped name was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint naming what was probably meant, or nothing; a dict says how what is known is spelled."""
    import difflib

    close = difflib.get_close_matches(name[:100].lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean “{_spelled(close[0], known)}”?" if close else ""


def _spelled(name: str, known: Iterable[str]) -> str:
    """Return a name as it is spelled."""
    spelling = known.get(name) if isinstance(known, dict) else None
    return spelling if isinstance(spelling, str) else name
