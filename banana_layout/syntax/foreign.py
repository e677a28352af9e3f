"""Marks that other tools leave in Markdown and that say nothing on a page: Liquid tags, kramdown attributes."""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})")
_ALONE = re.compile(r"[ \t]*(?:\{%.*%\}|\{:[^}\n]*\})[ \t]*")


def without_tags(text: str) -> tuple[str, int | None]:
    """Return a text of the same length without lines that are only such marks, and where the first one stood.

    Lines in fences stay: there they are what the text is about.
    """
    if "{%" not in text and "{:" not in text:
        return text, None
    out: list[str] = []
    first: int | None = None
    fence, at = "", 0
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and _ALONE.fullmatch(line):
            first = at if first is None else first
            out.append(" " * len(line))
            at += len(line) + 1
            continue
        out.append(line)
        at += len(line) + 1
    return "\n".join(out), first
