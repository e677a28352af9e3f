"""Bookmarks: one a page, one a panel (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.render.clean import writable
from banana_layout.render.pdf.objects import Objects, Raw
from banana_layout.render.pdf.structure import literal


class Bookmark(NamedTuple):
    """One entry of the list readers show beside the pages."""

    level: int
    """1 for a page, 2 for a panel."""
    words: str
    """What it says."""
    place: str
    """The destination, as it is written."""


def bookmarks(objects: Objects, entries: Sequence[Bookmark]) -> str:
    """Add the outline to the file and return a reference to it; empty where there is nothing to show."""
    if not entries:
        return ""
    top = objects.raw()
    bodies = [objects.raw() for _ in entries]
    parents: list[int] = []  # the entry above each, or -1
    last_page = -1
    for i, entry in enumerate(entries):
        if entry.level <= 1:
            last_page = i
        parents.append(-1 if entry.level <= 1 else last_page)
    families: dict[int, list[int]] = {}
    for i, parent in enumerate(parents):
        families.setdefault(parent, []).append(i)
    for i, entry in enumerate(entries):
        family = families[parents[i]]
        at = family.index(i)
        body = b"<</Title" + literal(writable(entry.words)) + f"/Dest {entry.place}".encode()
        body += f"/Parent {(bodies[parents[i]] if parents[i] >= 0 else top).reference}".encode()
        if at:
            body += f"/Prev {bodies[family[at - 1]].reference}".encode()
        if at + 1 < len(family):
            body += f"/Next {bodies[family[at + 1]].reference}".encode()
        bodies[i].body = body + _kids(bodies, families.get(i, ())) + b">>"
    top.body = b"<</Type/Outlines" + _kids(bodies, families[-1], len(entries)) + b">>"
    return top.reference


def _kids(bodies: Sequence[Raw], kids: Sequence[int], count: int = 0) -> bytes:
    """Return the entries that lead to the entries below; all are shown opened."""
    if not kids:
        return b""
    first, last = bodies[kids[0]].reference, bodies[kids[-1]].reference
    return f"/First {first}/Last {last}/Count {count or len(kids)}".encode()
